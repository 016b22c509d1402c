"""One law: however an office lays its table out, the same values are read, each from the cell in which it stands, or it is told."""

from __future__ import annotations

import dataclasses
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.catalogue import Catalogue, discover
from scorekit.domain.plan import Plan
from scorekit.words import say
from tests.layouts import DRESSES, FIELDS, Layout, Written, as_csv, as_workbook, laid_out, meant, plan, read, units, values_of

NOTES = ("注：1.数据截至2026年底。", "2.会员人数以年报为准。", "填表人：张三　　审核人：李四", "单位负责人（签字）：", "2026年12月1日")
WAYS: dict[str, list[Any]] = {
    "titles": [0, 1, 2, 3],
    "about": ["", "填报单位：某区总工会          填报日期：2026年12月1日"],
    "gap": [0, 1],
    "head": ["one", "two", "three"],
    "dress": list(DRESSES),
    "serial": [False, True],
    "remark": [False, True],
    "numbered": ["", "digits", "letters"],
    "left": [0, 1, 2],
    "blank_rows": [False, True],
    "subtotals": [False, True],
    "total": ["", "合计", "全区合计", "合计（4家）", "总 计："],
    "notes": [(), NOTES],
    "hidden": [False, True],
    "order": [None, 1, 2, 3],
    "cells": ["typed", "text", "wide", "unit"],
}
CATALOGUE = discover(third_party=False)
PLAN = plan(CATALOGUE)


def written(folder: Path, form: str, found: Written) -> Path:
    return as_workbook(folder / "a.xlsx", {"表": found}) if form == "xlsx" else as_csv(folder / "a.csv", found)


def check(folder: Path, form: str, layout: Layout, seed: int) -> list[str]:
    """Read a generated table back; what was told, in words."""
    draw = random.Random(seed)
    submissions = units(draw, draw.randrange(1, 9))
    found = laid_out(submissions, layout)
    got, problems = read(written(folder, form, found), PLAN, CATALOGUE)
    assert values_of(got) == [meant(u) for u in submissions]
    before = "a.xlsx#表!" if form == "xlsx" else "a.csv#"
    for row, unit in enumerate(submissions):
        for path in FIELDS:
            assert got.source(row, [path]) == before + found.places[unit["unit"], path]
    told = [f"{p.cell} {say(p.what, 'en')}" for p in problems]
    assert not {p.severity for p in problems} - ({"repair", "warning"} if layout.hidden else {"repair"}), told
    all_rows_told(found, told)
    return told


def all_rows_told(found: Written, told: list[str]) -> None:
    """Every row below the header that is no unit's is named in some line."""
    taken = {int(re.sub("[A-Z]", "", place)) for place in found.places.values()}
    listed = {int(n) for line in told for n in re.findall(r"^[A-Z]+([0-9]+) ", line)}
    below = {row for row, _ in found.cells if row > min(taken)}
    assert below <= taken | listed, told


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(("way", "value"), [(way, value) for way, values in WAYS.items() for value in values])
def test_each_way_to_lay_a_table_out_gives_the_same_values(tmp_path: Path, form: str, way: str, value: Any) -> None:
    check(tmp_path, form, dataclasses.replace(Layout(), **{way: value}), 7)


LAYOUTS = st.fixed_dictionaries({way: st.sampled_from(values) for way, values in WAYS.items()})


@settings(max_examples=40)
@given(ways=LAYOUTS, form=st.sampled_from(["xlsx", "csv"]), seed=st.integers(0, 2**32))
def test_any_of_them_together_give_the_same_values(tmp_path_factory: Any, ways: dict[str, Any], form: str, seed: int) -> None:
    check(tmp_path_factory.mktemp("layouts"), form, Layout(**ways), seed)


@pytest.mark.long
@settings(max_examples=2000)
@given(ways=LAYOUTS, form=st.sampled_from(["xlsx", "csv"]), seed=st.integers(0, 2**32))
def test_any_of_them_together_give_the_same_values_many_times(tmp_path_factory: Any, ways: dict[str, Any], form: str, seed: int) -> None:
    check(tmp_path_factory.mktemp("layouts"), form, Layout(**ways), seed)


# -------------------------------------------------------------------- several tables on a sheet


def moved(found: Written, down: int, right: int) -> Written:
    """The same, further down or to the right."""
    cells = {(r + down, c + right): v for (r, c), v in found.cells.items()}
    return Written(cells, [(a + down, b + right, c + down, d + right) for a, b, c, d in found.merges])


