"""Batches done by the workers of a Dask cluster, on this machine or others; needs the extra ``dask``."""

from __future__ import annotations

import logging
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from scorekit.plugin import (
    Engine,
    InputError,
    Local,
    Parcel,
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

from .shelves import Shelf

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE = 30
"""Seconds until a scheduler must have answered and have a worker."""
_AHEAD = 2
"""Batches under way for each worker: one is done while the next travels."""


def run(local: Local, tables: Iterable[RawTable], workforce: Workforce) -> Iterator[Part]:
    """Every batch as a task of its own; the scheduler has a task done again whose worker is lost.

    Raises InputError where Dask is not installed or no scheduler answers, ScorekitError where the workers are lost.
    """
    errand = sent(local)
    with _client(workforce) as client:
        yield from _in_order(client, errand, tables)


def _in_order(client: Client, errand: bytes, tables: Iterable[RawTable]) -> Iterator[Part]:
    """The parts in the order of the tables, a few under way at a time."""
    shelf, most = Shelf(), _AHEAD * max(1, sum(client.nthreads().values()))
    waiting: deque[Future[Parcel]] = deque()
    try:
        for table in tables:
            waiting.append(client.submit(_done, errand, pickle.dumps(table, 5), pure=False))
            if len(waiting) >= most:
                yield shelf.kept(_received(waiting.popleft()))
        while waiting:
            yield shelf.kept(_received(waiting.popleft()))
    finally:
        client.cancel(list(waiting))


def _done(errand: bytes, table: bytes) -> Parcel:
    """One batch, done in a worker. Raises ScorekitError as the same work does elsewhere."""
    return packed(opened(errand)(pickle.loads(table)))  # noqa: S301 - sent by the run that this worker serves


def _received(future: Future[Parcel]) -> Parcel:
    """A part that a worker made, still packed."""
    from distributed import CancelledError, KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        what = T("the workers of the cluster died again and again over the same batch")
        raise ScorekitError(what, "--engine dask", T("give the workers more memory, and look at their logs")) from error
    except (CancelledError, OSError) as error:
        what = T("the scheduler was lost: {error}", error=str(error) or type(error).__name__)
        raise ScorekitError(what, "--engine dask", T("look whether it still runs, then run again")) from error


@contextmanager
def _client(workforce: Workforce) -> Iterator[Client]:
    """A client of the cluster that is named, else of one on this machine that ends with the run."""
    try:
        import dask
        import distributed
    except ImportError:
        what, cure = T("the engine “dask” needs the package dask"), T('install it: pip install "scorekit[dask]"')
        raise InputError(what, "--engine dask", cure) from None
    if workforce.workers is not None and workforce.scheduler is not None:
        what, cure = T("a cluster has the workers it has"), T("leave out --workers, or --scheduler")
        raise InputError(what, "--workers", cure)
    with ExitStack() as stack:
        # A batch is larger than what Dask takes for a mistake; it travels once, and few are under way.
        stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}))
        address = workforce.scheduler or stack.enter_context(_cluster(workforce.workers))
        try:
            client = stack.enter_context(distributed.Client(address, timeout=_PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            what = T("no scheduler with workers answers there: {error}", error=str(error) or type(error).__name__)
            raise InputError(what, str(address), T("start one with “dask scheduler” and workers with “dask worker ADDRESS”")) from error
        if workforce.scheduler is None:
            client.run(_deaf)
        yield client


def _deaf() -> None:
    """Leave an interrupt from the keyboard to the process that the cluster belongs to; it ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cluster(workers: int | None) -> Any:
    """A cluster of processes on this machine, one for each core unless said."""
    from dask.system import CPU_COUNT
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers or CPU_COUNT, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    )


@hookimpl
def scorekit_engines() -> list[Engine]:
    """The engine of Dask clusters."""
    return [Engine("dask", run, "The workers of a Dask cluster.")]
