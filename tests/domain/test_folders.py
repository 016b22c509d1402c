"""The records of a folder of results: its own first, then those that dead runs left in their staging folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorekit.domain.folders import RECORD, STAGING, files_named, names_of, record_in, records_of


def test_the_own_record_comes_first_and_those_of_dead_runs_in_their_order(tmp_path: Path) -> None:
    for number in ("2-1", "1-1"):
        (tmp_path / f"{STAGING}{number}").mkdir()
        (tmp_path / f"{STAGING}{number}" / RECORD).write_text("{}")
    (tmp_path / f"{STAGING}3-1").mkdir()  # a run that died before it had written its set
    assert records_of(tmp_path) == [tmp_path / RECORD, *(tmp_path / f"{STAGING}{n}" / RECORD for n in ("1-1", "2-1"))]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"record": "1"}', '{"record": true}', "[" * 100_000])
def test_what_is_no_record_of_ours_is_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text(text)
    assert record_in(tmp_path / RECORD) == {}
    assert record_in(tmp_path / "absent") == {}


def test_a_record_names_files_of_its_own_folder_only(tmp_path: Path) -> None:
    names = {"a.csv": "d", "../b": "d", "/c": "d", "..": "d", "d\\e": "d", "C:f": "d", "": "d", RECORD: "d", "g": 1}
    (tmp_path / RECORD).write_text(json.dumps({"record": 1, "files": names}))
    assert files_named(record_in(tmp_path / RECORD)) == {"a.csv": "d"}
    assert files_named({"record": 1, "files": ["a.csv"]}) == {}


def test_what_was_open_when_a_set_was_moved_in_still_belongs_to_it() -> None:
    record = {"record": 1, "files": {"status-new.xlsx": "x", "甲_批注-new.xlsx": "x", "status.csv": "x", "new.csv": "x"}}
    assert names_of(record) == {"status-new.xlsx", "status.xlsx", "甲_批注-new.xlsx", "甲_批注.xlsx", "status.csv", "new.csv"}
