"""Rankings as a frame declares them, and compiled; what does not fit is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.metaschema import check_document
from scorekit.compiling.rankings import rankings
from scorekit.domain.rubric import RankingSpec, SectionSpec
from scorekit.errors import RubricError
from tests.building import NUMBER, TEXT, catalogue, criterion, document, fault_of, plan_of, said, section, spelled

ITEMS = {
    "s": section({"a": criterion()}),
    "t": section({"b": criterion()}),
    "area": {**TEXT, "title": "片区"},
    "n": {**NUMBER, "title": "人数"},
}


def read(frame: dict[str, Any], *sections: SectionSpec) -> tuple[RankingSpec, ...]:
    return rankings(frame, sections, "r.json")


def test_the_main_ranking_goes_by_the_total_within_the_category() -> None:
    [found] = read({"category": "kind"})
    assert (found.id, found.by, found.within, found.first, found.ties, found.ends) == ("", "points()", ("kind",), "high", (), None)
    assert read({})[0].within == ()


def test_a_ranking_takes_all_its_keys() -> None:
    spec = {"title": "人数榜", "by": "n", "within": ["area"], "where": "n > 0", "first": "low", "decimals": 1, "ends": 3}
    found = read({"rankings": {"big": spec}})[1]
    assert (found.id, found.title, found.by, found.within, found.where) == ("big", "人数榜", "n", ("area",), "n > 0")
    assert (found.first, found.decimals, found.ends, found.pointer) == ("low", 1, 3, "r.json#/x-rubric/rankings/big")


def test_one_for_each_section_is_as_many_as_there_are_at_the_top() -> None:
    parts = [
        SectionSpec("s", "", "甲部", None, "", ""),
        SectionSpec("s.x", "", "里", None, "", "s"),
        SectionSpec("t", "", "乙部", None, "", ""),
    ]
    found = read({"rankings": {"part": {"each": "sections", "title": "单项"}}}, *parts)[1:]
    assert [(r.id, r.by, r.title) for r in found] == [("part.s", "points(`s`)", "单项 甲部"), ("part.t", "points(`t`)", "单项 乙部")]


def test_exact_goes_by_the_total_before_rounding() -> None:
    assert read({"rank": {"exact": True}})[0].by == "exact()"
    error = fault_of(ITEMS, rank={"by": "points(s)", "exact": True})
    assert (said(error.what), error.where) == (
        "only the total has a figure before rounding, so “exact” does not go with “points(s)”",
        "rubric.json#/x-rubric/rank/exact",
    )


def test_a_chain_has_keys_and_an_end() -> None:
    chain = [
        {"by": "n", "first": "low", "decimals": 1, "places": "1-3", "if": "n > 0"},
        {"run_off": "s.a", "places": "1"},
        {"draw": "2026-07-01 福彩3D 123"},
    ]
    keys = read({"rank": {"tie_break": chain}})[0].ties
    assert [(k.how, k.by, k.places) for k in keys] == [
        ("key", "n", (1, 3)),
        ("run_off", "s.a", (1, 1)),
        ("draw", "2026-07-01 福彩3D 123", None),
    ]
    assert (keys[0].first, keys[0].decimals, keys[0].condition) == ("low", 1, "n > 0")
    assert read({"rank": {"tie_break": [{"by": "n"}, {"shared": True}]}})[0].ties[-1].by == "n"


@pytest.mark.parametrize(
    ("frame", "what", "where"),
    [
        ({"rank": {"tie_break": [{"draw": "7"}, {"by": "n"}]}}, "nothing comes after the end of a tie chain", "/rank/tie_break/1"),
        ({"rank": {"tie_break": [{"shared": True}, {"draw": "7"}]}}, "nothing comes after the end of a tie chain", "/rank/tie_break/1"),
        ({"rank": {"tie_break": [{"by": "n", "places": "3-1"}]}}, "“3-1” names no places", "/rank/tie_break/0/places"),
        ({"rank": {"within": ["city"]}}, "“city” is no field by which units can be grouped", "/rank/within/0"),
        (
            {"rankings": {"x": {"by": "area"}}},
            "“area” gives a text, and a number is needed here",
            "/rankings/x/by",
        ),
        (
            {"rank": {"tie_break": [{"by": "area", "decimals": 1}]}},
            "“area” gives a text, and a number is needed here",
            "/rank/tie_break/0/by",
        ),
    ],
)
def test_what_does_not_fit_is_refused(frame: dict[str, Any], what: str, where: str) -> None:
    error = fault_of(ITEMS, **frame)
    assert (said(error.what), error.where) == (what, f"rubric.json#/x-rubric{where}")


def test_a_key_is_called_what_it_reads_unless_the_rubric_says_otherwise() -> None:
    chain = [{"by": "n"}, {"by": "points(s)"}, {"by": "n + 1"}, {"by": "n", "title": "职工人数"}]
    found = plan_of(ITEMS, rank={"tie_break": chain}).tracks[0].rankings[0]
    assert [t.spec.title for t in found.ties] == ["人数", "s", "n + 1", "职工人数"]


def test_an_item_whose_rank_is_asked_gets_a_ranking_of_its_own() -> None:
    shape = {**ITEMS, "x": criterion({"mark": {"of": "rank(s)"}}, 100, {}, kind="bonus")}
    main, asked = plan_of(shape, categories=["甲"]).tracks[0].rankings
    assert (main.spec.id, asked.spec.id, asked.spec.within, spelled(asked.by)) == ("", "s", ("category",), "points<s>")
    assert (main.step, asked.step) == (None, 1)


def test_a_declared_ranking_of_that_name_is_the_one_that_is_meant() -> None:
    shape = {**ITEMS, "x": criterion({"mark": {"of": "rank(s)"}}, 100, {}, kind="bonus")}
    found = plan_of(shape, rankings={"s": {"by": "n"}}).tracks[0].rankings
    assert [(r.spec.id, spelled(r.by)) for r in found] == [("", "points<>"), ("s", "n")]


def test_a_ranking_that_says_nothing_goes_by_the_total() -> None:
    found = plan_of(ITEMS, rankings={"whole": {"title": "总榜", "ends": 3}}).tracks[0].rankings
    assert [(r.spec.id, r.spec.by) for r in found if r.spec.id in ("", "whole")] == [("", "points()"), ("whole", "points()")]


@pytest.mark.parametrize("spec", [{"by": "points()", "exact": True}, {"by": "points()", "each": "sections"}])
def test_a_ranking_goes_by_one_thing_only(spec: dict[str, Any]) -> None:
    with pytest.raises(RubricError) as caught:
        check_document(document(ITEMS, rankings={"x": spec}), "r.json", catalogue())
    assert caught.value.where == "r.json#/x-rubric/rankings/x"
