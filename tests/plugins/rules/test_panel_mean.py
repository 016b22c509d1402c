"""Panel mean: the mean of the marks without the ends."""

from __future__ import annotations

from scorekit_plugins.rules.panel_mean import panel_mean

from scorekit.plugin import Panel, column
from tests.plugins.columns import n, points, whys


def test_a_panels_trimmed_mean_is_a_share_of_the_points() -> None:
    panel = Panel(("甲", "乙", "丙", "丁"), (n(100, 80), n(90, None), n(80, 90), n(0, 100)))
    found = panel_mean.function(panel, points=column(10))
    assert (points(found), found.value.listed()) == ([8.5, 9], [85, 90])
    assert points(panel_mean.function(panel, points=column(10), out_of=column(50), drop=0, fewest=4)) == [13.5, None]
    assert whys(panel_mean.function(panel, points=column(10), drop=1, fewest=4)) == ["PRESENT", "TOO_FEW"]
