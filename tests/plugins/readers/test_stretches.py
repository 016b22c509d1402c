"""Stretches of a file: all its bytes in turn, and the rows of the csv module wherever they are cut."""

from __future__ import annotations

import contextlib
import csv
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.stretches import Stretches

PIECES = st.lists(st.sampled_from(["甲", "1", '"', ",", "\n", "\r\n", "\r", '"a\nb"', "x,y\n"]), max_size=30)


def by_module(path, encoding="utf-8"):
    rows = []
    with path.open(encoding=encoding, newline="") as source, contextlib.suppress(csv.Error):
        rows.extend(csv.reader(source, strict=True))
    return rows


@given(PIECES, st.integers(1, 9), st.integers(0, 5))
def test_rows_are_those_of_the_whole_file(tmp_path_factory, pieces, size, many):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_bytes("".join(pieces).encode())
    source, rows = Stretches(path, "utf-8"), []
    with contextlib.closing(source), contextlib.suppress(csv.Error):
        while content := source.next(size):
            with contextlib.closing(source.rows(content, ",")) as own:
                rows.extend(islice(own, many or None))
    assert rows == by_module(path)


@given(PIECES, st.integers(1, 9))
def test_stretches_end_where_lines_do_and_make_up_the_file(tmp_path_factory, pieces, size):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    whole = "".join(pieces).encode()
    path.write_bytes(whole)
    source, parts = Stretches(path, "utf-8"), []
    with contextlib.closing(source):
        while content := source.next(size):
            parts.append(content)
    assert b"".join(parts) == whole
    assert all(p.endswith(b"\n") for p in parts[:-1])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_marks_are_skipped_and_characters_decoded(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n", encoding=encoding)
    source = Stretches(path, encoding)
    with contextlib.closing(source):
        assert list(source.rows(source.next(), ",")) == [["甲", "乙"]]
