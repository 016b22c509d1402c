"""Every hostile file brings its sentences, stops no other, and changes nobody's points."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hostile.cases import GOOD_TOTAL, GOOD_UNIT, Case, brought
from tests.hostile.corpus import CASES, LEVELS, OF_LEVEL, WORKBOOKS, expected, shown
from tests.hostile.running import ran, run

KEPT = {level: expected(level) for level in (room.__name__.rpartition(".")[2] for room in LEVELS)}
SHORT = [n for n, c in CASES.items() if not c.long]
DATA = [n for n, c in CASES.items() if c.kind == "submission" and not c.stops]
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}")


def made(name: str, folder: Path) -> Case:
    if name.startswith("parquet"):
        pytest.importorskip("pyarrow")
    CASES[name].put(folder)
    return CASES[name]


@pytest.mark.parametrize("name", SHORT)
def test_the_file_brings_its_sentences_and_the_good_unit_is_scored(name: str, tmp_path: Path) -> None:
    case = made(name, tmp_path)
    found = brought(case, tmp_path)
    assert shown(found) == KEPT[OF_LEVEL[name]][name]
    assert found.stopped is case.stops
    if name in DATA:
        assert found.totals[GOOD_UNIT] == GOOD_TOTAL


@pytest.mark.long
@pytest.mark.parametrize("name", list(CASES))
def test_the_file_ends_within_ten_seconds_and_512_megabytes(name: str, tmp_path: Path) -> None:
    case = made(name, tmp_path)
    found = ran(case, tmp_path)
    assert found.faults(case) == [], found.said


def test_all_files_in_one_folder_stop_no_one(tmp_path: Path) -> None:
    quick = [n for n in DATA if OF_LEVEL[n] in ("zip_level", "xml_level", "cell_level")]
    for name in quick:
        made(name, tmp_path)
    found = run(["evaluate", "submissions", "--rubric", "rubric.json", "--out", "out"], tmp_path)
    assert (found.status, found.total, "Traceback" in found.said) == (0, GOOD_TOTAL, False)
    problems = (tmp_path / "out" / "problems.csv").read_text("utf-8-sig")
    assert sum(f"{n}.xlsx" in problems for n in quick) > 250


def test_there_are_enough_files() -> None:
    files = [c for c in CASES.values() if c.kind == "submission"]
    assert len(files) >= 150
    assert len(WORKBOOKS) >= 80


def test_every_case_has_its_sentences_and_no_sentence_is_left_over() -> None:
    assert [sorted(kept) for kept in KEPT.values()] == [sorted(n for n, own in OF_LEVEL.items() if own == level) for level in KEPT]


@pytest.mark.parametrize("level", list(KEPT))
def test_sentences_are_chinese_and_say_what_to_do(level: str) -> None:
    for name, lines in KEPT[level].items():
        for line in lines:
            told = re.sub(r"“[^”]*”|[\w./-]*\.(xlsx|csv|json|ndjson|toml)\S*|\{[^}]*\}|scorekit( [a-z-]+)+|=cmd.*?A0", "", line)
            assert "Traceback" not in line, name
            assert not ENGLISH.search(told), (name, told)
            if not line.startswith("units: ") and len(line) < 400:
                assert len(line.split(" · ")) >= 3, line


@pytest.mark.parametrize("name", [n for n in WORKBOOKS if not CASES[n].stops])
def test_a_workbook_is_read_or_named_with_its_fault(name: str) -> None:
    """Where its unit is not scored as it stands in the good form, some line names the file."""
    lines = KEPT[OF_LEVEL[name]][name]
    units = next((line for line in lines if line.startswith("units: ")), "")
    silent = "新华" in units or len(units.split(",")) > 1
    left_aside = CASES[name].file.startswith((".", "~$", "..")) or name == "folder-directory-named-as-a-workbook"
    assert silent or left_aside or any(not line.startswith("units: ") for line in lines)
