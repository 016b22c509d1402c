"""A case through the real command line, in a process of its own with 512 MB of address space and ten seconds."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.hostile.cases import GOOD_TOTAL, GOOD_UNIT, Case

MEMORY = 512 * 2**20
SECONDS = 10.0


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
    command = [sys.executable, "-m", "scorekit", *words]
    log = folder / "said.txt"
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, env=environment, preexec_fn=_limited)  # noqa: PLW1509
        ended = threading.Timer(patience, process.kill)
        ended.start()
        begun = monotonic()
        _, status, usage = os.wait4(process.pid, 0)
        ended.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    spent = usage.ru_utime + usage.ru_stime
    assert monotonic() - begun < patience, "it hangs"
    return Ran(
        process.returncode, log.read_text("utf-8", "replace"), spent, usage.ru_maxrss / 1024, _total(folder / "out" / "standings.csv")
    )


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 40))


def _total(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next((row["total"] for row in csv.DictReader(file) if row["unit"] == GOOD_UNIT and row["status"] == "ranked"), "")
