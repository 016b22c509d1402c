"""Scoring and ranking in memory, beside programs written by hand for the one rubric: ``python -m benchmarks.in_memory [UNITS] [SEED]``.

All give points and a reason for every cell, values, totals, levels and ranks; each is checked against the exact figures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import exact, ours, reference, scoring, workload
from benchmarks.measure import Row, Times, needed, paired, ready, rows
from benchmarks.peers import Arrays, arrays, duckdb_sql, pandas_columns, polars_expressions

WORK = "scoring and rank in memory"
NUMPY = "numpy in blocks"
GOALS = {"scorekit, 1 thread": 1.5, "scorekit, 2 threads": 1.5}

Checks = Mapping[str, Callable[[Any], Arrays]]


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each program, with what its figures differ in."""
    size = size or (50_000 if quick else 1_000_000)
    data, chosen = workload.columns(size, seed), workload.parameters(seed)
    plan = ours.plan_of(seed)
    parts = scoring.batches(plan, data)
    runs = {
        NUMPY: lambda: reference.score(data, chosen),
        "scorekit, 1 thread": lambda: scoring.scored(plan, parts),
        "scorekit, 2 threads": lambda: scoring.scored(plan, parts, 2),
        "polars expressions": ready(lambda: polars(data, chosen)),
        "pandas column by column": ready(lambda: pandas(data, chosen)),
        "DuckDB": ready(lambda: duckdb(data, chosen)),
    }
    times = paired(runs, 3 if quick else 5, budget=60, seldom=["pandas column by column", "DuckDB"] if not quick else [])
    return rows(f"{WORK}, {size:,} x 60", times, NUMPY, GOALS, differences(times, data, chosen))


def differences(times: Mapping[str, Times], data: Arrays, chosen: dict[str, list[int]]) -> dict[str, str]:
    """By program, how its figures differ from the exact ones, and the first cells."""
    right, found = exact.score(data, chosen), {}
    for name, own in times.items():
        if not own.fault and own.found is not None:
            told = exact.compare(_arrays(name, own.found), right, data, chosen)
            found[name] = "; ".join((str(told), *told.cells[:2]))
            own.found = None
    return found


def _arrays(name: str, found: Any) -> Arrays:
    if name.startswith("scorekit"):
        return ours.in_memory(*found)
    if name == NUMPY:
        return dict(found)
    if name == "DuckDB":
        found = found.sort_by("unit")
    return arrays(lambda column: found[column].to_numpy())


def polars(data: Arrays, chosen: dict[str, list[int]]) -> Callable[[], Any]:
    """The plan of polars over a frame in memory."""
    needed("polars", "pyarrow")
    import polars as pl

    frame: Any = pl.from_arrow(workload.table(data))
    return lambda: polars_expressions.score(frame.lazy(), chosen).collect()


def pandas(data: Arrays, chosen: dict[str, list[int]]) -> Callable[[], Any]:
    """The columns of pandas over a frame in memory."""
    import pandas as pd

    frame = pd.DataFrame(data, copy=False)
    return lambda: pandas_columns.score(frame, chosen)


def duckdb(data: Arrays, chosen: dict[str, list[int]]) -> Callable[[], Any]:
    """The query of DuckDB over a table in memory, in whatever order of rows."""
    needed("duckdb", "pyarrow")
    import duckdb as db

    connection = db.connect()
    connection.register("given", workload.table(data))
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("CREATE TABLE units AS SELECT * FROM given")
    query = duckdb_sql.query("units", chosen)
    return lambda: connection.sql(query).to_arrow_table()


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
