"""Batches done on this machine: in this process, and by further ones where the work is large (本机)."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorekit.plugin import (
    Engine,
    InputError,
    Local,
    Part,
    RawTable,
    ScorekitError,
    T,
    Workforce,
    hookimpl,
    opened,
    packed,
    sent,
)

from .shelves import Shelf, Shelved, shelve

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.synchronize import Event

_PATIENCE = 2.0
"""Seconds of work in this process before others are thought of; what they cost to start is then small beside what they save."""
_WORTH = 6.0
"""How many times longer than packing it a batch must take for processes to help: columns of numbers are done before they are packed."""
_AHEAD = 2
"""Batches under way for each process: one is done while the next waits."""
_HELD = 100_000
"""Units whose parts stay in memory; further parts are put on a shelf, so that memory hardly grows with the units."""


def run(local: Local, tables: Iterable[RawTable], workforce: Workforce) -> Iterator[Part]:
    """One batch after the other; where that takes long and more workers than one are allowed, by processes.

    Raises InputError where a scheduler is named, ScorekitError where a process dies.
    """
    if workforce.scheduler is not None:
        raise InputError(T("the engine “local” has no scheduler"), "--scheduler", T("add --engine dask, or leave the option out"))
    rest, workers = iter(tables), workforce.workers or 1
    yield from _here(local, rest, _sent if workers > 1 else None)
    more = next(rest, None)
    if more is not None:
        yield from _spread(sent(local), chain([more], rest), workers)


def _here(local: Local, tables: Iterator[RawTable], sendable: Callable[[Local], bool] | None) -> Iterator[Part]:
    """Parts made in this process: all of them, or those before it is found that processes would help and can be sent for."""
    shelf, taken, held = None, 0.0, 0
    for table in tables:
        begun = time.monotonic()
        part = local(table)
        spent = time.monotonic() - begun
        held += len(table)
        if held > _HELD:
            shelf = shelf or Shelf()
            part = shelf.kept(packed(part))
        yield part
        taken += spent
        if sendable is not None and taken >= _PATIENCE:
            if spent > _WORTH * _packing(table) and sendable(local):
                return
            sendable = None
    if shelf is not None:
        shelf.full()


def _packing(table: RawTable) -> float:
    """How long it takes to pack a batch for its way to another process."""
    begun = time.monotonic()
    pickle.dumps(table, 5)
    return time.monotonic() - begun


def _sent(local: Local) -> bool:
    """Whether the function can leave this process; where it cannot, all is done here."""
    try:
        return bool(sent(local))
    except ScorekitError:
        return False


def _spread(errand: bytes, tables: Iterator[RawTable], workers: int) -> Iterator[Part]:
    """The parts in the order of the tables, a few under way at a time; processes put them on a shelf, to be read from there."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    shelf = Shelf()
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of threads that run, but not the threads
    over = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(_Duty(errand, shelf.folder, over),))
    waiting: deque[Future[Shelved]] = deque()
    try:
        for table in tables:
            waiting.append(pool.submit(_done, pickle.dumps(table, 5)))
            if len(waiting) >= _AHEAD * workers:
                yield shelf.part(waiting.popleft().result())
        while waiting:
            yield shelf.part(waiting.popleft().result())
    except BrokenProcessPool as error:
        what = T("a process that did part of the work has died")
        raise ScorekitError(what, "", T("it may have lacked memory: run again with --workers 1")) from error
    finally:
        over.set()
        pool.shutdown(wait=True, cancel_futures=True)


class _Duty(NamedTuple):
    """What a worker is there to do, where it puts the parts, and whether nobody wants them any more."""

    errand: bytes
    folder: Path
    over: Event


_duties: list[_Duty] = []
"""In a worker: the one it has."""


def _begin(duty: _Duty) -> None:
    """Make a process a worker: interrupts are for the process that started it, with which it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    _duties.append(duty)


def _follow() -> None:
    """End this process when the one that started it has ended, however that came."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _done(table: bytes) -> Shelved:
    """One batch, done in a worker. Raises ScorekitError as the same work does elsewhere."""
    from concurrent.futures import CancelledError

    duty = _duties[0]
    if duty.over.is_set():
        raise CancelledError
    return shelve(packed(opened(duty.errand)(pickle.loads(table))), duty.folder)  # noqa: S301 - sent by the run that this worker serves


@hookimpl
def scorekit_engines() -> list[Engine]:
    """The engine of this machine."""
    return [Engine("local", run, "This machine: this process, and further ones for large work.")]
