"""Mark: points count as they were entered."""

from __future__ import annotations

from scorekit_plugins.rules.mark import mark

from tests.plugins.columns import n, points


def test_a_mark_counts_as_it_was_entered() -> None:
    assert points(mark.function(n(3.5, None))) == [3.5, None]
