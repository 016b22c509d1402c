"""Mark: points count as they were entered."""

from __future__ import annotations

from scorekit_plugins.rules.discretion import discretion
from scorekit_plugins.rules.mark import mark

from tests.plugins.columns import n, points


def test_a_mark_counts_as_it_was_entered() -> None:
    assert points(mark.function(n(3.5, None))) == [3.5, None]


def test_the_wording_of_what_people_gave_says_it_once() -> None:
    assert (mark.says["zh"], discretion.says["zh"]) == ("按{of}计分", "按{of}计分")
