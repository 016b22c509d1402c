"""``scorekit evaluate`` again and again into the same folder: the same bytes as a run that reads everything."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from scorekit_plugins.readers import workbook

from scorekit.cli import main

TITLES = ("工会名称", "片区", "职工数", "会员数", "会费收缴率", "文体活动次数", "主席任职日期", "经办人电话")
RUBRIC = {
    "title": "试评标准",
    "type": "object",
    "required": ["unit", "staff"],
    "properties": {
        "unit": {"type": "string", "title": "工会名称"},
        "area": {"type": "string", "title": "片区"},
        "staff": {"type": "integer", "title": "职工数", "minimum": 0},
        "members": {"type": "integer", "title": "会员数"},
        "rate": {"type": "number", "title": "会费收缴率", "x-unit": "percent", "x-criterion": {"points": 10, "rule": {"pro_rata": {}}}},
        "events": {"type": "integer", "title": "文体活动次数", "x-criterion": {"points": 8, "rule": {"pro_rata": {"full_at": 8}}}},
        "since": {"type": "string", "format": "date", "title": "主席任职日期"},
        "honours": {
            "type": "array",
            "title": "荣誉",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string", "title": "荣誉名称"}, "level": {"enum": ["市级", "区级"], "title": "级别"}},
            },
        },
    },
    "x-rubric": {"language": 1, "id": "trial", "version": "1", "unit": "unit"},
}
AREAS = ("海港一片区", "海港二片区", "")


def unit(name: str, chance: random.Random) -> dict[str, Any]:
    """A unit's cells: good ones, missing ones, and some that cannot be used."""
    staff = chance.randrange(10, 300)
    return {
        "工会名称": name,
        "片区": chance.choice(AREAS),
        "职工数": chance.choice([staff, str(staff), "约二百人", None]),
        "会员数": chance.choice([staff - 3, "=1+1", None]),
        "会费收缴率": chance.choice([0.975, "97.5%", 97.5, None]),
        "文体活动次数": chance.randrange(9),
        "主席任职日期": chance.choice(["2024-03-15", "2024年3月15日", None]),
        "经办人电话": "1380000",
    }


def write(path: Path, units: list[Mapping[str, Any]], chance: random.Random) -> None:
    """The units as a file of the path's ending; a workbook now and then with a second sheet of honours."""
    if path.suffix == ".json":
        path.write_text(json.dumps({"unit": units[0]["工会名称"], "area": units[0]["片区"]}, ensure_ascii=False), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, TITLES)
            table.writeheader()
            table.writerows(units)
    else:
        book = xlsxwriter.Workbook(path)
        into(book.add_worksheet("自评表"), [TITLES, *[[u[t] for t in TITLES] for u in units]])
        if chance.random() < 0.3:
            into(book.add_worksheet("荣誉"), [("工会名称", "荣誉名称", "级别"), (units[0]["工会名称"], "先进", "市级")])
        book.close()


def into(sheet: Any, rows: list[Any]) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)


def edits(folder: Path, chance: random.Random) -> Iterator[str]:
    """The folder changed step by step: files written again, new, gone, renamed, copied, or nothing but touched."""
    names = iter(range(10**6))
    endings = (".xlsx", ".xlsx", ".xlsx", ".csv", ".json")

    def fresh(path: Path) -> None:
        write(path, [unit(f"第{next(names)}工会", chance) for _ in range(chance.choice([1, 1, 3]))], chance)

    for number in range(8):
        fresh(folder / f"u{number}{endings[number % 5]}")
    yield "begin"
    for number in range(8, 15):
        there = sorted(folder.iterdir())
        what, path = chance.choice(["edit", "edit", "add", "remove", "rename", "copy", "spoil", "touch"]), chance.choice(there)
        if what == "edit":
            fresh(path)
        elif what == "add":
            fresh(folder / f"u{number}{chance.choice(endings)}")
        elif what == "remove":
            path.unlink()
        elif what == "rename":
            path.rename(path.with_stem(f"renamed{number}"))
        elif what == "copy":
            path.with_stem(f"copied{number}").write_bytes(path.read_bytes())
        elif what == "spoil":
            path.write_bytes(path.read_bytes()[:-40])
        else:
            path.touch()
        yield f"{what} {path.name}"


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.startswith(".")}


def run(command: str, folder: Path, *words: object) -> int:
    rubric = folder.parent / "rubric.json"
    rubric.write_text(json.dumps(RUBRIC, ensure_ascii=False), encoding="utf-8")
    return main([command, str(folder), "--rubric", str(rubric), "--no-plugins", *map(str, words)])


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the workbooks that are opened."""
    found: list[str] = []
    original = workbook._tables
    monkeypatch.setattr(workbook, "_tables", lambda file, request: found.append(file.name) or original(file, request))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_that_reads_only_what_changed_writes_the_bytes_of_a_full_run(tmp_path: Path, seed: int, opened: list[str]) -> None:
    """Whatever is changed between the runs; the record of the run included."""
    folder, out, full = tmp_path / "data", tmp_path / "out", tmp_path / "full"
    folder.mkdir()
    before: dict[str, bytes] = {}
    for step in edits(folder, random.Random(seed)):
        opened.clear()
        assert run("evaluate", folder, "--out", out) == 0, step
        now = {p.name: p.read_bytes() for p in folder.glob("*.xlsx")}
        assert opened == sorted(n for n, content in now.items() if before.get(n) != content), step
        before = now
        assert run("evaluate", folder, "--out", full, "--fresh") == 0, step
        assert files(out) == files(full), step


def test_asked_for_fresh_every_workbook_is_opened(tmp_path: Path, opened: list[str]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder / "a.xlsx", [unit("甲", random.Random(1))], random.Random(1))
    for words in ([], [], ["--fresh"], ["--format", "parquet"]):
        assert run("evaluate", folder, "--out", tmp_path / "out", *words) == 0
    assert opened == ["a.xlsx", "a.xlsx"]


def test_a_check_uses_what_was_kept_and_keeps_what_it_read(tmp_path: Path, opened: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder / "a.xlsx", [unit("甲", random.Random(1))], random.Random(1))
    said = []
    for words in ([], [], ["--fresh"]):
        assert run("validate", folder, "--out", tmp_path / "out", *words) == 0
        said.append(capsys.readouterr().out)
    assert opened == ["a.xlsx", "a.xlsx"]
    assert said[0] == said[1] == said[2]


def test_a_run_that_cannot_be_done_keeps_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    book = xlsxwriter.Workbook(folder / "a.xlsx")
    into(book.add_worksheet(), [TITLES])
    book.close()
    assert run("evaluate", folder, "--out", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()
