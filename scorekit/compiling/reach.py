"""What a rubric states and no unit can ever reach: points beyond a ceiling or floor, caps too high, lines out of order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scorekit.domain.formula import Call, Constant, Figure, Lookup, Name, Node, Over, Result
from scorekit.domain.plan import ClausePlan, CriterionPlan, LevelPlan, Track
from scorekit.domain.tables import Problem
from scorekit.errors import T, Text

OF_FIELD = ("target", "full_at", "limit")
"""Parameters that are compared with the field the rule reads."""
HIGHEST_BAND = 2
"""A band of a percentage may lie above 100 %, but from here on it is 90 written for 0.9."""
TRUTHS = frozenset({"<", "<=", ">", ">=", "==", "!=", "in", "and", "or", "not", "given"})


def unreachable(track: Track) -> Iterator[Problem]:
    """The findings on one track; of what is not a constant nothing is said."""
    percentages = {f.path for f in track.standard.fields if f.percentage}
    truths = {f.path for f in track.standard.fields if f.kind == "truth"}
    for criterion in track.criteria:
        yield from _beyond(criterion, truths)
        yield from _contrary(criterion)
        for clause in criterion.clauses:
            yield from _amounts(clause)
            yield from _percentages(clause, percentages)
    for levels in (track.levels, *(ladder.levels for ladder in track.ladders)):
        yield from _levels(levels)


def needless(tracks: Sequence[Track]) -> Iterator[Problem]:
    """Caps that are never reached in the standard of any category."""
    found = [{p.field: p for p in _caps(track)} for track in tracks]
    yield from (problem for pointer, problem in found[0].items() if all(pointer in f for f in found))


def number(node: object) -> Fraction | None:
    """The value of a constant (or of one with its sign turned), None of anything else."""
    if isinstance(node, Call) and node.function == "negative":
        inner = number(node.arguments[0])
        return None if inner is None else -inner
    return node.value.values.fractions()[0] if isinstance(node, Constant) and node.value.kind == "number" else None


def _finding(what: Text, cure: Text, pointer: str) -> Problem:
    return Problem("warning", what, cure, field=pointer)


# -------------------------------------------------------------------- clauses


def _beyond(criterion: CriterionPlan, truths: Collection[str]) -> Iterator[Problem]:
    """Where clauses that all apply give more than the ceiling, or take more than there is above the floor."""
    spec, full = criterion.spec, number(criterion.full)
    if spec.combine != "sum" or spec.beyond == "lost" or len(criterion.clauses) < 2:
        return
    ceiling, floor = number(criterion.ceiling), number(criterion.floor)
    start = full if criterion.starts_full and full is not None else Fraction(0)
    plain = [c for c in criterion.clauses if c.condition is None and c.waived_if is None]
    gained = _together((c, _most(c)) for c in plain if c.rule.adds and not c.rule.takes)
    lost = _together((c, _least(c, truths)) for c in plain if c.rule.takes and not c.rule.adds)
    cure = T("correct the amounts or the bounds, or write “beyond”: “lost” if that is meant")
    if ceiling is not None and start + gained > ceiling and gained:
        told = {"title": spec.title, "sum": start + gained - ceiling, "bound": ceiling}
        what = T("the clauses of “{title}” give up to {sum} points beyond the ceiling of {bound}", **told)
        yield _finding(what, cure, spec.pointer)
    above = start + gained
    if floor is not None and lost > above - floor and (above or spec.kind == "deduction"):
        told = {"title": spec.title, "sum": lost - (above - floor), "bound": floor}
        what = T("the clauses of “{title}” take up to {sum} points beyond the floor of {bound}", **told)
        yield _finding(what, cure, spec.pointer)


def _together(amounts: Iterable[tuple[ClausePlan, Fraction]]) -> Fraction:
    """What clauses come to together; of those that ask one field for different values only one can apply."""
    found: dict[str, Fraction] = {}
    for index, (clause, amount) in enumerate(amounts):
        asked = clause.arguments[clause.rule.first.name][1]
        one_of = isinstance(asked, Call) and asked.function == "==" and isinstance(asked.arguments[0], Name)
        key = asked.arguments[0].path if one_of else f"#{index}"
        found[key] = max(found.get(key, amount), amount)
    return sum(found.values(), Fraction(0))


def _most(clause: ClausePlan) -> Fraction:
    """The most that a clause surely can give: its cap, its points, its highest band; 0 where that is not known."""
    if (cap := number(clause.cap)) is not None:
        return cap
    points = clause.arguments.get("points")
    bands = [v for p, v in clause.arguments.values() if p.kind == "bands"]
    if bands:
        return max((n for b in bands[0] if (n := number(b.points)) is not None), default=Fraction(0))
    return (number(points[1]) or Fraction(0)) if points is not None else Fraction(0)


def _least(clause: ClausePlan, truths: Collection[str]) -> Fraction:
    """What a clause takes at most, where something bounds it: its cap, or the deduction of what is either so or not."""
    if (cap := number(clause.cap)) is not None:
        return cap
    first, deduct = clause.arguments[clause.rule.first.name][1], clause.arguments.get("deduct")
    once = (isinstance(first, Name) and first.path in truths) or (isinstance(first, Call) and first.function in TRUTHS)
    return (number(deduct[1]) or Fraction(0)) if once and deduct is not None else Fraction(0)


def _contrary(criterion: CriterionPlan) -> Iterator[Problem]:
    """A deduction whose rules can only give points, or a bonus whose rules can only take them, always comes to nothing."""
    kind, rules = criterion.spec.kind, [c.rule for c in criterion.clauses]
    gives = kind == "deduction" and all(r.adds and not r.takes for r in rules) and number(criterion.ceiling) == 0
    takes = kind == "bonus" and all(r.takes and not r.adds for r in rules) and number(criterion.floor) == 0
    amounts = [a for c in criterion.clauses for n, (_, v) in c.arguments.items() if n != c.rule.first.name for a in _worths(v)]
    if not amounts or not all(a is not None and a >= 0 for a in amounts):
        return
    if gives:
        what = T("the rule gives points, and a deduction only takes: it always comes to 0")
        yield _finding(what, T("use a rule that takes points, or write the points below 0"), criterion.spec.pointer)
    elif takes:
        what = T("the rule takes points, and a bonus only gives: it always comes to 0")
        yield _finding(what, T("use a rule that gives points, or lift the floor"), criterion.spec.pointer)


def _worths(value: object) -> Iterator[Fraction | None]:
    """The amounts of an argument, None for each that is not a constant; of texts and of nothing there are none."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if hasattr(value, "points"):
        yield number(value.points)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _worths(part)
    elif isinstance(value, (Constant, Name, Call, Over, Result, Lookup, Figure)):
        yield number(value)


