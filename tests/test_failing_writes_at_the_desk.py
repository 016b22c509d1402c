"""Forms, overviews, drafts and public lists that cannot be written: told in one sentence, and what was there before stays whole."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.kills import Job, drafted, evaluated, form, surveyed, visible
from tests.test_failing_writes import everybody_may_read, left_about, one_sentence, python, refusing, run

LISTED = ("publish", "{out}/../results-{sample}", "--out", "{out}", "--with", "total")
JOBS = (
    Job("template", form("team-home"), form("union-building")),
    Job("template of many units", form("union-building"), form("team-home", "units")),
    Job("status", surveyed("team-home"), surveyed("union-building")),
    Job("extract to a workbook", drafted("青石县.txt", ".xlsx"), drafted("松江机电.txt", ".xlsx")),
    Job("extract to json", drafted("青石县.txt", ".json"), drafted("松江机电.txt", ".json")),
    Job("publish", *(tuple(w.replace("{sample}", s) for w in LISTED) for s in ("team-home", "union-building"))),
)
EACH = pytest.mark.parametrize("job", JOBS, ids=[j.name for j in JOBS])
OPEN = {"template": "填报表.xlsx", "status": "status.xlsx", "extract": "草稿", "publish": "公示名单.xlsx"}


def told(words: tuple[str, ...], out: Path) -> tuple[int, str]:
    return run(*(w.replace("{out}", str(out)) for w in words))


def ready(job: Job, folder: Path) -> Path:
    """A folder ``old`` with what the job's first command writes, the results that lists are made of beside it."""
    for sample in ("team-home", "union-building") if job.name == "publish" else ():
        assert told(evaluated(sample), folder / f"results-{sample}") == (0, "")
    (folder / "old").mkdir()
    status, said = told(job.before, folder / "old")
    assert status == 0, said
    return folder / "old"


def refused(words: tuple[str, ...], out: Path) -> tuple[bool, str]:
    """Whether a command ends as it must where it cannot write, and what it said."""
    status, said = told(words, out)
    return status == 2 and one_sentence(said), said


# -------------------------------------------------------------------- the n-th call is refused


@pytest.mark.parametrize("name", ["replace", "fsync"])
@EACH
def test_whichever_call_is_refused_the_old_or_the_new_is_there_and_the_next_run_heals(
    job: Job, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ready(job, tmp_path)
    shutil.copytree(old, tmp_path / "new")
    assert told(job.now, tmp_path / "new")[0] == 0
    before, after = visible(old), visible(tmp_path / "new")
    failures, place = 0, 0
    while failures == place:
        out = tmp_path / str(place)
        shutil.copytree(old, out)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, refusing(getattr(os, name), place, (errno.ENOSPC, errno.EROFS)[place % 2]))
            good, said = refused(job.now, out)
        failures += good
        assert good or visible(out) == after, said
        assert all(content in (before.get(n), after.get(n)) for n, content in visible(out).items())
        if name == "fsync" and visible(out) != after:
            assert (visible(out), left_about(out)) == (before, [])
        assert told(job.now, out)[0] == 0
        assert (visible(out), left_about(out)) == (after, [])
        place += 1
    assert failures >= 1


# -------------------------------------------------------------------- no room

