"""The tables that flow through the stages: taken apart and put together without loss."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import Columns, columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import (
    OUTCOMES,
    Places,
    Reason,
    ScoreSheet,
    Submissions,
    blank_column,
    joined,
    outcome_of,
    sheets_joined,
    unscored,
)
from tests.building import DATE, NUMBER, TEXT, TRUTH, criterion, plan_of, units

LISTS = {"type": "array", "items": {"type": "object", "properties": {"n": NUMBER}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙"]}}
PLAN = plan_of({"n": {**NUMBER, "x-unit": "percent"}, "t": TRUTH, "w": TEXT, "d": DATE, "h": LISTS, "m": PANEL, "a": criterion()})


def table(size: int = 4) -> Submissions:
    rows = range(size)
    return units(
        PLAN,
        {
            "n": [None if i == 1 else i for i in rows],
            "w": [f"w{i}" for i in rows],
            "h": [None if i == 2 else [{"n": j} for j in range(i)] for i in rows],
            "m": [(i, None) for i in rows],
        },
    )


def content(found: Submissions) -> list[Any]:
    """All that is known of the units, comparable."""
    lists, marks = found.columns["h"], found.columns["m"]
    assert isinstance(lists, Records)
    assert isinstance(marks, Panel)
    total = lists.total(lists.columns["n"])
    plain = [found.columns["n"].listed(), found.columns["w"].listed(), total.listed(), [m.listed() for m in marks.marks]]  # type: ignore[union-attr]
    return [found.unit, found.key, *plain, [found.cell(i, "unit") for i in range(len(found))]]


# -------------------------------------------------------------------- submissions


@given(st.lists(st.integers(0, 3), max_size=6))
def test_taking_rows_and_joining_them_again_changes_nothing(cuts: list[int]) -> None:
    whole = table()
    edges = [0, *sorted(cuts), 4]
    parts = [whole.take(slice(a, b)) for a, b in itertools.pairwise(edges)]
    assert content(joined(parts)) == content(whole)


def test_what_a_repair_replaced_goes_with_its_row() -> None:
    from dataclasses import replace

    whole = replace(table(), raw={(0, "n"): "一", (3, "n"): "三"})
    assert whole.take([3, 1]).raw == {(0, "n"): "三"}
    assert joined([whole.take([3]), whole.take([0, 1])]).raw == {(0, "n"): "三", (1, "n"): "一"}


def test_a_column_that_a_batch_lacks_is_missing_there_and_keeps_its_unit() -> None:
    one, two = table(2), units(PLAN, {"d": [None, None], "t": [True, False]})
    for parts, first in (([one, two], 0), ([two, one], 2)):
        found = joined(parts)
        n, h, m = found.columns["n"], found.columns["h"], found.columns["m"]
        assert isinstance(n, Column)
        assert isinstance(h, Records)
        assert isinstance(m, Panel)
        assert (n.unit, n.listed()[first]) == ("percent", 0)
        assert sum(v is None for v in n.listed()) == 3
        assert h.why is not None
        assert (h.lengths.tolist()[first : first + 2], int((h.why > 0).sum())) == ([0, 1], 2)
        assert m.count().listed()[first : first + 2] == [1, 1]


def test_one_batch_is_itself() -> None:
    one = table()
    sheet = ScoreSheet(4)
    assert joined([one]) is one
    assert sheets_joined([sheet]) is sheet


def test_more_columns_stand_beside_or_in_place_of_those_there() -> None:
    found = table().having({"n": Column.numbers([9, 9, 9, 9])})
    assert found.columns["n"].listed() == [9] * 4  # type: ignore[union-attr]
    assert "w" in found.columns


def test_the_place_of_a_value_is_a_cell_a_pointer_or_a_row_of_a_file() -> None:
    sheet = Places(("a.xlsx",), np.zeros(2, dtype=np.int32), "表", np.array([4, 5]), {"n": "D"})
    single = Places(("b.json",), np.zeros(1, dtype=np.int32), "", np.array([0]), {})
    many = Places(("c.ndjson",), np.zeros(1, dtype=np.int32), "", np.array([7]), {})
    found = Submissions(
        ("a", "b", "c"), ("a", "b", "c"), {}, (sheet, single, many), np.array([0, 1, 2], dtype=np.int32), np.array([1, 0, 0])
    )
    assert [found.cell(i, "n") for i in range(3)] == ["D5", "/n", "/7/n"]
    assert [found.cell(i, "s.m@甲") for i in range(3)] == ["/s/m/甲", "/s/m/甲", "/7/s/m/甲"]
    assert [found.file(i) for i in range(3)] == ["a.xlsx", "b.json", "c.ndjson"]
    assert [found.sheet(i) for i in range(3)] == ["表", "", ""]
    assert [found.source(i, ["n", "m"]) for i in range(3)] == [
        "a.xlsx#表!D5; a.xlsx#表!/m",
        "b.json#/n; b.json#/m",
        "c.ndjson#/7/n; c.ndjson#/7/m",
    ]
    assert found.source(0, []) == ""


# -------------------------------------------------------------------- score sheets


def sheet(size: int, **more: Any) -> ScoreSheet:
    return ScoreSheet(size, points={"a": Column.numbers(range(size))}, reasons={"a": np.full(size, Reason.PART, dtype=np.uint8)}, **more)


def test_what_a_part_lacks_is_no_part_of_the_standard_there() -> None:
    found = sheets_joined([sheet(2), ScoreSheet(1, totals={"total": Column.numbers([5])})])
    assert (found.size, found.points["a"].listed(), found.totals["total"].listed()) == (3, [0, 1, None], [None, None, 5])
    assert found.reasons["a"].tolist() == [Reason.PART, Reason.PART, Reason.NOT_PART]
    assert found.points["a"].why is not None
    assert found.points["a"].why.tolist() == [0, 0, Why.NOT_PART]


def test_taking_rows_of_a_sheet_takes_them_of_every_table() -> None:
    found = sheet(3, full={"a": Column.numbers([1, 2, 3])}).take(np.array([True, False, True]))
    assert (found.size, found.points["a"].listed(), found.full["a"].listed(), found.reasons["a"].tolist()) == (
        2,
        [0, 2],
        [1, 3],
        [Reason.PART] * 2,
    )


def test_more_columns_of_a_sheet_replace_those_of_their_name() -> None:
    one = sheet(1)
    two = one.having(points={"a": Column.of(9), "b": Column.of(1)})
    assert ({k: c.listed() for k, c in two.points.items()}, one.points["a"].listed()) == ({"a": [9], "b": [1]}, [0])


def test_values_of_different_kinds_stand_in_one_column_as_words() -> None:
    """Two categories' standards may read different things for one criterion."""
    number = Column("number", Column.numbers([1, None]).values, Column.numbers([1, None]).why, "percent")
    lists = Records(np.array([0, 1]), {"n": Column.numbers([1])})
    parts = [
        ScoreSheet(2, values={"a": number}),
        ScoreSheet(1, values={"a": Column.texts(["甲"])}),
        ScoreSheet(1, values={"a": lists}),
        ScoreSheet(1),
    ]
    found = sheets_joined(parts).values["a"]
    assert isinstance(found, Column)
    assert (found.kind, found.listed()) == ("text", ["100%", None, "甲", None, None])


