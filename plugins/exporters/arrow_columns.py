"""Columns as Arrow arrays: points as decimals with their printed digits, what is missing as NULL."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Coded, Column, Names, Panel, Records, nearest

if TYPE_CHECKING:
    import pyarrow as pa

NARROW, WIDE = 18, 38
"""The digits of a decimal that fits 64 bits, and of the widest there is."""
LIMIT = 2**62
_ASKED = 256
"""Rows that are asked before all: most often they tell already that more digits are needed, or what few texts there are."""
_NEW = -2
"""Instead of a text's number: it has none yet."""


def decimals(column: Column, digits: int, narrow: bool = True) -> pa.Array:
    """Figures as DECIMAL with *digits* after the point; not *narrow*: with room for 38 digits."""
    import pyarrow as pa

    fixed = column.minted(digits).values
    if not narrow:
        values = [None if m else Decimal(int(n)).scaleb(-digits) for n, m in zip(fixed.num.tolist(), column.masked.tolist(), strict=True)]
        return pa.array(values, pa.decimal128(WIDE, digits))
    return plain(fixed.num.astype(np.int64, copy=False), column.masked if column.why is not None else None, pa.decimal64(NARROW, digits))


def plain(values: npt.NDArray[Any], mask: npt.NDArray[np.bool_] | None = None, kind: Any = None) -> pa.Array:
    """Numbers, days or truths as they lie in memory, NULL where *mask* is set.

    ``pa.array`` would do it too, but imports pandas, to ask whether it was given something of pandas'.
    """
    import pyarrow as pa

    kind = kind or pa.from_numpy_dtype(values.dtype)
    bits = values.dtype == bool
    cells = np.packbits(values, bitorder="little") if bits else np.ascontiguousarray(values)
    validity = None if mask is None else pa.py_buffer(np.packbits(~mask, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [validity, pa.py_buffer(cells)])


def word(text: str | None) -> pa.Scalar:
    """One text, or NULL, to be put beside a column of texts."""
    return texts(["" if text is None else text], blank=text is None)[0]


def texts(values: Sequence[str], blank: bool = False) -> pa.Array:
    """Texts; with *blank* an empty one is NULL. Those of names are handed over as they are, without being read."""
    import pyarrow as pa

    if isinstance(values, Coded):
        return _coded(values, blank)
    names = Names.of(values)
    whole = names.lengths > 0 if blank else None
    validity = None if whole is None or whole.all() else pa.py_buffer(np.packbits(whole, bitorder="little"))
    kind = pa.string() if names.offsets.dtype == np.int32 else pa.large_string()
    array = pa.Array.from_buffers(kind, len(names), [validity, pa.py_buffer(names.offsets), pa.py_buffer(names.data)])
    array.validate(full=True)
    return array.cast(pa.string())


def _coded(values: Coded, blank: bool) -> pa.Array:
    """Texts by their codes, each text once in the order in which they are first said, whatever they were numbered by."""
    import pyarrow as pa

    known: dict[str, int] = {}
    numbers = np.full(len(values.texts), _NEW, dtype=np.int32)
    codes, new = numbers[values.codes], values.codes[:_ASKED]
    while len(new):
        for code in new[np.sort(np.unique(new, return_index=True)[1])].tolist():
            text = values.texts[code]
            numbers[code] = known.setdefault(text, len(known)) if text or not blank else -1
        codes = numbers[values.codes]
        new = values.codes[codes == _NEW]
    mask = codes < 0 if blank else None
    return pa.DictionaryArray.from_arrays(plain(codes, mask), texts(list(known)))


def worded(kind: Any) -> bool:
    """Whether cells of a type are texts."""
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind))


def encoding(kind: Any) -> str | None:
    """How cells of a type are written, where that is not left to Arrow: in ways that readers of many years know.

    Doubles are packed place by place, whole numbers (figures, days, codes of at most 64 bits) by what one is more than the other.
    """
    import pyarrow as pa

    if pa.types.is_floating(kind):
        return "BYTE_STREAM_SPLIT"
    whole = pa.types.is_integer(kind) or pa.types.is_date(kind) or pa.types.is_decimal(kind)
    return "DELTA_BINARY_PACKED" if whole and kind.bit_width <= 64 else None


def typed(column: Column) -> pa.Array:
    """Values by their kind: truths, dates, texts, numbers as the nearest doubles."""
    import pyarrow as pa
    import pyarrow.compute as pc

    mask = column.masked if column.why is not None else None
    if column.kind == "date":
        return plain(column.values.minted(0, "half-up").num.astype(np.int32), mask, pa.date32())
    if column.kind == "text":
        said = texts(column.values.tolist())
        return said if mask is None else pc.if_else(plain(mask), word(None), said)
    if column.kind == "truth":
        return plain(np.asarray(column.values, dtype=bool), mask)
    return plain(nearest(column), mask)


@dataclass(frozen=True, slots=True)
class Look:
    """What a column's cells need: digits after the point (None: no DECIMAL holds them), the greatest of them in such digits.

    ``inner`` holds the looks of the fields of records. The looks of some rows and of others make that of all.
    """

    digits: int | None
    peak: int = 0
    inner: Mapping[str, Look] = field(default_factory=dict)

    def with_others(self, other: Look) -> Look:
        """The look of both together."""
        inner = {n: _both(self.inner.get(n), other.inner.get(n)) for n in (*self.inner, *(m for m in other.inner if m not in self.inner))}
        if self.digits is None or other.digits is None:
            return Look(None, 0, inner)
        digits = max(self.digits, other.digits)
        return Look(digits, max(look.peak * 10 ** (digits - (look.digits or 0)) for look in (self, other)), inner)

    @property
    def narrow(self) -> bool:
        """Whether 64 bits hold every cell."""
        return self.digits is not None and self.peak < 10**NARROW


