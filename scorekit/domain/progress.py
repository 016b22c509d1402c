"""How far a round has come: one row a unit, what was sent for it and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.finding import NOWHERE, Finder
from scorekit.domain.joining import joined
from scorekit.domain.marks import Panel
from scorekit.domain.naming import folded
from scorekit.domain.outputs import Outcome
from scorekit.domain.owing import owed
from scorekit.domain.plan import Plan
from scorekit.domain.problems import Problems
from scorekit.domain.register import Recusal, Register
from scorekit.domain.roll import Names
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Submissions, Value

Truths = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Source:
    """What one source owes of each unit: an office's fields, one rater's marks, a survey; ``given`` of ``asked`` values are there."""

    who: str
    name: str
    asked: Counts
    given: Counts


@dataclass(frozen=True)
class Progress:
    """One row a unit, those of the register that sent nothing last. ``sent`` is true of units whose own submission is there."""

    unit: Names
    category: Coded
    area: Sequence[str]
    file: Sequence[str]
    sent: Truths
    unknown: Truths
    twice: Truths
    errors: Counts
    warnings: Counts
    sources: tuple[Source, ...]

    def __len__(self) -> int:
        return len(self.unit)

    def owing(self, source: Source) -> Truths:
        """The units for which a source has not given everything."""
        return np.asarray(source.given < source.asked)


def progress(outcome: Outcome, register: Register | None) -> Progress:
    """The progress of what was checked, held against the register."""
    submissions, plan = outcome.submissions, outcome.plan
    _, first = np.unique(np.array(Finder(submissions.key).rows(submissions.key)), return_index=True)
    rows = np.sort(first)
    mine = submissions.take(rows)
    lines = np.full(len(mine), NOWHERE) if register is None else register.finder.rows(mine.key)
    absent = np.zeros(0, dtype=np.int64)
    if register is not None:
        absent = np.setdiff1d(np.arange(len(register)), lines)
    everybody = mine if register is None or not len(absent) else joined([mine, register.lines.take(absent)])
    unit = mine.unit if register is None else Names.joined([mine.unit, register.lines.unit.take(absent)])
    doubled = {r for found in submissions.key.repeated() for r in found}
    area = ["" if register is None or line == NOWHERE else register.area[line] for line in [*lines.tolist(), *absent.tolist()]]
    counted = Problems.of(outcome.problems)
    return Progress(
        unit,
        _categories(plan, mine, register, absent),
        area,
        [mine.file(i) if s else "" for i, s in enumerate(_sent(mine).tolist())] + [""] * len(absent),
        np.concatenate([_sent(mine), np.zeros(len(absent), dtype=bool)]),
        np.concatenate([(lines == NOWHERE) & (register is not None), np.zeros(len(absent), dtype=bool)]),
        np.concatenate([np.array([r in doubled for r in rows.tolist()], dtype=bool), np.zeros(len(absent), dtype=bool)]),
        _of_units(counted, "error", unit),
        _of_units(counted, "warning", unit),
        tuple(_sources(plan, everybody, outcome.recusals)),
    )


def _sent(submissions: Submissions) -> Truths:
    found = np.ones(len(submissions), dtype=bool)
    for number, places in enumerate(submissions.places):
        if places.sent is not None:
            own = np.flatnonzero(submissions.part == number)
            found[own] = places.sent[submissions.inner[own]]
    return found


def _categories(plan: Plan, mine: Submissions, register: Register | None, absent: Counts) -> Coded:
    texts: list[str] = []
    for table in [mine] if register is None else [mine, register.lines.take(absent)]:
        column = table.columns.get(plan.base.category)
        if isinstance(column, Column):
            texts += ["" if m else str(v) for v, m in zip(column.values.tolist(), column.masked.tolist(), strict=True)]
        else:
            texts += [""] * len(table)
    return Coded.of(texts)


def _of_units(problems: Problems, severity: str, unit: Names) -> Counts:
    """How many problems of a severity each unit has."""
    own = problems.take(problems.graded(["error", "warning", "repair"]) == ["error", "warning", "repair"].index(severity))
    rows = Finder(unit).rows(own.unit)
    return np.bincount(rows[rows != NOWHERE], minlength=len(unit))


def _sources(plan: Plan, everybody: Submissions, recusals: Iterable[Recusal]) -> Iterator[Source]:
    """Offices by the department that owns the item, then raters, then the survey."""
    owners = {c.path: c.words.owner for c in plan.criteria}
    fields = [f for f in plan.fields if f.derive is None]
    offices: dict[str, list[FieldSpec]] = {}
    for spec in fields:
        if spec.source == "office":
            offices.setdefault(owners.get(spec.path, ""), []).append(spec)
    panels, surveys = ([f for f in fields if f.source == who] for who in ("panel", "survey"))
    owing = owed(plan, everybody, [f.path for own in (*offices.values(), panels, surveys) for f in own])
    columns, size = everybody.columns, len(everybody)
    for name, specs in offices.items():
        yield _source("office", name, [(owing[f.path], there_of(columns.get(f.path), size)) for f in specs])
    for rater in dict.fromkeys(r for f in panels for r in raters_of(f, columns.get(f.path))):
        free = everybody.key.among(r.unit for r in recusals if folded(r.rater) == folded(rater))
        own = [f for f in panels if rater in raters_of(f, columns.get(f.path))]
        yield _source("panel", rater, [(owing[f.path] & ~free, marked(columns.get(f.path), rater, size)) for f in own])
    for spec in surveys:
        yield _source("survey", spec.title, [(owing[spec.path], there_of(columns.get(spec.path), size))])


def _source(who: str, name: str, fields: Sequence[tuple[Truths, Truths]]) -> Source:
    """What is owed and, of that, there, of each of a source's fields, added up."""
    asked, given = (np.sum([owing & there for owing, there in pairs], axis=0) for pairs in (fields, [(o, o) for o, _ in fields]))
    return Source(who, name, given, asked)


def raters_of(spec: FieldSpec, panel: Value | None) -> tuple[str, ...]:
    """The raters of a panel: those that the standard names, else those who gave marks."""
    return spec.raters or (panel.raters if isinstance(panel, Panel) else ())


def there_of(value: Value | None, size: int) -> Truths:
    """Of which units something is there, be it right or wrong."""
    if isinstance(value, Panel):
        return np.asarray(np.logical_or.reduce([np.zeros(size, dtype=bool), *(there_of(m, size) for m in value.marks)]))
    if value is None:
        return np.zeros(size, dtype=bool)
    return np.ones(size, dtype=bool) if value.why is None else np.asarray(value.why != Why.MISSING)


def marked(value: Value | None, rater: str, size: int) -> Truths:
    """Of which units a rater gave a mark, be it right or wrong."""
    if not isinstance(value, Panel) or rater not in value.raters:
        return np.zeros(size, dtype=bool)
    return there_of(value.marks[value.raters.index(rater)], size)
