"""A panel's marks in words: who gave what, which of them counted and which were dropped."""

from __future__ import annotations

from scorekit.domain.calling import told
from scorekit.domain.marks import Panel
from scorekit.domain.plan import ClausePlan
from scorekit.domain.printing import shown
from scorekit.domain.rubric import CriterionSpec
from scorekit.domain.scope import TrackScope
from scorekit.errors import T, Text
from scorekit.words import say

DIGITS = 4
"""Digits after the point of the figure that the marks come to; it goes on exact."""


def marks_text(panel: Panel, lang: str) -> str:
    """The marks of one unit, rater by rater, a dash where there is none."""
    return _listed(_each(panel), lang)


def marks_told(clause: ClausePlan, spec: CriterionSpec, scope: TrackScope, lang: str) -> str:
    """Which marks of one unit counted in a clause, which were dropped, and what they come to; "" of any other clause."""
    if clause.rule.first.kind != "panel" or clause.rule.scope == "cohort":
        return ""
    found, panel = told(clause, spec, scope, 1), scope.value(clause.arguments[clause.rule.first.name][1])
    if found.kept is None or found.value is None or not isinstance(panel, Panel):
        return ""
    texts, kept, there = _each(panel), found.kept()[0].tolist(), panel.present()[0].tolist()
    counted = [t for t, k in zip(texts, kept, strict=True) if k]
    dropped = [t for t, k, p in zip(texts, kept, there, strict=True) if p and not k]
    parts: list[Text] = [T("counted: {marks}", marks=_listed(counted, lang) or "—")]
    parts += [T("dropped: {marks}", marks=_listed(dropped, lang))] if dropped else []
    parts += [T("they come to {figure}", figure=shown(found.value, most=DIGITS)[0] or "—")]
    return ("；" if lang == "zh" else "; ").join(say(p, lang) for p in parts)


def _each(panel: Panel) -> list[str]:
    roles = panel.roles or ("",) * len(panel.raters)
    names = [f"{r}（{role}）" if role else r for r, role in zip(panel.raters, roles, strict=True)]
    return [f"{name} {shown(marks)[0] or '—'}" for name, marks in zip(names, panel.marks, strict=True)]


def _listed(texts: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)
