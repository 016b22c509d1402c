"""The programs that read and check the same units read the same values."""

from __future__ import annotations

import pytest

from benchmarks import reading, workload

pytest.importorskip("polars")


@pytest.mark.parametrize("form", ["parquet", "csv", "ndjson", "json"])
def test_every_program_reads_the_same_values(form):
    found = reading.measured(workload.SEED, quick=True, units=300, files=150, forms=(form,))
    assert found[0].who == "scorekit"
    assert found[0].note.startswith(f"{150 if form == 'json' else 300} units")
    for row in found[1:]:
        assert row.note == "the same values" or row.note.startswith("absent: ")
    assert len(found) == (2 if form == "json" else 4)
