"""How everything here is measured: programs in turn, A B A B, in one run; whole processes with their peak memory.

A benchmark is a module with a function ``measured(seed, quick) -> list[Row]``; ``python -m benchmarks.all`` runs them all. It gives
:func:`paired` the programs by name, the yardstick among them, and makes rows of what comes back::

    times = paired({"numpy": by_hand, "scorekit": ours}, rounds=5)
    return rows("scoring", times, against="numpy", goals={"scorekit": 1.5})

Only ratios within one run count: the median of the ratios of each round to the yardstick's time in the same round.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

FASTEST = "*fastest*"
"""As yardstick: whichever program was fastest, those of scorekit left out."""
OURS = "scorekit"
"""Names of programs that begin so are ours."""


@dataclass(frozen=True)
class Row:
    """One program at one work.

    *seconds* is the median, *ratio* that to the yardstick in the same round (*low* to *high*), *peak* in bytes; None where there is
    none: the program is absent or failed, and *note* says so. *goal* is the ratio not to exceed, *limit* the seconds.
    """

    work: str
    who: str
    seconds: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    goal: float | None = None
    peak: int | None = None
    note: str = ""
    limit: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the ratio is within its goal and the seconds within their limit; None where there is neither, or no figure."""
        held = [(self.ratio, self.goal), (self.seconds, self.limit)]
        known = [found <= most for found, most in held if found is not None and most is not None]
        return all(known) if known else None

    def line(self) -> str:
        """The row as a line of text."""
        if self.seconds is None:
            return f"{self.work} | {self.who}: {self.note}"
        said = f"{self.work} | {self.who}: {self.seconds:.4g} s"
        if self.ratio is not None:
            said += f", ratio {self.ratio:.3g} ({self.low:.3g}-{self.high:.3g})"
        goals = [f"{self.goal:.3g}"] if self.goal is not None else []
        goals += [f"{self.limit:.3g} s"] if self.limit is not None else []
        if goals:
            said += f", goal {' and '.join(goals)}: {'reached' if self.reached else 'not reached'}"
        if self.peak is not None:
            said += f", peak {self.peak / 1e6:.0f} MB"
        return f"{said}, {self.note}" if self.note else said

    def plain(self) -> dict[str, Any]:
        """The row for JSON."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


@dataclass
class Times:
    """What was measured of one program: seconds and peaks by round, what the last round gave, or the fault that ended it."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    found: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Process:
    """A whole process that succeeded: wall and processor seconds, peak memory in bytes, what it printed."""

    seconds: float
    cpu: float
    peak: int
    said: str = ""


class Absent(Exception):
    """A program cannot be measured here, and why: what it needs is not installed."""


def needed(*modules: str) -> None:
    """Raise Absent unless all *modules* can be imported."""
    missing = [m for m in modules if importlib.util.find_spec(m) is None]
    if missing:
        raise Absent(f"absent: {', '.join(missing)} not installed")


def ready(make: Callable[[], Callable[[], Any]]) -> Callable[[], Any]:
    """The program that *make* prepares, outside of what is measured; one that fails if that failed."""
    try:
        return make()
    except Exception as fault:  # noqa: BLE001 - as in paired: it is named, and the others are measured
        kept = fault

        def fails() -> None:
            raise kept

        return fails


def paired(
    runs: Mapping[str, Callable[[], Any]], rounds: int = 5, *, budget: float = math.inf, seldom: Collection[str] = (), warm: bool = False
) -> dict[str, Times]:
    """Run all programs in turn, *rounds* times, or until *budget* seconds are spent, but once at least.

    Those named in *seldom* run in the first round only; with *warm* a round before the first is not counted. A program that fails is
    left out from then on and its fault kept. One that gives a :class:`Process` is as long as that says.
    """
    times = {name: Times() for name in runs}
    start = time.perf_counter()
    for turn in range(-1 if warm else 0, rounds):
        if turn > 0 and time.perf_counter() - start > budget:
            break
        for name, work in runs.items():
            if not times[name].fault and not (turn > 0 and name in seldom) and not (turn < 0 and name in seldom):
                _once(times[name], work, counted=turn >= 0)
    return times


