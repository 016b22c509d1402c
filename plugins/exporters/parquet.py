"""The result as Parquet files: standings and problems as in CSV, scores and inputs wide, one row a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from scorekit.plugin import (
    Addresses,
    Column,
    Exporter,
    FieldSpec,
    Outcome,
    OutputError,
    Panel,
    Reason,
    Records,
    T,
    Why,
    applying_reasons,
    compared,
    declared_digits,
    declared_figures,
    full_marks,
    hookimpl,
    listed_rows,
    passing,
    problem_table,
    reasons_page,
    score_lines,
    standing_figures,
    submitted_fields,
    unit_tracks,
)

from .arrow_columns import Cells, Figures, Listed, Look, Ready, encoding, measured, plain, readable, submitted, texts, typed, worded
from .arrow_sentences import joined
from .comparison import comparison_block
from .tables import PROBLEMS, STANDINGS
from .wording import between, value_texts

ROW_GROUP = 64_000
"""Rows of a row group: those of a batch, so that each of its columns is read once, and nothing is put together."""
TOGETHER = 2
"""Tables that are written at a time; each has one row group in memory."""
OWN = ("unit", "file", "sheet", "row")
"""The columns of inputs that are no fields; a field of such a name is written as ``field:<name>``."""
Arrays = Iterator[tuple[str, Cells, str]]
"""Columns as (name, cells, unit of measurement)."""


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write the tables into *folder*, the comparison where there is one. Raises OutputError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401 - only whether it is there
    except ImportError:
        cure = T('install it with: pip install "scorekit[parquet]", or use --format csv')
        raise OutputError(T("reading and writing Parquet needs the package pyarrow"), "--format parquet", cure) from None
    from concurrent.futures import ThreadPoolExecutor

    made = {"scores.parquet": scores, "inputs.parquet": inputs, "standings.parquet": standings, "problems.parquet": problems}
    found = compared(outcome)
    if found is not None:
        made["comparison.parquet"] = lambda outcome: Table(len(found), partial(comparison_block, found))
    with ThreadPoolExecutor(TOGETHER) as pool:  # encoding and compressing let other threads run
        list(pool.map(lambda name: write_table(made[name](outcome), folder / name), made))
    return sorted(made)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written: how many rows it has, and the columns of the rows from one to before another."""

    size: int
    block: Callable[[int, int], Arrays]


def write_table(table: Table, path: Path) -> None:
    """Write *table* row group by row group, no more than one in memory; where later rows need more room than the first, once more."""
    looks: dict[str, Look] = {}
    while not _written(table, path, looks):
        for start in range(0, table.size, ROW_GROUP):
            _add(looks, table.block(start, min(start + ROW_GROUP, table.size)))


def _add(looks: dict[str, Look], found: Iterable[tuple[str, Cells, str]]) -> None:
    """Make room for what was found."""
    for name, cells, _ in found:
        looks[name] = looks[name].with_others(cells.look()) if name in looks else cells.look()


def _written(table: Table, path: Path, looks: dict[str, Look]) -> bool:
    """Whether all rows could be written in the types of *looks*, or else of the first rows."""
    import pyarrow as pa
    from pyarrow import parquet

    writer, schema = None, None
    try:
        for start in range(0, max(table.size, 1), ROW_GROUP):
            arrays, fields = [], []
            for name, cells, unit in table.block(start, min(start + ROW_GROUP, table.size)):  # one by one: only arrays are held
                _add(looks, [(name, cells, unit)])
                arrays.append(cells.array(looks[name]))
                fields.append(measured(name, arrays[-1].type, unit))
            now = pa.schema(fields)
            if writer is None:
                schema = now
                writer = parquet.ParquetWriter(
                    path,
                    now,
                    compression="zstd",
                    compression_level=1,
                    use_dictionary=[f.name for f in now if pa.types.is_dictionary(f.type)],
                    column_encoding={f.name: way for f in now if (way := encoding(f.type)) is not None},
                    write_statistics=[f.name for f in now if worded(f.type)],  # by them a unit is found
                    store_decimal_as_integer=True,
                    store_schema=False,
                    max_rows_per_page=ROW_GROUP,
                )
                writer.add_key_value_metadata(readable(now))
            elif now != schema:
                return False
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=ROW_GROUP)
    finally:
        if writer is not None:
            writer.close()
    return True


def standings(outcome: Outcome) -> Table:
    """One row a unit, sorted as in CSV; a unit without a rank has NULL."""
    listed, figures, more, digits = listed_rows(outcome), standing_figures(outcome), declared_figures(outcome), declared_digits(outcome)

    def block(start: int, stop: int) -> Arrays:
        import pyarrow as pa

        found, rows = outcome.standings, listed[start:stop]
        columns: dict[str, Cells] = {n: Figures(c.take(rows), d) for n, (c, d) in figures.items()}
        columns["rank"] = Ready(plain(found.rank[rows].astype(np.int64), found.rank[rows] == 0))
        for name, said in (
            ("unit", found.unit),
            ("category", found.category),
            ("level", found.level),
            ("award", found.award),
            ("status", found.status),
        ):
            columns[name] = Ready(texts(said.take(rows), blank=name != "unit"))
        columns["reasons"] = Ready(joined(reasons_page(found.because, rows, outcome.lang), between(outcome)))
        empty = Ready(pa.nulls(len(rows), pa.string()))
        sections = [n for n in figures if n.startswith("section:")]
        yield from ((n, columns.get(n, empty), "") for n in (*STANDINGS, *sections))
        for name, column in more.items():
            taken = column.take(rows)
            yield name, Figures(taken, digits[name]) if name in digits else Ready(typed(taken)), ""

    return Table(len(listed), block)


