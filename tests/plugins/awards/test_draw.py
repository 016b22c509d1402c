"""Draw: the tied take seats in the order of a public, seeded lot."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scorekit_plugins.awards.draw import scorekit_awards

from scorekit.plugin import Candidates, ScorekitError
from tests.plugins.candidates import candidates, every_line, note, taken

(DRAW,) = scorekit_awards()


def test_anyone_can_repeat_the_draw_with_the_seed_and_the_names() -> None:
    lots = sorted(["U2", "U3", "U4"], key=lambda name: hashlib.sha256(f"2026:{name}".encode()).hexdigest())
    found = candidates(1, 2, 2, 2, 5, seats=3, seed=2026)
    assert set(taken(DRAW, found)) == {"U1", *lots[:2]}
    assert note(DRAW, found) == "3 units share rank 2 at the line; seats drawn among them by the sha256 of “2026:name”, least first: 2"


def test_another_seed_is_another_draw_and_the_order_of_rows_is_none() -> None:
    winners = {tuple(taken(DRAW, candidates(1, 1, 1, 1, seats=2, seed=seed))) for seed in range(20)}
    assert len(winners) > 1
    turned = Candidates(np.array([1, 1, 1, 1]), ("U4", "U2", "U3", "U1"), 2, 7)
    assert sorted(taken(DRAW, turned)) == taken(DRAW, candidates(1, 1, 1, 1, seats=2, seed=7))


def test_exactly_as_many_seats_are_taken_as_there_are() -> None:
    for found in every_line((1, 1, 3, 3, 3, 6)):
        assert len(taken(DRAW, found)) == min(found.seats, 6)


def test_without_a_seed_nothing_is_drawn() -> None:
    assert taken(DRAW, candidates(1, 2, seats=1)) == ["U1"]
    with pytest.raises(ScorekitError, match="gives no seed"):
        DRAW.function(candidates(1, 1, seats=1))
