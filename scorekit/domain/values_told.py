"""The values that an item rests on, in words: as they were submitted and where, or by which formula they were derived."""

from __future__ import annotations

from typing import Any

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import names
from scorekit.domain.marked import marks_text
from scorekit.domain.marks import Panel, Records
from scorekit.domain.personal import HIDDEN, marked, touched
from scorekit.domain.plan import Track
from scorekit.domain.printing import clock, printed, shown
from scorekit.domain.rubric import Declared, FieldSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.standing import DIGITS
from scorekit.errors import T, Text
from scorekit.words import say


class ValueTeller:
    """Tells the values of the one unit in a scope."""

    def __init__(self, scope: TrackScope, speaker: Speaker) -> None:
        self.scope, self.speaker, self.lang = scope, speaker, speaker.lang
        self.hidden = marked(scope.fields.values())
        self._unquoted = touched(scope.fields.values())

    def say(self, text: Text) -> str:
        """A text in the teller's language."""
        return say(text, self.lang)

    def read(self, path: str, known: set[str]) -> list[str]:
        """One value that the criterion reads: title, value, and the cell, or the formula it is derived by.

        What *known* holds was said already, and its formula is not taken apart again. Where the formula reads derived
        values that were not said yet, each of what it reads has a line of its own.
        """
        spec = self.scope.fields[path]
        value = self.scope.value(path)
        text = self.text(value, spec.percentage) if spec.declared == Declared() else self.declared(value, spec)
        text = self.say(HIDDEN) if spec.path in self.hidden else text
        if path in self.scope.derived and path in known:
            return [f"{spec.title} = {text}"]
        known.add(path)
        if path in self.scope.track.fills and isinstance(value, Column) and int(self.scope.filled(path)[1][0]):
            return [self.say(T("{title} = {value}, the mean of the group", title=spec.title, value=text))]
        if path not in self.scope.derived:
            return [self.entered(spec, value, text)]
        formula = self.speaker.formula(self.scope.derived[path][1])
        text = self.say(T("no figure")) if isinstance(value, Column) and value.masked[0] else text
        line = self.say(T("{title} = {formula} = {value}", title=spec.title, formula=formula, value=text))
        leaves = _leaves(self.scope.track, path)
        nested = any(p in self.scope.derived and p not in known for p in leaves)
        inner = [self.read(p, known) for p in leaves]
        if nested:
            return [line, *(f"  {more}" for lines in inner for more in lines)]
        return [line + (f" ({'; '.join(lines[0] for lines in inner)})" if inner else "")]

    def entered(self, spec: FieldSpec, value: Any, text: str) -> str:
        """One value that was submitted, with what stood there and where."""
        submissions = self.scope.submissions
        apart = isinstance(value, Records) and value.at is not None
        source = self.source(spec, value) if spec.path in submissions.columns and not apart else ""
        raw = submissions.raw.get((0, spec.path)) if spec.path not in self._unquoted else None
        written = self.say(T(" (written “{raw}”)", raw=raw)) if raw is not None else ""
        if isinstance(value, Column) and value.why is not None and value.why[0] == Why.NOT_APPLICABLE:
            text = self.say(T("not applicable"))
        return f"{spec.title} = {text}{written}" + (f" [{source}]" if source else "")

    def source(self, spec: FieldSpec, value: Any) -> str:
        """Where a value stands, of a panel where each mark does; "" where its sheet has no place for it."""
        submissions, path = self.scope.submissions, spec.path
        places, inner = submissions.places[int(submissions.part[0])], int(submissions.inner[0])
        marked_by = zip(value.raters, value.present()[0].tolist(), strict=True) if isinstance(value, Panel) else ()
        marks = [slot for rater, given in marked_by if given and places.placed(inner, slot := f"{path}@{rater}")]
        return "、".join(places.cell(inner, p) for p in marks or [path] if not places.sheet or places.placed(inner, p))

    def declared(self, value: Any, spec: FieldSpec) -> str:
        """A derived value with the digits that the rubric gives it."""
        rounding = spec.declared.rounding
        stated = spec.declared.decimals if spec.declared.decimals is not None else rounding.decimals if rounding else None
        if stated is None or value.kind != "number" or value.masked[0]:
            return self.text(value, spec.percentage)
        return printed(value * 100 if spec.percentage else value, stated)[0] + ("%" if spec.percentage else "")

    def text(self, value: Any, percentage: bool) -> str:
        """A value of any kind."""
        if isinstance(value, Panel):
            return marks_text(value, self.lang)
        if isinstance(value, Records):
            handed_in = value.why is None or not value.why[0]
            return self.say(T("{count} records", count=int(value.lengths[0])) if handed_in else T("blank"))
        if value.unit == "duration" and value.kind == "number":
            return clock(value, DIGITS)[0] or self.say(T("blank"))
        truths = (self.say(T("no")), self.say(T("yes")))
        return shown(value, percentage=percentage, truths=truths, most=DIGITS)[0] or self.say(T("blank"))


def _leaves(track: Track, path: str) -> list[str]:
    """The fields that a derived value reads directly."""
    node = next(n for f, n in track.derived if f.path == path)
    return [f.path for f in track.standard.fields if f.path in names(node)]
