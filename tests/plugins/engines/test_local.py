"""The engine of this machine: the same bytes from one process and from several, of which none is left behind."""

from __future__ import annotations

import importlib
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorekit import evaluation
from scorekit.cli import main
from scorekit.domain.engines import Workforce, blocks
from scorekit.plugin import RawTable, ScoreSheet, Submissions, packed
from tests.plugins.working import command, evaluated, processes, slow_work, slowly
from tests.test_samples import SAMPLES, content

module: Any = importlib.import_module("scorekit_plugins.engines.local")
HERE = os.getpid()


@pytest.fixture
def spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes after the first small batch is done by other processes."""
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    monkeypatch.setattr(module, "_WORTH", 0.0)
    monkeypatch.setattr(evaluation, "blocks", partial(blocks, size=7))


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    return slow_work(tmp_path)


def table(name: str = "a") -> RawTable:
    return RawTable({"unit": [name]}, ("x.csv",), (0,), (1,))


def scored(table: RawTable) -> Any:
    """What a batch comes to: its unit, and nothing else."""
    none = np.zeros(1, dtype=np.int32)
    return Submissions(tuple(table.columns["unit"]), ("a",), {}, (), none, none), ScoreSheet(1), ()


def units(parts: Iterator[Any]) -> list[str]:
    return [part[0].unit[0] for part in parts]


# -------------------------------------------------------------------- the same result


@pytest.mark.usefixtures("spread")
@pytest.mark.parametrize("sample", ["standardisation", "learning-organisation", "skills-contest"])
def test_processes_give_the_bytes_that_one_gives(sample: str, tmp_path: Path) -> None:
    notice = SAMPLES / sample / "notice.json"
    work, words = SAMPLES / sample / "submissions", ("--notice", str(notice)) * notice.exists()
    here = evaluated(work, tmp_path / "here", *words, "--workers", "1")
    there = evaluated(work, tmp_path / "there", *words, "--workers", "2")
    assert content(there) == content(here)


@pytest.mark.usefixtures("spread")
def test_other_processes_run_the_plugins_of_a_folder(slow: Path) -> None:
    here = slowly(slow, "here", "--workers", "1")
    assert processes(slow) == {HERE}
    there = slowly(slow, "there", "--workers", "2")
    assert len(processes(slow)) > 1
    assert content(there) == content(here)


# -------------------------------------------------------------------- who does it


def engine(workers: int | None, tables: Any, local: Any = scored) -> Iterator[Any]:
    found: Iterator[Any] = module.run(local, tables, Workforce(workers))
    return found


def many() -> Iterator[RawTable]:
    return (table(str(n)) for n in itertools.count())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """After which batches help is called, where a batch takes so many seconds, and packing it so many."""

    def after(taking: float, packing: float, workers: int | None, sendable: bool = True) -> list[int]:
        clock, called, done = [0.0], list[int](), list[int]()

        def local(table: RawTable) -> Any:
            clock[0] += taking
            done.append(1)
            return scored(table)

        def dumps(*_: Any) -> bytes:
            clock[0] += packing
            return b""

        monkeypatch.setattr(module, "time", type("Clock", (), {"monotonic": staticmethod(lambda: clock[0])}))
        monkeypatch.setattr(module, "pickle", type("Packer", (), {"dumps": staticmethod(dumps)}))
        monkeypatch.setattr(module, "_sent", lambda _: sendable)
        monkeypatch.setattr(module, "sent", lambda _: b"")
        monkeypatch.setattr(module, "_spread", lambda *_: called.append(len(done)) or iter(()))
        list(engine(workers, itertools.islice(many(), 20), local))
        return called

    return after


def test_help_is_called_once_work_has_taken_long(asked: Callable[..., list[int]]) -> None:
    assert asked(0.5, 0.05, 2) == [4]
    assert asked(9.0, 0.1, 2) == [1]


def test_small_work_is_done_here(asked: Callable[..., list[int]]) -> None:
    assert asked(0.05, 0.001, 2) == []


def test_what_is_done_sooner_than_packed_is_done_here(asked: Callable[..., list[int]]) -> None:
    assert asked(0.5, 0.1, 2) == []


def test_one_worker_is_this_process_and_so_is_nobody_said(asked: Callable[..., list[int]]) -> None:
    assert asked(9.0, 0.1, 1) == asked(9.0, 0.1, None) == []


def test_what_cannot_leave_this_process_is_done_here(asked: Callable[..., list[int]]) -> None:
    assert asked(9.0, 0.1, 2, sendable=False) == []


@pytest.mark.usefixtures("spread")
def test_a_function_without_a_name_is_called_here() -> None:
    called: list[int] = []
    found = engine(2, itertools.islice(many(), 9), lambda t: called.append(1) or scored(t))
    assert (units(found), len(called)) == (list(map(str, range(9))), 9)


@pytest.mark.parametrize("workers", [1, 2])
def test_batches_are_read_as_parts_are_asked_for(spread: None, workers: int) -> None:
    read: list[int] = []

    def noted() -> Iterator[RawTable]:
        for one in many():
            read.append(1)
            yield one

    parts = engine(workers, noted())
    assert units(itertools.islice(parts, 3)) == ["0", "1", "2"]
    assert len(read) <= 3 + module._AHEAD * workers
    parts.close()  # type: ignore[attr-defined]


def test_of_many_parts_only_the_first_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    shelved: list[Any] = []
    monkeypatch.setattr(module, "_HELD", 4)
    monkeypatch.setattr(module, "packed", lambda part: shelved.append(part) or packed(part))
    assert units(engine(1, itertools.islice(many(), 7))) == list("0123456")
    assert units(iter(shelved)) == list("456")


# -------------------------------------------------------------------- what goes wrong


@pytest.mark.usefixtures("spread")
def test_a_process_that_dies_is_one_sentence_and_nothing_is_written(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def kill() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for process in processes(slow) - {HERE}:
                os.kill(process, signal.SIGKILL)
                return
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    slowly(slow, "out", "--workers", "2", status=2)
    killer.join()
    assert capsys.readouterr().err == "承担一部分工作的进程中断了 · 可能是内存不够：请加上 --workers 1 重新运行\n"
    assert not (slow / "out").exists()


@pytest.mark.usefixtures("spread")
def test_a_plugin_that_breaks_its_contract_in_another_process_is_named(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (slow / "plugins" / "slowly.py").read_text(encoding="utf-8")
    broken = source.replace("return of.clip(0, points)", f"return of.clip(0, points) if os.getpid() == {HERE} else 3")
    (slow / "plugins" / "slowly.py").write_text(broken, encoding="utf-8")
    slowly(slow, "out", "--workers", "2", status=2)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "slowly" in said


def test_this_machine_has_no_scheduler(slow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", *command(slow, "out"), "--scheduler", "tcp://10.0.0.5:8786"]) == 2
    assert capsys.readouterr().err.startswith("the engine “local” has no scheduler · --scheduler · add --engine dask")
    assert not (slow / "out").exists()


AT_ONCE = """
import sys
from functools import partial
from scorekit import evaluation
from scorekit.cli import main
from scorekit.domain.engines import blocks
import scorekit_plugins.engines.local as module

