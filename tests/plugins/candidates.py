"""Candidates at the cut line, and who of them takes a seat."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorekit.plugin import Award, Candidates, Text
from scorekit.words import say


def candidates(*ranks: int, seats: int, seed: int | None = None) -> Candidates:
    """Units called U1, U2, … with these ranks, best first."""
    return Candidates(np.array(ranks, dtype=np.int64), tuple(f"U{i + 1}" for i in range(len(ranks))), seats, seed)


def taken(award: Award, found: Candidates) -> list[str]:
    """The names of those who take a seat."""
    rows, _ = award.function(found)
    assert len(rows) == len(found.names)
    return [name for name, row in zip(found.names, rows.tolist(), strict=True) if row]


def note(award: Award, found: Candidates) -> str:
    """What the policy says that it did, in English; nothing where there was no tie."""
    _, text = award.function(found)
    assert text is None or isinstance(text, Text)
    return "" if text is None else say(text, "en")


def every_line(ranks: tuple[int, ...]) -> list[Any]:
    """The same units at every possible number of seats."""
    return [candidates(*ranks, seats=seats, seed=2026) for seats in range(len(ranks) + 2)]
