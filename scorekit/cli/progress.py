"""How far a long run is: one line on a terminal, rewritten in place, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from scorekit.cli.layout import padded, width
from scorekit.cli.voice import Voice
from scorekit.errors import T

_PATIENCE = 2.0
_PAUSE = 0.1


class Progress:
    """Shows how many units are done, once a run has taken two seconds; only on a terminal, and gone when it ends."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._begun = time.monotonic()
        self._shown_at = 0.0
        self._columns = 0
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._columns:
            sys.stderr.write("\r" + " " * self._columns + "\r")
            sys.stderr.flush()

    def advance(self, units: int) -> None:
        """Say that so many more units are done."""
        self._done += units
        now = time.monotonic()
        if now - self._begun < _PATIENCE or now - self._shown_at < _PAUSE or not sys.stderr.isatty():
            return
        line = self._voice.say(T("{count} units …", count=self._done))
        self._columns = max(self._columns, width(line))
        self._shown_at = now
        sys.stderr.write("\r" + padded(line, self._columns))
        sys.stderr.flush()
