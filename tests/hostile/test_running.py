"""What a case took is what its own process took, however large the process is that asks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hostile.cases import GOOD_TOTAL, Case
from tests.hostile.running import MEMORY, SPACE, Ran, measured


def took(program: str, folder: Path, patience: float = 60.0) -> tuple[int, float, float]:
    return measured([sys.executable, "-I", "-S", "-c", program], folder, {}, patience)


def test_a_small_command_of_a_large_process_is_seen_to_be_small(tmp_path: Path) -> None:
    large = bytearray(200 * 2**20)
    large[:: 2**12] = b"x" * len(large[:: 2**12])
    status, _, megabytes = took("pass", tmp_path)
    assert (status, len(large)) == (0, 200 * 2**20)
    assert megabytes < 40


def test_a_large_command_is_seen_to_be_large(tmp_path: Path) -> None:
    status, _, megabytes = took("b'x' * (100 * 2**20)", tmp_path)
    assert status == 0
    assert 100 < megabytes < 140


def test_a_command_gets_no_more_than_its_address_space(tmp_path: Path) -> None:
    status, _, megabytes = took(f"b'x' * {SPACE}", tmp_path)
    assert status == 1
    assert "MemoryError" in (tmp_path / "said.txt").read_text("utf-8")
    assert megabytes < MEMORY / 2**20


def test_seconds_are_those_of_the_command(tmp_path: Path) -> None:
    status, seconds, _ = took("import time\nwhile time.process_time() < 0.5: pass\nraise SystemExit(7)", tmp_path)
    assert status == 7
    assert 0.5 <= seconds < 2


def test_what_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="it hangs"):
        took("import time; time.sleep(60)", tmp_path, patience=0.5)


@pytest.mark.parametrize(
    ("ran", "fault"),
    [
        (Ran(3, "", 1, 1, GOOD_TOTAL), "status 3"),
        (Ran(1, "Traceback (most recent call last):", 1, 1, GOOD_TOTAL), "a traceback"),
        (Ran(0, "", 10.5, 1, GOOD_TOTAL), "10.5 s"),
        (Ran(0, "", 1, 513, GOOD_TOTAL), "513 MB"),
        (Ran(0, "", 1, 1, "97"), "the good unit has 97"),
        (Ran(0, "", 1, 1, ""), "the good unit has nothing"),
    ],
)
def test_what_must_not_be_is_a_fault(ran: Ran, fault: str) -> None:
    assert ran.faults(Case("a", lambda: b"")) == [fault]


def test_what_stops_says_one_sentence_and_status_2() -> None:
    case = Case("a", lambda: b"", stops=True)
    assert Ran(2, "one sentence\n", 1, 1, "").faults(case) == []
    for ran in (Ran(1, "one sentence\n", 1, 1, ""), Ran(2, "two\nlines\n", 1, 1, ""), Ran(2, "", 1, 1, "")):
        assert ran.faults(case) == ["not one sentence and status 2"]