def _once(into: Times, work: Callable[[], Any], counted: bool) -> None:
    into.found = None  # the former result is given back before the next is made
    gc.collect()
    start = time.perf_counter()
    try:
        into.found = work()
    except Absent as reason:
        into.fault = str(reason)
    except Exception as fault:  # noqa: BLE001 - whatever a peer raises, the others are measured
        into.fault = f"failed: {type(fault).__name__}: {fault}"[:300]
    taken = time.perf_counter() - start
    if counted and not into.fault:
        whole = isinstance(into.found, Process)
        into.seconds.append(into.found.seconds if whole else taken)
        into.peaks += [into.found.peak] if whole else []


def rows(
    work: str,
    times: Mapping[str, Times],
    against: str = FASTEST,
    goals: Mapping[str, float] | None = None,
    notes: Mapping[str, str] | None = None,
    limits: Mapping[str, float] | None = None,
) -> list[Row]:
    """A row for each program. Ratios are to *against*, by its name or the fastest; none if that could not be measured.

    *goals* are ratios not to exceed, *limits* seconds, both by program.
    """
    yardstick = _yardstick(times, against)
    found = []
    for who, own in times.items():
        note = "; ".join(said for said in (own.fault, (notes or {}).get(who, "")) if said)
        goal, limit = (goals or {}).get(who), (limits or {}).get(who)
        if own.fault or not own.seconds:
            found.append(Row(work, who, goal=goal, note=note, limit=limit))
            continue
        ratios = [a / b for a, b in zip(own.seconds, yardstick.seconds, strict=False)] if yardstick is not None else []
        low, middle, high = (min(ratios), statistics.median(ratios), max(ratios)) if ratios else (None, None, None)
        peak = max(own.peaks) if own.peaks else None
        found.append(Row(work, who, statistics.median(own.seconds), middle, low, high, goal, peak, note, limit))
    return found


def _yardstick(times: Mapping[str, Times], against: str) -> Times | None:
    able = {name: t for name, t in times.items() if t.seconds and not t.fault}
    if against != FASTEST:
        return able.get(against)
    peers = [t for name, t in able.items() if not name.startswith(OURS)]
    return min(peers, key=lambda t: statistics.median(t.seconds), default=None)


# The peak of a process counts what its parent held when it was started; so a small process starts and watches it. The memory of its
# children (workers) is sampled: shared pages are counted once.
WATCH = """
import json, os, subprocess, sys, threading, time
def pss(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except OSError:
        return 0
def below(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            own = [int(child) for child in file.read().split()]
    except OSError:
        own = []
    return [pid for child in own for pid in (child, *below(child))]
most, done = 0, threading.Event()
def look(pid):
    global most
    while not done.wait(0.1):
        children = below(pid)
        if children:
            most = max(most, sum(map(pss, (pid, *children))))
with open(sys.argv[1], "wb") as said:
    start = time.perf_counter()
    process = subprocess.Popen(sys.argv[2:], stdout=said, stderr=subprocess.STDOUT)
    threading.Thread(target=look, args=(process.pid,), daemon=True).start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
done.set()
peak = max(most, usage.ru_maxrss) * 1024
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, peak]))
"""


def process(command: Sequence[str], timeout: float = 1800) -> Process:
    """Run a whole process and wait for it. Raises RuntimeError with the end of what it said where it fails."""
    import tempfile

    with tempfile.NamedTemporaryFile() as said:
        watching = [sys.executable, "-I", "-S", "-c", WATCH, said.name, *command]
        done = subprocess.run(watching, capture_output=True, text=True, check=True, timeout=timeout)
        code, seconds, cpu, peak = json.loads(done.stdout)
        words = said.read().decode("utf-8", "replace")
    if code:
        raise RuntimeError(f"exit {code}: {words.strip()[-250:]}")
    return Process(seconds, cpu, peak, words)
