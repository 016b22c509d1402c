"""Writes that fail: whatever the system refuses, it is told in one sentence and one whole set can be used afterwards."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorekit.cli import main
from scorekit.errors import OutputError, Text
from scorekit.loading.results import load_results
from scorekit.saving import put_file, save
from tests.exporting import exporters
from tests.kills import SAMPLES, visible
from tests.outcomes import in_rows, small_outcome

WHOLE = small_outcome()
FEWER = in_rows(WHOLE, [0, 1, 2])
ROOT = Path(__file__).parents[1]
TEAM, UNION = (str(SAMPLES / n / "submissions") for n in ("team-home", "union-building"))


def run(*words: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        status = main(["--lang", "zh", *words])
    return status, said.getvalue()


def one_sentence(said: str) -> bool:
    return said.count("\n") == 1 and "Traceback" not in said and said.count(" · ") >= 2


def left_about(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") and p.name not in (".scorekit-lock", ".scorekit-read"))


# -------------------------------------------------------------------- the n-th call is refused


def refusing(call: Callable[..., Any], place: int, code: int) -> Callable[..., Any]:
    left = [place]

    def refused(*given: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(code, os.strerror(code))
        return call(*given, **more)

    return refused


def fault_of(out: Path, form: str) -> str | None:
    """What is said where a set cannot be saved; None where it was."""
    try:
        save(WHOLE, exporters(), out, form)
    except OutputError as fault:
        return str(fault)
    return None


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=["full", "broken", "read-only"])
@pytest.mark.parametrize("name", ["replace", "fsync"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whichever_call_is_refused_one_whole_set_can_be_read_and_the_next_run_heals(
    name: str, code: int, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(FEWER, exporters(), tmp_path / "old", form)
    save(WHOLE, exporters(), tmp_path / "new", form)
    old, new = visible(tmp_path / "old"), visible(tmp_path / "new")
    failures, place = 0, 0
    while failures == place:
        out = tmp_path / str(place)
        shutil.copytree(tmp_path / "old", out)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, refusing(getattr(os, name), place, code))
            refused = fault_of(out, form)
        failures += refused is not None
        assert refused is None or os.strerror(code) in refused
        there = visible(out)
        assert all(content in (old.get(n), new.get(n)) for n, content in there.items())
        read = load_results(out)
        assert read.run["counts"]["units"] == len(read.standings) == len({r["unit"] for r in read.scores})
        if name == "fsync" and there != new:
            assert (there, left_about(out)) == (old, [])
        save(WHOLE, exporters(), out, form)
        assert (visible(out), left_about(out)) == (new, [])
        place += 1
    assert failures >= 7


LIMITED = """
import os, resource, shutil, sys
from pathlib import Path
from tests.kills import visible
from tests.test_failing_writes import TEAM, UNION, left_about, one_sentence, run
folder, words = Path(sys.argv[1]), sys.argv[2:]
command, out = words[0], folder / "out"
assert run(command, TEAM, "--out", str(folder / "old"), *words[1:])[0] == 0
old = visible(folder / "old")
done, size = 0, 0
while not done:
    shutil.copytree(folder / "old", out)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        status, said = run(command, UNION, "--out", str(out), *words[1:])
        good = status == 0 or (status == 2 and one_sentence(said) and visible(out) == old and left_about(out) == [])
        os._exit(status if good else 99)
    done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(size, done, flush=True)
    assert done in (0, 2), size
    done = done == 0
    shutil.rmtree(out)
    size = size * 4 // 3 + 50
"""


def python(code: str, *words: str, before: tuple[str, ...] = (), **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*before, sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False, timeout=300, **more)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are a thing of POSIX")
@pytest.mark.parametrize("words", [("evaluate",), ("evaluate", "--format", "parquet"), ("validate",)], ids=" ".join)
def test_a_file_that_finds_no_room_at_any_of_its_bytes_leaves_the_old_set(words: tuple[str, ...], tmp_path: Path) -> None:
    done = python(LIMITED, str(tmp_path), *words)
    assert done.returncode == 0, done.stdout + done.stderr
    refused = [line for line in done.stdout.splitlines() if line.endswith(" 2")]
    assert len(refused) >= 10


FULL = """
import os, subprocess, sys
from pathlib import Path
from tests.kills import visible
from tests.test_failing_writes import TEAM, UNION, left_about, one_sentence, run
place = sys.argv[1]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", place], check=True)
out, ballast = Path(place) / "out", Path(place) / "ballast"
assert run("evaluate", TEAM, "--out", str(out))[0] == 0
old = visible(out)
for spare in (0, 4, 16, 40, 80):
    free = os.statvfs(place)
    ballast.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - spare * 1024))
    status, said = run("evaluate", UNION, "--out", str(out))
    assert status == 2 and one_sentence(said) and "空间" in said, (spare, status, said)
    assert visible(out) == old and left_about(out) == [], spare
    ballast.unlink()
assert run("evaluate", UNION, "--out", str(out))[0] == 0
assert visible(out) != old and left_about(out) == []
print("done")
"""


def test_a_disk_that_is_full_leaves_the_old_set_and_is_told(tmp_path: Path) -> None:
    apart = ("unshare", "--user", "--map-root-user", "--mount")
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system of one's own can be mounted here")
    done = python(FULL, str(tmp_path), before=apart)
    if "mount" in done.stderr and "permission denied" in done.stderr:
        pytest.skip("no file system of one's own can be mounted here")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


FORBIDDEN = """
import os, sys
from pathlib import Path
from tests.test_failing_writes import UNION, one_sentence, run
assert run("evaluate", UNION, "--out", str(Path(sys.argv[1]) / "warm"))[0] == 0  # what is imported later may not be readable
os.setgid(65534)
os.setuid(65534)
for place in ("old", "old/within", "new/within"):
    status, said = run("evaluate", UNION, "--out", str(Path(sys.argv[1]) / place))
    assert status == 2 and one_sentence(said) and "权限" in said, (place, status, said)
