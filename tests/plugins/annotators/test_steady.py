"""Equal workbooks give equal bytes, and what the sender said of his file stays."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from scorekit_plugins.annotators.steady import DAY, save


def test_the_day_of_the_senders_last_change_is_kept(tmp_path: Path) -> None:
    book = Workbook()
    book.properties.modified = datetime.datetime(2026, 3, 4, 5, 6, 7)  # noqa: DTZ001
    save(book, tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").properties.modified == datetime.datetime(2026, 3, 4, 5, 6, 7)  # noqa: DTZ001


def test_without_one_it_is_a_fixed_day(tmp_path: Path) -> None:
    book = Workbook()
    book.properties.created, book.properties.modified = DAY, None
    save(book, tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").properties.modified == DAY


def test_two_savings_are_equal(tmp_path: Path) -> None:
    for name in "ab":
        book = Workbook()
        book.properties.created = book.properties.modified = DAY
        book.active["A1"] = "x"
        save(book, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "docProps/core.xml"])
def test_the_package_is_whole(part: str, tmp_path: Path) -> None:
    save(Workbook(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())) as package:
        assert package.testzip() is None
        assert part in package.namelist()
