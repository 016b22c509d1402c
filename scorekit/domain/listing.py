"""How an outcome is set out in rows: the order of units, the lines of the score sheet, the figures and their digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.figured import figured
from scorekit.domain.formula import Constant, Name, names
from scorekit.domain.lazy import PART, columns
from scorekit.domain.ordering import in_turn
from scorekit.domain.outputs import Outcome
from scorekit.domain.own_scores import given_scores, score_field
from scorekit.domain.plan import ClausePlan, Plan, Track
from scorekit.domain.printing import plain
from scorekit.domain.rubric import CriterionSpec, FieldSpec, GateSpec
from scorekit.domain.tables import Reason, Reasons, Submissions, Value

Rows = npt.NDArray[np.int64]
FIGURES = ("total", "base", "bonus", "deduction", "adjusted")
BLOCK = 8192


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion or gate of the score sheet.

    ``specs``, ``reads`` and ``judged`` hold one entry a track: how it words the item (None where it has none), the submitted
    fields that the item rests on there, and whether it gives its points where a formula, not a field, is true.
    """

    id: str
    decimals: int
    specs: tuple[CriterionSpec | GateSpec | None, ...]
    reads: tuple[tuple[str, ...], ...]
    judged: tuple[bool, ...]

    @property
    def spec(self) -> CriterionSpec | GateSpec:
        """The item as the first track that has it words it."""
        return next(s for s in self.specs if s is not None)

    @property
    def paper(self) -> int:
        """The digits on paper: those that the rubric declares for it, else all it has."""
        declared = [s.print for s in self.specs if isinstance(s, CriterionSpec) and s.print is not None]
        return max(declared, default=self.decimals)

    @property
    def gate(self) -> bool:
        """Whether the line is a gate, which has no points."""
        return isinstance(self.spec, GateSpec)


def listed_rows(outcome: Outcome) -> Rows:
    """The rows of the units as they are listed: by category (as the rubric has them), rank (none last), name."""
    standings = outcome.standings
    places = {c: i for i, c in enumerate(outcome.plan.categories)}
    category = standings.category.numbered(places, len(places)).astype(np.int32)
    rank = np.where(standings.rank > 0, standings.rank, len(standings) + 1).astype(np.int32)
    found = in_turn([category, rank])
    rows = np.lexsort((rank, category)) if found is None else found[0]
    first = np.append(True, (np.diff(category[rows]) != 0) | (np.diff(rank[rows]) != 0))[: len(rows)]
    for roll in (standings.unit, outcome.submissions.key):
        rows, first = roll.in_order(rows, first)
    return rows


def row_blocks(rows: Rows, size: int = BLOCK) -> Iterator[Rows]:
    """*rows* in runs that fit in memory as text."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def unit_tracks(outcome: Outcome) -> Rows:
    """The index of the track that each unit follows; without a valid category it is the first."""
    if len(outcome.plan.tracks) == 1:
        return np.zeros(len(outcome.standings), dtype=np.int64)
    index = {c: i for i, t in enumerate(outcome.plan.tracks) for c in t.categories}
    return outcome.standings.category.numbered(index, 0)


def score_lines(outcome: Outcome) -> tuple[Line, ...]:
    """The lines of the score sheet in printed order: criteria, then gates; only those that were scored or asked."""
    plan = outcome.plan
    reads, judged = [_leaf_reads(t) for t in plan.tracks], [_judged(t) for t in plan.tracks]
    found = []
    for spec in plan.criteria:
        if spec.path in outcome.sheet.reasons:
            mine = tuple(next((c for c in t.standard.criteria if c.path == spec.path), None) for t in plan.tracks)
            own = tuple(spec.path in those for those in judged)
            found.append(Line(spec.path, _decimals(plan, mine), mine, tuple(r.get(spec.path, ()) for r in reads), own))
    for gate in plan.gates:
        key = f"gate:{gate.id}"
        if key in outcome.sheet.reasons:
            gates = tuple(next((g for g in t.standard.gates if g.id == gate.id), None) for t in plan.tracks)
            found.append(Line(key, 0, gates, tuple(r.get(key, ()) for r in reads), (False,) * len(plan.tracks)))
    return tuple(found)


def line_reasons(outcome: Outcome, line: Line, follows: Rows) -> Reasons:
    """A line's reason codes, *follows* being the units' tracks; a track without the item makes it no part of the standard."""
    return applying_reasons(line, outcome.sheet.reasons[line.id], follows)


def applying_reasons(line: Line, codes: Reasons, follows: Rows) -> Reasons:
    """A line's reason *codes* for units of the tracks *follows*: no part of the standard where the track has no such item."""
    lacking = np.array([spec is None for spec in line.specs])
    return np.where(lacking[follows], np.uint8(Reason.NOT_PART), codes) if lacking.any() else codes


