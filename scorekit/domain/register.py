"""The register (名册) of the office: which units there are, to which category each belongs, and for whom a rater gives no mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scorekit.domain.coded import Coded
from scorekit.domain.finding import Finder
from scorekit.domain.roll import Names
from scorekit.domain.tables import Problem, Submissions


class Recusal(NamedTuple):
    """A rater who belongs to a unit, given by its folded key, and where that is written."""

    rater: str
    unit: str
    place: str


@dataclass(frozen=True)
class Register:
    """One line a unit. ``lines`` hold the fields that name a unit and its category, typed as in submissions.

    ``file`` is the name that reports print, ``digest`` the sha256 of its content; ``area`` and ``title`` (the name where
    the key is a code) have a text for each line, empty where the register says none.
    """

    file: str
    digest: str
    lines: Submissions
    area: Coded
    title: Names
    recusals: tuple[Recusal, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What was recognised and left out in the file, and what may be amiss in it."""

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def finder(self) -> Finder:
        """Finds the line of a unit by its folded key."""
        return Finder(self.lines.key)
