"""Drafts in words: places, values, how sure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorekit.domain.drafts import CONFIDENCE_WORDS, CONFIDENCES, Draft, Spot, cell, place_words, value_words
from scorekit.words import say


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(paragraph=3, start=11, end=15), "第3段 第12–15字"),
        (Spot(paragraph=3, line=7, start=0, end=1), "第7行 第1–1字"),
        (Spot(page=2, line=7, start=0, end=4), "第2页 第7行 第1–4字"),
        (Spot(table=1, row=4, start=5, end=8), "表1第4行 第6–8字"),
    ],
)
def test_a_place_is_said_as_people_count(spot, words):
    assert say(place_words(spot), "zh") == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (True, "", "是"),
        (False, "", "否"),
        (12, "人", "12"),
        (Decimal("95.50"), "%", "95.50%"),
        ("独立账户", "", "独立账户"),
        (Decimal("1E+2"), "", "100"),
    ],
)
def test_a_value_is_said_plainly(value, unit, words):
    assert say(value_words(value, unit), "zh") == words


def test_whole_numbers_are_whole():
    assert repr(cell(Decimal("420.0"))) == "420"
    assert repr(cell(Decimal("0.5"))) == "Decimal('0.5')"
    assert cell("x") == "x"


def test_every_confidence_has_its_word_the_surest_first():
    assert tuple(CONFIDENCE_WORDS) == CONFIDENCES
    assert [say(w, "zh") for w in CONFIDENCE_WORDS.values()] == ["高", "中", "低"]


def test_fields_with_proposals_are_counted():
    assert Draft("r", "", "", "", "", "", (), {"a": (), "b": ()}).count == 2
