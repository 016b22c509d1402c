"""Texts become sentences in Chinese and English, with exact figures and worded parameters."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.errors import T, Text
from scorekit.words import LANGUAGES, PerRow, figure, language, say, say_rows, stated, together

KNOWN = "there is no command “{name}”"


def test_a_template_is_said_in_the_language_of_the_run() -> None:
    assert say(T(KNOWN, name="x"), "zh") == "没有“x”这个命令"
    assert say(T(KNOWN, name="x"), "en") == "there is no command “x”"


def test_a_template_without_translation_is_said_in_english() -> None:
    assert say(Text("no catalogue knows {what}", {"what": "this"}), "zh") == "no catalogue knows this"


def test_a_name_stays_as_it_is_even_with_braces() -> None:
    assert say("{unit} 100%", "zh") == "{unit} 100%"


def test_the_empty_text_says_nothing() -> None:
    assert say(Text(""), "zh") == ""


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (T(KNOWN, name="y"), "没有“y”这个命令", "there is no command “y”"),
        ({"zh": "总分", "en": "total"}, "总分", "total"),
        ({"zh": "总分"}, "总分", "总分"),
        ({}, "", ""),
        (["甲", "乙"], "甲、乙", "甲, 乙"),
        (("a", T(KNOWN, name="z")), "a、没有“z”这个命令", "a, there is no command “z”"),
        ({"b", "a"}, "a、b", "a, b"),
        (frozenset({"b", "a"}), "a、b", "a, b"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (None, "", ""),
        (7, "7", "7"),
        (2.5, "2.5", "2.5"),
        (Decimal("2.50"), "2.5", "2.5"),
        (Decimal("NaN"), "NaN", "NaN"),
        (Decimal("1E+999999"), "1E+999999", "1E+999999"),
        (Fraction(1, 3), "0.3333333333", "0.3333333333"),
        (datetime.date(2026, 6, 30), "2026-06-30", "2026-06-30"),
        (PurePosixPath("a/b"), "a/b", "a/b"),
    ],
)
def test_parameters_are_worded(value: object, zh: str, en: str) -> None:
    assert (say(Text("<{p}>", {"p": value}), "zh"), say(Text("<{p}>", {"p": value}), "en")) == (f"<{zh}>", f"<{en}>")


def test_a_text_that_names_a_parameter_it_does_not_give_is_shown_as_it_stands() -> None:
    assert say(Text("no {such} thing"), "en") == "no {such} thing"
    assert say(Text("a lone { brace"), "en") == "a lone { brace"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (100, "100"),
        (-3, "-3"),
        (Decimal("0.90"), "0.9"),
        (Decimal("100.00"), "100"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(2, 3), "0.6666666667"),
        (Fraction(-1, 3 * 10**12), "0"),
        (Fraction(10**6, 3), "333333.3333333333"),
    ],
)
def test_figures_are_plain_digits(number: Fraction, text: str) -> None:
    assert figure(number) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_a_decimal_loses_nothing_in_print(number: Decimal) -> None:
    assert Fraction(figure(number)) == Fraction(number)


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_in_print_is_off_by_half_a_digit_at_most(number: Fraction) -> None:
    assert abs(Fraction(figure(number)) - number) <= Fraction(1, 2 * 10**10)


@pytest.mark.parametrize(
    ("argv", "environ", "asked"),
    [
        ([], {}, None),
        ([], {"SCOREKIT_LANG": "en"}, "en"),
        ([], {"SCOREKIT_LANG": "fr"}, None),
        (["--lang", "en", "demo"], {}, "en"),
        (["--lang=en"], {"SCOREKIT_LANG": "zh"}, "en"),
        (["--version", "--lang", "zh"], {"SCOREKIT_LANG": "en"}, "zh"),
        (["--lang", "fr"], {"SCOREKIT_LANG": "en"}, None),
        (["--lang"], {}, None),
        (["explain", "--lang", "en"], {}, None),
    ],
)
def test_the_language_is_read_from_before_the_command_then_from_the_environment(
    argv: list[str], environ: dict[str, str], asked: str | None
) -> None:
    assert stated(argv, environ) == asked
    assert language(argv, environ) == (asked or "zh")


# -------------------------------------------------------------------- of many rows


@pytest.mark.parametrize(
    "template",
    [KNOWN, "{name} of {count} {name} {{100%}}", "only {count}", "{name!r} {count:>3}", "no {such} {name}", "open {name", "", "{} {name}"],
)
def test_what_is_said_of_many_rows_is_said_of_each(template: str) -> None:
    names, counts = ["甲", "{x} 50%", "", "%s"], ["1", "2", "3", "4"]
    for lang in LANGUAGES:
        found = say_rows(Text(template, {"name": PerRow(names), "count": PerRow(counts)}), lang, 4)
        assert found == [say(Text(template, {"name": n, "count": c}), lang) for n, c in zip(names, counts, strict=True)]
        found = say_rows(Text(template, {"name": PerRow(names), "count": [T(KNOWN, name="{%d}"), 7]}), lang, 4)
        assert found == [say(Text(template, {"name": n, "count": [T(KNOWN, name="{%d}"), 7]}), lang) for n in names]


def test_what_is_the_same_of_all_rows_is_said_as_often() -> None:
    assert say_rows(T(KNOWN, name="x"), "en", 2) == [say(T(KNOWN, name="x"), "en")] * 2
    assert say_rows(T(KNOWN, name=PerRow([])), "en", 0) == []


def test_names_in_columns_are_joined_row_by_row_as_a_list_is() -> None:
    assert together([["甲", "丙"], ["乙", "丁"]], "zh") == [say(Text("{n}", {"n": pair}), "zh") for pair in (["甲", "乙"], ["丙", "丁"])]
    assert together([["a"], ["b"], ["c"]], "en") == ["a, b, c"]
    assert together([["a", "b"]], "en") == ["a", "b"]
