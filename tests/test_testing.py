"""The laws catch rules that break them, and name the law, the rule and the smallest case."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import strategies as st

from scorekit.plugin import Column, Number, Numbers, Panel, Records, Rule, Scored, best_of, column, placed, rule
from scorekit.testing import check_rule, laws

SAYS = {"zh": "…", "en": "…"}


def broken(wanted: Rule) -> set[str]:
    """The names of the laws that a rule breaks."""
    names = set()
    for name, law in laws(wanted, max_examples=30):
        try:
            law()
        except AssertionError:
            names.add(name)
    return names


@rule(adds=True, says=SAYS)
def good(of: Column, *, points: Number, target: Number) -> Column:
    """Keeps every law."""
    return points * (of / target).clip(0, 1)


@rule(adds=True, says=SAYS)
def sum_of_all(of: Column) -> Column:
    """Looks at other units."""
    return of * 0 + best_of(of.filled(of.masked, 0)).clip(0)


@rule(adds=True, says=SAYS)
def first_is_special(of: Column) -> Column:
    """Looks at the place of the unit."""
    return of.clip(0) + Column.array(np.arange(len(of)) == 0)


@rule(adds=True, says=SAYS)
def lies_about_its_sign(of: Column) -> Column:
    """Takes although it declares that it adds."""
    return of.clip(0) - 1


@rule(takes=True, says=SAYS)
def gives_although_it_takes(of: Column) -> Column:
    """Adds although it declares that it takes."""
    return of.clip(0) + 1


@rule(adds=True, says=SAYS)
def too_short(of: Column) -> Column:
    """Returns two rows, whatever comes."""
    return Column.numbers([1, 2])


@rule(adds=True, says=SAYS)
def spoils_its_input(of: Column) -> Column:
    """Changes what it was given."""
    of.unit = "spoilt"
    return of.clip(0)


CALLS: list[int] = []


@rule(adds=True, says=SAYS)
def keeps_state(of: Column) -> Column:
    """Counts how often it was called."""
    CALLS.append(1)
    return of.clip(0) + len(CALLS)


@rule(adds=True, says=SAYS)
def fills_panels(of: Panel) -> Column:
    """Takes a panel without a mark for nought."""
    mean = of.trimmed_mean(0, 1)
    return mean.filled(mean.masked, 0)


@rule(adds=True, says=SAYS)
def fills_lists(of: Records) -> Column:
    """Takes a list that was not handed in for an empty one."""
    return Column.array(of.lengths)


@pytest.mark.parametrize(
    ("wanted", "law"),
    [
        (good, set()),
        (sum_of_all, {"batches", "alone"}),
        (first_is_special, {"order", "batches", "alone"}),
        (lies_about_its_sign, {"sign"}),
        (gives_although_it_takes, {"sign"}),
        (spoils_its_input, {"untouched"}),
        (keeps_state, {"order", "batches", "alone", "untouched"}),
        (fills_panels, {"missing"}),
        (fills_lists, {"missing"}),
    ],
    ids=lambda x: x.name if isinstance(x, Rule) else "",
)
def test_a_rule_that_breaks_a_law_is_caught(wanted, law) -> None:
    assert broken(wanted) == law


def test_the_message_names_rule_and_law_and_shows_the_case() -> None:
    with pytest.raises(
        AssertionError, match=r"(?s)lies_about_its_sign.*gives nothing below zero.*it declares that it adds, and gave -1.*Case"
    ):
        check_rule(lies_about_its_sign)


@rule(adds=True, says=SAYS)
def places(of: Column, *, prices: Numbers) -> Column:
    """A price for the first place."""
    return prices[0] * (placed(of) == 1)


@rule(adds=True, scope="cohort", says=SAYS)
def cohort_by_row(of: Column) -> Column:
    """Gives the first row of a group more."""
    return of.clip(0) + Column.array(np.arange(len(of)) == 0)


@rule(adds=True, scope="cohort", says=SAYS)
def cohort(of: Column, *, points: Number) -> Column:
    """Keeps the laws of cohorts and breaks those of rows."""
    return points * (placed(of) == 1)


@rule(adds=True, scope="cohort", says=SAYS)
def remembers_other_groups(of: Column) -> Column:
    """Counts its calls in one run over the groups."""
    CALLS.append(1)
    return of.clip(0) + len(CALLS)


def test_what_looks_at_others_must_declare_it() -> None:
    assert broken(places) == {"batches", "alone"}
    check_rule(cohort)


def test_a_cohort_rule_is_blind_to_order_and_to_other_groups() -> None:
    assert broken(cohort_by_row) == {"order"}
    assert "groups apart" in broken(remembers_other_groups)


# -------------------------------------------------------------------- which cases are made


@rule(adds=True, says=SAYS)
def picky(of: Column, when: Column) -> Column:
    """Takes a truth and a date."""
    return (of & (when > date(2000, 1, 1))) + 0


@rule(adds=True, says=SAYS)
def refuses_all(of: Column) -> Column:
    """Takes nothing."""
    raise ValueError("no")


@rule(adds=True, says=SAYS)
def needs_this_text(of: Column, *, name: str) -> Column:
    """Works for one text and one word only."""
    assert name == "甲"
    return of.looked_up({"一级": column(1), "二级": column(2)})


@rule(adds=True, says=SAYS)
def shows_a_value(of: Column) -> Scored:
    """Returns points and value."""
    return Scored(of.clip(0), of)


def test_the_kind_of_a_column_is_found_out() -> None:
    check_rule(picky, max_examples=30)
    check_rule(shows_a_value, max_examples=30)


def test_a_rule_that_refuses_every_column_asks_for_examples() -> None:
    with pytest.raises(AssertionError, match="refuses_all refuses every kind of column: ValueError: no; give examples"):
        check_rule(refuses_all)


def test_a_result_of_the_wrong_length_is_caught_at_once() -> None:
    with pytest.raises(AssertionError, match=r"returned 2 rows for"):
        check_rule(too_short)


@pytest.mark.parametrize("of", [["一级", "二级"], st.sampled_from(["一级", "二级"])])
def test_examples_name_the_values_a_rule_needs(of) -> None:
    check_rule(needs_this_text, examples={"of": of, "name": ["甲"]}, max_examples=30)


def test_examples_may_be_dates_truths_and_numbers() -> None:
    check_rule(picky, examples={"of": [True, False], "when": [date(1999, 1, 1), date(2026, 1, 1)]}, max_examples=30)
    check_rule(good, examples={"of": [1, 2], "target": [Column.of(2), Column.of(None)]}, max_examples=30)
