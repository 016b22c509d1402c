"""public.csv: the columns' own names, and no cell that is a formula."""

from __future__ import annotations

from scorekit_plugins.publishers.table import render, scorekit_publishers

from tests.plugins.publishers.test_workbook import LIST


def test_the_table_begins_with_a_mark_and_guards_its_cells() -> None:
    lines = render(LIST).decode("utf-8-sig").splitlines()
    assert lines[:3] == ["rank,unit,total", "1,'=1+1,90.00", "2,http://example.org,80.5"]
    assert render(LIST).startswith(b"\xef\xbb\xbf")
    assert [p.file for p in scorekit_publishers()] == ["public.csv"]
