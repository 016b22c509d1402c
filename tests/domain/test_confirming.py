"""Drafts read back: only what a person took counts, and what nobody decided is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.confirming import Answer, Standing, confirmed, from_document
from scorekit.domain.intake import Unreadable


def held(*proposals, report="总结.docx"):
    return {"report": report, "proposals": list(proposals)}


def proposal(field="a", value=1, **more):
    return {"field": field, "value": value, **more}


def test_a_proposal_counts_only_where_it_was_taken():
    found = from_document(
        held(proposal("a", 1, accepted=True), proposal("b", 2, accepted=False), proposal("c", 3, accepted=None), proposal("d", 4)), {}
    )
    assert found.values == {"a": 1}
    assert found.cells == {"a": "/x-draft/proposals/0/value"}
    assert found.standing == Standing(2, 2, "总结.docx")


def test_other_proposals_of_a_field_that_was_decided_are_not_undecided():
    found = from_document(held(proposal("a", 1), proposal("a", 2, accepted=True), proposal("b", 1)), {"b": 5})
    assert (found.values, found.standing.undecided) == ({"a": 2}, 0)


def test_a_field_given_twice_counts_as_neither():
    twice = from_document(held(proposal("a", 1, accepted=True), proposal("a", 2, accepted=True)), {})
    by_hand = from_document(held(proposal("a", 1, accepted=True)), {"a": 3})
    assert isinstance(twice.values["a"], Unreadable)
    assert isinstance(by_hand.values["a"], Unreadable)


def test_the_same_value_twice_is_no_contradiction():
    assert from_document(held(proposal("a", 1, accepted=True), proposal("a", 1, accepted=True)), {"a": 1}).values == {"a": 1}


@pytest.mark.parametrize("accepted", ["true", "是", 1, 0, [], "yes"])
def test_what_is_no_plain_yes_takes_nothing_and_is_reported(accepted):
    found = from_document(held(proposal(accepted=accepted)), {})
    assert found.values == {}
    assert found.standing.undecided == 1
    assert [str(what) for what, _, _ in found.faults] == ["“accepted” must be true, false or null"]


@pytest.mark.parametrize("odd", [None, [], 3, {"proposals": {}}, {}, {"proposals": None}])
def test_a_draft_without_proposals_is_reported_and_is_not_ranked(odd):
    found = from_document(odd, {})
    assert [p.severity for p in found.problems("d.json")] == ["error", "error"]
    assert found.standing.untouched


@pytest.mark.parametrize("odd", [None, 3, {}, {"field": "a"}, {"value": 1}, {"field": 3, "value": 1}])
def test_what_is_no_proposal_is_reported_at_its_place(odd):
    [fault] = from_document(held(odd), {}).faults
    assert fault[2] == "/x-draft/proposals/0"


def test_an_untouched_draft_is_an_error_and_a_half_confirmed_one_a_warning():
    untouched = list(from_document(held(proposal()), {}).problems("d.json"))
    half = list(from_document(held(proposal(), proposal("b", accepted=True)), {}).problems("d.json", "/3"))
    whole = list(from_document(held(proposal("b", accepted=True)), {}).problems("d.json"))
    assert [(p.severity, p.file) for p in untouched] == [("error", "d.json")]
    assert [(p.severity, p.what.params) for p in half] == [("warning", {"report": "总结.docx", "count": 1})]
    assert whole == []


def test_refusing_everything_is_an_answer():
    assert not from_document(held(proposal(accepted=False)), {}).standing.untouched


def test_values_entered_by_hand_are_an_answer_and_blanks_are_none():
    assert not from_document(held(proposal()), {"unit": "甲"}).standing.untouched
    assert from_document(held(proposal()), {"unit": None}).standing.untouched


@given(st.integers(0, 99), st.integers(0, 99), st.text())
def test_how_a_draft_stands_is_read_back_as_it_was_written(undecided, answered, report):
    standing = Standing(undecided, answered, report)
    assert Standing.of(standing.text) == standing


@pytest.mark.parametrize("text", ["", "是", "x 1 r", "1"])
def test_a_text_of_another_form_is_a_draft_that_nobody_confirmed(text):
    assert Standing.of(text).untouched


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.sampled_from([True, False, None])), max_size=8))
def test_nothing_counts_that_nobody_took(given_):
    answers = [Answer(f, v, a, f"/{i}") for i, (f, v, a) in enumerate(given_)]
    found = confirmed(answers, {}, "r")
    taken = {a.field for a in answers if a.accepted is True}
    assert set(found.values) == taken
    assert found.standing.undecided == len({a.field for a in answers if a.accepted is None} - taken)
    assert found.standing.untouched == all(a.accepted is None for a in answers)
