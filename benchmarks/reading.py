"""Reading and checking many units: scorekit's readers and validation beside the fastest programs, format by format, in one run.

``python -m benchmarks.reading [UNITS] [FILES] [SEED] [FORMAT …]``: UNITS rows of 104 columns as Parquet, CSV and NDJSON, and FILES
files of one JSON object each. Every program reads all values and makes the same checks: whole numbers, bounds, categories, truths,
names that are there; of JSON files all errors with their paths. What each read is compared value by value.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import workload
from benchmarks.measure import FASTEST, Absent, Row, needed, paired, rows
from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.domain.column import Column
from scorekit.domain.marks import Panel
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Problem, Submissions
from scorekit.loading.rubrics import load_rubric
from scorekit.loading.submissions import submitted
from scorekit.stages.validate import validate

UNITS, FILES, ROUNDS = 1_000_000, 10_000, 3
TINY = 1e-4
"""Shares below are written as 0 here."""
GOALS = {"parquet": 1.3, "csv": 1.3, "ndjson": 1.5, "json": 1.5}
TENTH_DECIMAL = 0.500001e-10
Units = tuple[list[Submissions], list[Problem]]


def ours(path: Path, plan: Plan, catalogue: Catalogue) -> Units:
    """All units under *path* as typed columns, and all problems."""
    found, problems = [], []
    for table in submitted(path, catalogue, plan):
        units, own = validate(plan, table)
        found.append(units)
        problems.extend(own)
    return found, problems


# ---------------------------------------------------------------- data


def frame(units: int, seed: int) -> Any:
    """The submissions as a polars frame; what cannot be known is null."""
    import polars as pl

    data = workload.columns(units, seed)
    columns = {}
    for name, values in data.items():
        if name == "category":
            columns[name] = pl.Series(np.array(workload.CATEGORIES, dtype=object)[values].tolist())
        elif values.dtype == np.int8:
            columns[name] = pl.Series(values == 1).set(pl.Series(values == -1), None)
        else:
            # A text such as 4e-7 is refused on purpose: it is what spreadsheets make of long numbers of another kind.
            columns[name] = pl.Series(np.where(values < TINY, 0, values).astype(values.dtype) if values.dtype.kind == "f" else values)
    return pl.DataFrame(columns)


def nested(table: Any) -> Any:
    """Dotted columns as objects, the marks of a panel by rater."""
    import polars as pl

    sections: dict[str, dict[str, list[str]]] = {}
    for name in table.columns:
        head, _, rest = name.partition(".")
        sections.setdefault(head, {}).setdefault(rest.partition("@")[0], []).append(name)
    chosen = []
    for head, inner in sections.items():
        if "" in inner:
            chosen.append(pl.col(head))
            continue
        panels = [
            pl.struct([pl.col(n).alias(n.partition("@")[2]) for n in names]).alias(item)
            if "@" in names[0]
            else pl.col(names[0]).alias(item)
            for item, names in inner.items()
        ]
        chosen.append(pl.struct(panels).alias(head))
    return table.select(chosen)


def written(folder: Path, units: int, files: int, seed: int) -> dict[str, Path]:
    """The data in each format."""
    table = frame(units, seed)
    paths = {name: folder / f"units.{name}" for name in ("parquet", "csv", "ndjson")}
    table.write_parquet(paths["parquet"], row_group_size=100_000)
    table.write_csv(paths["csv"])
    nested(table).write_ndjson(paths["ndjson"])
    paths["json"] = folder / "json"
    paths["json"].mkdir()
    for place, line in enumerate(nested(table.head(files)).write_ndjson().splitlines()):
        known = {k: {n: v for n, v in i.items() if v is not None} if isinstance(i, dict) else i for k, i in json.loads(line).items()}
        (paths["json"] / f"{place:05d}.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return paths


# ---------------------------------------------------------------- peers


def checked(table: Any) -> Any:
    """A polars frame, and how often each check of the rubric fails in it."""
    import polars as pl

    checks = [pl.col("unit").null_count(), (~pl.col("category").is_in(list(workload.CATEGORIES))).sum()]
    for name, kind in table.schema.items():
        if name.startswith("rates."):
            checks.append((pl.col(name) < 0).sum().alias(f"{name} below 0"))
        if kind.is_float():
            checks.append((pl.col(name).is_nan() | pl.col(name).is_infinite()).sum().alias(f"{name} no number"))
    faults = table.select(checks)
    assert sum(faults.row(0)) == 0
    return table


def flat(table: Any) -> Any:
    """Objects as dotted columns again."""
    import polars as pl

    while any(isinstance(kind, pl.Struct) for kind in table.schema.values()):
        for name, kind in list(table.schema.items()):
            if isinstance(kind, pl.Struct):
                sign = "@" if name.startswith("judged.") else "."
                table = table.with_columns(table[name].struct.rename_fields([f"{name}{sign}{f.name}" for f in kind.fields])).unnest(name)
    return table


def peers(form: str, path: Path, document: Any) -> dict[str, Callable[[], Any]]:
    """The programs of others for a format."""
    if form == "json":
        return {"orjson + jsonschema-rs": lambda: _objects(path, document)}
    return {
        "polars": lambda: checked(_polars(form, path)),
        "DuckDB": lambda: checked(_duckdb(form, path)),
        "pyarrow": lambda: checked(_pyarrow(form, path)),
    }


def _polars(form: str, path: Path) -> Any:
    needed("polars")
    import polars as pl

    return {"parquet": pl.read_parquet, "csv": pl.read_csv, "ndjson": lambda p: flat(pl.read_ndjson(p))}[form](path)


def _duckdb(form: str, path: Path) -> Any:
    needed("duckdb", "polars")
    import duckdb
    import polars as pl

    call = {"parquet": "read_parquet('{}')", "csv": "read_csv('{}')", "ndjson": "read_json('{}', format='newline_delimited')"}[form]
    with duckdb.connect(config={"threads": 2}) as connection:
        return flat(pl.from_arrow(connection.sql(f"select * from {call.format(path)}").to_arrow_table()))


def _pyarrow(form: str, path: Path) -> Any:
    needed("pyarrow", "polars")
    import polars as pl
    import pyarrow.csv
    import pyarrow.json
    import pyarrow.parquet

    read = {
        "parquet": pyarrow.parquet.read_table,
        "csv": pyarrow.csv.read_csv,
        "ndjson": lambda p: pyarrow.json.read_json(p, read_options=pyarrow.json.ReadOptions(block_size=2**23)),
    }[form]
    return flat(pl.from_arrow(read(path)))


def _objects(folder: Path, document: Any) -> list[Any]:
    needed("orjson", "jsonschema_rs")
    import jsonschema_rs
    import orjson

    judge = jsonschema_rs.validator_for(document)
    found = []
    for file in sorted(folder.iterdir()):
        unit = orjson.loads(file.read_bytes())
        found.append((unit, [(list(e.instance_path), e.message) for e in judge.iter_errors(unit)]))
    return found


# ---------------------------------------------------------------- equal values


def values(units: list[Submissions]) -> dict[str, Any]:
    """What scorekit read, by dotted name, in the order of the units' numbers; NaN where a value is missing."""
    parts: dict[str, list[Any]] = {}
    for own in units:
        for path, value in own.columns.items():
            marks = zip(value.raters, value.marks, strict=True) if isinstance(value, Panel) else [("", value)]
            for rater, column in marks:
                parts.setdefault(f"{path}@{rater}" if rater else path, []).append(_plain(column))
    found = {name: np.concatenate(columns) for name, columns in parts.items()}
    order = np.argsort(found["unit"])
    return {name: column[order] for name, column in found.items()}


