"""THE PAGE: how an assessment is evaluated, stage after stage, each a table in and a table out.

Batches of submissions are validated, scored and aggregated one by one; then comes the barrier, after which all units
are seen together: relative criteria, ranks, levels, seats. Batch size never shows in a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.domain.engines import Run, blocks
from scorekit.domain.intake import RawTable
from scorekit.domain.joining import joined, sheets_joined
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import Plan
from scorekit.domain.problems import Problems
from scorekit.domain.tables import Part, Problem, ScoreSheet, unscored
from scorekit.errors import InputError, T
from scorekit.loading.commission import Commission, commission
from scorekit.loading.request import NOTHING_SAID, Request
from scorekit.stages.aggregate import aggregate
from scorekit.stages.blanks import blanks, strangers
from scorekit.stages.claims import settle, units_out
from scorekit.stages.decide import decide
from scorekit.stages.declare import declare
from scorekit.stages.enrol import Enrolment, enrolled
from scorekit.stages.populate import populate
from scorekit.stages.quotas import over_quota
from scorekit.stages.rank import draw_up, rank
from scorekit.stages.raters import unmarked
from scorekit.stages.score import score
from scorekit.stages.validate import distinct, validate

Progress = Callable[[int], None]


def evaluate_path(
    path: Path,
    catalogue: Catalogue,
    request: Request = NOTHING_SAID,
    *,
    progress: Progress | None = None,
    run: Run = map,
) -> Outcome:
    """The outcome of a folder or file of submissions. Raises ScorekitError where it cannot be done."""
    return evaluate(commission(path, catalogue, request), catalogue, progress, run)


def evaluate(work: Commission, catalogue: Catalogue, progress: Progress | None = None, run: Run = map) -> Outcome:
    """Evaluate what was commissioned: its plan over its tables, decided by its notice; *run* has the batches done."""
    plan, notice = work.plan, work.notice
    submissions, sheet, problems = gathered(run(partial(local, plan), blocks(work.tables)), progress)
    submissions, sheet, claims = settle(plan, submissions, sheet)
    enrolment = enrolled(plan, submissions, work.register)
    submissions = enrolment.aside(submissions)
    population: dict[str, Any] = {}
    for step in range(1, plan.steps):
        sheet = draw_up(plan, submissions, sheet, step)
        sheet, figures = populate(plan, submissions, sheet, step)
        population |= figures
        sheet = aggregate(plan, submissions, score(plan, submissions, sheet, step), step)
    sheet = enrolment.silenced(sheet)
    barred = enrolment.barred(units_out(plan, submissions, claims, notice), len(submissions))
    sheet, partings = rank(plan, submissions, sheet, barred.rows(len(submissions)))
    sheet = declare(plan, submissions, sheet)
    known = [distinct(problems), claims.problems, enrolment.problems, over_quota(plan, submissions), strangers(submissions, notice)]
    problems = Problems.joined(known)
    asked = [blanks(plan, submissions, sheet, problems), unmarked(plan, submissions, enrolment.silent, work.ratings)]
    problems = Problems.joined([problems, *asked])
    submissions, sheet = enrolment.completed(submissions, sheet)
    standings = decide(plan, submissions, sheet, barred, notice, catalogue.awards, partings)
    record, recusals = _recorded(work, enrolment), tuple(work.ratings.recusals)
    return Outcome(plan, notice, submissions, sheet, standings, problems, population, record, work.lang, work.register, recusals)


def validate_path(
    path: Path,
    catalogue: Catalogue,
    request: Request = NOTHING_SAID,
    *,
    progress: Progress | None = None,
    run: Run = map,
) -> Outcome:
    """Only the checking: an outcome with the submissions and all problems, in which nothing is scored."""
    work = commission(path, catalogue, request)
    submissions, sheet, problems = gathered(run(partial(checked, work.plan), blocks(work.tables)), progress)
    settled, _, claims = settle(work.plan, submissions, sheet)
    enrolment = enrolled(work.plan, settled, work.register)
    found = [distinct(problems), claims.problems, enrolment.problems, over_quota(work.plan, settled)]
    problems = Problems.joined([*found, unmarked(work.plan, settled, enrolment.silent, work.ratings)])
    return Outcome(
        work.plan,
        work.notice,
        submissions,
        sheet,
        unscored(submissions),
        problems,
        run=_recorded(work, enrolment),
        lang=work.lang,
        register=work.register,
        recusals=tuple(work.ratings.recusals),
    )


def _recorded(work: Commission, enrolment: Enrolment) -> Mapping[str, Any]:
    """What the record says beside all else: the earlier runs whose results were read, and the register."""
    results = {"results": work.results} if work.results else {}
    register = work.register
    return results if register is None else {**results, "inputs": {register.file: register.digest}, "register": enrolment.counts()}


def _nothing(problems: Sequence[Problem]) -> InputError:
    """The error of a run without any unit: the first thing found says why."""
    if not problems:
        what = T("nothing can be scored: {what}", what=T("there is no submission in it"))
        return InputError(what, "", T("name a folder or file with .xlsx, .csv or .json submissions"))
    first = min(problems, key=lambda p: p.severity != "error")
    where = " ".join(part for part in (first.file, first.sheet, first.cell or first.field) if part)
    return InputError(T("nothing can be scored: {what}", what=first.what), where, first.cure)


def local(plan: Plan, table: RawTable) -> Part:
    """One batch: what needs no other unit. Any engine may run this anywhere and give the parts back."""
    submissions, sheet, problems = checked(plan, table)
    return submissions, aggregate(plan, submissions, score(plan, submissions, sheet, 0), 0), problems


def checked(plan: Plan, table: RawTable) -> Part:
    """One batch, validated, with an empty sheet."""
    submissions, problems = validate(plan, table)
    return submissions, ScoreSheet(len(submissions)), problems


def gathered(parts: Iterable[Part], progress: Progress | None = None) -> Part:
    """All batches together, in their order. Raises InputError where there is no unit at all."""
    found = []
    for part in parts:
        found.append(part)
        if progress is not None:
            progress(len(part[0]))
    problems = Problems.joined(own for _, _, own in found)
    filled = [(table, sheet) for table, sheet, _ in found if len(table)]
    if not filled:
        raise _nothing(problems)
    return joined([t for t, _ in filled]), sheets_joined([s for _, s in filled]), problems
