"""What is plainly wrong in a command line is said before anything that computes is imported; help and version likewise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scorekit.cli import main
from scorekit.cli.app import COMMANDS

HEAVY = (
    "numpy",
    "pandas",
    "openpyxl",
    "jsonschema",
    "pyarrow",
    "xlsxwriter",
    "polars",
    "dask",
    "filelock",
    "pluggy",
    "rich",
    "pydantic",
)
SAMPLE = str(Path(__file__).parents[2] / "samples" / "model-home" / "submissions")
GROUPS = {
    "rubric": ("list", "show", "check", "test", "diff", "new", "schema"),
    "plugins": ("list", "new", "check"),
}


def tried(*words: str) -> tuple[list[str], str, str]:
    """The heavy packages that a command line imports, and what it says to either side."""
    program = (
        f"import sys\nfrom scorekit.cli import main\nstatus = main({list(words)!r})\n"
        f"print('LOADED', status, *[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    environ = {**os.environ, "SCOREKIT_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", env=environ, check=True)
    said, _, loaded = done.stderr.rpartition("LOADED ")
    return loaded.split(), done.stdout, said


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["--help"],
        *[[name, "--help"] for name in COMMANDS],
        *[[group, name, "--help"] for group, names in GROUPS.items() for name in names],
    ],
    ids=" ".join,
)
def test_help_and_version_import_nothing_that_computes(words):
    loaded, said, _ = tried(*words)
    assert loaded == ["0"]
    assert said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--lang", "fr", "evaluate"], "--lang"),
        (["evaluat"], "there is no command “evaluat”"),
        (["rubric", "lst"], "there is no command “lst”"),
        (["evaluate", SAMPLE, "--rubic", "x"], "there is no option “--rubic”"),
        (["evaluate", "nowhere"], "there is no such file or folder · nowhere"),
        (["validate", "nowhere"], "there is no such file or folder · nowhere"),
        (["explain", "nowhere", "unit"], "there are no results in this folder · nowhere"),
        (["explain", SAMPLE, "unit"], "there are no results in this folder"),
        (["evaluate", SAMPLE, "--notice", "nowhere.json"], "the file cannot be read: No such file or directory · nowhere.json"),
        (["rubric", "test", "model-home", "--cases", "nowhere.json"], "the file cannot be read: No such file or directory · nowhere.json"),
        (["evaluate", SAMPLE, "--rubric", "model-hom"], "there is no rubric “model-hom”"),
        (["validate", SAMPLE, "--rubric", "model-hom"], "there is no rubric “model-hom”"),
        (["evaluate", SAMPLE, "--plugins", "x", "--no-plugins"], "--plugins and --no-plugins contradict each other"),
        (["rubric", "show", "model-hom"], "there is no rubric “model-hom”"),
        (["rubric", "check", "model-hom"], "there is no rubric “model-hom”"),
        (["rubric", "test", "model-hom"], "there is no rubric “model-hom”"),
        (["rubric", "diff", "model-home", "model-hom"], "there is no rubric “model-hom”"),
        (["rubric", "diff", "model-home", "six-haves", "nowhere"], "there is no such file or folder · nowhere"),
        (["rubric", "new", "mine", "--from", "nowhere.csv"], "there is no such file or folder · nowhere.csv"),
        (["demo", "nothing"], "there is no sample “nothing”"),
    ],
    ids=lambda value: " ".join(value).replace(SAMPLE, "SAMPLE") if isinstance(value, list) else "",
)
def test_a_mistake_in_the_arguments_imports_nothing_that_computes(words, sentence):
    loaded, _, said = tried(*words)
    assert (loaded, said.count("\n")) == (["2"], 1)
    assert sentence in said


def test_a_rubric_that_a_folder_of_plugins_could_bring_is_looked_for_there(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack").mkdir()
    assert main(["--lang", "en", "evaluate", SAMPLE, "--rubric", "ours", "--plugins", "pack"]) == 2
    assert "there is no rubric “ours”" in capsys.readouterr().err


def test_evaluating_json_imports_neither_pandas_nor_a_reader_of_workbooks(tmp_path):
    """Nor the framework's validator: nothing that is not needed on the way to a ranking."""
    loaded, _, said = tried("evaluate", SAMPLE, "--out", str(tmp_path / "out"))
    assert said == ""
    assert sorted(loaded) == ["0", "filelock", "jsonschema", "numpy", "pluggy", "xlsxwriter"]
