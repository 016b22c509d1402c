"""What ``rubric test`` prints: each case, and under one that fails every figure with what was expected and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scorekit.errors import T, Text
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.domain.plan import Plan
    from scorekit.rehearsing.cases import Difference, Verdict

_NAMED = {
    "total": T("total"),
    "base": T("base points"),
    "bonus": T("bonus"),
    "deduction": T("deduction"),
    "rank": T("rank"),
    "level": T("level"),
    "status": T("status"),
}


def rehearsal(verdicts: Sequence[Verdict], plan: Plan, lang: str) -> Iterator[str]:
    """The lines of the report."""
    titles = {f"criteria/{c.path}": f"{c.no} {c.title}".strip() for c in plan.criteria}
    titles |= {f"sections/{s.path}": f"{s.no} {s.title}".strip() for s in plan.sections}
    for verdict in verdicts:
        yield say(T("{mark}  {name}", mark=T("case failed") if verdict.differences else T("case passed"), name=verdict.case.name), lang)
        for difference in verdict.differences:
            yield "    " + say(_line(difference, titles, len(verdict.case.units) > 1), lang)
    failed = sum(1 for v in verdicts if v.differences)
    yield say(T("{count} cases: {passed} passed, {failed} failed", count=len(verdicts), passed=len(verdicts) - failed, failed=failed), lang)


def _line(difference: Difference, titles: dict[str, str], several: bool) -> Text:
    kind, _, path = difference.figure.partition("/")
    title: Text | str = titles.get(difference.figure, path) if path else _NAMED[kind]
    if kind == "reasons":
        title = T("reason of “{title}”", title=titles.get(f"criteria/{path}", path))
    what = T(
        "{title}: expected {expected}, found {found}",
        title=title,
        expected=difference.expected or T("none"),
        found=difference.found or T("none"),
    )
    return T("{unit}: {what}", unit=difference.unit, what=what) if several else what
