"""The whole programs by hand: each writes what the exact figures say, but for its floats."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import exact, wholes, workload
from benchmarks.measure import process
from benchmarks.peers import wholes as programs

UNITS = 1_500


@pytest.mark.parametrize("name", sorted(programs.PROGRAMS))
def test_a_whole_program_writes_what_is_exact_but_for_its_floats(name: str, tmp_path: Path) -> None:
    pytest.importorskip({"dask": "distributed"}.get(name, name))
    source = workload.write_parquet(tmp_path / "units.parquet", UNITS)
    done = process([sys.executable, "-m", "benchmarks.peers.wholes", name, str(source), str(tmp_path / "out"), str(workload.SEED), "5"])
    data, chosen = workload.columns(UNITS), workload.parameters()
    told = exact.compare(programs.read(tmp_path / "out"), exact.score(data, chosen), data, chosen)
    assert (told.reasons, told.levels) == (0, 0)
    assert told.points == told.totals < UNITS / 200
    assert done.peak > 10_000_000


def test_the_main_job_is_measured_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholes, "PEERS", {wholes.POLARS: wholes.PEERS[wholes.POLARS], "absent": ("numpy", ("no_such_package",))})
    pytest.importorskip("polars")
    [polars, absent, ours] = wholes.measured(quick=True, size=300)
    assert (polars.ratio, absent.note) == (1, "absent: no_such_package not installed")
    assert (ours.note, ours.goal) == ("all equal to the exact figures", 1.5)
    assert ours.peak is not None