def test_lists_and_panels_of_a_sheet_are_joined() -> None:
    lists = Records(np.array([0, 1]), {"n": Column.numbers([1])})
    panel = Panel(("甲",), (Column.numbers([3]),))
    found = sheets_joined([ScoreSheet(1, values={"h": lists, "m": panel}), ScoreSheet(1, values={"h": lists, "m": panel})])
    h, m = found.values["h"], found.values["m"]
    assert isinstance(h, Records)
    assert isinstance(m, Panel)
    assert (h.offsets.tolist(), h.why, m.count().listed()) == ([0, 1, 2], None, [1, 1])


def test_panels_of_other_raters_are_joined_by_rater() -> None:
    """Whatever the order in which the parts name them; a rater whom a part does not know gave no mark there."""
    one = Panel(("乙", "甲"), (Column.numbers([1]), Column.numbers([2])))
    two = Panel(("甲", "丙"), (Column.numbers([3]), Column.numbers([4])))
    for parts in ([one, two], [two, one]):
        found = sheets_joined([ScoreSheet(1, values={"m": p}) for p in parts]).values["m"]
        assert isinstance(found, Panel)
        marks = {r: m.listed() for r, m in zip(found.raters, found.marks, strict=True)}
        assert found.raters == ("丙", "乙", "甲")
        assert marks == (
            {"丙": [None, 4], "乙": [1, None], "甲": [2, 3]} if parts[0] is one else {"丙": [4, None], "乙": [None, 1], "甲": [3, 2]}
        )


@pytest.mark.parametrize("kind", [Column.of(1), Column.of(True), Column.of("x"), Column.dates([None])])
def test_a_blank_column_is_of_its_models_kind(kind: Column) -> None:
    found = blank_column(kind, 3, Why.MISSING)
    assert (found.kind, len(found), found.listed()) == (kind.kind, 3, [None] * 3)


# -------------------------------------------------------------------- columns made later


def test_columns_are_made_when_they_are_asked_for_and_only_once() -> None:
    made: list[str] = []

    def make(name: str) -> Any:
        return lambda: made.append(name) or name

    found: Columns[str] = Columns({"a": "A"}, {"b": make("b"), "c": make("c")})
    assert (list(found), len(found), "c" in found, "z" in found, made) == (["b", "c", "a"], 3, True, False, [])
    assert [found["b"], found["b"], found["a"], made] == ["b", "b", "A", ["b"]]
    more = found.having({"c": "C", "d": "D"})
    assert ({k: more[k] for k in more}, made) == ({"a": "A", "b": "b", "c": "C", "d": "D"}, ["b"])
    assert found.mapped(str.upper)["c"] == "C"
    found.update({"c": "new"})
    assert (found["c"], len(found)) == ("new", 3)
    assert columns(found) is found
    assert columns({"x": 1})["x"] == 1
    with pytest.raises(KeyError):
        found["nothing"]


# -------------------------------------------------------------------- words for codes


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_an_outcome(reason: Reason) -> None:
    assert outcome_of(reason) in OUTCOMES


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (Reason.FULL, "scored"),
        (Reason.ZERO, "scored"),
        (Reason.EMPTIED, "scored"),
        (Reason.MISSING, "missing"),
        (Reason.MISSING_AS_ZERO, "missing"),
        (Reason.DIVIDED_BY_ZERO, "missing"),
        (Reason.NOT_APPLICABLE_FULL, "not-applicable"),
        (Reason.NOT_PART, "not-applicable"),
        (Reason.INVALID, "invalid"),
        (Reason.ERROR, "error"),
    ],
)
def test_the_outcome_says_why_a_cell_has_or_has_not_points(reason: Reason, outcome: str) -> None:
    assert outcome_of(reason) == outcome


def test_units_that_were_only_checked_have_no_standing() -> None:
    found = unscored(table(2))
    assert (len(found), found.unit, found.status, found.rank.tolist(), list(found.because)) == (2, ("U1", "U2"), ("", ""), [0, 0], [(), ()])
