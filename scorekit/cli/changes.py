"""What ``rubric diff`` prints: the changes by class, and the units to which they matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scorekit.cli.layout import line_width, wrapped
from scorekit.errors import T, Text
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.compiling.differences import Change
    from scorekit.rehearsing.replay import Moved, Replay

_FIGURES = {"level": T("level"), "rank": T("rank"), "award": T("award"), "status": T("status"), "total": T("total")}


def changes(found: Sequence[Change], lang: str) -> Iterator[str]:
    """The changes, class by class; classes in which nothing changed are named in one line."""
    from scorekit.compiling.differences import CLASSES

    still = []
    for kind, label in CLASSES.items():
        own = [c for c in found if c.kind == kind]
        if not own:
            still.append(label)
            continue
        yield from ["", say(T("{label}: {count} changes", label=label, count=len(own)), lang)]
        head = ""
        for change in own:
            now = say(T("{title} ({path})", title=change.title, path=change.path) if change.title else change.path, lang)
            if now != head:
                yield "  " + now
                head = now
            yield from ("    " + line for line in wrapped(say(_line(change), lang), line_width() - 4))
    if still:
        yield from ["", say(T("No changes: {labels}", labels=still), lang)]


def _line(change: Change) -> Text:
    line = T("{what}: {old} → {new}", what=change.what, old=change.old or T("none"), new=change.new or T("none"))
    return T("{line} [{categories}]", line=line, categories=list(change.categories)) if change.categories else line


def replay(found: Replay, lang: str) -> Iterator[str]:
    """The units whose level, rank or award changes, each with both figures."""
    count = len(found.moved)
    yield from ["", say(T("{units} units evaluated by both: level, rank or award of {count} change", units=found.units, count=count), lang)]
    for moved in found.moved:
        yield from ("  " + line for line in wrapped(say(_moved(moved, lang), lang), line_width() - 2))
    if found.totals:
        yield say(T("The total of {count} units changes.", count=found.totals), lang)


def _moved(moved: Moved, lang: str) -> Text:
    from scorekit.domain.reasons import STATUS_WORDS

    parts = []
    for name, *figures in moved.figures:
        old, new = (STATUS_WORDS.get(f, f) if name == "status" else f or T("none") for f in figures)
        parts.append(say(T("{figure} {old} → {new}", figure=_FIGURES[name], old=old, new=new), lang))
    unit = T("{unit} ({category})", unit=moved.unit, category=moved.category) if moved.category else moved.unit
    return T("{unit}: {what}", unit=unit, what=("；" if lang == "zh" else "; ").join(parts))
