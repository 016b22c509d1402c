"""The lists of a standard ready to be scored: passes, what is read further out, matters, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from scorekit_plugins.rules.records import records

from scorekit.compiling.lists import all_names, listed
from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import parse
from scorekit.compiling.standard import standard
from scorekit.domain.plan import Track
from tests.building import NUMBER, TEXT, criterion, fault_of, plan_of, rubric, said


def rounds(items: dict[str, Any], own: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    inner = {"type": "object", "properties": items, **({"x-criterion": own} if own is not None else {})}
    return {"type": "array", "title": "各轮", "items": inner, **more}


SUM = {"x-criterion": {"points": 100, "start": "empty", "rule": {"records": {}}}}
A = {"a": {**NUMBER, "x-criterion": {"points": 10, "rule": {"mark": {}}}}}


def track(properties: dict[str, Any], **frame: Any) -> Track:
    return plan_of(properties, records, **frame).tracks[0]


def steps(found: Track) -> dict[str, int]:
    return {c.spec.path: c.step for c in found.criteria}


def test_a_record_has_its_figure_after_the_pass_of_its_criteria_and_is_read_in_the_next() -> None:
    found = track({"r": rounds(A, **SUM), "x": criterion({"mark": {"of": "count(r, a > 1)"}}, None, {})})
    assert (found.lists["r"].step, found.lists["r"].track.criteria[0].step, steps(found)) == (0, 0, {"r": 1, "x": 0})


def test_records_that_read_results_of_the_unit_wait_for_them_and_a_derived_value_over_them_waits_too() -> None:
    items = {"a": {**NUMBER, "x-criterion": {"points": 10, "rule": {"mark": {"of": "a + points(s)"}}}}}
    found = track(
        {
            "s": {"type": "object", "properties": {"y": criterion()}},
            "r": rounds(items),
            "best": {"x-derive": "max(r, record())"},
            "x": criterion({"mark": {"of": "best"}}, None, {}),
        }
    )
    assert (found.lists["r"].track.criteria[0].step, found.lists["r"].step, steps(found)["x"]) == (1, 1, 2)


def test_a_value_of_the_record_that_rests_on_its_points_is_there_when_the_record_is_scored() -> None:
    items = {**A, "twice": {"x-derive": "2 * points(a)"}, "plain": {"x-derive": "a + 1"}}
    shape = {"r": rounds(items), **{k: criterion({"mark": {"of": f"sum(r, {n})"}}, None, {}) for k, n in (("x", "twice"), ("y", "plain"))}}
    assert steps(track(shape)) == {"x": 1, "y": 0}


def test_a_criterion_reads_what_the_records_of_its_list_read_further_out() -> None:
    items = {"a": {**NUMBER, "x-criterion": {"points": 10, "rule": {"mark": {"of": "a * rate + size"}}}}, "net": {"x-derive": "a * price"}}
    found = track({"rate": NUMBER, "price": NUMBER, "other": NUMBER, "size": {"x-derive": "other + 1"}, "r": rounds(items, **SUM)})
    assert found.lists["r"].reads == ("price", "rate", "size")
    assert set(found.criteria[0].reads) == {"r", "price", "rate", "size"}


def test_a_list_in_a_list_is_scored_with_its_record() -> None:
    items = {
        "heats": rounds({"t": {**NUMBER, "x-criterion": {"points": 5, "rule": {"mark": {}}}}}),
        "a": {"x-criterion": {"points": 9, "rule": {"mark": {"of": "max(heats, record())"}}}},
    }
    found = track({"r": rounds(items, **SUM)})
    outer = found.lists["r"]
    assert [p.spec.path for p in listed(found.lists)] == ["r", "r.heats"]
    assert (outer.track.lists["r.heats"].step, outer.track.criteria[0].step, outer.step, steps(found)["r"]) == (0, 1, 1, 2)


@pytest.mark.parametrize(
    ("items", "more", "what"),
    [
        (
            {"a": {"x-criterion": {"points": 1, "rule": {"mark": {"of": "record()"}}}}},
            {},
            "these read one another in a circle: r.a → r → r.a",
        ),
        ({"a": {"x-derive": "b + 1"}, "b": {"x-derive": "a + 1"}}, {}, "these read one another in a circle: r.a → r.b → r.a"),
        (
            {"a": {**NUMBER, "x-criterion": {"points": 1, "rule": {"mark": {"of": "points(x)"}}}}},
            {"x": criterion({"mark": {"of": "sum(r, record())"}}, None, {})},
            "these read one another in a circle: r.a → x → r → r.a",
        ),
    ],
)
def test_what_rests_on_itself_through_records_is_a_circle(items: Any, more: Any, what: str) -> None:
    error = fault_of({"r": rounds(items), "x": criterion(), **more})
    assert said(error.what) == what


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("record()", "the formula “record()” cannot be read at character 1: record() is the figure of one record and is asked over a list"),
        ("points(r.a)", "“r.a” stands in every record: take count, sum, max … over the list “r”"),
        ("sum(q, record())", "the records of “q” have no criterion, so none has a figure"),
        ("sum(q, count(r))", "inside a list only the record's own lists and marks can be taken, and “r” is none"),
    ],
)
def test_what_stands_in_a_record_is_asked_over_its_list(formula: str, what: str) -> None:
    error = fault_of({"r": rounds(A), "q": rounds({"n": NUMBER}), "x": criterion({"mark": {"of": formula}}, None, {})})
    assert what in said(error.what)


def test_names_are_sought_in_the_record_first_and_then_outward() -> None:
    found = rubric({"n": NUMBER, "m": NUMBER, "r": rounds({"n": NUMBER}), "x": criterion()})
    names = StandardNames(standard(found.document, found))
    assert all_names(parse("sum(r, n * m)", names, "")) == {"r", "r.n", "m"}
    assert all_names(parse("n * m", names, "r")) == {"r.n", "m"}


# -------------------------------------------------------------------- matters


def matters(lists: dict[str, Any]) -> dict[str, Any]:
    return {"award": {"title": "奖项", "lists": lists}}


NAMED = {"name": TEXT, "price": NUMBER}


def test_a_matter_names_keys_and_values_in_the_records_and_what_reads_one_list_waits_for_all() -> None:
    shape = {
        "h": rounds(NAMED, **{"x-criterion": {"points": 9, "start": "empty", "rule": {"records": {"value": "price"}}}}),
        "o": rounds({**NAMED, **A}),
    }
    found = track(shape, matters=matters({"h": {"key": "name", "value": "price"}, "o": {"key": "name"}}))
    [matter] = found.matters
    assert (matter.id, matter.title, list(matter.lists), steps(found)["h"]) == ("award", "奖项", ["h", "o"], 1)


@pytest.mark.parametrize(
    ("lists", "what", "at"),
    [
        ({"none": {"key": "name", "value": "1"}}, "“none” is no list of records of a unit", "/lists/none"),
        (
            {"h": {"key": "name", "value": "1"}, "o": {"key": "price", "value": "1"}},
            "the keys of the matter “award” are of several kinds",
            "",
        ),
        ({"h": {"key": "name"}}, "the records of “h” have no criterion, so none has a figure", "/lists/h/value"),
    ],
)
def test_matters_that_cannot_be_compared_are_refused(lists: Any, what: str, at: str) -> None:
    error = fault_of({"h": rounds(NAMED), "o": rounds(NAMED), "x": criterion()}, matters=matters(lists))
    assert what in said(error.what)
    assert error.where == f"rubric.json#/x-rubric/matters/award{at}"
