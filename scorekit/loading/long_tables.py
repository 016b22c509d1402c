"""Long tables, one value a row (unit, item, value), spread over the fields of their units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scorekit.domain.intake import RawTable, Unreadable
from scorekit.domain.naming import folded, header_forms
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import T
from scorekit.loading.lists import key_of, list_name, list_words
from scorekit.stages.validate.match import Slot, dictionary, long_headings
from scorekit.stages.validate.repair import text_of, with_unit

Cell = tuple[Any, Origin]


def spread(tables: Iterable[RawTable], plan: Plan) -> Iterator[RawTable]:
    """The tables, those with the declared headings of a long table spread over the fields of their units.

    A unit that stands in another table, too, has its values there; any other unit gets a row of its own. Where the
    rubric declares no long table they pass as they are; else they wait until all of them are read.
    """
    if not long_headings(plan):
        yield from tables
        return
    found = _Long(plan)
    rest = [table for table in tables if not found.taken(table)]
    lists = list_words(plan)
    yield from (table if list_name(table) in lists else found.filled(table) for table in rest)
    yield from found.left()


def is_long(table: RawTable, plan: Plan) -> bool:
    """Whether a table has the declared headings of a long one."""
    wanted = [folded(word) for word in long_headings(plan)]
    known = {w for h in table.columns for w, _ in header_forms(h)}
    return bool(wanted) and all(w in known for w in wanted)


@dataclass(slots=True)
class _Unit:
    """What long tables say of one unit: its name in parts, the row where it stands first, and its values by slot."""

    parts: tuple[Any, ...]
    first: Origin
    row: int
    letters: tuple[str, ...]
    cells: dict[Slot, list[Cell]] = field(default_factory=dict)


class _Long:
    """Gathers the values of long tables, and gives them to their units."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known = dictionary(plan)
        *self.parts, self.item, self.value = long_headings(plan)
        fields = {f.path for f in plan.fields}
        self.numbers = {folded(c.no): c.path for c in plan.criteria if c.no and c.path in fields}
        self.units: dict[str, _Unit] = {}
        self.given: set[str] = set()
        self.problems: list[Problem] = []

    def taken(self, table: RawTable) -> bool:
        """Whether a table is a long one; if so its values are kept."""
        headers = [next((h for h in table.columns if any(w == wanted for w, _ in header_forms(h))), None) for wanted in self._wanted()]
        if None in headers or not len(table.columns):
            return False
        *parts, item, value = (h for h in headers if h is not None)
        self.problems.extend(table.problems)
        for header in table.columns.keys() - {*parts, item, value}:
            what = T("the column “{header}” is not read", header=header)
            self.problems.append(Problem("repair", what, T("nothing needs to be done"), "", table.files[0], table.sheet, "", header))
        for row in range(len(table)):
            self._keep(table, row, parts, item, value)
        return True

    def _wanted(self) -> list[str]:
        return [folded(word) for word in (*self.parts, self.item, self.value)]

    def _keep(self, table: RawTable, row: int, parts: Sequence[str], item: str, value: str) -> None:
        """Keep the value of one row, or report why it belongs nowhere."""
        names = tuple(table.columns[h][row] for h in parts)
        key, origin = folded(key_of(names)), _origin(table, row, value)
        if not key:
            self._fault(origin, "", T("the row names no unit"), _origin(table, row, parts[0]).cell)
            return
        text = table.columns[item][row]
        slots = self._slots("" if text is None or isinstance(text, Unreadable) else text_of(text))
        if len(slots) != 1:
            what = T("“{header}” may mean several fields: {names}", header=text, names=[_header(s) for s in sorted(slots)])
            what = what if slots else T("“{header}” is no field of the form and is not read", header="" if text is None else text_of(text))
            self._fault(origin, key_of(names), what, _origin(table, row, item).cell)
            return
        letters = tuple(table.letters.get(h, "A") for h in parts)
        unit = self.units.setdefault(key, _Unit(names, origin, int(table.row[row]), letters))
        [slot] = slots
        measured = with_unit(table.columns[value][row], self.known.written(text_of(text), slot[0]))
        unit.cells.setdefault(slot, []).append((measured, origin))

    def _slots(self, text: str) -> set[Slot]:
        """The fields that an item may mean: by path, title or alias, else by the number of its criterion."""
        found = self.known.slots(text) if text.strip() else set()
        number = self.numbers.get(folded(text))
        return found or ({(number, "")} if number is not None else set())

    def _fault(self, origin: Origin, unit: str, what: Any, cell: str) -> None:
        cure = T("write it as in the form: the unit's name, and the title of a field")
        self.problems.append(Problem("error", what, cure, unit, origin.file, origin.sheet, cell))

    # ---------------------------------------------------------------- giving

    def filled(self, table: RawTable) -> RawTable:
        """A table of units with the values that long tables have for them."""
        headers = [self._header_of(table, (p, "")) for p in self.plan.base.identity]
        if not len(table) or None in headers:
            return table
        keys = [folded(key_of(cells)) for cells in zip(*(table.columns[h] for h in headers if h is not None), strict=True)]
        mine = {row: self.units[key] for row, key in enumerate(keys) if key in self.units}
        self.given |= {keys[row] for row in mine}
        columns: dict[str, Sequence[Any]] = dict(table.columns)
        elsewhere = {name: dict(places) for name, places in table.elsewhere.items()}
        for slot in dict.fromkeys(s for unit in mine.values() for s in unit.cells):
            header = self._header_of(table, slot) or _header(slot)
            cells = list(columns.get(header, [None] * len(table)))
            measure = self.known.spec(slot[0]).unit if self.known.written(header, slot[0]) else ""
            for row, unit in mine.items():
                if slot in unit.cells:
                    own = [] if cells[row] in (None, "") else [(cells[row], _origin(table, row, header))]
                    value, elsewhere.setdefault(_header(slot), {})[row] = self._one(slot, [*own, *unit.cells[slot]])
                    cells[row] = with_unit(value, measure)
            columns[header] = cells
        return replace(table, columns=columns, elsewhere=elsewhere) if mine else table

    def left(self) -> Iterator[RawTable]:
        """The units that stand in no other table, a row each, and all problems."""
        rest: dict[tuple[str, str, tuple[str, ...]], list[_Unit]] = {}
        for key, unit in self.units.items():
            if key not in self.given:
                rest.setdefault((unit.first.file, unit.first.sheet, unit.letters), []).append(unit)
        for (file, sheet, letters), units in rest.items():
            identity = self.plan.base.identity
            columns: dict[str, Sequence[Any]] = {path: [u.parts[i] for u in units] for i, path in enumerate(identity)}
            elsewhere: dict[str, dict[int, Origin]] = {}
            for slot in dict.fromkeys(s for u in units for s in u.cells):
                header, cells = _header(slot), [None] * len(units)
                for row, unit in enumerate(units):
                    if slot in unit.cells:
                        cells[row], elsewhere.setdefault(header, {})[row] = self._one(slot, unit.cells[slot])
                columns[header] = cells
            marks = dict(zip(identity, letters, strict=True))
            yield RawTable(columns, (file,), [0] * len(units), [u.row for u in units], sheet, marks, elsewhere=elsewhere)
        if self.problems:
            yield RawTable({}, (), (), (), problems=tuple(self.problems))

    def _one(self, slot: Slot, cells: Sequence[Cell]) -> Any:
        """The one value of a field, with its place; where there are several, none is used."""
        if len(cells) == 1:
            return cells[0]
        title = "@".join(part for part in (self.known.spec(slot[0]).title, slot[1]) if part)
        what = T("“{header}” is given several times for this unit: {cells}", header=title, cells=[origin.text for _, origin in cells])
        shown = "; ".join("" if value is None else text_of(value) for value, _ in cells if not isinstance(value, Unreadable))
        return Unreadable(shown, what, T("keep one of them")), cells[-1][1]

    def _header_of(self, table: RawTable, slot: Slot) -> str | None:
        return next((h for h in table.columns if self.known.slots(h) == {slot}), None)


def _header(slot: Slot) -> str:
    return f"{slot[0]}@{slot[1]}" if slot[1] else slot[0]


def _origin(table: RawTable, row: int, header: str) -> Origin:
    letter = table.letters.get(header, "")
    return Origin(table.files[table.file[row]], table.sheet, f"{letter}{table.row[row]}" if letter else f"/{table.row[row]}/{header}")
