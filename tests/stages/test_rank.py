"""Ranks within categories: shared 1, 2, 2, 4, broken by the chain; who is not ranked moves nobody down."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.deciding import Notice
from tests.building import DATE, NUMBER, TEXT, TRUTH, assessed, criterion, outcome_of, plan_of, points, seats, section, totals, units

ITEM = {"a": criterion("mark", 100)}


def ranks(outcome: Any) -> list[int]:
    found: list[int] = outcome.standings.rank.tolist()
    return found


def test_equal_totals_share_the_better_place_and_the_next_is_skipped() -> None:
    assert ranks(outcome_of(ITEM, {"a": [80, 90, 70, 80]})) == [2, 1, 4, 2]


def test_units_are_compared_within_their_category() -> None:
    found = outcome_of(ITEM, {"category": ["乙", "甲", "乙", "甲"], "a": [50, 60, 70, 60]}, categories=["甲", "乙"])
    assert ranks(found) == [2, 1, 1, 1]


def test_totals_are_compared_as_printed() -> None:
    shape = {"x": NUMBER, "a": criterion({"mark": {"of": "x"}}, 100, {}, rounding={"decimals": 3})}
    found = outcome_of(shape, {"x": [80.001, 80.002, 80.01]}, rounding={"total": {"decimals": 2}})
    assert (totals(found), ranks(found)) == ([80, 80, 80.01], [2, 2, 1])


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ([], [1, 1, 1, 1]),
        ([{"by": "n"}], [1, 3, 1, 4]),
        ([{"by": "n", "first": "low"}], [2, 1, 2, 4]),
        ([{"by": "n"}, {"by": "d", "first": "low"}], [2, 3, 1, 4]),
        ([{"by": "t"}], [1, 1, 3, 4]),
        ([{"by": "w", "first": "low"}], [2, 1, 3, 4]),
        ([{"by": "n / m"}], [3, 2, 1, 4]),
        ([{"by": "points(b)"}, {"by": "rate(a)"}], [1, 1, 1, 1]),
    ],
)
def test_the_chain_breaks_ties_key_by_key_and_a_blank_key_comes_last(chain: list[dict[str, str]], expected: list[int]) -> None:
    shape = {**ITEM, "b": criterion("mark", None, kind="bonus"), "n": NUMBER, "m": NUMBER, "d": DATE, "t": TRUTH, "w": TEXT}
    columns = {
        "a": [80] * 4,
        "b": [0] * 4,
        "n": [5, 3, 5, None],
        "m": [10, 3, 4, 1],
        "d": [date(2026, 2, 1), date(2026, 1, 1), date(2026, 1, 2), None],
        "t": [True, True, False, None],
        "w": ["b", "a", "c", None],
    }
    assert ranks(outcome_of(shape, columns, rank={"tie_break": chain})) == expected


def test_each_track_has_the_chain_by_its_own_formula() -> None:
    """A name in the chain means the same field, while full marks differ by category."""
    plan = plan_of(
        ITEM, categories=["甲", "乙"], variants={"乙": {"criteria": {"a": {"points": 50}}}}, rank={"tie_break": [{"by": "rate(a)"}]}
    )
    found = assessed(plan, units(plan, {"category": ["甲", "乙", "甲", "乙"], "a": [40, 40, 40, 30]}))
    assert ranks(found) == [1, 1, 1, 2]


def test_a_gate_that_removes_from_the_ranking_lets_others_move_up() -> None:
    found = outcome_of(
        {**ITEM, "v": TRUTH}, {"a": [90, 80, 70], "v": [True, False, False]}, gates={"g": {"if": "v", "effect": "not ranked"}}
    )
    assert (ranks(found), found.standings.status) == ([0, 1, 2], ("not ranked", "ranked", "ranked"))


def test_a_gate_that_only_bars_the_award_leaves_rank_and_score() -> None:
    found = outcome_of(
        {**ITEM, "v": TRUTH}, {"a": [90, 80, 70], "v": [True, False, False]}, gates={"g": {"if": "v", "effect": "not awarded"}}
    )
    assert (ranks(found), totals(found), found.standings.status[0]) == ([1, 2, 3], [90, 80, 70], "not awarded")


def test_a_categorys_own_gate_counts_for_it_and_the_bases_for_the_others() -> None:
    """A variant may change what a gate does: each category by its own standard."""
    frame = {
        "categories": ["甲", "乙"],
        "gates": {"g": {"if": "v", "effect": "not awarded"}},
        "variants": {"乙": {"gates": {"g": {"effect": "not ranked"}}}},
    }
    found = outcome_of(
        {**ITEM, "v": TRUTH}, {"category": ["甲", "乙", "甲", "乙"], "a": [9, 9, 8, 8], "v": [True, True, False, False]}, **frame
    )
    assert found.standings.status == ("not awarded", "not ranked", "ranked", "ranked")
    assert ranks(found) == [1, 0, 2, 1]


def test_who_has_no_total_or_an_open_gate_holds_no_rank() -> None:
    shape = {"a": criterion("mark", 100, missing="incomplete"), "v": TRUTH}
    found = outcome_of(shape, {"a": [90, None, 70], "v": [None, False, False]}, gates={"g": {"if": "v", "effect": "not awarded"}})
    assert (ranks(found), found.standings.status) == ([0, 0, 1], ("incomplete", "incomplete", "ranked"))


def test_who_is_only_assessed_holds_no_rank() -> None:
    notice = Notice("test", assess_only_categories=frozenset({"乙"}), assess_only_units=frozenset({"u3"}))
    found = outcome_of(ITEM, {"category": ["甲", "乙", "甲"], "a": [70, 80, 90]}, categories=["甲", "乙"], notice=notice)
    assert (ranks(found), found.standings.status) == ([1, 0, 0], ("ranked", "not ranked", "not ranked"))


def test_nobody_is_ranked_where_there_is_nobody() -> None:
    found = outcome_of({**ITEM, "n": NUMBER}, {"a": [], "n": []}, rank={"tie_break": [{"by": "n / a"}]}, notice=seats(3))
    assert ranks(found) == []


@given(
    st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 4), st.integers(0, 2), st.booleans()), min_size=1, max_size=9), st.randoms()
)
def test_the_order_of_the_units_does_not_matter(rows: list[tuple[str, int, int, bool]], chance: Any) -> None:
    frame = {
        "categories": ["甲", "乙"],
        "gates": {"g": {"if": "v", "effect": "not ranked"}},
        "rank": {"tie_break": [{"by": "n / (n + 1)", "first": "low"}]},
    }
    plan = plan_of({**ITEM, "n": NUMBER, "v": TRUTH, "p": criterion({"place_points": {"prices": [3, 2, 1]}}, 3, kind="bonus")}, **frame)
    category, a, n, v = (list(c) for c in zip(*rows, strict=True))
    table = units(plan, {"category": category, "a": a, "n": n, "v": v, "p": a})
    order = list(range(len(rows)))
    chance.shuffle(order)
    straight, mixed = assessed(plan, table), assessed(plan, table.take(np.array(order)))
    assert ranks(mixed) == [ranks(straight)[i] for i in order]
    assert totals(mixed) == [totals(straight)[i] for i in order]
    assert mixed.standings.status == tuple(straight.standings.status[i] for i in order)


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=9),
    st.lists(st.integers(0, 9), max_size=4),
)
def test_batch_size_never_shows_in_a_result(rows: list[tuple[str, int | None]], cuts: list[int]) -> None:
    variants = {"乙": {"criteria": {"b": None}, "gates": {"g": None}}, "丙": {"criteria": {"a": {"rule": {"flag": {"of": "a > 2"}}}}}}
    frame = {"categories": ["甲", "乙", "丙"], "gates": {"g": {"require": "rate(a) > 0.2", "effect": "not awarded"}}, "variants": variants}
    shape = {
        "a": criterion("mark", 4, not_applicable_if="a == 3"),
        "b": criterion("to_best", 10, NUMBER),
        "c": criterion({"mark": {"of": "points(a) * 2"}}, 20, {}, kind="bonus"),
    }
    plan = plan_of(shape, **frame)
    category, a = (list(c) for c in zip(*rows, strict=True))
    table = units(plan, {"category": category, "a": a, "b": a})
    edges = [0, *sorted(min(c, len(rows)) for c in cuts), len(rows)]
    batches = [range(x, y) for x, y in itertools.pairwise(edges)]
    whole, parts = assessed(plan, table), assessed(plan, table, batches=batches)
    assert {k: c.listed() for k, c in whole.standings.figures.items()} == {k: c.listed() for k, c in parts.standings.figures.items()}
    assert {k: c.listed() for k, c in whole.sheet.points.items()} == {k: c.listed() for k, c in parts.sheet.points.items()}
    assert {k: c.tolist() for k, c in whole.sheet.reasons.items()} == {k: c.tolist() for k, c in parts.sheet.reasons.items()}
    assert (ranks(whole), whole.standings.status) == (ranks(parts), parts.standings.status)
    assert {k: v.listed() for k, v in whole.sheet.values.items()} == {k: v.listed() for k, v in parts.sheet.values.items()}  # type: ignore[union-attr]


# -------------------------------------------------------------------- what a ranking goes by, among whom, and where it ends


def places(outcome: Any, name: str) -> list[int | None]:
    column = outcome.sheet.totals[f"rank:{name}"]
    return [None if v is None else int(v) for v in column.listed()]


SHAPE = {**ITEM, "b": criterion("mark", None, kind="bonus"), "n": NUMBER, "area": TEXT, "v": TRUTH}
COLUMNS = {"a": [80, 90, 70, 90], "b": [0, 0, 0, 0], "n": [5, 3, 5, None], "area": ["东", "西", "东", None], "v": [True, False, True, True]}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"by": "n"}, [1, 3, 1, None]),
        ({"by": "n", "first": "low"}, [2, 1, 2, None]),
        ({"by": "n + points()"}, [2, 1, 3, None]),
        ({"by": "points()", "within": ["area"]}, [1, 1, 2, None]),
        ({"by": "points()", "within": ["area", "v"]}, [1, 1, 2, None]),
        ({"by": "points()", "where": "v"}, [2, None, 3, 1]),
        ({"by": "points()", "where": "n > 4"}, [1, None, 2, None]),
        ({"by": "points()", "ends": 2}, [None, 1, None, 1]),
        ({"by": "points() / 100", "decimals": 0}, [1, 1, 1, 1]),
        ({"by": "points()", "tie_break": [{"by": "coalesce(n, 9)"}]}, [3, 2, 4, 1]),
    ],
)
def test_a_further_ranking_has_its_own_figure_groups_condition_and_end(spec: dict[str, Any], expected: list[int | None]) -> None:
    found = outcome_of(SHAPE, COLUMNS, rankings={"x": spec})
    assert (places(found, "x"), ranks(found)) == (expected, [3, 1, 4, 1])


def test_the_main_ranking_takes_the_same_keys() -> None:
    found = outcome_of(SHAPE, COLUMNS, rank={"by": "n", "within": ["area"], "first": "low", "where": "v"})
    assert ranks(found) == [1, 0, 1, 0]


def test_categories_are_ranked_together_where_no_field_is_named() -> None:
    found = outcome_of(ITEM, {"category": ["乙", "甲", "乙"], "a": [50, 60, 70]}, categories=["甲", "乙"], rank={"within": []})
    assert ranks(found) == [3, 2, 1]


def test_a_ranking_may_go_by_the_total_before_rounding() -> None:
    """看下一位小数: 84.996 and 84.995 are both printed 85.00."""
    shape = {"x": NUMBER, "a": criterion({"mark": {"of": "x"}}, 100, {}, rounding={"decimals": 3})}
    columns, rounding = {"x": [84.996, 84.995, 84.9]}, {"total": {"decimals": 2}}
    assert ranks(outcome_of(shape, columns, rounding=rounding, rank={"exact": True})) == [1, 2, 3]
    assert ranks(outcome_of(shape, columns, rounding=rounding, rank={"tie_break": [{"by": "exact()"}]})) == [1, 2, 3]
    assert ranks(outcome_of(shape, columns, rounding=rounding)) == [1, 1, 3]


def test_there_is_one_ranking_for_each_section() -> None:
    shape = {"s": section({"a": criterion()}), "t": section({"b": criterion()})}
    found = outcome_of(shape, {"s.a": [1, 2, 2], "t.b": [5, 4, 6]}, rankings={"part": {"each": "sections"}})
    assert (places(found, "part.s"), places(found, "part.t")) == ([3, 1, 1], [2, 3, 1])


def test_a_section_of_bonuses_only_is_ranked_for_no_each() -> None:
    shape = {"s": section({"a": criterion()}), "t": section({"b": criterion("mark", 5, kind="bonus")})}
    found = outcome_of(shape, {"s.a": [1, 2], "t.b": [5, 4]}, rankings={"part": {"each": "sections"}})
    assert [n for n in found.standings.figures if n.startswith("rank:")] == ["rank:part.s"]


def test_who_is_removed_from_the_ranking_is_in_none_but_a_missing_total_bars_only_from_rankings_by_it() -> None:
    shape = {**ITEM, "n": NUMBER, "v": TRUTH, "m": criterion("mark", 5, missing="incomplete")}
    found = outcome_of(
        shape,
        {"a": [90, 80, 70], "n": [1, 2, 3], "v": [True, False, False], "m": [1, 1, None]},
        gates={"g": {"if": "v", "effect": "not ranked"}},
        rankings={"x": {"by": "n"}, "y": {"by": "points()"}},
    )
    assert (ranks(found), places(found, "x"), places(found, "y")) == ([0, 1, 0], [None, 2, 1], [None, 1, None])


# -------------------------------------------------------------------- keys for some ties, and ends of the chain

TIED = {**ITEM, "n": NUMBER, "m": NUMBER, "ok": TRUTH}


def chained(chain: list[dict[str, Any]], **columns: list[Any]) -> Any:
    size = len(columns["a"])
    return outcome_of(TIED, {"n": [0] * size, "m": [0] * size, "ok": [True] * size, **columns}, rank={"tie_break": chain})


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ([{"by": "n", "places": "1"}], [2, 1, 3, 3]),
        ([{"by": "n", "places": "3-4"}], [1, 1, 4, 3]),
        ([{"by": "n", "places": "1-3"}], [2, 1, 4, 3]),
        ([{"by": "n", "if": "ok"}], [2, 1, 3, 3]),
        ([{"by": "n", "decimals": 1}], [1, 1, 3, 3]),
        ([{"by": "n", "places": "1"}, {"by": "-n"}], [2, 1, 3, 4]),
        ([{"by": "n"}, {"shared": True}], [2, 1, 4, 3]),
    ],
)
def test_a_key_may_be_for_some_places_or_on_a_condition(chain: list[dict[str, Any]], expected: list[int]) -> None:
    found = chained(chain, a=[90, 90, 80, 80], n=[1.01, 1.02, 1.03, 1.04], ok=[True, True, True, False])
    assert ranks(found) == expected


def test_a_run_off_parts_those_for_whom_all_results_are_there() -> None:
    found = chained([{"run_off": "m"}], a=[90, 90, 80, 80], m=[3, 5, None, 7])
    assert ranks(found) == [2, 1, 3, 3]
    told = [[t.template for t in found.standings.because[row] if "run-off" in t.template] for row in range(4)]
    undecided = ["shares its place with {others}: the run-off has no result yet"]
    assert told == [[], [], undecided, undecided]


@given(st.permutations(["甲", "乙", "丙", "丁"]), st.text("0123456789", max_size=3))
def test_a_draw_parts_all_whatever_order_they_came_in(units_: list[str], seed: str) -> None:
    found = outcome_of(ITEM, {"unit": units_, "a": [90, 90, 90, 90]}, rank={"tie_break": [{"draw": seed or "x"}]})
    again = outcome_of(ITEM, {"unit": sorted(units_), "a": [90, 90, 90, 90]}, rank={"tie_break": [{"draw": seed or "x"}]})
    assert sorted(ranks(found)) == [1, 2, 3, 4]
    assert dict(zip(units_, ranks(found), strict=True)) == dict(zip(sorted(units_), ranks(again), strict=True))


def test_a_condition_that_is_unknown_does_not_hold() -> None:
    found = chained([{"by": "n", "if": "m > 0"}], a=[90, 90], n=[1, 2], m=[1, None])
    assert ranks(found) == [1, 1]


# -------------------------------------------------------------------- ranks read by what is scored


def test_summed_points_are_ranked_and_the_place_scored_again() -> None:
    """各项合计再排名赋分."""
    shape = {
        "first": section({"a": criterion(), "b": criterion()}, weight=0),
        "place": criterion({"mark": {"of": "10 - 2 * rank(first)"}}, 10, {}),
    }
    found = outcome_of(shape, {"first.a": [3, 5, 4], "first.b": [3, 4, 5]})
    assert (points(found, "place"), found.plan.steps) == ([4, 8, 8], 2)


def test_a_ranking_that_scoring_reads_counts_units_that_a_gate_removes_later() -> None:
    shape = {**ITEM, "v": TRUTH, "x": criterion({"mark": {"of": "rank(n)"}}, None, {}, kind="bonus"), "n": NUMBER}
    columns = {"a": [0, 0, 0], "n": [3, 2, 1], "v": [True, False, False]}
    found = outcome_of(shape, columns, gates={"g": {"if": "v", "effect": "not ranked"}}, rankings={"n": {"by": "n"}})
    assert (points(found, "x"), ranks(found), places(found, "n")) == ([1, 2, 3], [0, 2, 1], [1, 2, 3])


def test_rankings_may_read_one_another() -> None:
    rankings = {"sum": {"by": "rank(one) + rank(two)", "first": "low"}, "one": {"by": "n"}, "two": {"by": "m"}}
    shape = {**TIED, "x": criterion({"mark": {"of": "rank(sum)"}}, None, {}, kind="bonus")}
    found = outcome_of(shape, {"a": [0] * 3, "n": [3, 2, 1], "m": [1, 3, 2], "ok": [True] * 3}, rankings=rankings)
    assert (places(found, "one"), places(found, "two"), places(found, "sum")) == ([1, 2, 3], [3, 1, 2], [2, 1, 3])


def test_batches_never_show_in_a_rank() -> None:
    plan = plan_of(SHAPE, rankings={"x": {"by": "n", "within": ["area"], "tie_break": [{"draw": "7"}]}})
    table = units(plan, COLUMNS)
    whole, split = assessed(plan, table), assessed(plan, table, batches=[[0], [1, 2], [3]])
    assert places(whole, "x") == places(split, "x")
    assert np.array_equal(whole.standings.rank, split.standings.rank)


def test_a_key_counts_the_places_among_the_children() -> None:
    rounds = {name: criterion("mark", None) for name in ("r1", "r2", "r3")}
    columns = {"r1": [25, 18, 15], "r2": [25, 18, 12], "r3": [4, 18, 25]}
    chain = [{"by": "count(children(), rank == 1)"}, {"by": "count(children(), rank == 2)"}]
    found = outcome_of(rounds, columns, rank={"tie_break": chain})
    assert (totals(found), ranks(found)) == ([54, 54, 52], [1, 2, 3])


def test_a_ranking_that_only_one_category_asks_for_ranks_nobody_else() -> None:
    asks = {"rule": {"mark": {"of": "rank(a)"}}}
    shape = {**ITEM, "x": criterion({"mark": {"of": "n"}}, None, {}, kind="bonus"), "n": NUMBER}
    plan = plan_of(shape, categories=["甲", "乙"], variants={"乙": {"criteria": {"x": asks}}})
    found = assessed(plan, units(plan, {"category": ["甲", "乙", "乙"], "a": [90, 80, 70], "n": [0, 0, 0]}))
    assert (points(found, "x"), places(found, "a")) == ([0, 1, 2], [None, 1, 2])


def test_a_total_that_a_gate_made_zero_is_zero_before_rounding_too() -> None:
    gates = {"g": {"if": "v", "effect": "zero total"}}
    found = outcome_of({**ITEM, "v": TRUTH}, {"a": [90, 80], "v": [True, False]}, gates=gates, rank={"exact": True})
    assert (totals(found), ranks(found)) == ([0, 80], [2, 1])


# -------------------------------------------------------------------- tied units compared with each other

GAMES = {"type": "array", "items": {"type": "object", "properties": {"against": TEXT, "goals": NUMBER}}}


def played(*rounds: list[tuple[str, int | None]]) -> list[list[dict[str, Any]]]:
    return [[{"against": name, "goals": goals} for name, goals in own] for own in rounds]


def test_a_key_may_read_what_was_won_from_those_who_are_tied_alone() -> None:
    games = played([("U2", 1), ("U3", 9)], [("U1", 2), ("U3", 0)], [("U1", 0), ("U2", 9)], [("u 2", 5)])
    shape = {**ITEM, "games": GAMES}
    chain = {"tie_break": [{"by": "sum(games, goals, among(against))", "title": "相互间"}]}
    found = outcome_of(shape, {"a": [80, 80, 70, 80], "games": games}, rank=chain)
    assert ranks(found) == [3, 2, 4, 1]


def test_those_who_are_tied_are_sought_anew_for_each_key() -> None:
    games = played([("U2", 1), ("U3", 4)], [("U1", 3), ("U3", 0)], [("U1", 0), ("U2", 0)])
    chain = {"tie_break": [{"by": "n"}, {"by": "sum(games, goals, among(against))"}]}
    found = outcome_of({**ITEM, "n": NUMBER, "games": GAMES}, {"a": [80] * 3, "n": [1, 1, 0], "games": games}, rank=chain)
    assert ranks(found) == [2, 1, 3]


def test_a_key_may_count_in_how_many_figures_a_unit_is_ahead_of_those_tied() -> None:
    columns = {"a": [80, 80, 80, 90], "n": [4, 1, 8, 0], "m": [4, 8, 8, 0]}
    chain = {"tie_break": [{"by": "ahead(-n) + ahead(-m)"}]}
    found = outcome_of({**ITEM, "n": NUMBER, "m": NUMBER}, columns, rank=chain)
    assert ranks(found) == [2, 3, 4, 1]


def test_tied_units_of_several_categories_are_compared_too() -> None:
    shape = {**ITEM, "n": NUMBER}
    chain = {"within": [], "tie_break": [{"by": "ahead(n)", "if": "a > 1"}, {"by": "n", "first": "low"}]}
    variants = {"机关": {"title": "机关标准"}}
    columns = {"category": ["企业", "机关", "机关"], "a": [80, 80, 80], "n": [1, 3, None]}
    found = outcome_of(shape, columns, categories=["企业", "机关"], rank=chain, variants=variants)
    assert ranks(found) == [2, 1, 3]


def test_a_key_that_compares_tied_units_changes_nothing_without_a_tie() -> None:
    chain = {"tie_break": [{"by": "ahead(n)"}]}
    assert ranks(outcome_of({**ITEM, "n": NUMBER}, {"a": [3, 2, 1], "n": [1, 2, 3]}, rank=chain)) == [1, 2, 3]
