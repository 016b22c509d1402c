"""All who are tied at the line take a seat (并列者全部入围,名额相应增加)."""

from __future__ import annotations

from typing import Any

from scorekit.plugin import Award, Candidates, T, Text, hookimpl


def expand(candidates: Candidates) -> tuple[Any, Text | None]:
    """Seats for everyone up to the rank at the line."""
    tied = candidates.tied()
    taken = candidates.within() | tied
    if not tied.any():
        return taken, None
    return taken, T(
        "{count} units share rank {rank} at the line: all take a seat, so that {taken} are taken instead of {seats}",
        count=int(tied.sum()),
        rank=int(candidates.rank[tied][0]),
        taken=int(taken.sum()),
        seats=candidates.seats,
    )


@hookimpl
def scorekit_awards() -> list[Award]:
    """Offer the award rule."""
    return [Award("expand", expand, "All who are tied at the line take a seat.")]
