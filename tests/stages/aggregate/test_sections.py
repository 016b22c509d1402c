"""Gates asked, and sections combined from their children: capped, zeroed, put on their scale, rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.rule import Aggregator, Children
from scorekit.errors import PluginError
from tests.building import (
    BAD,
    NA,
    NUMBER,
    TEXT,
    TRUTH,
    assessed,
    catalogue,
    criterion,
    outcome_of,
    plain,
    plan_of,
    points,
    reasons,
    rubric,
    said,
    section,
    totals,
    units,
)

DEDUCTION = {"each": {"deduct": 1}}


def sections(outcome: Any, path: str) -> list[Any]:
    """A section's figure."""
    return plain(outcome.sheet.sections[path])


# -------------------------------------------------------------------- combination


def test_a_section_is_the_sum_of_its_base_items_at_any_depth() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10), "t": section({"b": criterion("mark", 10), "x": criterion("mark", 10, kind="bonus")})}),
        "c": criterion("mark", 5),
    }
    found = outcome_of(shape, {"s.a": [3], "s.t.b": [4], "s.t.x": [9], "c": [5]})
    assert sections(found, "s.t") == [4]
    assert sections(found, "s") == [7]
    assert totals(found, "base") == [12]
    assert totals(found) == [21]
    assert plain(found.sheet.section_full["s"]) == [20]


def test_a_weighted_mean_divides_by_the_weights_that_apply() -> None:
    shape = {
        "s": section(
            {
                "a": section({"x": criterion("mark", 100)}, weight=0.6),
                "b": section({"y": criterion("mark", 100, not_applicable_if="n == 0")}, weight="0.4"),
            },
            aggregate="weighted-mean",
        ),
        "n": NUMBER,
    }
    found = outcome_of(shape, {"s.a.x": [80, 80], "s.b.y": [60, 60], "n": [1, 0]})
    assert sections(found, "s") == [72, 80]


def test_a_criterion_stands_in_a_weighted_mean_with_weight_one() -> None:
    shape = {"s": section({"a": criterion("mark", 100), "b": section({"x": criterion("mark", 100)}, weight=3)}, aggregate="weighted-mean")}
    assert sections(outcome_of(shape, {"s.a": [100], "s.b.x": [0]}), "s") == [25]


def test_the_minimum_of_what_applies() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 10)}, aggregate="minimum")}
    assert sections(outcome_of(shape, {"s.a": [3, 3, NA], "s.b": [7, NA, NA]}), "s") == [3, 3, None]


def test_a_section_of_bonuses_has_no_base_and_stands_in_no_denominator() -> None:
    shape = {"b": criterion("mark", 100), "s": section({"x": criterion("mark", 5, kind="bonus")})}
    found = outcome_of(shape, {"b": [50], "s.x": [3]})
    assert sections(found, "s") == [None]
    assert (totals(found, "base"), totals(found), totals(found, "full")) == ([50], [53], [100])


def test_a_standard_without_base_items_starts_from_nought() -> None:
    found = outcome_of(
        {"x": criterion("mark", None, kind="bonus"), "d": criterion(DEDUCTION, 5, kind="deduction")}, {"x": [30, 1], "d": [2, 4]}
    )
    assert totals(found) == [28, 0]
    assert totals(found, "base") == [0, 0]


# -------------------------------------------------------------------- cap, floor, gates, rounding


def test_a_section_is_capped_before_it_is_put_on_its_scale() -> None:
    """Of three items of 10 points 15 count: who lacks one item still can earn the 15, and no more."""
    shape = {"s": section({k: criterion("mark", 10) for k in "abc"}, cap=15, scale=True)}
    found = outcome_of(shape, {"s.a": [10, 10, 5, 5], "s.b": [10, 10, 5, 5], "s.c": [10, NA, 5, NA]})
    assert sections(found, "s") == [15, 15, 15, 10]
    assert plain(found.sheet.section_full["s"]) == [15, 15, 15, 15]


