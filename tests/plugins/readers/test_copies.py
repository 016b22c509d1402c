"""Copies as the reader of workbooks knows them: by their properties, by their list; and what changes the digest of their values."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from scorekit_plugins.readers import workbook
from scorekit_plugins.readers.copies import lineage, own_list, values

from scorekit.domain.annotated import EARLIER, LIST_HEADS, PROPERTY, Lineage
from scorekit.domain.intake import SourceFile
from scorekit.errors import InputError
from scorekit.words import say
from tests.intake import problems_of, read_with

A, B, C = "a" * 64, "b" * 64, "c" * 64


def saved(path: Path, write: Callable[[Any], object] = lambda book: None, **properties: str) -> SourceFile:
    book = Workbook()
    book.active.title = "表"
    book.active.append(["单位名称", "人数"])
    book.active.append(["甲", 12])
    write(book)
    for name, value in properties.items():
        book.custom_doc_props.append(StringProperty(name=name.replace("_", "-"), value=value))
    book.save(path)
    return SourceFile(path, path.name)


def with_list(book: Any, title: str = "错误清单", lang: str = "zh") -> None:
    sheet = book.create_sheet(title)
    for row in (["错误清单"], ["…"], [say(h, lang) for h in LIST_HEADS], [1, "表", "B2", "甲", "人数", "12", "错", "改", "错误"]):
        sheet.append(row)


def test_an_ordinary_workbook_is_no_copy(tmp_path: Path) -> None:
    assert lineage(saved(tmp_path / "a.xlsx")) is None
    assert lineage(saved(tmp_path / "b.xlsx", KSOProductBuildVer="2052")) is None


def test_a_copy_says_what_it_was_made_of(tmp_path: Path) -> None:
    own = {PROPERTY: f"{A} {B}", EARLIER: C}
    assert lineage(saved(tmp_path / "a.xlsx", **{**own, "KSOProductBuildVer": "2052"})) == Lineage((A, C), B)
    assert lineage(saved(tmp_path / "b.xlsx", **{PROPERTY: A})) == Lineage((A,))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"docProps/custom.xml", b"\xd0\xcf\x11\xe0docProps/custom.xml"])
def test_what_is_no_workbook_is_no_copy(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert lineage(SourceFile(tmp_path / "a.xlsx", "a.xlsx")) is None


def test_of_a_huge_part_only_the_beginning_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/custom.xml", " " * 50_000_000 + f'<property name="{PROPERTY}"><vt:lpwstr>{A}</vt:lpwstr></property>')
    assert lineage(SourceFile(tmp_path / "a.xlsx", "a.xlsx")) is None


def test_a_file_that_is_not_there_is_no_copy(tmp_path: Path) -> None:
    assert lineage(SourceFile(tmp_path / "none.xlsx", "none.xlsx")) is None


def again(path: Path, change: Callable[[Any], object] = lambda book: None) -> SourceFile:
    """The workbook saved once more, perhaps changed."""
    book = load_workbook(path)
    change(book)
    book.save(path.with_name("again.xlsx"))
    return SourceFile(path.with_name("again.xlsx"), "again.xlsx")


def _styled(book: Any) -> None:
    book["表"]["B2"].fill, book["表"]["C9"].font = PatternFill("solid", fgColor="FFFF0000"), Font(bold=True)
    book["表"].column_dimensions["A"].width = 40


@pytest.mark.parametrize("change", [lambda book: None, _styled, with_list, lambda book: with_list(book, "Sheet9", "en")])
def test_what_is_not_a_value_does_not_change_the_digest(change: Callable[[Any], object], tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx")
    assert values(again(file.path, change)) == values(file)


def _renamed(book: Any) -> None:
    book["表"].title = "别的表"


def _set(cell: str, value: Any) -> Callable[[Any], None]:
    return lambda book: book["表"].__setitem__(cell, value)


@pytest.mark.parametrize("change", [_set("B2", 13), _set("B2", "12"), _set("B2", None), _set("C3", "新"), _set("B2", "=12"), _renamed])
def test_what_is_mended_changes_it(change: Callable[[Any], object], tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx")
    assert values(again(file.path, change)) != values(file)


def _shown_plainly(book: Any) -> None:
    book["表"]["B2"].number_format = "General"


def _unmerged(book: Any) -> None:
    book["表"].unmerge_cells("A3:A4")


def _unhidden(book: Any) -> None:
    book["另"].sheet_state = "visible"


def _row_shown(book: Any) -> None:
    book["表"].row_dimensions[2].hidden = False


def _column_shown(book: Any) -> None:
    book["表"].column_dimensions["B"].hidden = False


@pytest.mark.parametrize("change", [_shown_plainly, _unmerged, _unhidden, _row_shown, _column_shown])
def test_what_is_mended_without_another_value_changes_it(change: Callable[[Any], object], tmp_path: Path) -> None:
    def odd(book: Any) -> None:
        book["表"]["B2"].number_format = "0.00%"
        book["表"].merge_cells("A3:A4")
        book["表"].row_dimensions[2].hidden, book["表"].column_dimensions["B"].hidden = True, True
        book.create_sheet("另").sheet_state = "hidden"

    file = saved(tmp_path / "a.xlsx", odd)
    assert values(again(file.path)) == values(file)
    assert values(again(file.path, change)) != values(file)


def test_dates_times_truths_and_errors_have_a_digest(tmp_path: Path) -> None:
    row = [datetime.datetime(2026, 1, 2, 3, 4), datetime.time(5, 6), datetime.timedelta(hours=30), True, "#N/A", 0.1]  # noqa: DTZ001
    file = saved(tmp_path / "a.xlsx", lambda book: book.active.append(row))
    assert values(again(file.path)) == values(file)


@pytest.mark.parametrize(("truth", "written"), [(True, "=TRUE()"), (False, "=FALSE()")])
def test_a_truth_as_libreoffice_writes_it_is_that_truth(truth: bool, written: str, tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", _set("B2", truth))
    other = again(file.path, _set("B2", written))
    assert values(other) == values(file)
    assert [t.columns["人数"] for t in read_with(workbook, other.path, headers=["人数"])] == [(truth,)]


def test_an_error_as_libreoffice_writes_it_is_that_error(tmp_path: Path) -> None:
    def wrong(book: Any) -> None:
        book["表"]["B2"].value, book["表"]["B2"].data_type = "#N/A", "e"

    file = saved(tmp_path / "a.xlsx", wrong)
    assert values(again(file.path, _set("B2", "=#N/A"))) == values(file)


def test_a_refused_workbook_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="damaged"):
        values(SourceFile(tmp_path / "a.xlsx", "a.xlsx"))


@pytest.mark.parametrize(("title", "properties"), [("错误清单", {}), ("改名了", {}), ("错误清单", {PROPERTY: f"{A} {B}"})])
def test_the_list_of_a_copy_is_not_read_and_listed(title: str, properties: dict[str, str], tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", lambda book: with_list(book, title), **properties)
    tables = read_with(workbook, file.path, headers=["单位名称", "人数", "单位", "问题"])
    assert [list(t.columns) for t in tables if len(t)] == [["单位名称", "人数"]]
    assert problems_of(tables) == [f"repair : sheets that list the errors of a copy are not read: {title}"]


def test_in_a_copy_the_list_is_known_by_its_name_even_without_its_heads(tmp_path: Path) -> None:
    def headless(book: Any) -> None:
        with_list(book)
        book["错误清单"].delete_rows(3)
        book["错误清单"].append([2, "表", "B2", "乙", "人数", "x", "错", "改", "错误"])

    file = saved(tmp_path / "a.xlsx", headless, **{PROPERTY: f"{A} {B}"})
    assert [t.sheet for t in read_with(workbook, file.path, headers=["单位名称", "单位", "甲"]) if len(t)] == ["表"]
    other = saved(tmp_path / "b.xlsx", headless)
    assert [t.sheet for t in read_with(workbook, other.path, headers=["单位名称", "单位", "甲"]) if len(t)] == ["表", "错误清单"]


def test_a_workbook_that_is_nothing_but_a_list_is_no_fault(tmp_path: Path) -> None:
    book = Workbook()
    with_list(book)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    assert problems_of(read_with(workbook, tmp_path / "a.xlsx", headers=["单位名称"])) == [
        "repair : sheets that list the errors of a copy are not read: 错误清单"
    ]


def test_its_name_is_known_in_both_languages() -> None:
    assert own_list("错误清单")
    assert own_list("errors to mend")
    assert not own_list("表")
