"""The shipped samples, run as a user runs them: golden results, the facts they were made from, the sums done by hand.

``python -m tests.test_samples --update [SAMPLE…]`` writes what comes out now into ``expected.json``, to be checked before it is kept.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorekit.cli import main

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
NAMES = sorted(p.parent.name for p in SAMPLES.glob("*/submissions") if p.parent.name != "invalid")
NOTICED = [n for n in NAMES if (SAMPLES / n / "notice.json").exists()]
SMALL = [n for n in NAMES if n != "six-haves"]
STANDING = ("unit", "category", "rank", "total", "base", "bonus", "deduction", "level", "award", "status")
PROBLEM = ("severity", "unit", "file", "sheet", "cell", "field", "message")
DECIDED = ("unit", "category", "rank", "award", "status", "why")
Row = dict[str, str]
Golden = dict[str, Any]


# -------------------------------------------------------------------- running


def evaluated(submissions: Path, out: Path, *words: str) -> Path:
    """Run ``scorekit evaluate``; the folder of the results."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["--lang", "zh", "evaluate", str(submissions), "--out", str(out), *words])
    assert status == 0, said.getvalue()
    return out


@functools.cache
def results(sample: str, noticed: bool = False) -> Path:
    """The results of a sample, evaluated once in all; they go when the program ends."""
    folder = Path(_kept().name) / f"{sample}{'-noticed' * noticed}"
    words = ("--notice", str(SAMPLES / sample / "notice.json")) if noticed else ()
    return evaluated(SAMPLES / sample / "submissions", folder, *words)


@functools.cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="scorekit-samples-")


