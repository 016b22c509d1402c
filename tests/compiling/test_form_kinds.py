"""Which kinds of form a rubric has, and what each asks for."""

from __future__ import annotations

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form_kinds import criteria_of, fields_of, kinds_of, tracks_of
from scorekit.errors import RubricError
from scorekit.loading.rubrics import load_rubric
from scorekit.words import say
from tests.intake import plan_of

CATALOGUE = discover(third_party=False)
PANEL = {"type": "object", "x-source": {"who": "panel"}, "additionalProperties": {"type": "number"}}
NUMBER = {"type": "number"}


def test_a_rubric_has_the_kinds_for_which_it_has_fields():
    assert kinds_of(plan_of({"a": NUMBER})) == ("unit", "units")
    assert kinds_of(plan_of({"a": {**NUMBER, "x-source": "office"}, "b": PANEL})) == ("office", "panel")
    assert kinds_of(plan_of({"a": {**NUMBER, "x-source": "survey"}})) == ("survey",)


def test_fields_are_asked_of_whom_they_come_from_and_derived_ones_of_nobody():
    plan = plan_of({"a": NUMBER, "b": {**NUMBER, "x-source": "office"}, "c": {"x-derive": "a * 2", "title": "c"}})
    assert [f.path for f in fields_of(plan, "unit", None)] == ["a"]
    assert [f.path for f in fields_of(plan, "office", None)] == ["b"]


def test_a_figure_of_an_earlier_run_is_asked_of_nobody():
    plan = plan_of({"a": NUMBER, "b": {**NUMBER, "x-source": {"who": "result", "run": "初赛", "figure": "total"}}})
    assert kinds_of(plan) == ("unit", "units")


def test_a_kind_without_fields_is_refused_and_those_there_are_are_named():
    with pytest.raises(RubricError) as caught:
        fields_of(plan_of({"a": NUMBER}), "panel", None)
    assert say(caught.value.cure, "zh") == "可以是：unit（一个单位，一个工作簿）、units（许多单位，一张表）"


def test_a_category_is_not_asked_for_what_only_others_use():
    plan = compile_plan(load_rubric("learning-organisation", CATALOGUE), CATALOGUE)
    everything = {f.path for f in fields_of(plan, "unit", None)}
    asked = {c: {f.path for f in fields_of(plan, "unit", c)} for c in plan.categories}
    assert all(found < everything for found in asked.values())
    assert set().union(*asked.values()) == everything


def test_a_category_has_one_track_and_its_own_criteria():
    plan = compile_plan(load_rubric("model-home", CATALOGUE), CATALOGUE)
    [track] = tracks_of(plan, "机关")
    assert "机关" in track.categories
    assert len(criteria_of(plan, "机关")) < len(criteria_of(plan, None)) or criteria_of(plan, "机关") == track.standard.criteria
    assert tracks_of(plan, None) == plan.tracks


def test_a_category_is_not_asked_for_items_that_are_only_for_others():
    plan = compile_plan(load_rubric("model-home", CATALOGUE), CATALOGUE)
    offices = {"rights.appeals", "rights.appeals_closed", "rights.health_check", "rights.leave_rate"}
    assert offices <= {f.path for f in fields_of(plan, "unit", "机关")}
    assert not offices & {f.path for f in fields_of(plan, "unit", "企业")}
    assert {"rights.appeals_closed", "rights.leave_rate"} <= {c.path for c in criteria_of(plan, "机关")}
    assert {"rights.appeals_closed", "rights.leave_rate"} & {c.path for c in criteria_of(plan, "企业")} == set()