def full_marks(outcome: Outcome, line: Line, follows: Rows) -> tuple[str | None, ...]:
    """A line's full marks in each track: "" where there are none, None where they differ from unit to unit."""
    sheet = outcome.sheet
    if line.id not in sheet.full:
        return ("",) * len(line.specs)
    found: list[set[str]] = [set() for _ in line.specs]
    full, codes = columns(sheet.full).source(line.id), columns(sheet.reasons).source(line.id)
    for start in range(0, sheet.size, PART):
        rows = slice(start, min(start + PART, sheet.size))
        own, here = full.read(rows), follows[rows]
        if _known(own, [marks for marks, spec in zip(found, line.specs, strict=True) if spec is not None]):
            continue
        counts = (applying_reasons(line, codes.read(rows), here) != Reason.NOT_PART) & ~own.masked
        for track, marks in enumerate(found):
            if len(marks) < 2:
                marks.update(_distinct(own.take(np.flatnonzero(counts & (here == track)))))
    return tuple("" if not marks else marks.pop() if len(marks) == 1 else None for marks in found)


def _known(full: Column, found: Sequence[set[str]]) -> bool:
    """Whether nothing new is to be found: the full marks are the same in all rows, and every track has had them."""
    exact = full.values
    if not isinstance(exact.den, int) or not bool((exact.num == exact.num[:1]).all()):
        return False
    [mark] = plain(Column(full.kind, exact.take(slice(0, 1)), None, full.unit))
    return all(mark in marks or len(marks) > 1 for marks in found)


def _distinct(numbers: Column) -> list[str]:
    """Each number once as it is printed; two of several are enough."""
    if not len(numbers):
        return []
    same = numbers.values.equal(numbers.values.take(slice(0, 1)))
    other = np.flatnonzero(~same)
    return plain(numbers.take(np.array([0, *other.tolist()[:1]], dtype=np.int64)))


def layouts(submissions: Submissions) -> list[dict[str, Any]]:
    """Where columns stand in each kind of sheet that was read: its files, its name, and the letter of every field."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], set[str]] = {}
    for places in submissions.places:
        if places.letters:
            found.setdefault((places.sheet, tuple(sorted(places.letters.items()))), set()).update(places.files)
    return [{"files": sorted(files), "sheet": sheet, "letters": dict(letters)} for (sheet, letters), files in found.items()]


def standing_figures(outcome: Outcome) -> dict[str, tuple[Column, int]]:
    """The figures of the standings with their digits: the total and its parts, and each section that can have a figure."""
    standings, sheet, size = outcome.standings, outcome.sheet, len(outcome.standings)
    decimals = outcome.plan.decimals
    found: dict[str, tuple[Column, int]] = {}
    for name in FIGURES:
        column = standings.figures.get(name, sheet.totals.get(name))
        if column is not None:
            found[name] = (column.spread(size), decimals)
    apart = {s.path for t in outcome.plan.tracks for s in figured(t.standard.sections, t.standard.criteria)}
    for section in outcome.plan.sections:
        if section.path not in apart:
            continue
        column = standings.figures.get(f"section:{section.path}", sheet.sections.get(section.path))
        if column is not None:
            found[f"section:{section.path}"] = (column.spread(size), section.minted.decimals if section.minted else decimals)
    return found


def paper_figures(outcome: Outcome) -> dict[str, tuple[Column, int]]:
    """The figures of the standings with their digits on paper: those that the rubric declares, else all they have."""
    base = outcome.plan.base
    declared = dict.fromkeys(FIGURES, base.total.print) | {f"section:{s.path}": s.print for s in outcome.plan.sections}
    found = standing_figures(outcome)
    return {name: (column, digits if (own := declared.get(name)) is None else own) for name, (column, digits) in found.items()}


def declared_figures(outcome: Outcome) -> dict[str, Column]:
    """More columns that a rubric declares: ``rank:…``, ``level:…``, ``figure:…``, in the order of their names."""
    known = outcome.standings.figures
    return {n: known[n].spread(len(outcome.standings)) for n in sorted(known) if n.startswith(("rank:", "level:", "figure:"))}


def declared_digits(outcome: Outcome) -> dict[str, int]:
    """The digits after the point of the declared figures that a rubric rounds."""
    found = {f"figure:{spec.path}": spec.digits for track in outcome.plan.tracks for spec, _ in track.derived}
    return {name: digits for name, digits in found.items() if digits is not None}


def submitted_fields(outcome: Outcome) -> Iterator[tuple[FieldSpec, Value]]:
    """The submitted fields in the rubric's order, each with its values, then own and first scores; derived values are no part of it."""
    for spec in outcome.plan.fields:
        value = outcome.submissions.columns.get(spec.path)
        if spec.derive is None and value is not None:
            yield spec, value.spread(len(outcome.submissions)) if isinstance(value, Column) else value
    for name in given_scores(outcome.plan, outcome.submissions):
        yield score_field(outcome.plan, name), outcome.submissions.columns[name]


