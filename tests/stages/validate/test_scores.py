"""Own and first scores are read as numbers with their repairs and faults at their cells, and never touch what is scored."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.intake import RawTable
from scorekit.domain.joining import joined
from scorekit.domain.problem import Problem
from scorekit.domain.tables import Submissions
from scorekit.stages.validate import validate
from tests.building import NUMBER, assessed, criterion, plan_of, points, said, section, totals

SHAPE = {
    "s": {**section({"a": {**criterion(), "title": "组织建设"}, "b": {**criterion(points=5), "title": "民主管理"}}), "title": "基础"},
    "n": NUMBER,
    "d": {**criterion({"each": {"deduct": 1}}, 5, kind="deduction"), "title": "投诉"},
}
PLAN = plan_of(SHAPE)
FIELDS = {"单位名称": ["甲", "乙", "丙"], "组织建设": [9, 8, 7], "民主管理": [5, 4, 3], "投诉": [1, 0, 2]}


def table(columns: dict[str, Any], letters: bool = True) -> RawTable:
    size = len(next(iter(columns.values())))
    marks = {name: chr(65 + i) for i, name in enumerate(columns)} if letters else {}
    return RawTable(columns, ("a.csv",), [0] * size, range(2, size + 2), "", marks)


def read(letters: bool = True, plan: Any = PLAN, fields: Any = FIELDS, **more: Any) -> tuple[Submissions, list[str]]:
    found, problems = validate(plan, table({**fields, **more}, letters))
    return found, [spelled(p) for p in problems]


def spelled(p: Problem) -> str:
    return f"{p.severity} {p.unit} {p.cell or p.field}: {said(p.what)}"


def test_scores_stand_beside_the_fields_as_exact_numbers_with_their_own_cells() -> None:
    found, told = read(**{"组织建设/自评分": [10, "9.5", None], "初评分/组织建设": ["８.２５", 8, 7], "自评总分": [15, None, "14分"]})
    assert told == [
        "repair 甲 F2: “８.２５” is read as 8.25",
        "repair 丙 G4: “14分” is read as 14",
    ]
    columns = {n: [None if v is None else float(v) for v in c.listed()] for n, c in found.columns.items() if ":" in n}  # type: ignore[union-attr, arg-type]
    assert columns == {"own:s.a": [10, 9.5, None], "first:s.a": [8.25, 8, 7], "own:": [15, None, 14]}
    assert (found.source(1, ["own:s.a"]), found.raw[(0, "first:s.a")]) == ("a.csv#E3", "８.２５")


def test_where_nobody_gives_any_there_is_no_column_of_them() -> None:
    found, told = read()
    assert told == []
    assert [n for n in found.columns if ":" in n] == []


def test_what_is_no_number_or_more_than_the_full_marks_is_told_at_its_cell() -> None:
    _, told = read(**{"组织建设/自评分": [11, "很高", 10], "民主管理/初评分": [6, 5, "=SUM(A1)"], "基础/自评分": [99, 0, 0]})
    assert told == [
        "warning 甲 E2: “组织建设自评分” is 11, more than the full marks 10",
        "warning 甲 F2: “民主管理初评分” is 6, more than the full marks 5",
        "error 乙 E3: “很高” is no number",
        "error 丙 F4: “=SUM(A1)” is no number",
    ]


def test_full_marks_are_those_of_the_units_own_standard() -> None:
    plan = plan_of(SHAPE, categories=("甲类", "乙类"), variants={"乙类": {"criteria": {"s.a": {"points": 20}}}})
    fields = {**FIELDS, "category": ["甲类", "乙类", "丙类"]}
    assert read(plan=plan, fields=fields, **{"组织建设/自评分": [15, 15, 15]})[1][:1] == [
        "warning 甲 F2: “组织建设自评分” is 15, more than the full marks 10"
    ]
    assert not any("own" in line or "15" in line for line in read(plan=plan, fields=fields, **{"组织建设/自评分": [1, 15, 15]})[1])


def test_an_amount_taken_away_is_below_zero_with_or_without_its_sign() -> None:
    found, told = read(**{"投诉（自评分）": [1, -2, 0]})
    assert found.columns["own:d"].listed() == [-1, -2, 0]  # type: ignore[union-attr]
    assert told == ["repair 甲 E2: “1” is read as -1"]


def test_two_columns_for_one_score_and_words_that_mean_no_item_are_told() -> None:
    found, told = read(**{"组织建设/自评分": [1, 1, 1], "组织建设自评分": [2, 2, 2], "自评分": [1, 2, 3], "own:none": [1, 1, 1]})
    assert [n for n in found.columns if ":" in n] == []
    assert [line.partition(" is no ")[0] for line in told] == [
        "error  组织建设/自评分: several columns fill the field “组织建设自评分”: 组织建设/自评分, 组织建设自评分",
        "warning  自评分: “自评分”",
        "warning  own:none: “own:none”",
    ]


def test_a_head_of_two_rows_gives_the_value_and_the_scores() -> None:
    fields = {"单位名称": ["甲"], "组织建设/填报值": [9], "组织建设/自评分": [10], "民主管理/填报值": [4], "民主管理/自评分": [5]}
    found, told = read(fields=fields)
    assert [found.columns[n].listed() for n in ("s.a", "own:s.a", "s.b", "own:s.b")] == [[9], [10], [4], [5]]  # type: ignore[union-attr]
    assert told == []


def test_in_json_a_score_is_one_key() -> None:
    fields = {"unit": ["甲"], "s.a": [9], "s.b": [5]}
    found, told = read(letters=False, fields=fields, **{"own:s.a": ["x"], "first:": [7]})
    assert told == ["error 甲 /2/own:s.a: “x” is no number"]
    assert (found.cell(0, "first:"), found.cell(0, "s.a")) == ("/2/first:", "/2/s/a")


score = st.none() | st.integers(-3, 30) | st.sampled_from(["很高", "4.5分", ""])


@given(st.lists(score, min_size=3, max_size=3), st.lists(score, min_size=3, max_size=3), st.integers(0, 3))
def test_no_score_touches_a_point_and_no_batch_shows(own: list[Any], first: list[Any], cut: int) -> None:
    scores = {"组织建设/自评分": own, "投诉/初评分": first}
    bare, given_too = assessed(PLAN, read()[0]), read(**scores)[0]
    found = assessed(PLAN, given_too)
    for path in ("s.a", "s.b", "d"):
        assert points(found, path) == points(bare, path)
    assert totals(found) == totals(bare)
    assert list(found.standings.status) == list(bare.standings.status)
    parts = [{n: c[rows] for n, c in {**FIELDS, **scores}.items()} for rows in (slice(0, cut), slice(cut, 3))]
    together = joined([validate(PLAN, table(p))[0] for p in parts if p["单位名称"]])
    for name in ("own:s.a", "first:d"):
        assert together.columns[name].listed() == given_too.columns[name].listed()  # type: ignore[union-attr]