def test_a_cap_counts_before_the_scale_enlarges_what_is_left() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 20)}, cap=20, scale=True)}
    found = outcome_of(shape, {"s.a": [8], "s.b": [NA]})
    assert sections(found, "s") == [16]


def test_a_section_has_the_floor_it_declares() -> None:
    shape = {
        "s": section({"a": criterion("both_ways", 10, start="empty", floor=None)}, floor=-2),
        "t": section({"b": criterion("both_ways", 10, start="empty", floor=None)}),
    }
    found = outcome_of(shape, {"s.a": [-9], "t.b": [-9]})
    assert (sections(found, "s"), sections(found, "t")) == ([-2], [-9])
    assert totals(found) == [0]


def test_a_gate_makes_a_section_nought_and_leaves_its_items_their_points() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10), "v": {**TRUTH, "x-criterion": {"kind": "gate", "if": "v", "effect": {"zero": "s"}}}}),
        "b": criterion("mark", 10),
    }
    found = outcome_of(shape, {"s.a": [6, 6], "s.v": [True, False], "b": [1, 1]})
    assert sections(found, "s") == [0, 6]
    assert points(found, "s.a") == [6, 6]
    assert totals(found) == [1, 7]
    assert reasons(found, "gate:s.v") == ["GATE_FIRED", "GATE_CLEAR"]


def test_a_gate_makes_a_criterion_nought() -> None:
    shape = {"v": TRUTH, "a": criterion("mark", 10)}
    found = outcome_of(
        shape,
        {"v": [True, False], "a": [6, 6]},
        gates={"g": {"if": "v", "effect": {"zero": "a"}}, "h": {"require": "a > 1", "effect": {"zero": "a"}}},
    )
    assert points(found, "a") == [0, 6]


def test_a_gate_that_takes_a_blank_for_no_empties_a_criterion_only_where_it_fires() -> None:
    shape = {"v": TRUTH, "a": criterion("mark", 10)}
    gates = {"g": {"require": "v", "effect": {"zero": "a"}, "blank": "no"}}
    found = outcome_of(shape, {"v": [True, False, None], "a": [6, 6, 6]}, gates=gates)
    assert points(found, "a") == [6, 0, 0]
    assert reasons(found, "gate:g") == ["GATE_CLEAR", "GATE_FIRED", "GATE_FIRED"]


def test_a_section_rounds_where_it_declares_and_its_figure_goes_on() -> None:
    shape = {
        "s": section({"a": criterion({"mark": {"of": "x / 3"}}, 10, {})}, rounding={"decimals": 1}),
        "t": section({"b": criterion({"mark": {"of": "x / 3"}}, 10, {})}),
        "x": NUMBER,
    }
    found = outcome_of(shape, {"x": [1]}, rounding={"total": {"decimals": 3}})
    assert (sections(found, "s"), sections(found, "t")) == ([0.3], [Fraction(1, 3)])
    assert totals(found) == [0.633]


def test_all_sections_round_where_the_rubric_declares_the_stage() -> None:
    shape = {"s": section({"a": criterion({"mark": {"of": "x / 3"}}, 10, {})}), "x": NUMBER}
    found = outcome_of(shape, {"x": [5]}, rounding={"section": {"decimals": 0, "mode": "floor"}})
    assert (sections(found, "s"), totals(found)) == ([1], [1])


# -------------------------------------------------------------------- 缺项折算


def test_items_that_do_not_apply_are_put_on_scale_at_the_nearest_section_that_is_one() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 10)}, scale=True), "t": section({"c": criterion("mark", 20)})}
    found = outcome_of(shape, {"s.a": [8], "s.b": [NA], "t.c": [10]})
    assert (sections(found, "s"), sections(found, "t"), totals(found)) == ([16], [10], [26])
    assert totals(found, "full") == [40]


