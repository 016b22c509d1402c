"""The process in which cases run, with limits; it is started anew when one of them ends it."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

MEMORY = 512 * 2**20
SECONDS = 10.0
STARTED = 60.0
"""Seconds that the process may take to import what it needs."""


PATIENCE = 300.0
"""Seconds that a case may take on a machine that others use, too; it is judged by the processor's time."""


def _spent(process: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Worker:
    """A process that is handed seeds and says what each brought."""

    def __init__(self, keep: Path) -> None:
        self._keep = keep
        self._process: subprocess.Popen[str] | None = None

    def told(self, seed: int) -> str:
        """What the case of a seed brought; what it did to the process, where it did not live."""
        if self._process is None:
            self._process = self._started()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        line: str | None = ""
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(f"{seed}\n")
            process.stdin.flush()
            line = self._line(process, SECONDS)
        if line:
            return line.rstrip("\n")
        process.kill()
        status = process.wait()
        process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        self._process = None
        return "HANGS for more than ten seconds" if status == -signal.SIGKILL and line is None else f"DIES with status {status}"

    def end(self) -> None:
        """Let the process go."""
        if self._process is not None and self._process.stdin is not None:
            self._process.communicate(timeout=10)

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker", str(self._keep)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
        )
        if self._line(process, STARTED) != "ready\n":
            process.kill()
            raise RuntimeError("the worker does not start")
        return process

    @staticmethod
    def _line(process: subprocess.Popen[str], seconds: float) -> str | None:
        """A line; empty where the process ended, None where none came in time."""
        assert process.stdout is not None
        begun, spent = monotonic(), _spent(process.pid)
        while monotonic() - begun < PATIENCE and _spent(process.pid) - spent < seconds:
            if select.select([process.stdout], [], [], 1)[0]:
                return process.stdout.readline()
        return None


def run(keep: Path) -> None:
    """Take seeds, one a line, and say what each brought; keep what must not be."""
    from tests.fuzz.cases import made, outcome, smaller

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        outcome(made(1), folder)
        print("ready", flush=True)
        for line in sys.stdin:
            seed = int(line)
            case = made(seed)
            path = keep / f"{seed}{case.ending}"
            path.write_bytes(case.data)  # there already, should this be the last that the process does
            told = outcome(case, folder)
            path.unlink()
            if not told.startswith(("read", "refused")):
                path.write_bytes(smaller(seed, folder, told).data)
                path.with_suffix(".txt").write_text(told, encoding="utf-8", errors="replace")
            print(told.encode("utf-8", "replace").decode().replace("\n", " "), flush=True)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
