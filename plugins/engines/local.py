"""Batches done on this machine, in this process (本机)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorekit.plugin import Engine, InputError, Local, Part, RawTable, T, Workforce, hookimpl


def run(local: Local, tables: Iterable[RawTable], workforce: Workforce) -> Iterator[Part]:
    """One batch after the other. Raises InputError where a scheduler is named."""
    if workforce.scheduler is not None:
        raise InputError(T("the engine “local” has no scheduler"), "--scheduler", T("add --engine dask, or leave the option out"))
    yield from map(local, tables)


@hookimpl
def scorekit_engines() -> list[Engine]:
    """The engine of this machine."""
    return [Engine("local", run, "This machine.")]
