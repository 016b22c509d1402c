"""Two rubrics over the same submissions: whose level, rank or award changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.domain.deciding import Notice
from scorekit.domain.outputs import Outcome
from scorekit.domain.printing import printed
from scorekit.domain.rubric import Rubric
from scorekit.errors import InputError, T
from scorekit.evaluation import evaluate
from scorekit.loading.commission import Commission, planned, ratings_of
from scorekit.loading.notices import load_notice
from scorekit.loading.register import load_register
from scorekit.loading.request import NOTHING_SAID
from scorekit.loading.settings import found_settings
from scorekit.loading.submissions import submitted

FIGURES = ("level", "rank", "award", "status", "total")
DECIDING = ("level", "rank", "award")


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit to which the change of the standard matters: each figure that changed, with old and new."""

    unit: str
    category: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """How many units were evaluated under both, whose level, rank or award differs, in order of the old places; how many totals differ."""

    units: int
    moved: tuple[Moved, ...]
    totals: int


def replayed(old: Rubric, new: Rubric, path: Path, catalogue: Catalogue, notice: Path | None = None) -> Replay:
    """Evaluate the submissions under *path* by both rubrics, in the round of *notice*, which may be of either.

    Raises ScorekitError where the submissions cannot be evaluated or the notice is of neither.
    """
    known = None if notice is None else load_notice(notice)
    if known is not None and known.rubric not in (old.id, new.id):
        what = T("the notice is of the rubric “{found}”, not “{rubric}”", found=known.rubric, rubric=old.id)
        raise InputError(what, f"{notice}#/rubric", T("name the notice of this round"))
    outcomes = [_outcome(rubric, path, catalogue, notice, known) for rubric in (old, new)]
    before, after = (_figures(o) for o in outcomes)
    moved, totals = [], 0
    for key, (unit, category, was) in before.items():
        _, _, now = after.get(key, ("", "", {}))
        changed = tuple((name, was[name], now.get(name, "")) for name in FIGURES if was[name] != now.get(name, ""))
        totals += any(name == "total" for name, _, _ in changed)
        if any(name in DECIDING for name, _, _ in changed):
            moved.append(Moved(unit, category, changed))
    return Replay(len(before), tuple(moved), totals)


def _outcome(rubric: Rubric, path: Path, catalogue: Catalogue, file: Path | None, notice: Notice | None) -> Outcome:
    request = NOTHING_SAID.beside(found_settings(path))
    if notice is not None and notice.rubric == rubric.id:
        plan, notice = planned(rubric, catalogue, file)
    else:
        plan = compile_plan(rubric, catalogue, None if notice is None else notice.period)
        notice = None if notice is None else replace(notice, rubric=rubric.id)
    register = None if request.register is None else load_register(request.register, catalogue, plan, request.encoding)
    ratings = ratings_of(register)
    tables = submitted(path, catalogue, plan, request, register=register, ratings=ratings)
    return evaluate(Commission(plan, notice, tables, register=register, ratings=ratings), catalogue)


def _figures(outcome: Outcome) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Of each unit, by its key in order of rank: name, category and the figures that are compared."""
    standings = outcome.standings
    totals = printed(standings.figures["total"], outcome.plan.decimals)
    rows = sorted(range(len(standings)), key=lambda i: (standings.category[i], int(standings.rank[i]) or 10**9, standings.unit[i]))
    return dict(_unit(outcome, totals, i) for i in rows)


def _unit(outcome: Outcome, totals: list[str], row: int) -> tuple[str, tuple[str, str, dict[str, str]]]:
    standings = outcome.standings
    rank = int(standings.rank[row])
    figures = {
        "level": standings.level[row],
        "rank": str(rank) if rank else "",
        "award": standings.award[row],
        "status": standings.status[row],
        "total": totals[row],
    }
    return outcome.submissions.key[row], (standings.unit[row], standings.category[row], figures)
