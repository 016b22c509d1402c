"""Measuring: in turn, faults kept and named, ratios by round, the peak of a process its own."""

from __future__ import annotations

import sys
import time

import pytest

from benchmarks import measure
from benchmarks.measure import FASTEST, Absent, Process, Row, Times, needed, paired, process, rows


def test_programs_run_in_turn_and_the_last_result_is_kept() -> None:
    told: list[str] = []
    times = paired({"a": lambda: told.append("a") or len(told), "b": lambda: told.append("b") or len(told)}, rounds=2)
    assert told == ["a", "b", "a", "b"]
    assert (times["a"].found, times["b"].found) == (3, 4)
    assert [len(t.seconds) for t in times.values()] == [2, 2]


def test_a_round_to_warm_up_is_not_counted() -> None:
    told: list[int] = []
    assert len(paired({"a": lambda: told.append(1)}, rounds=2, warm=True)["a"].seconds) == 2
    assert len(told) == 3


def test_a_slow_program_runs_seldom_and_a_spent_budget_ends_the_rounds() -> None:
    told: list[str] = []
    paired({"a": lambda: told.append("a"), "slow": lambda: told.append("slow")}, rounds=3, seldom=["slow"])
    assert told == ["a", "slow", "a", "a"]
    told.clear()
    paired({"a": lambda: told.append("a")}, rounds=3, budget=-1)
    assert told == ["a"]


def test_a_program_that_fails_is_named_and_the_others_go_on() -> None:
    def fails() -> None:
        raise ValueError("no such thing")

    times = paired({"bad": fails, "good": lambda: 1}, rounds=3)
    assert len(times["good"].seconds) == 3
    [bad, good] = rows("w", times, against="good", goals={"bad": 2})
    assert (bad.seconds, bad.ratio, bad.reached, bad.note) == (None, None, None, "failed: ValueError: no such thing")
    assert (good.ratio, good.low, good.high) == (1, 1, 1)


def test_what_is_not_installed_is_said_to_be_absent() -> None:
    def run() -> None:
        needed("sys", "no_such_package_at_all")

    [row] = rows("w", paired({"peer": run}, rounds=1))
    assert row.note == "absent: no_such_package_at_all not installed"
    assert row.line() == "w | peer: absent: no_such_package_at_all not installed"
    with pytest.raises(Absent):
        run()


def test_the_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    times = {"peer": Times([1.0, 2.0, 4.0]), "scorekit": Times([2.0, 2.0, 2.0])}
    [_, ours] = rows("w", times, against="peer", goals={"scorekit": 1.5}, notes={"scorekit": "all reasons kept"})
    assert (ours.seconds, ours.ratio, ours.low, ours.high, ours.reached) == (2.0, 1.0, 0.5, 2.0, True)
    assert ours.line() == "w | scorekit: 2 s, ratio 1 (0.5-2), goal 1.5: reached, all reasons kept"


def test_the_fastest_yardstick_is_a_peer_and_not_scorekit() -> None:
    times = {"a": Times([3.0]), "b": Times([2.0]), "scorekit": Times([1.0]), "broken": Times([0.1], fault="failed: x")}
    assert [r.ratio for r in rows("w", times, FASTEST)] == [1.5, 1.0, 0.5, None]
    assert [r.ratio for r in rows("w", {"scorekit": Times([1.0])}, FASTEST)] == [None]


def test_a_row_without_goal_is_neither_reached_nor_missed_and_its_plain_form_leaves_out_what_is_not() -> None:
    row = Row("w", "a", 1.0, peak=2_000_000)
    assert row.reached is None
    assert row.plain() == {"work": "w", "who": "a", "seconds": 1.0, "peak": 2_000_000}
    assert Row(**row.plain()) == row
    assert row.line() == "w | a: 1 s, peak 2 MB"
    assert Row("w", "a", 3.0, 3.0, 3.0, 3.0, 2.0).line().endswith("goal 2: not reached")


def test_a_limit_in_seconds_holds_as_the_goal_does() -> None:
    times = {"peer": Times([1.0]), "scorekit": Times([2.0])}
    [_, slow] = rows("w", times, "peer", goals={"scorekit": 3}, limits={"scorekit": 1.5})
    assert (slow.reached, slow.line()) == (False, "w | scorekit: 2 s, ratio 2 (2-2), goal 3 and 1.5 s: not reached")
    [_, quick] = rows("w", times, "peer", limits={"scorekit": 2})
    assert quick.reached is True


def test_a_process_is_measured_from_its_start_to_its_end() -> None:
    began = time.perf_counter()
    done = process([sys.executable, "-c", "import time; time.sleep(0.2); print('done')"])
    assert 0.2 < done.seconds < time.perf_counter() - began
    assert (done.said, done.cpu < done.seconds) == ("done\n", True)


def test_the_peak_of_a_process_is_not_its_parents() -> None:
    held = b"x" * 300_000_000
    done = process([sys.executable, "-c", "pass"])
    assert done.peak < 100_000_000 < len(held)
    assert process([sys.executable, "-c", "x = b'x' * 200_000_000"]).peak > 200_000_000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory of children is read from /proc")
def test_the_peak_of_a_process_counts_its_children() -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; x = b\"x\" * 200_000_000; time.sleep(0.5)'])"
    assert process([sys.executable, "-c", child]).peak > 200_000_000


def test_a_process_that_fails_says_what_it_said() -> None:
    with pytest.raises(RuntimeError, match="exit 3: oh no"):
        process([sys.executable, "-c", "print('oh no'); raise SystemExit(3)"])


def test_a_program_that_is_a_process_is_as_long_as_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    times = paired({"a": lambda: Process(7.0, 6.0, 5)}, rounds=2)
    [row] = rows("w", times)
    assert (row.seconds, row.peak) == (7.0, 5)
    assert measure.OURS == "scorekit"
