"""All formulas of a track, and all parts of a formula."""

from __future__ import annotations

from scorekit.domain.formula import Name, Over
from scorekit.domain.walking import criterion_nodes, lookups, nodes_of, other_nodes, track_nodes, walked
from tests.building import NUMBER, TEXT, criterion, plan_of, section, spelled

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "share": NUMBER}}}
TABLES = {"t": {"rows": {"a": 1}}}


def test_every_place_that_takes_a_formula_is_walked() -> None:
    shape = {
        "w": TEXT,
        "n": NUMBER,
        "x": {"x-derive": "n + 1"},
        "s": section(
            {"a": criterion({"mark": {"of": "n + 2"}}, "n + 3", {}, floor="n + 4", zero_if="n == 5")}, weight="n + 6", cap="n + 7"
        ),
        "b": criterion(None, None, {}, clauses={"c": {"rule": {"mark": {"of": "n + 8"}}, "cap": "n + 9", "if": "n == 10"}}, kind="bonus"),
    }
    gates = {"g": {"if": "n == 11", "effect": "not awarded"}}
    levels = [{"id": "l", "title": "l", "of": "n + 12", "at_least": "n + 13", "if": "n == 14"}]
    track = plan_of(
        shape, gates=gates, levels=levels, rank={"tie_break": [{"by": "n + 15"}]}, caps={"total": "n + 16", "groups": {"g": "n + 17"}}
    ).tracks[0]
    said = " ".join(spelled(n) for n in track_nodes(track))
    assert [str(i) for i in range(1, 18) if f"n, {i})" not in said] == []
    assert len(other_nodes(track)) >= 8
    assert len(criterion_nodes(track.criteria[0])) == 5  # full marks are the ceiling, too


def test_a_formula_is_walked_outermost_first_with_or_without_lists() -> None:
    plan = plan_of({"h": LISTS, "w": TEXT, "x": {"x-derive": "sum(h, lookup(t, level)) + lookup(t, w)"}}, tables=TABLES)
    node = plan.tracks[0].derived[0][1]
    assert [type(n).__name__ for n in walked(node)] == ["Call", "Over", "Lookup", "Name", "Lookup", "Name"]
    assert [type(n).__name__ for n in walked(node, lists=False)] == ["Call", "Over", "Lookup", "Name"]
    assert [spelled(k) for n in lookups(node) for k in n.keys] == ["h.level", "w"]


def test_the_nodes_of_an_argument_are_found_however_they_are_nested() -> None:
    a, b = Name("a"), Over("count", "h", None, None)
    assert nodes_of({"x": (a, b), "y": ("text", 3)}) == [a, b]
    assert nodes_of("path") == []
