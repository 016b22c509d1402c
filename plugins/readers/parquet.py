"""Submissions as Parquet: typed columns, taken as they are; needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Coded, Decimals, InputError, Problem, RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .ahead import beforehand
from .narrow_floats import few_digits, widened

ROWS = 64_000
_SAMPLE, _FEW = 512, 64
"""Rows that are asked first whether a column has few different texts, and how many those may be."""
Marks = npt.NDArray[np.bool_]


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 64 000 rows each. Raises InputError where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        cure = T('install it: pip install "scorekit[parquet]"')
        raise InputError(T("reading Parquet needs the package pyarrow"), files[0].name, cure) from None
    for file in sorted(files, key=lambda f: f.name):
        try:
            source = parquet.ParquetFile(file.path, pre_buffer=False)  # else all that was read of the file stays in memory to its end
            tables = _tables(source, file)
            yield from beforehand(tables) if source.metadata.num_rows > ROWS else tables
            pyarrow.default_memory_pool().release_unused()  # what was needed to decode; what comes next needs it more
        except (pyarrow.ArrowException, OSError, ValueError):
            problem = Problem("error", T("the file is no valid Parquet"), T("have it written again"), file=file.name)
            yield RawTable({}, (file.name,), (), (), problems=(problem,))


def _tables(source: Any, file: SourceFile) -> Iterator[RawTable]:
    start = 1
    for batch in source.iter_batches(batch_size=ROWS):
        columns = {name: _cells(column) for name, column in _flat(batch)}
        size = batch.num_rows
        yield RawTable(columns, (file.name,), np.zeros(size, dtype=np.int32), np.arange(start, start + size))  # type: ignore[arg-type]
        start += size


def _flat(batch: Any) -> Iterator[tuple[str, Any]]:
    """The columns of a batch by name, structures as their parts with dotted names."""
    import pyarrow

    if not any(pyarrow.types.is_struct(f.type) for f in batch.schema):
        yield from zip(batch.schema.names, batch.columns, strict=True)
        return
    whole = pyarrow.Table.from_batches([batch])
    while any(pyarrow.types.is_struct(f.type) for f in whole.schema):
        whole = whole.flatten()
    yield from ((field.name, whole.column(place).combine_chunks()) for place, field in enumerate(whole.schema))


def _cells(column: Any) -> Any:
    """Numbers, truths and dates as they are (masked where there are nulls), few different texts as codes; a list for the rest."""
    from pyarrow import types

    kind = column.type
    if types.is_timestamp(kind) and not _dates_only(column):
        return [None if v is None else v.isoformat(" ") for v in column.to_pylist()]
    if types.is_date(kind) or types.is_timestamp(kind):
        return _masked(column.cast("date32").cast("int32")).astype("datetime64[D]")
    if types.is_floating(kind) and not types.is_float64(kind):
        return _narrow(column)
    if types.is_boolean(kind) or types.is_integer(kind) or types.is_float64(kind):
        return _masked(column)
    if types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind):
        return _texts(column)
    return column.to_pylist()


def _masked(column: Any) -> Any:
    """The values as an array, zero and masked where there is none."""
    found = _values(column)
    if not column.null_count:
        return found
    there = _bits(column, 0)
    return np.ma.MaskedArray(np.where(there, found, found.dtype.type(0)), mask=~there)


def _values(column: Any) -> npt.NDArray[Any]:
    """What stands in the memory of a column of truths or numbers, whatever is there where it has no value."""
    from pyarrow import types

    if types.is_boolean(column.type):
        return _bits(column, 1)
    kind = np.dtype(column.type.to_pandas_dtype())
    return np.frombuffer(column.buffers()[1], kind, len(column), column.offset * kind.itemsize)


def _bits(column: Any, place: int) -> Marks:
    """A buffer of bits (0: where there are values; 1: truths), one a row."""
    first, last = column.offset, column.offset + len(column)
    packed = np.frombuffer(column.buffers()[place], np.uint8)[first // 8 : (last + 7) // 8]
    return np.unpackbits(packed, count=last - first // 8 * 8, bitorder="little")[first % 8 :].view(bool)


def _narrow(column: Any) -> Any:
    """Floats of fewer than 64 bits as the decimals that they show."""
    found = _masked(column)
    narrow, mask = np.ma.getdata(found), found.mask if column.null_count else None
    few = few_digits(narrow)
    if few is not None:
        return Decimals(*few, mask)
    wide = widened(narrow)
    return wide if mask is None else np.ma.MaskedArray(wide, mask=mask)


def _texts(column: Any) -> Any:
    """Texts: as codes where there are few different ones, else as a list."""
    from pyarrow import types

    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if len(column.slice(0, _SAMPLE).unique()) <= _FEW:
        coded = column.dictionary_encode("encode")
        if len(coded.dictionary) <= _FEW:
            return Coded(_masked(coded.indices), coded.dictionary.to_pylist())
    if column.null_count or not (types.is_string(column.type) or types.is_large_string(column.type)):
        return column.to_pylist()
    _, offsets, data = column.buffers()
    width = np.dtype(np.int64 if types.is_large_string(column.type) else np.int32)
    bounds = np.frombuffer(offsets, width, len(column) + 1, column.offset * width.itemsize)
    raw = memoryview(data or b"")[bounds[0] : bounds[-1]]
    text, bounds = str(raw, "utf-8"), bounds - bounds[0]
    if len(text) < len(raw):
        heads = (np.frombuffer(raw, np.uint8) & 0xC0) != 0x80
        bounds = np.concatenate([[0], np.cumsum(heads)])[bounds]
    return [text[a:b] for a, b in pairwise(bounds.tolist())]


def _dates_only(column: Any) -> bool:
    """Whether no time stamp has a time of day."""
    days = column.cast("date32", safe=False).cast(column.type)
    return column.null_count == len(column) or bool((days.drop_null().to_numpy() == column.drop_null().to_numpy()).all())


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of Parquet files."""
    return [Reader("parquet", (".parquet",), read, "Typed columns, one unit a row")]
