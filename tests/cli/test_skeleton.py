"""A new plugin is small, refuses names no rule can have, and passes its own test."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scorekit.cli import main
from scorekit.cli.skeleton import begin
from scorekit.errors import OutputError


def test_a_new_plugin_has_a_rule_a_test_a_rubric_and_data(tmp_path: Path) -> None:
    folder = begin("near_target", tmp_path)
    assert folder == tmp_path / "near_target"
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {
        "pyproject.toml", "near_target.py", "test_near_target.py", "rubric.json", "README.md", "submissions/甲.json", "submissions/乙.json",
    }  # fmt: skip
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["scorekit"] == {"near_target": "near_target"}
    rubric = json.loads((folder / "rubric.json").read_text(encoding="utf-8"))
    assert rubric["$schema"].startswith("https://json-schema.org/")
    assert rubric["x-rubric"]["id"] == "near-target-example"


def test_the_rule_takes_at_most_fifteen_lines(tmp_path: Path) -> None:
    source = (begin("mine", tmp_path) / "mine.py").read_text(encoding="utf-8")
    assert ast.parse(source)
    assert len([line for line in source.splitlines() if line.strip()]) <= 15


@pytest.mark.parametrize("name", ["Mine", "1st", "for", "a-b", "", "规则", "../x"])
def test_a_name_no_rule_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be the name"):
        begin(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(OutputError, match="there already"):
        begin("mine", tmp_path)
    assert list((tmp_path / "mine").iterdir()) == []


def test_the_command_says_where_it_is_and_what_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "plugins", "new", "mine", "-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"A plugin to begin with: {tmp_path / 'mine'}" in said
    assert f"scorekit plugins check {tmp_path / 'mine'}" in said


def test_a_new_plugin_passes_its_own_test(tmp_path: Path) -> None:
    folder = begin("mine", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
