"""Ladders as a frame declares them; combinations that do not fit are refused with their place."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.ladders import ladders
from tests.building import criterion, fault_of, plan_of, said, spelled

A, B, C = ({"id": i, "title": t} for i, t in (("a", "优"), ("b", "良"), ("c", "中")))
LINES = [{**A, "at_least": 90}, {**B, "at_least": 80}]
TWO = {"x": {"title": "甲榜", "levels": LINES}, "y": {"of": "n", "levels": LINES, "cumulative": True, "below": {"id": "no", "title": "差"}}}


def test_the_main_ladder_is_that_of_levels() -> None:
    found = ladders({"levels": LINES, "level": {"cumulative": True}}, "r.json")
    assert ([s.title for s in found.main.levels], found.main.below.title, found.main.cumulative) == (["优", "良"], "未达标", True)
    assert (found.more, found.combination) == ((), None)


def test_other_ladders_have_their_own_figure_and_their_own_level_below_all() -> None:
    one, two = ladders({"ladders": TWO, "below": {"id": "none", "title": "无"}}, "r.json").more
    assert (one.title, one.levels[0].of, one.below.title, one.cumulative) == ("甲榜", "points()", "无", False)
    assert (two.title, two.levels[0].of, two.below.title, two.cumulative) == ("y", "n", "差", True)
    assert two.levels[1].pointer == "r.json#/x-rubric/ladders/y/levels/1"


def test_the_main_levels_may_be_left_to_the_first_ladder_that_is_combined() -> None:
    found = ladders({"ladders": TWO, "level": {"combine": "lowest", "of": ["y", "x"]}}, "r.json")
    assert [(s.id, s.at_least) for s in found.main.levels] == [("a", None), ("b", None)]
    assert found.combination is not None
    assert (found.combination.how, found.combination.of) == ("lowest", ("y", "x"))


def test_the_table_of_results_may_stand_among_the_tables() -> None:
    rows = [["a", "a", "a"], ["a", "b", "b"]]
    frame = {"ladders": TWO, "levels": [A, B], "tables": {"t": {"keys": ["甲", "乙"], "rows": rows, "otherwise": "b"}}}
    found = ladders({**frame, "level": {"combine": "lookup", "of": ["x", "y"], "table": "t"}}, "r.json").combination
    assert found is not None
    assert (found.rows, found.otherwise) == ((("a", "a", "a"), ("a", "b", "b")), "b")


LOOKUP: dict[str, Any] = {"combine": "lookup", "of": ["x", "y"]}


@pytest.mark.parametrize(
    ("frame", "what", "where"),
    [
        ({"level": {"combine": "lowest", "of": ["z"]}}, "there is no ladder “z”", "/level/of/0"),
        (
            {"level": {"combine": "lowest", "of": ["x"]}, "levels": LINES},
            "the main level combines ladders, so “优” has no line of its own",
            "/levels/0",
        ),
        (
            {"level": {"combine": "highest", "of": ["x"]}, "levels": [A, C]},
            "the level “b” of the ladder “x” is none of the main ones",
            "/ladders/x/levels/1",
        ),
        ({"level": {**LOOKUP, "table": "t"}}, "there is no table “t” with rows", "/level/table"),
        (
            {"level": {**LOOKUP, "pairs": [["a", "b"]]}},
            "a row has a level of each of 2 ladders and the result, not 2 entries",
            "/level/pairs/0",
        ),
        ({"level": {**LOOKUP, "pairs": [["a", "q", "b"]]}}, "“q” is no level there", "/level/pairs/0"),
        ({"level": {**LOOKUP, "pairs": [["a", "no", "b"]], "otherwise": "q"}}, "“q” is no level there", "/level/otherwise"),
        ({"ladders": {"x": {"levels": [A, A]}}}, "two levels have the id “a”", "/ladders/x/levels/1"),
    ],
)
def test_what_cannot_be_combined_is_refused(frame: dict[str, Any], what: str, where: str) -> None:
    error = fault_of({"a": criterion(), "n": {"type": "number"}}, **{"ladders": TWO, **frame})
    assert (said(error.what), error.where) == (what, f"rubric.json#/x-rubric{where}")


def test_lines_may_be_formulas() -> None:
    level = {**A, "at_least": "if(n > 9, 90, 80)", "at_most": 100, "of": "points(a)"}
    [found] = plan_of({"a": criterion(), "n": {"type": "number"}}, ladders={"x": {"levels": [level]}}).tracks[0].ladders
    assert found.levels[0].at_least is not None
    assert (found.column, spelled(found.levels[0].of), spelled(found.levels[0].at_least)) == ("level:x", "points<a>", "if(>(n, 9), 90, 80)")


def test_levels_and_ladders_carry_their_text_and_what_it_rests_on() -> None:
    words = {"wording": "原文", "basis": [{"source": "S1", "clause": "三"}], "reading": "我们的"}
    level = {"id": "a", "title": "优", "at_least": 90, **words}
    standard = plan_of({"x": criterion()}, levels=[level], ladders={"k": {"levels": [level], **words}}).tracks[0].standard
    for spec in (standard.levels[0], standard.ladders[0], standard.ladders[0].levels[0]):
        assert (spec.words.wording, spec.words.basis, spec.words.reading) == ("原文", ({"source": "S1", "clause": "三"},), "我们的")
