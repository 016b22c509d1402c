"""``scorekit status``: an overview on the terminal, and as a workbook and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scorekit.cli import main
from tests.domain.test_progress import desk


def run(folder: Path, *words: str) -> int:
    found = desk(folder)
    given = ["--lang", "zh", "status", str(folder / "in"), "--rubric", str(found.rubric), "--register", str(found.register), "--no-plugins"]
    return main([*given, *words])


def test_it_says_who_has_sent_what_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "企业：3 个单位，已报 2 个（有错误 1 个），未报送 1 个" in lines
    assert "未报送（2 个）：丁、丙" in lines
    assert "不在名册（1 个）：外来" in lines
    assert "交了两份（1 个）：甲二" in lines
    assert "评委7 一个分也没有打" in lines
    assert any(line.startswith("评委2 还有") for line in lines)


def test_the_overview_is_a_workbook_and_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--out", str(tmp_path / "out")) == 0
    assert "status.xlsx" in capsys.readouterr().out
    sheet = load_workbook(tmp_path / "out" / "status.xlsx").active
    rows = [[c or "" for c in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows[0][:5] == ["序号", "单位", "类别", "片区", "自评材料"]
    text = (tmp_path / "out" / "status.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in text] == [row[1] for row in rows]


def test_strict_ends_with_1_where_something_is_missing(tmp_path: Path) -> None:
    assert run(tmp_path, "--strict") == 1


def test_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        assert run(tmp_path / name, "--out", str(tmp_path / name / "out")) == 0
    one, other = ((tmp_path / n / "out" / "status.xlsx").read_bytes() for n in ("a", "b"))
    assert one == other
