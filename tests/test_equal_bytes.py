"""Equal inputs give equal bytes in every file, workbooks and Parquet included, whatever the machine and the moment are like."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_samples import NAMES, ROOT, SAMPLES, SMALL, content, results

HERE_AND_THERE = (
    {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "4", "TZ": "Asia/Shanghai", "LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.GB18030", "OMP_NUM_THREADS": "1"},
)
FIXED = {(1980, 1, 31, 0, 0, 0)}


@pytest.mark.parametrize("sample", ["union-building", "model-home", "labour-contest", "five-type-unions"])
def test_zone_language_umask_and_threads_do_not_show(sample: str, tmp_path: Path) -> None:
    wanted = content(results(sample))
    for place, (umask, own) in enumerate(zip((0o077, 0o002), HERE_AND_THERE, strict=True)):
        out = tmp_path / str(place)
        words = [sys.executable, "-m", "scorekit", "--lang", "zh", "evaluate", str(SAMPLES / sample / "submissions"), "--out", str(out)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **own}
        done = subprocess.run(words, capture_output=True, check=False, env=environment, umask=umask)
        assert done.returncode == 0, done.stderr.decode()
        assert content(out) == wanted


@pytest.mark.parametrize("sample", NAMES)
def test_no_moment_stands_in_a_workbook(sample: str) -> None:
    with zipfile.ZipFile(results(sample) / "ranking.xlsx") as package:
        assert {part.date_time for part in package.infolist()} == FIXED
        core = package.read("docProps/core.xml").decode()
    assert core.count(">2000-01-01T00:00:00Z</dcterms:") == core.count("</dcterms:") == 2


@pytest.mark.parametrize("sample", SMALL)
def test_what_validate_writes_is_equal_in_whatever_order_files_are_listed(
    sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.kills import run

    words, listed = ("validate", str(SAMPLES / sample / "submissions"), "--out", "{out}"), Path.iterdir
    assert run(words, tmp_path / "a") == 0
    monkeypatch.setattr(Path, "iterdir", lambda path: iter(sorted(listed(path), reverse=True)))
    assert run(words, tmp_path / "b") == 0
    monkeypatch.undo()
    assert content(tmp_path / "a") == content(tmp_path / "b")
