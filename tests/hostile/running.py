"""A case through the real command line, in a process of its own that may take 512 MB of memory and ten seconds."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.cases import GOOD_TOTAL, GOOD_UNIT, Case

MEMORY = 512 * 2**20
"""Bytes that a case may hold at a time."""
SPACE = 2 * MEMORY
"""Bytes of address space, at which a process is stopped: libraries reserve more than they take."""
SECONDS = 10.0
PROCESSOR = 30
"""Seconds of the processor after which a command is ended."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: its status, what it said, seconds of the processor, megabytes at most, and the good unit's total."""

    status: int
    said: str
    seconds: float
    megabytes: float
    total: str

    def faults(self, case: Case) -> list[str]:
        """What must not be."""
        found = []
        if self.status not in (0, 1, 2):
            found.append(f"status {self.status}")
        if "Traceback" in self.said:
            found.append("a traceback")
        if self.seconds > SECONDS:
            found.append(f"{self.seconds:.1f} s")
        if self.megabytes > MEMORY / 2**20:
            found.append(f"{self.megabytes:.0f} MB")
        if case.kind == "submission" and not case.stops and self.total != GOOD_TOTAL:
            found.append(f"the good unit has {self.total or 'nothing'}")
        if case.stops and (self.status != 2 or len(self.said.strip().splitlines()) != 1):
            found.append("not one sentence and status 2")
        return found


def ran(case: Case, folder: Path) -> Ran:
    """Lay a case out in *folder* and run it there."""
    case.put(folder)
    return run([*case.command(), "--out", "out"], folder)


def run(words: list[str], folder: Path, patience: float = 120.0) -> Ran:
    """The command line with these words, in *folder*, within the limits."""
    here = Path(__file__).parents[2]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(here), "PYTHONUTF8": "1"}
    environment.pop("SCOREKIT_LANG", None)
    status, seconds, megabytes = measured([sys.executable, "-m", "scorekit", *words], folder, environment, patience)
    said = (folder / "said.txt").read_text("utf-8", "replace")
    return Ran(status, said, seconds, megabytes, _total(folder / "out" / "standings.csv"))


def measured(command: list[str], folder: Path, environment: Mapping[str, str], patience: float) -> tuple[int, float, float]:
    """The status, seconds of the processor and megabytes of a command, started by a process that is small itself."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launching.py")), str(SPACE), str(PROCESSOR), *command]
    with subprocess.Popen(launcher, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True) as process:
        try:
            told, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError("it hangs") from None
    status, seconds, kilobytes = told.split()
    return int(status), float(seconds), int(kilobytes) / 1024


def _total(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next((row["total"] for row in csv.DictReader(file) if row["unit"] == GOOD_UNIT and row["status"] == "ranked"), "")
