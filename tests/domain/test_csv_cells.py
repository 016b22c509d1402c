"""CSV cells: any text comes back from a file, and none is a formula there."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.csv_cells import bare, csv_texts, guarded, quoted

SPITEFUL = st.text(st.sampled_from("=+-@\t'\r\n,\"1.%甲 ＝－"), max_size=6)


@given(st.lists(SPITEFUL, min_size=1))
def test_any_text_comes_back(texts: list[str]) -> None:
    line = ",".join(csv_texts(["x", *texts])) + "\r\n"
    [row] = csv.reader(io.StringIO(line, newline=""))
    assert [bare(t) for t in row[1:]] == texts


@given(SPITEFUL)
def test_no_text_begins_as_a_formula_unless_it_is_a_plain_number(text: str) -> None:
    [told] = guarded([text])
    assert not told.startswith(tuple("=+-@\t\r\n＝＋－＠")) or told.removesuffix("%").lstrip("+-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "-5"),
        ("+92.28%", "+92.28%"),
        ("'=x", "''=x"),
        ("'甲", "'甲"),
        ("-5x", "'-5x"),
        ("@a", "'@a"),
        ("＝1+1", "'＝1+1"),
        ("\n=1", "'\n=1"),
    ],
)
def test_the_guard_stands_before_formulas_only(text: str, told: str) -> None:
    assert guarded([text, "甲"]) == [told, "甲"]


def test_only_the_cells_that_need_it_are_quoted() -> None:
    assert quoted(["a", "b,c", 'd"e', "f\ng", ""]) == ["a", '"b,c"', '"d""e"', '"f\ng"', ""]
    assert quoted(["a", "b"]) == ["a", "b"]