print("done")
"""


def everybody_may_read(place: Path) -> bool:
    """Whether somebody else may enter a folder: what a run needs stands in the checkout."""
    return all(p.stat().st_mode & 0o005 == 0o005 for p in (place, *place.parents))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not everybody_may_read(Path(__file__).resolve().parent), reason="nobody else may read the checkout")
@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["readable", "closed"])
def test_who_may_not_write_there_is_told_and_changes_nothing(mode: int) -> None:
    with tempfile.TemporaryDirectory(prefix="scorekit-forbidden-") as name:
        place = Path(name)
        place.chmod(mode)
        assert run("evaluate", TEAM, "--out", str(place / "old"))[0] == 0
        before = visible(place / "old")
        done = python(FORBIDDEN, name)
        assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
        assert (visible(place / "old"), (place / "new").exists()) == (before, False)


# -------------------------------------------------------------------- names that are something else


def test_a_file_or_a_link_to_nowhere_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    for name in ("file", "link", "file/within"):
        status, said = run("evaluate", UNION, "--out", str(tmp_path / name))
        assert (status, one_sentence(said)) == (2, True), said
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["standings.csv", "ranking.xlsx", "run.json"])
def test_a_folder_that_bears_the_name_of_a_file_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "out" / name / "mine").mkdir(parents=True)
    status, said = run("evaluate", UNION, "--out", str(tmp_path / "out"))
    assert (status, one_sentence(said)) == (2, True), said
    assert (tmp_path / "out" / name / "mine").is_dir()
    assert left_about(tmp_path / "out") == []


def test_a_link_that_bears_the_name_of_a_file_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/standings.csv").symlink_to(tmp_path / "mine.csv")
    assert run("evaluate", UNION, "--out", str(tmp_path / "out"))[0] == 0
    assert (tmp_path / "mine.csv").read_text() == "mine"
    assert not (tmp_path / "out/standings.csv").is_symlink()


# -------------------------------------------------------------------- two runs at a time

HOLDING = """
import sys
from pathlib import Path
from scorekit.claiming import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_naming_who_holds_the_folder_and_a_dead_holder_is_none(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("evaluate", TEAM, "--out", str(out))[0] == 0
    before = visible(out)
    with subprocess.Popen([sys.executable, "-c", HOLDING, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        for command in ("evaluate", "validate"):
            status, said = run(command, UNION, "--out", str(out))
            assert (status, one_sentence(said)) == (2, True)
            assert f"PID {other.pid}" in said or command == "validate"
        assert visible(out) == before
        other.kill()
    assert (out / ".scorekit-holder").exists()
    assert run("evaluate", UNION, "--out", str(out))[0] == 0
    assert (visible(out) != before, left_about(out)) == (True, [])


def test_of_two_runs_that_start_at_once_each_ends_whole_or_refused(tmp_path: Path) -> None:
    out, words = str(tmp_path / "out"), [sys.executable, "-m", "scorekit", "--lang", "zh", "evaluate"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    runs = [subprocess.Popen([*words, where, "--out", out], stderr=subprocess.PIPE, env=environment) for where in (TEAM, UNION)]
    told = [(run.communicate()[1].decode(), run.returncode) for run in runs]
    assert {status for _, status in told} <= {0, 2}
    assert 0 in {status for _, status in told}
    assert all("PID" in said or "?" in said for said, status in told if status == 2)
    read = load_results(Path(out))
    assert len(read.standings) == read.run["counts"]["units"]


# -------------------------------------------------------------------- single files


def test_a_file_is_put_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "标准.xlsx"
    assert put_file(target, b"old") == target
    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, refusing(getattr(os, name), 0, errno.ENOSPC))
            with pytest.raises(OutputError, match="No space left"):
                put_file(target, b"new")
        assert visible(tmp_path) == {"标准.xlsx": b"old"}
        assert left_about(tmp_path) == []


def test_a_file_that_is_open_is_kept_and_the_new_one_stands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, told = os.replace, list[Text]()

    def held(source: Path, target: Path) -> None:
        if Path(target).name == "a.xlsx":
            raise PermissionError(13, "held")
        replace(source, target)

    (tmp_path / "a.xlsx").write_bytes(b"open")
    monkeypatch.setattr(os, "replace", held)
    assert put_file(tmp_path / "a.xlsx", b"new", told.append) == tmp_path / "a-new.xlsx"
    assert visible(tmp_path) == {"a.xlsx": b"open", "a-new.xlsx": b"new"}
    assert [t.params["beside"] for t in told] == ["a-new.xlsx"]


def test_a_link_is_followed_a_device_is_written_to_and_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    put_file(tmp_path / "link", b"new")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real").read_bytes()) == (True, b"new")
    put_file(Path(os.devnull), b"gone")
    with pytest.raises(OutputError, match="a folder where the file should go"):
        put_file(tmp_path, b"")
    with pytest.raises(OutputError, match="No such file"):
        put_file(tmp_path / "absent" / "a", b"")


def test_what_a_killed_run_left_beside_a_file_is_cleared_and_another_runs_part_is_not(tmp_path: Path) -> None:
    for name, age in ((".a.xlsx.1.part", 1000), (".a.xlsx.2.part", 0), (".b.xlsx.3.part", 1000)):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (tmp_path.stat().st_mtime - age,) * 2)
    put_file(tmp_path / "a.xlsx", b"new")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a.xlsx.2.part", ".b.xlsx.3.part", "a.xlsx"]
