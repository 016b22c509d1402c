"""CSV tables beside a rubric: taken into its document with their digest; nothing outside its folder is read."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.errors import RubricError
from scorekit.loading.rubrics import load_rubric, rubric_of
from scorekit.loading.table_files import with_tables
from tests.building import TEXT, criterion, document, said

CSV = "级别,说明,分\n国家级,x,5\n\n省级,y,3.50\n"


def rubric(table: dict[str, Any]) -> dict[str, Any]:
    shape = {"level": TEXT, "a": criterion({"mark": {"of": "lookup(prices, level)"}}, 5, {}, reading="x")}
    return document(shape, tables={"prices": table})


def filled(folder: Path, content: str | bytes, **table: Any) -> Any:
    """The table as loaded from a CSV of *content*."""
    (folder / "p.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    found = with_tables(rubric({"file": "p.csv", "keys": ["级别"], **table}), folder / "rubric.json")
    return found["x-rubric"]["tables"]["prices"]


def refused(folder: Path, content: str | bytes, **table: Any) -> tuple[str, str]:
    with pytest.raises(RubricError) as caught:
        filled(folder, content, **table)
    return said(caught.value.what), str(caught.value.where)


def test_the_rows_and_the_digest_stand_in_the_document(tmp_path: Path) -> None:
    found = filled(tmp_path, CSV, value="分")
    assert found["rows"] == [["国家级", 5], ["省级", Decimal("3.50")]]
    assert found["digest"] == hashlib.sha256(CSV.encode()).hexdigest()


def test_the_last_column_is_the_value_unless_one_is_named(tmp_path: Path) -> None:
    assert filled(tmp_path, CSV)["rows"] == [["国家级", 5], ["省级", Decimal("3.50")]]
    assert filled(tmp_path, CSV, value="说明")["rows"] == [["国家级", "x"], ["省级", "y"]]
    assert filled(tmp_path, "级别,入选\n国家级,是\n省级,否\n")["rows"] == [["国家级", True], ["省级", False]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_as_spreadsheets_save_it_is_read(tmp_path: Path, encoding: str) -> None:
    assert filled(tmp_path, CSV.replace("\n", "\r\n").encode(encoding))["rows"][0] == ["国家级", 5]


def test_a_loaded_rubric_needs_no_other_file_afterwards(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(CSV, encoding="utf-8")
    written = rubric({"file": "p.csv", "keys": ["级别"]})
    (tmp_path / "rubric.json").write_text(json.dumps(written), encoding="utf-8")
    loaded = load_rubric(tmp_path / "rubric.json", discover())
    (tmp_path / "p.csv").unlink()
    again = rubric_of(dict(loaded.document), str(tmp_path / "elsewhere.json"), discover())
    assert again.document == loaded.document
    assert written["x-rubric"]["tables"]["prices"] == {"file": "p.csv", "keys": ["级别"]}


@pytest.mark.parametrize("name", ["../p.csv", "/etc/passwd", "a/../../p.csv"])
def test_nothing_outside_the_rubrics_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "in").mkdir()
    with pytest.raises(RubricError) as caught:
        with_tables(rubric({"file": name, "keys": ["级别"]}), tmp_path / "in" / "rubric.json")
    assert said(caught.value.what) == "the file of a table must stand in the rubric's own folder"


def test_what_is_wrong_with_a_file_is_said_with_its_place(tmp_path: Path) -> None:
    assert refused(tmp_path, "级别,分\n国家级,\n") == ("“分” is empty", "p.csv:2")
    assert refused(tmp_path, "级别,分\n国家级\n") == ("“分” is empty", "p.csv:2")
    assert refused(tmp_path, "\n\n") == ("the file is empty", "p.csv")
    assert refused(tmp_path, b"\xff\xff\xff") == ("the file is no UTF-8 text", "p.csv")
    what, where = refused(tmp_path, CSV, value="分值")
    assert what == "the table's file p.csv has no column “分值”"
    assert where.endswith("rubric.json#/x-rubric/tables/prices/file")
    assert refused(tmp_path, CSV, rows=[["a", 1]])[0] == "a table has either rows or a file"


def test_a_file_that_is_not_there_or_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RubricError) as caught:
        with_tables(rubric({"file": "none.csv", "keys": ["级别"]}), tmp_path / "rubric.json")
    assert str(caught.value.where).endswith("none.csv")
    monkeypatch.setattr("scorekit.loading.table_files.LARGEST", 3)
    assert refused(tmp_path, CSV)[0] == "the file is larger than 32 MB"


def test_documents_without_such_tables_are_themselves() -> None:
    plain = rubric({"rows": {"a": 1}})
    assert with_tables(plain, Path("rubric.json")) is plain
    assert with_tables({"x-rubric": 3}, Path("rubric.json")) == {"x-rubric": 3}
