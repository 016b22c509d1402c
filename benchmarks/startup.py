"""Start-up: what is said at once, and the first ranking of a hundred units: ``python -m benchmarks.startup [SEED]``.

Whole processes in turn, with their bytecode compiled as it is after an installation. A hundred units come as a hundred JSON files
and as one workbook; beside them a program in plain Python, which scores the same JSON files by hand and writes two CSV files
(scorekit writes six files and a workbook for print).
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import workload
from benchmarks.measure import Process, Row, paired, process, rows

UNITS = 100
SAMPLE = Path(__file__).parent.parent / "samples" / "six-haves" / "submissions"
BARE, PANDAS, PLAIN = "python -c pass", "python -c 'import pandas'", "plain Python, JSON files"
FILES, BOOK = "scorekit evaluate, JSON files", "scorekit evaluate, workbook"

BY_HAND = """
import sys, types
class Nothing(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing(name)
    def __getitem__(self, key):
        return self
    def __call__(self, *given):
        return self
sys.modules["numpy"] = sys.modules["numpy.typing"] = Nothing("numpy")
from pathlib import Path
from benchmarks.peers.district import plain
plain(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
"""
"""The bare program needs no numpy, which the modules of its constants import for others: it is spared that."""


def measured(seed: int = workload.SEED, quick: bool = False) -> list[Row]:
    """What is said at once beside an empty process; the first ranking beside importing pandas, and beside plain Python."""
    with tempfile.TemporaryDirectory() as name, compiled(Path(name)):
        folder = Path(name)
        commands = {
            BARE: [sys.executable, "-c", "pass"],
            "scorekit --help": ours("--help"),
            "scorekit --version": ours("--version"),
            "scorekit evaluate --help": ours("evaluate", "--help"),
            "scorekit, no such command": refused("evaluat"),
            "scorekit, no such option": refused("evaluate", str(SAMPLE), "--rubic", "x"),
            "scorekit, no such path": refused("evaluate", str(folder / "nowhere")),
            "scorekit, no such rubric": refused("evaluate", str(SAMPLE), "--rubric", "nowhere"),
        }
        times = paired({who: lambda words=words: process(words) for who, words in commands.items()}, 5 if quick else 15, warm=True)
        found = rows("start-up", times, BARE, dict.fromkeys(list(commands)[1:], 8))
        return found + rankings(folder, seed, 3 if quick else 7)


def rankings(folder: Path, seed: int, rounds: int) -> list[Row]:
    """Whole runs over a hundred units, against importing pandas and against plain Python."""
    rubric = workload.write_rubric(folder / "rubric.json", seed)
    files, book = written(folder, seed)

    def run(source: Path) -> Process:
        return process(ours("evaluate", str(source), "--rubric", str(rubric), "--out", str(folder / f"{source.name}-out")))

    runs = {
        PANDAS: lambda: process([sys.executable, "-c", "import pandas"]),
        PLAIN: lambda: process([sys.executable, "-c", BY_HAND, str(files), str(folder), str(seed)]),
        FILES: lambda: run(files),
        BOOK: lambda: run(book),
    }
    times = paired(runs, rounds, warm=True)
    for out in ("files-out", "book-out") if not any(t.fault for t in times.values()) else ():
        assert totals(folder / "standings.csv") == totals(folder / out / "standings.csv"), "plain Python and scorekit differ"
    by_hand = {who: times[who] for who in (PLAIN, FILES)}
    return rows(f"{UNITS} x 60, first ranking", times, PANDAS) + rows(f"{UNITS} x 60, whole run", by_hand, PLAIN, {FILES: 15})


def totals(path: Path) -> dict[str, Decimal]:
    """The totals of a CSV file of standings by unit; the bare program writes hundredths."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    worth = 1 if "reasons" in found[0] else 100
    return {row["unit"]: Decimal(row["total"]) / worth for row in found if row["total"] and row["rank"] not in ("", "0")}


def ours(*words: str) -> list[str]:
    """A command line of scorekit."""
    return [sys.executable, "-m", "scorekit", *words]


def refused(*words: str) -> list[str]:
    """A command line that is refused, as a process that ends well where it was."""
    return [sys.executable, "-c", f"import sys; from scorekit.cli import main; sys.exit(main({list(words)!r}) != 2)"]


@contextmanager
def compiled(folder: Path) -> Iterator[None]:
    """Let processes keep compiled code, as an installation does, in a place of their own."""
    before = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def written(folder: Path, seed: int) -> tuple[Path, Path]:
    """The units as a folder of JSON files, one a unit, and as a folder with one workbook."""
    import xlsxwriter

    units = list(submissions(workload.columns(UNITS, seed)))
    files, book = folder / "files", folder / "book"
    files.mkdir()
    book.mkdir()
    for number, unit in enumerate(units):
        (files / f"u{number:03}.json").write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
    with xlsxwriter.Workbook(book / "units.xlsx") as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, list(units[0]))
        for row, unit in enumerate(units, 1):
            sheet.write_row(row, 0, [{True: "是", False: "否"}[v] if isinstance(v, bool) else v for v in unit.values()])
    return files, book


def submissions(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One dictionary a unit: fields by path, truths as truths, rates of bands with two digits."""
    import numpy as np

    lists = {name: values.tolist() for name, values in data.items()}
    truths = {name for name, values in data.items() if values.dtype == np.int8 and name != "category"}
    for i in range(UNITS):
        unit = {name: values[i] for name, values in lists.items()}
        unit["category"] = workload.CATEGORIES[unit["category"]]
        for name in truths:
            unit[name] = None if unit[name] < 0 else unit[name] == 1
        yield {name: round(value, 4) if isinstance(value, float) else value for name, value in unit.items()}


if __name__ == "__main__":
    for row in measured(int(sys.argv[1]) if len(sys.argv) > 1 else workload.SEED):
        print(row.line())