def _plain(column: Column) -> Any:
    if column.kind == "text":
        return np.array(list(column.values), dtype=object)
    numbers = column.values.astype(np.float64) if column.kind == "truth" else column.values.doubles()
    return np.where(column.masked, np.nan, numbers)


def differing(mine: dict[str, Any], other: Any) -> list[str]:
    """The columns in which a program read something else: a polars frame, or the objects of files."""
    import polars as pl

    if isinstance(other, list):
        other = flat(pl.from_dicts([unit for unit, _ in other], infer_schema_length=None))
    other = other.sort("unit")
    found = []
    for name, column in mine.items():
        theirs = other[name]
        if column.dtype == object:
            same = column.tolist() == theirs.to_list()
        else:
            wide = theirs.cast(pl.String).cast(pl.Float64) if str(theirs.dtype) == "Float32" else theirs.cast(pl.Float64)
            near = np.abs(column - wide.fill_null(np.nan).to_numpy())  # floats of a typed file are taken at 10 decimals
            same = bool(((near <= TENTH_DECIMAL) | (np.isnan(column) & wide.is_null().to_numpy())).all())
        found += [] if same else [name]
    return found


# ---------------------------------------------------------------- the run


def compared(form: str, path: Path, plan: Plan, catalogue: Catalogue, rounds: int) -> list[Row]:
    """The rows of one format."""
    runs: dict[str, Callable[[], Any]] = {"scorekit": lambda: ours(path, plan, catalogue), **peers(form, path, plan.rubric.document)}
    times = paired(runs, rounds, warm=True)
    units, problems = times["scorekit"].found
    assert not [p for p in problems if p.severity == "error"], problems[:3]
    mine = values(units)
    notes = {"scorekit": f"{len(mine['unit'])} units, {len(problems)} remarks"}
    for name in runs:
        if name != "scorekit" and not times[name].fault:
            other = differing(mine, times[name].found)
            notes[name] = f"read otherwise: {other}" if other else "the same values"
    return rows(f"read and check {form}", times, FASTEST, {"scorekit": GOALS[form]}, notes)


def measured(seed: int = workload.SEED, quick: bool = False, units: int = 0, files: int = 0, forms: tuple[str, ...] = ()) -> list[Row]:
    """All formats, the units generated from *seed*; few of them where it shall be *quick*."""
    needed("polars")
    catalogue = discover(third_party=False)
    units, files = units or (20_000 if quick else UNITS), files or (1_000 if quick else FILES)
    found = []
    with tempfile.TemporaryDirectory() as name:
        plan = compile_plan(load_rubric(workload.write_rubric(Path(name) / "rubric.json", seed), catalogue), catalogue)
        for form, path in written(Path(name), units, files, seed).items():
            if not forms or form in forms:
                found += compared(form, path, plan, catalogue, 2 if quick else ROUNDS)
    return found


def main() -> None:
    """Measure in turn, and print the ratios."""
    numbers, forms = [int(a) for a in sys.argv[1:] if a.isdigit()], tuple(a for a in sys.argv[1:] if not a.isdigit())
    units, files, seed = (*numbers, *(0, 0, workload.SEED)[len(numbers) :])
    try:
        for row in measured(seed, units=units, files=files, forms=forms):
            print(row.line())
    except Absent as reason:
        print(reason)


if __name__ == "__main__":
    main()
