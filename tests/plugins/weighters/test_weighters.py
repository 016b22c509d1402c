"""Weights drawn from the data: they add up to 1, do not depend on the order of units, and say what their method says."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.weighters.critic import critic
from scorekit_plugins.weighters.deviation import deviation
from scorekit_plugins.weighters.entropy import entropy
from scorekit_plugins.weighters.equal import equal
from scorekit_plugins.weighters.scaling import scaled, shared_out

from tests.plugins.columns import n, points

ALL = (equal, deviation, critic, entropy)
TABLES = st.integers(1, 3).flatmap(lambda k: st.lists(st.lists(st.integers(0, 20), min_size=k, max_size=k), min_size=1, max_size=6))


def weights(of: Any, rows: list[list[Any]], first: str = "high") -> list[float]:
    found = of.function([n(*column) for column in zip(*rows, strict=True)], [first] * len(rows[0]))
    return [float(w.listed()[0]) for w in found]


def ranged(column: list[Any]) -> list[float]:
    low, high = min(column), max(column)
    return [0.0 if low == high else (v - low) / (high - low) for v in column]


def slow_entropy(rows: list[list[Any]]) -> list[float]:
    told = []
    for column in map(ranged, map(list, zip(*rows, strict=True))):
        whole = sum(column)
        shares = [v / whole for v in column] if whole and len(column) > 1 else []
        told.append(1 + sum(p * math.log(p) for p in shares if p) / math.log(len(column)) if shares else 0.0)
    return [t / sum(told) if sum(told) else 1 / len(told) for t in told]


def slow_deviation(rows: list[list[Any]]) -> list[float]:
    told = []
    for column in map(ranged, map(list, zip(*rows, strict=True))):
        mean = sum(column) / len(column)
        told.append(math.sqrt(sum((v - mean) ** 2 for v in column) / len(column)))
    return [t / sum(told) if sum(told) else 1 / len(told) for t in told]


@pytest.mark.parametrize(("of", "slow"), [(entropy, slow_entropy), (deviation, slow_deviation)])
@given(rows=TABLES)
def test_it_is_what_a_slow_program_gives(of: Any, slow: Callable[[Any], list[float]], rows: list[list[Any]]) -> None:
    assert weights(of, rows) == pytest.approx(slow(rows), abs=1e-6)


@pytest.mark.parametrize("of", ALL, ids=lambda w: w.name)
@given(rows=TABLES, chance=st.randoms())
def test_weights_add_up_to_one_whatever_the_order_of_units(of: Any, rows: list[list[Any]], chance: Any) -> None:
    found = weights(of, rows)
    assert sum(found) == pytest.approx(1)
    assert min(found) >= 0
    mixed = rows[:]
    chance.shuffle(mixed)
    assert weights(of, mixed) == pytest.approx(found)


def test_an_item_in_which_all_are_alike_weighs_nothing() -> None:
    rows = [[5, 1], [5, 2], [5, 4]]
    assert [weights(w, rows)[0] for w in ALL] == [0.5, 0, 0, 0]


def test_where_nothing_varies_all_weigh_the_same() -> None:
    assert [weights(w, [[5, 1], [5, 1]]) for w in ALL] == [[0.5, 0.5]] * 4


def test_items_that_say_the_same_share_their_weight_by_conflict() -> None:
    """Two items in line with one another conflict only with the third, which conflicts with both."""
    found = weights(critic, [[1, 2, 9], [2, 4, 1], [3, 6, 5], [4, 8, 8]])
    assert found[0] == pytest.approx(found[1])
    assert found[2] > 0.45


def test_the_worst_end_may_be_the_higher() -> None:
    assert points(scaled(n(1, 3, 5), "low")) == [1, 0.5, 0]
    assert points(scaled(n(4, 4), "low")) == [0, 0]
    assert weights(deviation, [[1, 1], [2, 9]], "low") == weights(deviation, [[1, 1], [2, 9]])


def test_shares_add_up() -> None:
    assert [w.listed()[0] for w in shared_out([n(1), n(3)])] == [Fraction(1, 4), Fraction(3, 4)]
    assert [w.listed()[0] for w in shared_out([n(0), n(0)])] == [Fraction(1, 2)] * 2
