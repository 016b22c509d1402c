"""The fuzzer finds what it is made to find, and finds nothing in a few hundred cases of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from random import Random

import pytest

from scorekit.domain.intake import RawTable
from tests.fuzz import bases, cases, mutations, second
from tests.fuzz.worker import Worker
from tests.hostile.making import ROW, book

SEEDS = range(300)


@pytest.mark.parametrize("first", range(0, len(SEEDS), 50))
def test_spoilt_inputs_are_read_or_refused_and_no_value_differs(first: int, tmp_path: Path) -> None:
    told = {seed: cases.outcome(cases.made(seed), tmp_path) for seed in SEEDS[first : first + 50]}
    assert {s: t for s, t in told.items() if t not in ("read", "refused")} == {}


def test_good_inputs_are_read(tmp_path: Path) -> None:
    for kind, (base, _, _, _) in cases.KINDS.items():
        for seed in range(12):
            assert cases.outcome(cases.Spoilt(kind, base(Random(seed)), ()), tmp_path) == "read", (kind, seed)


def test_a_case_is_the_same_each_time_and_smaller_where_steps_are_left_out() -> None:
    for seed in SEEDS[:60]:
        assert cases.made(seed) == cases.made(seed)
        assert cases.made(seed, ()).data == cases.KINDS[cases.kind_of(seed)][0](Random(seed))


def test_all_kinds_and_all_ways_are_taken() -> None:
    assert {cases.kind_of(seed) for seed in SEEDS} == set(cases.KINDS)
    changed = {way for way in {*mutations.PACKAGE} if any(way(book(), Random(s)) != book() for s in range(20))}
    assert changed == {*mutations.PACKAGE}


@pytest.mark.parametrize(
    ("cell", "given"),
    [
        ('<c r="H2"><v>95</v></c>', 59),
        ('<c r="H2"><v>95</v><v>59</v></c>', 95),
        ('<c r="H2"><v>95</v></c><c r="H2"><v>59</v></c>', 95),
        ('<c r="H2"><v>9<!-- x -->5</v></c>', 95),
        ('<c r="H2"><f>1</f><v>95</v></c>', 95),
        ('<c r="H2" t="s"><v>0</v></c>', "甲"),
        ('<c r="H2"><v>95</v></c>', "95"),
        ("", 95),
    ],
)
def test_a_value_that_is_not_there_is_found(cell: str, given: object) -> None:
    table = RawTable({"满意率": [given]}, ("a.xlsx",), (0,), (2,), "自评表", {"满意率": "H"})
    assert second.differences(".xlsx", book({"H2": cell}), [table])
    assert not second.differences(".xlsx", book(), [RawTable({"满意率": [ROW[-1]]}, ("a.xlsx",), (0,), (2,), "自评表", {"满意率": "H"})])


def test_a_cell_of_a_table_and_a_key_of_an_object_that_differ_are_found() -> None:
    table = RawTable({"甲": ["2"]}, ("a.csv",), (0,), (2,), "", {"甲": "A"})
    assert second.differences(".csv", "甲\n1\n".encode(), [table])
    assert not second.differences(".csv", "甲\n2\n".encode(), [table])
    one = RawTable({"a.b": [2]}, ("a.json",), (0,), (0,))
    assert second.differences(".json", b'{"a": {"b": 1}}', [one])
    assert not second.differences(".json", b'{"a": {"b": 2}}', [one])


def test_rows_are_told_apart_as_the_csv_module_does() -> None:
    import csv

    for seed in range(200):
        data = mutations.celled(bases.table(Random(seed)), Random(seed))
        text = data.decode("utf-8", "replace")
        if "\ufffd" in text or "\0" in text:
            continue
        try:
            expected = list(csv.reader(text.splitlines(keepends=True), strict=True))
        except csv.Error:
            continue
        if "\x1c" not in text and "\u2028" not in text and "\x85" not in text:
            assert [r for r in second._rows(text, ",") if r] == [r for r in expected if r]


@pytest.fixture
def worker(tmp_path: Path):
    found = Worker(tmp_path)
    yield found
    found.end()


def test_what_ends_the_process_is_told_and_the_next_case_runs(worker: Worker, tmp_path: Path) -> None:
    assert worker.told(1) in ("read", "refused")
    process = worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    assert worker.told(2).startswith("DIES")
    assert worker.told(3) in ("read", "refused")


def test_what_hangs_is_told(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker.told(1) in ("read", "refused")
    process = worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    monkeypatch.setattr("tests.fuzz.worker.PATIENCE", 0.5)
    assert worker.told(2).startswith("HANGS")
