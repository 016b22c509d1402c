"""The measured work: one rubric from one seed, the same data in any blocks, in 10, 60 or 300 criteria."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import ours, workload


@pytest.mark.parametrize("criteria", [10, 60, 300])
def test_the_rubric_compiles_and_has_as_many_criteria(criteria: int) -> None:
    plan = ours.plan_of(workload.SEED, criteria)
    counts = workload.shape(criteria)
    assert sum(counts) == criteria
    assert min(counts) >= 1
    assert len({s.path for s in plan.fields if s.kind == "panel"}) == counts.judge


def test_sixty_criteria_are_the_shape_that_the_programs_by_hand_know() -> None:
    assert workload.shape() == workload.Shape(20, 12, 8, 8, 4, 3, 5)


def test_one_seed_gives_one_rubric_and_another_seed_another() -> None:
    assert workload.rubric(1) == workload.rubric(1)
    assert workload.rubric(1) != workload.rubric(2)


def test_blocks_are_the_columns_in_pieces() -> None:
    whole = workload.columns(250, block=100)
    pieces = list(workload.blocks(250, block=100))
    assert [len(p["unit"]) for p in pieces] == [100, 100, 50]
    for name, values in whole.items():
        assert np.array_equal(np.concatenate([p[name] for p in pieces]), values), name


def test_a_file_holds_nulls_where_nothing_is_known_and_never_nan(tmp_path: Path) -> None:
    from pyarrow import parquet

    data = workload.columns(2_000)
    table = parquet.read_table(workload.write_parquet(tmp_path / "units.parquet", 2_000))
    assert table.num_rows == 2_000
    assert table["basic.b0"].null_count == int((data["basic.b0"] == -1).sum()) > 0
    assert not any(np.isnan(values).any() for values in data.values() if values.dtype.kind == "f")
    assert set(table["category"].to_pylist()) == set(workload.CATEGORIES)
