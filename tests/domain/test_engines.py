"""What engines are handed: the same blocks whatever the engine, and a workforce that is somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.engines import BLOCK, Engine, Local, Workforce, blocks
from scorekit.domain.intake import RawTable
from scorekit.domain.tables import Origin, Part, Problem
from scorekit.errors import InputError, T
from tests.building import said

PROBLEM = Problem("warning", T("fill it in"), T("fill it in"))


def table(size: int, *, elsewhere: bool = True) -> RawTable:
    """A table of lists, arrays and masked arrays, every third value of ``a`` of which stands in another file."""
    places = {"a": {row: Origin("b.csv", "", f"A{row}") for row in range(0, size, 3)}} if elsewhere and size else {}
    columns: dict[str, Any] = {
        "a": [str(n) for n in range(size)],
        "b": np.arange(size),
        "c": np.ma.MaskedArray(np.arange(size), mask=np.arange(size) % 2 == 0),
    }
    return RawTable(columns, ("x.csv",), np.zeros(size, dtype=np.int32), np.arange(5, 5 + size), problems=(PROBLEM,), elsewhere=places)  # type: ignore[arg-type]


def rows(tables: Iterable[RawTable]) -> list[tuple[Any, ...]]:
    """Every row of some tables, with its place and where its value of ``a`` stands."""
    found: list[tuple[Any, ...]] = []
    for t in tables:
        masked = np.ma.asarray(t.columns["c"]).tolist()
        origins = [t.elsewhere.get("a", {}).get(i) for i in range(len(t))]
        cells = (t.columns["a"], list(map(int, t.columns["b"])), masked, list(map(int, t.row)), list(map(int, t.file)), origins)
        found += zip(*cells, strict=True)
    return found


@given(st.lists(st.integers(0, 12), max_size=4), st.integers(1, 13))
def test_blocks_hold_every_row_with_its_place_in_order(sizes: list[int], size: int) -> None:
    tables = [table(n) for n in sizes]
    cut = list(blocks(tables, size))
    assert rows(cut) == rows(tables)
    assert all(len(t) <= size for t in cut)


@given(st.integers(0, 20), st.integers(1, 7))
def test_the_problems_of_a_table_are_told_once(rows: int, size: int) -> None:
    assert [p for t in blocks([table(rows)], size) for p in t.problems] == [PROBLEM]


def test_a_table_that_fits_is_left_as_it_is() -> None:
    whole = table(9)
    assert list(blocks([whole], 9)) == [whole]
    assert next(blocks([whole])) is whole


def test_blocks_are_cut_as_they_are_asked_for() -> None:
    def endless() -> Iterator[RawTable]:
        while True:
            yield table(BLOCK + 1, elsewhere=False)

    found = blocks(endless())
    assert [len(next(found)) for _ in range(4)] == [BLOCK, 1, BLOCK, 1]


def test_an_engine_is_told_whom_it_may_employ() -> None:
    seen: list[Workforce] = []

    def run(local: Local, tables: Iterable[RawTable], workforce: Workforce) -> Iterator[Part]:
        seen.append(workforce)
        return map(local, tables)

    wanted = Workforce(3, "tcp://10.0.0.5:8786")
    parts = Engine("ours", run).employing(wanted)(len, [table(2), table(3)])  # type: ignore[arg-type, return-value]
    assert (list(parts), seen) == ([2, 3], [wanted])


@pytest.mark.parametrize("workers", [0, -1])
def test_nobody_does_no_work(workers: int) -> None:
    with pytest.raises(InputError) as error:
        Engine("ours", lambda *_: iter(())).employing(Workforce(workers))
    assert said(error.value.what) == f"{workers} workers are too few"
