"""Panels drop by count and never take a blank for nought; records are counted, added and compared unit by unit."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.marks import Panel, Records, records_of

F = Fraction
mark = st.one_of(st.none(), st.decimals(0, 100, places=1).map(F))


def panel(rows: list[list]) -> Panel:
    """One list of marks a unit."""
    return Panel(tuple(f"r{i}" for i in range(len(rows[0]))), tuple(Column.numbers(column) for column in zip(*rows, strict=True)))


def whys(column: Column) -> list[Why]:
    return [Why(0)] * len(column) if column.why is None else [Why(w) for w in column.why.tolist()]


# -------------------------------------------------------------------- panels


@st.composite
def tables(draw, marks=mark):
    raters = draw(st.integers(1, 7))
    return draw(st.lists(st.lists(marks, min_size=raters, max_size=raters), min_size=1, max_size=4))


def trimmed(row: list, drop: int, fewest: int):
    marks = sorted(m for m in row if m is not None)
    kept = marks[drop : len(marks) - drop]
    return sum(kept) / len(kept) if kept and len(marks) >= fewest else None


@given(tables(), st.integers(0, 3), st.integers(0, 5))
def test_the_trimmed_mean_drops_by_count_and_needs_marks_to_drop_from(rows, drop, fewest) -> None:
    assert panel(rows).trimmed_mean(drop, fewest).listed() == [trimmed(row, drop, fewest) for row in rows]


@given(tables(st.one_of(st.none(), st.fractions(0, 100))), st.integers(0, 3))
def test_marks_of_any_denominator_have_an_exact_mean(rows, drop) -> None:
    assert panel(rows).trimmed_mean(drop, 0).listed() == [trimmed(row, drop, 0) for row in rows]


@given(tables(st.one_of(st.none(), st.integers(-(2**62), 2**62).map(F))), st.integers(0, 2))
def test_marks_too_great_to_be_added_in_64_bits_have_an_exact_mean(rows, drop) -> None:
    assert panel(rows).trimmed_mean(drop, 0).listed() == [trimmed(row, drop, 0) for row in rows]


def test_of_equal_marks_only_so_many_are_dropped() -> None:
    assert panel([[90, 90, 90, 60, 60]]).trimmed_mean(1, 0).listed() == [80]


def test_too_few_marks_none_and_an_invalid_one_have_their_reasons() -> None:
    mean = panel([[80, 90, None], [None, None, None], [80, 90, 100]]).trimmed_mean(1, 0)
    assert whys(mean) == [Why.TOO_FEW, Why.MISSING, Why.PRESENT]
    bad = Column("number", Column.numbers([80]).values, np.array([Why.INVALID], dtype=np.uint8))
    assert whys(Panel(("a", "b"), (bad, Column.numbers([90]))).trimmed_mean(0, 1)) == [Why.INVALID]


def test_a_panel_counts_marks_and_takes_rows() -> None:
    marks = panel([[80, None], [70, 60]])
    assert marks.count().listed() == [1, 2]
    assert len(marks) == 2
    assert marks.take([1]).trimmed_mean(0, 1).listed() == [65]
    assert marks.present().tolist() == [[True, False], [True, True]]
    assert marks.take(slice(0, 0)).trimmed_mean(1, 0).listed() == []


FIGURES = {"mean": lambda m: sum(m) / len(m), "sum": sum, "median": median}


def figure(row: list, how: str, low: int, high: int, fewest: int):
    marks = sorted(m for m in row if m is not None)
    enough = len(marks) >= max(fewest, low + high + 1)
    return FIGURES[how](marks[low : len(marks) - high]) if enough else None


@given(tables(), st.sampled_from(list(FIGURES)), st.integers(0, 2), st.integers(0, 2), st.integers(0, 5))
def test_a_figure_takes_what_is_left_when_the_ends_are_dropped_unevenly(rows, how, low, high, fewest) -> None:
    assert panel(rows).figure(how, low, high, fewest).listed() == [figure(row, how, low, high, fewest) for row in rows]


@given(tables(st.one_of(st.none(), st.fractions(0, 100))), st.sampled_from(list(FIGURES)), st.integers(0, 2))
def test_a_figure_of_marks_of_any_denominator_is_exact(rows, how, low) -> None:
    assert panel(rows).figure(how, low, 1).listed() == [figure(row, how, low, 1, 0) for row in rows]


@given(tables(), st.integers(0, 2), st.integers(0, 2))
def test_what_is_kept_comes_to_the_figure(rows, low, high) -> None:
    found = panel(rows)
    for row, kept, total in zip(rows, found.kept(low, high).tolist(), found.figure("sum", low, high).listed(), strict=True):
        assert total in (None, sum(m for m, k in zip(row, kept, strict=True) if k))
        assert total is not None or not any(kept)


def test_of_equal_marks_those_of_the_first_raters_are_the_lowest() -> None:
    assert panel([[90, 90, 90, 60, 60]]).kept(1, 1).tolist() == [[True, True, False, False, True]]


def roles_of(rows: list[list], *roles: str) -> Panel:
    return Panel(panel(rows).raters, panel(rows).marks, roles)


def test_roles_are_weighted_over_those_that_gave_a_mark() -> None:
    found = roles_of([[90, 80, 70], [90, 80, None], [None, None, None]], "专家", "专家", "群众")
    weights = {"专家": Column.of(F(7, 10)), "群众": Column.of(F(3, 10))}
    mean = found.weighted(weights, lambda own: own.figure("mean"), False)
    assert (mean.listed(), whys(mean)[2]) == ([F(161, 2), 85, None], Why.MISSING)
    whole = found.weighted(weights, lambda own: own.figure("mean"), True)
    assert (whole.listed(), whys(whole)[1]) == ([F(161, 2), None, None], Why.MISSING)


def test_a_role_with_too_few_marks_is_not_left_out_in_silence() -> None:
    found = roles_of([[90, 80, 70]], "专家", "专家", "群众")
    mean = found.weighted({"专家": Column.of(1), "群众": Column.of(1)}, lambda own: own.figure("mean", 0, 0, 2), False)
    assert whys(mean) == [Why.TOO_FEW]


def test_the_ends_of_each_role_are_dropped_by_themselves() -> None:
    found = roles_of([[90, 80, 70, 60]], "专家", "群众", "专家", "群众")
    assert found.kept(1, 0, by_role=True).tolist() == [[True, True, False, False]]
    assert found.of_role("群众").raters == ("r1", "r3")
    assert found.of_role("领导").count().listed() == [0]


def test_grades_become_the_numbers_that_stand_for_them() -> None:
    graded = Panel(("a", "b"), (Column.texts(["优", None, "丙"]), Column.texts(["良", "良", "良"])), ("x", "y"))
    found = graded.graded({"优": Column.of(95), "良": Column.of(85)})
    mean = found.figure("mean")
    assert (mean.listed(), whys(mean), found.roles) == ([90, 85, None], [0, 0, Why.INVALID], ("x", "y"))


# -------------------------------------------------------------------- records


@st.composite
def lists(draw, values):
    """For each unit a list of (matter, value), or None where no list was handed in."""
    entry = st.tuples(st.sampled_from(["甲", "乙", "丙"]), values)
    return draw(st.lists(st.one_of(st.none(), st.lists(entry, max_size=4)), min_size=1, max_size=5))


def records(units: list) -> Records:
    rows = [None if u is None else [{"matter": m, "value": v} for m, v in u] for u in units]
    flat = [pair for u in units if u for pair in u]
    return records_of(rows, {"matter": Column.texts(m for m, _ in flat), "value": Column.numbers(v for _, v in flat)})


def reduced(units: list, reduce) -> list:
    return [None if u is None or any(v is None for _, v in u) else reduce(u) for u in units]


def best_of_each(unit: list):
    return sum(max(v for _, v in group) for _, group in groupby(sorted(unit), key=lambda pair: pair[0]))


SMALL, GREAT = st.integers(-9, 9).map(F), st.integers(-(2**62), 2**62).map(F)
VALUES = [SMALL, st.one_of(st.none(), st.fractions(-9, 9, max_denominator=9)), GREAT, st.fractions()]


@pytest.mark.parametrize("values", VALUES, ids=["small", "gaps", "great", "any"])
def test_records_are_added_compared_and_counted_unit_by_unit(values) -> None:
    @given(lists(values))
    def check(units) -> None:
        found = records(units)
        assert found.total(found.columns["value"]).listed() == reduced(units, lambda u: sum(v for _, v in u))
        assert found.best(found.columns["value"]).listed() == reduced(units, lambda u: max((v for _, v in u), default=0))
        assert found.best_of_each(found.columns["value"], found.columns["matter"]).listed() == reduced(units, best_of_each)
        assert found.count().listed() == [None if u is None else len(u) for u in units]

    check()


def test_no_record_is_nought_and_no_list_is_missing() -> None:
    found = records([[], None, [("甲", 3)]])
    assert found.total(found.columns["value"]).listed() == [0, None, 3]
    assert whys(found.best(found.columns["value"])) == [Why.PRESENT, Why.MISSING, Why.PRESENT]
    assert len(found) == 3


def test_records_are_counted_where_a_condition_holds_and_unknown_is_masked() -> None:
    found = records([[("甲", 3), ("乙", 1)], [("甲", None)]])
    assert found.count(found.columns["value"] > 2).listed() == [1, None]
    assert found.count(Column.of(True)).listed() == [2, 1]


def test_an_unnamed_matter_leaves_its_unit_without_a_figure() -> None:
    found = records_of([[{}], [{}]], {"matter": Column.texts([None, "甲"]), "value": Column.numbers([3, 4])})
    assert found.best_of_each(found.columns["value"], found.columns["matter"]).listed() == [None, 4]


def test_a_units_figure_stands_beside_each_of_its_records() -> None:
    found = records([[("甲", 1), ("乙", 2)], [], [("甲", 3)]])
    assert found.beside(Column.numbers([10, 20, 30])).listed() == [10, 10, 30]
    assert found.beside(Column.of(5)).listed() == [5]
    assert found.owners.tolist() == [0, 0, 2]


@given(lists(st.integers(0, 9).map(F)), st.data())
def test_taking_units_takes_their_records(units, data) -> None:
    rows = data.draw(st.lists(st.integers(0, len(units) - 1), max_size=4))
    found = records(units).take(rows)
    assert found.total(found.columns["value"]).listed() == reduced([units[r] for r in rows], lambda u: sum(v for _, v in u))


def test_a_constant_value_counts_for_each_record() -> None:
    found = records([[("甲", 1), ("乙", 2)], []])
    assert found.total(Column.of(2)).listed() == [4, 0]


def test_marks_are_listed_by_unit_without_blanks_and_with_those_that_cannot_be_read() -> None:
    found = roles_of([[1, None, 3], [None, None, 6]], "x", "y", "x").listed()
    assert found.lengths.tolist() == [2, 1]
    assert [found.columns[c].listed() for c in ("mark", "rater", "role")] == [[1, 3, 6], ["r0", "r2", "r2"], ["x", "x", "x"]]
    bad = Column.numbers([80, 81]).masked_where(np.array([True, False]), Why.INVALID)
    assert Panel(("a",), (bad,)).listed().columns["mark"].masked.tolist() == [True, False]


def test_a_panel_does_not_apply_where_every_mark_says_so() -> None:
    """Some such marks among others, and blanks, are just no marks."""
    said = Column.numbers([1, 1, 1, 1]).masked_where(np.array([True, True, True, False]), Why.NOT_APPLICABLE)
    found = Panel(("甲", "乙"), (said, said.take([0, 3, 0, 0]).masked_where(np.array([False] * 4), Why.MISSING)))
    assert found.not_applicable().tolist() == [True, False, True, False]
    assert whys(found.listed().count()) == [Why.NOT_APPLICABLE, Why.PRESENT, Why.NOT_APPLICABLE, Why.PRESENT]
    blank = Panel(("甲", "乙"), (said, Column.numbers([None, None, 2, 2])))
    assert blank.not_applicable().tolist() == [False] * 4
    assert Panel(("甲",), (Column.numbers([1, None]),)).not_applicable().tolist() == [False, False]


@given(st.lists(st.lists(st.sampled_from([Why.PRESENT, Why.NOT_APPLICABLE, Why.MISSING]), min_size=3, max_size=3), min_size=1, max_size=5))
def test_whether_a_panel_applies_is_what_all_its_marks_say(rows: list[list[Why]]) -> None:
    marks = tuple(Column("number", Column.numbers([1] * len(rows)).values, np.array(w, dtype=np.uint8)) for w in zip(*rows, strict=True))
    assert Panel(("甲", "乙", "丙"), marks).not_applicable().tolist() == [set(r) == {Why.NOT_APPLICABLE} for r in rows]
