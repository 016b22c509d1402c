"""Where the time goes: each step is charged with its own time only, and a run names the steps it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from benchmarks import page, spent
from benchmarks.spent import STEPS, Clock


def busy(seconds: float) -> None:
    """Keep this thread's processor at work for so long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_step_is_not_charged_with_what_it_called() -> None:
    clock = Clock()
    inner = clock.timed("inner", lambda: busy(0.05))
    with clock.step("outer"):
        inner()
        inner()
    assert clock.own["inner"] > 0.09
    assert clock.own["outer"] < 0.04


def test_a_step_is_charged_with_what_its_own_thread_did() -> None:
    clock = Clock()
    other = Thread(target=clock.timed("beside", lambda: busy(0.05)))
    with clock.step("outer"):
        other.start()
        other.join()
    assert clock.own["beside"] > 0.04
    assert clock.own["outer"] < 0.04


def test_the_making_of_each_item_is_charged_where_it_is_made() -> None:
    def slowly() -> Iterator[int]:
        busy(0.03)
        yield 1
        yield 2

    clock = Clock()
    with clock.step("outer"):
        assert list(clock.each("read", slowly())) == [1, 2]
    assert clock.own["read"] > 0.02
    assert clock.own["outer"] < 0.02


def test_the_steps_of_a_run_are_known_by_name_and_written_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / page.PAGE.name
    path.write_text("<!-- spent: begin -->\n<!-- spent: end -->\n", encoding="utf-8")
    spent.main(["--units", "60", "--page", str(tmp_path)])
    text = path.read_text(encoding="utf-8")
    assert "60 个单位 × 60 条" in text
    for step in ("read", "validate", "score", "rank", "export parquet", "save"):
        assert f"| {STEPS[step]} | " in text, step
    unknown = [line for line in text.splitlines() if line.startswith("| ") and line[2].isascii() and line[2].isalpha()]
    assert unknown == []
    assert "每单位每条 ns" in capsys.readouterr().out
