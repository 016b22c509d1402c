"""Runs that are killed, over and over: what stands in the folder afterwards is the old set, the new one, or seen to be neither.

``python -m tests.kills N [SEED]`` kills N runs and prints how many there were of each kind. A run is forked off this
process and killed by the kernel: at the n-th thing it asks of the system beneath its folder (opening, renaming, removing,
flushing), in the middle of a write (at the n-th byte of a file), or after some time. Whatever stands there in sight must
be, byte for byte, a file of the old set or of the new one; the next run must leave the new set and nothing else.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorekit.cli import main
from scorekit.errors import InputError
from scorekit.loading.results import load_results

SAMPLES = Path(__file__).parents[1] / "samples"
REPORTS = Path(__file__).parent / "reports"
EVENTS = frozenset(
    {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.utime", "os.listdir", "os.scandir"}
)
MOVING = frozenset({"os.rename"})
"""What is done in the folder itself when files are moved in."""
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Job:
    """A command line over a folder that holds the outcome of another one, ``{out}`` standing for the folder.

    Where the folder is a set of results, ``read_back`` loads it and raises InputError where it is none.
    """

    name: str
    before: tuple[str, ...]
    now: tuple[str, ...]
    read_back: bool = True


def evaluated(sample: str, *more: str) -> tuple[str, ...]:
    return ("evaluate", str(SAMPLES / sample / "submissions"), "--out", "{out}", *more)


def checked(sample: str) -> tuple[str, ...]:
    return ("validate", str(SAMPLES / sample / "submissions"), "--out", "{out}")


def published(sample: str) -> tuple[str, ...]:
    return ("publish", str(RESULTS / sample), "--out", "{out}", "--with", "total")


def surveyed(sample: str) -> tuple[str, ...]:
    return ("status", str(SAMPLES / sample / "submissions"), "--out", "{out}")


def form(rubric: str, kind: str = "unit") -> tuple[str, ...]:
    return ("template", rubric, "--for", kind, "--force", "-o", "{out}/填报表.xlsx")


def drafted(report: str, ending: str) -> tuple[str, ...]:
    return ("extract", str(REPORTS / report), "--rubric", "union-building", "-o", "{out}/草稿" + ending)


RESULTS = Path(tempfile.gettempdir()) / f"scorekit-kills-results-{os.getpid()}"
"""Where results stand that public lists are made from; they go when the program ends."""
JOBS = (
    Job("csv over csv", evaluated("team-home"), evaluated("union-building")),
    Job("csv over csv, other way", evaluated("union-building"), evaluated("team-home")),
    Job("parquet over parquet", evaluated("team-home", "--format", "parquet"), evaluated("union-building", "--format", "parquet")),
    Job("parquet over csv", evaluated("team-home"), evaluated("team-home", "--format", "parquet")),
    Job("validate over validate", checked("team-home"), checked("union-building"), read_back=False),
    Job("publish over publish", published("team-home"), published("union-building"), read_back=False),
    Job("status over status", surveyed("team-home"), surveyed("union-building"), read_back=False),
    Job("template over template", form("team-home"), form("union-building"), read_back=False),
    Job("template over template, many units", form("union-building"), form("team-home", "units"), read_back=False),
    Job("extract over extract, workbook", drafted("青石县.txt", ".xlsx"), drafted("松江机电.txt", ".xlsx"), read_back=False),
    Job("extract over extract, json", drafted("青石县.txt", ".json"), drafted("松江机电.txt", ".json"), read_back=False),
)


def run(words: tuple[str, ...], out: Path) -> int:
    """Run a command line in this process, without a word. The folder is there before a command that writes one file into it."""
    out.mkdir(parents=True, exist_ok=True)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["--lang", "zh", *(w.replace("{out}", str(out)) for w in words)])
    if status != 0:
        print(said.getvalue(), file=sys.__stderr__)
    return status


def visible(folder: Path) -> dict[str, bytes]:
    """What people see in a folder: its files, those of inner folders included, but none that begins with a dot."""
    found = {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name.as_posix(): content for name, content in found.items() if not any(part.startswith(".") for part in name.parts)}


# -------------------------------------------------------------------- ways to die


def dies_at(place: int, folder: Path, events: frozenset[str] = EVENTS) -> Callable[[], None]:
    """Killed when it asks the system for the n-th thing beneath *folder*."""
    beneath, left = str(folder), [place]

    def count(path: Any) -> None:
        if beneath in str(path) and (events is EVENTS or Path(path).parent == folder):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def prepared() -> None:
        def heard(event: str, told: tuple[Any, ...]) -> None:
            if event in events and told:
                count(told[1] if event == "os.rename" else told[0])

        flush = os.fsync

        def flushed(handle: int) -> None:
            count(Path(f"/proc/self/fd/{handle}").readlink())
            flush(handle)

        if "open" in events:
            os.fsync = flushed
        sys.addaudithook(heard)

    return prepared


def dies_writing(size: int) -> Callable[[], None]:
    """Killed in the middle of a write, when a file grows beyond *size* bytes."""

    def prepared() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return prepared


def forked(words: tuple[str, ...], out: Path, prepared: Callable[[], None] | None = None, after: float | None = None) -> bool:
    """Whether a run in a process of its own was killed before its end; *after*: by us, after so many seconds."""
    child = os.fork()
    if child == 0:
        try:
            if prepared is not None:
                prepared()
            os._exit(run(words, out))
        except BaseException:
            os._exit(99)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"{words}: ended with status {os.WEXITSTATUS(status)}")
    return os.WIFSIGNALED(status)


# -------------------------------------------------------------------- what is left


@dataclass(frozen=True)
class Prepared:
    """A job with its old set and its new one, and how many things and seconds and bytes a run of it takes."""

    job: Job
    old: Path
    before: Files
    after: Files
    things: int
    moves: int
    seconds: float
    longest: int


def prepared(job: Job, folder: Path) -> Prepared:
    """Both sets of a job, made in peace."""
    old, new = folder / "old", folder / "new"
    assert run(job.before, old) == 0
    shutil.copytree(old, new)
    started = time.monotonic()
    forked(job.now, new)
    seconds = time.monotonic() - started
    after = visible(new)
    counts = [counted(job, old, folder / "tried", events) for events in (EVENTS, MOVING)]
    return Prepared(job, old, visible(old), after, *counts, seconds, max(map(len, after.values())))


def counted(job: Job, old: Path, out: Path, events: frozenset[str]) -> int:
    """How many things a run asks of the system: the first number at which it is not killed."""
    low, high = 0, 1024
    while low < high:
        middle = (low + high) // 2
        shutil.copytree(old, out)
        low, high = (middle + 1, high) if forked(job.now, out, dies_at(middle, out, events)) else (low, middle)
        shutil.rmtree(out)
    return low


def ways(ready: Prepared, chance: random.Random) -> Callable[[Path], bool]:
    """One of the ways to die, at a moment by chance: in half of them while files are moved in or removed."""
    words, kind = ready.job.now, chance.random()
    if kind < 0.7:
        events, number = (MOVING, ready.moves) if kind < 0.5 else (EVENTS, ready.things)
        place = chance.randrange(number)
        return lambda out: forked(words, out, dies_at(place, out, events))
    if kind < 0.85:
        size = int(chance.random() ** 2 * ready.longest)
        return lambda out: forked(words, out, dies_writing(size))
    moment = chance.uniform(0, ready.seconds)
    return lambda out: forked(words, out, after=moment)


def state(ready: Prepared, out: Path) -> str:
    """What stands in *out* after a kill: the old set, the new one, one that reads as old or new, or is refused; or torn files."""
    there = visible(out)
    torn = [n for n, content in there.items() if content not in (ready.before.get(n), ready.after.get(n))]
    if torn:
        return f"TORN {torn}"
    if there == ready.before:
        kind = "old"
    elif there == ready.after:
        kind = "new"
    else:
        kind = "between"
    if not ready.job.read_back:
        return kind
    try:
        found = load_results(out)
    except InputError:
        return "refused" if kind == "between" else f"TORN: {kind} and refused"
    data = {n: p.read_bytes() for n, p in found.paths.items() if not n.endswith(".xlsx")}
    sets = {"old": ready.before, "new": ready.after}
    read = [name for name, whole in sets.items() if data == {n: c for n, c in whole.items() if n != "run.json" and not n.endswith(".xlsx")}]
    if not read:
        return "TORN: reads as neither"
    return kind if kind in read else f"reads as {read[0]}"


def killed(ready: Prepared, out: Path, chance: random.Random) -> str | None:
    """Kill a run and let another one come after it: what was left, None where nothing was killed. Raises AssertionError."""
    shutil.copytree(ready.old, out)
    try:
        if not ways(ready, chance)(out):
            return None
        left = state(ready, out)
        aged(out)
        forked(ready.job.now, out)
        healed = visible(out)
        unlike = [n for n in healed.keys() | ready.after.keys() if healed.get(n) != ready.after.get(n)]
        rest = [p.name for p in out.iterdir() if p.name.startswith(".") and p.name not in (".scorekit-lock", ".scorekit-read")]
        assert (unlike, rest) == ([], []), f"not healed after {left}"
        return left
    finally:
        shutil.rmtree(out)


def aged(out: Path) -> None:
    """Let time pass: a part of a file that is young may be another run's, and is left alone."""
    for part in out.glob(".*.part"):
        os.utime(part, (part.stat().st_mtime - 1000,) * 2)


