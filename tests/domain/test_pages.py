"""Sentences of many rows are joined row by row in the order in which they were added, however many there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.coded import Coded
from scorekit.domain.pages import Numerals, Page
from scorekit.domain.roll import Names

SIZE = 5
ADDED = st.lists(st.tuples(st.sets(st.integers(0, SIZE - 1)), st.sampled_from("abc"), st.integers(0, 3)), max_size=90)


def pieces(rows: list[int], text: str, kind: int) -> list[object]:
    """A sentence of each row, and what varies in it in one of four ways."""
    numbers = np.array(rows, dtype=np.int64)
    varying = [
        Numerals(numbers),
        Coded(numbers, [str(n) for n in range(SIZE)]),
        Names.of([str(r) for r in rows]),
        [str(r) for r in rows],
    ][kind]
    return [text, varying, "."]


def filled(added: list[tuple[set[int], str, int]]) -> tuple[Page, list[str]]:
    """A page, and what is to stand on it."""
    page, right = Page(SIZE), [list[str]() for _ in range(SIZE)]
    for rows, text, kind in added:
        listed = sorted(rows)
        page.add(np.array(listed, dtype=np.int64), pieces(listed, text, kind))  # type: ignore[arg-type]
        for row in listed:
            right[row].append(f"{text}{row}.")
    return page, ["|".join(told) for told in right]


@given(ADDED)
def test_each_row_has_its_own_sentences_in_their_order(added: list[tuple[set[int], str, int]]) -> None:
    page, right = filled(added)
    assert page.texts("|") == right


@given(ADDED)
def test_no_row_has_two_sentences_in_one_slot(added: list[tuple[set[int], str, int]]) -> None:
    page, _ = filled(added)
    for slot in page.slots:
        places = np.concatenate([places for places, _ in slot])
        assert len(set(places.tolist())) == len(places)


def test_sentences_of_different_rows_share_a_slot() -> None:
    page = Page(4)
    page.add(np.array([0, 2]), "x")
    page.add(np.array([1]), "y")
    page.add(np.array([1, 3]), "z")
    assert [len(slot) for slot in page.slots] == [2, 1]
    assert page.texts(" ") == ["x", "y z", "x", "z"]


def test_a_page_of_nobody_is_empty() -> None:
    page = Page(0)
    page.add(np.array([], dtype=np.int64), "x")
    assert page.texts(" ") == []


def test_numerals_are_read_as_texts() -> None:
    numbers = Numerals(np.array([3, -1, 10]))
    assert list(numbers) == ["3", "-1", "10"]
    assert (len(numbers), numbers[1], list(numbers[1:])) == (3, "-1", ["-1", "10"])
