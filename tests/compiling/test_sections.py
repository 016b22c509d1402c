"""Sections are read with their aggregator and its parameters, their weights, scales and stages of rounding."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.compiling.metaschema import check_document
from scorekit.compiling.planning import compile_plan
from scorekit.compiling.sections import named, rounding_of
from scorekit.compiling.table import standard_table
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import Rounding
from scorekit.errors import ScorekitError
from tests.building import (
    NUMBER,
    TRUTH,
    assessed,
    criterion,
    document,
    fault_of,
    plan_of,
    points,
    rubric,
    rubric_of,
    said,
    section,
    spelled,
    totals,
    units,
)

SHIPPED = discover(third_party=False)


def plan(spec: dict[str, Any], **frame: Any) -> Plan:
    found = rubric({"s": section({"a": criterion(), "b": criterion(weight="2 / 3")}, **spec)}, **frame)
    check_document(found.document, "r.json", SHIPPED)
    return compile_plan(found, SHIPPED)


def refused(spec: dict[str, Any], **frame: Any) -> tuple[str, str]:
    with pytest.raises(ScorekitError) as caught:
        plan(spec, **frame)
    return said(caught.value.what), caught.value.where.partition("#")[2]


def test_an_aggregator_is_a_name_or_a_name_with_its_parameters() -> None:
    assert named("sum") == ("sum", {})
    assert named({"best": {"k": 2}}) == ("best", {"k": 2})
    (found, _) = plan({"aggregate": {"best": {"k": 2}}}).tracks[0].sections
    assert (found.aggregator.name, found.settings["k"][1]) == ("best", 2)
    (found, _) = plan({"aggregate": {"power-mean": {"p": "1 + 1"}}}).tracks[0].sections
    assert spelled(found.settings["p"][1]) == "+(1, 1)"


@pytest.mark.parametrize(
    ("aggregate", "what", "where"),
    [
        ("best", "the aggregator best needs “k”", "/aggregate"),
        ({"best": {"k": 0}}, "“0” is too few", "/aggregate/best/k"),
        ({"best": {"n": 2}}, "“n” is not known here", "/aggregate/best/n"),
        ({"bets": {"k": 2}}, "“bets” is not known here", "/aggregate/bets"),
        ("summ", "“summ” is not allowed here", "/aggregate"),
        ({"best": {"k": 1}, "sum": {}}, "this has more than 1 entries: best, sum", "/aggregate"),
        ({"formula": {"points": "points(z)"}}, "the formula “points(z)” cannot be read at character 8", "/aggregate/formula/points"),
    ],
)
def test_what_does_not_fit_the_aggregator_is_refused(aggregate: Any, what: str, where: str) -> None:
    found = refused({"aggregate": aggregate})
    assert found[0].startswith(what[:40])
    assert found[1].endswith(where)


def test_a_parameter_that_the_aggregator_does_not_have_is_refused_without_the_schema_too() -> None:
    with pytest.raises(ScorekitError) as caught:
        compile_plan(rubric({"s": section({"a": criterion()}, aggregate={"best": {"k": 1, "kk": 2}})}), SHIPPED)
    assert said(caught.value.what) == "the aggregator best has no parameter “kk”"
    assert said(caught.value.cure) == "did you mean “k”?"


def test_stages_of_rounding_are_those_of_the_section_or_of_the_rubric() -> None:
    one, two = {"decimals": 1}, {"decimals": 2, "mode": "floor"}
    (own, total) = plan({"rounding": one, "rounding_weighted": two, "rounding_scaled": one}).tracks[0].sections
    assert (own.spec.rounding, own.spec.rounding_weighted, own.spec.rounding_scaled) == (Rounding(1), Rounding(2, "floor"), Rounding(1))
    assert (total.spec.rounding, total.spec.rounding_weighted) == (None, None)
    (own, total) = plan({}, rounding={"section": one, "weighted": two}).tracks[0].sections
    assert (own.spec.rounding, own.spec.rounding_weighted) == (Rounding(1), Rounding(2, "floor"))
    assert (total.spec.rounding, total.spec.rounding_weighted) == (None, Rounding(2, "floor"))
    assert rounding_of(None) is None


def test_the_total_is_a_section_with_its_own_keys() -> None:
    found = plan({}, total={"aggregate": "weighted-mean", "scale_to": 100, "cap": 120, "floor": None, "rounding": {"decimals": 1}}, full=20)
    standard, track = found.base, found.tracks[0]
    assert (standard.total.aggregate, standard.total.scale_to, standard.total.points) == ("weighted-mean", 100, 20)
    assert (standard.total.cap, standard.caps["total"], standard.total_floor, track.floor) == (None, 120, None, None)
    assert standard.total_rounding == Rounding(1)
    assert standard.total.scale
    assert spelled(track.sections[-1].scale_to) == "100"


def test_a_fault_in_the_total_names_its_place() -> None:
    assert refused({}, total={"floor": "x"})[1] == "/x-rubric/total/floor"
    assert refused({}, total={"scale_to": "x"})[1] == "/x-rubric/total/scale_to"
    assert refused({}, total={"weight": 1}) == ("“weight” is not known here", "/x-rubric/total/weight")


def test_a_standard_says_how_its_sections_and_its_total_are_made() -> None:
    found = plan(
        {"aggregate": {"best": {"k": 1}}, "scale_to": 50, "floor": 3, "rounding_scaled": {"decimals": 1}},
        total={"aggregate": "weighted-sum", "floor": None},
        rounding={"weighted": {"decimals": 2}},
    )
    rows = {row.title: row.method for row in standard_table(found, "en")}
    assert rows["s"] == "the 1 best are added up; at least 3 points; put on a scale of 50 points; rounded to 1 digits after that"
    assert rows["the total"] == "points times weights, added up; each weighted part is rounded to 2 digits; no floor"
    assert rows["s.b"].endswith("weight 2 ÷ 3")
    assert "the total" not in {row.title for row in standard_table(plan({}), "en")}


def test_a_variant_may_change_the_aggregator_whole() -> None:
    base = {"s": section({"a": criterion(), "b": criterion()}, aggregate={"best": {"k": 1}})}
    shape = document(base, categories=["甲", "乙"], variants={"乙": {"sections": {"s": {"aggregate": "sum"}}}})
    first, second = compile_plan(rubric_of(shape), SHIPPED).tracks
    assert [t.sections[0].aggregator.name for t in (first, second)] == ["best", "sum"]


# -------------------------------------------------------------------- objects that score as a whole, defaults of a section


def test_an_object_may_score_by_a_rule_of_its_own_over_the_fields_below_it() -> None:
    whole = {
        **section({"done": NUMBER, "inner": section({"left": NUMBER}), "left": NUMBER}),
        "title": "整体",
        "x-criterion": {"points": 10, "rule": {"mark": {"of": "done + inner.left"}}, "floor": "0 * left", "not_applicable_if": "done > 90"},
    }
    found = plan_of({"t": section({"s": whole, "b": criterion()})})
    (track,) = found.tracks
    assert [(c.spec.path, c.spec.section, c.spec.whole, c.reads) for c in track.criteria] == [
        ("t.s", "t", True, ("t.s.done", "t.s.inner.left")),
        ("t.b", "t", False, ("t.b",)),
    ]
    assert [s.spec.path for s in track.sections] == ["t", ""]
    outcome = assessed(found, units(found, {"t.s.done": [3, 99], "t.s.inner.left": [4, 1], "t.s.left": [9, 9], "t.b": [5, 5]}))
    assert points(outcome, "t.s") == [7, None]
    assert totals(outcome) == [12, 10]


def test_nothing_below_an_object_that_scores_may_score_but_a_gate_may_stand_there() -> None:
    gate = {**TRUTH, "x-criterion": {"kind": "gate", "if": "v", "effect": "not awarded"}}
    spec = {"rule": {"mark": {"of": "a"}}}
    error = fault_of({"s": section({"a": NUMBER, "t": section({"b": criterion()})}, **spec)})
    assert said(error.what) == "“s” scores by its own rule, so nothing below it may score"
    assert error.where.endswith("#/properties/s/properties/t/properties/b/x-criterion")
    assert fault_of({"s": section({"a": NUMBER, "t": section({"b": NUMBER}, points=3)}, **spec)}).where.endswith("/t/x-criterion")
    assert [g.id for g in plan_of({"s": section({"a": NUMBER, "v": gate}, **spec)}).gates] == ["s.v"]


def test_the_schema_takes_an_object_with_a_rule_for_a_criterion() -> None:
    good = document({"s": section({"a": NUMBER}, rule={"mark": {"of": "a"}}, points=3, kind="bonus")})
    check_document(good, "r.json", SHIPPED)
    bad = document({"s": section({"a": NUMBER}, rule={"mark": {"of": "a"}}, aggregate="sum")})
    with pytest.raises(ScorekitError) as caught:
        check_document(bad, "r.json", SHIPPED)
    assert said(caught.value.what) == "“aggregate” is not known here"


def test_a_variant_changes_an_object_that_scores_as_a_criterion() -> None:
    shape = {"s": section({"a": NUMBER}, rule={"mark": {"of": "a"}}, points=3)}
    frame = {"categories": ["甲", "乙"], "variants": {"乙": {"criteria": {"s": {"points": 5}}}}}
    assert [t.criteria[0].spec.points for t in plan_of(shape, **frame).tracks] == [3, 5]
    error = fault_of(shape, categories=["甲", "乙"], variants={"乙": {"sections": {"s": {"points": 5}}}})
    assert said(error.what) == "the changes name “s”, which is no section"


def test_a_section_gives_its_criteria_what_they_do_not_say_themselves() -> None:
    defaults = {"points": 4, "rule": {"each": {"deduct": 1}}, "missing": "incomplete", "kind": "base", "reading": "同"}
    inner = {
        "a": {**NUMBER, "x-criterion": {}},
        "b": {**NUMBER, "x-criterion": {"points": 6, "missing": "zero"}},
        "c": {**NUMBER, "x-criterion": {"clauses": {"x": {"rule": {"mark": {}}}}}},
        "n": NUMBER,
        "t": section({"d": criterion("mark", 1)}),
    }
    shape = {"s": section(inner, defaults=defaults)}
    check_document(document(shape), "r.json", SHIPPED)
    found = {c.path: c for c in plan_of(shape).criteria}
    assert list(found) == ["s.a", "s.b", "s.c", "s.t.d"]
    told = [(c.points, [x.rule for x in c.clauses], c.missing, c.words.reading) for c in found.values()]
    assert told == [
        (4, ["each"], "incomplete", "同"),
        (6, ["each"], "zero", "同"),
        (4, ["mark"], "incomplete", "同"),
        (1, ["mark"], "zero", ""),
    ]


def test_defaults_are_checked_by_the_schema_and_a_criterion_without_any_rule_is_refused() -> None:
    with pytest.raises(ScorekitError) as caught:
        check_document(document({"s": section({"a": criterion()}, defaults={"rul": {}})}), "r.json", SHIPPED)
    assert said(caught.value.what) == "“rul” is not known here"
    assert said(fault_of({"a": {**NUMBER, "x-criterion": {"points": 1}}}).what) == "the criterion “a” has no rule"
    with pytest.raises(ScorekitError) as caught:
        check_document(document({"a": criterion("mark", clauses={"x": {"rule": {"mark": {}}}})}), "r.json", SHIPPED)
    assert said(caught.value.what) == "only one of these may be given: rule, clauses"
    two = section({"a": criterion("mark", clauses={"x": {"rule": {"mark": {}}}})}, defaults={"rule": {"mark": {}}})
    with pytest.raises(ScorekitError) as caught:
        check_document(document({"s": two}), "r.json", SHIPPED)
    assert said(caught.value.what) == "only one of these may be given: rule, clauses"
