"""Evaluating again after one submission changed, beside a run that reads everything: 500 workbooks of one unit each.

``python -m benchmarks.again``: whole processes in turn, of which the first keeps what it read; their results are compared byte by
byte. Then, in one process, only the reading, which is what is spared.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import Process, Row, paired, process, rows
from benchmarks.workbook import SAMPLE, sheets_of

ROUNDS = 5
FILES = 500
HEADER = 3
Sheet = list[tuple[object, ...]]


def measured(seed: int = 0, quick: bool = False) -> list[Row]:
    """The rows of this benchmark; *seed* says which unit changes first, *quick*: fewer files."""
    files = FILES // 10 if quick else FILES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "submissions"
        folder.mkdir()
        sheet = units(files)
        for number in range(files):
            write(folder, number, sheet)
        changes = changing(folder, sheet, files, seed)
        return [*whole(folder, Path(name) / "results", changes), *reading(folder, Path(name) / "kept", sheet, changes)]


def whole(folder: Path, out: Path, changes: Iterator[None]) -> list[Row]:
    """Whole processes: everything read, and only what changed. Raises AssertionError where their results differ."""
    evaluate = [sys.executable, "-m", "scorekit", "evaluate", str(folder), "--rubric", "six-haves", "--out", str(out)]

    def again() -> Process:
        next(changes)
        return process(evaluate)

    runs = {"full run": lambda: process([*evaluate, "--fresh"]), "scorekit, again after one changed": again}
    times = paired(runs, ROUNDS)
    ours = files_of(out)
    process([*evaluate, "--fresh"])
    assert ours == files_of(out), "a run that read only what changed gave other bytes"
    return rows(f"evaluate {len(list(folder.iterdir()))} workbooks of one unit", times, "full run")


def reading(folder: Path, out: Path, sheet: Sheet, changes: Iterator[None]) -> list[Row]:
    """Only the reading: nothing kept, everything read and kept, and everything but one file read back."""
    from scorekit.catalogue import discover
    from scorekit.domain.intake import ReadRequest
    from scorekit.domain.naming import folded
    from scorekit.loading.keeping import keeping
    from scorekit.loading.submissions import read

    catalogue, request = discover(third_party=False), ReadRequest(None, frozenset(folded(str(title)) for title in sheet[0]))
    out.mkdir()

    def kept(fresh: bool) -> Any:
        with keeping(out, fresh) as found:
            return list(read(folder, catalogue, request, kept=found))

    runs = {
        "reading": lambda: list(read(folder, catalogue, request)),
        "scorekit, reading and keeping": lambda: kept(True),
        "scorekit, reading back, one changed": lambda: timed(changes, lambda: kept(False)),
    }
    times = paired(runs, ROUNDS, warm=True)
    held, files = (sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) / 1e6 for place in (out, folder))
    note = {"scorekit, reading and keeping": f"{held:.1f} MB kept of {files:.1f} MB"}
    return rows(f"read {len(list(folder.iterdir()))} workbooks of one unit", times, "reading", notes=note)


def timed(changes: Iterator[None], work: Callable[[], Any]) -> Process:
    """A piece of work after a change, without the time that the change took."""
    next(changes)
    start, busy = time.perf_counter(), time.process_time()
    work()
    return Process(time.perf_counter() - start, time.process_time() - busy, 0)


def changing(folder: Path, sheet: Sheet, files: int, seed: int) -> Iterator[None]:
    """Change one workbook after the other, each into a file that was not there before."""
    for turn in count(1):
        write(folder, (seed + turn) % files, sheet, changed=turn)
        yield


def units(number: int) -> Sheet:
    """The titles of the sample's sheet and so many of its rows, dates as text."""
    [source] = SAMPLE.glob("*.xlsx")
    [found, *_] = [cells[HEADER:] for _, cells in sheets_of(source) if len(cells) > number]
    return [tuple(v.strftime("%Y-%m-%d") if hasattr(v, "strftime") else v for v in row) for row in found[: number + 1]]


def write(folder: Path, number: int, sheet: Sheet, changed: int = 0) -> None:
    """One unit's workbook; *changed* makes another file of it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(folder / f"u{number:05}.xlsx")
    book.set_properties({"comments": str(changed)})
    page = book.add_worksheet()
    for line, row in enumerate((sheet[0], sheet[number + 1])):
        for column, value in enumerate(row):
            page.write(line, column, value)
    book.close()


def files_of(folder: Path) -> dict[str, bytes]:
    """The results, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")}


if __name__ == "__main__":
    for row in measured():
        print(row.line())
