"""Claiming: results go where nothing else is, and one run at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scorekit.claiming import HOLDER, LOCK, check_place, claimed
from scorekit.domain.folders import STAGING
from scorekit.errors import OutputError
from scorekit.words import say

HOLD = """
import sys
from pathlib import Path
from scorekit.claiming import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def refused(out: Path, inputs: Path | None = None) -> OutputError:
    with pytest.raises(OutputError) as caught, claimed(out, inputs):
        pytest.fail("the claim was granted")
    return caught.value


def test_the_submissions_are_no_place_for_results(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for out in (inputs, inputs / "results", tmp_path / "x" / ".." / "in" / "results"):
        assert "into the submissions" in str(refused(out, inputs))
    assert list(inputs.iterdir()) == []
    (inputs / "one.xlsx").write_bytes(b"")
    with claimed(tmp_path / "out", inputs / "one.xlsx"):
        assert (tmp_path / "out").is_dir()


def test_a_link_into_the_submissions_is_no_way_round(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in")
    assert "into the submissions" in str(refused(tmp_path / "link", tmp_path / "in"))


def test_a_folder_that_holds_anything_else_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "会议纪要.docx").write_bytes(b"")
    assert refused(tmp_path).what.params["names"] == ["会议纪要.docx"]
    assert [p.name for p in tmp_path.iterdir()] == ["会议纪要.docx"]


def test_what_scorekit_and_other_programs_leave_about_is_no_hindrance(tmp_path: Path) -> None:
    for name in ("standings.csv", "ranking-new.xlsx", "~$ranking.xlsx", ".DS_Store", "Thumbs.db"):
        (tmp_path / name).write_text("")
    with claimed(tmp_path):
        assert json.loads((tmp_path / HOLDER).read_text())["pid"] == os.getpid()
    assert not (tmp_path / HOLDER).exists()


def test_files_that_the_record_names_are_ours(tmp_path: Path) -> None:
    (tmp_path / "theirs.pdf").write_text("")
    (tmp_path / "run.json").write_text('{"record": 1, "files": {"theirs.pdf": "…"}}')
    with claimed(tmp_path):
        pass
    for theirs in ("[]", "", "{", '{"files": {"theirs.pdf": "…"}}', '{"record": true, "files": ["theirs.pdf"]}'):
        (tmp_path / "run.json").write_text(theirs)
        assert refused(tmp_path).what.params["names"] == ["run.json", "theirs.pdf"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    assert "there is a file" in str(refused(tmp_path / "out"))
    assert "cannot be written to" in str(refused(tmp_path / "out" / "inner"))


def test_another_run_is_refused_and_told_who_holds_the_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        assert str(other.pid) in refused(tmp_path).what.params["holder"]
        (tmp_path / HOLDER).write_text("torn")
        assert refused(tmp_path).what.params["holder"] == "?"
        other.stdin.close()
    with claimed(tmp_path):
        pass


def test_a_claim_within_a_claim_is_the_same_one(tmp_path: Path) -> None:
    with claimed(tmp_path):
        with claimed(tmp_path):
            pass
        assert (tmp_path / HOLDER).exists()


def test_a_folder_made_for_nothing_goes_again(tmp_path: Path) -> None:
    with claimed(tmp_path / "a/b"):
        pass
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").mkdir()
    with claimed(tmp_path / "a/b"):
        (tmp_path / "a/keep").write_text("")
    assert [p.name for p in tmp_path.rglob("*")] == ["a", "keep"]


def test_only_the_folders_that_are_empty_go(tmp_path: Path) -> None:
    with claimed(tmp_path / "a/b"):
        (tmp_path / "a/keep").write_text("")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "keep"]


def test_a_folder_with_a_result_stays(tmp_path: Path) -> None:
    with claimed(tmp_path / "a") as out:
        (out / "run.json").write_text('{"record": 1}')
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [LOCK, "run.json"]


def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import filelock

    def denied(self: object, timeout: float) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(filelock.FileLock, "acquire", denied)
    assert "Permission denied" in say(refused(tmp_path).what, "en")


def test_what_a_run_was_moving_in_when_it_died_is_ours(tmp_path: Path) -> None:
    """Marked copies bear the names of senders' files: until the record is in its place only that in the staging folder knows them."""
    (tmp_path / "run.json").write_text('{"record": 1, "files": {"problems.csv": ""}}', encoding="utf-8")
    (tmp_path / "城东_批注.xlsx").write_bytes(b"PK")
    with pytest.raises(OutputError):
        check_place(tmp_path, None)
    staging = tmp_path / f"{STAGING}123-1"
    staging.mkdir()
    (staging / "run.json").write_text('{"record": 1, "files": {"城东_批注.xlsx": ""}}', encoding="utf-8")
    check_place(tmp_path, None)
