"""The page of figures is Chinese: of what benchmarks say, only names of programs, files and fields stay as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.measure import Row

KEPT = {
    "numpy", "pandas", "polars", "pyarrow", "scorekit", "orjson", "openpyxl", "pymcdm", "fastexcel", "calamine", "jsonschema-rs",
    "scikit-criteria", "python", "import", "pass", "evaluate", "help", "version", "in", "x", "s", "c", "parquet", "csv", "json", "ndjson",
    "pluggy", "apply", "python_calamine",
}  # fmt: skip
"""Names of programs and formats, and words of commands."""


def rows() -> list[Row]:
    """All rows that the page shows."""
    return [row for _, by_seed in page.works(page.kept()) for found in by_seed.values() for row in found]


def left(text: str) -> set[str]:
    """English words in a text that are no names."""
    return {w for w in re.findall(r"(?<![\w.])[a-z][a-z_-]+(?![\w.])", text) if w not in KEPT}


@pytest.mark.parametrize(("words", "part"), [(page.WORKED, "work"), (page.PROGRAMS, "who"), (page.WORDS, "note")])
def test_what_benchmarks_say_is_shown_in_chinese(words: tuple[tuple[str, str], ...], part: str) -> None:
    said = [page.worded(getattr(row, part), words) for row in rows() if not row.note.startswith("failed")]
    assert said
    assert {text: left(text) for text in said if left(text)} == {}


def test_a_work_that_is_measured_has_a_title() -> None:
    assert set(page.kept()["rows"]) <= set(page.TITLES)


def test_marks_keep_what_stands_around_them(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("前<!-- a: begin -->旧<!-- a: end -->后", encoding="utf-8")
    page.write(file, {"a": "新"})
    assert file.read_text(encoding="utf-8") == "前<!-- a: begin -->\n\n新\n\n<!-- a: end -->后"
    with pytest.raises(ValueError, match="no marks"):
        page.write(file, {"b": "新"})
