"""The one grammar of numbers, truths and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Why
from scorekit.domain.intake import Percent
from scorekit.stages.validate import repair
from scorekit.words import say

DAY = datetime.date(2026, 7, 30)


def read(function, cell, *unit):
    """The value, and "plain", "repair" or "invalid"."""
    found = function(cell, *unit)
    return found.value, "invalid" if found.why == Why.INVALID else "repair" if found.what is not None else "plain"


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), (" 12.50 ", Decimal("12.50")), ("-3", -3), ("+.5", Decimal("0.5")), ("0", 0), ("007", 7)]
)
def test_plain_numbers_are_no_repair(text, value):
    assert read(repair.number, text, "") == (value, "plain")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("９２．２８", "", Decimal("92.28")),
        ("1,234", "", 1234),
        ("１，２３４，５６７.5", "", Decimal("1234567.5")),
        ("12人", "人", 12),
        ("12 个", "人", 12),
        ("12个", "", 12),
        ("3.5万元", "万元", Decimal("3.5")),
        ("－3", "", -3),
        ("−3", "", -3),
        ("92.28%", "percent", Decimal("92.28")),
        ("92.28％", "fraction", Decimal("0.9228")),
        ("95 %", "percent", 95),
    ],
)
def test_numbers_written_otherwise_are_repaired(text, unit, value):
    assert read(repair.number, text, unit) == (value, "repair")


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("1,23", ""),
        ("1,2345", ""),
        ("1.2.3", ""),
        ("12.", ""),
        ("-", ""),
        ("abc", ""),
        ("①", ""),
        ("5²", ""),
        ("1e5", ""),
        ("0x10", ""),
        ("1_000", ""),
        ("约12", ""),
        ("92%", "人"),
        ("92%", ""),
        ("3元", "万元"),
        ("3万", "percent"),
        ("3万元", ""),
        ("9" * 1001, ""),
        ("nan", ""),
        (Percent(Decimal("0.5")), "人"),
        (DAY, ""),
        (True, ""),
        ([1], ""),
    ],
)
def test_anything_else_is_no_number(cell, unit):
    assert read(repair.number, cell, unit) == (None, "invalid")


def test_a_percentage_is_understood_under_both_units():
    cell = Percent(Decimal("0.9228"))
    assert read(repair.number, cell, "percent") == (Decimal("92.28"), "plain")
    assert read(repair.number, cell, "fraction") == (Decimal("0.9228"), "plain")
    assert repair.number(cell, "percent").signed


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.sampled_from(["", "个"]))
def test_every_decimal_is_read_exactly(number, suffix):
    found = repair.number(f"{number:f}{suffix}", "")
    assert found.value == number


@pytest.mark.parametrize(("word", "value"), [("是", True), ("否", False), (" 是", True)])
def test_the_words_of_the_form_are_no_repair(word, value):
    assert read(repair.truth, word) == (value, "plain")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("√", True),
        ("×", False),
        ("Y", True),
        ("n", False),
        ("Ｙes", True),
        ("TRUE", True),
        ("0", False),
        (1, True),
        (Decimal(0), False),
        (1.0, True),
        ("无", False),
    ],
)
def test_other_words_for_yes_and_no_are_repaired(cell, value):
    assert read(repair.truth, cell) == (value, "repair")


@pytest.mark.parametrize("cell", ["也许", 2, 0.5, DAY, "", float("nan")])
def test_anything_else_is_neither_yes_nor_no(cell):
    assert read(repair.truth, cell) == (None, "invalid")


def test_an_iso_date_is_no_repair():
    assert read(repair.date, "2026-07-30") == (DAY, "plain")


@pytest.mark.parametrize(
    "cell",
    [
        "2026年7月30日",
        "２０２６年７月３０日",
        "2026/7/30",
        "2026.07.30",
        "2026-7-30",
        "20260730",
        20260730,
        46233,
        46233.0,
        Decimal(46233),
        "2026-07-30 00:00:00",
    ],
)
def test_other_ways_to_write_a_day_are_repaired(cell):
    assert read(repair.date, cell) == (DAY, "repair")


@pytest.mark.parametrize(
    "cell",
    [
        "2026年7月",
        "26-7-30",
        "2026-13-01",
        "2026-02-30",
        "2026-7/30",
        "7月30日",
        7,
        46233.5,
        20261301,
        float("nan"),
        -1,
        10**30,
        True,
        None,
        [],
    ],
)
def test_anything_else_is_no_date(cell):
    assert read(repair.date, cell) == (None, "invalid")


@given(st.dates(datetime.date(1940, 1, 1), datetime.date(2199, 12, 31)))
def test_every_day_is_read_from_its_spreadsheet_number(day):
    assert repair.date((day - datetime.date(1899, 12, 30)).days).value == day


def test_cells_are_shown_as_they_were_written():
    cells = [Percent(Decimal("0.92280")), True, False, Decimal("1E+2"), 0.1 + 0.2, 5.0, float("inf"), DAY, "x" * 101]
    assert [repair.as_written(c) for c in cells] == ["92.28%", "TRUE", "FALSE", "100", "0.3", "5", "inf", "2026-07-30", "x" * 100 + "…"]


def test_a_repair_says_what_was_taken():
    assert say(repair.number("１,000人", "人").what, "zh") != ""
    assert say(repair.number("１,000人", "人").what, "en") == "“１,000人” is read as 1000"
