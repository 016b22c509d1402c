"""The bare programs beside which workbooks are measured read and write the same cells as scorekit does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from scorekit_plugins.exporters import workbook as exporter

from benchmarks import workbook
from benchmarks.measure import Absent


def cells(path: Path) -> dict[tuple[str, str], tuple[Any, str, bool]]:
    """Every cell that has a value: the value, its format, whether it is bold."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, bool(cell.font.bold))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def heights(path: Path) -> dict[tuple[str, int], float]:
    book = openpyxl.load_workbook(path)
    return {(sheet.title, row): at.height for sheet in book for row, at in sheet.row_dimensions.items() if at.customHeight and at.height}


def test_xlsxwriter_alone_writes_the_same_cells_with_the_same_formats_and_heights(tmp_path: Path) -> None:
    outcome = workbook.outcome_of(40, 7)
    book = workbook.recorded(lambda: exporter.write(outcome, tmp_path))
    book.replayed(tmp_path / "bare.xlsx")
    assert cells(tmp_path / "bare.xlsx") == cells(tmp_path / "ranking.xlsx")
    assert heights(tmp_path / "bare.xlsx") == heights(tmp_path / "ranking.xlsx")
    assert len(cells(tmp_path / "bare.xlsx")) > 40 * 60


def test_what_was_recorded_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    import xlsxwriter

    before = xlsxwriter.Workbook
    with pytest.raises(ZeroDivisionError):
        workbook.recorded(lambda: 1 / 0)
    assert xlsxwriter.Workbook is before


@pytest.mark.parametrize("read", list(workbook.READERS.values()))
def test_every_reader_finds_all_rows(tmp_path: Path, read: Any) -> None:
    draw = np.random.default_rng(1)
    workbook.large(tmp_path / "a.xlsx", 30, draw)
    workbook.form(tmp_path / "b.xlsx", draw)
    try:
        assert read([tmp_path / "a.xlsx", tmp_path / "b.xlsx"]) == 30 + 69
    except Absent as reason:
        pytest.skip(str(reason))


def test_reading_and_writing_have_ratios_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROUNDS", 1)
    found = [*workbook.reading(20, 3, 7), *workbook.writing(20, 7)]
    assert [(r.work, r.goal) for r in found if r.who == "scorekit"] == [
        ("read one workbook of 20 × 60", 1.5),
        ("read 3 small workbooks", 1.5),
        ("write the ranking of 20 × 60 with details", 1.1),
    ]
    assert all(r.ratio is not None for r in found if r.who == "scorekit")
