"""Formula: a section combined as the rubric itself says."""

from __future__ import annotations

from scorekit_plugins.aggregators.formula import scorekit_aggregators

from scorekit.catalogue import discover
from scorekit.compiling.planning import compile_plan
from scorekit.plugin import Column
from tests.building import NA, assessed, criterion, plain, rubric, section, totals, units
from tests.plugins.children import children
from tests.plugins.columns import n, points

(FORMULA,) = scorekit_aggregators()
FOUND = children(([5], 10, 1), ([7], 20, 1))


def test_the_figure_and_the_full_marks_are_those_of_the_formulas() -> None:
    earned, full = FORMULA.function(FOUND, points=n(3), full=Column.of(4))
    assert (points(earned), points(full)) == ([3], [4])


def test_without_a_formula_full_marks_are_added_up() -> None:
    assert points(FORMULA.function(FOUND, points=n(3))[1]) == [30]


def test_a_formula_reads_the_points_of_the_items_in_the_section() -> None:
    ours = section(
        {"a": criterion("mark", 10), "b": criterion("mark", 10)},
        aggregate={"formula": {"points": "points(a) * points(b) / 10", "full": 10}},
    )
    plan = compile_plan(rubric({"s": ours}), discover(third_party=False))
    found = assessed(plan, units(plan, {"s.a": [5, 10, NA], "s.b": [4, 10, 3]}))
    assert plain(found.sheet.sections["s"]) == [2, 10, None]
    assert totals(found)[:2] == [2, 10]


def test_a_formula_may_be_taken_over_all_the_items_of_the_section() -> None:
    items = {"a": criterion("mark", 10, weight=2), "b": criterion("mark", 10), "c": criterion("mark", 10)}
    columns = {"s.a": [5, 10, NA], "s.b": [4, 10, 3], "s.c": [3, 9, 1]}
    for text, expected in (
        ("best(children(s), points, 2)", [9, 20, 4]),
        ("sum(children(s), points * weight)", [17, 39, 4]),
        ("mean(children(s), rate) * 30", [12, 29, 6]),
    ):
        ours = section(items, aggregate={"formula": {"points": text, "full": 30}})
        plan = compile_plan(rubric({"s": ours}), discover(third_party=False))
        assert plain(assessed(plan, units(plan, columns)).sheet.sections["s"]) == expected