BEGUN = """
import json, os, resource, shutil, subprocess, sys
from pathlib import Path
from tests.kills import Job, visible
from tests.test_failing_writes import left_about, one_sentence
from tests.test_failing_writes_at_the_desk import JOBS, ready, refused, told
folder, job = Path(sys.argv[1]), next(j for j in JOBS if j.name == sys.argv[2])
out = folder / "out"
"""
LIMITED = """
old = ready(job, folder)
before, done, size = visible(old), False, 0
while not done:
    shutil.copytree(old, out)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        status, said = told(job.now, out)
        good = status == 0 or (status == 2 and one_sentence(said) and visible(out) == before and left_about(out) == [])
        if not good:
            print(status, said, sorted(visible(out)), left_about(out), flush=True)
        os._exit(status if good else 99)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(size, code, flush=True)
    assert code in (0, 2), size
    done = code == 0
    shutil.rmtree(out)
    size = size * 3 // 2 + 50
"""
FULL = """
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=True)
ready(job, folder).rename(out)
before, ballast = visible(out), folder / "ballast"
for spare in (0,) if "json" in job.name else (0, 4):  # a draft in json is that small
    free = os.statvfs(folder)
    ballast.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - spare * 1024))
    good, said = refused(job.now, out)
    assert good and "空间" in said, (spare, said)
    assert visible(out) == before and left_about(out) == [], spare
    ballast.unlink()
assert told(job.now, out)[0] == 0
assert visible(out) != before and left_about(out) == []
print("done")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are a thing of POSIX")
@EACH
def test_what_finds_no_room_at_any_of_its_bytes_leaves_the_old(job: Job, tmp_path: Path) -> None:
    done = python(BEGUN + LIMITED, str(tmp_path), job.name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sum(line.endswith(" 2") for line in done.stdout.splitlines()) >= 5


@EACH
def test_a_disk_that_is_full_leaves_the_old_and_is_told(job: Job, tmp_path: Path) -> None:
    apart = ("unshare", "--user", "--map-root-user", "--mount")
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system of one's own can be mounted here")
    done = python(BEGUN + FULL, str(tmp_path), job.name, before=apart)
    if "mount" in done.stderr and "permission denied" in done.stderr:
        pytest.skip("no file system of one's own can be mounted here")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


# -------------------------------------------------------------------- no right to write

FORBIDDEN = """
words = json.loads(sys.argv[3])
(folder / "warm").mkdir()
assert told(words, folder / "warm")[0] == 0  # what is imported later may not be readable
(folder / "closed").mkdir(mode=0o700)
os.setgid(65534)
os.setuid(65534)
for place in ("old", "old/within", "closed", "closed/within"):
    good, said = refused(words, folder / place)
    assert good and ("权限" in said or place == "old/within"), (place, said)
print("done")
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not everybody_may_read(Path(__file__).resolve().parent), reason="nobody else may read the checkout")
@EACH
def test_who_may_not_write_there_is_told_and_changes_nothing(job: Job) -> None:
    with tempfile.TemporaryDirectory(prefix="scorekit-forbidden-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        old = ready(job, folder)
        before = visible(old)
        words = [w.replace("{out}/..", name) for w in job.now]
        done = python(BEGUN + FORBIDDEN, name, job.name, json.dumps(words))
        assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
        assert (visible(old), left_about(old), list((folder / "closed").iterdir())) == (before, [], [])


# -------------------------------------------------------------------- open in another program


@pytest.mark.parametrize("beside", [True, False], ids=["once", "and the one beside it, too"])
@EACH
def test_what_is_open_is_kept_and_the_new_one_stands_beside_it_or_is_refused(
    job: Job, beside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, replace, name = ready(job, tmp_path), os.replace, OPEN[job.now[0]]
    before = visible(out)
    shutil.copytree(out, tmp_path / "new")
    assert told(job.now, tmp_path / "new")[0] == 0
    wanted = visible(tmp_path / "new")
    book = next(n for n in wanted if n.startswith(name))
    new = f"{Path(book).stem}-new{Path(book).suffix}"

    def held(source: Path, target: Path) -> None:
        if Path(target) == out / book or (Path(target).name == new and not beside):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        status, said = run(*(w.replace("{out}", str(out)) for w in job.now))
    assert visible(out)[book] == before[book]
    assert "Traceback" not in said
    if beside:
        assert status == 0, said
        assert visible(out)[new] == wanted[book]
    else:
        assert (status, one_sentence(said), new in visible(out)) == (2, True, False)
    assert left_about(out) == [] or not beside
    assert told(job.now, out)[0] == 0
    assert left_about(out) == []
    assert {n: c for n, c in visible(out).items() if n != new or n in wanted} == wanted


# -------------------------------------------------------------------- names that are something else


@EACH
def test_a_folder_or_a_file_in_the_place_of_the_other_is_told(job: Job, tmp_path: Path) -> None:
    old = ready(job, tmp_path)
    book = next(n for n in visible(old) if n.startswith(OPEN[job.now[0]]))
    (old / book).unlink()
    (old / book / "mine").mkdir(parents=True)
    good, said = refused(job.now, old)
    assert good, said
    assert (old / book / "mine").is_dir()
    assert left_about(old) == []
    (tmp_path / "file").write_text("mine")
    good, said = refused(tuple(w.replace("{out}/..", str(tmp_path)) for w in job.now), tmp_path / "file")
    assert good, said
    assert (tmp_path / "file").read_text() == "mine"
