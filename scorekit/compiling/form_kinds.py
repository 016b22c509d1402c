"""Who is asked for what: the fields that belong on the form of each kind, by who fills them in."""

from __future__ import annotations

from collections.abc import Iterable

from scorekit.compiling.one_category import narrowed
from scorekit.domain.form import FORMS
from scorekit.domain.owing import read_by
from scorekit.domain.plan import Plan, Track
from scorekit.domain.rubric import CriterionSpec, FieldSpec
from scorekit.errors import RubricError, T, Text

_SOURCES = {"unit": "unit", "units": "unit", "office": "office", "panel": "panel", "survey": "survey"}


def kinds_of(plan: Plan) -> tuple[str, ...]:
    """The kinds of form for which the rubric has fields."""
    return tuple(kind for kind in FORMS if _own(plan, kind, plan.fields))


def fields_of(plan: Plan, kind: str, category: str | None) -> tuple[FieldSpec, ...]:
    """The fields that a form of a kind asks for, identity and category apart; those that *category* has a use for.

    Raises RubricError for a kind that the rubric has no field for.
    """
    kinds = kinds_of(plan)
    if kind not in kinds:
        what = T("the rubric has no field for a form of the kind “{kind}”", kind=kind)
        raise RubricError(what, "--for", T("it may be: {names}", names=[_told(k) for k in kinds]))
    found = _own(plan, kind, plan.fields)
    idle = idle_of(plan, category)
    return tuple(f for f in found if f.path not in idle)


def idle_of(plan: Plan, category: str | None) -> set[str]:
    """The fields that only the standards and items of other categories read."""
    if category is None:
        return set()
    [mine] = tracks_of(plan, category)
    return {p for t in plan.tracks for p in read_by(t)} - read_by(mine)


def criteria_of(plan: Plan, category: str | None) -> tuple[CriterionSpec, ...]:
    """The criteria of all categories, or of one."""
    return plan.criteria if category is None else tracks_of(plan, category)[0].standard.criteria


def tracks_of(plan: Plan, category: str | None) -> tuple[Track, ...]:
    """The tracks that a form speaks for: that of a category, or all of them."""
    return plan.tracks if category is None else tuple(narrowed(plan, t, category) for t in plan.tracks if category in t.categories)


def _told(kind: str) -> Text:
    return T("{kind} ({whom})", kind=kind, whom=FORMS[kind])


def _own(plan: Plan, kind: str, fields: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields of a kind's source that can be filled in on it."""
    named = {*plan.base.identity, plan.base.category}
    found = (f for f in fields if f.source == _SOURCES[kind] and f.derive is None and f.path not in named)
    if kind == "panel":
        return tuple(f for f in found if f.kind == "panel")
    return tuple(f for f in found if f.kind != "panel" or f.raters)
