"""The engine of Dask clusters: the same bytes from several workers, whoever dies meanwhile, and one sentence where it cannot be."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scorekit import evaluation
from scorekit.cli import main
from scorekit.domain.engines import blocks
from tests.plugins.working import SLOW, evaluated, processes, slow_work, slowly
from tests.test_samples import SAMPLES, SMALL, content

dask, distributed = pytest.importorskip("dask"), pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # what Dask and its own packages warn of is not ours to mend
ROWS = 7
"""Rows a batch here: enough batches of the samples that every worker has some."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "blocks", partial(blocks, size=ROWS))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers, all of them threads of this process, reached by its address."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    return slow_work(tmp_path)


@pytest.mark.parametrize("sample", [*SMALL, pytest.param("six-haves", marks=pytest.mark.long)])
def test_a_cluster_gives_the_bytes_that_this_process_gives(sample: str, tmp_path: Path, cluster: Any) -> None:
    """Every file of every sample, ranks, ties, seats, population figures and the record included."""
    notice = SAMPLES / sample / "notice.json"
    work, words = SAMPLES / sample / "submissions", ("--notice", str(notice)) * notice.exists()
    here = evaluated(work, tmp_path / "here", *words)
    there = evaluated(work, tmp_path / "there", *words, "--engine", "dask", "--scheduler", cluster.scheduler_address)
    assert content(there) == content(here)


def test_checking_alone_gives_the_same_problems(tmp_path: Path, cluster: Any) -> None:
    work = str(SAMPLES / "standardisation" / "submissions")
    assert main(["validate", work, "--out", str(tmp_path / "here")]) == 0
    words = ["--engine", "dask", "--scheduler", cluster.scheduler_address]
    assert main(["validate", work, "--out", str(tmp_path / "there"), *words]) == 0
    assert content(tmp_path / "there") == content(tmp_path / "here")


def test_a_worker_killed_in_the_middle_changes_nothing(slow: Path) -> None:
    """Processes of a cluster of the run's own; the first that is seen at work is killed, and its batches are done again."""
    here = slowly(slow, "here")
    (slow / "plugins" / f"{os.getpid()}.pid").unlink()
    killed: list[int] = []

    def kill() -> None:
        deadline = time.monotonic() + 60
        while not killed and time.monotonic() < deadline:
            for process in processes(slow):
                os.kill(process, signal.SIGKILL)
                killed.append(process)
                return
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    there = slowly(slow, "there", "--engine", "dask", "--workers", "2")
    killer.join()
    assert killed
    assert len(processes(slow)) > 1
    assert content(there) == content(here)


def test_progress_is_told_as_parts_come(tmp_path: Path, cluster: Any) -> None:
    from scorekit.catalogue import discover
    from scorekit.domain.engines import Workforce

    known, seen = discover(third_party=False), list[int]()
    run = known.engines["dask"].employing(Workforce(scheduler=cluster.scheduler_address))
    evaluation.evaluate_path(SAMPLES / "model-home" / "submissions", known, progress=seen.append, run=run)
    assert (sum(seen), set(seen)) == (42, {ROWS})


def test_few_batches_are_under_way_at_a_time(cluster: Any) -> None:
    """What is read ahead is bounded, however many batches there are."""
    module = importlib.import_module("scorekit_plugins.engines.dask")
    read: list[int] = []

    def endless() -> Iterator[Any]:
        while True:
            read.append(1)
            yield table()

    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        parts = module._in_order(client, module.sent(_scored), endless())
        next(parts)
        assert len(read) <= 2 * 2 + 1
        parts.close()


def table() -> Any:
    from scorekit.plugin import RawTable

    return RawTable({"unit": ["a"]}, ("x.csv",), (0,), (1,))


def _scored(table: Any) -> Any:
    import numpy as np

    from scorekit.plugin import ScoreSheet, Submissions

    none = np.zeros(1, dtype=np.int32)
    return Submissions(("a",), ("a",), {}, (), none, none), ScoreSheet(1), ()


# -------------------------------------------------------------------- what cannot be done


def refused(slow: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence of a run that cannot be; nothing is written."""
    slowly(slow, "out", "--engine", "dask", *words, status=2)
    assert not (slow / "out").exists()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_without_dask_it_says_how_to_install_it(slow: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert 'pip install "scorekit[dask]"' in refused(slow, capsys)


def test_a_scheduler_that_does_not_answer_is_named(slow: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("scorekit_plugins.engines.dask"), "_PATIENCE", 0.5)
    assert "tcp://127.0.0.1:9" in refused(slow, capsys, "--scheduler", "tcp://127.0.0.1:9")
    assert "nonsense://x" in refused(slow, capsys, "--scheduler", "nonsense://x")


def test_a_scheduler_without_workers_is_not_waited_for_without_end(
    slow: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("scorekit_plugins.engines.dask"), "_PATIENCE", 0.5)
    with distributed.LocalCluster(n_workers=0, processes=False, protocol="tcp", dashboard_address=None, silence_logs=50) as empty:
        assert empty.scheduler_address in refused(slow, capsys, "--scheduler", empty.scheduler_address)


def test_a_cluster_is_not_told_how_many_workers_it_has(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--workers" in refused(slow, capsys, "--workers", "2", "--scheduler", "tcp://127.0.0.1:9")


def test_a_plugin_that_breaks_its_contract_is_named_as_it_is_here(slow: Path, capsys: pytest.CaptureFixture[str], cluster: Any) -> None:
    source = SLOW.replace("return of.clip(0, points)", "return 3")
    (slow / "plugins" / "slowly.py").write_text(source, encoding="utf-8")
    slowly(slow, "out", status=2)
    here = capsys.readouterr().err
    assert "slowly" in here
    assert refused(slow, capsys, "--scheduler", cluster.scheduler_address) == here


def test_a_batch_that_kills_every_worker_ends_the_run(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (slow / "plugins" / "fatal").touch()
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        assert "同一批" in refused(slow, capsys, "--workers", "1")
