"""The house as rules: which way imports point, what plugins may import, how large a room may be."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*(ROOT / "scorekit").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
HEAVY = [
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "pyarrow",
    "jsonschema",
    "typer",
    "rich",
    "dask",
    "distributed",
    "polars",
    "duckdb",
    "docx",
    "lxml",
    "pypdf",
]
TOP = {
    *("scorekit", "plugins", "rubrics", "samples", "tests", "benchmarks", "docs", ".ci"),
    *("pyproject.toml", "setup.py", "babel.cfg", ".gitignore"),
    *("README.md", "README.en.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
}
UNSAYING = {"utils", "util", "helpers", "helper", "manager", "process", "handle", "common", "misc"}


def python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)


def imported(path: Path) -> Iterator[str]:
    """What a module imports by absolute name, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_point_one_way() -> None:
    """The contracts of pyproject.toml hold."""
    done = python("from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "plugins")], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_plugin_imports_of_scorekit_only_what_plugins_may(path: Path) -> None:
    ours = [name for name in imported(path) if name.split(".")[0] in ("scorekit", "scorekit_plugins", "plugins")]
    assert [name for name in ours if not name.startswith("scorekit.plugin.")] == []


def test_importing_every_plugin_imports_nothing_heavy() -> None:
    done = python(
        "import importlib, pkgutil, sys, scorekit_plugins\n"
        "names = [m.name for m in pkgutil.walk_packages(scorekit_plugins.__path__, 'scorekit_plugins.')]\n"
        "for name in names: importlib.import_module(name)\n"
        f"print(len(names) > 10, [m for m in {HEAVY} if m in sys.modules])"
    )
    assert (done.stdout.strip(), done.stderr) == ("True []", "")


def test_no_room_is_larger_than_400_lines() -> None:
    assert [str(p.relative_to(ROOT)) for p in MODULES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_every_room_says_what_it_is_for() -> None:
    silent = [p for p in MODULES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [str(p.relative_to(ROOT)) for p in silent] == []


def test_rooms_bear_names_that_say_something() -> None:
    assert [str(p.relative_to(ROOT)) for p in MODULES if UNSAYING & {*p.relative_to(ROOT).with_suffix("").parts}] == []


@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None, reason="only a checkout says what belongs to it")
def test_nothing_stands_at_the_top_but_what_has_a_purpose_there() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT).stdout.decode("utf-8")
    assert {name.split("/")[0] for name in listed.split("\0") if name} == TOP
