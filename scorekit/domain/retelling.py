"""The records of one unit, one by one and in words: what each says, what it gave, whether it counted, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorekit.domain.calling import told
from scorekit.domain.column import Column
from scorekit.domain.counted import Counted
from scorekit.domain.formula import evaluate, names
from scorekit.domain.marks import Panel, Records
from scorekit.domain.personal import HIDDEN
from scorekit.domain.plan import CriterionPlan, ListPlan
from scorekit.domain.printing import shown
from scorekit.domain.reasons import reason_words
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.scope import RecordScope, TrackScope
from scorekit.errors import T, Text
from scorekit.words import say

COUNTED_WORDS: Mapping[Counted, Text] = {
    Counted.COUNTS: T("counts"),
    Counted.NOT_MEANT: T("does not count: its condition is not met"),
    Counted.NO_FIGURE: T("does not count: it has no figure"),
    Counted.SAME_MATTER: T("does not count: another of the same matter counts"),
    Counted.BEYOND: T("does not count: it is beyond those that are taken"),
    Counted.LIGHTER: T("does not count: a heavier deduction counts"),
    Counted.OTHER_LIST: T("does not count: another of the same matter counts in this list or another"),
}
DIGITS = 4
"""Digits after the point of a value that is shown; it goes on exact."""


def record_lines(criterion: CriterionPlan, scope: TrackScope, lang: str, known: set[str]) -> Iterator[str]:
    """A line for each record of the lists that a criterion reads.

    Where its records are neither scored nor told apart by a rule, a list is told only if *known* does not hold it yet.
    """
    done: set[str] = set()
    for clause in criterion.clauses:
        param, path = clause.arguments[clause.rule.first.name]
        if param.kind != "records":
            continue
        found = told(clause, criterion.spec, scope, len(scope.submissions))
        if found.counted is not None and path not in done:
            done.add(path)
            yield from _Teller(scope, path, lang).lines(found.each, found.counted)
    for path in _lists(criterion, scope):
        if path not in done and (scope.track.lists[path].section is not None or path not in known):
            yield from _Teller(scope, path, lang).lines(None, None)
        known.add(path)


def _lists(criterion: CriterionPlan, scope: TrackScope) -> list[str]:
    """The lists that a criterion reads, itself or through derived values."""
    waiting, seen = list(reversed(criterion.reads)), set()
    found: list[str] = []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        if path in scope.track.lists:
            found.append(path)
        elif path in scope.derived:
            waiting += sorted(names(scope.derived[path][1]), reverse=True)
    return found


class _Teller:
    """Tells the records of one list of the one unit in a scope."""

    def __init__(self, scope: TrackScope, path: str, lang: str) -> None:
        self.plan: ListPlan = scope.track.lists[path]
        self.inner: RecordScope = scope.within_list(path)
        self.lang = lang
        self.comma, self.stop = ("、", "；") if lang == "zh" else (", ", "; ")
        self.cell = scope.submissions.cell(0, path) if path in scope.submissions.columns else ""

    def say(self, text: Text) -> str:
        """A text in the teller's language."""
        return say(text, self.lang)

    def lines(self, each: Column | None, counted: Any) -> Iterator[str]:
        """One line a record; *each* is what it gave and *counted* its code, where a rule says so."""
        for row in range(len(self.inner.submissions)):
            parts = [*self.scores(row)]
            if each is not None:
                gave = _one(each, row)
                parts.append(self.say(T("gives {points}", points=gave)) if gave else self.say(T("gives no points")))
            if counted is not None:
                parts.append(self.say(COUNTED_WORDS[Counted(int(counted[row]))]))
            label = self.comma.join(filter(None, (self.text(item, row) for item in self.plan.spec.items)))
            place = self.place(row)
            if not parts:
                yield self.say(T("record {number}: {fields}{place}", number=row + 1, fields=label, place=place))
                continue
            line = T("record {number}: {fields}{place}: {what}", number=row + 1, fields=label, place=place, what=self.stop.join(parts))
            yield self.say(line)

    def bracketed(self, text: str) -> str:
        """A text in the brackets of the language."""
        return f"（{text}）" if self.lang == "zh" else f" ({text})"

    def place(self, row: int) -> str:
        """Where the record stands."""
        at = self.inner.records.at
        if at is not None and at.values[row]:
            return f" [{at.values[row]}]"
        return f" [{self.cell}/{row}]" if self.cell.startswith("/") else ""

    def text(self, item: FieldSpec, row: int) -> str:
        """One field of a record."""
        value = self.inner.value(item.path)
        if item.personal or self.plan.spec.personal:
            return f"{item.title}{self.bracketed(self.say(HIDDEN))}"
        if isinstance(value, Panel):
            marks = [f"{rater} {_one(m, row) or '—'}" for rater, m in zip(value.raters, value.marks, strict=True)]
            return item.title + self.bracketed(self.comma.join(marks))
        if isinstance(value, Records):
            return self.say(T("{title}: {count} records", title=item.title, count=int(value.lengths[row])))
        truths = (self.say(T("no")), self.say(T("yes")))
        text = shown(value.spread(len(self.inner.submissions)), percentage=item.percentage, truths=truths, most=DIGITS)[row]
        return f"{item.title} {text}" if text and (item.derive is not None or value.kind in ("number", "truth")) else text

    def scores(self, row: int) -> Iterator[str]:
        """The points of the record's criteria, and the figure they make."""
        sheet = self.inner.sheet
        for criterion in self.plan.track.standard.criteria:
            reason = self.say(reason_words(int(sheet.reasons[criterion.path][row]), criterion))
            points = _one(sheet.points[criterion.path], row) or "—"
            yield f"{criterion.title} {points}{self.bracketed(reason)}"
        if self.plan.section is not None:
            if self.plan.multiplier is not None:
                factor = _one(evaluate(self.plan.multiplier, self.inner), row)
                yield self.say(T("times {factor}", factor=factor or "—"))
            figure = _one(sheet.totals["record"], row) or "—"
            yield self.say(T("its own points {points}", points=figure))


def _one(column: Column, row: int) -> str:
    whole = column.spread(row + 1) if len(column) == 1 else column
    return shown(whole.take(slice(row, row + 1)), most=DIGITS)[0]
