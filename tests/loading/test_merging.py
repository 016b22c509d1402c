"""Merging: all that was filled in for one unit is one submission, however it was spread over files, whoever filled it in."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.domain.intake import RawTable, Unreadable
from scorekit.domain.outputs import Outcome
from scorekit.domain.tables import Origin
from scorekit.loading import waiting
from scorekit.loading.forms import of_forms
from scorekit.loading.merging import merged
from scorekit.saving import save
from tests.building import NUMBER, criterion, points, said
from tests.desk import RATERS, Desk, plan, problems, standing

UNITS = ("甲", "乙", "丙")
OWN = ("会员数", "图书数")
OFFICE = ("安全得分", "经费得分", "发生事故")
MARKS = tuple(f"现场评分@{r}" for r in RATERS)
VOTES = ("满意度测评@满意", "满意度测评@不满意")
CATEGORY = {"甲": "企业", "乙": "机关", "丙": "企业"}


def values_of(seed: int) -> dict[tuple[str, str], str]:
    """What all fill in for three units; never 1, as a row 甲, 1, 2 under the header numbers the columns."""
    some = random.Random(seed)
    found = {(u, c): str(some.choice((0, *range(2, 11)))) for u in UNITS for c in (*OWN, *OFFICE[:2], *MARKS, *VOTES)}
    return {**found, **{(u, "发生事故"): some.choice("是否") for u in UNITS}}


def table(
    values: dict[tuple[str, str], str], columns: tuple[str, ...], units: tuple[str, ...] = UNITS, category: bool = False
) -> list[str]:
    head = ",".join(("单位名称", *(("类别",) if category else ()), *columns))
    rows = [",".join((u, *((CATEGORY[u],) if category else ()), *(values.get((u, c), "") for c in columns))) for u in units]
    return [head, *rows]


def figures(outcome: Outcome) -> tuple[Any, Any]:
    """Standings, and points of every unit."""
    paths = sorted(outcome.sheet.points)
    scored = {p: dict(zip(outcome.standings.unit, points(outcome, p), strict=True)) for p in paths}
    return standing(outcome), scored


def whole(values: dict[tuple[str, str], str], folder: Path) -> Outcome:
    desk = Desk(folder).csv("全部.csv", *table(values, (*OWN, *OFFICE, *MARKS, *VOTES), category=True))
    return desk.outcome()


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=25, deadline=None)
def test_values_spread_over_files_by_source_in_any_order_are_those_of_one_table(seed: int, data: st.DataObject) -> None:
    values = values_of(seed)
    others = data.draw(st.permutations([*OFFICE, *MARKS, *VOTES]))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(others) - 1), max_size=4)))
    names = data.draw(st.permutations([f"{n}.csv" for n in range(len(cuts) + 4)]))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        desk = Desk(Path(many))
        for unit, name in zip(UNITS, names[:3], strict=True):
            desk.csv(name, *table(values, OWN, (unit,), category=True))
        for start, end, name in zip([0, *cuts], [*cuts, len(others)], names[3:], strict=False):
            units = tuple(data.draw(st.permutations(UNITS)))
            desk.csv(name, *table(values, tuple(others[start:end]), units))
        desk.csv("空.csv", "单位名称,经费得分")
        found, expected = desk.outcome(), whole(values, Path(one))
        assert figures(found) == figures(expected)
        save(found, desk.catalogue, Path(many) / "out")
        save(expected, desk.catalogue, Path(one) / "out")
        kept = [(f / "out" / "standings.csv").read_bytes() for f in (Path(one), Path(many))]
        assert kept[0] == kept[1]


def test_each_value_has_the_place_that_it_came_from(tmp_path: Path) -> None:
    values = values_of(1)
    desk = Desk(tmp_path).csv("1.csv", *table(values, OWN, category=True)).csv("0.csv", *table(values, ("安全得分",), ("丙", "甲")))
    found = desk.outcome()
    row = list(found.standings.unit).index("甲")
    assert found.submissions.source(row, ("own.members", "office.safety")) == "1.csv#C2; 0.csv#B3"
    assert found.submissions.file(row) == "1.csv"


def test_equal_values_are_one_and_different_ones_are_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path).csv("自评.csv", *table(values_of(1), OWN, category=True))
    desk.csv("安监.csv", "单位名称,安全得分", "甲,8", "乙,7").csv("综治.csv", "单位名称,安全得分", "甲,8.0", "乙,6")
    found = desk.outcome()
    assert dict(zip(found.standings.unit, points(found, "office.safety"), strict=True))["乙"] is None
    told = [p for p in problems(found, "error", "repair") if "several times" in p]
    assert any(p.startswith("error 乙") and "安监.csv#B3, 综治.csv#B3" in p for p in told)
    assert any("甲" in p and "given several times and the same: 安监.csv#B2, 综治.csv#B2" in p for p in told)
    assert standing(found)["乙"][1] == "incomplete"


def test_two_submissions_of_one_unit_are_refused_and_both_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path).csv("一.csv", *table(values_of(1), OWN, ("甲",), True)).csv("二.csv", *table(values_of(2), OWN, ("甲",), True))
    desk.csv("部门.csv", *table(values_of(1), OFFICE))
    found = desk.outcome()
    assert standing(found)["甲"][1] == "invalid"
    assert {p.split("|")[1].strip() for p in problems(found, "error") if "claim this unit" in p} == {"一.csv A2", "二.csv A2"}


def raw(name: str, columns: dict[str, list[Any]], **beside: str) -> RawTable:
    size = len(next(iter(columns.values())))
    letters = {h: chr(65 + i) for i, h in enumerate(columns)}
    return RawTable(columns, (name,), [0] * size, list(range(5, 5 + size)), "表", letters, beside={k: (v, "B2") for k, v in beside.items()})


def result(*tables: RawTable, twice: str = "refuse") -> list[RawTable]:
    return list(merged(of_forms(tables, PLAN), PLAN, twice, False))


PLAN = plan()


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"sent": "2026-05-01"}, {"sent": "2026-05-02"}, "b.xlsx"),
        ({"sent": "2026-05-02"}, {"sent": "2026-05-01", "version": "9"}, "a.xlsx"),
        ({"sent": "2026-05-01", "version": "第2版"}, {"sent": "2026-05-01", "version": "第10版"}, "b.xlsx"),
        ({"sent": "2026-05-01"}, {"sent": "2026-05-01"}, "both"),
        ({}, {}, "both"),
    ],
)
def test_the_latest_counts_where_it_was_asked_for_and_can_be_told(first: dict[str, str], second: dict[str, str], kept: str) -> None:
    tables = [raw("a.xlsx", {"单位名称": ["甲"], "会员数": [1]}, **first), raw("b.xlsx", {"单位名称": ["甲"], "会员数": [2]}, **second)]
    found = result(*tables, twice="latest")
    files = [t.files[0] for t in found if len(t)]
    assert files == (["a.xlsx", "b.xlsx"] if kept == "both" else [kept])
    assert [p.severity for t in found for p in t.problems] == ([] if kept == "both" else ["repair"])
    assert [t.files[0] for t in result(*tables) if len(t)] == ["a.xlsx", "b.xlsx"]


def test_marks_of_seven_raters_each_in_a_sheet_of_its_own_are_one_panel() -> None:
    own = raw("自评.xlsx", {"单位名称": ["甲", "乙"], "会员数": [1, 2]})
    sheets = [raw(f"{r}.xlsx", {"单位名称": ["乙", "甲"], "现场评分": [n, n + 1]}, rater=r) for n, r in enumerate(RATERS)]
    table_ = next(t for t in result(*sheets, own) if len(t))
    assert table_.files == ("自评.xlsx",)
    assert [table_.columns[f"marks@{r}"] for r in RATERS] == [[n + 1, n] for n in range(7)]
    assert table_.elsewhere["marks@评委3"][0].text == "评委3.xlsx#表!B6"


def test_a_rater_who_marked_twice_and_one_whom_nobody_knows_are_problems_that_name_the_file() -> None:
    own = raw("自评.xlsx", {"单位名称": ["甲"], "会员数": [1]})
    twice = [raw(f"{n}.xlsx", {"单位名称": ["甲"], "现场评分": [n]}, rater="评委1") for n in (1, 2)]
    table_ = next(t for t in result(own, *twice) if len(t))
    assert (
        "1.xlsx#表!B5, 2.xlsx#表!B5" in str(table_.columns["marks@评委1"][0].what.params)
        or table_.columns["marks@评委1"][0].shown == "1; 2"
    )
    found = result(own, raw("外人.xlsx", {"单位名称": ["甲"], "现场评分": [9]}, rater="外人"))
    fault = next(p for t in found for p in t.problems if p.severity == "error")
    assert (fault.file, fault.sheet, fault.cell) == ("外人.xlsx", "表", "B2")


def test_a_unit_that_only_others_wrote_about_has_not_sent(tmp_path: Path) -> None:
    values = values_of(3)
    desk = Desk(tmp_path).csv("自评.csv", *table(values, OWN, ("甲", "乙"), True)).csv("部门.csv", *table(values, OFFICE))
    assert standing(desk.outcome())["丙"][1] == "invalid"  # nobody says its category
    found = desk.listed(("甲", "企业"), ("乙", "机关"), ("丙", "企业")).outcome()
    assert standing(found)["丙"] == ("企业", "incomplete", 0, "")
    row = list(found.standings.unit).index("丙")
    assert found.submissions.columns["office.safety"].listed()[row] is not None  # type: ignore[union-attr]
    assert found.run["register"]["not_sent"] == 1


def test_what_is_said_of_columns_is_said_though_all_rows_went_to_others(tmp_path: Path) -> None:
    desk = Desk(tmp_path).csv("自评.csv", *table(values_of(1), OWN, category=True))
    desk.csv("部门.csv", "单位名称,安全得分,安全得份", "甲,8,1")
    assert [p for p in problems(desk.outcome(), "warning") if "安全得份" in p]


def test_own_scores_of_a_form_are_no_panel_and_places_of_its_values_are_its_cells() -> None:
    """In the form of one unit each value has a cell of its own, and its own scores stand beside it."""
    columns = {"unit": ["甲"], "own.members": [5], "own:own.members": [4], "office.safety": [3]}
    places = {"unit": {0: Origin("甲.xlsx", "申报表", "G7")}, "office.safety": {0: Origin("甲.xlsx", "申报表", "G9")}}
    form = RawTable(columns, ("甲.xlsx",), (0,), (0,), "申报表", elsewhere=places, beside={"form": ("unit", "")})
    office = RawTable({"单位名称": ["甲"], "安全得分": [6]}, ("部门.csv",), (0,), (2,), "", {"单位名称": "A", "安全得分": "B"})
    [found] = merged([form, office], PLAN, "refuse", alone=False)
    assert found.columns["own:own.members"] == [4]
    [both] = found.columns["office.safety"]
    assert isinstance(both, Unreadable)
    assert "甲.xlsx#申报表!G9, 部门.csv#B2" in said(both.what)


MONEY = {
    "members": criterion(field={**NUMBER, "title": "会员数"}),
    "grant": criterion(field={**NUMBER, "title": "拨款", "x-unit": "元", "x-source": "office"}),
}


@pytest.mark.parametrize(
    ("own", "other", "read"),
    [
        ("会员数", "拨款（万元）,3", 30000),
        ("会员数,拨款（万元）", "拨款,3", 3),
        ("会员数,拨款（千元）", "拨款（万元）,3", 30000),
        ("会员数,拨款（元）|30000", "拨款（万元）,3", 30000),
        ("会员数,拨款（元）|3", "拨款（万元）,3", None),
        ("会员数,拨款（元）|30000", "拨款,3万元", 30000),
    ],
)
def test_a_value_keeps_the_unit_of_its_heading_wherever_it_goes(tmp_path: Path, own: str, other: str, read: int | None) -> None:
    head, _, given = own.partition("|")
    (title, value), desk = other.split(","), Desk(tmp_path, MONEY)
    desk.csv("自评.csv", f"单位名称,类别,{head}", f"甲,企业,1,{given}" if "," in head else "甲,企业,1").csv(
        "部门.csv", f"单位名称,{title}", f"甲,{value}"
    )
    found = desk.outcome()
    [grant] = found.submissions.columns["grant"].listed()  # type: ignore[union-attr]
    assert grant == read
    assert any("given several times for this unit" in p for p in problems(found, "error")) == (read is None)


@pytest.mark.parametrize("twice", [None, "latest"])
def test_what_waits_on_disk_is_merged_to_the_same_bytes_as_what_waits_in_memory(
    twice: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name, held, back in (("a", 10**9, False), ("b", 0, False), ("c", 0, True), ("d", 20, True)):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name)
        for seed in range(4):
            values = {(f"{u}{seed}", c): v for (u, c), v in values_of(seed).items()}
            names = tuple(f"{u}{seed}" for u in UNITS)
            lines = [f"{u},企业,{values[u, OWN[0]]},{values[u, OWN[1]]}" for u in names]
            desk.csv(f"自评{seed}.csv", ",".join(("单位名称", "类别", *OWN)), *lines)
            for other in (OFFICE, MARKS, VOTES) if seed % 2 else ():
                desk.csv(f"{other[0][:4]}{seed}.csv", *table(values, other, names[:2]))
        desk.csv("又一份.csv", "单位名称,类别,会员数,图书数", "甲0,企业,3,3", "丁,企业,2,2", "甲2,企业,4,4")
        monkeypatch.setattr(waiting, "HELD", held)
        if back:
            entries = os.scandir
            monkeypatch.setattr(os, "scandir", lambda path, entries=entries: Backwards(entries(path)))
        outcome = desk.outcome(**({"twice": twice} if twice else {}))
        save(outcome, desk.catalogue, tmp_path / name / "out", inputs=tmp_path / name / "in")
        monkeypatch.undo()
        found.append({p.name: p.read_bytes() for p in (tmp_path / name / "out").iterdir() if not p.name.startswith(".")})
    assert found[1:] == found[:1] * 3
    assert len(found[0]) >= 6


class Backwards(list[Any]):
    """Entries of a folder from the last to the first."""

    def __init__(self, found: Any) -> None:
        super().__init__(sorted(found, key=lambda e: e.name, reverse=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None
