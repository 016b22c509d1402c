"""Objects become tables: nested names are joined by dots, and many small files share one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorekit.plugin import DRAFT, Origin, Problem, RawTable, T, Text, from_document

ROWS = 16_000
WIDEST = 2**14
"""Values of a unit, and records of one of its lists, as many as a spreadsheet has columns."""


@dataclass(slots=True)
class _Pile:
    """Units that name the same rubric, waiting to become one table."""

    rubric: str | None
    files: list[str] = field(default_factory=list)
    file: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)

    def table(self) -> RawTable:
        """The units as columns: the union of their paths, None where a unit has none."""
        paths = dict.fromkeys(p for u in self.units for p in u)
        columns = {p: [u.get(p) for u in self.units] for p in paths}
        return RawTable(columns, tuple(self.files), tuple(self.file), tuple(self.row), rubric=self.rubric)


class Gathering:
    """Collects units and faults from files; gives a table whenever one is full."""

    def __init__(self) -> None:
        self._piles: dict[str | None, _Pile] = {}
        self._problems: list[Problem] = []

    def add(self, value: Any, file: str, row: int) -> Iterator[RawTable]:
        """Take one unit: a JSON object from *file*, with its place in it (0: it is the file)."""
        if not isinstance(value, dict):
            what = T("a submission must be a JSON object, in braces")
            self.refuse(what, file, T('write one object for each unit: {{"unit": …}}'), f"/{row}" if row else "")
            return
        rubric = self._rubric(value.pop("$schema", None), file)
        drafted, held = DRAFT in value, value.pop(DRAFT, None)
        flat: dict[str, Any] = {}
        twice = _flatten(value, "", flat)
        if twice:
            self.refuse(T("“{path}” is given twice, nested and with a dot", path=twice), file, T("give it once"), f"/{row}" if row else "")
            return
        if drafted:
            yield _draft(held, flat, rubric, file, row)
            return
        if len(flat) > WIDEST or any(type(v) is list and len(v) > WIDEST for v in flat.values()):
            what = T("a unit has more than {limit} values", limit=WIDEST)
            self.refuse(what, file, T("leave out what is not asked for"), f"/{row}" if row else "")
            return
        pile = self._piles.setdefault(rubric, _Pile(rubric))
        if not pile.files or pile.files[-1] != file:
            pile.files.append(file)
        pile.file.append(len(pile.files) - 1)
        pile.row.append(row)
        pile.units.append(flat)
        if len(pile.units) >= ROWS:
            yield self._piles.pop(rubric).table()

    def refuse(self, what: Text, file: str, cure: Text, cell: str = "") -> None:
        """Record that a file, or a part of it, is not read."""
        self._problems.append(Problem("error", what, cure, file=file, cell=cell))

    def rest(self) -> Iterator[RawTable]:
        """The tables not yet given, and the faults found."""
        for pile in self._piles.values():
            yield pile.table()
        if self._problems:
            yield RawTable({}, (), (), (), problems=tuple(self._problems))

    def _rubric(self, name: Any, file: str) -> str | None:
        """The rubric that a unit names; a path or address is no name and is not followed."""
        if named(name):
            return name  # type: ignore[no-any-return]
        cure = T("write the rubric's id, or leave $schema out")
        self._problems.append(
            Problem("warning", T("$schema must name a rubric by its id, not by a path or address"), cure, file=file, field="/$schema")
        )
        return None


def _draft(held: Any, own: dict[str, Any], rubric: str | None, file: str, row: int) -> RawTable:
    """The table of one unit that is a draft: what a person entered, and the proposals that were taken, each at its own place."""
    found = from_document(held, own)
    at = f"/{row}" if row else ""
    return RawTable(
        columns={path: [cell] for path, cell in {**own, **found.values}.items()},
        files=(file,),
        file=(0,),
        row=(row,),
        rubric=rubric,
        problems=tuple(found.problems(file, at)),
        elsewhere={path: {0: Origin(file, "", at + cell)} for path, cell in found.cells.items()},
        beside={"draft": (found.standing.text, f"{at}/{DRAFT}")},
    )


def named(name: Any) -> bool:
    """Whether a unit names a rubric by an id, or none at all."""
    return name is None or (isinstance(name, str) and bool(name) and not any(c in name for c in "/\\:"))


def flattened(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an object holds, by dotted paths; None where it gives one of them twice."""
    flat: dict[str, Any] = {}
    return None if _flatten(value, "", flat) else flat


def _flatten(value: Mapping[str, Any], prefix: str, flat: dict[str, Any]) -> str:
    """Put what *value* holds into *flat* under dotted paths; the path that comes twice, if one does."""
    for key, inner in value.items():
        path = prefix + key
        if type(inner) is dict:
            twice = _flatten(inner, path + ".", flat)
            if twice:
                return twice
        elif path in flat:
            return path
        else:
            flat[path] = inner
    return ""
