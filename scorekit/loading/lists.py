"""Lists of records from sheets and files of their own, joined to their units by the unit's key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from scorekit.domain.intake import Entry, RawTable, Unreadable
from scorekit.domain.naming import folded, header_forms
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Problem
from scorekit.errors import T
from scorekit.stages.validate.identity import JOINT
from scorekit.stages.validate.match import another_unit, dictionary, item_words, list_names, may_stand_behind
from scorekit.stages.validate.measures import is_unit
from scorekit.stages.validate.repair import text_of, with_unit


def list_words(plan: Plan) -> frozenset[str]:
    """The folded names that a sheet or file of records may have."""
    return frozenset(w for spec in plan.fields if spec.kind == "records" for w in list_names(spec))


def list_name(table: RawTable) -> str:
    """The folded name of the sheet or file of a table, by which a list is known; empty where it has none."""
    if "list" in table.beside:
        return folded(table.beside["list"][0])
    if not len(table.columns) or (len(table) and not table.row[0]):
        return ""
    return folded(table.sheet or (PurePosixPath(table.files[0]).stem if len(table.files) == 1 else ""))


def with_lists(tables: Iterable[RawTable], plan: Plan) -> Iterator[RawTable]:
    """The tables of units, with a column of records for each list that stands in a sheet or file of its own.

    A list that is there gives a unit without a row no records; where none is there the list is missing. A row that
    names no unit is a problem. Tables with column letters wait until all of them are there; the others pass at once.
    """
    joiner = _Joiner(plan)
    if not joiner.lists:
        yield from tables
        return
    waiting: list[RawTable] | None = []
    for table in tables:
        if not table.columns:  # it holds nothing but problems, and nobody's records wait for it
            yield table
            continue
        spec = joiner.list_of(table)
        if spec is not None:
            joiner.tables.append((spec, table))
        elif table.letters and waiting is not None:
            waiting.append(table)
        else:
            yield from joiner.joined(waiting or ())
            waiting = None
            yield from joiner.joined([table])
    yield from joiner.joined(waiting or ())
    yield from joiner.left_over()


@dataclass(slots=True)
class _List:
    """The records of one list: by unit, which files hold such a list, and how many records were given to units."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    of_all: bool = False
    given: dict[str, int] = field(default_factory=dict)


class _Joiner:
    """Knows the lists, and gives each table of units its records."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known = dictionary(plan)
        self.lists = {f.path: f for f in plan.fields if f.kind == "records"}
        self.words = {w: f for f in self.lists.values() for w in list_names(f)}
        self.tables: list[tuple[FieldSpec, RawTable]] = []
        self.found: dict[str, _List] = {}
        self.problems: list[Problem] = []

    def list_of(self, table: RawTable) -> FieldSpec | None:
        """The list that a table holds, by the name of its sheet or file."""
        return self.words.get(list_name(table))

    def joined(self, tables: Sequence[RawTable]) -> Iterator[RawTable]:
        """Tables of units with their records; lists met so far are read first."""
        keys = [self._keys(t) for t in tables]
        alone = _alone(tables, keys)
        mine = {f for t in tables for f in t.files}
        for spec, table in self.tables:
            self._take(spec, table, alone, table.files[0] in mine)
        self.tables = []
        for table, own in zip(tables, keys, strict=True):
            columns = dict(table.columns)
            for path, found in self.found.items():
                _fill(columns, self._header(table, path), path, _records(found, table, own))
            yield replace(table, columns=columns)

    def left_over(self) -> Iterator[RawTable]:
        """The problems: records that name no unit that was submitted, and lists without a unit's name."""
        for path, found in self.found.items():
            for key, entries in found.entries.items():
                self._unknown(self.lists[path], entries[found.given.get(key, 0) :])
        if self.problems:
            yield RawTable({}, (), (), (), problems=tuple(self.problems))

    def _keys(self, table: RawTable) -> list[str]:
        """The folded key of each row, empty where a part of it is missing."""
        columns = [table.columns[h] for p in self.plan.base.identity if (h := self._header(table, p)) is not None]
        if len(columns) < len(self.plan.base.identity):
            return [""] * len(table)
        return [folded(key_of(cells)) for cells in zip(*columns, strict=True)]

    def _header(self, table: RawTable, path: str) -> str | None:
        return next((h for h in table.columns if self.known.slots(h) == {(path, "")}), None)

    def _take(self, spec: FieldSpec, table: RawTable, alone: Mapping[str, str], beside_units: bool) -> None:
        """Read the records of a list's table."""
        found = self.found.setdefault(spec.path, _List())
        found.files.add(table.files[0])
        found.of_all |= not beside_units
        self.problems.extend(table.problems)
        named = all(self._header(table, p) is not None for p in self.plan.base.identity)
        keys = self._keys(table) if named else [alone.get(table.files[0], "")] * len(table)
        headers = self._items(spec, table)
        letters = {name: table.letters[h[0].title] for name, h in headers.items() if h[0].title in table.letters}
        columns = {name: _cells(table, h) for name, h in headers.items()}
        for i, key in enumerate(keys):
            values = {name: cells[i] for name, cells in columns.items()}
            entry = Entry(values, table.files[table.file[i]], table.sheet, int(table.row[i]), letters)
            if key:
                found.entries.setdefault(key, []).append(entry)
            else:
                self._nameless(spec, entry)

    def _items(self, spec: FieldSpec, table: RawTable) -> dict[str, list[_Head]]:
        """The headers of each field of a record; others are reported, unless they are the unit's."""
        words, measures = item_words(spec), {i.path[len(spec.path) + 1 :]: i.unit for i in spec.items}
        headers: dict[str, list[_Head]] = {}
        for header in table.columns:
            name, remark = next(((words[w], r) for w, r in header_forms(header) if w in words), (_marked(header, spec), ""))
            head = _Head(header, remark, measures.get(name.partition("@")[0], ""))
            if name and (head.fits or head.measures):
                headers.setdefault(name, []).append(head)
            elif not self.known.slots(header):
                what = T("“{name}” is no field of the records of “{title}” and is not read", name=header, title=spec.title)
                cure = T("leave it out, or use a title of the form")
                self.problems.append(Problem("warning", what, cure, file=table.files[0], sheet=table.sheet, field=spec.path))
        return headers

    def _nameless(self, spec: FieldSpec, entry: Entry) -> None:
        what = T("the record of “{title}” names no unit", title=spec.title)
        cure = T("write the unit's name beside it, as in the main table")
        self.problems.append(Problem("error", what, cure, file=entry.file, sheet=entry.sheet, cell=f"A{entry.row}", field=spec.path))

    def _unknown(self, spec: FieldSpec, entries: Sequence[Entry]) -> None:
        for entry in entries:
            what = T("the record of “{title}” belongs to no unit that was submitted", title=spec.title)
            cure = T("write the unit's name as in the main table, or remove the row")
            self.problems.append(Problem("error", what, cure, file=entry.file, sheet=entry.sheet, cell=f"A{entry.row}", field=spec.path))


