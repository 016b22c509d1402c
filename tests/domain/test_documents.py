"""JSON documents: equal documents have equal canonical bytes, and people get back what they wrote."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.documents import canonical, digest, pretty

NUMBERS = st.integers() | st.decimals(-(10**9), 10**9, places=3)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4),
    max_leaves=20,
)


def read(text: bytes) -> object:
    return json.loads(text, parse_float=Decimal)


@given(DOCUMENTS)
def test_both_forms_read_back_as_the_same_document(document: object) -> None:
    assert read(pretty(document)) == document
    assert read(canonical(document)) == document


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), NUMBERS))
def test_the_order_of_keys_does_not_show_in_the_digest(document: dict[str, object]) -> None:
    assert digest(dict(reversed(document.items()))) == digest(document)


def test_equal_numbers_are_equal_bytes_however_they_were_written() -> None:
    assert canonical([Decimal("0.90"), Decimal("1E+2"), Decimal("5.0"), Decimal("-0.0")]) == b"[0.9,100,5,0]"
    assert canonical({"b": 0.5, "a": Fraction(1, 4), "c": Fraction(1, 3)}) == b'{"a":0.25,"b":0.5,"c":"1/3"}'


def test_people_see_the_digits_that_were_written_and_their_own_order() -> None:
    assert pretty({"b": Decimal("0.90"), "a": [], "甲": [1, {"x": None}]}).decode() == (
        '{\n "b": 0.90,\n "a": [],\n "甲": [\n  1,\n  {\n   "x": null\n  }\n ]\n}\n'
    )


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity"), object(), {"x": {1, 2}}])
def test_what_json_has_no_form_for_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_a_letter_that_utf8_has_no_form_for_still_has_a_digest() -> None:
    assert digest("\ud800") != digest("\ud801")
