"""Parquet: decimals with their digits, NULL where nothing is, one row a unit."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.exporters import arrow_columns, parquet
from scorekit_plugins.exporters.tables import PROBLEMS, STANDINGS

from scorekit.domain.column import Column
from scorekit.domain.engines import BLOCK
from scorekit.domain.marks import Records
from scorekit.domain.outputs import Outcome
from scorekit.errors import OutputError
from tests.outcomes import UNITS, in_rows, small_outcome

OUTCOME = small_outcome("en")


def read(path: Path) -> Any:
    from pyarrow import parquet as files

    return files.read_table(path)


def written(outcome: Outcome, folder: Path) -> dict[str, Any]:
    return {name.removesuffix(".parquet"): read(folder / name) for name in parquet.write(outcome, folder)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return written(OUTCOME, tmp_path_factory.mktemp("parquet"))


def test_standings_and_problems_have_the_columns_of_csv(found: dict[str, Any]) -> None:
    assert tuple(found["standings"].column_names) == (*STANDINGS, "section:organisation", "section:rights")
    assert tuple(found["problems"].column_names) == PROBLEMS


def test_points_are_decimals_as_printed_and_what_is_missing_is_null(found: dict[str, Any]) -> None:
    standings = found["standings"]
    assert str(standings.schema.field("total").type) == "decimal128(18, 2)"
    assert str(standings.schema.field("section:rights").type) == "decimal128(18, 1)"
    assert standings["total"].to_pylist() == [Decimal(t) if t else None for t in ("14.67", "13.52", "7.40", "", "15.00", "5.00")]
    assert standings["rank"].to_pylist() == [1, 2, None, None, 1, 2]
    assert standings["award"].to_pylist().count(None) == 4


def test_scores_are_wide_in_the_order_of_the_submissions(found: dict[str, Any]) -> None:
    scores = found["scores"]
    assert scores["unit"].to_pylist() == list(UNITS)
    assert scores["points:rights.contracts"].to_pylist() == [Decimal("5.54"), Decimal("6.00"), None, Decimal("5.25"), None, None]
    assert scores["reason:rights.contracts"].to_pylist() == [17, 16, 1, 17, 8, 1]
    assert scores["value:rights.contracts"].to_pylist() == [0.9228, 1.0, None, 0.875, None, None]
    assert scores["value:extra.honours"].to_pylist() == [2, 0, 0, 0, None, 1]
    assert scores["value:rights.talk"].to_pylist()[0] == "评委1 90; 评委2 91.5"
    assert scores.schema.field("value:rights.contracts").metadata == {b"unit": b"percent"}
    assert "points:gate:organisation.chair_elected" not in scores.column_names
    assert not [n for n in scores.column_names if n.startswith("full:")]


def test_no_points_are_told_of_what_is_no_part_of_a_standard(tmp_path: Path) -> None:
    points = {**OUTCOME.sheet.points, "rights.contracts": Column.numbers([1, 1, 1, 1, 1, 1])}
    told = written(replace(OUTCOME, sheet=replace(OUTCOME.sheet, points=points)), tmp_path)["scores"]
    assert told["points:rights.contracts"].to_pylist() == [1, 1, None, 1, 1, None]


def test_full_marks_that_differ_have_a_column(tmp_path: Path) -> None:
    full = {**OUTCOME.sheet.full, "rights.talk": Column.numbers([4, 2, 4, Decimal("2.5"), 4, 4])}
    told = written(replace(OUTCOME, sheet=replace(OUTCOME.sheet, full=full)), tmp_path)["scores"]
    assert told["full:rights.talk"].to_pylist()[3] == Decimal("2.5")


def test_inputs_are_wide_with_their_place(found: dict[str, Any]) -> None:
    inputs = found["inputs"]
    assert inputs.column_names[:5] == ["unit", "file", "sheet", "row", "field:unit"]
    assert inputs["row"].to_pylist() == [4, 5, 0, 6, 8, 0]
    assert inputs["sheet"].to_pylist()[2] is None
    assert inputs["rights.trained_on"].to_pylist()[0] == date(2026, 3, 1)
    assert inputs["organisation.chair_elected"].to_pylist() == [True, True, True, False, None, True]
    assert inputs["rights.talk@评委2"].to_pylist()[0] == Decimal("91.5")
    assert inputs["extra.honours"].to_pylist() == [
        [{"level": "国家级", "share": Decimal("0.500")}, {"level": "@省级", "share": None}],
        [],
        [],
        [],
        None,
        [{"level": "市级", "share": Decimal("0.125")}],
    ]
    assert inputs["raw:rights.contracts"].to_pylist() == ["92.28%", None, None, None, "=九成", None]


def test_lists_that_everybody_handed_in_have_no_null(tmp_path: Path) -> None:
    told = written(in_rows(OUTCOME, [0, 5, 1]), tmp_path)["inputs"]
    assert [len(v) for v in told["extra.honours"].to_pylist()] == [2, 1, 0]


def test_equal_outcomes_are_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        parquet.write(small_outcome("en"), tmp_path / name)
    assert all((tmp_path / "b" / p.name).read_bytes() == p.read_bytes() for p in (tmp_path / "a").iterdir())


def test_an_outcome_without_units_or_problems_is_heads_only(tmp_path: Path) -> None:
    told = written(replace(in_rows(OUTCOME, []), problems=()), tmp_path)
    assert {t.num_rows for t in told.values()} == {0}
    assert tuple(told["problems"].column_names) == PROBLEMS


def test_figures_that_nobody_computed_are_null(tmp_path: Path) -> None:
    outcome = replace(OUTCOME, standings=replace(OUTCOME.standings, figures={"rank:all": Column.of(1)}))
    told = written(outcome, tmp_path)["standings"]
    assert told["total"].null_count == 6
    assert told["rank:all"].to_pylist() == [1.0] * 6


def test_without_pyarrow_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match="pyarrow") as caught:
        parquet.write(OUTCOME, tmp_path)
    assert caught.value.cure is not None
    assert "pip install" in caught.value.cure.template


@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20))
def test_decimals_hold_the_exact_figure(values: list[Decimal | None]) -> None:
    array = arrow_columns.decimals(Column.numbers(values), 3)
    array.validate(full=True)
    assert array.to_pylist() == values


def test_figures_too_wide_for_64_bits_are_wide_decimals() -> None:
    cells = arrow_columns.Figures(Column.numbers([10**20, None, -1]), 2)
    array = cells.array(cells.look())
    assert array.to_pylist() == [Decimal(10**20), None, Decimal(-1)]
    assert array.type.precision == 38


@pytest.mark.parametrize(
    ("values", "digits"),
    [([1, 2], 0), ([Decimal("0.50"), None], 1), ([Fraction(1, 3)], None), ([Decimal("0.1234567891")], None), ([10**17], 0)],
)
def test_submitted_numbers_have_as_many_digits_as_they_need(values: list[Any], digits: int | None) -> None:
    column = Column.numbers(values)
    assert arrow_columns.needed(column) == digits
    cells = arrow_columns.submitted(column)
    assert str(cells.array(cells.look()).type) == ("double" if digits is None else f"decimal64(18, {digits})")


def test_submitted_numbers_that_no_decimal_holds_are_doubles() -> None:
    cells = arrow_columns.submitted(Column.numbers([10**18]))
    assert str(cells.array(cells.look()).type) == "double"


NUMBERS = st.lists(
    st.none() | st.sampled_from([0, 7, -(10**17), 10**18, Decimal("0.5"), Decimal("12.345678901"), Fraction(1, 3)]), min_size=1, max_size=9
)


@given(NUMBERS, st.integers(1, 4))
def test_columns_written_row_group_by_row_group_are_as_those_written_at_once(values: list[Any], size: int) -> None:
    column = Column.numbers(values)
    lists = Records(np.arange(len(values) + 1), {"n": column})

    def block(start: int, stop: int) -> Any:
        rows = slice(start, stop)
        yield "n", arrow_columns.submitted(column.take(rows)), "percent"
        yield "p", arrow_columns.Figures(column.take(rows), 2), ""
        yield "l", arrow_columns.Listed(lists.take(rows), {"n": "percent"}), ""

    tables = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for rows in (size, 100):
            patch.setattr(parquet, "ROW_GROUP", rows)
            parquet.write_table(parquet.Table(len(values), block), Path(folder) / "t.parquet")
            tables.append(read(Path(folder) / "t.parquet"))
    assert tables[0].schema.equals(tables[1].schema, check_metadata=True)
    assert tables[0].equals(tables[1])


def test_every_kind_keeps_its_mask() -> None:
    columns = [
        Column.texts(["a", None]),
        Column.truths([True, None]),
        Column.dates([date(2026, 1, 2), None]),
        Column.numbers([Fraction(1, 3), None]),
    ]
    assert [arrow_columns.typed(c).null_count for c in columns] == [1, 1, 1, 1]
    assert arrow_columns.typed(columns[2]).to_pylist()[0] == date(2026, 1, 2)
    assert np.isclose(arrow_columns.typed(columns[3]).to_pylist()[0], 1 / 3)


def test_a_row_group_has_the_rows_of_a_batch() -> None:
    assert parquet.ROW_GROUP == BLOCK


def _by_polars(path: Path) -> list[tuple[Any, ...]]:
    return pytest.importorskip("polars").read_parquet(path).rows()  # type: ignore[no-any-return]


def _by_duckdb(path: Path) -> list[tuple[Any, ...]]:
    return pytest.importorskip("duckdb").read_parquet(str(path)).fetchall()  # type: ignore[no-any-return]


@pytest.mark.parametrize("by", [_by_polars, _by_duckdb])
def test_every_reader_reads_every_kind_of_column(tmp_path: Path, by: Any) -> None:
    from datetime import timedelta

    size = 1000
    days = [date(2026, 1, 1) + timedelta(days=i % 40) for i in range(size)]
    kinds = {
        "points": arrow_columns.Figures(Column.numbers([None if i % 7 == 0 else Decimal(i % 400) / 100 for i in range(size)]), 2),
        "great": arrow_columns.Figures(Column.numbers([10**20 + i for i in range(size)]), 2),
        "value": arrow_columns.submitted(Column.numbers([Fraction(i, 3) for i in range(size)])),
        "day": arrow_columns.submitted(Column.dates(days)),
        "held": arrow_columns.submitted(Column.truths([None if i % 5 == 0 else i % 2 == 0 for i in range(size)])),
        "reason": arrow_columns.Ready(arrow_columns.plain(np.arange(size).astype(np.uint8))),
        "unit": arrow_columns.Ready(arrow_columns.texts([f"单位{i}" for i in range(size)])),
    }
    table = parquet.Table(size, lambda start, stop: ((name, cells, "") for name, cells in kinds.items()))
    parquet.write_table(table, tmp_path / "t.parquet")
    ours = read(tmp_path / "t.parquet").to_pylist()
    assert [tuple(row.values()) for row in ours] == by(tmp_path / "t.parquet")


def test_pandas_is_not_imported_to_write(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.outcomes import small_outcome; from scorekit_plugins.exporters import parquet;"
        "before = 'pandas' in sys.modules; parquet.write(small_outcome('en'), Path(sys.argv[1])); print(before, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_it_offers_its_exporter() -> None:
    assert [(e.name, e.formats) for e in parquet.scorekit_exporters()] == [("parquet", ("parquet",))]
