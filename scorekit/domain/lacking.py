"""What is blank in the marks, votes and records that an item rests on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import EACH, Node, Over, names
from scorekit.domain.marks import Panel, Records
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Value
from scorekit.domain.walking import walked
from scorekit.errors import T, Text

WITHOUT_VALUE = ("count", "any", "all", EACH)
"""What is said over a list without taking a value of each record: no record is left out there for a blank."""


Rows = npt.NDArray[np.int64]


class Blank(NamedTuple):
    """A blank field of one record: the unit's row, the record's place in the unit's list, the field, and where the record stands."""

    row: int
    place: int
    field: str
    at: str


def unmarked(value: Value, row: int) -> tuple[str, ...]:
    """The raters (or options) of whom a unit has no mark, where it has one of others; none where all or no mark is there."""
    if not isinstance(value, Panel):
        return ()
    none = [rater for rater, marks in zip(value.raters, value.marks, strict=True) if marks.masked[row]]
    return () if len(none) == len(value.raters) else tuple(none)


def fields_of(nodes: Iterable[Node], path: str, valued: bool = False) -> frozenset[str]:
    """The fields of a list's records that formulas read; with *valued* only those of which a value is taken."""
    found: set[str] = set()
    for over in (n for node in nodes for n in walked(node) if isinstance(n, Over) and n.path == path):
        read = (over.inner,) if valued else (over.inner, over.condition)
        if not valued or over.function not in WITHOUT_VALUE:
            found |= {n[len(path) + 1 :] for part in read if part is not None for n in _own_names(part, path)}
    return frozenset(found)


def blank_fields(records: Records, fields: Iterable[str], rows: Any = None) -> Iterator[Blank]:
    """The blanks in those *fields* of all records, record after record; of the units marked in *rows* where that is given."""
    owners, offsets = records.owners, records.offsets
    columns = [(f, records.columns[f]) for f in sorted(fields) if isinstance(records.columns.get(f), Column)]
    missing = {f: np.flatnonzero(c.why == Why.MISSING).tolist() for f, c in columns if c.why is not None}
    for index, name in sorted((i, f) for f, found in missing.items() for i in found):
        row = int(owners[index])
        if rows is None or rows[row]:
            at = "" if records.at is None else str(records.at.values[index])
            yield Blank(row, index - int(offsets[row]), name, at)


def lacking(value: Value, spec: FieldSpec, row: int, fields: Iterable[str]) -> list[Text]:
    """In words what is blank in a panel, a survey or a list of one unit; nothing where nothing is, or all of it."""
    if isinstance(value, Records):
        titles = titled(spec)
        own = value.take([row])
        return [
            T("{field} of record {number} of {title}", field=titles[b.field], number=b.place + 1, title=spec.title)
            for b in blank_fields(own, fields)
        ]
    none = unmarked(value, row)
    return [T("{names} of {title}", names=list(none), title=spec.title)] if none else []


def groups_lacking(value: Value, spec: FieldSpec, rows: Rows, fields: Iterable[str]) -> tuple[Rows, list[list[Text]]]:
    """What is blank in a panel or list of each of some units: which of the *wordings* is each one's, and these."""
    if isinstance(value, Panel):
        blank = np.stack([m.masked[rows] for m in value.marks], axis=1)
        packed: npt.NDArray[Any] = np.packbits(blank, axis=1)
    elif isinstance(value, Records):
        marked = np.zeros(len(value), dtype=bool)
        marked[rows] = True
        said: dict[int, list[tuple[str, int]]] = {}
        for b in blank_fields(value, fields, marked):
            said.setdefault(b.row, []).append((b.field, b.place))
        known: dict[Any, int] = {(): 0}
        packed = np.array([known.setdefault(tuple(said.get(r, ())), len(known)) for r in rows.tolist()], dtype=np.int64).reshape(-1, 1)
    else:
        return np.zeros(len(rows), dtype=np.int64), [[]]
    _, first, codes = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    return codes.reshape(-1).astype(np.int64), [lacking(value, spec, int(rows[f]), fields) for f in first.tolist()]


def titled(spec: FieldSpec) -> Mapping[str, str]:
    """The titles of a record's fields by their names in it."""
    return {i.path[len(spec.path) + 1 :]: i.title for i in spec.items}


def _own_names(node: Node, path: str) -> set[str]:
    return {n for n in names(node) if n.startswith(path + ".")}
