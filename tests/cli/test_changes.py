"""``rubric diff`` prints the changes by class and, given submissions, the units to which they matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorekit.cli import main

FRAME = {"language": 1, "id": "small", "version": "1", "levels": [{"id": "good", "title": "良", "at_least": 8}]}
NUMBER = {"type": "number", "title": "数", "x-criterion": {"no": "1", "points": 10, "rule": {"mark": {}}, "wording": "甲"}}


def written(folder: Path, name: str, line: int, wording: str) -> Path:
    number = {**NUMBER, "x-criterion": {**NUMBER["x-criterion"], "wording": wording}}  # type: ignore[dict-item]
    frame = {**FRAME, "levels": [{"id": "good", "title": "良", "at_least": line}]}
    document = {"title": "小", "type": "object", "properties": {"unit": {"type": "string"}, "a": number}, "x-rubric": frame}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_changes_are_printed_by_class_with_old_and_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path, "old", 8, "甲"), written(tmp_path, "new", 9, "乙")
    assert main(["--lang", "en", "rubric", "diff", str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "小 (small 1) → 小 (small 1)",
        "",
        "who qualifies: 1 changes",
        "  良 (levels/good)",
        "    line: 8 → 9",
        "",
        "wording only: 1 changes",
        "  1 数 (criteria/a)",
        "    wording: 甲 → 乙",
        "",
        "No changes: how many points, thresholds, form",
    ]


def test_units_concerned_are_named_with_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path, "old", 8, "甲"), written(tmp_path, "new", 9, "甲")
    (tmp_path / "units.csv").write_text("unit,a\n甲,8.5\n乙,9\n", encoding="utf-8")
    assert main(["--lang", "en", "rubric", "diff", str(old), str(new), str(tmp_path / "units.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "2 units evaluated by both: level, rank or award of 1 change",
        "  甲: level 良 → 未达标",
    ]


def test_equal_rubrics_have_no_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = written(tmp_path, "old", 8, "甲")
    assert main(["--lang", "en", "rubric", "diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "",
        "No changes: how many points, thresholds, who qualifies, form, wording only",
    ]
