"""The form of a rubric for one kind of people: its sheets drawn from who fills in which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorekit.compiling.form_kinds import fields_of
from scorekit.compiling.form_tables import READY, Column, Tables, above, free_name, heads, table_lines
from scorekit.compiling.form_unit import UnitSheet
from scorekit.compiling.guidance import guidance
from scorekit.domain.documents import digest
from scorekit.domain.form import BESIDE_LABELS, GUIDANCE, Ask, Form, FormHead, FormLine, FormSheet, edition_line
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.errors import RubricError, T, Text
from scorekit.words import say

Beside = tuple[tuple[str, Ask], ...]
_TITLES: dict[str, tuple[Text, Text]] = {
    "unit": (T("form to hand in"), T("{title}: form of a unit")),
    "units": (T("table of all units"), T("{title}: form of all units")),
    "office": (T("figures of departments"), T("{title}: form of the office and departments")),
    "panel": (T("marks of a rater"), T("{title}: form of a rater")),
    "survey": (T("count of a survey"), T("{title}: form of a survey's count")),
}
"""Of each kind the name of its main sheet, and its title."""
_SIGNED: dict[str, Text] = {
    "unit": T("填表人: (filled in by) ______________   审核人: (checked by) ______________   (seal) __________   日期: (date) __________"),
    "panel": T("填表人: (filled in by, signature) ____________________   日期: (date) ______________"),
}
_LISTED = 20
"""Rows made ready for the records of a list on the form of one unit."""


def form(
    plan: Plan, kind: str, lang: str, category: str | None = None, rater: str | None = None, units: Sequence[Sequence[str]] = ()
) -> Form:
    """The form of *kind* (one of ``FORMS``), for all categories or for one.

    *rater* is filled in on a panel's form; *units* are the key and the category (if any) of units that a register names,
    which are filled in on tables. Raises RubricError for a kind that the rubric has no field for, and a rater it does not name.
    """
    return _Maker(plan, kind, lang, category).form(rater, units)


class _Maker:
    def __init__(self, plan: Plan, kind: str, lang: str, category: str | None) -> None:
        self.plan, self.kind, self.lang, self.category = plan, kind, lang, category
        self.fields = fields_of(plan, kind, category)
        self.tables = Tables(plan, lang)
        self.digest = digest(plan.rubric.document)
        self.taken = {folded(self.say(GUIDANCE))}

    def say(self, text: Text | str) -> str:
        return say(text, self.lang)

    def form(self, rater: str | None, units: Sequence[Sequence[str]]) -> Form:
        lists = [f for f in self.fields if f.kind == "records"]
        names = {f.path: self.tables.sheet_name(f, self.taken) for f in lists}
        main = [self.unit_sheet()] if self.kind == "unit" else [*self.wide_sheet(self.beside(rater), units)]
        rubric = self.plan.rubric
        return Form(
            kind=self.kind,
            rubric=rubric.id,
            version=rubric.version,
            digest=self.digest,
            title=self.title(),
            lang=self.lang,
            sheets=(*main, *(self.list_sheet(f, names[f.path], units) for f in lists)),
            guidance=guidance(self.plan, self.kind, self.fields, self.lang),
            heading=self.say(GUIDANCE),
        )

    def title(self) -> str:
        return self.say(Text(_TITLES[self.kind][1].template, {"title": self.plan.rubric.title}))

    def edition(self, path: str = "") -> str:
        return edition_line(self.kind, self.plan.rubric.id, self.plan.rubric.version, self.digest, path, self.lang)

    def closing(self) -> tuple[str, ...]:
        return (self.say(_SIGNED.get(self.kind, _SIGNED["unit"])),)

    def beside(self, rater: str | None) -> Beside:
        """The labels above the table, each with what may be entered behind it."""
        labels = {name: self.say(text) + ("：" if self.lang == "zh" else ":") for name, text in BESIDE_LABELS.items()}
        dated = (
            (labels["sent"], Ask("date", asks=self.say(T("a date, for example 2026-07-30")))),
            (labels["version"], Ask("text", value="1", asks=self.say(T("1 for the first, 2 for one that replaces it")))),
        )
        if self.kind != "panel":
            return dated
        known = tuple(dict.fromkeys(r for f in self.fields for r in f.raters)) if all(f.raters for f in self.fields) else ()
        if rater is not None and known and rater not in known:
            raise RubricError(T("the rubric has no rater “{name}”", name=rater), "--rater", T("use one of: {names}", names=list(known)))
        who = Ask("choice" if known else "text", asks=self.say(T("the rater's name")), choices=known, value=rater)
        own = Ask("text", asks=self.say(T("the unit to which the rater belongs; no mark is given to it")))
        return ((labels["rater"], who), (labels["belongs"], own), *dated)

    # ---------------------------------------------------------------- sheets

    def unit_sheet(self) -> FormSheet:
        made = UnitSheet(self.plan, self.tables, self.fields, self.category)
        columns, lines = made.heads(tuple(made.lines()))
        return self.sheet(columns, lines, self.beside(None), fixed=2)

    def wide_sheet(self, beside: Beside, units: Sequence[Sequence[str]]) -> Iterator[FormSheet]:
        fields = [f for f in self.fields if f.kind != "records"]
        if not fields and self.kind != "units":
            return
        table = self.tables
        asked = (
            table.with_own_scores(fields, self.category)
            if self.kind == "units"
            else table.columns(fields, self.category, self.kind == "panel")
        )
        columns = self.identity() + asked
        lines = table_lines(columns, [self.named(u) for u in units])
        yield self.sheet(heads(columns), lines, beside, tops=columns, fixed=len(self.plan.base.identity))

    def sheet(
        self, columns: tuple[FormHead, ...], lines: tuple[FormLine, ...], beside: Beside, fixed: int, tops: Sequence[Column] = ()
    ) -> FormSheet:
        name = free_name(self.say(_TITLES[self.kind][0]), self.taken)
        over = above(tops, self.lang) if tops else ()
        return FormSheet(name, self.title(), columns, lines, self.edition(), beside, over, self.closing(), fixed)

    def list_sheet(self, spec: FieldSpec, name: str, units: Sequence[Sequence[str]]) -> FormSheet:
        alone = self.kind == "unit"
        columns = [*([] if alone else self.tables.identity(category=False, beside=spec)), *self.tables.list_columns(spec)]
        lines = table_lines(columns, ready=_LISTED if alone else READY)
        title = f"{self.plan.rubric.title}　{spec.title}"
        return FormSheet(
            name, title, heads(columns), lines, self.edition(spec.path), (), above(columns, self.lang), fixed=1, path=spec.path
        )

    def identity(self) -> list[Column]:
        return self.tables.identity(category=self.kind == "units")

    def named(self, unit: Sequence[str]) -> Sequence[str]:
        """A unit of the register as the first cells of its row."""
        return unit if self.kind == "units" else unit[: len(self.plan.base.identity)]
