"""Keeping: a second run opens only what changed, and what is kept can change nothing but the time."""

from __future__ import annotations

import os
import random
import stat
from dataclasses import replace

import pytest
import xlsxwriter
from scorekit_plugins.readers import csv_files, workbook

from scorekit.catalogue import Catalogue
from scorekit.domain.intake import RawTable, Reader, ReadRequest
from scorekit.domain.tables import Problem
from scorekit.errors import InputError, T
from scorekit.loading import keeping as kept_module
from scorekit.loading.keeping import FOLDER, keeping
from scorekit.loading.submissions import read

REQUEST = ReadRequest(None, frozenset({"单位名称", "人数"}))


class Counting:
    """A reader of ``.kv`` files (lines ``field=value``) that counts which files it opens."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def read(self, files, request):
        for file in files:
            self.opened.append(file.name)
            pairs = [line.split("=", 1) for line in file.path.read_text(encoding="utf-8").splitlines()]
            for name, value in pairs:
                if name == "fault":
                    yield RawTable(
                        {}, (file.name,), (), (), problems=(Problem("error", T("{name} is missing", name=value), T(""), file=file.name),)
                    )
            if pairs:
                yield RawTable({n: [v] for n, v in pairs if n != "fault"}, (file.name,), (0,), (0,))


@pytest.fixture
def count():
    return Counting()


def catalogue_with(counting, **changes):
    reader = Reader("kv", (".kv",), counting.read, plugin="kv", **{"rests_on": (), **changes})
    own = {r.name: r for m in (csv_files, workbook) for r in m.scorekit_readers()}
    return Catalogue(readers={**own, "kv": reader})


def put(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.kv").write_text(text, encoding="utf-8")
    return folder


def run(folder, out, catalogue, fresh=False, request=REQUEST):
    """One reading with what *out* keeps."""
    out.mkdir(exist_ok=True)
    with keeping(out, fresh) as kept:
        return list(read(folder, catalogue, request, kept=kept))


def fail(fault, folder, out, catalogue):
    """A run that ends by *fault* when it has read its first table."""
    with keeping(out) as kept:
        next(read(folder, catalogue, REQUEST, kept=kept))
        raise fault


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def entries(out):
    return out / FOLDER / "entries"


@pytest.fixture
def place(tmp_path):
    return put(tmp_path / "data", a="unit=甲\nn=1", b="unit=乙\nfault=人数", c="unit=丙\nn=3"), tmp_path / "out"


def test_only_files_that_changed_are_opened_again(place, count):
    folder, out = place
    catalogue = catalogue_with(count)
    first = run(folder, out, catalogue)
    assert count.opened == ["a.kv", "b.kv", "c.kv"]
    assert run(folder, out, catalogue) == first == list(read(folder, catalogue, REQUEST))
    count.opened.clear()
    put(folder, b="unit=乙\nn=2", d="unit=丁\nn=4")
    (folder / "c.kv").unlink()
    (folder / "a.kv").touch()  # another time of change is no change
    found = run(folder, out, catalogue)
    assert count.opened == ["b.kv", "d.kv"]
    assert found == list(read(folder, catalogue, REQUEST))


def test_a_file_without_any_table_is_not_opened_again_either(tmp_path, count):
    folder, out = put(tmp_path / "data", a="", b="n=1"), tmp_path / "out"
    assert run(folder, out, catalogue_with(count)) == run(folder, out, catalogue_with(count))
    assert count.opened == ["a.kv", "b.kv"]


def test_a_renamed_file_is_read_again_since_its_tables_name_it(place, count):
    folder, out = place
    run(folder, out, catalogue_with(count))
    count.opened.clear()
    (folder / "a.kv").rename(folder / "z.kv")
    assert run(folder, out, catalogue_with(count))[-1].files == ("z.kv",)
    assert count.opened == ["z.kv"]


def test_what_is_no_longer_there_is_no_longer_kept(place, count):
    folder, out = place
    run(folder, out, catalogue_with(count))
    assert "丙".encode() in entries(out).read_bytes()
    (folder / "c.kv").unlink()
    run(folder, out, catalogue_with(count))
    assert "丙".encode() not in entries(out).read_bytes()
    for file in folder.iterdir():
        file.unlink()
    (folder / "x.csv").write_text("单位名称,人数\n甲,1\n", encoding="utf-8")
    run(folder, out, catalogue_with(count))
    assert not (out / FOLDER).exists()


def test_asked_for_fresh_everything_is_read_and_kept_anew(place, count):
    folder, out = place
    run(folder, out, catalogue_with(count))
    before = entries(out).read_bytes()
    assert run(folder, out, catalogue_with(count), fresh=True) == list(read(folder, catalogue_with(Counting()), REQUEST))
    assert len(count.opened) == 6
    assert entries(out).read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "request_"),
    [
        ({}, ReadRequest("gb18030", REQUEST.headers)),
        ({}, ReadRequest(None, REQUEST.headers | {"类别"})),
        ({"rests_on": ("numpy",)}, REQUEST),
        ({"name": "kv2"}, REQUEST),
    ],
    ids=["encoding", "headers", "packages", "reader"],
)
def test_another_request_or_reader_reads_everything(place, count, changes, request_):
    folder, out = place
    catalogue = catalogue_with(count)
    run(folder, out, catalogue)
    count.opened.clear()
    other = replace(catalogue, readers={**catalogue.readers, "kv": replace(catalogue.readers["kv"], **changes)})
    run(folder, out, other, request=request_)
    assert len(count.opened) == 3


@pytest.mark.parametrize(("name", "value"), [("__version__", "9.9"), ("_code", lambda reader: "other")], ids=["software", "code"])
def test_another_version_or_other_code_reads_everything(place, count, monkeypatch, name, value):
    folder, out = place
    run(folder, out, catalogue_with(count))
    count.opened.clear()
    monkeypatch.setattr(kept_module, name, value)
    run(folder, out, catalogue_with(count))
    assert len(count.opened) == 3


def test_the_code_of_a_reader_is_its_module_and_those_of_its_package(count):
    [book] = [r for r in workbook.scorekit_readers() if r.name == "workbook"]
    [text] = csv_files.scorekit_readers()
    assert kept_module._code(book) == kept_module._code(text) != kept_module._code(catalogue_with(count).readers["kv"]) != ""
    assert kept_module._code(Reader("x", (".x",), len)) == ""


@pytest.mark.parametrize("rests_on", [None, ("there-is-no-such-package",)])
def test_of_readers_that_do_not_ask_for_it_nothing_is_kept(place, count, rests_on):
    folder, out = place
    for _ in range(2):
        run(folder, out, catalogue_with(count, rests_on=rests_on))
    assert len(count.opened) == 6
    assert not (out / FOLDER).exists()


def test_a_run_that_fails_leaves_what_was_kept_as_it_was(place, count):
    folder, out = place
    run(folder, out, catalogue_with(count))
    before = entries(out).read_bytes()
    put(folder, a="unit=戊")
    with pytest.raises(InputError):
        fail(InputError(T("there is no submission in it")), folder, out, catalogue_with(count))
    assert (entries(out).read_bytes(), names(out / FOLDER)) == (before, ["entries"])


def test_a_first_run_that_fails_leaves_nothing(place, count):
    folder, out = place
    out.mkdir()
    with pytest.raises(KeyboardInterrupt):
        fail(KeyboardInterrupt(), folder, out, catalogue_with(count))
    assert list(out.iterdir()) == []


def test_what_a_killed_run_left_is_of_no_account(place, count):
    folder, out = place
    run(folder, out, catalogue_with(count))
    (out / FOLDER / "next").write_bytes(b"half a line")
    count.opened.clear()
    run(folder, out, catalogue_with(count))
    assert (count.opened, names(out / FOLDER)) == ([], ["entries"])


def test_a_file_that_changes_while_it_is_read_is_not_kept(place, count):
    folder, out = place
    out.mkdir()
    with keeping(out) as kept:
        for table in read(folder, catalogue_with(count), REQUEST, kept=kept):
            if table.files == ("a.kv",):
                put(folder, a="unit=甲\nn=9")
    count.opened.clear()
    put(folder, a="unit=甲\nn=1")
    run(folder, out, catalogue_with(count))
    assert count.opened == ["a.kv"]


def test_a_table_that_could_not_be_read_back_as_it_was_is_not_kept(place, count, monkeypatch):
    folder, out = place
    odd = RawTable({"unit": ["甲"], "n": [object()]}, ("a.kv",), (0,), (0,))
    monkeypatch.setattr(count, "read", lambda files, request: iter([odd, *Counting().read(files, request)]))
    monkeypatch.setattr(kept_module, "_code", lambda reader: "code")
    assert run(folder, out, catalogue_with(count)).count(odd) == 3
    assert run(folder, out, catalogue_with(count)).count(odd) == 3


def test_a_table_too_long_is_not_kept_and_ends_the_look_at_what_follows(place, count, monkeypatch):
    folder, out = place
    put(folder, b="unit=" + "乙" * 2000)
    run(folder, out, catalogue_with(count))
    monkeypatch.setattr(kept_module, "_LONGEST", 1000)
    count.opened.clear()
    run(folder, out, catalogue_with(count))
    assert count.opened == ["b.kv", "c.kv"]
    run(folder, out, catalogue_with(count))
    assert count.opened == ["b.kv", "c.kv", "b.kv"]


def test_damage_of_any_kind_costs_time_and_changes_nothing(place, count):
    """Bytes changed, lost, doubled, lines in another order: the same tables as from a full reading."""
    folder, out = place
    catalogue = catalogue_with(count)
    want = run(folder, out, catalogue)
    whole = entries(out).read_bytes()
    chance = random.Random(1)
    for _ in range(150):
        at, width = chance.randrange(len(whole)), chance.randrange(1, 80)
        lines = whole.splitlines(keepends=True)
        chance.shuffle(lines)
        damage = chance.choice(
            [
                whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :],
                whole[:at],
                whole[:at] + whole[at + width :],
                whole[: at + width] + whole[at:],
                whole[:at] + os.urandom(width) + whole[at:],
                b"".join(lines),
                b"".join(lines[: chance.randrange(len(lines))]),
                b"",
            ]
        )
        entries(out).write_bytes(damage)
        assert run(folder, out, catalogue) == want


def test_what_another_user_kept_is_not_believed(place, count, monkeypatch, tmp_path):
    """Results come by mail: whoever lacks this user's secret cannot say what a file holds."""
    folder, out = place
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "another"))
    run(folder, out, catalogue_with(count))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "mine"))
    count.opened.clear()
    run(folder, out, catalogue_with(count))
    assert len(count.opened) == 3
    run(folder, out, catalogue_with(count))
    assert len(count.opened) == 3


