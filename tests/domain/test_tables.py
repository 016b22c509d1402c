"""The tables that flow through the stages: taken apart and put together without loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import Columns, Later, columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import (
    OUTCOMES,
    Places,
    Reason,
    ScoreSheet,
    Submissions,
    blank_column,
    outcome_of,
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


@pytest.mark.parametrize("kind", [Column.of(1), Column.of(True), Column.of("x"), Column.dates([None])])
def test_a_blank_column_is_of_its_models_kind(kind: Column) -> None:
    found = blank_column(kind, 3, Why.MISSING)
    assert (found.kind, len(found), found.listed()) == (kind.kind, 3, [None] * 3)


# -------------------------------------------------------------------- columns made later


def test_columns_are_made_when_they_are_asked_for_and_only_once() -> None:
    made: list[str] = []

    def make(name: str) -> Any:
        return Later(lambda: made.append(name) or name)

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
        (Reason.NO_FIGURE_AS_ZERO, "missing"),
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
