"""Votes: worth by option over the valid votes."""

from __future__ import annotations

from scorekit_plugins.rules.votes import votes

from scorekit.plugin import ByRater, Panel, column
from tests.building import NUMBER, assessed, criterion, plan_of, units
from tests.plugins.columns import n, points, whys

CAST = Panel(("满意", "基本满意", "不满意", "弃权"), (n(6, 0, 1), n(3, 0, None), n(1, 0, 1), n(5, 9, 0)))
WORTH = ByRater({"满意": column(100), "基本满意": column(80), "不满意": column(0)})


def test_options_without_a_worth_are_no_valid_votes() -> None:
    found = votes.function(CAST, points=column(10), worth=WORTH)
    assert (points(found), points(found.value)) == ([8.4, None, None], [84, None, None])
    assert points(votes.function(CAST, points=column(10), worth=ByRater({**WORTH, "弃权": column(60)})))[:2] == [7.6, 6]


def test_no_valid_vote_and_a_blank_have_their_reasons() -> None:
    assert whys(votes.function(CAST, points=column(10), worth=WORTH)) == ["PRESENT", "DIVIDED_BY_ZERO", "MISSING"]


def test_an_option_that_nobody_was_asked_about_is_missing() -> None:
    assert whys(votes.function(CAST, points=column(10), worth=ByRater({"很满意": column(1)}))) == ["MISSING"]


SURVEY = {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["满意", "基本满意", "不满意"], "invited": "asked"}}


def test_a_turnout_floor_and_a_satisfaction_gate_are_formulas_over_the_votes() -> None:
    survey = criterion({"votes": {"worth": {"满意": 100, "基本满意": 80, "不满意": 0}}}, field=SURVEY)
    gates = {
        "turnout": {"require": "sum(survey) / asked >= 0.6", "effect": "not ranked"},
        "content": {"require": "`survey@满意` / sum(survey) >= 0.9", "effect": "not awarded"},
    }
    plan = plan_of({"survey": survey, "asked": NUMBER}, votes, gates=gates)
    cast = {"survey": [(54, 4, 2), (53, 5, 2), (50, 0, 0), (None, 5, 2)], "asked": [100, 100, 90, 100]}
    outcome = assessed(plan, units(plan, cast))
    assert outcome.standings.status == ("ranked", "not awarded", "not ranked", "incomplete")
    assert plan.fields[1].mark_kind == "number"
