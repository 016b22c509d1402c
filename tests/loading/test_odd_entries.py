"""What stands in a folder and is no file that can be read is a problem; the others are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorekit.loading import submissions
from scorekit.words import say

ENDINGS = (".csv", ".xlsx")


def test_pipes_devices_and_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "round.csv").symlink_to("round.csv")
    (tmp_path / "nowhere.csv").symlink_to("gone.csv")
    (tmp_path / "evidence.png").symlink_to("gone.png")
    found = submissions.odd(tmp_path, ENDINGS)
    assert [(p.severity, p.file) for p in found] == [("error", n) for n in ("nowhere.csv", "pipe.csv", "round.csv")]
    assert "no file that can be read" in say(found[0].what, "en")
    assert [f.name for f in submissions.find(tmp_path)] == ["good.csv"]


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [p.file for p in submissions.odd(tmp_path, ENDINGS)] == ["a.csv"]


def test_folders_are_followed_down_to_a_depth(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(submissions.DEEPEST + 5):
        folder = folder / "d"
        folder.mkdir()
    (folder / "a.csv").write_text("x", encoding="utf-8")
    assert submissions.find(tmp_path) == []
    assert len(submissions.odd(tmp_path, ENDINGS)) == 1
    assert submissions.odd(folder / "a.csv", ENDINGS) == []
