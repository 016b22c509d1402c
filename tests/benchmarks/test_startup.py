"""The first ranking of a hundred units: the bare program needs nothing, and says what the exact figures say."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import exact, startup, workload

ROOT = Path(__file__).parents[2]


def test_the_bare_program_gives_the_exact_totals_without_numpy(tmp_path):
    files, book = startup.written(tmp_path, workload.SEED)
    assert (len(list(files.iterdir())), [p.name for p in book.iterdir()]) == (startup.UNITS, ["units.xlsx"])
    program = startup.BY_HAND + "\nassert not hasattr(sys.modules['numpy'], '__file__')"
    subprocess.run([sys.executable, "-c", program, str(files), str(tmp_path), str(workload.SEED)], check=True, cwd=ROOT)
    with (tmp_path / "standings.csv").open(encoding="utf-8", newline="") as file:
        found = [int(row["total"]) for row in csv.DictReader(file)]
    data = workload.columns(startup.UNITS, workload.SEED)
    # The same units with figures of four digits, as they stand in the files: no total is farther off than a step of a deduction.
    whole = exact.score(data, workload.parameters(workload.SEED))["total"]
    assert found == pytest.approx([int(total) for total in whole], abs=100)


def test_processes_keep_compiled_code_only_within_the_measurement(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with startup.compiled(tmp_path):
        assert "PYTHONDONTWRITEBYTECODE" not in startup.os.environ
    assert startup.os.environ["PYTHONDONTWRITEBYTECODE"] == "1"


def test_a_refused_command_line_is_a_process_that_ends_well(tmp_path):
    assert subprocess.run(startup.refused("evaluate", str(tmp_path / "nowhere")), check=False, capture_output=True).returncode == 0
    assert subprocess.run(startup.refused("--version"), check=False, capture_output=True).returncode == 1
