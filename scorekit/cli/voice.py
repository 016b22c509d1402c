"""How the command line speaks: results on stdout, complaints on stderr, in the language of the run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from scorekit.errors import ScorekitError, T, Text
from scorekit.words import DEFAULT, say, stated


@dataclass(frozen=True)
class Voice:
    """The language of a run, and whether the person at the keyboard asked for it."""

    lang: str
    asked: bool = False

    @classmethod
    def of(cls, argv: Sequence[str], environ: Mapping[str, str]) -> Voice:
        """The voice that a command line and its environment ask for."""
        lang = stated(argv, environ)
        return cls(lang or DEFAULT, lang is not None)

    def say(self, text: Text | str) -> str:
        """*text* in words, without anything that would steer a terminal."""
        return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in say(text, self.lang))

    def tell(self, *lines: Text | str) -> None:
        """Print lines of the result."""
        self._write(sys.stdout, lines)

    def warn(self, *lines: Text | str) -> None:
        """Print lines beside the result."""
        self._write(sys.stderr, lines)

    def complain(self, error: ScorekitError) -> None:
        """Say what is wrong, where, and what to do."""
        self.warn(self._sentence(error))

    def caution(self, error: ScorekitError) -> None:
        """Say what is wrong but stops nothing."""
        self.warn(T("note: {what}", what=self._sentence(error)))

    def _sentence(self, error: ScorekitError) -> str:
        parts: list[Text | str] = [error.what, error.where, error.cure or ""]
        return " · ".join(said for part in parts if (said := self.say(part)))

    def _write(self, stream: TextIO, lines: Iterable[Text | str]) -> None:
        stream.writelines(self.say(line) + "\n" for line in lines)


def settle(*streams: TextIO) -> None:
    """Make streams replace what their encoding cannot hold: a console in cp936 prints "?" and does not crash."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
