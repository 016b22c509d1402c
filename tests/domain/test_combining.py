"""A section's figure before any conversion: combined, held within its cap and floor, zeroed by its gates."""

from __future__ import annotations

from typing import Any

from scorekit.domain.combining import made
from scorekit.domain.printing import plain
from scorekit.domain.scope import TrackScope
from tests.building import NA, TRUTH, criterion, outcome_of, section


def of_section(columns: dict[str, Any], gates: dict[str, Any] | None = None, **spec: Any) -> tuple[list[str], list[str], list[str]]:
    """Points, full marks and what is set aside of the section *s*."""
    items = {"a": criterion("mark", 10), "b": criterion("mark", 10)}
    outcome = outcome_of({"bad": TRUTH, "s": section(items, **spec), "c": criterion("mark", 10)}, columns, gates=gates or {})
    [track] = outcome.plan.tracks
    scope = TrackScope(track, outcome.submissions, outcome.sheet)
    found = made(next(s for s in track.sections if s.spec.path == "s"), scope)
    return plain(found.points), plain(found.full), plain(found.aside.spread(len(found.points)))


UNITS = {"bad": [False, True, False], "s.a": [7, 7, NA], "s.b": [5, 5, 5], "c": [1, 1, 1]}


def test_items_are_added_up_without_those_that_do_not_apply() -> None:
    assert of_section(UNITS, scale=True) == (["12", "12", "5"], ["20", "20", "10"], ["0", "0", "0"])


def test_a_cap_holds_the_figure_and_the_full_marks() -> None:
    assert of_section(UNITS, cap=11)[:2] == (["11", "11", "5"], ["11", "11", "10"])


def test_a_gate_zeroes_the_figure_and_leaves_the_full_marks() -> None:
    gates = {"g": {"title": "门", "if": "bad", "effect": {"zero": "s"}}}
    assert of_section(UNITS, gates)[:2] == (["12", "0", "5"], ["20", "20", "10"])
