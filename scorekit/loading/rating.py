"""Tables with marks as they go by: where raters left a mark blank, and the marks for the rater's own unit, set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from scorekit.domain.intake import RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.ratings import Ratings
from scorekit.domain.register import Recusal
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import T
from scorekit.loading.recusing import panels_of, without
from scorekit.loading.register import keys_of
from scorekit.stages.validate.match import Slot, dictionary


def of_raters(tables: Iterable[RawTable], plan: Plan, ratings: Ratings, alone: bool) -> Iterator[RawTable]:
    """The tables, those of a rater without the marks for the unit that the sheet says to be his own.

    What they say beside their marks goes into *ratings*; a table that the unit fills in, too, is no sheet of a rater. Where one
    table is there *alone*, a blank stands in its unit's own row.
    """
    reading = _Reading(plan, ratings, alone)
    for table in tables:
        yield reading.read(table) if reading.panels and len(table) else table


class _Reading:
    def __init__(self, plan: Plan, ratings: Ratings, alone: bool) -> None:
        self.plan, self.ratings, self.alone = plan, ratings, alone
        self.panels = panels_of(plan)
        self.paths = {f.path for f in self.panels}
        self.known = dictionary(plan)
        self.listed = tuple(ratings.recusals)
        self.said: set[Recusal] = set()
        named = {*plan.base.identity, plan.base.category}
        self.own = {f.path for f in plan.fields if f.source == "unit" and f.derive is None and f.path not in named}
        self._slots: dict[str, Slot | None] = {}

    def read(self, table: RawTable) -> RawTable:
        marks = {h: s for h in table.columns if (s := self._slot(h)) is not None and s[1] and s[0] in self.paths}
        if not marks:
            return table
        if not any(s is not None and s[0] in self.own for s in map(self._slot, table.columns)):
            for header, (_, rater) in marks.items():
                self.ratings.sheets.setdefault(rater, _place(table, header))
            if not self.alone:
                self._note_blanks(table, marks)
        return self._of_own_unit(table)

    def _slot(self, header: str) -> Slot | None:
        """The one field, and the rater, that a header means."""
        if header not in self._slots:
            found = self.known.slots(header)
            self._slots[header] = next(iter(found)) if len(found) == 1 else None
        return self._slots[header]

    def _note_blanks(self, table: RawTable, marks: dict[str, Slot]) -> None:
        """Where a mark is blank in a row that names a unit; a column that is no list of cells is of too many units to be told."""
        blanks = {h: [i for i, c in enumerate(cells) if _blank(c)] for h in marks if isinstance(cells := table.columns[h], (list, tuple))}
        if not any(blanks.values()):
            return
        keys = list(keys_of(table, self.plan.base.identity, self.known))
        for header, rows in blanks.items():
            path, rater = marks[header]
            for row in rows:
                if keys[row]:
                    self.ratings.blank(path, rater, keys[row], _place(table, header, row))

    def _of_own_unit(self, table: RawTable) -> RawTable:
        """Without the marks for the unit to which the sheet says that its rater belongs, and whether the register agrees."""
        (unit, cell), (rater, _) = (table.beside.get(name, ("", "")) for name in ("belongs", "rater"))
        if not unit or not rater or "list" in table.beside:
            return table
        own = Recusal(rater, folded(unit), Origin(table.files[0], table.sheet, cell).text)
        known = [r for r in self.listed if folded(r.rater) == folded(rater)]
        problems: list[Problem] = []
        if own not in self.said:
            self.said.add(own)
            self.ratings.recusals.append(own)
            if known and own.unit not in {r.unit for r in known}:
                problems.append(_disagreeing(table, own, unit, known, cell))
        return without(replace(table, problems=(*table.problems, *problems)), self.plan, self.panels, [own], self.known)


def _disagreeing(table: RawTable, own: Recusal, unit: str, known: Sequence[Recusal], cell: str) -> Problem:
    what = T(
        "by this sheet the rater {rater} belongs to “{unit}”, by the register to another unit ({places}); marks for either are set aside",
        rater=own.rater, unit=unit, places=[r.place for r in known],
    )  # fmt: skip
    return Problem("warning", what, T("find out which of the two holds, and correct the other"), "", table.files[0], table.sheet, cell)


def _blank(cell: Any) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())


def _place(table: RawTable, header: str, row: int = 0) -> Origin:
    """Where a mark stands, or would."""
    letter, line = table.letters.get(header, ""), int(table.row[row])
    name = table.files[int(table.file[row])]
    if letter:
        return Origin(name, table.sheet, f"{letter}{line}")
    pointer = "/" + header.replace("@", ".").replace(".", "/")
    return Origin(name, table.sheet, f"/{line}{pointer}" if line else pointer)
