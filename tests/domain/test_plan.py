"""A plan knows beforehand what holds for every unit: what stands in which section, and where something counts in the base."""

from __future__ import annotations

from scorekit.domain.plan import below
from tests.building import NUMBER, criterion, outcome_of, plan_of, section


def test_what_stands_in_a_section_is_known_by_its_path() -> None:
    assert [below(p, "a.b") for p in ("a.b", "a.b.c", "a.bc", "a")] == [True, True, False, False]
    assert below("x", "")
    track = outcome_of({"s": section({"a": criterion("mark", 5, kind="bonus")}), "c": criterion("mark", 5)}, {"c": [1]}).plan.tracks[0]
    assert track.based == {""}
    assert {path: item.spec.path for path, item in track.items.items()} == {"s.a": "s.a", "c": "c"}


def test_what_each_derived_value_rests_on_is_known_and_what_was_submitted_is_not_among_it() -> None:
    formulas = {"share": "n / whole", "whole": "n + 1", "twice": "share * 2 + whole"}
    track = plan_of({"n": NUMBER, **{name: {"x-derive": text} for name, text in formulas.items()}, "a": criterion("mark", 5)}).tracks[0]
    assert track.rests == {"share": ("whole",), "whole": (), "twice": ("share", "whole")}
