"""Penalty: one deduction where something is so, or is not."""

from __future__ import annotations

from scorekit_plugins.rules.penalty import penalty

from scorekit.plugin import Column, column
from tests.plugins.columns import points


def test_a_penalty_falls_where_something_is_so_or_is_not() -> None:
    of = Column.truths([True, False, None])
    assert points(penalty.function(of, deduct=column(2))) == [-2, 0, None]
    assert points(penalty.function(of, deduct=column(2), when=False)) == [0, -2, None]
