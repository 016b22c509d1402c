"""Bombs are refused before any reader opens them; no ordinary workbook is."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import process_time

import pytest
from scorekit_plugins.readers import workbook
from scorekit_plugins.readers.package import Refused, looked_over

from tests.hostile import ordinary
from tests.hostile.bombs import BOMBS
from tests.hostile.making import HEADER
from tests.intake import problems_of, read_with

QUICK = [name for name in BOMBS if not name.startswith(("spaces", "2.4", "forty", "two million", "20 000"))]
HEADERS = [str(h) for h in HEADER]


def refused(name: str, folder: Path) -> None:
    path = folder / "a.xlsx"
    path.write_bytes(BOMBS[name]())
    begun = process_time()
    with pytest.raises(Refused):
        looked_over(path)
    assert process_time() - begun < 10  # a safety net; what it takes is printed by python -m tests.hostile --bombs


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_is_refused(name: str, tmp_path: Path) -> None:
    refused(name, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", [n for n in BOMBS if n not in QUICK])
def test_a_bomb_that_takes_long_to_make_is_refused(name: str, tmp_path: Path) -> None:
    refused(name, tmp_path)


def read(path: Path) -> int:
    tables = read_with(workbook, path, headers=HEADERS)
    assert [p for p in problems_of(tables) if p.startswith("error") and "no header row" not in p] == []
    return sum(map(len, tables))


@pytest.mark.parametrize("number", [n for n in range(60) if n % 100 != 3])
def test_an_ordinary_workbook_is_looked_over_and_read(number: int, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ordinary.made(number))
    looked_over(path)
    assert read(path) > 0 or number % 50 == 11


@pytest.mark.long
def test_none_of_three_hundred_ordinary_workbooks_is_refused(tmp_path: Path) -> None:
    for number in range(ordinary.COUNT):
        (tmp_path / "a.xlsx").write_bytes(ordinary.made(number))
        looked_over(tmp_path / "a.xlsx")


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_again_is_read_the_same(tmp_path: Path) -> None:
    paths = []
    for number in range(0, 60, 2):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(ordinary.made(number))
    for before, after in zip(paths, ordinary.saved_again(paths, tmp_path / "again"), strict=True):
        looked_over(after)
        assert read(after) == read(before), before.name
