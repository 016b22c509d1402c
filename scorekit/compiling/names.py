"""The names that formulas of one standard may use, sought in their own section first, then outward."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from scorekit.compiling.parsing import Names
from scorekit.domain.lookups import LookupTable
from scorekit.domain.naming import outward
from scorekit.domain.rubric import FieldSpec, Standard, with_items

PERIOD = ("period.start", "period.end")


class StandardNames(Names):
    """Fields, derived values, criteria and sections of one standard; ``others`` are items and rankings that it might have had."""

    def __init__(self, standard: Standard, tables: Mapping[str, LookupTable] | None = None) -> None:
        self.tables = tables or {}
        self.fields: dict[str, FieldSpec] = {f.path: f for f in with_items(standard.fields)}
        self.lists = {f.path: f.record for f in self.fields.values() if f.record is not None}
        scored = [(standard.criteria, standard.sections), *((r.criteria, r.sections) for r in self.lists.values())]
        self.titles = {i.path: i.title for parts in scored for items in parts for i in items}
        self.parts = _parts(standard)
        self.items = {*self.titles}
        self.rankings = {r.id for r in standard.rankings if r.id}
        self.asked: dict[str, None] = {}
        self.others: set[str] = set()

    def field(self, name: str, base: str) -> str | None:
        """The full path of a field, or of one rater's mark (``path@rater``); ``period.start`` and ``period.end`` are the assessment's."""
        if name in PERIOD:
            return name
        of, mark, rater = name.partition("@")
        if mark:
            path = self.field(of, base)
            return f"{path}@{rater}" if path is not None and rater in self.fields[path].raters else None
        return next((p for p in outward(name, base) if p in self.fields), None)

    def item(self, name: str, base: str) -> str | None:
        """The full path of a criterion or section."""
        return next((p for p in outward(name, base) if p in self.items), None)

    def ranking(self, name: str, base: str) -> str | None:
        """The id of a declared ranking, else the path of a criterion or section, which is kept as one whose rank is asked."""
        if name in self.rankings:
            return name
        path = self.item(name, base)
        if path is not None:
            self.asked[path] = None
        return path

    def elsewhere(self, name: str, base: str) -> str | None:
        """The full path of an item, or the id of a ranking, that only the standards of other categories have."""
        return next((p for p in outward(name, base) if p in self.others), None)

    def children(self, path: str) -> tuple[str, ...] | None:
        """The base criteria and the sections with any of which a section ("" the total) is made."""
        return self.parts.get(path)

    def table(self, name: str) -> LookupTable | None:
        """The lookup table of a name."""
        return self.tables.get(name)

    def inside(self, path: str) -> str:
        """The innermost list of records that a path stands in, or is; empty where there is none."""
        while path and path not in self.lists:
            path = path.rpartition(".")[0]
        return path

    def is_list(self, path: str) -> bool:
        """Whether a path is a list of records or a panel's marks."""
        return path in self.fields and self.fields[path].kind in ("records", "panel")

    def is_panel(self, path: str) -> bool:
        """Whether a path is a panel's marks (or a survey's votes)."""
        return path in self.fields and self.fields[path].kind == "panel"

    def near(self, name: str, of: str = "fields") -> str:
        """The nearest known name of *fields*, *items*, *sections* or *tables*: by full path, or by its last part."""
        names = {"items": self.items, "sections": set(self.parts) - {""}, "tables": set(self.tables)}
        known = sorted(names[of]) if of in names else [*self.fields]
        if "@" in name:
            known += [f"{p}@{rater}" for p, spec in self.fields.items() for rater in spec.raters]
        found = difflib.get_close_matches(name, known, 1, 0.6)
        last = {p.rpartition(".")[2]: p for p in known}
        return found[0] if found else next((last[n] for n in difflib.get_close_matches(name.rpartition(".")[2], last, 1)), "")


def _parts(standard: Standard) -> dict[str, tuple[str, ...]]:
    """The children of every section that count in its base, in printed order, criteria first."""
    base = [c for c in standard.criteria if c.kind == "base"]
    filled = {s.path for s in standard.sections if any(f"{c.section}.".startswith(f"{s.path}.") for c in base)}
    found = {}
    for path in ("", *(s.path for s in standard.sections)):
        inner = [s.path for s in standard.sections if s.parent == path and s.path in filled]
        found[path] = (*(c.path for c in base if c.section == path), *inner)
    return found
