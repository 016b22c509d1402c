"""Grade: a letter earns its share of the full marks."""

from __future__ import annotations

from scorekit_plugins.rules.grade import grade

from scorekit.plugin import Column, column
from tests.plugins.columns import points, table, whys


def test_a_grade_earns_its_share() -> None:
    shares = table(A=1, B=0.8, C=0.6)
    found = grade.function(Column.texts(["A", "B", "D", None]), points=column(5), shares=shares)
    assert (points(found), whys(found)) == ([5, 4, None, None], ["PRESENT", "PRESENT", "INVALID", "MISSING"])
    assert points(grade.function(Column.texts(["D"]), points=column(5), shares=shares, otherwise=column(0.2))) == [1]
