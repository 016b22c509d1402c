"""Tables as they were read: where each value stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorekit.domain.intake import RawTable
from scorekit.domain.tables import Origin
from scorekit.stages.validate import validate
from tests.building import NUMBER, criterion, plan_of

SHEET = RawTable({"单位": ["甲", "乙"], "a": [1, 2]}, ("x.csv",), (0, 0), (3, 4), "表", {"单位": "A", "a": "B"})
JSON = RawTable({"单位": ["甲", "乙"], "a": [1, 2]}, ("x.json",), (0, 0), (0, 2))


@pytest.mark.parametrize(
    ("table", "row", "header", "path", "wanted"),
    [
        (SHEET, 1, "a", "part.a", "x.csv#表!B4"),
        (SHEET, 1, "lacking", "part.lacking", "x.csv#表!/part/lacking"),
        (JSON, 0, "a", "part.a", "x.json#/part/a"),
        (JSON, 1, "a", "marks@评委1", "x.json#/2/marks/评委1"),
        (JSON, 1, "own:part.a", "own:part.a", "x.json#/2/own:part.a"),
    ],
)
def test_a_value_has_its_cell_or_its_pointer(table: RawTable, row: int, header: str, path: str, wanted: str) -> None:
    assert table.origin(row, header, path).text == wanted


@pytest.mark.parametrize("named", ["a", "part.a"])
def test_what_came_from_another_table_keeps_its_place(named: str) -> None:
    there = Origin("y.csv", "", "D9")
    table = replace(SHEET, elsewhere={named: {1: there}})
    assert table.origin(1, "a", "part.a") == there
    assert table.origin(0, "a", "part.a").cell == "B3"


@pytest.mark.parametrize("table", [SHEET, JSON], ids=["sheet", "json"])
def test_the_place_is_the_one_that_is_told_of_the_unit(table: RawTable) -> None:
    found, _ = validate(plan_of({"a": criterion("mark", 9, field=NUMBER)}), table)
    for row in range(2):
        assert found.source(row, ["a"]) == table.origin(row, "a", "a").text
