"""``rubric test`` prints each case and, where one fails, what was expected and what came out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorekit.cli import main
from scorekit.cli.skeleton import begin


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCOREKIT_LANG", raising=False)
    return begin("mine", tmp_path)


def ended(plugin: Path, *cases: dict[str, Any], name: str = "cases.json", words: tuple[str, ...] = ()) -> int:
    (plugin / name).write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return main(["--lang", "en", "rubric", "test", str(plugin / "rubric.json"), "--plugins", str(plugin), *words])


def test_cases_that_hold_end_with_0(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(plugin, {"name": "two", "given": {"activities": 2}, "expected": {"total": 5}}) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["case passed  two", "1 cases: 1 passed, 0 failed"]


def test_a_case_that_fails_ends_with_1_and_names_the_figures(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = {"total": 6, "criteria": {"activities": 5}, "reasons": {"activities": "full"}, "rank": None}
    assert ended(plugin, {"name": "two", "given": {"activities": 2}, "expected": expected}) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "case failed  two",
        "    total: expected 6, found 5.00",
        "    reason of “1 活动次数”: expected full, found part",
        "    rank: expected none, found 1",
        "1 cases: 0 passed, 1 failed",
    ]


def test_of_several_units_the_unit_is_named(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = {"A": {"activities": 1}, "B": {"activities": 2}}
    assert ended(plugin, {"name": "places", "units": units, "expected": {"A": {"rank": 1}, "B": {"rank": 1}}}) == 1
    assert "    A: rank: expected 1, found 2" in capsys.readouterr().out.splitlines()


def test_the_cases_may_stand_elsewhere(plugin: Path) -> None:
    case = {"name": "two", "given": {"activities": 2}, "expected": {"total": 5}}
    assert ended(plugin, case, name="other.json", words=("--cases", str(plugin / "other.json"))) == 0


def test_a_rubric_without_cases_cannot_be_tested(plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "rubric", "test", str(plugin / "rubric.json"), "--plugins", str(plugin)]) == 2
    assert "cases.json" in capsys.readouterr().err
