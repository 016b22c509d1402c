"""Weights of a section's children, drawn from the whole population: who counts, what is recorded, and that it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from scorekit.compiling.planning import compile_plan
from scorekit.domain.column import Column
from scorekit.domain.making import making
from scorekit.domain.printing import plain as plain_text
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.tables import ScoreSheet
from scorekit.domain.weighing import recalled_weights
from scorekit.errors import PluginError
from scorekit.plugin import weighter
from tests.building import assessed, catalogue, criterion, plain, rubric, said, section, units


@weighter(says={"zh": "按合计", "en": "by sums"})
def by_sum(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """Each column's sum as a share of all."""
    sums = [sum((v for v in c.listed()), 0) for c in columns]  # type: ignore[misc]
    return [Column.of(s) / sum(sums) for s in sums]  # type: ignore[arg-type]


@weighter(says={"zh": "坏的", "en": "broken"})
def broken(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """One weight too few."""
    return []


def plan(properties: dict[str, Any], **frame: Any) -> Any:
    known = replace(catalogue(), weighters={w.name: replace(w, plugin="tests") for w in (by_sum, broken)})
    return compile_plan(rubric(properties, **frame), known)


def two(**more: Any) -> dict[str, Any]:
    return {"s": section({"a": criterion(), "b": criterion()}, weights="by-sum", **more)}


COLUMNS = {"s.a": [2, 4, 9], "s.b": [6, 8, None]}


def test_the_children_are_weighed_by_the_units_that_have_points_for_all_of_them() -> None:
    """6 and 14 of those two that have both: weights 0.3 and 0.7; a weighted mean unless the rubric says otherwise."""
    shape = {"s": section({"a": criterion(missing="incomplete"), "b": criterion(missing="incomplete")}, weights="by-sum")}
    found = assessed(plan(shape), units(plan(shape), COLUMNS))
    assert plain(found.sheet.sections["s"]) == [4.8, 6.8, None]
    assert found.population["weights:s"] == {
        "title": "s",
        "over": "by-sum",
        "groups": [{"group": ["s.a"], "n": 2, "value": "0.3"}, {"group": ["s.b"], "n": 2, "value": "0.7"}],
    }


def test_sections_are_weighed_as_criteria_are_and_so_is_the_total() -> None:
    shape = {"s": section({"a": criterion()}), "t": section({"b": criterion()})}
    wanted = plan(shape, total={"weights": "by-sum"})
    found = assessed(wanted, units(wanted, {"s.a": [2, 4], "t.b": [6, 8]}))
    assert plain(found.sheet.totals["total"]) == [4.8, 6.8]


def test_categories_with_the_same_children_are_weighed_together_and_others_apart() -> None:
    variants = {"乙": {"title": "乙"}, "丙": {"criteria": {"s.b": None}}}
    wanted = plan(two(), categories=["甲", "乙", "丙"], variants=variants)
    columns = {"category": ["甲", "乙", "丙"], "s.a": [2, 4, 9], "s.b": [6, 8, None]}
    found = assessed(wanted, units(wanted, columns))
    assert plain(found.sheet.sections["s"]) == [4.8, 6.8, 9]


def test_nobody_to_weigh_by_leaves_the_section_without_a_figure() -> None:
    shape = {"s": section({"a": criterion(missing="incomplete"), "b": criterion(missing="incomplete")}, weights="by-sum")}
    found = assessed(plan(shape), units(plan(shape), {"s.a": [1, None], "s.b": [None, 1]}))
    assert plain(found.sheet.sections["s"]) == [None, None]
    assert [g["n"] for g in found.population["weights:s"]["groups"]] == [0, 0]


def test_recorded_weights_come_back_for_a_unit_alone() -> None:
    wanted = plan(two())
    found = assessed(wanted, units(wanted, COLUMNS))
    alone = recalled_weights(wanted, units(wanted, {"s.a": [1]}), ScoreSheet(1), wanted.tracks[0].weighings[0].step, found.population)
    assert [plain(alone.population[f"weight:s.{k}"])[0] for k in "ab"] == plain(found.sheet.population["weight:s.a"])[:1] + plain(
        found.sheet.population["weight:s.b"]
    )[:1]


def test_a_weighter_that_breaks_its_contract_is_named() -> None:
    wanted = plan({"s": section({"a": criterion(), "b": criterion()}, weights="broken")})
    with pytest.raises(PluginError) as caught:
        assessed(wanted, units(wanted, {"s.a": [1], "s.b": [2]}))
    assert said(caught.value.what) == "the weighter broken of the plugin tests failed: it must return one number for each column"


def test_the_weights_that_were_drawn_are_shown_beside_the_points() -> None:
    wanted = plan(two())
    found = assessed(wanted, units(wanted, {"s.a": [2, 4], "s.b": [6, 8]}))
    scope = TrackScope(wanted.tracks[0], found.submissions.take([0]), found.sheet.take([0]))
    section_ = next(s for s in wanted.tracks[0].sections if s.spec.path == "s")
    [line] = [said(text) for text in making(section_, scope, Speaker(wanted.tracks[0], "en"), lambda c: plain_text(c)[0])]
    assert line.endswith("s.a 2 × 0.3, s.b 6 × 0.7")
