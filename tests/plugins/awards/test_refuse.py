"""Refuse: a tie at the line is not decided by the tool."""

from __future__ import annotations

from scorekit_plugins.awards.refuse import scorekit_awards

from tests.plugins.candidates import candidates, note, taken

(REFUSE,) = scorekit_awards()


def test_who_of_the_tied_takes_a_seat_is_left_to_people() -> None:
    found = candidates(1, 2, 2, 4, seats=2)
    assert taken(REFUSE, found) == ["U1"]
    assert note(REFUSE, found) == ("2 units share rank 2 at the line; seats left for them: 1; decide among them, and say how in the notice")


def test_without_a_tie_there_is_nothing_to_decide() -> None:
    assert taken(REFUSE, candidates(1, 2, 3, seats=2)) == ["U1", "U2"]
    assert note(REFUSE, candidates(1, 2, 3, seats=2)) == ""