def test_an_entry_under_the_name_of_another_file_is_not_believed(place, count):
    folder, out = place
    want = run(folder, out, catalogue_with(count))
    lines = entries(out).read_bytes().splitlines(keepends=True)
    keys = list(dict.fromkeys(line[65:129] for line in lines))
    swapped = [line.replace(keys[0], b"?").replace(keys[2], keys[0]).replace(b"?", keys[2]) for line in lines]
    entries(out).write_bytes(b"".join(swapped))
    count.opened.clear()
    assert run(folder, out, catalogue_with(count)) == want
    assert count.opened == ["a.kv", "c.kv"]


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_the_secret_is_for_its_user_alone_and_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = kept_module._secret()
    path = tmp_path / "scorekit" / "reading.key"
    assert (len(first), stat.S_IMODE(path.stat().st_mode), names(path.parent)) == (32, 0o600, ["reading.key"])
    assert kept_module._secret() == first
    path.write_bytes(b"short")
    assert kept_module._secret() is None


def test_without_a_place_for_the_secret_everything_is_read(place, count, monkeypatch, tmp_path):
    folder, out = place
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))
    for _ in range(2):
        run(folder, out, catalogue_with(count))
    assert (len(count.opened), (out / FOLDER).exists()) == (6, False)


def test_a_folder_that_cannot_be_written_to_stops_no_run(place, count):
    folder, out = place
    out.mkdir()
    (out / FOLDER).write_text("in the way")
    assert run(folder, out, catalogue_with(count)) == list(read(folder, catalogue_with(count), REQUEST))


