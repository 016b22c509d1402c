"""``rubric show`` in every form: printed, or written to a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.cli import main


def shown(*words: str) -> int:
    return main(["--lang", "en", "rubric", "show", "model-home", *words])


@pytest.mark.parametrize(("form", "start"), [("text", "模范职工之家"), ("markdown", "# 模范职工之家"), ("html", "<!DOCTYPE html>")])
def test_a_form_of_text_is_printed_or_written(form: str, start: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("--format", form) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(start)
    assert shown("--format", form, "-o", str(tmp_path / "out")) == 0
    assert (tmp_path / "out").read_text(encoding="utf-8").strip() == printed.strip()


def test_a_workbook_is_only_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("--format", "xlsx") == 2
    assert "say where it goes: -o FILE.xlsx" in capsys.readouterr().err
    assert shown("--format", "xlsx", "-o", str(tmp_path / "out.xlsx")) == 0
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")


def test_a_form_or_category_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("--format", "pdf") == 2
    assert "there is no “pdf” among the printers of standards" in capsys.readouterr().err
    assert shown("--format", "html", "--category", "农场") == 2
    assert "the rubric has no category “农场”" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("--format", "html", "-o", str(tmp_path / "none" / "out.html")) == 2
    assert "the file cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rank", "said"), [({}, False), ({"first": "low"}, True), ({"ends": 3}, True), ({"decimals": 1}, True), ({"where": "a > 1"}, True)]
)
def test_a_main_ranking_that_is_not_the_usual_one_is_told(
    rank: dict[str, Any], said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"unit": {"type": "string", "title": "u"}, "a": {"type": "number", "x-criterion": {"rule": {"mark": {}}, "reading": "r"}}}
    rubric = {"title": "t", "type": "object", "properties": fields, "x-rubric": {"language": 1, "id": "t", "version": "1", "rank": rank}}
    (tmp_path / "rubric.json").write_text(json.dumps(rubric), encoding="utf-8")
    assert main(["--lang", "en", "rubric", "show", str(tmp_path / "rubric.json")]) == 0
    assert ("Rankings:" in capsys.readouterr().out) is said
