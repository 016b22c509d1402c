"""Sum: what applies is added up."""

from __future__ import annotations

from scorekit_plugins.aggregators.sum import added, scorekit_aggregators

from scorekit.plugin import Children
from tests.plugins.children import NA, children, combined
from tests.plugins.columns import whys

(SUM,) = scorekit_aggregators()


def test_points_and_full_marks_are_added_up() -> None:
    assert SUM.name == "sum"
    assert combined(SUM, children(([1, 2], 5, 1), ([0.5, 3], 4, 1))) == ([1.5, 5], [9, 9])


def test_what_does_not_apply_counts_on_neither_side() -> None:
    found = children(([1, NA, NA], 5, 1), ([2, 3, NA], 4, 1))
    assert combined(SUM, found) == ([3, 3, None], [9, 4, None])
    assert whys(SUM.function(found)[0]) == ["PRESENT", "PRESENT", "NOT_APPLICABLE"]


def test_a_section_of_nothing_does_not_apply() -> None:
    assert whys(added(())) == ["NOT_APPLICABLE"]
    assert combined(SUM, Children((), (), (), ())) == ([None], [None])
