"""Saving: all of a result or nothing of it, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from scorekit import saving
from scorekit.catalogue import Catalogue
from scorekit.domain.intake import Reader
from scorekit.domain.outputs import Exporter, Outcome
from scorekit.errors import InputError, OutputError, PluginError, T, Text
from scorekit.loading.results import load_results
from scorekit.saving import move_in, save, sweep
from tests.exporting import exporters, only, writes
from tests.outcomes import in_rows, small_outcome

OUTCOME = small_outcome()


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.startswith(".")}


def staged(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".scorekit-staging")]


def test_every_file_is_named_with_its_digest_and_the_record_comes_last(tmp_path: Path) -> None:
    written = save(OUTCOME, exporters(), tmp_path / "out")
    assert [p.name for p in written] == [
        "inputs.csv",
        "problems.csv",
        "ranking.xlsx",
        "rubric.json",
        "scores.csv",
        "standings.csv",
        "run.json",
    ]
    record = json.loads((tmp_path / "out/run.json").read_bytes())
    assert record["files"] == {n: hashlib.sha256(c).hexdigest() for n, c in files(tmp_path / "out").items() if n != "run.json"}
    assert staged(tmp_path / "out") == []


def test_equal_results_are_equal_bytes_wherever_they_are_written(tmp_path: Path) -> None:
    for out in ("a", "b/c"):
        save(small_outcome(), exporters(), tmp_path / out)
    assert files(tmp_path / "a") == files(tmp_path / "b/c")


def test_a_machine_without_threads_to_give_makes_the_same_files_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    save(OUTCOME, exporters(), tmp_path / "a")
    monkeypatch.setattr(threading.Thread, "start", none_left)
    save(OUTCOME, exporters(), tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_the_digests_of_all_files_that_a_reader_takes_are_recorded(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    (inputs / "a").mkdir(parents=True)
    (inputs / "a/教育局.json").write_bytes(b"{}")
    (inputs / "企业.xlsx").write_bytes(b"x")
    (inputs / "photo.jpg").write_bytes(b"y")
    catalogue = only(writes("a.txt"))
    catalogue.readers["any"] = Reader("any", (".json", ".xlsx"), lambda files, request: iter(()))
    save(OUTCOME, catalogue, tmp_path / "out", inputs=inputs)
    record = json.loads((tmp_path / "out/run.json").read_bytes())
    assert record["inputs"] == {"a/教育局.json": hashlib.sha256(b"{}").hexdigest(), "企业.xlsx": hashlib.sha256(b"x").hexdigest()}
    save(OUTCOME, catalogue, tmp_path / "out", inputs=inputs / "企业.xlsx")
    assert list(json.loads((tmp_path / "out/run.json").read_bytes())["inputs"]) == ["企业.xlsx"]


def test_what_a_later_run_does_not_write_is_removed(tmp_path: Path) -> None:
    save(OUTCOME, exporters(), tmp_path)
    save(OUTCOME, only(writes("mine.txt")), tmp_path)
    assert list(files(tmp_path)) == ["mine.txt", "run.json"]
    save(OUTCOME, exporters(), tmp_path, "parquet")
    assert "mine.txt" not in files(tmp_path)
    assert "standings.parquet" in files(tmp_path)


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        save(OUTCOME, exporters(), tmp_path / "out", "pdf")
    assert caught.value.cure is not None
    assert caught.value.cure.params["names"] == ["csv", "parquet"]
    assert not (tmp_path / "out").exists()


# -------------------------------------------------------------------- exporters that fail


def failing(fault: BaseException) -> tuple[str, object]:
    def write(outcome: Outcome, folder: Path) -> list[str]:
        (folder / "half.txt").write_text("half")
        raise fault

    return "zz", write


def test_the_old_set_stays_whole_when_an_exporter_fails(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt", "old")), tmp_path)
    before = files(tmp_path)
    for fault in (ZeroDivisionError("x"), KeyboardInterrupt(), OutputError(Text("x"))):
        with pytest.raises(type(fault)):
            save(OUTCOME, only(writes("a.txt", "new"), failing(fault)), tmp_path)  # type: ignore[arg-type]
        assert files(tmp_path) == before
        assert staged(tmp_path) == []


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No space left"):
        save(OUTCOME, only(failing(OSError(28, "No space left"))), tmp_path / "out")  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_fault_in_a_plugin_that_is_not_ours_names_the_plugin(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="ZeroDivisionError: x") as caught:
        save(OUTCOME, only(failing(ZeroDivisionError("x")), plugin="theirs"), tmp_path)  # type: ignore[arg-type]
    assert caught.value.where == "theirs"


@pytest.mark.parametrize("name", ["../a.txt", "run.json", "absent.txt", "a.txt"])
def test_an_exporter_names_its_own_files_only(tmp_path: Path, name: str) -> None:
    lying = ("zz", lambda outcome, folder: [name])
    with pytest.raises(PluginError, match="not its own"):
        save(OUTCOME, only(writes("a.txt"), lying), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_versions_of_plugins_are_recorded(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt"), plugin="theirs"), tmp_path)
    assert json.loads((tmp_path / "run.json").read_bytes())["plugins"]["theirs"] == "2.1"


def test_the_version_of_a_checkout_that_is_not_installed_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(saving, "version", absent)
    save(OUTCOME, only(writes("a.txt")), tmp_path)
    assert json.loads((tmp_path / "run.json").read_bytes())["software"] == ""


# -------------------------------------------------------------------- files held open


def held(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let replacing files of these names fail as it does on Windows while a program holds them open."""
    replace, unlink = os.replace, Path.unlink

    def refusing(source: Path, target: Path) -> None:
        if Path(target).name in names and Path(target).exists():
            raise PermissionError(13, "held", str(target))
        replace(source, target)

    def keeping(self: Path, missing_ok: bool = False) -> None:
        if self.name in names and self.exists():
            raise PermissionError(13, "held", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(os, "replace", refusing)
    monkeypatch.setattr(Path, "unlink", keeping)


def test_a_workbook_that_is_open_is_kept_and_the_new_one_stands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(OUTCOME, exporters(), tmp_path)
    (tmp_path / "ranking.xlsx").write_bytes(b"open")
    held(monkeypatch, "ranking.xlsx")
    told: list[Text] = []
    written = save(OUTCOME, exporters(), tmp_path, tell=told.append)
    assert (tmp_path / "ranking.xlsx").read_bytes() == b"open"
    assert tmp_path / "ranking-new.xlsx" in written
    assert [(t.params["name"], t.params["beside"]) for t in told] == [("ranking.xlsx", "ranking-new.xlsx")]
    assert len(load_results(tmp_path).standings) == 6
    monkeypatch.undo()
    save(OUTCOME, exporters(), tmp_path)
    assert "ranking-new.xlsx" not in files(tmp_path)


def test_a_table_that_is_open_is_read_back_from_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(OUTCOME, exporters(), tmp_path)
    (tmp_path / "standings.csv").write_bytes(b"open")
    held(monkeypatch, "standings.csv")
    save(OUTCOME, exporters(), tmp_path)
    assert len(load_results(tmp_path).standings) == 6


def test_an_old_file_that_is_open_may_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(OUTCOME, exporters(), tmp_path)
    held(monkeypatch, "standings.csv")
    save(OUTCOME, exporters(), tmp_path, "parquet")
    assert "standings.csv" in files(tmp_path)
    assert load_results(tmp_path).standings[0]["rank"] == "1"


# -------------------------------------------------------------------- runs that died


class Died(BaseException):
    """Stands for kill -9: no clean-up is to run."""


@pytest.mark.parametrize("moves", range(9))
def test_a_run_that_dies_while_it_moves_its_files_leaves_a_whole_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    fewer = in_rows(OUTCOME, [0, 1, 2])
    save(fewer, exporters(), tmp_path)
    replace, left = os.replace, [moves]

    def dying(source: Path, target: Path) -> None:
        if left[0] == 0:
            raise Died
        left[0] -= 1
        replace(source, target)

    monkeypatch.setattr(os, "replace", dying)
    monkeypatch.setattr(shutil, "rmtree", lambda *a, **k: None)
    with contextlib.suppress(Died):
        save(OUTCOME, exporters(), tmp_path)
    monkeypatch.undo()
    results = load_results(tmp_path)
    expected = fewer if moves < 2 else OUTCOME
    assert results.run["counts"]["units"] == len(expected.standings)
    assert {r["unit"] for r in results.scores} == set(expected.standings.unit)
    sweep(tmp_path)
    assert staged(tmp_path) == []
    assert load_results(tmp_path).run["counts"]["units"] == (3 if moves < 1 else 6)


def test_a_set_that_was_not_written_whole_is_swept(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt", "old")), tmp_path)
    half = tmp_path / ".scorekit-staging-1"
    half.mkdir()
    (half / "a.txt").write_text("new")
    save(OUTCOME, only(writes("b.txt")), tmp_path)
    assert staged(tmp_path) == []
    assert list(files(tmp_path)) == ["b.txt", "run.json"]


def test_a_staged_set_that_disagrees_is_swept_and_not_moved_in(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt", "old")), tmp_path)
    half = tmp_path / ".scorekit-staging-1"
    half.mkdir()
    (half / "a.txt").write_text("new")
    (half / "run.json").write_text('{"record": 1, "files": {"a.txt": "no such digest"}}')
    sweep(tmp_path)
    assert (tmp_path / "a.txt").read_text() == "old"


def test_a_record_that_names_files_elsewhere_has_none_of_them_removed(tmp_path: Path) -> None:
    out, theirs = tmp_path / "out", tmp_path / "重要.txt"
    out.mkdir()
    theirs.write_text("theirs")
    names = ["../重要.txt", str(theirs), "..", "", 3]
    for files_ in ({str(n): "" for n in names}, names, {"a.txt": ["no digest"]}):
        (out / "run.json").write_text(json.dumps({"record": 1, "files": files_}), encoding="utf-8")
        save(OUTCOME, only(writes("b.txt")), out)
        assert theirs.read_text() == "theirs"
        assert list(files(out)) == ["b.txt", "run.json"]
        (out / "b.txt").unlink()


def test_moving_in_again_what_is_half_moved_in_finishes_it(tmp_path: Path) -> None:
    save(OUTCOME, only(writes("a.txt"), writes("b.txt")), tmp_path)
    half = tmp_path / ".scorekit-staging-1"
    half.mkdir()
    shutil.move(tmp_path / "run.json", half)
    shutil.move(tmp_path / "b.txt", half)
    with pytest.raises(InputError):
        load_results(half / "nowhere")
    assert [p.name for p in move_in(half, tmp_path)] == ["a.txt", "b.txt", "run.json"]
    assert list(files(tmp_path)) == ["a.txt", "b.txt", "run.json"]


LOOP = """
import sys
import threading
from pathlib import Path
from scorekit.saving import save
from tests.exporting import exporters
from tests.outcomes import in_rows, small_outcome
catalogue, whole = exporters(), small_outcome()
fewer = in_rows(whole, [0, 1, 2])
print("ready", flush=True)
while True:
    for outcome in (fewer, whole):
        save(outcome, catalogue, Path(sys.argv[1]))
"""


def test_no_kill_leaves_a_torn_set(tmp_path: Path) -> None:
    """At six seeded moments a run that saves over and over is killed; each time what is there reads back as one set."""
    save(OUTCOME, exporters(), tmp_path / "out")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    moments = random.Random(11)
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", LOOP, str(tmp_path / "out")], stdout=subprocess.PIPE, env=environment) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 0.3))
            run.kill()
        results = load_results(tmp_path / "out")
        assert len(results.standings) == results.run["counts"]["units"]
        assert {r["unit"] for r in results.scores} == {r["unit"] for r in results.standings}
    save(OUTCOME, exporters(), tmp_path / "out")
    assert staged(tmp_path / "out") == []


def test_exporters_work_at_a_time_and_the_first_fault_is_told(tmp_path: Path) -> None:
    met = threading.Barrier(2, timeout=20)

    def exporter(name: str, fault: str = "") -> Exporter:
        def write(_: Outcome, folder: Path) -> list[str]:
            met.wait()
            if fault:
                raise OutputError(T("{name} failed", name=fault), "")
            (folder / name).write_text(name, encoding="utf-8")
            return [name]

        return Exporter(name, ("csv",), write)

    def saved(*exporters: Exporter) -> None:
        save(OUTCOME, Catalogue(exporters={e.name: e for e in exporters}), tmp_path / "out")

    saved(exporter("b.csv"), exporter("a.csv"))
    assert {"a.csv", "b.csv"} <= set(json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["files"])
    with pytest.raises(OutputError) as caught:
        saved(exporter("b.csv", "b"), exporter("a.csv", "a"))
    assert dict(caught.value.what.params)["name"] == "a"


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OutputError(Text("x"))])
def test_nobody_waits_for_exporters_whose_files_go_anyway(tmp_path: Path, fault: BaseException) -> None:
    """What such an exporter writes later lands nowhere, least of all among the files of the next run."""
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()
    ends: list[str] = []

    def slow(_: Outcome, folder: Path) -> list[str]:
        begun.set()
        go_on.wait(60)
        try:
            (folder / "late.csv").write_text("late", encoding="utf-8")
            ends.append("written")
        except OSError:
            ends.append("nowhere")
        done.set()
        return ["late.csv"]

    def hasty(_: Outcome, folder: Path) -> list[str]:
        begun.wait(60)
        raise fault

    with pytest.raises(type(fault)):
        save(OUTCOME, only(("slow", slow), ("hasty", hasty)), tmp_path / "out")
    assert not done.is_set()
    save(OUTCOME, only(writes("a.txt")), tmp_path / "out")
    go_on.set()
    assert done.wait(60)
    assert ends == ["nowhere"]
    assert list(files(tmp_path / "out")) == ["a.txt", "run.json"]
    assert staged(tmp_path / "out") == []
