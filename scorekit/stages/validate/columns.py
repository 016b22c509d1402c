"""Untyped cells become typed columns, whole columns at a time where their cells are plain already."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.column import EPOCH, Column, Why
from scorekit.domain.decimals import Decimals
from scorekit.domain.exact import LIMIT, Exact
from scorekit.domain.intake import Unreadable
from scorekit.domain.naming import folded
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.spans import Spans
from scorekit.domain.tables import Severity
from scorekit.errors import T, Text

from . import repair
from .plain import Read, by_distinct, plain_numbers, typed_decimals
from .repair import Reading
from .report import TABLE

_NONE = type(None)
_SAFE = 2**53
_SHORTENED = re.compile(r"[1-9](?:\.[0-9]+)?E\+(?:1[1-9]|[2-9][0-9])", re.ASCII)
"""How a spreadsheet shows, and writes as text, a number of more digits than it has room for: 9.13301E+17."""
_NOBODY: frozenset[int] = frozenset()


class Note(NamedTuple):
    """A remark on one cell of a column (row ``TABLE``: on the column as a whole)."""

    row: int
    severity: Severity
    what: Text
    cure: Text
    shown: str = ""
    cell: Unreadable | None = None


class Typed(NamedTuple):
    """A column as written (percentages in the field's own unit), the remarks, and the rows that carry a percent sign."""

    column: Column
    notes: list[Note]
    signed: frozenset[int] = _NOBODY


def typed(cells: Sequence[Any], spec: FieldSpec, in_sheet: bool) -> Typed:
    """The cells of a field as a column of its kind (number, truth, text or date)."""
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "biufM":
        found = _from_array(cells, spec)
        if found is not None:
            return found
        cells = _listed(cells)
    elif isinstance(cells, np.ndarray):
        cells = cells.tolist()
    if isinstance(cells, Decimals) and spec.kind == "number":
        return Typed(typed_decimals(cells), [])
    read = {"number": _numbers, "truth": _truths, "text": _texts, "date": _dates}[spec.kind]
    if isinstance(cells, Spans):
        found = _from_spans(cells, spec, in_sheet, read)
        if found is not None:
            return found
        cells = cells.listed()
    elif isinstance(cells, Coded):
        found = by_distinct(cells, spec, in_sheet, read)
        if found is not None:
            return found
    return read(cells.tolist() if isinstance(cells, (Coded, Decimals)) else cells, spec, in_sheet)


def _from_spans(cells: Spans, spec: FieldSpec, in_sheet: bool, read: Read) -> Typed | None:
    """Cells that are still bytes as a column, where they are plain; else None."""
    if spec.kind == "number":
        column = plain_numbers(cells, spec)
        return None if column is None else Typed(column, [])
    return by_distinct(cells, spec, in_sheet, read)


# ---------------------------------------------------------------- typed arrays


def _from_array(cells: npt.NDArray[Any], spec: FieldSpec) -> Typed | None:
    """A typed array that is already of the field's kind, without a look at single rows; else None."""
    masked = np.ma.getmaskarray(cells) if isinstance(cells, np.ma.MaskedArray) and cells.mask is not np.ma.nomask else None
    values = np.ma.getdata(cells)
    if values.dtype.kind == "M" and spec.kind == "date":
        masked = np.isnat(values) if masked is None else masked | np.isnat(values)
        days = values.astype("datetime64[D]").astype(np.int64)
        return Typed(Column("date", Exact.integers(np.where(masked, 0, days)), _why(masked)), [])
    if values.dtype.kind == "b" and spec.kind == "truth":
        return Typed(Column("truth", np.asarray(values), _why(masked)), [])
    if (
        values.dtype.kind in "iu"
        and spec.kind == "number"
        and (len(values) == 0 or (int(values.max()) <= LIMIT and int(values.min()) >= -LIMIT))
    ):
        return Typed(Column("number", Exact.integers(values), _why(masked)), [])
    if values.dtype.kind == "f" and spec.kind == "number":
        finite, why = np.isfinite(values), _why(masked)
        if finite.all():
            return Typed(Column("number", Exact.floats(values), why), [])
        rows = np.flatnonzero(~finite if masked is None else ~finite & ~masked)
        return Typed(Column.array(values, why), [_not_finite(int(r), values[r]) for r in rows])
    return None


def _why(masked: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.uint8] | None:
    return None if masked is None or not masked.any() else masked.astype(np.uint8) * np.uint8(Why.MISSING)


def _not_finite(row: int, value: Any) -> Note:
    what = T("{shown} is no number", shown=str(value))
    return Note(row, "error", what, T("enter a number, or leave the cell blank"), str(value))


def _listed(cells: npt.NDArray[Any]) -> list[Any]:
    values = cells.astype("datetime64[D]") if cells.dtype.kind == "M" else cells
    return [None if isinstance(v, float) and math.isnan(v) else v for v in values.tolist()]


# ---------------------------------------------------------------- kinds


def _numbers(cells: Sequence[Any], spec: FieldSpec, in_sheet: bool) -> Typed:
    kinds = set(map(type, cells))
    if kinds == {int}:
        return Typed(Column("number", _whole(cells)), [])
    if kinds <= {int, float, Decimal, Fraction, _NONE}:
        values, why, notes, signed = cells, None, [], _NOBODY
        if _NONE in kinds:
            why = np.array([c is None for c in cells], dtype=np.uint8) * np.uint8(Why.MISSING)
    else:
        walk = _Walk(cells, spec, frozenset({int, float, Decimal, Fraction}), lambda c: repair.number(c, spec.unit))
        values, why, notes, signed = walk.values, walk.why(), walk.notes, frozenset(walk.signed)
    if float in kinds:
        bad = [r for r, v in enumerate(values) if type(v) is float and not math.isfinite(v)]
        if bad:
            why = np.zeros(len(values), dtype=np.uint8) if why is None else why
            why[bad] = Why.INVALID
            notes = notes + [_not_finite(r, values[r]) for r in bad]
            values = [0 if type(v) is float and not math.isfinite(v) else v for v in values]
    return Typed(Column("number", exact([0 if v is None else v for v in values]), why), notes, signed)


def _truths(cells: Sequence[Any], spec: FieldSpec, in_sheet: bool) -> Typed:
    kinds = set(map(type, cells))
    if kinds == {bool}:
        return Typed(Column("truth", np.array(cells, dtype=bool)), [])
    walk = _Walk(cells, spec, frozenset({bool}), repair.truth)
    notes = walk.notes
    words = (
        [r for r, c in enumerate(cells) if type(c) is str and walk.known[c].why == Why.PRESENT and walk.known[c].what is None]
        if str in kinds
        else []
    )
    cure = T("nothing needs to be done if this is what was meant")
    own = [T("是 and 否 are read as yes and no")] if words else []
    if in_sheet:
        # A column is filled in one way from top to bottom: each word is told once, whichever other words share its batch.
        told = [*own, *dict(sorted((str(n.what.params), n.what) for n in notes if n.severity == "repair")).values()]
        notes = [n for n in notes if n.severity != "repair"] + [Note(TABLE, "repair", what, cure) for what in told]
    else:
        notes += [Note(r, "repair", what, cure, cells[r]) for r in words for what in own]
    return Typed(Column("truth", np.array([bool(v) for v in walk.values], dtype=bool), walk.why()), notes)


def _texts(cells: Sequence[Any], spec: FieldSpec, in_sheet: bool) -> Typed:
    kinds = set(map(type, cells))
    allowed = frozenset(v for v in spec.schema.get("enum", ()) if isinstance(v, str))
    if kinds == {str} and _all_plain(set(cells), spec, allowed):
        return Typed(Column("text", _objects(cells)), [])
    near = {folded(v): v for v in allowed}
    walk = _Walk(cells, spec, frozenset(), lambda c: _text(c, allowed, near))
    return Typed(Column("text", _objects(["" if v is None else v for v in walk.values]), walk.why()), walk.notes)


def _dates(cells: Sequence[Any], spec: FieldSpec, in_sheet: bool) -> Typed:
    walk = _Walk(cells, spec, frozenset({datetime.date}), repair.date)
    days = [0 if v is None else (v - EPOCH).days for v in walk.values]
    return Typed(Column("date", Exact.integers(np.array(days, dtype=np.int64)), walk.why()), walk.notes)


def _all_plain(texts: set[str], spec: FieldSpec, allowed: frozenset[str]) -> bool:
    """Whether every text is taken as it stands: none blank, declared to mean something else, or near an enum's value only."""
    if "" in texts or True in set(map(str.isspace, texts)) or (allowed and not texts <= allowed):
        return False
    if "E+" in "\n".join(texts):
        return False
    return not (spec.blank or spec.not_applicable) or not any(_declared(t, spec) for t in texts)


def _text(cell: Any, allowed: frozenset[str], near: Mapping[str, str]) -> Reading:
    if isinstance(cell, str):
        if _SHORTENED.fullmatch(cell.strip()):
            what = T("“{shown}” is a number that a spreadsheet shortened; its digits are lost", shown=cell.strip())
            return repair.invalid(what, T("format the cell as text and enter the number again"))
        chosen = cell if cell in allowed else near.get(folded(cell), cell)
        return Reading(cell) if chosen == cell else repair.repaired(cell, chosen, f"“{chosen}”")
    if isinstance(cell, (bool, list, dict)):
        return repair.invalid(T("{shown} is no text", shown=repair.as_written(cell)), T("enter a text"))
    text = repair.text_of(cell)
    return repair.repaired(cell, text, f"“{repair.as_written(cell)}”")


def _declared(text: str, spec: FieldSpec) -> Why | None:
    """Whether a text is one that the form declares to mean blank or not applicable."""
    word = folded(text)
    if any(word == folded(b) for b in spec.blank):
        return Why.MISSING
    return Why.NOT_APPLICABLE if any(word == folded(n) for n in spec.not_applicable) else None


class _Walk:
    """One pass over cells of several types; each distinct text is read once."""

    def __init__(self, cells: Sequence[Any], spec: FieldSpec, plain: frozenset[type], read: Callable[[Any], Reading]) -> None:
        self.spec = spec
        self.read = read
        self.plain = plain
        self.values: list[Any] = []
        self.notes: list[Note] = []
        self.signed: list[int] = []
        self.known: dict[str, Reading] = {}
        self.whys = bytearray(len(cells))
        append, known = self.values.append, self.known
        for row, cell in enumerate(cells):
            kind = type(cell)
            if kind in plain:
                append(cell)
                continue
            if kind is str:
                found = known.get(cell)
                if found is None:
                    found = known[cell] = self._text(cell)
            else:
                found = self._other(cell)
            append(found.value)
            if found.why or found.what is not None or found.signed:
                self._noted(row, cell, found)

    def why(self) -> npt.NDArray[np.uint8] | None:
        return np.frombuffer(bytes(self.whys), dtype=np.uint8).copy() if any(self.whys) else None

    def _text(self, text: str) -> Reading:
        if not text or text.isspace():
            return Reading(None, Why.MISSING)
        declared = _declared(text, self.spec)
        return self.read(text) if declared is None else Reading(None, declared)

    def _other(self, cell: Any) -> Reading:
        if cell is None:
            return Reading(None, Why.MISSING)
        if isinstance(cell, Unreadable):
            return repair.invalid(cell.what, cell.cure)
        own = _native(cell)
        return Reading(own) if type(own) in self.plain else self.read(own)

    def _noted(self, row: int, cell: Any, found: Reading) -> None:
        self.whys[row] = found.why
        if found.signed:
            self.signed.append(row)
        if found.what is not None and found.cure is not None:
            severity: Severity = "error" if found.why else "repair"
            if isinstance(cell, Unreadable):
                self.notes.append(Note(row, severity, found.what, found.cure, cell.shown, cell))
            else:
                self.notes.append(Note(row, severity, found.what, found.cure, repair.as_written(cell)))


def _native(cell: Any) -> Any:
    """A cell of numpy's or pandas' making as Python's own."""
    if isinstance(cell, np.generic):
        cell = cell.item()
    if isinstance(cell, datetime.datetime):
        return cell.date() if cell.time() == datetime.time() else cell.isoformat(" ")
    return cell


# ---------------------------------------------------------------- arrays


def _objects(values: Sequence[Any]) -> npt.NDArray[Any]:
    column: npt.NDArray[Any] = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _whole(values: Sequence[int]) -> Exact:
    peak = max(max(values, default=0), -min(values, default=0))
    return Exact(np.array(values, dtype=np.int64 if peak <= LIMIT else object), 1, peak, 1)


def exact(values: Sequence[int | float | Decimal | Fraction]) -> Exact:
    """Mixed numbers as one exact column; floats are taken at 10 decimals."""
    kinds = set(map(type, values))
    if kinds <= {int}:
        return _whole(values)  # type: ignore[arg-type]
    if Fraction in kinds:
        return Exact.of(Fraction(v) for v in values)
    if Decimal not in kinds and not any(isinstance(v, int) and abs(v) >= _SAFE for v in values):
        column: Exact = Column.array(np.array(values, dtype=np.float64)).values
        return column
    if float in kinds:
        floats = iter(Column.array(np.array([v for v in values if type(v) is float])).values.fractions())
        return Exact.of(next(floats) if type(v) is float else Fraction(v) for v in values)
    decimals = [Decimal(v) for v in values]  # type: ignore[arg-type]
    places = max(0, *(-int(d.as_tuple().exponent) for d in decimals))
    scaled = [int(d.scaleb(places, repair.EXACT)) for d in decimals]
    peak = max(map(abs, scaled))
    if places > 18 or peak > LIMIT:
        return Exact.of(Fraction(d) for d in decimals)
    return Exact(np.array(scaled, dtype=np.int64), 10**places, peak, 10**places)
