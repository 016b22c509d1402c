"""Where one unit stands: its place in every ranking, the keys of the chain, what it lacks for the next level."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.domain.chains import lot
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.standing import StandingSpeaker
from tests.building import NUMBER, TRUTH, criterion, outcome_of

SHAPE = {
    "a": criterion("mark", 100),
    "n": {**NUMBER, "title": "人数"},
    "ok": {**TRUTH, "title": "达标"},
    "t": {"type": "string", "title": "用时", "x-unit": "duration"},
}


def speaker(columns: dict[str, list[Any]], **frame: Any) -> StandingSpeaker:
    outcome = outcome_of(SHAPE, columns, **frame)
    track = outcome.plan.tracks[0]
    return StandingSpeaker(TrackScope(track, outcome.submissions, outcome.sheet), Speaker(track, "en"))


def test_the_main_ranking_tells_its_keys_and_nothing_without_a_place() -> None:
    found = speaker({"a": [9], "n": [3]}, rank={"tie_break": [{"by": "n"}, {"run_off": "n"}, {"draw": "7"}]})
    assert list(found.rankings(1)) == [
        "tie key 1: 人数 = 3 (higher first)",
        "tie key 2: the run-off = 3",
        f"tie key 3: a public draw by the sha256 of “7:unit”, least first = {lot('7', 'u1')}",
    ]
    assert list(found.rankings(0)) == []


def test_a_main_ranking_by_something_else_says_by_what() -> None:
    assert list(speaker({"a": [9], "n": [3]}, rank={"by": "n"}).rankings(1)) == ["ranked by 人数 = 3"]


def test_every_other_ranking_tells_the_place_and_its_keys() -> None:
    rankings = {
        "x": {"title": "人数榜", "by": "n", "tie_break": [{"by": "a", "title": "甲项"}]},
        "y": {"title": "达标榜", "by": "n", "where": "ok"},
    }
    found = speaker({"a": [9], "n": [3], "ok": [False]}, rankings=rankings)
    assert list(found.rankings(1)) == [
        "ranking 人数榜: place 1 by 人数 = 3",
        "  tie key 1: 甲项 = 9 (higher first)",
        "ranking 达标榜: no place",
    ]


LEVELS = [{"id": "top", "title": "优", "at_least": 90, "at_most": 95, "if": "ok"}, {"id": "good", "title": "良", "at_least": 60}]


def test_what_is_lacking_for_the_next_level_is_told_line_by_line() -> None:
    low, high = (speaker({"a": [a], "n": [3], "ok": [ok]}, levels=LEVELS) for a, ok in ((80, True), (99, None)))
    assert list(low.next_level("良")) == [
        "next level 优: 10 points short of 90",
        "next level 优: its line 95 is reached",
        "  its condition: 达标 — met",
    ]
    assert list(high.next_level("良"))[1:] == ["next level 优: 4 above its most, 95", "  its condition: 达标 — undecided"]


def test_above_the_best_level_there_is_none() -> None:
    assert list(speaker({"a": [92], "n": [3], "ok": [True]}, levels=LEVELS).next_level("优")) == []


def test_a_blank_leaves_a_line_undecided() -> None:
    found = speaker({"a": [92], "n": [None], "ok": [True]}, levels=[{"id": "x", "title": "优", "of": "n", "at_least": 5}])
    assert list(found.next_level("")) == ["next level 优: a blank leaves its line undecided"]


def test_a_comparison_tells_what_stands_on_its_sides() -> None:
    ladder = [{"id": "top", "title": "优", "if": "rank() <= floor(n * 0.5)"}, {"id": "good", "title": "良", "at_least": 0}]
    [line] = speaker({"a": [9], "n": [5]}, levels=ladder).next_level("良")
    assert line == "  its condition: rank of “total” ≤ floor(人数 × 0.5) (rank of “total” = 1, floor(人数 × 0.5) = 2) — met"


def test_a_comparison_of_texts_or_with_a_blank_tells_no_sides() -> None:
    ladder = [{"id": "top", "title": "优", "all": ["n >= 3", "ok"]}, {"id": "good", "title": "良", "at_least": 0}]
    lines = list(speaker({"a": [9], "n": [None], "ok": [True]}, levels=ladder).next_level("良"))
    assert lines == ["  its condition: 人数 ≥ 3 — undecided", "  its condition: 达标 — met"]
    [first, _] = speaker({"a": [9], "n": [2], "ok": [True]}, levels=ladder).next_level("良")
    assert first == "  its condition: 人数 ≥ 3 (人数 = 2) — not met"


def test_of_conditions_that_must_all_hold_those_are_named_that_do_not() -> None:
    ladder = [{"id": "top", "title": "优", "if": "n >= 3 and ok and n <= 9"}, {"id": "good", "title": "良", "at_least": 0}]
    [line] = speaker({"a": [9], "n": [2], "ok": [True]}, levels=ladder).next_level("良")
    assert line.endswith(" — not met, namely 人数 ≥ 3 (人数 = 2)")
    [line] = speaker({"a": [9], "n": [2], "ok": [False]}, levels=ladder).next_level("良")
    assert line.endswith(" — not met, namely 人数 ≥ 3 (人数 = 2), 达标")
    [line] = speaker({"a": [9], "n": [5], "ok": [True]}, levels=ladder).next_level("良")
    assert line.endswith(" — met")


@pytest.mark.parametrize(("effect", "set_"), [({"level is": "none"}, "未达标"), ({"level at most": "good"}, "良")])
def test_of_a_level_that_a_gate_set_the_gate_is_told(effect: dict[str, str], set_: str) -> None:
    gates = {"g": {"title": "事故", "if": "n > 0", "effect": effect, "reading": "示例"}}
    ladder = [{"id": "top", "title": "优", "at_least": 90}, {"id": "good", "title": "良", "at_least": 60}]
    fired = speaker({"a": [95], "n": [1]}, levels=ladder, gates=gates)
    assert list(fired.next_level(set_)) == [f"the gate 事故 has set the level {set_}"]
    clear = speaker({"a": [65], "n": [0]}, levels=ladder, gates=gates)
    assert list(clear.next_level("良")) == ["next level 优: 25 points short of 90"]


def test_short_of_a_line_of_something_else_no_points_are_spoken_of() -> None:
    ladder = [{"id": "top", "title": "优", "of": "n", "at_least": 9}, {"id": "good", "title": "良", "at_least": 0}]
    assert list(speaker({"a": [9], "n": [5]}, levels=ladder).next_level("良")) == ["next level 优: 4 short of 人数 9"]


def test_short_of_a_rate_the_line_is_a_percentage_and_the_distance_percentage_points() -> None:
    ladder = [{"id": "top", "title": "优", "of": "rate(a)", "at_least": 0.75, "at_most": 0.9}, {"id": "good", "title": "良", "at_least": 0}]
    assert list(speaker({"a": [65]}, levels=ladder).next_level("良")) == [
        "next level 优: 10 percentage points short of score rate of “a” 75%",
        "next level 优: its line score rate of “a” 90% is reached",
    ]
    assert list(speaker({"a": [92.5]}, levels=ladder).next_level("良"))[1] == (
        "next level 优: 2.5 percentage points above its most, score rate of “a” 90%"
    )


def test_short_of_a_line_of_an_item_its_points_and_of_a_time_minutes_are_told() -> None:
    good = {"id": "good", "title": "良", "at_least": 0}
    item = [{"id": "top", "title": "优", "of": "points(a)", "at_least": 9}, good]
    assert list(speaker({"a": [5]}, levels=item).next_level("良")) == ["next level 优: 4 points short of points of “a” 9"]
    time = [{"id": "top", "title": "优", "of": "t", "at_most": 2400}, good]
    assert list(speaker({"a": [5], "t": [2410]}, levels=time).next_level("良")) == ["next level 优: 0:10 above its most, 用时 40:00"]


def test_a_time_is_told_in_minutes_as_a_key_and_as_what_a_ranking_goes_by() -> None:
    found = speaker({"a": [9], "t": [1021]}, rank={"tie_break": [{"by": "t", "first": "low"}]}, rankings={"x": {"title": "快", "by": "t"}})
    assert list(found.rankings(1)) == [
        "tie key 1: 用时 = 17:01 (lower first)",
        "ranking 快: place 1 by 用时 = 17:01",
    ]
