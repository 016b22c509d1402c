"""``rubric new`` writes a rubric that loads, and says what is left to be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorekit.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCOREKIT_LANG", raising=False)
    return tmp_path


def begin(*words: str) -> int:
    return main(["--lang", "en", "rubric", "new", *words])


def test_options_become_sections_categories_and_levels(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = [
        "--title",
        "新标准",
        "--section",
        "组织建设=40",
        "--section",
        "活动",
        "--category",
        "企业",
        "--category",
        "机关",
        "--level",
        "模范=90",
    ]
    assert begin("ours", *options) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "A rubric to begin with: ours/rubric.json",
        "2 criteria, 0 gates, 4 fields",
        "To be done: 3",
    ]
    document = json.loads((here / "ours" / "rubric.json").read_text(encoding="utf-8"))
    assert document["title"] == "新标准"
    assert document["properties"]["category"]["enum"] == ["企业", "机关"]
    assert document["properties"]["组织建设"]["x-criterion"] == {"no": "1", "points": 40}


def test_a_table_of_clauses_becomes_rules_and_what_is_to_be_done(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "t.csv").write_text("项目,内容,分值,评分办法\n组织建设,入会率,20,达到90%每少2%扣0.5分\n,特色,5,工作扎实\n", encoding="utf-8")
    assert begin("ours", "--from", "t.csv", "-o", "made") == 0
    assert "To be done: 1" in capsys.readouterr().out
    assert main(["--lang", "en", "rubric", "check", "made/ours"]) == 0
    assert "to be done: say how it is scored" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Ours"], "“Ours” cannot be the id of a rubric"),
        (["ours", "--section", "=3"], "“=3” is not what is wanted here"),
        (["ours", "--level", "模范"], "“模范” is not what is wanted here"),
        (["ours", "--section", "组织=x"], "“组织=x” is not what is wanted here"),
        (["ours", "--from", "none.xlsx"], "there is no such file or folder"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_written(
    here: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(*words) == 2
    assert told in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "ours").mkdir()
    assert begin("ours") == 2
    assert "the folder is there already" in capsys.readouterr().err
