"""A tie at the line is left to people (并列名额由评选机构决定)."""

from __future__ import annotations

from typing import Any

from scorekit.plugin import Award, Candidates, T, Text, hookimpl


def refuse(candidates: Candidates) -> tuple[Any, Text | None]:
    """Seats for those above the shared rank; who of the tied takes the rest is not decided here."""
    tied = candidates.tied()
    taken = candidates.within() & ~tied
    if not tied.any():
        return taken, None
    return taken, T(
        "{count} units share rank {rank} at the line; seats left for them: {left}; decide among them, and say how in the notice",
        count=int(tied.sum()),
        rank=int(candidates.rank[tied][0]),
        left=candidates.seats - int(taken.sum()),
    )


@hookimpl
def scorekit_awards() -> list[Award]:
    """Offer the award rule."""
    return [Award("refuse", refuse, "A tie at the line is not decided: people must.")]
