"""What engines take and give: a function that asks of no other unit, batches of raw rows in, parts out in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from scorekit.domain.intake import RawTable
from scorekit.domain.lazy import PART
from scorekit.domain.tables import Origin, Part
from scorekit.errors import InputError, T

BLOCK = PART
"""The most rows of a batch; the same blocks are cut whatever engine has them done."""

Local = Callable[[RawTable], Part]
"""What is done with one batch; other processes are handed it by way of ``sent`` and ``opened``."""
Run = Callable[[Local, Iterable[RawTable]], Iterable[Part]]
"""Has every batch done and gives the parts back in the order of the batches; ``map`` is one."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who may work: that many processes (None: as the engine sees fit), or the cluster whose scheduler has this address."""

    workers: int | None = None
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """A named way to have batches done.

    ``run`` gives the parts back in the order of the batches, as they are asked for, with few batches under way at a time.
    It hands batches out and takes parts in; it never scores, joins or ranks, so that results do not depend on it.
    It raises ScorekitError where the workforce cannot be had or is lost.
    """

    name: str
    run: Callable[[Local, Iterable[RawTable], Workforce], Iterator[Part]]
    summary: str = ""
    plugin: str = field(default="", compare=False)

    def employing(self, workforce: Workforce) -> Run:
        """The engine with the workforce it is to use. Raises InputError where that is nobody."""
        if workforce.workers is not None and workforce.workers < 1:
            raise InputError(T("{count} workers are too few", count=workforce.workers), "--workers", T("give a number from 1 on"))
        return partial(_employed, self, workforce)


def _employed(engine: Engine, workforce: Workforce, local: Local, tables: Iterable[RawTable]) -> Iterator[Part]:
    return engine.run(local, tables, workforce)


def blocks(tables: Iterable[RawTable], size: int = BLOCK) -> Iterator[RawTable]:
    """The tables, those of more rows than *size* cut into blocks; the problems of a table stay with its first block."""
    for table in tables:
        if len(table) <= size:
            yield table
            continue
        for start in range(0, len(table), size):
            yield _cut(table, slice(start, start + size))


def _cut(table: RawTable, rows: slice) -> RawTable:
    return replace(
        table,
        columns={name: cells[rows] for name, cells in table.columns.items()},
        file=table.file[rows],
        row=table.row[rows],
        problems=table.problems if rows.start == 0 else (),
        elsewhere={path: found for path, places in table.elsewhere.items() if (found := _within(places, rows))},
    )


def _within(places: Mapping[int, Origin], rows: slice) -> dict[int, Origin]:
    """The places of some rows, counted from the first of them."""
    return {row - rows.start: origin for row, origin in places.items() if rows.start <= row < rows.stop}
