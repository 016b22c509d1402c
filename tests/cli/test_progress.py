"""Progress shows on a terminal when a run takes long, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import pytest

from scorekit.cli import progress as module
from scorekit.cli.progress import Progress
from scorekit.cli.voice import Voice


class Terminal(io.StringIO):
    """A stderr that is, or is not, a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


def run(monkeypatch: pytest.MonkeyPatch, terminal: bool, seconds: list[float]) -> str:
    stream, clock = Terminal(terminal), Clock()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "time", clock)
    with Progress(Voice("en")) as progress:
        for wait in seconds:
            clock.now += wait
            progress.advance(1000)
    return stream.getvalue()


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, True, [0.5, 0.5, 0.5]) == ""


def test_a_pipe_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, False, [3, 3]) == ""


def test_a_long_run_counts_in_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, True, [3, 0.05, 1]) == "\r1000 units …\r3000 units …\r            \r"
