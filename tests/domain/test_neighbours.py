"""Neighbours in a ranking of many units: groups, the boundaries between them in words, and who is named of many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.chains import Parting, Places
from scorekit.domain.column import Column
from scorekit.domain.neighbours import Neighbours, objects
from scorekit.domain.roll import Names
from scorekit.domain.rubric import TieSpec
from scorekit.domain.ties import tie_sentences
from scorekit.words import spelt
from tests.building import said


def parting(figure: list[int], key: list[int], blank: list[bool] | None = None, rows: Any = None, how: Any = "value") -> Parting:
    """Units with a figure, whose ties one key parts."""
    index = np.arange(len(figure)) if rows is None else np.array(rows)
    places = Places.by(np.zeros(len(figure), dtype=np.int64), np.array(figure, dtype=np.int64))
    tied = np.flatnonzero(places.tied())
    places.part(0, np.array(key, dtype=np.int64)[tied], tied)
    spec = TieSpec("n", "low", "人数", "#", how=how)
    return Parting(index, places, ((spec, None if how == "draw" else Column.numbers(key)),), np.array(blank or [False] * len(figure)))


def told(found: Neighbours, rows: list[int]) -> list[list[str]]:
    """The sentences of each of some units."""
    texts: list[list[str]] = [[] for _ in rows]
    for places, pieces in found.told(np.array(rows, dtype=np.int64), "en"):
        for place, sentence in zip(places.tolist(), spelt(pieces, len(places)), strict=True):
            texts[place].append(sentence)
    return texts


def test_groups_are_numbered_in_the_order_of_their_places() -> None:
    found = Neighbours(parting([2, 1, 2, 1], [5, 0, 4, 0], rows=[1, 3, 4, 6]), Names.of(list("abcdefg")))
    assert found.group.tolist() == [-1, 2, -1, 0, 1, -1, 0]
    assert found.key.tolist() == [-1, -1, 0, -1]
    assert found.bounds.tolist() == [0, 2, 3, 4]


def test_both_sides_of_a_boundary_are_told() -> None:
    found = Neighbours(parting([1, 1, 1], [3, 4, 3]), Names.of(["丙", "乙", "甲"]))
    after, before = "equal to 丙, 甲: after them by “人数” (4, theirs 3)", "equal to 乙: before them by “人数” (3, theirs 4)"
    assert told(found, [0, 1, 2]) == [[before], [after], [before]]
    assert told(found, [1]) == [[after]]


def test_a_draw_has_no_values() -> None:
    found = Neighbours(parting([1, 1], [1, 0], how="draw"), Names.of(["甲", "乙"]))
    assert told(found, [0, 1]) == [["equal to 乙: drawn after them (seed “n”)"], ["equal to 甲: drawn before them (seed “n”)"]]


@pytest.mark.parametrize(("size", "others"), [(2, "b"), (4, "b, c, d"), (5, "b, c, d and others, 4 in all")])
def test_of_those_who_share_a_place_all_others_are_meant(size: int, others: str) -> None:
    found = Neighbours(parting([1] * size, [0] * size, [True] * size), Names.of(list("abcde")[:size]))
    assert told(found, [0])[0] == [f"shares its place with {others}: the run-off has no result yet"]


def test_nobody_without_a_place_is_told_of_one() -> None:
    found = Neighbours(parting([1, 1], [1, 0], rows=[1, 2]), Names.of(list("abcd")))
    assert [len(t) for t in told(found, [0, 1, 2, 3])] == [0, 1, 1, 0]
    assert told(found, []) == []


def test_a_ranking_of_nobody_tells_nothing() -> None:
    found = Neighbours(parting([], []), Names.of(["a"]))
    assert told(found, [0]) == [[]]


few = st.integers(0, 2)


@given(st.lists(st.tuples(few, few, st.booleans(), st.text(st.sampled_from("甲乙ab"), min_size=1, max_size=9)), max_size=12))
def test_each_is_told_what_it_is_told_alone(units: list[tuple[int, int, bool, str]]) -> None:
    """Also of neighbours who bear the same name."""
    figure, key, blank, names = ([u[i] for u in units] for i in range(4))
    ranking, unit = parting(figure, key, blank), Names.of(names)  # type: ignore[arg-type]
    rows = list(range(len(units)))[::-1]
    assert told(Neighbours(ranking, unit), rows) == [[said(t) for t in tie_sentences(ranking, names, row)] for row in rows]  # type: ignore[arg-type]


def test_texts_of_any_length_are_an_array_to_pick_from() -> None:
    assert objects(["a", "甲乙" * 9])[[1, 0, 0]].tolist() == ["甲乙" * 9, "a", "a"]