@contextlib.contextmanager
def results_of(*samples: str) -> Iterator[None]:
    try:
        for sample in samples:
            assert run(evaluated(sample), RESULTS / sample) == 0
        yield
    finally:
        shutil.rmtree(RESULTS, ignore_errors=True)


def killing(number: int, seed: int, jobs: tuple[Job, ...] = JOBS) -> Iterator[tuple[str, str]]:
    """The name of the job and what was left, for *number* kills."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="scorekit-kills-") as place, results_of("team-home", "union-building"):
        ready = [prepared(job, Path(place) / str(i)) for i, job in enumerate(jobs)]
        done = 0
        while done < number:
            own = ready[done % len(ready)]
            left = killed(own, Path(place) / "out", chance)
            if left is not None:
                done += 1
                yield own.job.name, left


def program(words: list[str]) -> int:
    """Kill as many runs as asked for and print what was left; 1 where anything was torn."""
    number, seed = int(words[0]), int(words[1]) if len(words) > 1 else 1
    found: Counter[str] = Counter()
    for name, left in killing(number, seed):
        found["torn" if left.startswith("TORN") else left] += 1
        if left.startswith("TORN"):
            print(f"{name}: {left}", flush=True)
    torn = found.pop("torn", 0)
    print(f"kills {number} · torn {torn} · healed {number} · " + " · ".join(f"{n} {c}" for n, c in sorted(found.items())))
    return 1 if torn else 0


if __name__ == "__main__":
    sys.exit(program(sys.argv[1:]))
