"""Whole programs by hand, Parquet in and Parquet out: ``python -m benchmarks.peers.wholes NAME SOURCE FOLDER SEED SEATS``.

Each writes points, reasons and values of every cell, totals, levels, ranks and who is within the seats: in one file, or the ranks and
seats in a second one where they are known only after the first was written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import reference, workload
from benchmarks.peers import LINES, VALUES, VETOES, Arrays, arrays, duckdb_sql, pandas_columns, polars_expressions

ROWS = 131_072
WRITTEN: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "use_dictionary": False}
Chosen = dict[str, list[int]]
Keys = tuple[Any, Any, Any, Any]
"""Unit, category, key and level: all that ranking needs."""


def polars(source: Path, folder: Path, chosen: Chosen, seats: int) -> None:
    """One pass of polars, streamed where it can."""
    import polars as pl

    plan = polars_expressions.score(pl.scan_parquet(source), chosen, seats)
    plan.sink_parquet(folder / "scores.parquet", compression="zstd", compression_level=1, engine="streaming")


def duckdb(source: Path, folder: Path, chosen: Chosen, seats: int) -> None:
    """One query of DuckDB, copied to a file in whatever order of rows."""
    import duckdb as db

    connection = db.connect(config={"temp_directory": str(folder / "spilt"), "memory_limit": "8GB"})
    connection.execute("SET preserve_insertion_order = false")
    written = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROWS}"
    connection.execute(f"COPY ({duckdb_sql.query(repr(str(source)), chosen, seats)}) TO '{folder / 'scores.parquet'}' ({written})")


def numpy(source: Path, folder: Path, chosen: Chosen, seats: int) -> None:
    """Batches of pyarrow through the program in numpy."""
    _in_batches(source, folder, seats, lambda given: _by_numpy(given, chosen))


def pandas(source: Path, folder: Path, chosen: Chosen, seats: int) -> None:
    """Batches of pyarrow as frames of pandas."""
    _in_batches(source, folder, seats, lambda given: _by_pandas(given, chosen))


def dask(source: Path, folder: Path, chosen: Chosen, seats: int) -> None:
    """Two workers of Dask with the columns of pandas, partition by partition; the ranks afterwards."""
    import dask.dataframe as dd
    import pandas as pd
    from dask.distributed import Client, LocalCluster
    from pyarrow import dataset

    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, Client(cluster):
        frame = dd.read_parquet(str(source), split_row_groups=2)
        meta = _frame_scored(pd.DataFrame(workload.columns(3)).assign(category="企业"), chosen).iloc[:0]
        scored = frame.map_partitions(_frame_scored, chosen, meta=meta)
        scored.to_parquet(str(folder / "scores"), write_index=False, **WRITTEN)
    table = dataset.dataset(folder / "scores").to_table(columns=["unit", "category", "key", "level"])
    codes = table["category"].cast("string").combine_chunks().dictionary_encode().indices.to_numpy()
    _write_ranks(folder, seats, table["unit"].to_numpy(), codes, table["key"].to_numpy(), table["level"].to_numpy())


PROGRAMS = {"polars": polars, "duckdb": duckdb, "numpy": numpy, "pandas": pandas, "dask": dask}


def _frame_scored(frame: Any, chosen: Chosen) -> Any:
    """A partition of a file: truths with blanks become numbers as in the workload."""
    import pandas as pd

    truths = [name for name in frame.columns if name.startswith("basic.") or name in VETOES]
    numbers = {name: frame[name].fillna(-1).astype("int8") for name in truths}
    scored = pandas_columns.score(frame.assign(**numbers), chosen, ranked=False)
    return scored.assign(category=pd.Series(frame["category"], dtype="string"))


def _in_batches(source: Path, folder: Path, seats: int, work: Any) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    writer, keys = None, []
    for given in _columns(source):
        columns, own = work(given)
        table = pa.table(columns)
        writer = writer or parquet.ParquetWriter(folder / "scores.parquet", table.schema, **WRITTEN)
        writer.write_table(table)
        keys.append(own)
    assert writer is not None
    writer.close()
    _write_ranks(folder, seats, *(np.concatenate(part) for part in zip(*keys, strict=True)))


def _columns(source: Path) -> Iterator[Arrays]:
    """Batches of a file as the columns of the workload."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    words = pa.array(workload.CATEGORIES)
    for batch in parquet.ParquetFile(source).iter_batches(ROWS):
        found: Arrays = {}
        for name, values in zip(batch.schema.names, batch.columns, strict=True):
            if name == "category":
                found[name] = pc.index_in(values.cast("string"), words).cast("int8").to_numpy()
            elif pa.types.is_boolean(values.type):
                found[name] = values.cast("int8").fill_null(-1).to_numpy(zero_copy_only=False)
            else:
                found[name] = values.to_numpy()
        yield found


def _by_numpy(given: Arrays, chosen: Chosen) -> tuple[dict[str, Any], Keys]:
    out = reference.score(given, chosen, ranks=False)
    columns: dict[str, Any] = {"unit": given["unit"], "category": given["category"]}
    columns |= {f"points:{line}": out["points"][i] for i, line in enumerate(LINES)}
    columns |= {f"reason:{line}": out["reasons"][i] for i, line in enumerate((*LINES, *VETOES))}
    columns |= {f"value:{line}": out["values"][i] for i, line in enumerate(VALUES)}
    columns |= {name: out[name] for name in ("total", "level")}
    return columns, (given["unit"], given["category"], out["key"], out["level"])


def _by_pandas(given: Arrays, chosen: Chosen) -> tuple[dict[str, Any], Keys]:
    import pandas as pd

    out = pandas_columns.score(pd.DataFrame(given, copy=False), chosen, ranked=False)
    columns = {name: out[name].to_numpy() for name in out.columns if name != "key"}
    return columns, (given["unit"], given["category"], out["key"].to_numpy(), out["level"].to_numpy())


def _write_ranks(folder: Path, seats: int, unit: Any, category: Any, key: Any, level: Any) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rank = reference.ranked(category, key, level)
    table = pa.table({"unit": unit, "category": category, "rank": rank, "seat": (rank > 0) & (rank <= seats)})
    parquet.write_table(table, folder / "ranking.parquet", **WRITTEN)


def read(folder: Path) -> Arrays:
    """What a program wrote, in the order of the units' numbers."""
    from pyarrow import dataset, parquet

    names = [*(f"points:{n}" for n in LINES), *(f"reason:{n}" for n in (*LINES, *VETOES)), "total", "level"]
    scores = folder / "scores" if (folder / "scores").is_dir() else folder / "scores.parquet"
    second = folder / "ranking.parquet"
    table = dataset.dataset(scores).to_table(columns=["unit", *names, *([] if second.exists() else ["rank"])])
    order = np.argsort(table["unit"].to_numpy(), kind="stable")
    ranks = parquet.read_table(second) if second.exists() else table
    place = np.argsort(ranks["unit"].to_numpy(), kind="stable")
    return arrays(lambda name: ranks["rank"].to_numpy()[place] if name == "rank" else table[name].to_numpy()[order])


def main(name: str, source: Path, folder: Path, seed: int, seats: int) -> None:
    """Run one program."""
    folder.mkdir(parents=True, exist_ok=True)
    PROGRAMS[name](source, folder, workload.parameters(seed), seats)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