def all_fields(plan: Plan) -> Mapping[str, FieldSpec]:
    """Every field of the plan by its path; of variants the first counts."""
    found = {f.path: f for t in reversed(plan.tracks) for f in t.standard.fields}
    return {**found, **{f.path: f for f in plan.fields}}


def group_words(criteria: Sequence[CriterionSpec], group: str) -> list[str]:
    """The items of a group, as people know them: by number and title."""
    return [f"{c.no} {c.title}".strip() for c in criteria if c.group == group]


def field_titles(outcome: Outcome) -> Mapping[str, str]:
    """What people call all that a problem may be of: fields, the marks of raters, own and first scores."""
    fields = all_fields(outcome.plan)
    scores = {name: score_field(outcome.plan, name).title for name in given_scores(outcome.plan, outcome.submissions)}
    marks = {f"{path}@{rater}": f"{spec.title}（{rater}）" for path, spec in fields.items() for rater in spec.raters}
    return {**{path: spec.title for path, spec in fields.items()}, **marks, **scores}


def _judged(track: Track) -> frozenset[str]:
    """The criteria with a single clause that gives the points where a formula or a derived value, in place of a field, is true."""
    derived = {f.path for f, _ in track.derived}
    single = {c.spec.path: c.clauses[0] for c in track.criteria if len(c.clauses) == 1 and c.spec.kind != "deduction"}
    given = {path: clause.arguments[clause.rule.first.name][1] for path, clause in single.items() if _awards(clause)}
    return frozenset(path for path, node in given.items() if not isinstance(node, Name) or node.path in derived)


def _awards(clause: ClausePlan) -> bool:
    """Whether a clause surely gives more where what it is given is true: ``points`` above ``otherwise``, and no further condition."""
    points, otherwise = (clause.arguments[name][1] if name in clause.arguments else None for name in ("points", "otherwise"))
    if not isinstance(points, Constant) or not isinstance(otherwise, Constant) or not isinstance(clause.condition, (Constant, NoneType)):
        return False
    return bool((points.value > otherwise.value).listed()[0])


def _leaf_reads(track: Track) -> Mapping[str, tuple[str, ...]]:
    """For each criterion (and ``gate:<id>``) the submitted fields behind what it reads, panels rater by rater."""
    derived = {f.path: n for f, n in track.derived}
    fields = {f.path: f for f in track.standard.fields}
    place = {path: i for i, path in enumerate(fields)}

    def leaves(paths: Sequence[str], seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for path in paths:
            if path in derived and path not in seen:
                found |= leaves(sorted(names(derived[path])), seen | {path})
            elif path in fields:
                found.add(path)
        return found

    def spelt(paths: Sequence[str]) -> tuple[str, ...]:
        ordered = sorted(leaves(paths, frozenset()), key=place.__getitem__)
        return tuple(p for path in ordered for p in _raters(fields[path]))

    items = [(c.spec.path, c.reads) for c in track.criteria] + [(f"gate:{g.spec.id}", g.reads) for g in track.gates]
    return {name: spelt(reads) for name, reads in items}


def _raters(spec: FieldSpec) -> tuple[str, ...]:
    return tuple(f"{spec.path}@{rater}" for rater in spec.raters) if spec.kind == "panel" and spec.raters else (spec.path,)


def _decimals(plan: Plan, specs: Sequence[Union[CriterionSpec, None]]) -> int:
    """The digits that hold a criterion's points in every track; unrounded points are printed as the total is."""
    roundings = [s.rounding for s in specs if s is not None]
    return max(plan.decimals if r is None else r.decimals for r in roundings)
