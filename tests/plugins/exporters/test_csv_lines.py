"""Lines from pieces: each unit's pieces one after the other, whether one piece stands for all units or each has its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.exporters.csv_lines import each, in_lines, same, unsigned

from scorekit.domain.column import Column, Why

SIZE = 3
TEXTS = st.text("ab,甲", max_size=3)
PIECES = st.lists(st.one_of(TEXTS, st.lists(TEXTS, min_size=SIZE, max_size=SIZE)), max_size=6)


@given(PIECES)
def test_a_piece_that_is_one_text_stands_in_every_unit(pieces: list[Any]) -> None:
    alike = [[piece] * SIZE if isinstance(piece, str) else piece for piece in pieces]
    expected = ["".join(texts) for texts in zip(*alike, strict=True)]
    assert list(each(pieces, SIZE)) == expected


def test_pieces_of_another_number_of_units_are_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        list(each([["a", "b"], "c"], SIZE))


def test_lines_are_cells_with_commas_between_them() -> None:
    assert list(in_lines([["a", "b"], "", ["1", "2"]], 2)) == ["a,,1\n", "b,,2\n"]
    assert list(in_lines([[], []], 0)) == []


@pytest.mark.parametrize("odd", ["=1", "a,b", 'a"b', "a\nb", "@甲"])
def test_what_is_written_otherwise_in_a_csv_file_is_not_unsigned(odd: str) -> None:
    assert unsigned(["a#b!", "甲", "-5"])
    assert not unsigned(["a", odd])


def test_a_column_is_the_same_where_each_row_has_one_number_and_none_is_masked() -> None:
    three = Column.numbers([3] * 4)
    assert same(three)
    assert not same(three.masked_where(np.arange(4) == 1, Why.MISSING))
    assert not same(Column.numbers([3, 3, 4]))
    assert not same(Column.numbers([]))
    thirds = Column.numbers([1, 2]) / Column.numbers([3, 6])
    assert not same(thirds)  # it is, but its fractions are not in one form