def test_without_a_scale_below_the_total_is_one_whether_it_states_full_marks_or_not() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 10)}), "t": section({"c": criterion("mark", 20)})}
    columns = {"s.a": [8, 8], "s.b": [NA, 2], "t.c": [10, 10]}
    for frame in ({}, {"full": 40}):
        found = outcome_of(shape, columns, **frame)
        assert (sections(found, "s"), totals(found)) == ([8, 10], [24, 20])
        assert plain(found.sheet.section_full["s"]) == [10, 20]


def test_a_whole_section_that_does_not_apply_is_left_out_of_the_scale() -> None:
    shape = {"s": section({"a": criterion("mark", 10)}, scale=True), "t": section({"c": criterion("mark", 30)})}
    found = outcome_of(shape, {"s.a": [NA, 5], "t.c": [15, 15]})
    assert (sections(found, "s"), totals(found)) == ([None, 5], [20, 20])


def test_what_is_no_part_of_a_units_standard_stands_in_neither_numerator_nor_denominator() -> None:
    shape = {
        "k": NUMBER,
        "s": section({"a": criterion("mark", 10, only_for="k == 1"), "b": criterion("mark", 10), "c": criterion("mark", 10)}),
    }
    found = outcome_of(shape, {"k": [1, 2, 2], "s.a": [5, 5, 5], "s.b": [5, 5, NA], "s.c": [5, 5, 5]}, full=30)
    assert totals(found) == [15, 10, 10]


def test_a_section_of_which_nothing_is_part_is_no_part_itself() -> None:
    shape = {
        "k": NUMBER,
        "s": section({"a": criterion("mark", 10, only_for="k == 1")}),
        "b": criterion("mark", 10),
        "c": criterion("mark", 10),
    }
    found = outcome_of(shape, {"k": [2, 2], "s.a": [5, 5], "b": [6, 6], "c": [NA, 4]})
    assert totals(found) == [12, 10]


def test_full_marks_that_do_not_add_up_treat_all_units_of_a_batch_alike() -> None:
    """The unit's neighbour, to whom an item does not apply, must not change its figure."""
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 10)}, points=30, scale=True)}
    alone = outcome_of(shape, {"s.a": [5], "s.b": [5]})
    beside = outcome_of(shape, {"s.a": [5, 5], "s.b": [5, NA]})
    assert sections(alone, "s") == sections(beside, "s")[:1] == [10]


def test_where_nothing_applies_a_section_does_not_apply_whatever_its_aggregator_makes_of_nothing() -> None:
    """The weighted mean of the tests divides by the weights of nothing."""
    shape = {"s": section({"a": criterion("mark", 10)}, aggregate="weighted-mean"), "b": criterion("mark", 10)}
    found = outcome_of(shape, {"s.a": [NA, 4], "b": [6, 6]})
    assert totals(found) == [12, 10]
    assert [Why(int(w)).name for w in found.sheet.sections["s"].why] == ["NOT_APPLICABLE", "PRESENT"]


def test_an_item_without_full_marks_counts_where_all_that_have_some_do_not_apply() -> None:
    found = outcome_of({"a": criterion("mark", 10), "b": criterion("mark", None)}, {"a": [NA, 5], "b": [7, 7]})
    assert totals(found) == [7, 12]


def test_where_nothing_applies_there_is_no_total() -> None:
    found = outcome_of({"a": criterion("mark", 10)}, {"a": [NA]})
    assert totals(found) == [None]
    assert found.standings.status == ("incomplete",)


def test_a_blank_that_no_policy_fills_leaves_section_and_total_without_a_figure() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10, missing="incomplete"), "b": criterion("mark", 10)}),
        "t": section({"c": criterion("mark", 10)}),
    }
    found = outcome_of(shape, {"s.a": [None, 1, BAD], "s.b": [1, 1, 1], "t.c": [2, 2, 2]})
    assert (sections(found, "s"), sections(found, "t"), totals(found)) == ([None, 2, None], [2, 2, 2], [None, 4, None])


