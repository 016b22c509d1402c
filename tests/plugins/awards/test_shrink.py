"""Shrink: none of those who are tied at the line takes a seat."""

from __future__ import annotations

from scorekit_plugins.awards.shrink import scorekit_awards

from tests.plugins.candidates import candidates, note, taken

(SHRINK,) = scorekit_awards()


def test_none_of_those_who_are_tied_at_the_line_takes_a_seat() -> None:
    found = candidates(1, 2, 2, 2, seats=3)
    assert taken(SHRINK, found) == ["U1"]
    assert note(SHRINK, found) == "3 units share rank 2 at the line: none of them takes a seat; seats that stay empty: 2 of 3"


def test_without_a_tie_at_the_line_every_seat_is_taken() -> None:
    assert taken(SHRINK, candidates(1, 1, 3, seats=2)) == ["U1", "U2"]
    assert note(SHRINK, candidates(1, 1, 3, seats=2)) == ""
