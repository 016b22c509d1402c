"""comparison.csv and .parquet: written only where own or first scores were given, and both hold the same rows."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scorekit_plugins.exporters import comparison, parquet, tables

from scorekit.domain.column import Column
from scorekit.domain.outputs import Outcome
from tests.outcomes import UNITS, small_outcome


def scored() -> Outcome:
    """The small outcome with own scores of two items, a first score of one of them, and an own total."""
    found, size = small_outcome(), len(UNITS)
    own = {
        "own:organisation.membership": Column.numbers([5, 4, None, 3, None, Decimal("4.25")]),
        "first:organisation.membership": Column.numbers([None, 5, *[None] * (size - 2)]),
        "own:rights.contracts": Column.numbers([6] * size),
        "own:": Column.numbers([15, *[None] * (size - 1)]),
    }
    return replace(found, submissions=found.submissions.having(own))


def test_without_scores_there_is_no_such_file(tmp_path: Path) -> None:
    assert "comparison.csv" not in tables.write(small_outcome(), tmp_path)


def test_the_csv_has_a_line_for_each_unit_and_item_with_a_score(tmp_path: Path) -> None:
    assert tables.write(scored(), tmp_path)[-1] == "comparison.csv"
    assert (tmp_path / "comparison.csv").read_bytes().startswith(b"\xef\xbb\xbfunit,criterion,own,first,points,difference\n")
    with open(tmp_path / "comparison.csv", encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 4 + 6 + 1
    sizes = [abs(Decimal(r["difference"])) if r["difference"] else Decimal(-1) for r in found]
    assert sizes == sorted(sizes, reverse=True)
    for row in found:
        if row["difference"]:
            assert Decimal(row["points"]) - Decimal(row["own"]) == Decimal(row["difference"])
    assert {r["unit"].lstrip("'") for r in found} == set(UNITS)
    assert [r["own"] for r in found if not r["criterion"]] == ["15"]


def test_both_files_hold_the_same_rows_whatever_the_size_of_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(comparison, "BLOCK", 3)
    monkeypatch.setattr(parquet, "ROW_GROUP", 4)
    tables.write(scored(), tmp_path)
    assert "comparison.parquet" in parquet.write(scored(), tmp_path)
    with open(tmp_path / "comparison.csv", encoding="utf-8-sig", newline="") as file:
        plain = [{n: v.lstrip("'") if n == "unit" else v or None for n, v in row.items()} for row in csv.DictReader(file)]
    wide = pq.read_table(tmp_path / "comparison.parquet").to_pylist()
    numbers = ("own", "first", "points", "difference")
    exact = [{n: None if v is None else Decimal(v) if n in numbers else v for n, v in row.items()} for row in plain]
    assert [{n: None if v is None else v for n, v in row.items()} for row in wide] == exact
