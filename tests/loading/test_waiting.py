"""Tables that wait come back as they were and in their order, wherever they waited."""

from __future__ import annotations

import datetime
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import numpy as np
import pytest

from scorekit.domain.intake import Entry, Percent, RawTable, Unreadable
from scorekit.domain.spans import Block, Spans
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import T
from scorekit.loading import waiting
from scorekit.loading.waiting import Waiting

CELLS = ["甲", None, True, 7, Decimal("0.1"), 0.5, datetime.date(2026, 7, 30), Percent(Decimal("0.92")), [{"级别": "市级"}]]


def table(number: int) -> RawTable:
    """A table with cells of every kind."""
    cells = [*CELLS, Unreadable("=1", T("bad"), T("mend")), [Entry({"a": 1}, "f", "s", 3, {"a": "B"})]]
    spans = Spans(Block(b"a,bc"), np.array([0, 2] * 5 + [0]), np.array([1, 4] * 5 + [1]), bytes.decode)
    typed = np.ma.masked_array(np.arange(11), np.arange(11) == 2)
    return RawTable(
        {"单位": cells, "spans": spans, "typed": typed}, (f"{number}.csv",), [0] * 11, range(2, 13), f"表{number}", {"单位": "A"},
        problems=[Problem("error", T("bad"), T("mend"), file="a")], elsewhere={"单位": {3: Origin("f", "s", "B4")}},
        beside={"sent": ("2026-01-01", "B1")}, sent=[True] * 11,
    )  # fmt: skip


def told(found: RawTable) -> tuple[object, ...]:
    columns = {h: [c.tolist() if isinstance(c, np.ndarray) else c for c in cells] for h, cells in found.columns.items()}
    return columns, found.files, list(found.row), found.sheet, found.letters, found.problems, found.elsewhere, found.beside, found.sent


@pytest.mark.parametrize("held", [0, 40, 10**6])
def test_tables_come_back_as_they_were_and_in_their_order_as_often_as_they_are_asked_for(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "HELD", held)
    with closing(Waiting()) as tables:
        for number in range(4):
            tables.add(table(number))
        assert len(tables) == 4
        for _ in range(2):
            assert [told(t) for t in tables] == [told(table(n)) for n in range(4)]
        assert told(tables[1]) == told(table(1))
        entry = tables[3].columns["单位"][10][0]
        assert (entry.file, entry.row, entry.letters) == ("f", 3, {"a": "B"})


def test_few_tables_are_in_memory_however_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "HELD", 1000)

    def made() -> Iterator[RawTable]:
        for number in range(60):
            yield RawTable({"a": [f"单位{number}-{i}" for i in range(5000)]}, ("f",), [0] * 5000, range(5000))

    tracemalloc.start()
    with closing(Waiting()) as tables:
        for one in made():
            tables.add(one)
        assert sum(len(t) for t in tables) == 300_000
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000


def test_where_no_file_can_be_written_tables_wait_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(waiting, "HELD", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with closing(Waiting()) as tables:
        tables.add(table(1))
        assert [told(t) for t in tables] == [told(table(1))]


def test_nothing_is_left_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(waiting, "HELD", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tables = Waiting()
    tables.add(table(1))
    assert tables._file is not None
    tables.close()
    assert tables._file.closed
    assert list(tmp_path.iterdir()) == []  # type: ignore[attr-defined]
