"""Columns put on the scale from worst to best, and raw weights made to add up to 1."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Column, best_of, column


def scaled(of: Column, first: str) -> Column:
    """(value − worst) ÷ (best − worst); 0 for all where they do not vary."""
    best, worst = best_of(of, "high" if first == "high" else "low"), best_of(of, "low" if first == "high" else "high")
    spread = best - worst
    return of * 0 if bool((spread == 0).values[0]) else (of - worst) / spread


def shared_out(raw: Sequence[Column]) -> list[Column]:
    """Each weight as a share of all; equal shares where all are 0."""
    whole = sum(raw, column(0))
    if bool((whole == 0).values[0]):
        return [column(1) / len(raw) for _ in raw]
    return [weight / whole for weight in raw]