class _Head(NamedTuple):
    """A column of a list: its title, the remark in brackets behind it, and the unit of the field that it means."""

    title: str
    remark: str
    unit: str

    @property
    def fits(self) -> bool:
        """Whether the remark may stand there."""
        return not self.remark or may_stand_behind(self.remark, self.unit)

    @property
    def measures(self) -> bool:
        """Whether the remark says how something is measured."""
        return is_unit(self.remark) or self.remark == "%"


def _cells(table: RawTable, heads: Sequence[_Head]) -> Sequence[Any]:
    """The cells of a record's field, each with the unit of its heading; of several columns, or one of another measure, none."""
    head = heads[0]
    if len(heads) == 1 and head.fits:
        unit = another_unit(head.remark, head.unit)
        return [with_unit(c, unit) for c in table.columns[head.title]] if unit else table.columns[head.title]
    fault = _several(heads) if len(heads) > 1 else _other_measure(head)
    rows = zip(*(table.columns[h.title] for h in heads), strict=True)
    return [None if all(c in (None, "") for c in row) else fault for row in rows]


def _several(heads: Sequence[_Head]) -> Unreadable:
    what = T("several columns fill the field “{title}”: {headers}", title=heads[0].title, headers=[h.title for h in heads])
    return Unreadable("", what, T("keep one of them"))


def _other_measure(head: _Head) -> Unreadable:
    asked = head.unit or T("a number without a unit")
    what = T(
        "the column “{header}” is given in {written}, and {unit} is asked for; it is not read",
        header=head.title,
        written=head.remark,
        unit=asked,
    )
    return Unreadable("", what, T("turn the figures into the unit that is asked for"))


def _marked(header: str, spec: FieldSpec) -> str:
    """The mark of a rater whom the rubric does not name, as ``panel@rater``; empty where the header means none."""
    for item in spec.items:
        for word in (item.path[len(spec.path) + 1 :], item.title, *item.aliases):
            if item.kind == "panel" and not item.raters and header.startswith(f"{word}@") and len(header) > len(word) + 1:
                return f"{item.path[len(spec.path) + 1 :]}@{header[len(word) + 1 :]}"
    return ""


def key_of(cells: Sequence[Any]) -> str:
    """The key that the parts of a unit's name make together, as written; "" where one is blank."""
    texts = ["" if c is None or isinstance(c, Unreadable) else text_of(c) for c in cells]
    return JOINT.join(texts) if all(t.strip() for t in texts) else ""


def _alone(tables: Sequence[RawTable], keys: Sequence[Sequence[str]]) -> dict[str, str]:
    """The key of each file that holds one unit only."""
    units: dict[str, list[str]] = {}
    for table, own in zip(tables, keys, strict=True):
        for row, key in enumerate(own):
            units.setdefault(table.files[table.file[row]], []).append(key)
    return {file: found[0] for file, found in units.items() if len(found) == 1}


def _records(found: _List, table: RawTable, keys: Sequence[str]) -> list[list[Entry] | None]:
    """Each row's records; none handed in where neither its file nor a file for all holds such a list."""
    listed: list[list[Entry] | None] = []
    for row, key in enumerate(keys):
        if key in found.entries:
            listed.append(list(found.entries[key]))
            found.given[key] = len(found.entries[key])
        else:
            listed.append([] if found.of_all or table.files[table.file[row]] in found.files else None)
    return listed


def _fill(columns: dict[str, Any], header: str | None, path: str, listed: list[list[Entry] | None]) -> None:
    """Put the records into the column; a list given in two places is used from neither."""
    if header is None:
        columns[path] = listed
        return
    given = list(columns[header])
    for row, records in enumerate(listed):
        if given[row] in (None, "", []):
            given[row] = records
        elif records:
            what = T("the list is given twice: with the unit, and in a sheet or file of its own")
            given[row] = Unreadable("", what, T("keep one of the two"))
    columns[header] = given