@given(st.lists(st.tuples(*[st.one_of(st.integers(0, 10), st.just(NA), st.just(None))] * 4), min_size=1, max_size=6), st.booleans())
def test_rescaling_is_earned_over_applicable_times_stated_for_every_unit(rows: list[tuple[Any, ...]], inner: bool) -> None:
    shape = {
        "s": section({k: criterion("mark", 10) for k in "ab"}, **({"scale": True} if inner else {})),
        "c": criterion("mark", 10),
        "d": criterion("mark", 20),
    }
    plan = plan_of(shape, rounding={"total": {"decimals": 6}})
    found = assessed(plan, units(plan, dict(zip(("s.a", "s.b", "c", "d"), map(list, zip(*rows, strict=True)), strict=True))))
    for row, total in zip(rows, totals(found), strict=True):
        full = dict(zip("abcd", (10, 10, 10, 20), strict=True))
        got = {k: 0 if v is None else v for k, v in zip("abcd", row, strict=True) if v is not NA}
        figures = _figures(got, full, inner)
        expected = None if not figures[1] else Fraction(figures[0] * 50, figures[1])
        assert (total is None) == (expected is None)
        assert expected is None or abs(Fraction(str(total)) - expected) <= Fraction(1, 10**6)


def _figures(got: dict[str, int], full: dict[str, int], inner: bool) -> tuple[Fraction, int]:
    """Earned and applicable full marks at the total."""
    own = {k: v for k, v in got.items() if k in "ab"}
    if inner and own:
        rest = {k: v for k, v in got.items() if k in "cd"}
        scaled = Fraction(sum(own.values()) * 20, sum(full[k] for k in own))
        return scaled + sum(rest.values()), 20 + sum(full[k] for k in rest)
    return Fraction(sum(got.values())), sum(full[k] for k in got)


# -------------------------------------------------------------------- gates that are asked


def test_a_gate_is_fired_clear_or_open() -> None:
    gates = {
        "if": {"if": "n > 2", "effect": "not awarded"},
        "req": {"require": "n > 2", "effect": "not awarded"},
        "no": {"require": "n > 2", "effect": "not awarded", "blank": "no"},
        "fixed": {"if": "1 > 2", "effect": "not awarded"},
    }
    found = outcome_of({"a": criterion("mark"), "n": NUMBER}, {"a": [1] * 4, "n": [3, 2, None, BAD]}, gates=gates)
    assert reasons(found, "gate:if") == ["GATE_FIRED", "GATE_CLEAR", "GATE_OPEN", "GATE_OPEN"]
    assert reasons(found, "gate:req") == ["GATE_CLEAR", "GATE_FIRED", "GATE_OPEN", "GATE_OPEN"]
    assert reasons(found, "gate:no") == ["GATE_CLEAR", "GATE_FIRED", "GATE_FIRED", "GATE_OPEN"]
    assert reasons(found, "gate:fixed") == ["GATE_CLEAR"] * 4
    assert plain(found.sheet.values["gate:if"]) == [3, 2, None, None]  # type: ignore[arg-type]


# -------------------------------------------------------------------- aggregators that break their contract


@pytest.mark.parametrize(
    ("result", "what"),
    [
        (lambda c: 1 / 0, "it failed: ZeroDivisionError: division by zero"),
        (lambda c: c.points[0], "it failed: "),
        (lambda c: (c.points[0], 5), "it must return two columns of numbers, one row a unit"),
        (lambda c: (c.points[0].take([0]).spread(9), c.full[0]), "it must return two columns of numbers, one row a unit"),
        (lambda c: (c.points[0] > 1, c.full[0]), "it must return two columns of numbers, one row a unit"),
    ],
)
def test_an_aggregator_that_fails_ends_the_run_and_is_named(result: Any, what: str) -> None:
    from scorekit.compiling.planning import compile_plan

    bad = Aggregator("bad", result, {"zh": "坏", "en": "bad"})
    plan = compile_plan(rubric({"s": section({"a": criterion("mark")}, aggregate="bad")}), catalogue(aggregators=[bad]))
    with pytest.raises(PluginError) as caught:
        assessed(plan, units(plan, {"s.a": [1, 2]}))
    assert said(caught.value.what).startswith(f"the aggregator bad of the plugin tests broke its contract: {what}")


