"""Parquet: typed columns stay typed, nulls are masked, and a wrong file is a problem."""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from scorekit_plugins.readers import parquet  # noqa: E402 - after the check that pyarrow is there

from scorekit.domain.intake import RawTable, ReadRequest, SourceFile  # noqa: E402
from scorekit.errors import InputError  # noqa: E402
from scorekit.stages.validate import validate  # noqa: E402
from tests.intake import plan_of, problems_of, read_with, said  # noqa: E402


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


PLAN = plan_of({
    "members": {"type": "integer", "title": "人数", "minimum": 0},
    "share": {"type": "number", "title": "比例", "x-unit": "percent", "maximum": 100},
    "mark": {"type": "number", "title": "分", "minimum": 0.5},
    "open": {"type": "boolean", "title": "公开"},
    "grade": {"enum": ["国家级", "省级"], "title": "级别", "type": "string"},
    "plain": {"type": "number", "title": "无", "x-form": {"blank": ["—", "无"], "not_applicable": ["不适用"]}},
}, required=["members"])  # fmt: skip
NARROW = st.one_of(
    st.none(),
    st.integers(-50, 2100).map(lambda n: n / 20),
    st.floats(0, 1, width=32),
    st.sampled_from([-0.0, 0.1, 1e-5, 1e20, float("inf"), float("nan")]),
)
TYPES = {
    "unit": (pa.string(), st.one_of(st.none(), st.sampled_from(["甲厂工会", "甲 厂", "A-1", "", "ａ"]))),
    "category": (pa.large_string(), st.sampled_from(["企业", "机关", "企 业", "乡镇", None])),
    "members": (pa.int32(), st.one_of(st.none(), st.integers(-3, 10**6))),
    "share": (pa.float32(), NARROW),
    "mark": (pa.float32(), NARROW),
    "open": (pa.bool_(), st.sampled_from([True, False, None])),
    "grade": (pa.string(), st.sampled_from(["国家级", "省 级", "省级", "", "市级", None])),
    "plain": (pa.string(), st.sampled_from(["—", "无", "3", "", "不适用", "2.50", "十", None])),
}


def slow(cells, kind):
    """A column as it would be without a short way: doubles by way of texts, a list for all else."""
    values = pa.array(cells, kind).to_pylist()
    if pa.types.is_floating(kind):
        narrow = np.array([0 if v is None else v for v in values], dtype=np.float32)
        return np.ma.MaskedArray(narrow.astype(str).astype(np.float64), mask=[v is None for v in values])
    return values


def judged(columns, size):
    table = RawTable(columns, ("a.parquet",), np.zeros(size, dtype=np.int32), np.arange(1, size + 1))
    units, problems = validate(PLAN, table)
    values = {p: list(zip(c.listed(), [0] * size if c.why is None else c.why.tolist(), strict=True)) for p, c in units.columns.items()}
    return list(units.unit), list(units.key), values, said(problems), units.raw


@settings(max_examples=120, deadline=None)
@given(data=st.data(), size=st.integers(1, 9), first=st.integers(0, 3))
def test_typed_columns_are_judged_as_their_cells_are(tmp_path_factory, data, size, first):
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    cells = {n: data.draw(st.lists(of, min_size=size, max_size=size), label=n) for n, (_, of) in TYPES.items()}
    written(path, **{n: pa.array([*own[:first], *own], TYPES[n][0]).slice(min(first, size)) for n, own in cells.items()})
    [found] = read_with(parquet, path)
    assert judged(found.columns, size) == judged({n: slow(own, TYPES[n][0]) for n, own in cells.items()}, size)


@given(st.lists(st.one_of(st.none(), st.booleans()), min_size=1, max_size=40), st.integers(0, 20), st.integers(0, 40))
def test_truths_and_blanks_are_read_off_any_part_of_their_bits(values, first, length):
    column = pa.array(values).slice(first, length)
    if not pa.types.is_boolean(column.type):
        return
    assert list(parquet._cells(column).tolist()) == column.to_pylist()
    numbers = pa.array([None if v is None else int(v) for v in values], pa.int16()).slice(first, length)
    assert list(parquet._cells(numbers).tolist()) == numbers.to_pylist()


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_texts_are_the_same_whether_few_or_many(kind):
    few = [["国家级", None, "ａ"][i % 3] for i in range(600)]
    many = [f"第{i}工会" if i % 2 else str(i) for i in range(100)]
    for values in (few, few[:1], many, [*many, None], [], [""], [None]):
        column = pa.array(values, kind)
        assert list(parquet._cells(column)) == values
        assert list(parquet._cells(column.slice(1, 50))) == values[1:51]


def test_many_batches_are_decoded_ahead_and_say_the_same(tmp_path, monkeypatch):
    path = written(tmp_path / "a.parquet", n=list(range(10)), s=list("甲乙丙丁戊己庚辛壬癸"))
    [whole] = read_with(parquet, path)
    monkeypatch.setattr(parquet, "ROWS", 3)
    parts = read_with(parquet, path)
    assert [len(t) for t in parts] == [3, 3, 3, 1]
    for name in whole.columns:
        assert [c for t in parts for c in t.columns[name]] == list(whole.columns[name])


def test_no_more_of_a_file_is_held_than_a_few_batches(tmp_path, monkeypatch):
    rows, groups = 8192, 40
    path = tmp_path / "a.parquet"
    whole = pa.table({f"n{i}": np.random.default_rng(i).random(rows * groups) for i in range(8)})
    pq.write_table(whole, path, row_group_size=rows)
    del whole
    before = pa.total_allocated_bytes()
    monkeypatch.setattr(parquet, "ROWS", rows)
    request = ReadRequest(None, frozenset())
    held = [pa.total_allocated_bytes() for _ in parquet.read([SourceFile(path, path.name)], request)]
    assert len(held) == groups
    assert max(held) - before < path.stat().st_size // 4
