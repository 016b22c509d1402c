"""Lines are measured, wrapped and aligned by what a terminal shows, where a Chinese character is two columns wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.cli.layout import line_width, padded, pairs, table, width, wrapped

TEXTS = st.text(alphabet="ab-% 工会得分,，。（", max_size=60)


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("ab", 2), ("工会", 4), ("Ａ", 2), ("e\u0301", 1)])
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_fills_to_the_column() -> None:
    assert padded("工会", 6) == "工会  "


@given(TEXTS)
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    assert "".join(wrapped(text, 12)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS)
def test_wrapped_lines_fit_unless_a_word_or_a_hanging_mark_does_not(text: str) -> None:
    for line in wrapped(text, 12):
        assert width(line.rstrip("，。%, ")) <= 12 or " " not in line


def test_a_line_may_end_between_chinese_characters_but_not_before_a_comma() -> None:
    assert wrapped("申报材料，评分", 8) == ["申报材料，", "评分"]
    assert wrapped("one two", 4) == ["one", "two"]


def test_no_text_is_one_empty_line() -> None:
    assert wrapped("", 10) == [""]


def test_terms_stand_beside_their_explanations() -> None:
    assert list(pairs([("--out", "where"), ("-h", "")], 40)) == ["  --out  where", "  -h"]


def test_a_long_term_has_a_line_of_its_own_and_explanations_wrap_under_themselves() -> None:
    lines = list(pairs([("--a-very-long-option NAME", "one two three four five"), ("-x", "y")], 30))
    assert lines[0] == "  --a-very-long-option NAME"
    assert lines[1].startswith(" " * 14 + "one")
    assert all(line.startswith(" " * 14) for line in lines[2:-1])
    assert lines[-1] == "  -x          y"


def test_tables_align_by_columns_and_numbers_at_the_right() -> None:
    assert table([["1", "工会", "9.5"], ["10", "a", "10.25"]], indent=1, numbers=(0, 2)) == ["  1  工会    9.5", " 10  a     10.25"]
    assert table([]) == []


@pytest.mark.parametrize(("columns", "used"), [("20", 40), ("72", 72), ("400", 100)])
def test_lines_are_neither_too_short_nor_too_long(monkeypatch: pytest.MonkeyPatch, columns: str, used: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert line_width() == used
