"""The one grammar of numbers, truths and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

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
        ("12\u200b", "", 12),
        ("\u00a012\u3000", "", 12),
        ("12。", "", 12),
        ("12；", "", 12),
        ("3000元", "万元", Decimal("0.3")),
        ("3元", "万元", Decimal("0.0003")),
        ("1.2亿元", "万元", 12000),
        ("3.5万", "万元", Decimal("3.5")),
        ("3万元", "元", 30000),
        ("¥3,000", "元", 3000),
        ("￥3000元", "万元", Decimal("0.3")),
        ("1.2万人", "人", 12000),
        ("3千", "人", 3000),
        ("120平米", "平方米", 120),
        ("5公里", "千米", 5),
        ("百分之95.5", "fraction", Decimal("0.955")),
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
        ("3万", "percent"),
        ("3万元", ""),
        ("约120人", "人"),
        ("120余人", "人"),
        ("120多", ""),
        ("120-130", ""),
        ("120～130人", "人"),
        ("100以上", "人"),
        ("十几", ""),
        ("一百二", ""),
        ("二〇二六", ""),
        ("三五人", "人"),
        ("一般", ""),
        ("无", ""),
        ("—", ""),
        ("/", "人"),
        ("12天", "年"),
        ("12月", "年"),
        ("12家", "人"),
        ("12人次", "人"),
        ("5米", "千米"),
        ("2小时", "天"),
        ("3亩", "平方米"),
        ("1 2", ""),
        ("1.2E+05", ""),
        ("¥3000", "人"),
        ("¥3000", ""),
        ("95分", "percent"),
        ("百分之九十五", "人"),
        ("百分之九十五", "percent"),
        ("十二人", "人"),
        ("12/15", ""),
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
        ("是。", True),
        ("已", True),
        ("未", False),
        ("没有", False),
        ("达标", True),
        ("未达标", False),
        ("✔", True),
        ("☑", True),
        ("☑是□否", True),
        ("□是 ☑否", False),
        ("是□ 否☑", False),
        ("■有☐无", True),
    ],
)
def test_other_words_for_yes_and_no_are_repaired(cell, value):
    assert read(repair.truth, cell) == (value, "repair")


@pytest.mark.parametrize("cell", ["☑是☑否", "□是□否", "☑是□是", "☑是□无", "基本达标", "部分", "-", "也许", 2, 0.5, DAY, "", float("nan")])
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
        "2026-07-30T00:00:00",
        "2026/7/30 0:00",
        "2026 年 7 月 30 日",
        "2026年7月30",
        "2026年7月30号",
        "\u00a02026-07-30\u200b",
        "２０２６－０７－３０",
        "二〇二六年七月三十日",
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
        "2026年",
        "2026-07",
        "2026.7",
        "2026",
        "7/30/2026",
        "30-7-2026",
        "2026-07-30至2026-08-01",
        "二〇二六年七月",
        "二〇二六年十三月三日",
        2026.7,
        2026,
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


# -------------------------------------------------------------------- what it says, and laws


@pytest.mark.parametrize(
    ("cell", "unit", "cure"),
    [
        ("约120人", "人", "enter the exact number, not about how many and no range"),
        ("120余人", "人", "enter the exact number, not about how many and no range"),
        ("120-130", "", "enter the exact number, not about how many and no range"),
        ("无", "人", "enter 0 if there is none; leave the cell empty if it is not known"),
        (" － ", "", "enter 0 if there is none; leave the cell empty if it is not known"),
        ("12家", "人", "enter the number of 人 without a unit"),
        ("十二", "", "write it in digits: 12"),
        ("一百二十人", "人", "write it in digits: 120人"),
        ("叁万元", "万元", "write it in digits: 30000元"),
        ("百分之九十五", "percent", "write it in digits: 95%"),
        ("一百二", "", "enter a plain number, for example 92.28"),
        ("不详", "", "enter a plain number, for example 92.28"),
    ],
)
def test_the_cure_fits_what_was_written(cell, unit, cure):
    assert say(repair.number(cell, unit).cure, "en") == cure


def test_a_date_without_its_day_is_asked_for_it():
    assert say(repair.date("2026年7月").cure, "en") == "enter the date with its day, for example 2026-07-30"
    assert say(repair.date("7月30日").cure, "en") == "enter the date as year-month-day, for example 2026-07-30"


def test_money_in_another_unit_says_in_which_it_is_read():
    assert say(repair.number("3000元", "万元").what, "en") == "“3000元” is read as 0.3 万元"


UNITS = st.sampled_from(["", "人", "个", "万元", "元", "percent", "fraction", "duration", "平方米", "年"])
TEXTS = st.text(st.sampled_from("0129.,-+% 　％０９，．约余多~至万亿元人个年月日：:/三十百零〇是否无☑□是\u200b\u00a0。½²①"), max_size=9)


@given(TEXTS | st.text(max_size=6), UNITS)
def test_every_text_is_one_number_or_a_problem_and_reading_again_what_was_read_changes_nothing(text, unit):
    found = repair.number(text, unit)
    if found.why == Why.INVALID:
        assert (found.value, found.cure is not None) == (None, True)
        return
    assert isinstance(found.value, (int, Decimal))
    assert repair.number(f"{found.value:f}" if isinstance(found.value, Decimal) else str(found.value), unit)[:3] == (
        found.value,
        Why.PRESENT,
        None,
    )


@given(TEXTS | st.text(max_size=6))
def test_every_text_is_one_truth_or_one_day_or_a_problem_and_reading_again_changes_nothing(text):
    for read_, again in ((repair.truth, lambda v: "是" if v else "否"), (repair.date, lambda v: v.isoformat())):
        found = read_(text)
        if found.why == Why.INVALID:
            assert (found.value, found.cure is not None) == (None, True)
        else:
            assert read_(again(found.value))[:3] == (found.value, Why.PRESENT, None)


@given(st.integers(-(10**15), 10**15) | st.decimals(-1000, 1000, places=4), UNITS)
def test_a_clean_number_is_never_changed(number, unit):
    if unit != "duration" or number >= 0:
        assert repair.number(f"{number:f}" if isinstance(number, Decimal) else str(number), unit)[:3] == (number, Why.PRESENT, None)


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(["元", "千元", "万元", "亿元"]), st.sampled_from(["元", "万元", "亿元"]))
def test_money_is_turned_exactly(number, written, asked):
    value = {"元": 1, "千元": 10**3, "万元": 10**4, "亿元": 10**8}
    found = repair.number(f"{number:f}{written}", asked)
    assert Fraction(found.value) == Fraction(number) * value[written] / value[asked]
