"""Blocks told apart by their bytes: what the csv module makes of them, or nothing."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scorekit_plugins.readers.plain_rows import plain_rows

PIECES = st.lists(st.sampled_from(["a", "甲", "1", '"', '""', ",", "\n", "\r\n", "\r", " ", "\0", ';"']), max_size=24)
CELLS = st.lists(st.lists(st.text('ab甲,"\n ', max_size=4), min_size=3, max_size=3), min_size=1, max_size=5)


def listed(found):
    raw = found.block.raw
    columns = [
        [raw[a:b].decode().replace('""', '"') for a, b in zip(s, e, strict=True)] for s, e in zip(found.starts, found.ends, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def by_module(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(PIECES, st.integers(1, 3))
@example(["a", ",", '"', "甲", "\n", '"', "\n", "1", ",", "a", "\n"], 2)
@example(['""', ",", '"', '""', "a", '"', "\n"], 2)
def test_what_is_taken_is_taken_as_by_the_csv_module(pieces, width):
    text = "".join(pieces) + "\n"
    found = plain_rows(text.encode(), width, ord(","))
    if found is not None:
        whole = text.encode()[: len(text.encode()) - len(found.rest)].decode()
        assert listed(found) == [row or [""] for row in by_module(whole)]


@given(CELLS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_well_written_rows_are_taken_whole(rows, end, all_quoted):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL).writerows(rows)
    found = plain_rows(stream.getvalue().encode(), 3, ord(","))
    assert (listed(found), found.rest) == (rows, b"")


def test_a_row_that_is_not_closed_is_left_for_later():
    found = plain_rows(b'a,b\n"c\n', 2, ord(","))
    assert (listed(found), found.rest) == ([["a", "b"]], b'"c\n')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a,b,c\n",
        "a,b\n\nc,d\n",
        "a,b\nc\n",
        'a"b,c\n',
        '"a"b,c\n',
        ' "a",b\n',
        "a,b\rc,d\n",
        "a,\0\n",
        "a,b",
        "a," + "x" * 140_000 + "\n",
    ],
)
def test_what_is_not_plain_is_left_to_others(text):
    assert plain_rows(text.encode(), 2, ord(",")) is None
