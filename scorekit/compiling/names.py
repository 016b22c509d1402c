"""The names that formulas of one standard may use, sought in their own section first, then outward."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from scorekit.compiling.parsing import Names
from scorekit.domain.lookups import LookupTable
from scorekit.domain.rubric import FieldSpec, Standard

PERIOD = ("period.start", "period.end")


class StandardNames(Names):
    """Fields, derived values, criteria and sections of one standard."""

    def __init__(self, standard: Standard, tables: Mapping[str, LookupTable] | None = None) -> None:
        self.tables = tables or {}
        self.fields: dict[str, FieldSpec] = {}
        for spec in standard.fields:
            self.fields[spec.path] = spec
            self.fields.update({item.path: item for item in spec.items})
        self.titles = {**{c.path: c.title for c in standard.criteria}, **{s.path: s.title for s in standard.sections}}
        self.items = {*self.titles}
        self.rankings = {r.id for r in standard.rankings if r.id}
        self.asked: dict[str, None] = {}

    def field(self, name: str, base: str) -> str | None:
        """The full path of a field, or of one rater's mark (``path@rater``); ``period.start`` and ``period.end`` are the assessment's."""
        if name in PERIOD:
            return name
        of, mark, rater = name.partition("@")
        if mark:
            path = self.field(of, base)
            return f"{path}@{rater}" if path is not None and rater in self.fields[path].raters else None
        return next((p for p in _outward(name, base) if p in self.fields), None)

    def item(self, name: str, base: str) -> str | None:
        """The full path of a criterion or section."""
        return next((p for p in _outward(name, base) if p in self.items), None)

    def ranking(self, name: str, base: str) -> str | None:
        """The id of a declared ranking, else the path of a criterion or section, which is kept as one whose rank is asked."""
        if name in self.rankings:
            return name
        path = self.item(name, base)
        if path is not None:
            self.asked[path] = None
        return path

    def table(self, name: str) -> LookupTable | None:
        """The lookup table of a name."""
        return self.tables.get(name)

    def is_list(self, path: str) -> bool:
        """Whether a path is a list of records or a panel's marks."""
        return path in self.fields and self.fields[path].kind in ("records", "panel")

    def is_panel(self, path: str) -> bool:
        """Whether a path is a panel's marks (or a survey's votes)."""
        return path in self.fields and self.fields[path].kind == "panel"

    def near(self, name: str, of: str = "fields") -> str:
        """The nearest known name of *fields*, *items* or *tables*: by full path, or by its last part."""
        known = {"items": sorted(self.items), "tables": sorted(self.tables)}.get(of, [*self.fields])
        if "@" in name:
            known += [f"{p}@{rater}" for p, spec in self.fields.items() for rater in spec.raters]
        found = difflib.get_close_matches(name, known, 1, 0.6)
        last = {p.rpartition(".")[2]: p for p in known}
        return found[0] if found else next((last[n] for n in difflib.get_close_matches(name.rpartition(".")[2], last, 1)), "")


def _outward(name: str, base: str) -> Iterator[str]:
    while base:
        yield f"{base}.{name}"
        base = base.rpartition(".")[0]
    yield name
