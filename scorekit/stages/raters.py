"""Raters: who gave no mark, or left units out, each named with the sheet and the cell where the mark would stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scorekit.domain.lazy import PART
from scorekit.domain.naming import folded
from scorekit.domain.owing import owed
from scorekit.domain.plan import Plan
from scorekit.domain.progress import marked, raters_of, there_of
from scorekit.domain.ratings import Ratings
from scorekit.domain.roll import Rows
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Origin, Problem, Submissions
from scorekit.errors import T, Text

NAMED = 20
"""How many units that a rater left out are told one by one."""


@dataclass(slots=True)
class _Tally:
    """One rater's marks in one panel: how many are owed and there, how many are blank, and the first units of those."""

    spec: FieldSpec
    rater: str
    asked: int = 0
    given: int = 0
    blank: int = 0
    rows: list[int] = field(default_factory=list)
    marked: int = -1
    """A unit with a mark."""


def unmarked(plan: Plan, submissions: Submissions, aside: Rows, ratings: Ratings) -> Sequence[Problem]:
    """One warning for each mark that a rater left out, and for each rater who gave none; units in the rows *aside* are not asked for.

    Nobody is asked for a mark for a unit of his own, nor for what does not apply to the unit. A unit that nobody marked is
    nobody's omission, unless a sheet lists it: of what is blank altogether the unit is told. Of a panel of anybody only
    marks that were left blank in a sheet are told.
    """
    panels = [f for f in plan.fields if f.kind == "panel" and f.source == "panel" and f.derive is None]
    if not panels:
        return ()
    counted = np.ones(len(submissions), dtype=bool) if submissions.void is None else ~submissions.void
    counted[aside] = False
    tallies: dict[tuple[str, str], _Tally] = {}
    excused = _excused(submissions, {f.path for f in panels})
    for start in range(0, len(submissions), PART):
        _tally(plan, submissions, panels, counted, excused, ratings, start, tallies)
    return tuple(_told(submissions, list(tallies.values()), ratings))


def _excused(submissions: Submissions, paths: Collection[str]) -> dict[str, Rows]:
    """By panel and rater the units for which a word (回避) stands instead of a mark; of a word that is no mark at all it is said so."""
    found: dict[str, list[int]] = {}
    for row, name in submissions.raw:
        if name.partition("@")[0] in paths:
            found.setdefault(name, []).append(row)
    return {name: np.array(rows, dtype=np.int64) for name, rows in found.items()}


def _tally(
    plan: Plan,
    submissions: Submissions,
    panels: Sequence[FieldSpec],
    counted: npt.NDArray[np.bool_],
    excused: Mapping[str, Rows],
    ratings: Ratings,
    start: int,
    tallies: dict[tuple[str, str], _Tally],
) -> None:
    """Count the marks of a run of units."""
    rows = slice(start, min(start + PART, len(submissions)))
    mine = submissions.take(rows)
    owing = owed(plan, mine, [f.path for f in panels])
    for spec in panels:
        panel = mine.columns.get(spec.path)
        some = there_of(panel, len(mine))
        for rater in raters_of(spec, panel):
            tally = tallies.setdefault((rater, spec.path), _Tally(spec, rater))
            free = mine.key.among(r.unit for r in ratings.recusals if folded(r.rater) == folded(rater))
            asked = owing[spec.path] & counted[rows] & ~free
            words = excused.get(f"{spec.path}@{rater}")
            if words is not None:
                asked[words[(words >= start) & (words < start + len(mine))] - start] = False
            there = marked(panel, rater, len(mine))
            tally.asked += int(asked.sum())
            tally.given += int((asked & there).sum())
            if tally.marked < 0 and there.any():
                tally.marked = start + int(there.argmax())
            blank = asked & ~there
            listed = mine.key.among(ratings.blanks.get((spec.path, rater), ()))
            blank &= some | listed if spec.raters else listed
            tally.blank += int(blank.sum())
            tally.rows += (np.flatnonzero(blank)[: NAMED - len(tally.rows)] + start).tolist()


def _told(submissions: Submissions, tallies: Sequence[_Tally], ratings: Ratings) -> Iterator[Problem]:
    """What is said rater by rater; those of whom there is not even a sheet are named together."""
    marked_by = {t.rater for t in tallies if t.given}
    owing = {t.rater: t for t in reversed(tallies) if t.asked and t.rater not in marked_by}
    silent = list(dict.fromkeys(t.rater for t in tallies if t.rater in owing))
    absent = [rater for rater in silent if rater not in ratings.sheets]
    if absent:
        names = absent if len(absent) <= NAMED else [*absent[:NAMED], "…"]
        cure = T("ask these raters for their sheets, or wait for them")
        yield Problem("warning", T("no mark of these raters is there: {names}", names=names), cure)
    for rater in silent:
        if rater in ratings.sheets:
            at = _blank_at(submissions, owing[rater].rows[0], owing[rater], ratings) if owing[rater].rows else ratings.sheets[rater]
            cure = T("send the sheet back to the rater to be filled in")
            yield _problem(T("the rater {rater} gave no mark at all", rater=rater), cure, "", at, owing[rater])
    for tally in tallies:
        if tally.blank and tally.rater not in silent:
            yield from _left_out(submissions, tally, ratings)


def _left_out(submissions: Submissions, tally: _Tally, ratings: Ratings) -> Iterator[Problem]:
    """The units that a rater left out of a panel, the first of them one by one."""
    cure = T("have the rater fill it in; whoever belongs to the unit says so in the register or above the sheet")
    for row in tally.rows:
        what = T("the rater {rater} gave this unit no mark for “{title}”", rater=tally.rater, title=tally.spec.title)
        yield _problem(what, cure, submissions.unit[row], _blank_at(submissions, row, tally, ratings), tally)
    if tally.blank > len(tally.rows):
        what = T(
            "the rater {rater} left out {count} more units for “{title}”",
            rater=tally.rater,
            count=tally.blank - len(tally.rows),
            title=tally.spec.title,
        )
        at = ratings.sheets.get(tally.rater, Origin("", "", ""))
        yield _problem(what, cure, "", Origin(at.file, at.sheet, ""), tally)


def _blank_at(submissions: Submissions, row: int, tally: _Tally, ratings: Ratings) -> Origin:
    """Where a mark would stand: in the rater's sheet, in the unit's own row, or, where no row is there for it, which sheet it is."""
    name = f"{tally.spec.path}@{tally.rater}"
    known = ratings.blanks.get((tally.spec.path, tally.rater), {}).get(submissions.key[row])
    if known is not None:
        return known
    places = submissions.places[int(submissions.part[row])]
    if name in places.letters:
        return Origin(submissions.file(row), submissions.sheet(row), submissions.cell(row, name))
    sheet = ratings.sheets.get(tally.rater)
    if sheet is None and tally.marked >= 0:
        marked_at = submissions.places[int(submissions.part[tally.marked])]
        sheet = marked_at.origin(int(submissions.inner[tally.marked]), name)
    if sheet is not None:
        return Origin(sheet.file, sheet.sheet, "")
    return Origin(submissions.file(row), submissions.sheet(row), "" if places.letters else submissions.cell(row, name))


def _problem(what: Text, cure: Text, unit: str, at: Origin, tally: _Tally) -> Problem:
    if at.cell.startswith("/"):
        return Problem("warning", what, cure, unit, at.file, at.sheet, field=at.cell)
    return Problem("warning", what, cure, unit, at.file, at.sheet, at.cell, f"{tally.spec.path}@{tally.rater}" if at.cell else "")
