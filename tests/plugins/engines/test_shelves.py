"""Shelves: parts put aside by any thread or process come back as they were, and leave nothing on the disk."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from scorekit_plugins.engines.shelves import Shelf, _swept, given_back, shelve

from scorekit.domain.column import Column
from scorekit.domain.parcels import packed
from scorekit.domain.tables import Part, Problem, ScoreSheet, Submissions
from scorekit.errors import T

PROBLEM = Problem("warning", T("fill it in"), T("fill it in"))


def part(number: int, size: int = 3) -> Part:
    """A part whose figures tell it apart."""
    rows = np.zeros(size, dtype=np.int32)
    submissions = Submissions(("a",) * size, ("a",) * size, {"f": Column.numbers([number] * size)}, (), rows, rows.astype(np.int64))
    return submissions, ScoreSheet(size, points={"p": Column.numbers([number, None, -number])}), (PROBLEM,)


def told(found: Part) -> tuple[object, ...]:
    submissions, sheet, problems = found
    return submissions.columns["f"].listed(), sheet.points["p"].listed(), problems  # type: ignore[union-attr]


def test_parts_come_back_as_they_were_in_any_order() -> None:
    shelf = Shelf()
    shelved = [shelve(packed(part(n)), shelf.folder) for n in range(5)]
    found = [shelf.part(s) for s in reversed(shelved)]
    assert [told(f) for f in found] == [told(part(n)) for n in reversed(range(5))]


def test_threads_do_not_write_into_one_anothers_parts() -> None:
    shelf = Shelf()
    with ThreadPoolExecutor(4) as pool:
        shelved = list(pool.map(lambda n: shelve(packed(part(n)), shelf.folder), range(40)))
        found = list(pool.map(lambda s: told(shelf.part(s)), shelved))
    assert found == [told(part(n)) for n in range(40)]


def test_another_process_puts_parts_on_the_shelf() -> None:
    shelf = Shelf()
    program = (
        "import pathlib, pickle, sys; from scorekit.plugin import packed; from scorekit_plugins.engines.shelves import shelve; from tests.plugins.engines.test_shelves import part\n"
        "sys.stdout.buffer.write(pickle.dumps(shelve(packed(part(7)), pathlib.Path(sys.argv[1]))))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program, str(shelf.folder)], capture_output=True, check=True, cwd=root)
    assert told(shelf.part(pickle.loads(done.stdout))) == told(part(7))


def test_a_part_may_be_put_there_and_had_back_at_once() -> None:
    shelf = Shelf()
    assert [told(shelf.kept(packed(part(n)))) for n in range(3)] == [told(part(n)) for n in range(3)]


def test_columns_are_read_only_when_they_are_asked_for() -> None:
    shelf = Shelf()
    found = shelf.part(shelve(packed(part(3)), shelf.folder))
    assert len(found[0]) == 3
    assert found[2] == (PROBLEM,)
    assert not shelf._files
    assert told(found) == told(part(3))
    assert shelf._files


def test_the_folder_stays_as_long_as_a_part_and_no_longer() -> None:
    shelf = Shelf()
    folder, found = shelf.folder, shelf.part(shelve(packed(part(3)), shelf.folder))
    del shelf
    gc.collect()
    assert told(found) == told(part(3))
    del found
    gc.collect()
    assert not folder.exists()


def test_giving_memory_back_changes_nothing_that_is_kept() -> None:
    shelf = Shelf()
    parts = [shelf.kept(packed(part(number))) for number in range(6)]
    shelf.full()
    given_back()
    assert [told(p) for p in parts] == [told(part(number)) for number in range(6)]


def aged(folder: Path) -> None:
    """A folder of an hour ago."""
    for path in (*folder.iterdir(), folder):
        os.utime(path, (time.time() - 3600,) * 2, follow_symlinks=False)


def left_on(folder: Path, held: bool = True) -> Path:
    """A folder as a killed run leaves it, of an hour ago."""
    folder.mkdir()
    (folder / "part").write_bytes(b"x")
    if held:
        (folder / ".held").touch()
    aged(folder)
    return folder


def test_only_old_folders_of_this_user_that_runs_held_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    elsewhere, target = left_on(tmp_path / "elsewhere"), tmp_path / "precious"
    target.write_text("x")
    (tmp_path / "temp/scorekit-shelf-link").symlink_to(elsewhere)
    bare = left_on(tmp_path / "temp/scorekit-shelf-bare", held=False)
    linked = left_on(tmp_path / "temp/scorekit-shelf-linked", held=False)
    (linked / ".held").symlink_to(target)
    aged(linked)
    gone = left_on(tmp_path / "temp/scorekit-shelf-gone")
    _swept(tmp_path / "temp")
    assert not gone.exists()
    assert all(p.is_dir() for p in (elsewhere, bare, linked))
    assert target.read_text() == "x"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are known on POSIX systems only")
def test_what_another_user_left_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = left_on(tmp_path / "scorekit-shelf-theirs")
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    _swept(tmp_path)
    assert left.exists()


def test_what_a_killed_run_left_is_removed_by_the_next_one_and_what_is_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    program = (
        "import os, tempfile; tempfile.tempdir = os.sys.argv[1]; from scorekit_plugins.engines.shelves import Shelf\n"
        "shelf = Shelf(); (shelf.folder / 'part').write_bytes(b'x'); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 9
    [left] = tmp_path.iterdir()
    young = Shelf()
    assert left.exists()
    aged(left)
    first = Shelf()
    assert young.folder.exists()
    second = Shelf()
    assert not left.exists()
    assert first.folder.exists()
    assert second.folder.exists()
