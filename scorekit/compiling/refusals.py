"""What a rubric must not do although it fits the language: name what is not there, or say one thing twice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from scorekit.domain.rubric import CriterionSpec, FieldSpec, Standard
from scorekit.errors import RubricError, T, Text
from scorekit.stages.validate.patterns import matcher

Fault = tuple[Text, str, Text]


def refuse(standard: Standard, where: str) -> None:
    """Raise RubricError for the first fault, with its JSON pointer and what to do."""
    for what, pointer, cure in _faults(standard, where):
        raise RubricError(what, pointer, cure)


def _faults(standard: Standard, where: str) -> Iterator[Fault]:
    fields = {f.path for f in standard.fields}
    for name in standard.identity:
        if name not in fields:
            yield T("the unit is to be known by “{name}”, which is no field", name=name), f"{where}#/x-rubric/unit", _near(name, fields)
    yield from _twice([(g.id, g.pointer) for g in standard.gates], T("two gates have the id “{name}”"))
    for levels in ((*standard.levels, standard.below), *((*ladder.levels, ladder.below) for ladder in standard.ladders)):
        yield from _twice([(s.id, s.pointer) for s in levels], T("two levels have the id “{name}”"))
    yield from _patterns(standard.fields)
    for field in standard.fields:
        yield from _result(field, fields)
        if field.panel.invited and field.panel.invited not in fields:
            what = T("“{name}” is no field", name=field.panel.invited)
            yield what, f"{field.pointer}/x-source/invited", _near(field.panel.invited, fields)
    for criterion in standard.criteria:
        yield from _criterion(criterion, standard)


def _result(field: FieldSpec, fields: set[str]) -> Iterator[Fault]:
    """A field filled by an earlier run: its key must be there, and it must be of the figure's kind."""
    result = field.result
    if result is None:
        return
    for name in result.key:
        if name not in fields:
            yield T("“{name}” is no field", name=name), f"{field.pointer}/x-source/key", _near(name, fields)
    if field.kind != ("text" if result.is_text and result.take != "count" else "number"):
        yield (
            T("the figure “{figure}” does not fit the type of the field", figure=result.figure),
            f"{field.pointer}/type",
            T("correct the type"),
        )
    if result.is_text and result.take not in ("one", "count"):
        yield T("words have no {take}", take=result.take), f"{field.pointer}/x-source/take", T("take one, or count them")


def _patterns(fields: Iterable[FieldSpec]) -> Iterator[Fault]:
    """Patterns that cannot be matched in time linear in the text."""
    for spec in fields:
        if "pattern" in spec.schema:
            try:
                matcher(spec.schema["pattern"])
            except RubricError as error:
                yield error.what, f"{spec.pointer}/pattern", error.cure or T("correct the pattern")
        yield from _patterns(spec.items)


def _criterion(criterion: CriterionSpec, standard: Standard) -> Iterator[Fault]:
    at = criterion.pointer
    if criterion.group and criterion.group not in standard.groups:
        yield T("the group “{name}” has no cap", name=criterion.group), f"{at}/group", _near(criterion.group, standard.groups)
    if criterion.charge_to:
        sections = {s.path for s in standard.sections}
        if criterion.charge_to not in sections:
            yield (
                T("there is no section “{name}” to charge", name=criterion.charge_to),
                f"{at}/charge_to",
                _near(criterion.charge_to, sections),
            )
        if criterion.kind != "deduction":
            yield T("only a deduction is charged to a section"), f"{at}/charge_to", T("make it a deduction, or leave this out")
    if _below_zero(criterion.points):
        yield T("full marks of {points} are below 0", points=criterion.points), f"{at}/points", T("write them as a positive number")
    if criterion.kind == "base" and criterion.start == "full" and criterion.points is None:
        yield T("it starts from full marks, but has none"), f"{at}/start", T("state its points, or start it empty")


def _below_zero(points: Any) -> bool:
    """Whether it is a number below 0; one beyond all measure is refused as such elsewhere."""
    return isinstance(points, (int, Decimal)) and Decimal(points).is_finite() and -(10**12) < points < 0


def _twice(named: Iterable[tuple[str, str]], what: Text) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, pointer in named:
        if name in seen:
            yield Text(what.template, {"name": name}), pointer, T("give each its own")
        seen.add(name)


def _near(name: str, known: Iterable[str]) -> Text:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, 1)
    if not names:
        return T("there is none; leave it out, or define one")
    return T("did you mean “{near}”?", near=near[0]) if near else T("it may be: {names}", names=names)
