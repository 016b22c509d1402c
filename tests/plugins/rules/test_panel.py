"""Panel: the figure of the marks that are left, by roles, as points or as a share of them."""

from __future__ import annotations

from scorekit_plugins.rules.panel import panel

from scorekit.plugin import ByRole, Panel, Rounding, column
from tests.plugins.columns import n, points, table, whys

MARKS = Panel(("甲", "乙", "丙", "丁"), (n(100, 80), n(90, None), n(81, 90), n(0, 100)), ("专家", "专家", "群众", "群众"))


def test_without_out_of_the_figure_is_the_points() -> None:
    found = panel.function(MARKS, points=column(10))
    assert (points(found), found.value.listed()) == ([67.75, 90], found.points.listed())
    assert points(panel.function(MARKS, points=column(10), how="sum", multiplier=column(2))) == [542, 540]
    assert points(panel.function(MARKS, points=column(10), how="median")) == [85.5, 90]


def test_ends_are_dropped_each_by_itself_and_the_marks_that_counted_are_told() -> None:
    found = panel.function(MARKS, points=column(10), drop_low=1, out_of=column(100))
    assert [p and float(round(p, 4)) for p in found.points.listed()] == [9.0333, 9.5]
    assert found.kept().tolist() == [[True, True, True, False], [False, False, True, True]]
    assert whys(panel.function(MARKS, points=column(10), drop=1, drop_high=1)) == ["PRESENT", "TOO_FEW"]
    assert whys(panel.function(MARKS, points=column(10), fewest=4)) == ["PRESENT", "TOO_FEW"]


def test_the_figure_is_rounded_where_it_is_said_and_goes_on_rounded() -> None:
    found = panel.function(MARKS, points=column(10), drop_low=1, out_of=column(100), mean_decimals=Rounding(1))
    assert (points(found), points(found.value)) == ([9.03, 9.5], [90.3, 95])
    assert points(panel.function(MARKS, points=column(10), drop_low=1, mean_decimals=Rounding(0, "ceiling"))) == [91, 95]


def test_roles_are_weighted_and_a_role_without_a_mark_may_leave_it_undone() -> None:
    weights = ByRole({"专家": column(3), "群众": column(1)})
    gone = Panel(MARKS.raters, (n(100, 80), n(90, None), n(80, None), n(0, None)), MARKS.roles)
    assert points(panel.function(gone, points=column(10), weights=weights)) == [81.25, 80]
    assert whys(panel.function(gone, points=column(10), weights=weights, role_missing="incomplete")) == ["PRESENT", "MISSING"]


def test_grades_stand_for_numbers() -> None:
    from scorekit.plugin import Column

    marks = Panel(("甲", "乙"), (Column.texts(["优", "中"]), Column.texts(["良", None])))
    found = panel.function(marks, points=column(10), grades=table(优=95, 良=85))
    assert (points(found), whys(found)) == ([90, None], ["PRESENT", "INVALID"])
