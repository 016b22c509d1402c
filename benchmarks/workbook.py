"""Workbooks: reading a large one and many small ones, writing the ranking with its details, and both end to end.

``python -m benchmarks.workbook [ROWS] [FILES] [UNITS] [SEED]``: each beside the bare library in one run. Reading: the reader with all
its checks beside openpyxl read-only, which makes none (and fastexcel and calamine, where installed). Writing: the exporter beside
XlsxWriter in constant memory writing the same cells with the same formats and row heights, which lie ready for it.
"""

from __future__ import annotations

import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import ours, workload
from benchmarks.measure import Row, needed, paired, process, rows

ROUNDS = 5
ROWS, COLUMNS, FILES, UNITS = 10_000, 60, 500, 10_000
SAMPLE = Path(__file__).parent.parent / "samples" / "six-haves" / "submissions"
OPENPYXL, XLSXWRITER = "openpyxl read-only", "XlsxWriter constant memory"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
HEADS = ("code", "criterion", "numerator", "denominator", "self score", "note")

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


def measured(seed: int = workload.SEED, quick: bool = False) -> list[Row]:
    """The rows of this benchmark; *quick*: a tenth of the sizes."""
    part = 10 if quick else 1
    return [*reading(ROWS // part, FILES // part, seed), *writing(UNITS // part, seed), *end_to_end()]


# ---------------------------------------------------------------- reading


def reading(size: int, files: int, seed: int) -> list[Row]:
    """One workbook of *size* rows × 60 columns, and *files* of 69 rows × 6 columns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw = np.random.default_rng([seed, size, files])
        large(folder / "large.xlsx", size, draw)
        small = [folder / f"{number:05}.xlsx" for number in range(files)]
        for path in small:
            form(path, draw)
        found = []
        for work, paths in (
            (f"read one workbook of {size} × {COLUMNS}", [folder / "large.xlsx"]),
            (f"read {files} small workbooks", small),
        ):
            times = paired({who: _over(read, paths) for who, read in READERS.items()}, ROUNDS, warm=True)
            found += rows(work, times, OPENPYXL, {"scorekit": 1.5}, {"scorekit": "every safety check on"})
            for who in (OPENPYXL, "scorekit"):
                assert times[who].found == (size if len(paths) == 1 else 69 * files), f"{who} read {times[who].found} rows"
        return found


def _over(read: Callable[[Sequence[Path]], int], paths: Sequence[Path]) -> Callable[[], int]:
    return lambda: read(paths)


def by_openpyxl(paths: Sequence[Path]) -> int:
    """Rows of values below the header, read-only."""
    import openpyxl

    count = 0
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True)
        [sheet] = book.worksheets
        sheet.reset_dimensions()
        count += len(list(sheet.iter_rows(min_row=2, values_only=True)))
        book.close()
    return count


def by_scorekit(paths: Sequence[Path]) -> int:
    """Rows of the tables that the reader gives."""
    from scorekit_plugins.readers import workbook

    from scorekit.domain.intake import ReadRequest, SourceFile
    from scorekit.domain.naming import folded

    request = ReadRequest(None, frozenset(map(folded, ("unit", "category", *HEADS))))
    return sum(len(table) for table in workbook.read([SourceFile(path, path.name) for path in paths], request))


def by_fastexcel(paths: Sequence[Path]) -> int:
    """Arrow tables."""
    needed("fastexcel", "pyarrow")
    import fastexcel

    return sum(len(fastexcel.read_excel(str(path)).load_sheet(0).to_arrow()) for path in paths)


def by_calamine(paths: Sequence[Path]) -> int:
    """Lists of Python values."""
    needed("python_calamine")
    from python_calamine import CalamineWorkbook

    return sum(len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()) - 1 for path in paths)


READERS = {OPENPYXL: by_openpyxl, "scorekit": by_scorekit, "fastexcel": by_fastexcel, "calamine": by_calamine}


def large(path: Path, size: int, draw: np.random.Generator) -> None:
    """A workbook as an office would hand in: names, whole numbers, fractions, words."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("units")
    sheet.write_row(0, 0, ["unit", "category", *(f"item {i}" for i in range(COLUMNS - 2))])
    for row in range(size):
        words = ["yes" if truth else "no" for truth in draw.integers(0, 2, 5).tolist()]
        figures = [*draw.integers(0, 300, COLUMNS - 12).tolist(), *np.round(draw.random(5), 3).tolist()]
        sheet.write_row(row + 1, 0, [f"Union {row:05}", f"category {row % 5}", *figures, *words])
    book.close()


def form(path: Path, draw: np.random.Generator) -> None:
    """A form of one unit: a line a criterion."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("form")
    sheet.write_row(0, 0, HEADS)
    for row in range(69):
        figures = [*draw.integers(1, 100, 2).tolist(), float(draw.integers(0, 30)) / 10]
        sheet.write_row(row + 1, 0, [f"C{row:02}", f"Criterion number {row} of the unit form", *figures, f"see annex {row}"])
    book.close()


# ---------------------------------------------------------------- writing


def writing(units: int, seed: int) -> list[Row]:
    """The workbook of *units* × 60 criteria: the ranking, the points, a line for each point lost and why."""
    from scorekit_plugins.exporters import workbook

    outcome = outcome_of(units, seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = recorded(lambda: workbook.write(outcome, folder))
        cells = sum(len(line) for sheet in book.sheets for line in sheet.lines.values())
        lines = max(len(sheet.lines) for sheet in book.sheets)
        runs = {XLSXWRITER: lambda: book.replayed(folder / "bare.xlsx"), "scorekit": lambda: workbook.write(outcome, folder)}
        times = paired(runs, ROUNDS, budget=600)
    note = {"scorekit": f"{cells} cells in {len(book.sheets)} sheets, the longest of {lines} rows"}
    return rows(f"write the ranking of {units} × {workload.CRITERIA} with details", times, XLSXWRITER, {"scorekit": 1.1}, note)


def outcome_of(units: int, seed: int) -> Any:
    """An outcome of the benchmark's rubric, from data in memory."""
    from benchmarks.scoring import batches, scored
    from scorekit.domain.joining import joined
    from scorekit.domain.outputs import Outcome

    plan = ours.plan_of(seed)
    parts = batches(plan, workload.columns(units, seed))
    sheet, standings = scored(plan, parts)
    return Outcome(plan, None, joined(parts), sheet, standings, ())


class Sheet:
    """What was written on one sheet: the usual height of a row, by row another, and cells of column, value and format."""

    def __init__(self, name: str) -> None:
        self.name, self.usual = name, 15.0
        self.heights: dict[int, float] = {}
        self.lines: dict[int, list[tuple[int, Any, int]]] = {}


class Book:
    """What was written on all sheets; formats are numbered as they were added."""

    def __init__(self) -> None:
        self.formats: list[dict[str, Any]] = []
        self.sheets: list[Sheet] = []

    def replayed(self, path: Path) -> None:
        """The same cells by XlsxWriter alone, in constant memory."""
        import xlsxwriter

        book = xlsxwriter.Workbook(path, OPTIONS)
        formats = [book.add_format(wanted) for wanted in self.formats]
        for recorded_sheet in self.sheets:
            sheet, heights = book.add_worksheet(recorded_sheet.name), recorded_sheet.heights
            sheet.set_default_row(recorded_sheet.usual)
            for row, line in recorded_sheet.lines.items():
                if row in heights:
                    sheet.set_row(row, heights[row])
                for column, value, style in line:
                    if value.__class__ is float:
                        sheet.write_number(row, column, value, formats[style])
                    elif value is None:
                        sheet.write_blank(row, column, None, formats[style])
                    else:
                        sheet.write_string(row, column, value, formats[style])
        book.close()


def recorded(write: Callable[[], Any]) -> Book:
    """Every cell that *write* writes by XlsxWriter."""
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    book, whole = Book(), xlsxwriter.Workbook

    class Recorder(Worksheet):  # type: ignore[misc]
        def write_number(self, row: int, column: int, value: float, style: Any = None) -> int:
            return self._told(row, column, float(value), style) or super().write_number(row, column, value, style)

        def write_string(self, row: int, column: int, value: str, style: Any = None) -> int:
            return self._told(row, column, value, style) or super().write_string(row, column, value, style)

        def write_blank(self, row: int, column: int, value: Any, style: Any = None) -> int:
            return self._told(row, column, None, style) or super().write_blank(row, column, value, style)

        def set_row(self, row: int, height: float | None = None, *more: Any) -> int:
            sheets[self.name].heights[row] = height or 15
            return super().set_row(row, height, *more)

        def set_default_row(self, height: float | None = None, *more: Any) -> None:
            sheets[self.name].usual = height or 15.0
            super().set_default_row(height, *more)

        def _told(self, row: int, column: int, value: Any, style: Any) -> int:
            sheets[self.name].lines.setdefault(row, []).append((column, value, numbers[id(style)]))
            return 0

    class Recording(whole):  # type: ignore[misc, valid-type]
        def __init__(self, *told: Any) -> None:
            super().__init__(*told)
            book.formats.clear()  # XlsxWriter makes its own at the start

        def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
            sheets[name or ""] = Sheet(name or "")
            book.sheets.append(sheets[name or ""])
            return super().add_worksheet(name, Recorder)

        def add_format(self, properties: Any = None) -> Any:
            made = super().add_format(properties)
            numbers[id(made)] = len(book.formats)
            book.formats.append(dict(properties or {}))
            return made

    sheets: dict[str, Sheet] = {}
    numbers: dict[int, int] = {}
    xlsxwriter.Workbook = Recording
    try:
        write()
    finally:
        xlsxwriter.Workbook = whole
    return book


# ---------------------------------------------------------------- end to end


def end_to_end() -> list[Row]:
    """The 1 776-union workbook, whole processes: the bare program reads it and writes the same cells without formats."""
    [source] = SAMPLE.glob("*.xlsx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        evaluate = [sys.executable, "-m", "scorekit", "evaluate", str(SAMPLE), "--out", str(folder / "results"), "--fresh"]
        process(evaluate)
        (folder / "cells.pickle").write_bytes(pickle.dumps(sheets_of(folder / "results" / "ranking.xlsx")))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        bare = [sys.executable, str(folder / "bare.py"), str(source), str(folder / "cells.pickle"), str(folder / "bare.xlsx")]
        times = paired({"openpyxl and XlsxWriter": lambda: process(bare), "scorekit": lambda: process(evaluate)}, ROUNDS)
    return rows("1 776 unions, one workbook, whole processes", times, "openpyxl and XlsxWriter", {"scorekit": 2.5})


def sheets_of(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Every cell of a workbook, sheet by sheet."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return [(sheet.title, [tuple(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def main() -> None:
    """Measure in turn and print the ratios."""
    size, files, units, seed = (int(told) for told in (*sys.argv[1:], *(ROWS, FILES, UNITS, workload.SEED)[len(sys.argv) - 1 :]))
    for row in (*reading(size, files, seed), *writing(units, seed), *end_to_end()):
        print(row.line(), flush=True)


if __name__ == "__main__":
    main()