def scores(outcome: Outcome) -> Table:
    """One row a unit in the order of the submissions: points, reason code and value of each line, wide.

    Full marks stand in the run record; a line whose full marks differ from unit to unit has a column of them.
    """
    follows, lines = unit_tracks(outcome), score_lines(outcome)
    differing = {line.id for line in lines if line.id in outcome.sheet.full and None in full_marks(outcome, line, follows)}

    def block(start: int, stop: int) -> Arrays:
        rows = slice(start, stop)
        sheet = outcome.sheet.take(rows)
        yield "unit", Ready(texts(outcome.standings.unit[rows])), ""
        yield "category", Ready(texts(outcome.standings.category[rows], blank=True)), ""
        for line in lines:
            codes = applying_reasons(line, passing(sheet.reasons, line.id), follows[rows])
            if line.id in sheet.points:
                yield f"points:{line.id}", Figures(_apart(passing(sheet.points, line.id).spread(sheet.size), codes), line.decimals), ""
            yield f"reason:{line.id}", Ready(plain(codes)), ""
            if line.id in sheet.values:
                yield _value(f"value:{line.id}", passing(sheet.values, line.id), sheet.size)
            if line.id in differing:
                yield f"full:{line.id}", submitted(passing(sheet.full, line.id).spread(sheet.size)), ""

    return Table(outcome.sheet.size, block)


def problems(outcome: Outcome) -> Table:
    """One row a problem, as in CSV."""
    table = problem_table(outcome.problems, outcome.lang)

    def block(start: int, stop: int) -> Arrays:
        for name, column in zip(PROBLEMS, table.take(slice(start, stop)), strict=True):
            yield name, Ready(texts(column, blank=name not in ("severity", "message", "cure"))), ""

    return Table(len(outcome.problems), block)


def inputs(outcome: Outcome) -> Table:
    """One row a unit in the order of the submissions: where it stands, then its fields as they were read."""
    raw: dict[str, dict[int, str]] = {}
    for (row, path), text in outcome.submissions.raw.items():
        raw.setdefault(path, {})[row] = text

    def block(start: int, stop: int) -> Arrays:
        rows = slice(start, stop)
        addresses = Addresses(outcome.submissions, np.arange(start, stop))
        yield "unit", Ready(texts(outcome.submissions.unit[rows])), ""
        yield "file", Ready(texts(addresses.file)), ""
        yield "sheet", Ready(texts(addresses.sheet, blank=True)), ""
        yield "row", Ready(plain(addresses.numbers.astype(np.int64))), ""
        some = replace(outcome, submissions=replace(outcome.submissions, raw={}).take(rows))
        for spec, value in submitted_fields(some):
            yield from _field(spec, value)
        for path in sorted(raw):
            yield f"raw:{path}", Ready(texts([raw[path].get(i, "") for i in range(start, stop)], blank=True)), ""

    return Table(len(outcome.submissions), block)


def _field(spec: FieldSpec, value: Column | Panel | Records) -> Arrays:
    """A field's columns: one, or one for each rater."""
    if isinstance(value, Panel):
        for rater, marks in zip(value.raters, value.marks, strict=True):
            yield f"{spec.path}@{rater}", submitted(marks), _unit(spec)
    elif isinstance(value, Records):
        items = [*spec.items, *(inner for f in spec.items for inner in f.items)]
        yield spec.path, Listed(value, {f.path[len(spec.path) + 1 :]: _unit(f) for f in items}), ""
    else:
        yield f"field:{spec.path}" if spec.path in OWN else spec.path, submitted(value), _unit(spec)


def _unit(spec: FieldSpec) -> str:
    return "percent" if spec.percentage else spec.unit


def _value(name: str, value: Column | Panel | Records, size: int) -> tuple[str, Cells, str]:
    """What a line was given: a panel's marks as text, of records how many."""
    if isinstance(value, Panel):
        return name, Ready(texts(value_texts(value, np.arange(size)), blank=True)), ""
    if isinstance(value, Records):
        return name, submitted(value.count()), ""
    return name, Ready(typed(value.spread(size))), "percent" if value.unit in ("percent", "fraction") else value.unit or ""


def _apart(points: Column, codes: np.ndarray) -> Column:
    """Points, NULL where the line is no part of the unit's standard."""
    out = codes == Reason.NOT_PART
    return points.masked_where(out, Why.NOT_PART) if out.any() else points


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the Parquet exporter."""
    return [Exporter("parquet", ("parquet",), write, "standings, scores, problems and inputs as Parquet")]