def together(*parts: Written) -> Written:
    whole = Written()
    for part in parts:
        whole.cells.update(part.cells)
        whole.merges += part.merges
    return whole


SECOND = (
    Layout(order=2),
    Layout(),
    Layout(titles=1),
    Layout(order=2, head="two", serial=True, titles=2, notes=NOTES, total="合计"),
    Layout(order=1, left=1, head="three", numbered="digits"),
    Layout(order=3, dress="star", gap=1),
)


@pytest.mark.parametrize("layout", SECOND)
@pytest.mark.parametrize("first", [Layout(titles=1), Layout(serial=True, total="合计", notes=NOTES), Layout(head="three", left=1)])
def test_tables_one_under_another_are_all_read(tmp_path: Path, first: Layout, layout: Layout) -> None:
    above, below = units(random.Random(1), 3), units(random.Random(2), 3, 10)
    upper, lower = laid_out(above, first), laid_out(below, layout)
    path = as_workbook(tmp_path / "a.xlsx", {"表": together(upper, moved(lower, upper.size[0], 0))})
    found, problems = read(path, PLAN, CATALOGUE)
    assert sorted(map(str, values_of(found))) == sorted(str(meant(u)) for u in (*above, *below))
    assert {p.severity for p in problems} <= {"repair"}, [say(p.what, "en") for p in problems]
    names = [str(name) for name in found.unit]
    for unit in below:
        column, row = re.findall(r"([A-Z]+)([0-9]+)", lower.places[unit["unit"], "organisation.members"])[0]
        assert found.source(names.index(unit["unit"]), ["organisation.members"]) == f"a.xlsx#表!{column}{int(row) + upper.size[0]}"


def test_in_csv_the_rows_of_a_second_table_are_told_and_not_read_under_the_first_header(tmp_path: Path) -> None:
    above, below = units(random.Random(1), 3), units(random.Random(2), 3, 10)
    upper, lower = laid_out(above, Layout(titles=1)), laid_out(below, Layout(order=2))
    found, problems = read(as_csv(tmp_path / "a.csv", together(upper, moved(lower, upper.size[0], 0))), PLAN, CATALOGUE)
    assert values_of(found) == [meant(u) for u in above]
    told = [(p.severity, p.cell, say(p.what, "en")) for p in problems]
    assert ("error", "A6", "another table begins here; the rows from here on are not read") in told


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(("gap", "other"), [(0, Layout(serial=True)), (1, Layout(serial=True)), (1, Layout(order=3))])
def test_tables_side_by_side_are_refused_as_a_whole(tmp_path: Path, form: str, gap: int, other: Layout) -> None:
    left, right = laid_out(units(random.Random(1), 3), Layout(serial=True)), laid_out(units(random.Random(2), 3, 10), other)
    both = together(left, moved(right, 0, left.size[1] + gap))
    found, problems = read(written(tmp_path, form, both), PLAN, CATALOGUE)
    assert len(found) == 0
    [problem] = [p for p in problems if p.severity == "error"]
    assert say(problem.what, "en").startswith("tables stand side by side: “单位名称” heads the columns B, ")
    assert problem.cell.endswith("1")


# -------------------------------------------------------------------- sheets, files, folders


def test_sheets_of_districts_and_folders_of_workbooks_are_read_as_one(tmp_path: Path) -> None:
    draw = random.Random(4)
    groups = [units(draw, 3, 10 * i) for i in range(6)]
    for folder in ("甲区", "乙区/已审"):
        (tmp_path / folder).mkdir(parents=True)
    as_workbook(tmp_path / "市.xlsx", {f"第{i}区": laid_out(groups[i], Layout(order=i, titles=i)) for i in range(3)})
    as_workbook(tmp_path / "甲区" / "一.xlsx", {"Sheet1": laid_out(groups[3], Layout(head="two"))})
    as_workbook(tmp_path / "乙区" / "已审" / "二.xlsx", {"Sheet1": laid_out(groups[4], Layout(serial=True))})
    as_csv(tmp_path / "乙区" / "三.csv", laid_out(groups[5], Layout()), "gb18030")
    found, problems = read(tmp_path, PLAN, CATALOGUE)
    assert sorted(map(str, values_of(found))) == sorted(str(meant(u)) for group in groups for u in group)
    assert {p.severity for p in problems} == {"repair"}


def test_the_plan_is_that_of_a_rubric_that_is_checked() -> None:
    assert isinstance(CATALOGUE, Catalogue)
    assert isinstance(PLAN, Plan)
    assert [f.path for f in PLAN.fields if f.derive is None][: len(FIELDS)] == list(FIELDS)
