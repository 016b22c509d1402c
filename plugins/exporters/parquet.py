"""The result as Parquet files: standings and problems as in CSV, scores and inputs wide, one row a unit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    declared_digits,
    declared_figures,
    full_marks,
    hookimpl,
    line_reasons,
    listed_rows,
    score_lines,
    standing_figures,
    submitted_fields,
    unit_tracks,
)

from .arrow_columns import decimals, listed, measured, submitted, texts, typed
from .tables import PROBLEMS, STANDINGS
from .wording import reasons_texts, value_texts, worded_problems

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 1 << 17
OWN = ("unit", "file", "sheet", "row")
"""The columns of inputs that are no fields; a field of such a name is written as ``field:<name>``."""
Arrays = Iterator[tuple[str, "pa.Array", str]]
"""Columns as (name, array, unit of measurement)."""


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write the four tables into *folder*. Raises OutputError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        cure = T('install it with: pip install "scorekit[parquet]", or use --format csv')
        raise OutputError(T("reading and writing Parquet needs the package pyarrow"), "--format parquet", cure) from None
    made = {"standings.parquet": standings, "scores.parquet": scores, "problems.parquet": problems, "inputs.parquet": inputs}
    for name, columns in made.items():
        found = list(columns(outcome))
        schema = pa.schema([measured(n, a, unit) for n, a, unit in found])
        table = pa.Table.from_arrays([a for _, a, _ in found], schema=schema)
        parquet.write_table(table, folder / name, row_group_size=ROW_GROUP, compression="zstd", compression_level=1)
    return list(made)


def standings(outcome: Outcome) -> Arrays:
    """One row a unit, sorted as in CSV; a unit without a rank has NULL."""
    import pyarrow as pa

    found, rows = outcome.standings, listed_rows(outcome)
    figures = standing_figures(outcome)
    columns: dict[str, Any] = {n: decimals(c.take(rows), d) for n, (c, d) in figures.items()}
    columns["rank"] = pa.array(found.rank[rows], pa.int64(), mask=found.rank[rows] == 0)
    for name, said in (
        ("unit", found.unit),
        ("category", found.category),
        ("level", found.level),
        ("award", found.award),
        ("status", found.status),
    ):
        columns[name] = texts(said.take(rows), blank=name != "unit")
    columns["reasons"] = texts(reasons_texts(outcome, rows), blank=True)
    empty = pa.nulls(len(rows), pa.string())
    sections = [n for n in figures if n.startswith("section:")]
    yield from ((n, columns.get(n, empty), "") for n in (*STANDINGS, *sections))
    digits = declared_digits(outcome)
    for name, column in declared_figures(outcome).items():
        taken = column.take(rows)
        yield name, decimals(taken, digits[name]) if name in digits else typed(taken), ""


def scores(outcome: Outcome) -> Arrays:
    """One row a unit in the order of the submissions: points, reason code and value of each line, wide.

    Full marks stand in the run record; a line whose full marks differ from unit to unit has a column of them.
    """
    import pyarrow as pa

    sheet, follows = outcome.sheet, unit_tracks(outcome)
    yield "unit", texts(outcome.standings.unit), ""
    yield "category", texts(outcome.standings.category, blank=True), ""
    for line in score_lines(outcome):
        codes = line_reasons(outcome, line, follows)
        if line.id in sheet.points:
            yield f"points:{line.id}", decimals(_apart(sheet.points[line.id], codes), line.decimals), ""
        yield f"reason:{line.id}", pa.array(codes, pa.uint8()), ""
        if line.id in sheet.values:
            yield _value(f"value:{line.id}", sheet.values[line.id], sheet.size)
        if line.id in sheet.full and None in full_marks(outcome, line, follows):
            yield f"full:{line.id}", submitted(sheet.full[line.id].spread(sheet.size)), ""


def problems(outcome: Outcome) -> Arrays:
    """One row a problem, as in CSV."""
    columns = list(zip(*worded_problems(outcome), strict=True)) or [()] * len(PROBLEMS)
    yield from ((n, texts(c, blank=n not in ("severity", "message", "cure")), "") for n, c in zip(PROBLEMS, columns, strict=True))


def inputs(outcome: Outcome) -> Arrays:
    """One row a unit in the order of the submissions: where it stands, then its fields as they were read."""
    import pyarrow as pa

    submissions = outcome.submissions
    addresses = Addresses(submissions, np.arange(len(submissions)))
    yield "unit", texts(submissions.unit), ""
    yield "file", texts(addresses.file), ""
    yield "sheet", texts(addresses.sheet, blank=True), ""
    yield "row", pa.array(addresses.number, pa.int64()), ""
    raw: dict[str, dict[int, str]] = {}
    for (row, path), text in submissions.raw.items():
        raw.setdefault(path, {})[row] = text
    for spec, value in submitted_fields(outcome):
        yield from _field(spec, value)
    for path in sorted(raw):
        yield f"raw:{path}", texts([raw[path].get(i, "") for i in range(len(submissions))], blank=True), ""


def _field(spec: FieldSpec, value: Column | Panel | Records) -> Arrays:
    """A field's columns: one, or one for each rater."""
    if isinstance(value, Panel):
        for rater, marks in zip(value.raters, value.marks, strict=True):
            yield f"{spec.path}@{rater}", submitted(marks), _unit(spec)
    elif isinstance(value, Records):
        items = [*spec.items, *(inner for f in spec.items for inner in f.items)]
        yield spec.path, listed(value, {f.path[len(spec.path) + 1 :]: _unit(f) for f in items}), ""
    else:
        yield f"field:{spec.path}" if spec.path in OWN else spec.path, submitted(value), _unit(spec)


def _unit(spec: FieldSpec) -> str:
    return "percent" if spec.percentage else spec.unit


def _value(name: str, value: Column | Panel | Records, size: int) -> tuple[str, pa.Array, str]:
    """What a line was given: a panel's marks as text, of records how many."""
    if isinstance(value, Panel):
        return name, texts(value_texts(value, np.arange(size)), blank=True), ""
    if isinstance(value, Records):
        return name, submitted(value.count()), ""
    return name, typed(value.spread(size)), "percent" if value.unit in ("percent", "fraction") else value.unit or ""


def _apart(points: Column, codes: np.ndarray) -> Column:
    """Points, NULL where the line is no part of the unit's standard."""
    out = codes == Reason.NOT_PART
    return points.masked_where(out, Why.NOT_PART) if out.any() else points


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the Parquet exporter."""
    return [Exporter("parquet", ("parquet",), write, "standings, scores, problems and inputs as Parquet")]
