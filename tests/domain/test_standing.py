"""Where one unit stands: its place in every ranking, the keys of the chain, what it lacks for the next level."""

from __future__ import annotations

from typing import Any

from scorekit.domain.chains import lot
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.standing import StandingSpeaker
from tests.building import NUMBER, TRUTH, criterion, outcome_of

SHAPE = {"a": criterion("mark", 100), "n": {**NUMBER, "title": "人数"}, "ok": {**TRUTH, "title": "达标"}}


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
