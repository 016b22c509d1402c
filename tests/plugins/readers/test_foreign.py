"""Files of other programs: one problem each that says what they are and how to save them."""

from __future__ import annotations

from pathlib import Path

from scorekit_plugins.readers import foreign

from tests.intake import problems_of, read_with


def test_each_file_is_named_for_what_it_is():
    found = read_with(foreign, Path("b.XLS"), Path("a.et"), Path("c.xlsm"))
    assert problems_of(found) == [
        "error : a WPS workbook (.et) is not read",
        "error : an old Excel workbook (.xls) is not read",
        "error : a workbook with macros (.xlsm) is not read",
    ]
    assert [p.file for t in found for p in t.problems] == ["a.et", "b.XLS", "c.xlsm"]


def test_a_report_is_pointed_to_where_a_draft_is_made_of_it():
    found = read_with(foreign, Path("a.docx"), Path("b.txt"), Path("c.doc"), Path("d.wps"))
    assert all(str(p.cure).endswith("scorekit extract") for t in found for p in t.problems)
    assert len(problems_of(found)) == 4


def test_no_ending_of_ours_is_foreign():
    [reader] = foreign.scorekit_readers()
    assert not {".xlsx", ".csv", ".json", ".ndjson", ".jsonl", ".parquet"} & set(reader.suffixes)
