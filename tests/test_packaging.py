"""What is installed is what stands in the checkout: every module, rubric, sample and catalogue, under the names that code imports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import scorekit

ROOT = Path(__file__).parents[1]
FOLDERS = {"scorekit": "scorekit", "plugins": "scorekit_plugins", "rubrics": "scorekit_rubrics", "samples": "scorekit_samples"}
LEAVINGS = shutil.ignore_patterns("__pycache__", "*.pyc", "scorekit-results", ".*")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy without the network."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, source / name, ignore=LEAVINGS)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="session")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is installed, away from the checkout."""
    folder = tmp_path_factory.mktemp("site")
    pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def installed(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on what is installed in *site*, with *folder* as the current folder."""
    environ = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder, env=environ)


def test_every_file_that_users_need_is_in_the_wheel(wheel: Path) -> None:
    wanted = set()
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*"):
            parts = path.relative_to(ROOT / folder).parts
            left_out = parts[:1] == ("invalid",) or any(
                p in ("__pycache__", "scorekit-results") or p.startswith((".", "~$")) for p in parts
            )
            if path.is_file() and not left_out:
                wanted.add("/".join([package, *parts]))
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {"missing": sorted(wanted - packed), "unasked": sorted(packed - wanted)} == {"missing": [], "unasked": []}


def test_the_version_has_one_source(wheel: Path) -> None:
    assert wheel.name.split("-")[1] == scorekit.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    name = next(n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("/LICENSE"))
    assert zipfile.ZipFile(wheel).read(name) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("package", FOLDERS.values())
def test_resources_are_found_where_the_checkout_is_installed_in_place(package: str) -> None:
    from importlib.resources import files

    assert files(package).joinpath("__init__.py").is_file()


def test_resources_are_found_where_the_wheel_is_installed(site: Path, tmp_path: Path) -> None:
    program = (
        "import json, scorekit\nfrom importlib.resources import files\n"
        f"print(json.dumps([scorekit.__file__, *(str(files(p)) for p in {list(FOLDERS.values())})]))"
    )
    done = installed(site, tmp_path, "-c", program)
    assert [p for p in json.loads(done.stdout) if not Path(p).is_relative_to(site)] == []


def test_the_installed_program_speaks_chinese_and_lists_its_rubrics(site: Path, tmp_path: Path) -> None:
    done = installed(site, tmp_path, "-m", "scorekit", "rubric", "list")
    assert done.returncode == 0, done.stderr
    assert {p.parent.name for p in (ROOT / "rubrics").glob("*/rubric.json")} == {line.split()[0] for line in done.stdout.splitlines()}
    assert installed(site, tmp_path, "-m", "scorekit", "--help").stdout.startswith("用法")


@pytest.mark.parametrize("sample", sorted(p.parent.name for p in (ROOT / "samples").glob("*/submissions")))
def test_the_installed_program_evaluates_every_sample(site: Path, tmp_path: Path, sample: str) -> None:
    submissions = site / "scorekit_samples" / sample / "submissions"
    done = installed(site, tmp_path, "-m", "scorekit", "evaluate", str(submissions))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scorekit-results" / "standings.csv").is_file()
