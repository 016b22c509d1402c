"""Expand: all who are tied at the line take a seat."""

from __future__ import annotations

from scorekit_plugins.awards.expand import scorekit_awards

from tests.plugins.candidates import candidates, note, taken

(EXPAND,) = scorekit_awards()


def test_all_who_are_tied_at_the_line_take_a_seat() -> None:
    assert taken(EXPAND, candidates(1, 2, 2, 2, 5, seats=2)) == ["U1", "U2", "U3", "U4"]
    assert note(EXPAND, candidates(1, 2, 2, 2, 5, seats=2)) == (
        "3 units share rank 2 at the line: all take a seat, so that 4 are taken instead of 2"
    )


def test_a_tie_that_the_line_does_not_cut_changes_nothing() -> None:
    assert taken(EXPAND, candidates(1, 2, 2, 4, seats=3)) == ["U1", "U2", "U3"]
    assert note(EXPAND, candidates(1, 2, 2, 4, seats=3)) == ""


def test_more_seats_than_units_and_none_at_all() -> None:
    assert taken(EXPAND, candidates(1, 1, seats=5)) == ["U1", "U2"]
    assert taken(EXPAND, candidates(1, 1, seats=0)) == []
    assert taken(EXPAND, candidates(seats=2)) == []
