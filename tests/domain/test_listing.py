"""Listing: the order of units, lines with what they rest on, figures with their digits."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain import listing
from scorekit.domain.column import Column
from scorekit.domain.exact import Exact
from scorekit.domain.listing import (
    all_fields,
    declared_figures,
    field_titles,
    full_marks,
    group_words,
    layouts,
    line_reasons,
    listed_rows,
    paper_figures,
    row_blocks,
    score_lines,
    standing_figures,
    submitted_fields,
    unit_tracks,
)
from scorekit.domain.outputs import Outcome
from scorekit.domain.printing import printed
from scorekit.domain.tables import Reason
from tests.building import NUMBER, criterion, outcome_of, section
from tests.outcomes import UNITS, in_rows, small_outcome

LISTED = [UNITS[i] for i in (0, 1, 4, 3, 5, 2)]


def names(outcome: Outcome) -> list[str]:
    return [outcome.standings.unit[i] for i in listed_rows(outcome).tolist()]


def test_units_stand_by_category_rank_and_name_whatever_order_they_came_in() -> None:
    outcome = small_outcome()
    assert names(outcome) == LISTED
    assert all(names(in_rows(outcome, list(order))) == LISTED for order in list(permutations(range(6)))[::97])


def test_units_of_no_category_come_last_and_equal_ranks_go_by_name() -> None:
    outcome = small_outcome()
    ranks = replace(outcome.standings, rank=np.zeros(6, dtype=np.int64), category=("", "企业", "企业", "企业", "企业", "企业"))
    assert names(replace(outcome, standings=ranks)) == [*sorted(UNITS[1:]), UNITS[0]]


def test_nothing_is_listed_where_there_is_nothing() -> None:
    assert names(in_rows(small_outcome(), [])) == []


def test_blocks_are_all_rows_in_their_order() -> None:
    assert [b.tolist() for b in row_blocks(np.arange(5), 2)] == [[0, 1], [2, 3], [4]]


def test_a_unit_follows_the_track_of_its_category() -> None:
    outcome = small_outcome()
    assert unit_tracks(outcome).tolist() == [0, 0, 1, 0, 0, 1]
    assert unit_tracks(replace(outcome, plan=replace(outcome.plan, tracks=outcome.plan.tracks[:1]))).tolist() == [0] * 6


def test_lines_are_criteria_and_then_gates_with_the_submitted_fields_behind_them() -> None:
    lines = {line.id: line for line in score_lines(small_outcome())}
    assert list(lines)[-1] == "gate:organisation.chair_elected"
    assert lines["gate:organisation.chair_elected"].gate
    assert lines["organisation.membership"].reads == (("organisation.employees", "organisation.members"),) * 2
    assert lines["rights.talk"].reads[0] == ("rights.talk@评委1", "rights.talk@评委2")
    assert lines["rights.contracts"].specs[1] is None
    assert lines["rights.contracts"].reads[1] == ()
    assert lines["rights.contracts"].spec.no == "2.1"
    assert lines["rights.contracts"].decimals == 2


def test_a_line_that_was_neither_scored_nor_asked_is_not_listed() -> None:
    outcome = small_outcome()
    bare = replace(outcome.sheet, reasons={"rights.talk": outcome.sheet.reasons["rights.talk"]})
    assert [line.id for line in score_lines(replace(outcome, sheet=bare))] == ["rights.talk"]


def test_full_marks_are_told_for_each_track() -> None:
    outcome = small_outcome()
    lines = {line.id: line for line in score_lines(outcome)}
    assert full_marks(outcome, lines["rights.contracts"], unit_tracks(outcome)) == ("6", "")
    assert full_marks(outcome, lines["extra.complaints"], unit_tracks(outcome)) == ("", "")
    uneven = replace(outcome.sheet, full={"rights.talk": Column.numbers([4, 4, 2, 4, 3, 2])})
    assert full_marks(replace(outcome, sheet=uneven), lines["rights.talk"], unit_tracks(outcome)) == (None, "2")


@pytest.mark.parametrize("size", [1, 2, 4])
@given(marks=st.lists(st.none() | st.sampled_from([3, 4]), min_size=6, max_size=6))
def test_full_marks_are_the_same_however_many_rows_are_looked_at_together(size: int, marks: list[int | None]) -> None:
    outcome = small_outcome()
    line = next(line for line in score_lines(outcome) if line.id == "rights.talk")
    changed = replace(outcome, sheet=replace(outcome.sheet, full={"rights.talk": Column.numbers(marks)}))
    told = full_marks(changed, line, unit_tracks(changed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "PART", size)
        assert full_marks(changed, line, unit_tracks(changed)) == told


def test_figures_come_with_the_digits_of_their_stage() -> None:
    figures = standing_figures(small_outcome())
    assert list(figures) == ["total", "base", "bonus", "deduction", "adjusted", "section:organisation", "section:rights"]
    assert printed(*figures["section:rights"]) == ["9.2", "9.5", "0.0", "8.1", "", "9.6"]
    assert printed(*figures["total"])[:2] == ["14.67", "13.52"]


def test_a_section_of_bonuses_only_has_no_figure_to_print() -> None:
    outcome = small_outcome()
    assert "extra" in outcome.sheet.sections
    assert "section:extra" not in standing_figures(outcome)


def test_the_total_is_no_section() -> None:
    outcome = small_outcome()
    whole = replace(outcome.plan.sections[0], path="")
    assert "section:" not in standing_figures(
        replace(outcome, plan=replace(outcome.plan, sections=(whole,)), standings=replace(outcome.standings, figures={}))
    )


def test_a_figure_that_nobody_computed_is_no_column() -> None:
    outcome = small_outcome()
    less = replace(outcome, standings=replace(outcome.standings, figures={}), sheet=replace(outcome.sheet, sections={}))
    assert standing_figures(less) == {}


def test_declared_figures_stand_in_the_order_of_their_names() -> None:
    outcome = small_outcome()
    more = {**outcome.standings.figures, "rank:all": Column.of(1), "figure:rate": Column.of(2), "rank": Column.of(3)}
    assert list(declared_figures(replace(outcome, standings=replace(outcome.standings, figures=more)))) == ["figure:rate", "rank:all"]


def test_submitted_fields_are_those_that_were_read_and_none_that_was_derived() -> None:
    outcome = small_outcome()
    paths = [spec.path for spec, _ in submitted_fields(outcome)]
    assert "organisation.membership" not in paths
    assert paths[:3] == ["unit", "category", "organisation.employees"]
    assert "organisation.membership" in all_fields(outcome.plan)


def test_layouts_name_the_letters_of_every_sheet() -> None:
    [layout] = layouts(small_outcome().submissions)
    assert (layout["files"], layout["sheet"], layout["letters"]["rights.talk@评委2"]) == (["企业.xlsx"], "自评表", "N")


def test_what_a_track_does_not_have_is_no_part_whatever_the_sheet_says() -> None:
    outcome = small_outcome()
    invalid = np.full(6, Reason.INVALID, dtype=np.uint8)
    sheet = replace(outcome.sheet, reasons={"rights.contracts": invalid, "rights.talk": invalid})
    talk, contracts = sorted(score_lines(replace(outcome, sheet=sheet)), key=lambda line: line.id != "rights.talk")
    assert line_reasons(replace(outcome, sheet=sheet), talk, unit_tracks(outcome)).tolist() == [8] * 6
    assert line_reasons(replace(outcome, sheet=sheet), contracts, unit_tracks(outcome)).tolist() == [8, 8, 1, 8, 8, 1]


def test_on_paper_figures_stand_with_the_digits_that_the_rubric_declares() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10, print={"decimals": 0}), "b": criterion("mark", 10)}, print={"decimals": 3}),
        "t": section({"c": criterion("mark", 10)}, scale_to=5, rounding_scaled={"decimals": 4}),
    }
    columns = {"s.a": [5], "s.b": [5], "t.c": [5]}
    found = outcome_of(shape, columns, total={"print": {"decimals": 1}})
    figures = standing_figures(found)
    assert {n: d for n, (_, d) in figures.items() if n != "adjusted"} == {
        "total": 2, "base": 2, "bonus": 2, "deduction": 2, "section:s": 2, "section:t": 4,
    }  # fmt: skip
    assert {n: d for n, (_, d) in paper_figures(found).items() if n in ("total", "section:s", "section:t")} == {
        "total": 1, "section:s": 3, "section:t": 4,
    }  # fmt: skip
    assert [(line.id, line.decimals, line.paper) for line in score_lines(found)] == [("s.a", 2, 0), ("s.b", 2, 2), ("t.c", 2, 2)]
    found = outcome_of(shape, columns, print={"decimals": 0})
    assert {d for _, d in paper_figures(found).values()} == {0, 3}
    assert [line.paper for line in score_lines(found)] == [0, 0, 0]


def test_two_of_several_marks_are_told_apart_however_they_are_written() -> None:
    marks = Column("number", Exact(np.array([1, 2, 3]), np.array([2, 4, 4]), 3, 4))
    assert listing._distinct(marks) == ["0.5", "0.75"]


def test_scores_and_marks_of_raters_are_called_what_people_call_them() -> None:
    shape = {
        "talk": {
            **NUMBER,
            "type": "object",
            "title": "评议",
            "x-source": {"who": "panel", "raters": ["甲"]},
            "additionalProperties": NUMBER,
        },
        "a": {**criterion(points=10), "title": "入会"},
    }
    outcome = outcome_of(shape, {"a": [5], "talk": [[8]]})
    scored = replace(outcome.submissions, columns={**outcome.submissions.columns, "own:a": Column.of(7).spread(1)})
    titles = field_titles(replace(outcome, submissions=scored))
    assert (titles["a"], titles["talk@甲"], titles["own:a"]) == ("入会", "评议（甲）", "入会自评分")


def test_a_group_is_told_by_its_items() -> None:
    bonus = {"kind": "bonus", "points": 3, "group": "g", "rule": {"mark": {}}, "reading": "示例"}
    shape = {n: {**NUMBER, "title": t, "x-criterion": {**bonus, "no": no}} for n, t, no in (("a", "表彰", "3.1"), ("b", "推广", "3.2"))}
    plan = outcome_of({**shape, "c": criterion()}, {"a": [1], "b": [1], "c": [1]}, caps={"groups": {"g": 3}}).plan
    assert group_words(plan.criteria, "g") == ["3.1 表彰", "3.2 推广"]
