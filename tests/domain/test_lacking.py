"""What is blank in marks and records is named; what is not there at all is no part of something."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.domain.lacking import blank_fields, fields_of, lacking, titled, unmarked
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Submissions
from scorekit.domain.walking import track_nodes
from tests.building import NUMBER, TEXT, criterion, plan_of, said, units

COURSES = {
    "type": "array",
    "title": "课程",
    "items": {"type": "object", "properties": {"name": {**TEXT, "title": "名称"}, "score": {**NUMBER, "title": "成绩"}}},
}
MARKS = {
    "type": "object",
    "title": "评议",
    "additionalProperties": {"type": ["number", "null"]},
    "x-source": {"who": "panel", "raters": ["甲", "乙", "丙"]},
}


def made(formula: str = "sum(courses, score)", **columns: Any) -> tuple[Plan, Submissions]:
    plan = plan_of({"courses": COURSES, "marks": MARKS, "a": criterion({"mark": {"of": formula}}, 9, {})})
    size = len(next(iter(columns.values())))
    return plan, units(plan, {"courses": [[]] * size, "marks": [(None,) * 3] * size, **columns})


@pytest.mark.parametrize(("marks", "absent"), [((9, None, None), ("乙", "丙")), ((9, 8, 7), ()), ((None,) * 3, ())])
def test_raters_without_a_mark_are_named_where_others_gave_one(marks: Any, absent: tuple[str, ...]) -> None:
    plan, found = made(marks=[marks])
    assert unmarked(found.columns["marks"], 0) == absent
    spec = next(f for f in plan.fields if f.path == "marks")
    assert [said(t) for t in lacking(found.columns["marks"], spec, 0, ())] == ([f"{', '.join(absent)} of 评议"] if absent else [])


def test_a_plain_value_lacks_nothing_in_part() -> None:
    _, found = made(marks=[(1, 2, 3)])
    assert unmarked(found.columns["unit"] if "unit" in found.columns else found.columns["courses"], 0) == ()


@pytest.mark.parametrize(
    ("formula", "read", "valued"),
    [
        ("sum(courses, score)", {"score"}, {"score"}),
        ("sum(courses, score, name == '语文')", {"score", "name"}, {"score"}),
        ("count(courses, score < 60)", {"score"}, set()),
        ("count(courses)", set(), set()),
        ("best(courses, score * 2, 1) + count(courses, name == 'x')", {"score", "name"}, {"score"}),
    ],
)
def test_the_fields_of_records_that_formulas_read(formula: str, read: set[str], valued: set[str]) -> None:
    plan, _ = made(formula, courses=[[]])
    nodes = track_nodes(plan.tracks[0])
    assert fields_of(nodes, "courses") == read
    assert fields_of(nodes, "courses", valued=True) == valued
    assert fields_of(nodes, "other") == frozenset()


def test_blanks_of_records_come_in_order_with_their_place_in_the_unit() -> None:
    rows = [[{"name": "语文", "score": 9}], [{"name": None, "score": 8}, {"name": "数学", "score": None}]]
    plan, found = made(courses=rows)
    records = found.columns["courses"]
    assert [tuple(b) for b in blank_fields(records, ["score", "name", "none"])] == [(1, 0, "name", ""), (1, 1, "score", "")]
    assert list(blank_fields(records, ["score"], [True, False])) == []
    spec = next(f for f in plan.fields if f.path == "courses")
    assert [said(t) for t in lacking(records, spec, 1, ["score"])] == ["成绩 of record 2 of 课程"]
    assert titled(spec) == {"name": "名称", "score": "成绩"}
