"""None of those who are tied at the line takes a seat (并列者均不入围,名额空缺)."""

from __future__ import annotations

from typing import Any

from scorekit.plugin import Award, Candidates, T, Text, hookimpl


def shrink(candidates: Candidates) -> tuple[Any, Text | None]:
    """Seats only for those above the shared rank; the rest of the seats stay empty."""
    tied = candidates.tied()
    taken = candidates.within() & ~tied
    if not tied.any():
        return taken, None
    return taken, T(
        "{count} units share rank {rank} at the line: none of them takes a seat; seats that stay empty: {empty} of {seats}",
        count=int(tied.sum()),
        rank=int(candidates.rank[tied][0]),
        empty=candidates.seats - int(taken.sum()),
        seats=candidates.seats,
    )


@hookimpl
def scorekit_awards() -> list[Award]:
    """Offer the award rule."""
    return [Award("shrink", shrink, "None of those who are tied at the line takes a seat; seats stay empty.")]
