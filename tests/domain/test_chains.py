"""Tie chains: places parted key by key as a plain program parts them; draws anyone can repeat."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.chains import Parting, Places, Ties, key_codes, lot, lots, outdone
from scorekit.domain.column import Column
from scorekit.domain.ordering import codes
from scorekit.domain.rubric import TieSpec

KEY = TieSpec("x", "high", "x", "#")


def ints(*values: int) -> Any:
    return np.array(values, dtype=np.int64)


def parted(groups: list[int], figure: list[int], *keys: tuple[TieSpec, list[int]]) -> Places:
    """Places by a figure (most first), then by keys."""
    places = Places.by(ints(*groups), -ints(*figure))
    for number, (spec, values) in enumerate(keys):
        rows = places.meant(spec, None)
        places.part(number, key_codes(spec, Column.numbers([values[r] for r in rows.tolist()])), rows)
    return places


def slowly(groups: list[int], figure: list[int], keys: list[tuple[TieSpec, list[int]]]) -> list[int]:
    """The same by comparing every two rows, key after key."""
    ahead = [[g == h and f > e for h, f in zip(groups, figure, strict=True)] for g, e in zip(groups, figure, strict=True)]
    ranks = [1 + sum(row) for row in ahead]
    for spec, values in keys:
        low, high = spec.places or (1, 10**9)
        before = list(ranks)
        for i, mine in enumerate(values):
            if not low <= before[i] <= high:
                continue
            for j, theirs in enumerate(values):
                better = theirs > mine if spec.first == "high" else theirs < mine
                ranks[i] += groups[j] == groups[i] and before[j] == before[i] and better
    return ranks


VALUES = st.integers(0, 2)
SPECS = st.builds(
    lambda first, places: TieSpec("x", first, "x", "#", places=places),
    st.sampled_from(["high", "low"]),
    st.sampled_from([None, (1, 1), (1, 3), (2, 2)]),
)


@given(st.data(), st.integers(0, 9))
def test_places_are_those_of_a_plain_program(data: st.DataObject, size: int) -> None:
    columns = st.lists(VALUES, min_size=size, max_size=size)
    groups, figure = data.draw(columns), data.draw(columns)
    keys = data.draw(st.lists(st.tuples(SPECS, columns), max_size=3))
    assert parted(groups, figure, *keys).ranks.tolist() == slowly(groups, figure, keys)


@given(st.data(), st.integers(1, 8))
def test_the_order_of_rows_never_matters(data: st.DataObject, size: int) -> None:
    columns = st.lists(VALUES, min_size=size, max_size=size)
    groups, figure, first = data.draw(columns), data.draw(columns), data.draw(columns)
    order = data.draw(st.permutations(range(size)))
    whole = parted(groups, figure, (KEY, first))
    moved = parted([groups[i] for i in order], [figure[i] for i in order], (KEY, [first[i] for i in order]))
    assert moved.ranks.tolist() == whole.ranks[list(order)].tolist()
    assert moved.parted.tolist() == whole.parted[list(order)].tolist()


@given(st.data(), st.integers(1, 9))
def test_keys_that_are_for_every_tie_part_it_at_once_as_they_do_one_by_one(data: st.DataObject, size: int) -> None:
    columns = st.lists(VALUES, min_size=size, max_size=size)
    groups, figure = ints(*data.draw(columns)), ints(*data.draw(columns))
    keys = [ints(*k) for k in data.draw(st.lists(columns, min_size=1, max_size=3))]
    in_turn, needed = Places.by(groups, figure), 0
    for number, key in enumerate(keys):
        rows = in_turn.meant(KEY, None)
        needed += len(rows) > 0
        in_turn.part(number, key[rows], rows)
    found = Places.in_turn(groups, figure, keys)
    assert found is not None
    together, asked = found
    assert asked == needed
    assert together.starts.tolist() == in_turn.starts.tolist()
    assert together.slots.tolist() == in_turn.slots.tolist()
    assert together.parted.tolist() == in_turn.parted.tolist()
    assert together.tied().tolist() == in_turn.tied().tolist()


def test_keys_too_great_for_one_number_are_left_to_part_one_by_one() -> None:
    assert Places.in_turn(ints(0, 0), ints(5, 5), [ints(-(2**61), 2**61)]) is None


def test_the_key_that_set_a_row_apart_from_the_next_better_one_is_known() -> None:
    places = parted([0] * 5, [9, 9, 9, 9, 5], (KEY, [2, 1, 1, 1, 0]), (KEY, [0, 3, 2, 2, 0]))
    assert places.ranks.tolist() == [1, 2, 3, 3, 5]
    assert places.parted.tolist() == [-1, 0, 1, 1, -1]


def test_a_key_with_a_condition_is_for_ties_in_which_all_meet_it() -> None:
    places = Places.by(ints(0, 0, 0, 0), -ints(9, 9, 5, 5))
    assert places.meant(KEY, np.array([True, False, True, True])).tolist() == [2, 3]
    assert places.meant(KEY, None).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("spec", "values", "expected"),
    [
        (KEY, ["0.15", "0.14", None], [1, 2, 3]),
        (TieSpec("x", "high", "x", "#", decimals=1), ["0.15", "0.24", "0.14"], [1, 1, 3]),
        (TieSpec("x", "low", "x", "#", decimals=0), ["0.4", "0.2", "0.5"], [1, 1, 3]),
    ],
)
def test_values_are_compared_at_the_stated_digits_and_a_blank_comes_last(
    spec: TieSpec, values: list[str | None], expected: list[int]
) -> None:
    column = Column.numbers([None if v is None else Fraction(v) for v in values])
    assert Places.by(ints(0, 0, 0), key_codes(spec, column)).ranks.tolist() == expected


# -------------------------------------------------------------------- draws


@given(st.lists(st.text(max_size=4), min_size=1, max_size=8, unique=True), st.text(max_size=5), st.data())
def test_a_draw_is_a_permutation_that_no_order_of_rows_changes(keys: list[str], seed: str, data: st.DataObject) -> None:
    try:
        found = lots(seed, keys).tolist()
    except UnicodeEncodeError:
        return
    assert sorted(found) == list(range(len(keys)))
    moved = data.draw(st.permutations(keys))
    again = dict(zip(moved, lots(seed, moved).tolist(), strict=True))
    assert [again[k] for k in keys] == found


def test_anyone_can_repeat_a_draw() -> None:
    assert lot("2026", "甲厂") == hashlib.sha256("2026:甲厂".encode()).hexdigest()
    drawn = sorted(["甲", "乙", "丙"], key=lambda k: hashlib.sha256(f"7:{k}".encode()).hexdigest())
    assert [drawn.index(k) for k in ("甲", "乙", "丙")] == lots("7", ["甲", "乙", "丙"]).tolist()


# -------------------------------------------------------------------- who was parted from whom


def test_neighbours_of_the_same_figure_are_found_on_both_sides() -> None:
    values = [3, 2, 2, 1]
    places = parted([0] * 4, [9] * 4, (KEY, values))
    found = Parting(ints(10, 11, 12, 13), places, ((KEY, Column.numbers(values)),), np.zeros(4, dtype=bool))
    assert (found.above(10), [r.tolist() for r in (found.behind(10) or (0, ints()))[1:]]) == (None, [[11, 12]])
    assert (found.above(13) or (9, ints()))[1].tolist() == [11, 12]
    assert (found.above(12) or (9, ints()))[0] == 0
    assert found.behind(13) is None
    assert (found.value(0, 13) or Column.of(0)).listed() == [1]


def test_units_that_are_not_ranked_or_of_another_figure_have_no_neighbours() -> None:
    places = parted([0, 0], [9, 8])
    found = Parting(ints(1, 3), places, (), np.zeros(2, dtype=bool))
    assert (found.above(2), found.behind(2), found.above(3), found.behind(1)) == (None, None, None, None)
    assert found.undecided(2).tolist() == found.undecided(1).tolist() == []


def test_those_whom_a_run_off_left_undecided_name_one_another() -> None:
    found = Parting(ints(4, 5, 6), parted([0] * 3, [9, 9, 8]), (), np.array([True, True, False]))
    assert (found.undecided(4).tolist(), found.undecided(5).tolist(), found.undecided(6).tolist()) == ([5], [4], [])


def test_codes_of_a_figure_are_whole_numbers() -> None:
    assert codes(Column.numbers([2, 1]), True).tolist() == [-2, -1]


# -------------------------------------------------------------------- tied units compared with each other


def test_a_name_is_among_those_tied_however_it_is_written_and_nobody_is_who_shares_no_place() -> None:
    ties = Ties(np.array([0, 0, -1, 4]), {"甲1": 0, "乙": 0, "丁": 4}, {})
    named = Column.texts(["甲１", "丙", None, "丁", "丁"])
    found = ties.among(named, np.array([1, 1, 0, 2, 3]))
    assert found.listed() == [True, False, None, False, True]


@given(st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(-2, 2))), max_size=8))
def test_outdone_are_those_of_the_same_place_with_a_lower_value(rows: list[tuple[int, int | None]]) -> None:
    found = outdone(np.array([s for s, _ in rows], dtype=np.int64), Column.numbers([v for _, v in rows]))
    for i, (slot, value) in enumerate(rows):
        if value is not None:
            assert found[i] == sum(s == slot and v is not None and v < value for s, v in rows)