if __name__ == "__main__":
    module._PATIENCE = module._WORTH = 0.0
    evaluation.blocks = partial(blocks, size=7)
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts of a group of processes are those of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_interrupted_or_killed_leaves_no_process_behind(slow: Path, how: signal.Signals) -> None:
    """An interrupt goes to the whole group, as from a keyboard; a kill to the first process alone."""
    (slow / "program.py").write_text(AT_ONCE, encoding="utf-8")
    (slow / "shelves").mkdir()
    begun = subprocess.Popen(
        [sys.executable, str(slow / "program.py"), *command(slow, "out"), "--workers", "2"],
        env={**os.environ, "TMPDIR": str(slow / "shelves")}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    (slow / "plugins" / "long").touch()
    wait_for(lambda: len(processes(slow) - {begun.pid}) == 2)
    (os.killpg if how == signal.SIGINT else os.kill)(begun.pid, how)
    said = begun.communicate(timeout=60)[1]
    wait_for(lambda: not any(map(alive, processes(slow))))
    assert not (slow / "out").exists() or not any(p.suffix for p in (slow / "out").iterdir())
    if how == signal.SIGINT:
        assert (begun.returncode, said) == (130, "已中断，没有留下写了一半的文件。\n")
        assert list((slow / "shelves").iterdir()) == []


def wait_for(held: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not held():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
