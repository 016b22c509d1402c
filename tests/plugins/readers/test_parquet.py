"""Parquet: typed columns stay typed, nulls are masked, and a wrong file is a problem."""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal

import numpy as np
import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from scorekit_plugins.readers import parquet  # noqa: E402 - after the check that pyarrow is there

from scorekit.errors import InputError  # noqa: E402
from tests.intake import problems_of, read_with  # noqa: E402


def written(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_numbers_truths_and_dates_are_arrays(tmp_path):
    path = written(
        tmp_path / "a.parquet",
        n=pa.array([1, 2], pa.int16()),
        f=pa.array([0.5, 1.5]),
        b=pa.array([True, False]),
        d=pa.array([datetime.date(2026, 7, 30), datetime.date(1969, 1, 1)]),
        t=pa.array([datetime.datetime.fromisoformat("2026-07-30")] * 2, pa.timestamp("us")),
    )
    [found] = read_with(parquet, path)
    kinds = {name: cells.dtype for name, cells in found.columns.items()}
    assert kinds == {"n": np.int16, "f": np.float64, "b": bool, "d": "datetime64[D]", "t": "datetime64[D]"}
    assert found.columns["d"].tolist() == [datetime.date(2026, 7, 30), datetime.date(1969, 1, 1)]
    assert (list(found.row), list(found.file), found.files) == ([1, 2], [0, 0], ("a.parquet",))


def test_nulls_are_masked(tmp_path):
    path = written(
        tmp_path / "a.parquet",
        n=pa.array([1, None]),
        f=pa.array([None, 1.5]),
        b=pa.array([True, None]),
        d=pa.array([None, datetime.date(2026, 7, 30)]),
        s=pa.array([None, "甲"]),
    )
    [found] = read_with(parquet, path)
    assert {n: c.mask.tolist() for n, c in found.columns.items() if n != "s"} == {
        "n": [False, True],
        "f": [True, False],
        "b": [False, True],
        "d": [True, False],
    }
    assert found.columns["s"] == [None, "甲"]


def test_other_types_become_values(tmp_path):
    path = written(
        tmp_path / "a.parquet",
        dec=pa.array([Decimal("1.10"), None]),
        cat=pa.array(["x", "y"]).dictionary_encode(),
        f32=pa.array([0.1, None], pa.float32()),
        full=pa.array([0.1, 2.5], pa.float32()),
        time=pa.array([datetime.datetime.fromisoformat("2026-07-30 14:30"), None], pa.timestamp("us")),
        nested=pa.array([{"a": 1, "b": {"c": "x"}}, {"a": 2, "b": {"c": "y"}}]),
        records=pa.array([[{"level": "省级"}], []]),
    )
    [found] = read_with(parquet, path)
    columns = {n: c.tolist() if isinstance(c, np.ndarray) else c for n, c in found.columns.items()}
    assert columns == {
        "dec": [Decimal("1.10"), None],
        "cat": ["x", "y"],
        "f32": [0.1, None],
        "full": [0.1, 2.5],
        "time": ["2026-07-30 14:30:00", None],
        "nested.a": [1, 2],
        "nested.b.c": ["x", "y"],
        "records": [[{"level": "省级"}], []],
    }


def test_long_files_come_in_pieces_with_running_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS", 2)
    tables = read_with(parquet, written(tmp_path / "a.parquet", n=[1, 2, 3]))
    assert [list(t.row) for t in tables] == [[1, 2], [3]]


def test_a_file_that_is_no_parquet_is_a_problem(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 or not")
    assert problems_of(read_with(parquet, tmp_path / "a.parquet")) == ["error : the file is no valid Parquet"]


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError) as caught:
        read_with(parquet, tmp_path / "a.parquet")
    assert 'pip install "scorekit[parquet]"' in caught.value.cure.template


def test_the_reader_names_its_ending():
    assert [r.suffixes for r in parquet.scorekit_readers()] == [(".parquet",)]
