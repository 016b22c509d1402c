"""Columns as Arrow arrays: points as decimals with their printed digits, what is missing as NULL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from scorekit.plugin import Coded, Column, Names, Panel, Records, nearest

if TYPE_CHECKING:
    import pyarrow as pa

NARROW, WIDE = 18, 38
"""The digits of a decimal that fits 64 bits, and of the widest there is."""


def decimals(column: Column, digits: int, unit: str = "") -> pa.Array:
    """Figures as DECIMAL with *digits* after the point."""
    import pyarrow as pa

    fixed = column.minted(digits).values
    if fixed.wide or int(np.max(np.abs(fixed.num), initial=0)) >= 10**NARROW:
        values = [None if m else Decimal(int(n)).scaleb(-digits) for n, m in zip(fixed.num.tolist(), column.masked.tolist(), strict=True)]
        return pa.array(values, pa.decimal128(WIDE, digits))
    words = np.empty((len(column), 2), dtype=np.int64)
    words[:, 0] = fixed.num
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(NARROW, digits), len(column), [_validity(column), pa.py_buffer(words)])


def texts(values: Sequence[str], blank: bool = False) -> pa.Array:
    """Texts; with *blank* an empty one is NULL. Those of names are handed over as they are, without being read."""
    import pyarrow as pa

    if isinstance(values, Names) and values.offsets.dtype == np.int32:
        whole = values.lengths > 0 if blank else None
        validity = None if whole is None or whole.all() else pa.py_buffer(np.packbits(whole, bitorder="little"))
        array = pa.Array.from_buffers(pa.string(), len(values), [validity, pa.py_buffer(values.offsets), pa.py_buffer(values.data)])
        array.validate(full=True)
        return array
    if isinstance(values, Coded):
        said = pa.array([v or None for v in values.texts] if blank else list(values.texts), pa.string())
        return said.take(pa.array(values.codes))
    return pa.array([v or None for v in values] if blank else list(values), pa.string())


def typed(column: Column) -> pa.Array:
    """Values by their kind: truths, dates, texts, numbers as the nearest doubles."""
    import pyarrow as pa

    mask = column.masked if column.why is not None else None
    if column.kind == "date":
        return pa.array(column.values.minted(0, "half-up").num.astype(np.int32), pa.int32(), mask=mask).cast(pa.date32())
    if column.kind == "text":
        return pa.array(column.values, pa.string(), mask=mask)
    if column.kind == "truth":
        return pa.array(np.asarray(column.values, dtype=bool), pa.bool_(), mask=mask)
    return pa.array(nearest(column), pa.float64(), mask=mask)


def submitted(column: Column) -> pa.Array:
    """Submitted values: numbers with as many digits as they need, where a DECIMAL holds them; else by their kind."""
    if column.kind != "number":
        return typed(column)
    digits = needed(column)
    return typed(column) if digits is None else decimals(column, digits)


def needed(column: Column) -> int | None:
    """How many digits after the point the numbers really have; None where they have no end or too many."""
    for digits in range(NARROW // 2 + 1):
        fixed = column.minted(digits)
        same = np.asarray((fixed == column).values, dtype=bool) | column.masked
        if same.all():
            return digits if int(np.max(np.abs(fixed.values.num), initial=0)) < 10**NARROW else None
    return None


def listed(records: Records, units: Mapping[str, str]) -> pa.Array:
    """Lists of records, NULL where no list was handed in; *units* of measurement are kept beside the records' fields."""
    import pyarrow as pa

    inner = dict(_arrays(records, units))
    fields = [measured(n, a, units.get(n, "")) for n, a in inner.items()]
    flat = pa.StructArray.from_arrays(list(inner.values()), fields=fields)
    mask = None if records.why is None else pa.array((records.why > 0) & (records.lengths == 0))
    return pa.ListArray.from_arrays(pa.array(records.offsets.astype(np.int32)), flat, pa.list_(flat.type), mask=mask)


def _arrays(records: Records, units: Mapping[str, str]) -> Iterator[tuple[str, pa.Array]]:
    """The fields of records; of a panel one for each rater, of a list of their own a list."""
    for name, value in records.columns.items():
        if isinstance(value, Panel):
            yield from ((f"{name}@{rater}", submitted(marks)) for rater, marks in zip(value.raters, value.marks, strict=True))
        elif isinstance(value, Records):
            yield name, listed(value, {n[len(name) + 1 :]: u for n, u in units.items() if n.startswith(name + ".")})
        else:
            yield name, submitted(value)


def measured(name: str, array: pa.Array, unit: str) -> pa.Field:
    """A field of a schema with its unit of measurement beside it, so that 0.9228 reads back as 92.28 %."""
    import pyarrow as pa

    return pa.field(name, array.type, metadata={"unit": unit} if unit else None)


def _validity(column: Column) -> Any:
    import pyarrow as pa

    return None if column.why is None else pa.py_buffer(np.packbits(~column.masked, bitorder="little"))