def table(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


def content(folder: Path) -> dict[str, bytes]:
    """The files of a result by name."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.startswith(".")}


# -------------------------------------------------------------------- golden results


def golden(sample: str) -> Golden:
    """What a sample gives now, in the form of ``expected.json``."""
    plain = results(sample)
    standings = table(plain, "standings.csv")
    found: Golden = {
        "command": f"evaluate samples/{sample}/submissions",
        "counts": record(plain)["counts"],
        "standings": headed(STANDING, standings),
        "problems": headed(PROBLEM, table(plain, "problems.csv")),
    }
    if sample in NOTICED:
        noticed = results(sample, noticed=True)
        before = {row["unit"]: row for row in standings}
        found["notice"] = {
            "command": f"{found['command']} --notice samples/{sample}/notice.json",
            "counts": record(noticed)["counts"],
            "decided": headed(DECIDED, [d for row in table(noticed, "standings.csv") if (d := decided(row, before[row["unit"]]))]),
        }
    return found


def headed(names: tuple[str, ...], rows: list[Row]) -> list[list[str]]:
    """Rows under the names of their columns."""
    return [list(names), *([row[n] for n in names] for row in rows)]


def decided(row: Row, before: Row) -> Row:
    """What a notice changed for a unit, with the sentences on its seat and on a tie at the line; nothing where nothing was."""
    said = set(before["reasons"].split("；"))
    why = [reason for reason in row["reasons"].split("；") if reason not in said]
    if len(why) < 2 and all(row[k] == before[k] for k in ("rank", "award", "status")):
        return {}
    return {**row, "why": "；".join(why)}


def written(document: Golden) -> str:
    """The golden results as a file: one line a unit and a problem."""
    return _laid_out(document, "") + "\n"


def _laid_out(value: Any, indent: str) -> str:
    if isinstance(value, dict) and any(isinstance(v, (dict, list)) for v in value.values()) and value.keys() - {"error", "warning"}:
        inner = (f"{indent} {json.dumps(k)}: {_laid_out(v, indent + ' ')}" for k, v in value.items())
        return "{\n" + ",\n".join(inner) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"{indent} {json.dumps(v, ensure_ascii=False)}" for v in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def expected(sample: str) -> Golden:
    found: Golden = json.loads((SAMPLES / sample / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("sample", NAMES)
def test_the_bare_command_gives_the_golden_results(sample: str) -> None:
    found, wanted = golden(sample), expected(sample)
    assert found["counts"] == wanted["counts"]
    assert found["standings"] == wanted["standings"]
    assert found["problems"] == wanted["problems"]


@pytest.mark.parametrize("sample", NOTICED)
def test_with_its_notice_it_gives_the_golden_awards(sample: str) -> None:
    found, wanted = golden(sample)["notice"], expected(sample)["notice"]
    assert found["counts"] == wanted["counts"]
    assert found["decided"] == wanted["decided"]


@pytest.mark.parametrize("sample", NAMES)
def test_the_golden_file_is_laid_out_one_line_a_unit(sample: str) -> None:
    text = (SAMPLES / sample / "expected.json").read_text(encoding="utf-8")
    assert text == written(expected(sample))


# -------------------------------------------------------------------- figures that add up


@pytest.mark.parametrize("sample", NAMES)
def test_every_total_is_base_and_bonus_less_deduction_adjusted(sample: str) -> None:
    rows = [r for r in table(results(sample), "standings.csv") if r["total"]]
    assert rows
    for row in rows:
        total, base, bonus, deduction, adjusted = (Decimal(row[k]) for k in ("total", "base", "bonus", "deduction", "adjusted"))
        assert total == base + bonus - deduction + adjusted, row
        assert bonus >= 0
        assert deduction >= 0


@pytest.mark.parametrize("sample", NAMES)
def test_ranks_follow_the_totals_within_a_category(sample: str) -> None:
    found: dict[str, list[tuple[int, Decimal]]] = {}
    for row in table(results(sample), "standings.csv"):
        if row["rank"]:
            found.setdefault(row["category"], []).append((int(row["rank"]), Decimal(row["total"])))
    for category, places in found.items():
        ranks = [r for r, _ in sorted(places)]
        assert ranks[0] == 1, category
        assert [sum(1 for other in ranks if other < r) + 1 for r in ranks] == ranks
        assert [t for _, t in sorted(places, key=lambda p: (p[0], -p[1]))] == sorted((t for _, t in places), reverse=True)


@pytest.mark.parametrize("sample", NOTICED)
def test_only_units_with_a_rank_and_no_bar_take_a_seat(sample: str) -> None:
    rows = table(results(sample, noticed=True), "standings.csv")
    assert any(r["award"] for r in rows)
    assert [r["unit"] for r in rows if r["award"] and not (r["rank"] and r["status"] == "ranked")] == []


# -------------------------------------------------------------------- the facts behind the samples


def inputs(sample: str) -> dict[str, dict[str, str]]:
    """Every unit's submitted values by field, as read; of a unit handed in twice, the first."""
    found: dict[str, dict[str, str]] = {}
    for row in table(results(sample), "inputs.csv"):
        found.setdefault(row["unit"], {}).setdefault(row["field"], row["raw"] or row["value"])
    return found


def test_six_haves_has_1776_unions_of_which_282_are_new_in_nine_areas() -> None:
    units = table(results("six-haves"), "standings.csv")
    assert len({u["unit"] for u in units}) == len(units) == 1776
    assert len({u["category"] for u in units}) == 9
    title = next(f for f, t in titles("six-haves").items() if t == "当年新建")
    assert sum(fields.get(title) in ("是", "true") for fields in inputs("six-haves").values()) == 282


def test_standardisation_has_14_townships_and_8_systems_with_254_villages_and_6923_migrant_workers() -> None:
    units = table(results("standardisation"), "standings.csv")
    assert Counter(u["category"] for u in units) == {"乡镇工会": 14, "系统工会": 8}
    text = (SAMPLES / "standardisation" / "submissions" / "规范化建设自评表.csv").read_text(encoding="gb18030")
    first: dict[str, Row] = {}
    for row in csv.DictReader(text.splitlines()[1:]):
        first.setdefault(row["单位名称"], row)
    sums = {"行政村数": 254, "村工会数": 254, "农民工人数": 6923, "农民工会员数": 6923}
    townships = [row for row in first.values() if row["工会类型"] == "乡镇工会"]
    assert {title: sum(int(row[title]) for row in townships) for title in sums} == sums


def test_model_home_has_about_forty_units_in_four_categories() -> None:
    units = table(results("model-home"), "standings.csv")
    assert 35 <= len(units) <= 45
    assert len({u["category"] for u in units}) == 4


def summed(sample: str, field: str, *prefixes: str) -> int:
    """A column of counts added up over the units whose category is one of *prefixes* (all where none is named)."""
    wanted = {u["unit"] for u in table(results(sample), "standings.csv") if not prefixes or u["category"] in prefixes}
    rows = {u: fields.get(field, "") for u, fields in inputs(sample).items()}
    return sum(int(Decimal(rows[u])) for u in wanted if rows[u])


def test_union_building_has_14_townships_and_8_systems_with_254_villages_and_6923_migrant_workers() -> None:
    categories = Counter(u["category"] for u in table(results("union-building"), "standings.csv"))
    assert (categories["乡镇"], categories["系统"]) == (14, 8)
    _, header, *lines = sheets(SAMPLES / "union-building" / "submissions" / "建会目标考核汇总表.xlsx")["建会情况"]
    first: dict[str, dict[str, Any]] = {}
    for line in lines:
        first.setdefault(line[0], dict(zip(header, line, strict=True)))
    townships = [row for row in first.values() if row["类别"] == "乡镇"]
    sums = {"行政村数": 254, "村工会数": 254, "农民工人数": 6923, "农民工会员数": 6923}
    assert {title: sum(row[title] for row in townships) for title in sums} == sums
    asked = {"新建会任务(家)": 1, "女职工专项集体合同家数": 8, "信息录入任务": 260}
    assert {title: first["青苇乡"][title] for title in asked} == asked


def test_safety_cup_has_126_mottos_12_banners_and_63_drivers() -> None:
    real = inputs("safety-cup")["曲汀净水厂"]
    assert [real[f] for f in ("publicity.mottos", "publicity.banners", "publicity.drivers")] == ["126", "12", "63"]


def test_team_home_has_14_production_teams_and_names_the_quality_team() -> None:
    units = table(results("team-home", noticed=True), "standings.csv")
    assert Counter(u["category"] for u in units)["生产班组"] == 14
    assert [u["unit"] for u in units if u["award"] == "工人先锋号" and u["category"] == "辅助班组"] == ["质检班"]


def test_learning_organisations_teams_and_workers_add_up_to_341_810_and_1491() -> None:
    fields = ("organisations", "teams", "workers", "firms", "times", "free", "free_certified")
    found = [summed("learning-organisation", f"push.{f}", "街道") for f in fields]
    assert found == [341, 810, 1491, 159, 4180, 1825, 202]
    contests = ("result.examined", "result.certified")
    assert [summed("learning-organisation", f, "组织") for f in contests] == [980, 272]


def test_worker_bookroom_has_15_sites_in_one_district_and_5_clubs_and_6_bookrooms_in_another() -> None:
    folder = SAMPLES / "worker-bookroom" / "submissions"
    new, old = (json.loads((folder / f"{region}.json").read_text(encoding="utf-8")) for region in ("新区", "上城"))
    assert (len(new), Counter(site["region"] for site in new)) == (15, {"新区": 15})
    own = [site for site in old if site["region"] == "上城"]
    assert Counter(site["category"] for site in own) == {"职工俱乐部": 5, "职工书屋": 6}
    assert [site["category"] for site in own if site["held"] == "省级"] == ["职工书屋", "职工书屋"]


def test_honours_selection_names_2_5_4_and_27_and_counts_81_14_and_112_honours() -> None:
    units = table(results("honours-selection", noticed=True), "standings.csv")
    named = Counter(u["category"] for u in units if u["award"])
    assert [named[c] for c in ("劳模集体", "劳动模范", "先进集体", "先进个人")] == [2, 5, 4, 27]
    _, header, *lines = sheets(SAMPLES / "honours-selection" / "submissions" / "评选汇总表.xlsx")["荣誉"]
    levels = Counter(line[header.index("级别")] for line in lines)
    assert [levels["全国"] + levels["市级"] + levels["新区级"], levels["市级工会"], levels["本级"]] == [81, 14, 112]


def test_skills_contest_has_nine_trades_980_entrants_and_272_certificates() -> None:
    assert len({u["category"] for u in table(results("skills-contest"), "standings.csv")}) == 9
    assert [summed("skills-contest", f"extra.{f}") for f in ("entrants", "certified")] == [980, 272]


def test_helping_hand_has_the_sums_of_a_township_and_the_visits_of_a_company() -> None:
    township = inputs("helping-hand")["青苇乡工会"]
    asked = {"warmth.students": "12", "warmth.student_sum": "15000", "warmth.consoled": "500", "warmth.consoled_sum": "70650"}
    assert {field: township[field] for field in asked} == asked
    book = sheets(SAMPLES / "helping-hand" / "submissions" / "帮扶互助保障汇总表.xlsx")
    visits = [line[2:] for line in book["走访记录"] if line[0] == "霁川铸造公司工会"]
    assert [sum(column) for column in zip(*visits, strict=True)] == [4, 11, 1000]
    assert [line[3] for line in book["保障计划"] if line[0] == "青苇乡工会"] == [79]


def test_labour_contest_has_159_enterprises_with_2530_entrants() -> None:
    assert [summed("labour-contest", field, "五比一创") for field in ("firms", "entrants")] == [159, 2530]
    told = [u for u in table(results("labour-contest"), "standings.csv") if u["category"] == "五比一创"]
    assert {(u["figure:all_firms"], u["figure:all_entrants"]) for u in told} == {("159", "2530")}


def test_full_time_cadres_send_an_item_every_month_and_ask_above_200_yuan() -> None:
    text = (SAMPLES / "full-time-cadres" / "submissions" / "干部考核.ndjson").read_text(encoding="utf-8")
    persons = {p["unit"]: p for p in map(json.loads, text.splitlines())}
    first = [p for unit, p in persons.items() if int(unit[3:]) <= 6]
    assert all({i["sent"][5:7] for i in p["news.items"]} == {f"{m + 1:02}" for m in range(p["months"])} for p in first)
    assert {s["sum"] for p in persons.values() for s in p["discipline.spending"] if not s["approved"]} >= {200}


def test_five_type_unions_have_all_their_cadres_trained_but_where_planted() -> None:
    text = (SAMPLES / "five-type-unions" / "submissions" / "单位.tsv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    short = {row["单位名称"] for row in rows if row["参加培训人数"] != row["工会干部人数"]}
    assert (len(rows), short) == (20, {"市桥梁处机关工会", "知秋镇工会", "市年鉴社机关工会"})


def test_top_ten_and_stars_lists_ten_champions_and_rates_up_to_ten_stars() -> None:
    units = table(results("top-ten-and-stars"), "standings.csv")
    assert sorted(int(u["rank:champions"]) for u in units if u["rank:champions"]) == list(range(1, 11))
    assert {u["category"] for u in units if u["rank:champions"]} == {"巾帼建功"}
    assert {u["level"] for u in units if u["category"] == "文明家庭"} >= {"十星级", "九星级", "五星级", "一星级"}


def test_proposals_bring_39_million_yuan_and_are_handed_in_adopted_being_done_or_done() -> None:
    text = (SAMPLES / "proposals" / "submissions" / "建议评审.tsv").read_text(encoding="utf-16")
    rows = {row["建议编号"]: row for row in csv.DictReader(text.splitlines(), delimiter="\t")}
    assert sum(int(row["年效益"]) for row in rows.values() if row["年效益"].isdigit()) == 3900
    assert {row["处理结果"] for row in rows.values()} == {"已提出", "已采纳", "正在实施", "实施完成"}


def titles(sample: str) -> dict[str, str]:
    """The titles of a rubric's fields by path."""
    found: dict[str, str] = {}

    def walk(node: dict[str, Any], path: str) -> None:
        for name, inner in node.get("properties", {}).items():
            found[f"{path}{name}"] = inner.get("title", "")
            walk(inner, f"{path}{name}.")

    walk(json.loads((results(sample) / "rubric.json").read_text(encoding="utf-8")), "")
    return found


# -------------------------------------------------------------------- the sums done by hand

CLAUSE = re.compile(r"\d+(?:\.\d+)+")
TOTALS = {"基础分": "base", "基本分": "base", "加分": "bonus", "附加分": "bonus", "扣分": "deduction", "总分": "total"}


def by_hand(sample: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Of each unit worked out in a sample's README: its name, the (what, points) of its table, and the text below."""
    text = (SAMPLES / sample / "README.md").read_text(encoding="utf-8")
    names = sorted((u["unit"] for u in table(results(sample), "standings.csv")), key=len, reverse=True)
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        unit = next((n for n in names if n in head), None)
        rows = [[c.strip(" *") for c in line.strip("|").split("|")] for line in body.splitlines() if line.startswith("|")]
        if unit is not None and len(rows) > 10:
            yield unit, [(row[0], row[-1]) for row in rows[2:]], body


def clauses(what: str) -> list[str]:
    """The clause numbers that a row is about: ``1.1``, ``1.1~1.5``, ``1.4、1.5``."""
    span = re.match(r"([\d.]+)\.(\d+)~\1\.(\d+)$", what)
    if span:
        return [f"{span[1]}.{n}" for n in range(int(span[2]), int(span[3]) + 1)]
    return CLAUSE.findall(what.split(" ", maxsplit=1)[0])


def number(text: str) -> Decimal | None:
    text = text.replace("−", "-").strip()
    return None if text in ("", "—") else Decimal(text)


@pytest.mark.parametrize("sample", ["model-home", "six-haves", "standardisation"])
def test_three_units_worked_out_by_hand_have_these_points_clause_by_clause(sample: str) -> None:
    criteria = {path: c["no"] for path, c in record(results(sample))["criteria"].items()}
    points: dict[str, dict[str, Decimal | None]] = {}
    for row in table(results(sample), "scores.csv"):
        no = criteria.get(row["criterion"], "")
        given = number(row["points"])  # None also for a gate that stands beside the points of the same clause
        own = points.setdefault(row["unit"], {})
        own[no] = own.get(no) if given is None else given
    checked = 0
    worked = list(by_hand(sample))
    for unit, rows, _ in worked:
        differing = []
        for what, given in rows:
            numbers = [n for n in clauses(what) if n in points[unit]]
            own = [points[unit][n] for n in numbers]
            if numbers:
                summed = sum((p for p in own if p is not None), Decimal(0)) if any(p is not None for p in own) else None
                checked += len(numbers)
                differing += [(what, given, summed)] if summed != number(given) else []
        assert (unit, differing) == (unit, [])
    assert (len(worked), checked > 80) == (3, True)


@pytest.mark.parametrize("sample", ["model-home", "six-haves", "standardisation"])
def test_three_units_worked_out_by_hand_have_this_total(sample: str) -> None:
    standings = {u["unit"]: u for u in table(results(sample), "standings.csv")}
    for unit, rows, body in by_hand(sample):
        sums = {TOTALS[what]: number(given) for what, given in rows if what in TOTALS}
        sums = {k: abs(v) if v is not None else None for k, v in sums.items()}
        if "total" not in sums:
            bold = re.findall(r"\*\*总分(?:[^*]*= )?(\d+\.\d\d)[^*]*\*\*", body)
            sums = {"total": Decimal(bold[-1])}
        assert {k: number(standings[unit][k]) for k in sums} == sums, unit


# -------------------------------------------------------------------- generated and reproduced


@pytest.mark.parametrize("sample", [n for n in NAMES if (SAMPLES / n / "generate.py").exists()])
def test_the_generator_writes_the_committed_files_again(sample: str, tmp_path: Path) -> None:
    """Byte for byte; of workbooks the content of the sheets, since another version of XlsxWriter may pack them otherwise."""
    done = subprocess.run([sys.executable, SAMPLES / sample / "generate.py", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    committed = SAMPLES / sample / "submissions"
    assert [p.name for p in sorted(tmp_path.iterdir())] == [p.name for p in sorted(committed.iterdir())]
    for path in tmp_path.iterdir():
        if path.suffix == ".xlsx":
            assert sheets(path) == sheets(committed / path.name)
        else:
            assert path.read_bytes() == (committed / path.name).read_bytes(), path.name


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The values of a workbook's sheets."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    finally:
        book.close()


# -------------------------------------------------------------------- nothing that should not show shows


@pytest.mark.parametrize("sample", [*SMALL, pytest.param("six-haves", marks=pytest.mark.long)])
def test_equal_bytes_under_other_hash_seeds_and_in_other_folders(sample: str, tmp_path: Path) -> None:
    wanted = content(results(sample))
    for seed in ("1", "2"):
        out = tmp_path / f"elsewhere {seed}" / "结果"
        words = ["--lang", "zh", "evaluate", str(SAMPLES / sample / "submissions"), "--out", str(out)]
        environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-m", "scorekit", *words], capture_output=True, check=False, env=environ, cwd=tmp_path)
        assert done.returncode == 0, done.stderr.decode()
        assert content(out) == wanted


@pytest.mark.parametrize("sample", SMALL)
def test_equal_bytes_in_whatever_order_the_system_lists_files(sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir
    wanted = content(results(sample))
    monkeypatch.setattr(Path, "iterdir", lambda path: iter(sorted(listed(path), reverse=True)))
    found = evaluated(SAMPLES / sample / "submissions", tmp_path / "out")
    monkeypatch.undo()
    assert content(found) == wanted


# -------------------------------------------------------------------- the order of rows


def reversed_lines(path: Path, encoding: str, head: int, tail: int) -> None:
    """A table with its rows the other way round; what stands above and below them stays."""
    lines = path.read_bytes().decode(encoding).splitlines(keepends=True)
    end = len(lines) - tail
    path.write_bytes("".join([*lines[:head], *reversed(lines[head:end]), *lines[end:]]).encode(encoding))


def reversed_standardisation(folder: Path) -> None:
    reversed_lines(folder / "规范化建设自评表.csv", "gb18030", 2, 2)


def reversed_model_home(folder: Path) -> None:
    files = sorted(folder.glob("*.json"))
    texts = [p.read_bytes() for p in files]
    for path, text in zip(files, reversed(texts), strict=True):
        path.write_bytes(text)


def reversed_six_haves(folder: Path) -> None:
    """Written anew with the rows the other way round; of the union that stands twice the second row stays the second."""
    spec = importlib.util.spec_from_file_location("generate_six_haves", SAMPLES / "six-haves" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    plant = module.plant
    module.plant = lambda unions: [*reversed((rows := plant(unions))[:-1]), rows[-1]]
    module.main(folder)


@pytest.mark.parametrize(
    ("sample", "turn"),
    [
        ("standardisation", reversed_standardisation),
        ("model-home", reversed_model_home),
        pytest.param("six-haves", reversed_six_haves, marks=pytest.mark.long),
    ],
    ids=["csv", "json", "xlsx"],
)
def test_the_order_of_rows_changes_places_only(sample: str, turn: Callable[[Path], None], tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / sample / "submissions", tmp_path / "in")
    turn(tmp_path / "in")
    found, wanted = evaluated(tmp_path / "in", tmp_path / "out"), results(sample)
    assert placeless(found, "standings.csv") == placeless(wanted, "standings.csv")
    assert placeless(found, "scores.csv") == placeless(wanted, "scores.csv")
    assert sorted(placeless(found, "problems.csv")) == sorted(placeless(wanted, "problems.csv"))


def placeless(folder: Path, name: str) -> list[tuple[str, ...]]:
    """The rows of a table without the places where values stood."""
    return [
        tuple(re.sub(r"[\w.]+#[\w/!]+", "", v) for k, v in row.items() if k not in ("source", "file", "sheet", "cell"))
        for row in table(folder, name)
    ]


def update(samples: list[str]) -> None:
    """Write the golden results as they are now."""
    for sample in samples:
        (SAMPLES / sample / "expected.json").write_text(written(golden(sample)), encoding="utf-8", newline="\n")


if __name__ == "__main__" and sys.argv[1:2] == ["--update"]:
    update(sys.argv[2:] or NAMES)
