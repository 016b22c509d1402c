"""Bombs are refused before any reader opens them; no ordinary workbook is."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import process_time

import pytest
from scorekit_plugins.readers import workbook
from scorekit_plugins.readers.package import Refused, looked_over

from scorekit.words import say
from tests.hostile import ordinary
from tests.hostile.bombs import BOMBS
from tests.hostile.making import HEADER
from tests.intake import problems_of, read_with

QUICK = [name for name in BOMBS if not name.startswith(("spaces", "2.4", "forty", "two million", "20 000"))]
TOO_MUCH = [
    "spaces in the sheet",
    "spaces in the texts",
    "spaces in a picture",
    "forty parts of six megabytes",
    "1 500 entries for the same bytes",
]
UNSOUND = [
    "spaces that say they are few",
    "spaces that say they are few, with the sum of the few",
    "spaces that say they are none",
    "300 parts that quote one another",
    "a directory of four gigabytes",
]
TOO_TIGHT = [
    "spaces just below the limit of size",
    "400 000 nested tags",
    "two million tags in wide characters",
    "bytes packed by another method",
    "bytes packed by yet another method",
]
ENTITIES = [
    "laughs",
    "laughs in the styles",
    "laughs in a picture",
    "laughs in wide characters",
    "one entity of a megabyte, a thousand times",
]
TOO_LONG = [
    "an attribute of fifty megabytes",
    "a text of fifty megabytes",
    "a comment of fifty megabytes",
    "a comment of fifty megabytes full of tags",
    "plain characters of fifty megabytes",
    "an instruction of fifty megabytes",
    "a tag's name of ten megabytes",
    "a hundred thousand attributes",
]
PARTS = ["2 001 parts", "20 000 parts"]
WHY = {
    **dict.fromkeys(BOMBS, "the workbook has more than 2000000 used cells, or parts of that size"),
    **dict.fromkeys(TOO_MUCH, "the workbook unpacks to more than 200 MB"),
    **dict.fromkeys(UNSOUND, "the package of the workbook contradicts itself, and programs disagree on what it holds"),
    **dict.fromkeys(TOO_TIGHT, "a part of the workbook unpacks to more than 200 times its size"),
    **dict.fromkeys(PARTS, "the workbook has more than 2000 parts"),
    **dict.fromkeys(ENTITIES, "a part of the workbook declares a document type"),
    **dict.fromkeys(TOO_LONG, "a part of the workbook holds a text longer than a cell may have: xl/worksheets/sheet1.xml"),
    "an old workbook of fifty megabytes": "the workbook is protected by a password",
}
HEADERS = [str(h) for h in HEADER]


def refusal(name: str, folder: Path) -> str:
    """The sentence with which a bomb is refused; nothing where it is let through."""
    path = folder / "a.xlsx"
    path.write_bytes(BOMBS[name]())
    begun = process_time()
    try:
        looked_over(path)
    except Refused as fault:
        assert process_time() - begun < 10  # a safety net; what it takes is printed by python -m tests.hostile --bombs
        return say(fault.what, "en")
    return ""


def test_there_are_enough_bombs_and_each_is_known_by_its_sentence() -> None:
    assert len(BOMBS) >= 30
    assert WHY.keys() == BOMBS.keys()


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_is_refused(name: str, tmp_path: Path) -> None:
    assert refusal(name, tmp_path) == WHY[name]


@pytest.mark.long
@pytest.mark.parametrize("name", [n for n in BOMBS if n not in QUICK])
def test_a_bomb_that_takes_long_to_make_is_refused(name: str, tmp_path: Path) -> None:
    assert refusal(name, tmp_path) == WHY[name]


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
    refused = []
    for number in range(ordinary.COUNT):
        (tmp_path / "a.xlsx").write_bytes(ordinary.made(number))
        try:
            looked_over(tmp_path / "a.xlsx")
        except Refused as fault:
            refused.append((number, say(fault.what, "en")))
    assert refused == []
    assert ordinary.COUNT >= 300


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
