"""Forms, overviews, drafts and public lists are equal, byte for byte, whatever the machine, the moment and the order are like."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kills import drafted, form, run, surveyed, visible
from tests.test_equal_bytes import FIXED, HERE_AND_THERE
from tests.test_samples import ROOT, results

KINDS = {"model-home": ("unit",), "team-home": ("units",), "skills-contest": ("panel",), "top-ten-and-stars": ("office", "survey")}
LISTED = ("publish", "{results}", "--out", "{out}", "--with", "total", "--with", "status")
JOBS = {
    **{f"template of {name} for {kind}": form(name, kind) for name, kinds in KINDS.items() for kind in kinds},
    "status": surveyed("model-home"),
    "status of raters": surveyed("skills-contest"),
    "extract to a workbook": drafted("青石县.txt", ".xlsx"),
    "extract to json": drafted("松江机电.txt", ".json"),
    "publish": LISTED,
}
EACH = pytest.mark.parametrize("words", JOBS.values(), ids=list(JOBS))


def with_results(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(results("union-building")) if w == "{results}" else w for w in words)


def made(words: tuple[str, ...], out: Path) -> dict[str, bytes]:
    assert run(with_results(words), out) == 0
    found = visible(out)
    assert found
    return found


@EACH
def test_hash_seeds_zone_language_umask_and_threads_do_not_show(words: tuple[str, ...], tmp_path: Path) -> None:
    wanted = made(words, tmp_path / "here")
    for place, (umask, own) in enumerate(zip((0o077, 0o002), HERE_AND_THERE, strict=True)):
        out = tmp_path / str(place)
        out.mkdir()
        command = [sys.executable, "-m", "scorekit", "--lang", "zh", *(w.replace("{out}", str(out)) for w in with_results(words))]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **own}
        done = subprocess.run(command, capture_output=True, check=False, env=environment, umask=umask)
        assert done.returncode == 0, done.stderr.decode()
        assert visible(out) == wanted


@EACH
def test_neither_the_order_in_which_files_are_listed_nor_the_day_shows(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = made(words, tmp_path / "here")
    iterdir, glob, now = Path.iterdir, Path.glob, time.time

    def listed(path: Path) -> Iterator[Path]:
        return iter(sorted(iterdir(path), reverse=True))

    def globbed(path: Path, pattern: str, **more: Any) -> Iterator[Path]:
        return iter(sorted(glob(path, pattern, **more), reverse=True))

    monkeypatch.setattr(Path, "iterdir", listed)
    monkeypatch.setattr(Path, "glob", globbed)
    monkeypatch.setattr(time, "time", lambda: now() + 400 * 86400)
    found = made(words, tmp_path / "there")
    monkeypatch.undo()
    assert found == wanted


@EACH
def test_no_moment_stands_in_what_is_handed_out(words: tuple[str, ...], tmp_path: Path) -> None:
    made(words, tmp_path)
    for book in tmp_path.glob("*.xlsx"):
        with zipfile.ZipFile(book) as package:
            assert {part.date_time for part in package.infolist()} <= FIXED | {(1980, 1, 1, 0, 0, 0)}
            core = package.read("docProps/core.xml").decode()
        assert core.count(">2000-01-01T00:00:00Z</dcterms:") == core.count("</dcterms:"), core