def test_an_aggregator_may_return_constants() -> None:
    from scorekit.compiling.planning import compile_plan

    def fixed(children: Children) -> tuple[Column, Column]:
        assert children.names == ("s.a",)
        return Column.of(3), Column.of(4)

    plan = compile_plan(
        rubric({"s": section({"a": criterion("mark")}, aggregate="fixed")}), catalogue(aggregators=[Aggregator("fixed", fixed, {})])
    )
    assert totals(assessed(plan, units(plan, {"s.a": [1, 2]}))) == [3, 3]


# -------------------------------------------------------------------- weights, scales, the total


def test_criteria_have_weights_as_sections_have() -> None:
    items = {"a": criterion("mark", 100, weight=1), "b": criterion("mark", 100, weight="n")}
    found = outcome_of(
        {"s": section(items, aggregate="weighted-mean"), "n": NUMBER}, {"s.a": [60] * 3, "s.b": [90, 90, NA], "n": [2, 1, 1]}
    )
    assert sections(found, "s") == [80, 75, 60]


def test_a_section_is_put_on_another_scale_after_it_was_rounded() -> None:
    shape = {
        "s": section({"a": criterion("mark", 30)}, rounding={"decimals": 0}, scale_to=20, rounding_scaled={"decimals": 1}),
        "t": section({"b": criterion("mark", 80)}),
    }
    found = outcome_of(shape, {"s.a": [14.6], "t.b": [50]})
    assert (sections(found, "s"), totals(found)) == ([10], [60])
    assert plain(found.sheet.section_full["s"]) == [20]
    assert plain(found.sheet.workings["earned:s"]) == [15]
    assert totals(found, "full") == [100]


def test_a_section_on_another_scale_is_scaled_before_and_counts_by_that_scale_in_the_total() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10), "b": criterion("mark", 20)}, scale=True, scale_to=50),
        "t": section({"c": criterion("mark", 50)}, scale_to=50),
    }
    found = outcome_of(shape, {"s.a": [5, 5, NA], "s.b": [10, NA, NA], "t.c": [40, 40, 40]})
    assert sections(found, "s") == [25, 25, None]
    assert totals(found) == [65, 65, 80]


def test_a_section_without_full_marks_keeps_its_points_on_any_scale() -> None:
    found = outcome_of({"s": section({"a": criterion("mark", None)}, scale_to=50)}, {"s.a": [7]})
    assert sections(found, "s") == [7]


def test_the_total_is_combined_and_scaled_as_a_section_is() -> None:
    shape = {
        "s": section({"a": criterion("mark", 100)}, weight=0.3),
        "t": section({"b": criterion("mark", 100)}, weight=0.7),
        "x": criterion("mark", 5, kind="bonus"),
    }
    columns = {"s.a": [80, NA], "t.b": [90, 90], "x": [3, 0]}
    found = outcome_of(shape, columns, total={"aggregate": "weighted-mean", "scale_to": 10})
    assert totals(found, "base") == [8.7, 9]
    assert totals(found) == [11.7, 9]
    assert totals(found, "full") == [10, 10]


def test_each_weighted_part_is_rounded_before_it_is_added() -> None:
    from scorekit.catalogue import discover
    from scorekit.compiling.planning import compile_plan

    parts = {k: section({"x": criterion("mark", 100)}, weight=w) for k, w in (("a", 0.35), ("b", 0.65))}
    frame = {"total": {"aggregate": "weighted-sum"}, "rounding": {"weighted": {"decimals": 0}, "total": {"decimals": 2}}}
    plan = compile_plan(rubric(parts, **frame), discover(third_party=False))
    assert totals(assessed(plan, units(plan, {"a.x": [90], "b.x": [81]}))) == [32 + 53]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=2, max_size=4), st.integers(1, 200))