def _amounts(clause: ClausePlan) -> Iterator[Problem]:
    """A deduction is written as a positive number: what is below 0 would give points."""
    deduct = clause.arguments.get("deduct")
    amount = number(deduct[1]) if deduct is not None else None
    if amount is not None and amount < 0:
        what = T("a deduction of {amount} would give points", amount=amount)
        yield _finding(what, T("write what is taken off as a positive number"), f"{clause.spec.pointer}/deduct")


def _percentages(clause: ClausePlan, percentages: Iterable[str]) -> Iterator[Problem]:
    """A percentage is seen as a fraction: a line at 90 is 9000 %."""
    first = clause.arguments[clause.rule.first.name][1]
    if not (isinstance(first, Name) and first.path in percentages):
        return
    lines = [(n, number(v)) for n, (_, v) in clause.arguments.items() if n in OF_FIELD]
    lines += [(n, number(b.bound)) for n, (p, v) in clause.arguments.items() if p.kind == "bands" for b in v]
    for name, line in lines:
        if line is not None and line > (1 if name in OF_FIELD else HIGHEST_BAND):
            what = T("“{name}” is {line}, but the field is a percentage: {line} is {percent} %", name=name, line=line, percent=line * 100)
            yield _finding(what, T("write 0.9 for 90 %"), f"{clause.spec.pointer}/{name}")


# -------------------------------------------------------------------- caps and levels


def _caps(track: Track) -> Iterator[Problem]:
    """Caps that the items below them never reach."""
    where = track.standard.below.pointer.rpartition("/")[0]
    extra = [c for c in track.criteria if c.spec.kind in ("bonus", "deduction")]
    most = {c.spec.path: _amount(c) for c in extra}
    for name, group in track.groups.items():
        members = [c for c in extra if c.spec.group == name]
        for side, kind in ((group.plus, "bonus"), (group.minus, "deduction")):
            own = [most[c.spec.path] for c in members if c.spec.kind == kind]
            yield from _never(side, own, group.largest, f"{where}/caps/groups/{name}")
    for kind in ("bonus", "deduction"):
        own = [most[c.spec.path] for c in extra if c.spec.kind == kind]
        yield from _never(track.caps.get(kind), own, kind in track.largest, f"{where}/caps/{kind}")
    for section in track.sections:
        items = [c for c in extra if section.spec.path and f"{c.spec.section}.".startswith(f"{section.spec.path}.")]
        for node, kind in ((section.bonus_cap, "bonus"), (section.deduction_cap, "deduction")):
            own = [most[c.spec.path] for c in items if c.spec.kind == kind]
            yield from _never(node, own, False, f"{section.spec.pointer}/{kind}_cap")


def _amount(criterion: CriterionPlan) -> Fraction | None:
    """The most that a bonus gives or a deduction takes; None where nothing bounds it, or a part of it may go the other way."""
    bound = number(criterion.ceiling) if criterion.spec.kind == "bonus" else number(criterion.floor)
    return None if bound is None else abs(bound)


def _never(cap: Node | None, amounts: list[Fraction | None], largest: bool, pointer: str) -> Iterator[Problem]:
    line, known = number(cap), [a for a in amounts if a is not None]
    if line is None or not known or len(known) < len(amounts):
        return
    reached = max(known) if largest else sum(known, Fraction(0))
    if reached < line:
        what = T("the cap of {cap} is never reached: the items come to {sum} at most", cap=line, sum=reached)
        yield _finding(what, T("lower it, or take it out"), pointer)


def _levels(levels: Sequence[LevelPlan]) -> Iterator[Problem]:
    """A ladder stands best level first: a level whose line is no lower than one before it is never given."""
    before: dict[str, tuple[Fraction, str]] = {}
    for level in levels:
        line = number(level.at_least)
        if line is None or level.at_most is not None:
            continue
        known = before.get(level.spec.of)
        if known is not None and line >= known[0]:
            what = T(
                "the level “{level}” is never given: its line {line} is not below that of “{before}”",
                level=level.spec.title,
                line=line,
                before=known[1],
            )
            yield _finding(what, T("write the levels best first"), f"{level.spec.pointer}/at_least")
        elif level.condition is None:
            before[level.spec.of] = (line, level.spec.title)
