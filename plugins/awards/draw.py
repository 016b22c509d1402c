"""A public draw among those who are tied at the line (并列者按公开种子抽签)."""

from __future__ import annotations

import hashlib
from typing import Any

from scorekit.plugin import Award, Candidates, ScorekitError, T, Text, hookimpl


def draw(candidates: Candidates) -> tuple[Any, Text | None]:
    """Seats for those above the shared rank; the tied follow in the order of the sha256 of ``seed:name``.

    Anyone can repeat it from the notice's seed and the names. Raises ScorekitError where there is a tie and no seed.
    """
    tied = candidates.tied()
    taken = candidates.within() & ~tied
    if not tied.any():
        return taken, None
    if candidates.seed is None:
        what = T("the notice asks for a draw among {count} tied units and gives no seed", count=int(tied.sum()))
        raise ScorekitError(what, "/categories", T('give a public whole number as "seed" beside "tie"'))
    left = candidates.seats - int(taken.sum())
    order = sorted(tied.nonzero()[0].tolist(), key=lambda row: _lot(candidates.seed, candidates.names[row]))
    taken[order[:left]] = True
    return taken, T(
        "{count} units share rank {rank} at the line; seats drawn among them by the sha256 of “{seed}:name”, least first: {left}",
        count=int(tied.sum()),
        rank=int(candidates.rank[tied][0]),
        left=left,
        seed=candidates.seed,
    )


def _lot(seed: int | None, name: str) -> str:
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


@hookimpl
def scorekit_awards() -> list[Award]:
    """Offer the award rule."""
    return [Award("draw", draw, "A seeded public draw among those who are tied at the line.")]