def test_the_order_is_combine_cap_round_convert_and_then_weigh(items: list[tuple[int, int]], scale: int) -> None:
    inner = {f"i{n}": criterion("mark", full) for n, (_, full) in enumerate(items)}
    shape = {"s": section(inner, cap=70, rounding={"decimals": 0, "mode": "floor"}, scale_to=scale, weight=0.5), "t": criterion("mark", 10)}
    frame = {"total": {"aggregate": "weighted-mean"}, "rounding": {"total": {"decimals": 6}}}
    found = outcome_of(shape, {**{f"s.i{n}": [v] for n, (v, _) in enumerate(items)}, "t": [4]}, **frame)
    earned, full = sum(min(v, f) for v, f in items), sum(f for _, f in items)
    figure = Fraction(int(min(earned, 70))) / min(full, 70) * scale
    assert found.sheet.sections["s"].listed() == [figure]
    assert found.sheet.totals["exact"].listed() == [(figure / 2 + 4) / Fraction(3, 2)]


# -------------------------------------------------------------------- how much may be left out


def left_out(outcome: Any, path: str = "") -> list[Any]:
    return plain(outcome.sheet.workings[f"left_out:{path}"])


def test_a_unit_of_which_too_much_is_left_out_is_incomplete_or_not_ranked() -> None:
    items = {"a": criterion("mark", 10), "b": criterion("mark", 30), "c": criterion("mark", 60)}
    columns = {"s.a": [5, NA, NA, NA], "s.b": [5, 5, NA, NA], "s.c": [5, 5, 5, NA], "t": [9] * 4}
    shape = {"s": section(items, left_out={"at_most": 0.3}), "t": criterion("mark", 10)}
    found = outcome_of(shape, columns)
    assert left_out(found, "s") == [0, 0.1, 0.4, 1]
    assert list(found.standings.status) == ["ranked", "ranked", "incomplete", "incomplete"]
    assert [int(r) for r in found.standings.rank] == [1, 1, 0, 0] or found.standings.rank[2] == 0
    assert any("缺项过多" in text for text in map(said, found.standings.because[2]))
    found = outcome_of({"s": section(items), "t": shape["t"]}, columns, total={"left_out": {"at_most": "1 / 3", "effect": "not ranked"}})
    assert left_out(found) == [0, Fraction(1, 11), Fraction(4, 11), Fraction(10, 11)]
    assert list(found.standings.status) == ["ranked", "ranked", "not ranked", "not ranked"]


def test_a_gate_may_read_the_share_left_out_of_a_section_or_of_an_item() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 30)}), "t": criterion("mark", 10)}
    columns = {"s.a": [1, NA, 1], "s.b": [1, 1, NA], "t": [1, 1, 1]}
    gates = {"g": {"if": "left_out(s) > 0.5", "effect": "not awarded"}, "h": {"if": "left_out(s.a) == 1", "effect": "incomplete"}}
    found = outcome_of(shape, columns, gates=gates)
    assert list(found.standings.status) == ["ranked", "incomplete", "not awarded"]
    assert said(found.standings.because[1][-1]).endswith("incomplete")


def test_weights_may_be_looked_up_and_are_shared_out_over_what_applies() -> None:
    tables = {"w": {"title": "权重", "keys": ["类", "项"], "rows": [["大", "甲", 3], ["大", "乙", 1], ["小", "甲", 1], ["小", "乙", 1]]}}
    items = {
        "a": criterion("mark", 100, weight="lookup(w, size, '甲')"),
        "b": criterion("mark", 100, weight="lookup(w, size, '乙')"),
    }
    shape = {"size": TEXT, "s": section(items, aggregate="weighted-mean")}
    columns = {"size": ["大", "小", "大"], "s.a": [80, 80, NA], "s.b": [40, 40, 40]}
    assert sections(outcome_of(shape, columns, tables=tables), "s") == [70, 60, 40]
