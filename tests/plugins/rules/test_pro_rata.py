"""Pro rata: a share of the task earns its share of the points."""

from __future__ import annotations

from scorekit_plugins.rules.pro_rata import pro_rata

from scorekit.plugin import column
from tests.plugins.columns import n, percent, points, whys


def test_a_share_of_the_task_earns_its_share_of_the_points() -> None:
    assert points(pro_rata.function(n(5, 10, 15, 0, None), n(10, 10, 10, 10, 10), points=column(4))) == [2, 4, 4, 0, None]
    assert points(pro_rata.function(percent(0.45, 0.9), None, points=column(5), full_at=column(0.9))) == [2.5, 5]


def test_nothing_to_be_done_is_not_applicable_and_missing_is_graver() -> None:
    found = pro_rata.function(n(0, None, 3), n(0, 0, None), points=column(4))
    assert whys(found) == ["NOT_APPLICABLE", "MISSING", "MISSING"]


def test_less_than_nothing_earns_nothing() -> None:
    assert points(pro_rata.function(n(-5), n(10), points=column(4))) == [0]
