"""How a section's figure was made for one unit is said part by part."""

from __future__ import annotations

from typing import Any

from scorekit.catalogue import discover
from scorekit.compiling.planning import compile_plan
from scorekit.domain.making import converting, making
from scorekit.domain.printing import shown
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from tests.building import NA, assessed, criterion, rubric, said, section, units

ITEMS = {"a": criterion("mark", 10, title="甲", weight=2), "b": criterion("mark", 10, title="乙"), "c": criterion("mark", 10, title="丙")}


def made(told: Any = making, lang: str = "en", **spec: Any) -> list[str]:
    plan = compile_plan(rubric({"s": section(ITEMS, **spec)}), discover(third_party=False))
    found = assessed(plan, units(plan, {"s.a": [6], "s.b": [8], "s.c": [NA]}))
    track = plan.tracks[0]
    scope = TrackScope(track, found.submissions, found.sheet)
    speaker = (Speaker(track, lang),) if told is making else ()
    return [said(text) for text in told(track.sections[0], scope, *speaker, lambda c: shown(c, most=2)[0])]


def test_of_what_is_added_up_nothing_is_said() -> None:
    assert made() == []


def test_weights_stand_beside_the_points_of_what_applies() -> None:
    assert made(aggregate="weighted-mean") == ["weighted mean over what applies: 甲 6 × 2, 乙 8 × 1"]
    assert made(aggregate="geometric-mean") == ["weighted geometric mean of the points: 甲 6 to the power of 2, 乙 8"]


def test_what_does_not_count_is_named() -> None:
    assert made(aggregate={"best": {"k": 1}}) == ["the 1 best are added up: 甲 6 (does not count), 乙 8"]
    assert made(aggregate="minimum") == ["the lowest of the points counts: 甲 6, 乙 8 (does not count)"]
    assert made(aggregate={"best-mean": {"k": 2}}) == ["the mean of the 2 best: 甲 6, 乙 8"]


def test_a_formula_is_told_with_what_it_reads() -> None:
    assert made(aggregate={"formula": {"points": "points(a) / 2"}}) == ["by a formula: (points of “甲” ÷ 2): 甲 6, 乙 8"]


def test_the_conversion_to_another_scale_is_told_apart() -> None:
    assert made(scale_to=50) == []
    assert made(converting, scale_to=50) == ["put on a scale of 50 points: 14 ÷ 20 × 50 = 35"]
