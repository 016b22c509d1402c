"""The programs by hand give what scorekit gives, but for what floats lose in rates; scorekit gives the exact figures in every cell."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import exact, ours, scoring, workload
from benchmarks.measure import process
from benchmarks.peers import Arrays, arrays, duckdb_sql, pandas_columns, polars_expressions

UNITS = 4_000
SEEDS = (workload.SEED, workload.OTHER_SEED)


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def close(found: Arrays, seed: int) -> bool:
    """Whether only rates differ, by one hundredth, and no more than one in a thousand."""
    data, chosen = workload.columns(UNITS, seed), workload.parameters(seed)
    right = exact.score(data, chosen)
    apart = found["points"].astype(int) - right["points"]
    rates = slice(workload.BOOL, workload.BOOL + workload.RATIO)
    rest = np.delete(apart, np.s_[rates], axis=0)
    told = exact.compare(found, right, data, chosen)
    few = np.count_nonzero(apart) <= UNITS * workload.RATIO / 1000
    return not rest.any() and np.abs(apart).max() <= 1 and few and told.reasons == 0 and told.levels <= told.points


def test_scorekit_gives_the_exact_figures_in_memory(seed: int) -> None:
    plan, data, chosen = ours.plan_of(seed), workload.columns(UNITS, seed), workload.parameters(seed)
    found = ours.in_memory(*scoring.scored(plan, scoring.batches(plan, data, 1_000)))
    assert str(exact.compare(found, exact.score(data, chosen), data, chosen)) == "all equal to the exact figures"


def test_scorekit_gives_the_exact_figures_in_its_files(seed: int, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    workload.write_parquet(tmp_path / "in" / "units.parquet", 700, seed)
    rubric = workload.write_rubric(tmp_path / "rubric.json", seed)
    words = ["evaluate", str(tmp_path / "in"), "--rubric", str(rubric), "--format", "parquet", "--out", str(tmp_path / "out")]
    process([sys.executable, "-m", "scorekit", *words, "--notice", str(ours.notice(tmp_path / "notice.json", 10))])
    data, chosen = workload.columns(700, seed), workload.parameters(seed)
    found = ours.from_files(tmp_path / "out")
    assert str(exact.compare(found, exact.score(data, chosen), data, chosen)) == "all equal to the exact figures"


def test_pandas_differs_only_where_floats_do(seed: int) -> None:
    import pandas as pd

    found = pandas_columns.score(pd.DataFrame(workload.columns(UNITS, seed)), workload.parameters(seed))
    assert close(arrays(lambda name: found[name].to_numpy()), seed)


def test_polars_differs_only_where_floats_do(seed: int) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(workload.table(workload.columns(UNITS, seed))).lazy()
    found = polars_expressions.score(frame, workload.parameters(seed), seats=3).collect()
    assert close(arrays(lambda name: found[name].to_numpy()), seed)
    assert found["seat"].sum() >= 3 * len(workload.CATEGORIES)


def test_duckdb_differs_only_where_floats_do(seed: int) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection: Any = duckdb.connect()
    connection.register("units", workload.table(workload.columns(UNITS, seed)))
    found = connection.sql(duckdb_sql.query("units", workload.parameters(seed), seats=3)).to_arrow_table().sort_by("unit")
    assert close(arrays(lambda name: found[name].to_numpy()), seed)
    assert sum(found["seat"].to_pylist()) >= 3 * len(workload.CATEGORIES)
