"""Enrol: hold the units that were submitted against the register: who is not in it, and who has not sent anything."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Why
from scorekit.domain.deciding import NOBODY, Barred, Told
from scorekit.domain.finding import NOWHERE
from scorekit.domain.joining import joined, sheets_joined
from scorekit.domain.plan import Plan
from scorekit.domain.register import Register
from scorekit.domain.roll import Rows
from scorekit.domain.tables import Problem, ScoreSheet, Submissions
from scorekit.domain.voiding import voided
from scorekit.errors import T

NAMED = 10
"""How many of the units that have not sent are named in one line."""
_COMPARED = 200_000
"""Names that are compared, all in all, to find one like a name that is not known."""
NOT_SENT = T("not sent: the register names the unit, and its own submission is not there")
UNKNOWN = T("not in the register: the unit keeps its points and holds no place")


@dataclass(frozen=True)
class Enrolment:
    """Rows of units that the register does not name (``unknown``) and of units of which only others sent something (``unsent``).

    ``absent`` are the lines of the register of which nothing at all was sent.
    """

    register: Register | None
    unknown: Rows
    unsent: Rows
    absent: Rows
    problems: tuple[Problem, ...] = ()

    @property
    def silent(self) -> Rows:
        """Rows of units of which nobody is asked for anything: they are not in the register, or did not send their own part."""
        return np.concatenate([self.unknown, self.unsent])

    def counts(self) -> dict[str, Any]:
        """What the record says: the register's name, how many units it has, how many have not sent, how many it does not name."""
        if self.register is None:
            return {}
        not_sent = len(self.unsent) + len(self.absent)
        return {"file": self.register.file, "units": len(self.register), "not_sent": not_sent, "unknown": len(self.unknown)}

    def aside(self, submissions: Submissions) -> Submissions:
        """The submissions, those marked that are no part of the population."""
        rows = self.silent
        return replace(submissions, outside=_marks(rows, len(submissions))) if len(rows) else submissions

    def silenced(self, sheet: ScoreSheet) -> ScoreSheet:
        """The sheet without figures of units that have not sent: nothing is asked of them but to send."""
        return voided(sheet, _marks(self.unsent, sheet.size), Why.NOT_PART) if len(self.unsent) else sheet

    def barred(self, out: Barred, size: int) -> Barred:
        """Who is out, with those whom the register leaves out; rows from *size* on are of units that sent nothing."""
        if self.register is None:
            return out
        invalid = np.array(sorted(out.invalid), dtype=np.int64)
        unknown, unsent = np.setdiff1d(self.unknown, invalid), np.setdiff1d(self.unsent, invalid)
        not_sent = Told(np.concatenate([unsent, size + np.arange(len(self.absent))]), NOT_SENT)
        return replace(out, unknown=Told(unknown, UNKNOWN), not_sent=not_sent if len(not_sent) else NOBODY)

    def completed(self, submissions: Submissions, sheet: ScoreSheet) -> tuple[Submissions, ScoreSheet]:
        """With a row for each unit that sent nothing; all that such a unit would have is missing."""
        if self.register is None or not len(self.unsent) + len(self.absent):
            return submissions, sheet
        before = len(submissions)
        if len(self.absent):
            outside, void = submissions.outside, submissions.void
            submissions = joined([submissions, self.register.lines.take(self.absent)])
            size = len(submissions)
            submissions = replace(submissions, outside=_longer(outside, size), void=_longer(void, size))
            sheet = sheets_joined([sheet, ScoreSheet(len(self.absent))])
        rows = np.concatenate([self.unsent, np.arange(before, len(submissions))])
        return submissions, voided(sheet, _marks(rows, len(submissions)), Why.MISSING)


NO_REGISTER = Enrolment(None, *(np.zeros(0, dtype=np.int64),) * 3)


def enrolled(plan: Plan, submissions: Submissions, register: Register | None) -> Enrolment:
    """Who of the *submissions* stands in the register, and who of the register among the submissions."""
    if register is None:
        return NO_REGISTER
    lines = register.finder.rows(submissions.key)
    unknown, unsent = np.flatnonzero(lines == NOWHERE), np.flatnonzero(_unsent(submissions) & (lines != NOWHERE))
    there = np.zeros(len(register), dtype=bool)
    there[lines[lines != NOWHERE]] = True
    absent = np.flatnonzero(~there)
    problems = [*register.problems, *_strangers(plan, submissions, unknown, register), *_missing(submissions, unsent, absent, register)]
    return Enrolment(register, unknown, unsent, absent, tuple(problems))


def _unsent(submissions: Submissions) -> npt.NDArray[np.bool_]:
    """Units whose own part nobody sent."""
    found = np.zeros(len(submissions), dtype=bool)
    for number, places in enumerate(submissions.places):
        if places.sent is not None:
            own = np.flatnonzero(submissions.part == number)
            found[own] = ~places.sent[submissions.inner[own]]
    return found


def _strangers(plan: Plan, submissions: Submissions, rows: Rows, register: Register) -> Iterator[Problem]:
    """One error for each unit that the register does not name, with names that are like its own."""
    path = plan.base.identity[0]
    known: Mapping[str, int] = {}
    for number, row in enumerate(rows.tolist()):
        near: list[str] = []
        if (number + 1) * len(register) <= _COMPARED:
            known = known or {key: line for line, key in reversed(list(enumerate(register.lines.key)))}
            near = [register.lines.unit[known[k]] for k in difflib.get_close_matches(submissions.key[row], list(known), 3, 0.6)]
        cure = T("did you mean {names}? Write the name as in the register, or have the unit added to it", names=near)
        cure = cure if near else T("write the name as in the register, or have the unit added to it")
        what = T("“{unit}” is not in the register {file}", unit=submissions.unit[row], file=register.file)
        yield Problem("error", what, cure, submissions.unit[row], *submissions.spot(row, path))


def _missing(submissions: Submissions, unsent: Rows, absent: Rows, register: Register) -> Iterator[Problem]:
    """One warning that names the first of those who have not sent."""
    count = len(unsent) + len(absent)
    if not count:
        return
    names = [*register.lines.unit.take(absent[:NAMED]), *submissions.unit.take(unsent[:NAMED])]
    names = sorted(names)[:NAMED] if count <= NAMED else [*names[:NAMED], "…"]
    what = T("{count} units of the register have not sent their submission: {units}", count=count, units=names)
    yield Problem(
        "warning",
        what,
        T("look first whether files that could not be read are theirs, then remind them; until they come they are listed as not sent"),
        file=register.file,
    )


def _marks(rows: Rows, size: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(size, dtype=bool)
    found[rows] = True
    return found


def _longer(marks: npt.NDArray[np.bool_] | None, size: int) -> npt.NDArray[np.bool_] | None:
    return None if marks is None else np.concatenate([marks, np.zeros(size - len(marks), dtype=bool)])


__all__ = ["Enrolment", "enrolled"]
