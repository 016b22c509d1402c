"""The 1 776-union workbook end to end, beside the bare cost of reading it and of writing the sheets that come out.

``python -m benchmarks.workbook``: whole processes in turn; the bare program reads with openpyxl read-only and writes the
same cells with XlsxWriter in constant memory, without formats.
"""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
SAMPLE = Path(__file__).parent.parent / "samples" / "six-haves" / "submissions"

BARE = """
import pickle, sys
import openpyxl, xlsxwriter
source, cells, target = sys.argv[1:]
book = openpyxl.load_workbook(source, read_only=True)
for sheet in book:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        pass
with open(cells, "rb") as file:
    sheets = pickle.load(file)
out = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
for name, rows in sheets:
    sheet = out.add_worksheet(name)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(r, c, value)
            elif value is not None:
                sheet.write_number(r, c, value)
out.close()
"""


def seconds(command: list[str]) -> float:
    """Wall seconds of one process; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def sheets_of(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Every cell of a workbook, sheet by sheet."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return [(sheet.title, [tuple(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def main() -> None:
    """Measure in turn and print the ratio."""
    [source] = SAMPLE.glob("*.xlsx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        evaluate = [sys.executable, "-m", "scorekit", "evaluate", str(SAMPLE), "--out", str(folder / "results")]
        seconds(evaluate)
        (folder / "cells.pickle").write_bytes(pickle.dumps(sheets_of(folder / "results" / "ranking.xlsx")))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        bare = [sys.executable, str(folder / "bare.py"), str(source), str(folder / "cells.pickle"), str(folder / "bare.xlsx")]
        pairs = [(seconds(evaluate), seconds(bare)) for _ in range(ROUNDS)]
    ratios = [a / b for a, b in pairs]
    print(f"1 776 unions, one workbook, end to end, {ROUNDS} rounds in turn, whole processes")
    ours, bare_time = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"scorekit evaluate: median {ours:.2f} s; bare reading and writing: {bare_time:.2f} s")
    print(f"ratio: median {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


if __name__ == "__main__":
    main()
