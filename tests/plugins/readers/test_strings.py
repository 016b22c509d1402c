"""Shared texts are those that openpyxl reads, escapes taken back; workbooks that are shipped hold what openpyxl says they hold."""

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
from scorekit_plugins.readers.strings import plain_text, shared_texts

from scorekit.domain.intake import Percent, Unreadable
from scorekit.words import say
from tests.intake import read_with

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SAMPLES = Path(__file__).parents[3] / "samples"
BOOKS = sorted(p for p in SAMPLES.rglob("*.xlsx") if "invalid" not in p.parts)

letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t _x005F"), max_size=12)
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
    raw = read_string_table(io.BytesIO(made.replace(b"_x005F_", b"_X005f_")))
    assert shared_texts(io.BytesIO(made)) == [t.replace("_X005f_", "_") for t in raw]


@pytest.mark.parametrize(
    "told",
    [
        "<t>a</t><t>b</t>",
        "<x>a</x>",
        "<t>a</t><x/>",
        "a<t>b<b/>c</t>",
        "<r><t>a</t><t>b</t></r>",
        "<t>a</t><r><t>b</t></r>",
        "<r><t>a<b/></t></r>",
    ],
)
def test_what_programs_put_together_differently_is_nobodys_text(told: str) -> None:
    [found] = shared_texts(io.BytesIO(table([told])))
    assert isinstance(found, Unreadable)
    assert "in several pieces" in say(found.what, "en")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("甲_x000D_\n乙", "甲\r\n乙"),
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x0007_", "_x0007_"),
        ("_xD800_", "_xD800_"),
        ("_xFFFF_", "_xFFFF_"),
        ("a_xyz_", "a_xyz_"),
    ],
)
def test_escapes_are_taken_back_except_for_what_no_text_should_hold(written: str, text: str) -> None:
    assert plain_text(written) == text
    assert shared_texts(io.BytesIO(table([f"<t>{written}</t>", f"<r><t>{written}</t></r>"]))) == [text, text]


def test_pronunciation_is_no_part_of_a_text() -> None:
    beside = '<rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr fontId="1"/>'
    assert shared_texts(io.BytesIO(table([f"<t>甲</t>{beside}", f"<r><t>甲</t></r>{beside}"]))) == ["甲", "甲"]


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
