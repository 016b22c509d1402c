"""Published result tables, written as rubrics from the documentation alone, come out with the official figures."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import scorekit

HERE = Path(__file__).parent
NAMES = sorted(p.parent.name for p in HERE.glob("*/rubric.json"))


@cache
def evaluated(name: str) -> scorekit.Result:
    """The published inputs under the table's own rules."""
    folder = HERE / name
    [units] = [p for p in (folder / "units", *folder.glob("units.*")) if p.exists()]
    notice = folder / "notice.json"
    return scorekit.evaluate(units, scorekit.load_rubric(folder / "rubric.json"), notice=notice if notice.exists() else None)


@cache
def official(name: str) -> dict[str, dict[str, Any]]:
    """What was published: for each figure of the standings the value by unit; under ``points`` the points by criterion."""
    found: dict[str, dict[str, Any]] = json.loads((HERE / name / "official.json").read_text(encoding="utf-8"))
    return found


def same(found: Any, wanted: str) -> bool:
    """Whether a figure is the published one; numbers at the digits that were published."""
    if pd.isna(found):
        return wanted == ""
    try:
        published = Decimal(wanted)
    except ArithmeticError:
        return str(found) == wanted
    return Decimal(repr(float(found))).quantize(published) == published


@pytest.mark.parametrize("name", NAMES)
def test_every_official_figure_comes_out(name: str) -> None:
    result, table = evaluated(name), official(name)
    standings = result.standings.set_index("unit")
    wrong = [
        f"{unit}: {figure} {standings.loc[unit, figure]}, published {value}"
        for figure, by_unit in table.items()
        if figure != "points"
        for unit, value in by_unit.items()
        if not same(standings.loc[unit, figure], value)
    ]
    assert wrong == []
    assert len(standings) >= max(len(by_unit) for by_unit in table.values())


@pytest.mark.parametrize("name", [n for n in NAMES if "points" in official(n)])
def test_every_official_item_comes_out(name: str) -> None:
    result, wrong = evaluated(name), []
    for unit, items in official(name)["points"].items():
        for criterion, value in items.items():
            found = result.exact(unit, criterion)
            if found is None or not same(float(found), value):
                wrong.append(f"{unit}: {criterion} {found}, published {value}")
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_table_names_its_source(name: str) -> None:
    assert "来源" in (HERE / name / "README.md").read_text(encoding="utf-8")
