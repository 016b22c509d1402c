"""The signs and words of a formula, each with its place; strangers are named with what was meant."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.tokens import FormulaError, Token, commas, tokens
from tests.building import said


def test_signs_words_numbers_texts_and_dates_are_told_apart() -> None:
    found = tokens("a.b >= 0.5 and `x y` != '文 本' - 2026-01-02 ** 3")
    assert [(t.kind, t.text) for t in found] == [
        ("name", "a.b"), ("op", ">="), ("number", "0.5"), ("name", "and"), ("quoted", "`x y`"), ("op", "!="),
        ("text", "'文 本'"), ("op", "-"), ("date", "2026-01-02"), ("op", "**"), ("number", "3"), ("end", ""),
    ]  # fmt: skip


@given(st.text(max_size=30))
def test_every_token_stands_where_it_says(text: str) -> None:
    found: list[Token] = []
    with contextlib.suppress(FormulaError):
        found = tokens(text)
    assert all(text[t.position : t.position + len(t.text)] == t.text for t in found)
    assert all(a.position + len(a.text) <= b.position for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "meant", "place"), [("a ≥ 1", ">=", 2), ("a = 1", "==", 2), ("a＋1", "+", 1), ("50%", "/ 100", 2), ("（a）", "(", 0)]
)
def test_a_sign_of_another_keyboard_is_named_with_what_was_meant(text: str, meant: str, place: int) -> None:
    with pytest.raises(FormulaError) as caught:
        tokens(text)
    assert said(caught.value.what) == f"“{text[place]}” is no part of a formula; did you mean “{meant}”?"
    assert caught.value.position == place


@pytest.mark.parametrize("text", ["w == 'x", "`x", "a + ``"])
def test_an_open_quotation_mark_is_named_where_it_stands(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        tokens(text)
    sign = "'" if "'" in text else "`"
    assert (said(caught.value.what), caught.value.position) == (f"the quotation mark “{sign}” is not closed", text.index(sign))


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), (", 1)", 1), (", min(a, b), [c, d], 2) + f(x, y)", 3), (", 1, 2", 2), (") , 3", 0)]
)
def test_commas_are_counted_up_to_the_bracket_that_closes(text: str, expected: int) -> None:
    assert commas(tokens(text)) == expected
