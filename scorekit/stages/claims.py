"""Settle who is who: submissions that claim one unit, units without identity or category, units only assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.confirming import Standing
from scorekit.domain.deciding import Barred, Notice, Told
from scorekit.domain.lazy import columns
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Problem, ScoreSheet, Submissions
from scorekit.domain.voiding import masked, voided
from scorekit.errors import T, Text

Rows = npt.NDArray[np.bool_]
_NAMED = 20
"""Places that are named where many submissions claim one unit."""


@dataclass(frozen=True)
class Claims:
    """Units that are invalid, by row, each with a text; and the problems found."""

    invalid: Mapping[int, Text] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def settle(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> tuple[Submissions, ScoreSheet, Claims]:
    """Of submissions that claim one unit none is scored: one row stays, without points; the problems name every file."""
    doubled = submissions.key.repeated()
    drop = np.zeros(len(submissions), dtype=bool)
    void = np.zeros(len(submissions), dtype=bool)
    problems: list[Problem] = []
    texts: dict[int, Text] = {}
    for rows in doubled:
        drop[rows[1:]] = True
        void[rows[0]] = True
        places = [submissions.source(r, plan.base.identity[:1]) for r in rows[:_NAMED]] + ["…"] * (len(rows) > _NAMED)
        texts[rows[0]] = T("{count} submissions claim this unit ({places}); none of them is scored", count=len(rows), places=places)
        problems += [_claim_problem(submissions, row, plan.base.identity[0], places) for row in rows]
    for row, text in _nameless(plan, submissions).items():
        void[row] = True
        texts.setdefault(row, text)
    if not void.any():
        return submissions, sheet, Claims()
    keep, back = np.flatnonzero(~drop), np.cumsum(~drop) - 1
    invalid = {int(back[r]): t for r, t in texts.items() if not drop[r]}
    submissions, sheet, void = submissions.take(keep), sheet.take(keep), void[keep]
    return _voided_values(plan, submissions, void), voided(sheet, void), Claims(invalid, tuple(problems))


def units_out(plan: Plan, submissions: Submissions, claims: Claims, notice: Notice | None) -> Barred:
    """Who is out before anything is decided, and why."""
    only = np.zeros(len(submissions), dtype=bool)
    if notice is not None:
        category = submissions.columns.get(plan.base.category)
        names = category.values if isinstance(category, Column) else np.full(len(submissions), "", dtype=object)
        for name in notice.assess_only_categories:
            only |= np.asarray(names == name, dtype=bool)
        only |= submissions.key.among(notice.assess_only_units)
    only[list(claims.invalid)] = False
    told = Told(np.flatnonzero(only), T("assessed only, not compared for awards (只评不奖)"))
    unconfirmed, noted = _drafts(submissions)
    return Barred(claims.invalid, told, unconfirmed, noted)


def _drafts(submissions: Submissions) -> tuple[dict[int, Text], dict[int, Text]]:
    """Units that are drafts: those that nobody confirmed at all, and those of which something is still undecided, each with a text."""
    untouched: dict[int, Text] = {}
    noted: dict[int, Text] = {}
    for part, places in enumerate(submissions.places):
        standing = Standing.of(places.draft) if places.draft else None
        if standing is not None and (standing.untouched or standing.undecided):
            texts = untouched if standing.untouched else noted
            texts.update(dict.fromkeys(np.flatnonzero(submissions.part == part).tolist(), standing.what))
    return untouched, noted


def _claim_problem(submissions: Submissions, row: int, path: str, places: list[str]) -> Problem:
    what, cure = T("several submissions claim this unit: {places}", places=places), T("keep the right one and remove the others")
    return Problem("error", what, cure, submissions.unit[row], *submissions.spot(row, path))


def _nameless(plan: Plan, submissions: Submissions) -> dict[int, Text]:
    """Units that do not say who they are, or to which category they belong."""
    found: dict[int, Text] = {}
    category = plan.base.category
    texts = dict.fromkeys(plan.base.identity, T("the submission does not say which unit it is"))
    if category:
        texts.setdefault(category, T("the category is missing or is none of the rubric's"))
        if not isinstance(submissions.columns.get(category), Column):
            found = dict.fromkeys(range(len(submissions)), texts[category])
    for path, text in texts.items():
        for start, blank in _blank_rows(submissions, path):
            for row in blank.tolist():
                found.setdefault(start + row, text)
    return found


def _blank_rows(submissions: Submissions, path: str) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    """Where a field is masked, run of rows by run of rows, with the first row of each."""
    for rows, part in columns(submissions.columns).only([path]).parted(len(submissions)):
        value = part.get(path)
        if isinstance(value, Column) and value.why is not None:
            yield rows.start, np.flatnonzero(value.masked)


def _voided_values(plan: Plan, submissions: Submissions, rows: Rows) -> Submissions:
    """What void units handed in counts for nobody: not in populations, not in places."""
    known = columns(submissions.columns)
    return replace(submissions, columns=known.marked(rows, masked).beside(known.only((*plan.base.identity, plan.base.category))), void=rows)
