"""Shared texts are those that openpyxl reads; workbooks that are shipped hold what openpyxl says they hold."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.reader.strings import read_string_table
from scorekit_plugins.readers import workbook
from scorekit_plugins.readers.strings import opened, shared_texts

from scorekit.domain.intake import Percent, Unreadable
from tests.intake import read_with

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SAMPLES = Path(__file__).parents[3] / "samples"
BOOKS = sorted(p for p in SAMPLES.rglob("*.xlsx") if "invalid" not in p.parts)

letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t _x005F_"), max_size=12)
spaced = st.sampled_from(["", ' xml:space="preserve"'])
plain = st.builds(lambda text, more: f"<t{more}>{escape(text)}</t>", letters, spaced)
run = st.builds(lambda told: f"<r><rPr><b/></rPr>{told}</r>", plain)
spoken = st.builds(lambda told: f'<rPh sb="0" eb="1">{told}</rPh>', plain)
entry = st.one_of(
    plain, st.just("<t/>"), st.just(""), st.lists(run, min_size=1, max_size=3).map("".join), st.tuples(plain, spoken).map("".join)
)


def table(entries: list[str], start: str = "") -> bytes:
    made = "".join(f"<si>{e}</si>" for e in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?><{start}sst xmlns="{MAIN}">{made}</{start}sst>'.encode()


@given(st.lists(entry, max_size=8))
def test_texts_are_those_that_openpyxl_reads(entries: list[str]) -> None:
    made = table(entries)
    assert shared_texts(io.BytesIO(made)) == read_string_table(io.BytesIO(made))


@pytest.mark.parametrize("told", ["<t>a</t><t>b</t>", "<x>a</x>", "<t>a</t><x/>", "<t>甲_x005F_x0041_</t>", "a<t>b</t>c", "<t>a<b/>c</t>"])
def test_odd_entries_are_read_or_refused_as_openpyxl_does(told: str) -> None:
    def result(read: Any) -> Any:
        try:
            return read(io.BytesIO(table([told])))
        except Exception as fault:  # noqa: BLE001 - whatever openpyxl raises
            return type(fault)

    assert result(shared_texts) == result(read_string_table)


def test_a_workbook_is_opened_as_openpyxl_opens_it() -> None:
    ours, theirs = opened(BOOKS[0]), openpyxl.load_workbook(BOOKS[0], read_only=True, keep_links=False)
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        assert list(ours[name].iter_rows(values_only=True)) == list(theirs[name].iter_rows(values_only=True))
    ours.close()
    theirs.close()


def meant(value: Any, percent: bool) -> Any:
    """A cell as openpyxl has it, as the reader is to give it."""
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return str(value)
    return Percent(Decimal(repr(round(value, 10)))) if percent and isinstance(value, (int, float)) else value


@pytest.mark.parametrize("path", BOOKS, ids=lambda p: str(p.relative_to(SAMPLES)))
def test_every_shipped_workbook_holds_what_openpyxl_says(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    tables = [t for t in read_with(workbook, path) if len(t)]
    assert tables
    for table in tables:
        sheet = book[table.sheet]
        for name, cells in table.columns.items():
            for row, cell in zip(table.row, cells, strict=True):
                if not isinstance(cell, Unreadable):
                    judge = sheet[f"{table.letters[name]}{row}"]
                    assert cell == meant(judge.value, "%" in judge.number_format), (judge.coordinate, cell)
