"""``scorekit status``: an overview on the terminal, and as a workbook and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scorekit.cli import main
from tests.desk import Desk
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


def test_categories_stand_in_the_order_of_the_rubric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As evaluate says them, though the first unit is of another category."""
    found = Desk(tmp_path).csv("自评.csv", "单位名称,类别,会员数", "甲,机关,9", "乙,企业,8")
    assert main(["--lang", "zh", "status", str(tmp_path / "in"), "--rubric", str(found.rubric), "--no-plugins"]) == 0
    assert [line.partition("：")[0] for line in capsys.readouterr().out.splitlines()[:2]] == ["企业", "机关"]


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
