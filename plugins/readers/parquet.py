"""Submissions as Parquet: typed columns, taken as they are; needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scorekit.plugin import InputError, Problem, RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .narrow_floats import widened

ROWS = 64_000


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
            yield from _tables(parquet.ParquetFile(file.path), file)
            pyarrow.default_memory_pool().release_unused()  # what was needed to decode; what comes next needs it more
        except (pyarrow.ArrowException, OSError, ValueError):
            problem = Problem("error", T("the file is no valid Parquet"), T("have it written again"), file=file.name)
            yield RawTable({}, (file.name,), (), (), problems=(problem,))


def _tables(source: Any, file: SourceFile) -> Iterator[RawTable]:
    import pyarrow

    start = 1
    for batch in source.iter_batches(batch_size=ROWS):
        whole = pyarrow.Table.from_batches([batch])
        while any(pyarrow.types.is_struct(f.type) for f in whole.schema):
            whole = whole.flatten()
        columns = {f.name: _cells(whole.column(i)) for i, f in enumerate(whole.schema)}
        size = whole.num_rows
        yield RawTable(columns, (file.name,), np.zeros(size, dtype=np.int32), np.arange(start, start + size))  # type: ignore[arg-type]
        start += size


def _cells(column: Any) -> Any:
    """A typed array (masked where there are nulls) for numbers, truths and dates; a list for the rest."""
    from pyarrow import types

    kind = column.type
    if types.is_timestamp(kind) and not _dates_only(column):
        return [None if v is None else v.isoformat(" ") for v in column.to_pylist()]
    if types.is_date(kind) or types.is_timestamp(kind):
        return _masked(column, column.cast("date32").cast("int32"), 0).astype("datetime64[D]")
    if types.is_boolean(kind):
        return _masked(column, column, False)
    if types.is_integer(kind):
        return _masked(column, column, 0)
    if types.is_float64(kind):
        return _masked(column, column, 0.0)
    if types.is_floating(kind):
        narrow = _masked(column, column, 0.0)
        wide = widened(np.ma.getdata(narrow))
        return np.ma.MaskedArray(wide, mask=narrow.mask) if column.null_count else wide
    if types.is_dictionary(kind):
        return column.cast(kind.value_type).to_pylist()
    return column.to_pylist()


def _masked(column: Any, values: Any, filler: Any) -> Any:
    if not column.null_count:
        return values.to_numpy()
    return np.ma.MaskedArray(values.fill_null(filler).to_numpy(), mask=column.is_null().to_numpy())


def _dates_only(column: Any) -> bool:
    """Whether no time stamp has a time of day."""
    days = column.cast("date32", safe=False).cast(column.type)
    return column.null_count == len(column) or bool((days.drop_null().to_numpy() == column.drop_null().to_numpy()).all())


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of Parquet files."""
    return [Reader("parquet", (".parquet",), read, "Typed columns, one unit a row")]
