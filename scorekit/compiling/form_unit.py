"""The sheet of one unit: one row an item, in the order of the standard, with what is asked, how it scores, and the code to read it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from scorekit.compiling.answers import answer
from scorekit.compiling.form_kinds import criteria_of, idle_of, tracks_of
from scorekit.compiling.form_tables import OWN_WIDTH, Tables, own_score, unit_shown
from scorekit.compiling.table import Row, rows_of
from scorekit.domain.form import HEADS, PLACEHOLDERS, Ask, Cell, FormHead, FormLine
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import CriterionSpec, FieldSpec, GateSpec, SectionSpec
from scorekit.errors import T
from scorekit.words import say

WIDTHS: Mapping[str, float] = {
    "no": 6, "item": 19, "wording": 31, "method": 31, "unit": 7, "full": 6,
    "value": 15, "own": OWN_WIDTH, "example": 10, "evidence": 17, "path": 12,
}  # fmt: skip
_OPTIONAL = ("wording", "method", "unit", "evidence")
_FAR = 10**9


class UnitSheet:
    """Walks the standard once, section by section; *fields* are those that the unit fills in itself."""

    def __init__(self, plan: Plan, tables: Tables, fields: Sequence[FieldSpec], category: str | None) -> None:
        self.plan, self.tables, self.lang, self.category = plan, tables, tables.lang, category
        named = (*plan.base.identity, *([plan.base.category] if plan.base.category else []))
        asked = {*named, *(f.path for f in fields)}
        self.fields = {f.path: f for f in plan.fields}
        self.asked = {p: f for p, f in self.fields.items() if p in asked}
        self.tracks, self.idle = tracks_of(plan, category), idle_of(plan, category)
        self.criteria = {c.path: c for c in criteria_of(plan, category)}
        self.sections = self.tracks[0].standard.sections if category is not None else plan.sections
        self.gates = {g.id: g for t in self.tracks for g in t.standard.gates}
        self.rows = [{r.id: r for r in rows_of(t, self.lang)} for t in self.tracks]

    def heads(self, lines: Sequence[FormLine]) -> tuple[tuple[FormHead, ...], tuple[FormLine, ...]]:
        """The column heads, and the lines without the columns that nothing stands in."""
        keys = list(HEADS)
        unused = {k for i, k in enumerate(keys) if k in _OPTIONAL and not any(line.cells[i] for line in lines if line.kind != "heading")}
        kept = [i for i, k in enumerate(keys) if k not in unused]
        heads = [
            FormHead(say(HEADS[keys[i]], self.lang), WIDTHS[keys[i]], keys[i] == "path", keys[i] in ("no", "unit", "full", "value", "own"))
            for i in kept
        ]
        return tuple(heads), tuple(
            line if line.kind == "heading" else FormLine(tuple(line.cells[i] for i in kept), line.kind, line.depth) for line in lines
        )

    def lines(self) -> Iterator[FormLine]:
        """All rows: who the unit is, what stands outside the sections, then section by section."""
        root = [f for f in self.asked.values() if not f.section and f.path not in self.criteria]
        yield self._heading("", say(T("basic facts"), self.lang), "", 0)
        identity = (*self.plan.base.identity, self.plan.base.category)
        root.sort(key=lambda f: (identity.index(f.path) if f.path in identity else len(identity), self._at(f.path)))
        for spec in root:
            yield from self._field(spec)
        yield from self._groups("", 0, root=True)

    def _groups(self, section: str, depth: int, root: bool = False) -> Iterator[FormLine]:
        """The items of a section in printed order; a field without an item of its own stands before the item that follows it."""
        inner = [s for s in self.sections if s.parent == section and s.path and s.path not in self.criteria]
        items: list[Any] = [*inner, *(c for c in self.criteria.values() if c.section == section)]
        printed = {item.path: i for i, item in enumerate(items)}
        plain = [] if root else [f for f in self._plain() if f.section == section]
        groups: dict[int, list[FieldSpec]] = {}
        for spec in plain:
            after = [i.path for i in items if self._at(i.path) > self._at(spec.path)]
            nearest = min(after, key=self._at, default=None)
            place = -1 if nearest is None and inner else len(items) if nearest is None else printed[nearest]
            groups.setdefault(place, []).append(spec)
        for place in (-1, *range(len(items) + 1)):
            for spec in groups.get(place, ()):
                yield from self._field(spec)
            if 0 <= place < len(items):
                item = items[place]
                yield from self._section(item, depth) if isinstance(item, SectionSpec) else self._criterion(item)

    def _plain(self) -> Iterator[FieldSpec]:
        """Fields without an item of their own: those to be filled in, and derived ones, which are shown."""
        derived = {f.path for t in self.tracks for f, _ in t.derived} - self.idle
        for path, spec in self.fields.items():
            if path not in self.criteria and (path in self.asked or (path in derived and spec.source == "unit")):
                yield spec

    def _section(self, section: SectionSpec, depth: int) -> Iterator[FormLine]:
        below = list(self._groups(section.path, depth + 1))
        if below:
            full = next((found[f"sections/{section.path}"].points for found in self.rows if f"sections/{section.path}" in found), "")
            yield self._heading(section.no, section.title, full, depth)
            yield from below

    def _heading(self, no: str, title: str, full: str, depth: int) -> FormLine:
        marks = say(T("({points} points)", points=full), self.lang) if full else ""
        return FormLine(("  ".join(p for p in (no, title + marks) if p),), "heading", depth)

    # ---------------------------------------------------------------- rows

    def _criterion(self, spec: CriterionSpec) -> Iterator[FormLine]:
        """The row of an item; of one that scores several fields as a whole, and then theirs."""
        name = f"criteria/{spec.path}"
        method = self._of_tracks(name, lambda row: row.method)
        wording = self._wording(spec, name)
        full = self._of_tracks(name, lambda row: row.points)
        field = self.fields.get(spec.path)
        title = spec.title if field is None else self.tables.title(field.path, bare=True) if field.derive is None else field.title
        evidence = _joined(spec.words.evidence, field.evidence if field is not None else "")
        value = self._value(field)
        unit = unit_shown(field) if field is not None else ""
        own: Cell = own_score(self.lang)
        kind = "computed" if isinstance(value, str) else "item"
        cells = {"no": spec.no, "item": title, "wording": wording, "method": method, "unit": unit, "full": full, "value": value, "own": own}
        yield self._line({**cells, "example": self._example(value), "evidence": evidence, "path": spec.path}, kind)
        if spec.whole:
            for inner in (f for f in self._plain() if f.section == spec.path or f.section.startswith(spec.path + ".")):
                yield from self._field(inner)

    def _wording(self, spec: CriterionSpec, name: str) -> str:
        """The published text, under the item's title where the field's is another, and for whom it is where not for all."""
        field = self.fields.get(spec.path)
        told = [spec.title] if field is not None and spec.title != field.title else []
        told += [spec.words.wording] if spec.words.wording else []
        without = [t for t, found in zip(self.tracks, self.rows, strict=True) if name not in found]
        if without:
            told.append(
                say(T("(only for {categories})", categories=[c for t in self.tracks if t not in without for c in t.categories]), self.lang)
            )
        return "\n".join(told)

    def _field(self, spec: FieldSpec) -> Iterator[FormLine]:
        """The row of a field without an item of its own; a panel has a row for each rater."""
        gate = self.gates.get(spec.path)
        cells: dict[str, Cell] = {"unit": unit_shown(spec), "evidence": spec.evidence}
        if gate is not None:
            method = self._of_tracks(f"gates/{gate.id}", lambda row: row.method)
            cells |= {"no": gate.no, "wording": self._gate_wording(gate, spec), "method": method}
        for rater in spec.raters if spec.kind == "panel" else ("",):
            value = self._value(spec)
            title = self.tables.title(spec.path, rater, bare=True) if spec.derive is None else spec.title
            path = f"{spec.path}@{rater}" if rater else spec.path
            row = {**cells, "item": title, "value": value, "example": self._example(value), "path": path}
            yield self._line(row, "computed" if isinstance(value, str) else "item")

    def _gate_wording(self, gate: GateSpec, spec: FieldSpec) -> str:
        return _joined(gate.title if gate.title != spec.title else "", gate.wording)

    def _value(self, spec: FieldSpec | None) -> Cell:
        """What may be entered for a field, or the word that stands where nothing is to be entered."""
        if spec is not None and spec.path in self.asked and spec.kind != "records":
            found = answer(spec, self.lang, spec.title)
            chosen = spec.path == self.plan.base.category and self.category
            return found if not chosen else Ask(found.kind, found.asks, found.choices, value=self.category, example=found.example)
        if spec is not None and spec.path in self.asked:
            return say(PLACEHOLDERS["listed"], self.lang)
        return say(PLACEHOLDERS["computed" if spec is None or spec.derive is not None else "others"], self.lang)

    def _example(self, value: Cell) -> str:
        return value.example if isinstance(value, Ask) else ""

    def _line(self, cells: Mapping[str, Cell], kind: Any) -> FormLine:
        return FormLine(tuple(cells.get(key, "") for key in HEADS), kind)

    def _of_tracks(self, name: str, pick: Callable[[Row], str]) -> str:
        """What the standards of the categories say of an item: once where they agree, else each with its categories."""
        told: dict[str, list[str]] = {}
        for track, found in zip(self.tracks, self.rows, strict=True):
            if name in found:
                told.setdefault(pick(found[name]), []).extend(track.categories)
        if len(told) <= 1:
            return next(iter(told), "")
        return "\n".join(say(T("[{categories}] {text}", categories=categories, text=text), self.lang) for text, categories in told.items())

    def _at(self, path: str) -> int:
        """Where an item stands in the document; what only a variant has stands last."""
        return self.tables.place.get(path, _FAR)


def _joined(*texts: str) -> str:
    return "\n".join(dict.fromkeys(t for t in texts if t))