def test_a_disk_that_fills_up_stops_no_run_and_leaves_no_half(place, count, monkeypatch):
    folder, out = place
    run(folder, out, catalogue_with(count))
    put(folder, b="unit=乙\nn=" + "2" * 100_000)

    class Full:
        def write(self, data):
            raise OSError(28, "No space left on device")

        def close(self):
            raise OSError(28, "No space left on device")

    with keeping(out) as kept:
        monkeypatch.setattr(kept, "_next", Full())
        found = list(read(folder, catalogue_with(count), REQUEST, kept=kept))
    assert found == list(read(folder, catalogue_with(count), REQUEST))
    assert not (out / FOLDER / "next").exists()


def test_workbooks_are_kept_with_all_that_was_found_in_them(tmp_path):
    folder, out = tmp_path / "data", tmp_path / "out"
    folder.mkdir()
    book = xlsxwriter.Workbook(folder / "a.xlsx")
    sheet = book.add_worksheet("表")
    for row, cells in enumerate([("单位名称", "人数", "率"), ("甲", 1, "=1+1"), ("乙", 2.5, None), ("合计", 3, None)]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.write(1, 2, 0.92, book.add_format({"num_format": "0%"}))
    sheet.write_formula(2, 2, "=1+1")
    book.add_worksheet("hidden").hide()
    book.close()
    (folder / "b.xlsx").write_bytes(b"no workbook at all")
    catalogue = Catalogue(readers={r.name: r for r in workbook.scorekit_readers()})
    want = list(read(folder, catalogue, REQUEST))
    assert run(folder, out, catalogue) == want == run(folder, out, catalogue)
    refused = Reader("workbook", (".xlsx",), lambda files, request: iter(()), rests_on=("openpyxl",))
    refused.read.__module__ = workbook.__name__
    assert run(folder, out, Catalogue(readers={"workbook": refused})) == want


def test_a_link_in_the_place_of_the_new_file_is_not_written_through(tmp_path, count):
    folder, out, precious = put(tmp_path / "in", a="单位名称=甲"), tmp_path / "out", tmp_path / "precious"
    precious.write_text("x")
    (out / FOLDER).mkdir(parents=True)
    (out / FOLDER / "next").symlink_to(precious)
    run(folder, out, catalogue_with(count))
    assert precious.read_text() == "x"
    assert names(out / FOLDER) == ["entries"]
    run(folder, out, catalogue_with(count))
    assert count.opened == ["a.kv"]


def test_a_folder_that_leads_elsewhere_is_neither_read_nor_written_nor_emptied(tmp_path, count):
    folder, out, elsewhere = put(tmp_path / "in", a="单位名称=甲"), tmp_path / "out", tmp_path / "elsewhere"
    run(folder, out, catalogue_with(count))
    (out / FOLDER).rename(elsewhere)
    (elsewhere / "next").write_text("x")
    (out / FOLDER).symlink_to(elsewhere)
    before = {p.name: p.read_bytes() for p in elsewhere.iterdir()}
    run(folder, out, catalogue_with(count))
    assert count.opened == ["a.kv"] * 2
    with pytest.raises(KeyError):
        fail(KeyError("x"), folder, out, catalogue_with(count))
    assert {p.name: p.read_bytes() for p in elsewhere.iterdir()} == before


def test_what_is_no_file_is_not_read(tmp_path, count):
    folder, out = put(tmp_path / "in", a="单位名称=甲"), tmp_path / "out"
    (out / FOLDER / "entries").mkdir(parents=True)
    run(folder, out, catalogue_with(count))
    assert count.opened == ["a.kv"]
