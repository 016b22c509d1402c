"""How rules are called: on whole columns, row by row only where they fail, cohort by cohort, and held to their contract."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.intake import RawTable
from scorekit.domain.rule import Bands, Knots, Number, Numbers, Rule, Scored, Table
from scorekit.errors import PluginError
from scorekit.plugin import Panel, Records, rule
from scorekit.stages.validate import validate
from tests.building import BAD, NA, NUMBER, TEXT, assessed, criterion, outcome_of, plan_of, points, reasons, said, units

SAYS = {"zh": "{of}", "en": "{of}"}


@rule(adds=True, says=SAYS)
def picky(of: Column) -> Scored:
    """Fails on 13; the value shown is the double; a 7 has no price."""
    if any(v == 13 for v in of.listed()):
        raise ValueError("unlucky")
    return Scored(of.masked_where(of == 7, Why.INVALID), of * 2)


@rule(adds=True, says=SAYS)
def touchy(of: Column) -> Column:
    """Fails on the 0 that stands where a value is masked."""
    if (of.values.num == 0).any():
        raise ZeroDivisionError
    return of


@rule(adds=True, scope="cohort", says=SAYS)
def best_only(of: Column) -> Column:
    """All for the best; it fails where the best is 13, and shows everybody the distance from the best."""
    top: Any = max(of.listed())  # type: ignore[type-var]
    if top == 13:
        raise ValueError("unlucky")
    return Scored(Column.of(5).spread(len(of)).where(of == top, 0), top - of)  # type: ignore[return-value]


@rule(adds=True, scope="cohort", says=SAYS)
def short_cohort(of: Column) -> Column:
    """One row too few."""
    return of.take(slice(1, None))


# -------------------------------------------------------------------- a rule that fails


def test_only_the_row_at_fault_has_the_outcome_error() -> None:
    found = outcome_of({"a": criterion("picky", 100)}, {"a": [1, 13, 2]}, picky)
    assert points(found, "a") == [1, None, 2]
    assert reasons(found, "a") == ["PART", "ERROR", "PART"]
    assert found.standings.status == ("ranked", "incomplete", "ranked")


def test_a_failing_row_changes_neither_reason_nor_value_of_the_others() -> None:
    """Reason and value of a row are the same whether another row of its batch fails or not."""
    alone = outcome_of({"a": criterion("picky", 100)}, {"a": [7, 2]}, picky)
    beside = outcome_of({"a": criterion("picky", 100)}, {"a": [7, 2, 13]}, picky)
    assert reasons(alone, "a") == ["INVALID", "PART"]
    assert reasons(beside, "a") == ["INVALID", "PART", "ERROR"]
    assert alone.sheet.values["a"].listed() == [14, 4]  # type: ignore[union-attr]
    assert beside.sheet.values["a"].listed()[:2] == [14, 4]  # type: ignore[union-attr]


def test_a_missing_value_is_missing_even_where_the_rule_fails_on_what_stands_for_it() -> None:
    found = outcome_of({"a": criterion("touchy", 100, missing="incomplete")}, {"a": [None, 3, NA, BAD]}, touchy)
    assert reasons(found, "a") == ["MISSING", "PART", "NOT_APPLICABLE", "INVALID"]


def test_a_rule_that_fails_on_nobody_fails_nobody() -> None:
    @rule(adds=True, says=SAYS)
    def greedy(of: Column) -> Column:
        """The best of nobody."""
        max(of.listed())  # type: ignore[type-var]
        return of

    assert points(outcome_of({"a": criterion("greedy")}, {"a": []}, greedy), "a") == []


def test_a_rule_that_always_fails_leaves_every_unit_incomplete() -> None:
    @rule(adds=True, says=SAYS)
    def broken(of: Column) -> Column:
        """Never works."""
        raise RuntimeError

    found = outcome_of({"a": criterion("broken")}, {"a": [1, 2]}, broken)
    assert reasons(found, "a") == ["ERROR", "ERROR"]
    assert found.sheet.values["a"].listed() == [1, 2]  # type: ignore[union-attr]


# -------------------------------------------------------------------- a rule that breaks its contract


def _wrong(result: Any) -> Rule:
    @rule(adds=True, says=SAYS)
    def wrong(of: Column) -> Column:
        """Whatever."""
        return result(of) if callable(result) else result  # type: ignore[no-any-return]

    return wrong


@pytest.mark.parametrize(
    ("result", "what"),
    [
        (3.5, "it returned float, not a column of numbers"),
        (None, "it returned NoneType, not a column of numbers"),
        (np.zeros(3), "it returned ndarray, not a column of numbers"),
        (lambda of: of > 0, "it returned truth, not a column of numbers"),
        (lambda of: of.take([0, 1]), "it returned 2 rows for 3 units"),
        (Scored(Column.texts(["x"])), "it returned text, not a column of numbers"),
    ],
)
def test_a_wrong_type_or_length_ends_the_run_naming_plugin_rule_and_criterion(result: Any, what: str) -> None:
    with pytest.raises(PluginError) as caught:
        outcome_of({"a": criterion("wrong", title="入会率")}, {"a": [1, 2, 3]}, _wrong(result))
    assert said(caught.value.what) == f"the rule wrong of the plugin tests broke its contract at the criterion “入会率”: {what}"
    assert caught.value.where == "rubric.json#/properties/a/x-criterion"


def test_a_wrong_type_in_one_row_only_ends_the_run_too() -> None:
    @rule(adds=True, says=SAYS)
    def fickle(of: Column) -> Column:
        """Works for nobody together."""
        if len(of) > 1:
            raise ValueError
        return "text"  # type: ignore[return-value]

    with pytest.raises(PluginError):
        outcome_of({"a": criterion("fickle")}, {"a": [1, 2]}, fickle)


def test_a_cohort_rule_of_wrong_length_ends_the_run() -> None:
    with pytest.raises(PluginError, match="broke its contract"):
        outcome_of({"a": criterion("short_cohort")}, {"a": [1, 2, 3]}, short_cohort)


def test_a_constant_stands_for_every_unit() -> None:
    assert points(outcome_of({"a": criterion("wrong")}, {"a": [1, 2]}, _wrong(Column.of(4))), "a") == [4, 4]


# -------------------------------------------------------------------- cohorts


def test_a_cohort_rule_sees_the_units_of_one_category_that_have_a_value() -> None:
    shape = {"a": criterion({"place_points": {"prices": [10, 8, 6]}}, 10)}
    found = outcome_of(shape, {"category": ["甲", "甲", "乙", "甲", "乙", "甲"], "a": [5, 7, 1, None, 2, 7]}, categories=["甲", "乙"])
    assert points(found, "a") == [6, 10, 8, 0, 10, 10]
    assert reasons(found, "a")[3] == "MISSING_AS_ZERO"


def test_an_exception_in_a_cohort_makes_its_whole_group_error_and_no_other() -> None:
    found = outcome_of(
        {"a": criterion("best_only", 5)}, {"category": ["甲", "甲", "乙", "乙"], "a": [13, 1, 3, 2]}, best_only, categories=["甲", "乙"]
    )
    assert reasons(found, "a") == ["ERROR", "ERROR", "FULL", "ZERO"]
    assert found.sheet.values["a"].listed()[2:] == [0, 1]  # type: ignore[union-attr]


def test_what_is_not_compared_keeps_its_own_reason() -> None:
    found = outcome_of({"a": criterion("to_best", missing="incomplete")}, {"a": [4, None, NA, BAD, 2]})
    assert reasons(found, "a") == ["FULL", "MISSING", "NOT_APPLICABLE", "INVALID", "PART"]


def test_units_of_whose_standard_the_criterion_is_no_part_are_not_compared() -> None:
    shape = {"big": NUMBER, "a": criterion("to_best", 10, only_for="big == 1", missing="incomplete"), "b": criterion("mark", 5)}
    found = outcome_of(shape, {"big": [1, 1, 0, None], "a": [4, 2, 8, 16], "b": [1, 1, 1, 1]})
    assert points(found, "a") == [10, 5, None, None]
    assert reasons(found, "a") == ["FULL", "PART", "NOT_PART", "MISSING"]


def test_nobody_with_a_value_is_a_cohort_of_nobody() -> None:
    found = outcome_of({"a": criterion("to_best")}, {"category": ["甲", None], "a": [None, None]}, categories=["甲"])
    assert points(found, "a")[0] == 0


def test_a_unit_without_a_category_is_compared_with_nobody() -> None:
    found = outcome_of({"a": criterion("to_best")}, {"category": ["甲", None, "甲"], "a": [1, 9, 2]}, categories=["甲"])
    assert points(found, "a") == [5, None, 10]


def test_prices_may_differ_from_unit_to_unit() -> None:
    shape = {"top": NUMBER, "a": criterion({"place_points": {"prices": ["top", 1]}}, 10)}
    found = outcome_of(shape, {"category": ["甲", "乙", "甲", "乙"], "top": [10, 9, 8, 7], "a": [1, 2, 3, 4]}, categories=["甲", "乙"])
    assert points(found, "a") == [1, 1, 8, 7]


@given(st.permutations(range(6)))
def test_places_do_not_depend_on_the_order_of_the_units(order: list[int]) -> None:
    plan = plan_of({"a": criterion({"place_points": {"prices": [10, 8, 6]}}, 10)}, categories=["甲", "乙"])
    table = units(plan, {"category": ["甲", "甲", "乙", "甲", "乙", "甲"], "a": [5, 7, 1, None, 2, 7]})
    found = points(assessed(plan, table.take(np.array(order))), "a")
    assert found == [points(assessed(plan, table), "a")[i] for i in order]


# -------------------------------------------------------------------- arguments


def test_every_kind_of_parameter_arrives_as_declared_whole_and_row_by_row() -> None:
    """The rule fails on the whole table once, so that its arguments are taken row by row, too."""
    seen: list[tuple[Any, ...]] = []

    @rule(adds=True, says=SAYS)
    def curious(
        of: Column,
        over: Column | None = None,
        *,
        bands: Bands,
        at: Knots,
        prices: Table,
        each: Numbers,
        half: Number = 2,
        word: str = "w",
        many: int = 3,
        yes: bool = False,
    ) -> Column:
        """Looks at everything."""
        seen.append(
            (
                bands[0].bound.listed(),
                bands[0].inclusive,
                at[1].points.listed(),
                prices["A"].listed(),
                each[0].listed(),
                half.listed(),
                word,
                many,
                yes,
                over,
            )
        )
        if len(of) > 1:
            raise ValueError
        return of + each[0] + prices["A"]

    params = {
        "bands": [{"above": "x", "points": 1}],
        "at": [{"value": 0, "points": 0}, {"value": 1, "points": "x"}],
        "prices": {"A": "x", "B": 2},
        "each": ["x", 1],
        "yes": True,
    }
    found = outcome_of({"x": NUMBER, "a": criterion({"curious": params}, 100)}, {"x": [1, 2], "a": [10, 20]}, curious)
    assert points(found, "a") == [12, 24]
    assert seen[0] == ([1, 2], False, [1, 2], [1, 2], [1, 2], [2], "w", 3, True, None)
    assert seen[2] == ([2], False, [2], [2], [2], [2], "w", 3, True, None)


def test_panels_and_records_are_handed_over_and_taken_row_by_row() -> None:
    @rule(adds=True, says=SAYS)
    def counted(of: Records) -> Column:
        """Fails where a unit has three records."""
        if (of.lengths == 3).any():
            raise ValueError
        return of.count()

    @rule(adds=True, says=SAYS)
    def marked(of: Panel) -> Column:
        """Fails together."""
        if len(of) > 1:
            raise ValueError
        return of.count()

    lists = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT}}}
    panel = {"type": "object", "additionalProperties": {"type": "number"}, "x-source": {"who": "panel", "raters": ["甲", "乙"]}}
    one: dict[str, str] = {"level": "省级"}
    shape = {"h": criterion("counted", 100, lists), "p": criterion("marked", 100, panel)}
    found = outcome_of(shape, {"h": [[one], None, [], [one] * 3], "p": [(1, 2), (None, 2), (None, None), (3, 4)]}, counted, marked)
    assert points(found, "h") == [1, 0, 0, None]
    assert reasons(found, "h") == ["PART", "MISSING_AS_ZERO", "ZERO", "ERROR"]
    assert points(found, "p") == [2, 1, 0, 2]


def test_a_panel_whose_every_mark_says_so_does_not_apply() -> None:
    """As long as one mark is given the others' texts are no marks."""

    @rule(adds=True, says=SAYS)
    def marked(of: Panel) -> Column:
        return of.trimmed_mean(0, 1)

    panel = {
        "type": "object",
        "title": "打分",
        "additionalProperties": {"type": "number"},
        "x-form": {"not_applicable": ["不适用"]},
        "x-source": {"who": "panel", "raters": ["甲", "乙"]},
    }
    plan = plan_of({"p": criterion("marked", 10, panel)}, marked)
    texts = [["一", "不适用", "不适用"], ["二", "不适用", 6], ["三", None, "不适用"], ["四", 4, 8]]
    columns = dict(zip(["unit", "p@甲", "p@乙"], map(list, zip(*texts, strict=True)), strict=True))
    table = RawTable(columns, ("a.xlsx",), [0] * 4, [2, 3, 4, 5], "表", {"unit": "A", "p@甲": "B", "p@乙": "C"})
    found = assessed(plan, validate(plan, table)[0])
    assert points(found, "p") == [None, 6, 0, 6]
    assert reasons(found, "p") == ["NOT_APPLICABLE", "PART", "MISSING_AS_ZERO", "PART"]


# -------------------------------------------------------------------- what is known before any unit is


@rule(adds=True, says=SAYS)
def priced_by(of: Column, *, bands: Bands = (), table: Table | None = None, much: Number = 2, word: str = "w") -> Column:
    """Takes what may differ from unit to unit and what does not."""
    return of


def test_what_is_the_same_for_all_units_is_known_with_the_plan_and_what_may_differ_is_asked_of_each_table() -> None:
    constant = {"bands": [{"at_least": 1, "points": 2}], "much": 3, "table": {"x": 1}}
    differing = {"bands": [{"at_least": 1, "points": "n"}], "much": "n + 1"}
    plan = plan_of({"n": NUMBER, "a": criterion({"priced_by": constant}, 5), "b": criterion({"priced_by": differing}, 5)}, priced_by)
    first, second = (next(c for c in plan.tracks[0].criteria if c.spec.path == p).clauses[0] for p in "ab")
    assert set(first.given) == {"bands", "much", "word"}, "a table could be changed by the rule"
    assert (first.given["much"].listed(), first.given["bands"][0].points.listed(), first.given["word"]) == ([3], [2], "w")
    assert set(second.given) == {"table", "word"}