def _both(one: Look | None, other: Look | None) -> Look:
    return one.with_others(other) if one is not None and other is not None else one or other or Look(None)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures to be written as DECIMAL with *digits* after the point."""

    column: Column
    digits: int

    def look(self) -> Look:
        """What they need."""
        return Look(self.digits, _peak(self.column, self.digits))

    def array(self, look: Look) -> pa.Array:
        """The array, as *look* asks for."""
        return decimals(self.column, self.digits, look.narrow)


@dataclass(frozen=True, slots=True)
class Submitted:
    """Submitted numbers: with as many digits as they need, where a DECIMAL holds them; else as the nearest doubles."""

    column: Column

    def look(self) -> Look:
        """What they need."""
        digits = needed(self.column)
        return Look(None) if digits is None else Look(digits, _peak(self.column, digits))

    def array(self, look: Look) -> pa.Array:
        """The array, as *look* asks for."""
        return decimals(self.column, look.digits or 0) if look.narrow else typed(self.column)


@dataclass(frozen=True, slots=True)
class Listed:
    """Lists of records; *units* of measurement are kept beside the records' fields."""

    records: Records
    units: Mapping[str, str]

    def look(self) -> Look:
        """What the numbers of their records need."""
        return Look(0, 0, {name: cells.look() for name, cells in self._cells() if not isinstance(cells, Ready)})

    def array(self, look: Look) -> pa.Array:
        """The array, NULL where no list was handed in."""
        import pyarrow as pa

        inner = {n: c.array(look.inner.get(n, Look(None))) for n, c in self._cells()}
        fields = [measured(n, a.type, self.units.get(n, "")) for n, a in inner.items()]
        flat = pa.StructArray.from_arrays(list(inner.values()), fields=fields)
        why, lengths = self.records.why, self.records.lengths
        mask = None if why is None else plain((why > 0) & (lengths == 0))
        return pa.ListArray.from_arrays(plain(self.records.offsets.astype(np.int32)), flat, pa.list_(flat.type), mask=mask)

    def _cells(self) -> Iterator[tuple[str, Cells]]:
        """The fields of records; of a panel one for each rater, of a list of their own a list."""
        for name, value in self.records.columns.items():
            if isinstance(value, Panel):
                yield from ((f"{name}@{rater}", submitted(marks)) for rater, marks in zip(value.raters, value.marks, strict=True))
            elif isinstance(value, Records):
                yield name, Listed(value, {n[len(name) + 1 :]: u for n, u in self.units.items() if n.startswith(name + ".")})
            else:
                yield name, submitted(value)


@dataclass(frozen=True, slots=True)
class Ready:
    """Cells whose type does not depend on what they hold."""

    made: pa.Array

    def look(self) -> Look:
        """Nothing more is asked for."""
        return Look(0)

    def array(self, _: Look) -> pa.Array:
        """The array."""
        return self.made


Cells = Union[Figures, Submitted, Listed, Ready]


def submitted(column: Column) -> Cells:
    """Submitted values: numbers by the digits they need, else by their kind."""
    return Submitted(column) if column.kind == "number" else Ready(typed(column))


def needed(column: Column) -> int | None:
    """How many digits after the point the numbers really have; None where they have no end or too many."""
    exact, there = column.values, ~column.masked
    for digits in range(NARROW // 2 + 1):
        few, some = exact.take(slice(0, _ASKED)), there[:_ASKED]
        if _ends(few, some, digits) and _ends(exact, there, digits):
            return digits
    return None


def _peak(column: Column, digits: int) -> int:
    """The greatest number in so many digits, or a bound of it that is small whatever the digits of other rows ask for."""
    exact = column.values
    bound: int = exact.peak * 10**digits // (exact.den if isinstance(exact.den, int) else 1) + 1
    return bound if bound < 10 ** (NARROW // 2) else int(np.max(np.abs(column.minted(digits).values.num), initial=0))


def _ends(exact: Any, there: np.ndarray, digits: int) -> bool:
    """Whether all numbers that are there end within so many digits."""
    if isinstance(exact.den, int):
        rest = exact.den // math.gcd(exact.den, 10**digits)
        return rest == 1 or not bool((exact.num % rest != 0)[there].any())
    room = exact.wide or max(exact.peak, 1) * 10**digits >= LIMIT
    num = exact.num.astype(object) if room else exact.num.astype(np.int64)
    return not bool(((num * 10**digits) % exact.den != 0)[there].any())


def measured(name: str, kind: Any, unit: str) -> pa.Field:
    """A field of a schema with its unit of measurement beside it, so that 0.9228 reads back as 92.28 %."""
    import pyarrow as pa

    return pa.field(name, kind, metadata={"unit": unit} if unit else None)


def readable(schema: pa.Schema) -> dict[str, str]:
    """What a file says of its schema, so that it is read back in the types that every reader knows.

    Figures are handed over in 64 bits and repeated texts by their codes, which is quicker; they are DECIMAL and texts.
    """
    import pyarrow as pa

    known = pa.schema([field.with_type(_as_read(field.type)) for field in schema])
    return {"ARROW:schema": base64.b64encode(known.serialize().to_pybytes()).decode()}


def _as_read(kind: Any) -> Any:
    """The type in which a column is read back."""
    import pyarrow as pa

    if pa.types.is_decimal(kind):
        return pa.decimal128(kind.precision, kind.scale)
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_as_read(kind.value_type)))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_as_read(field.type)) for field in kind])
    return kind
