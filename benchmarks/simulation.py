"""Is a forecast true at a smaller size: ``python -m benchmarks.simulation [--districts N] [--units M] [--page FOLDER]``.

N districts of M units each, a Parquet file a district: evaluated one by one, then all in one run from the folder of their files, and with
workers of Dask where that is installed. Beside each measured figure stands what the constants of ``benchmarks.scaling`` say.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import page, scaling, workload
from benchmarks.measure import Process
from benchmarks.wholes import evaluated

DISTRICTS, UNITS, SHOWN = 100, 1_000, 3


@dataclass(frozen=True)
class Check:
    """One thing measured beside what was reckoned."""

    what: str
    reckoned: float
    measured: float
    unit: str

    @property
    def off(self) -> float:
        """Measured over reckoned."""
        return self.measured / self.reckoned


def write_districts(folder: Path, districts: int, units: int, seed: int = workload.SEED) -> list[Path]:
    """A file for each district; no two units bear one number."""
    from pyarrow import parquet

    folder.mkdir(parents=True)
    found = []
    for place, part in enumerate(workload.blocks(districts * units, seed, block=units)):
        found.append(folder / f"district-{place:05d}.parquet")
        parquet.write_table(workload.table(part), found[-1], compression="zstd")
    return found


def checks(constants: scaling.Constants, districts: int, units: int, seed: int = workload.SEED) -> list[Check]:
    """Measure and compare. Raises AssertionError where workers give other bytes than one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_districts(folder / "in", districts, units, seed)
        rubric = workload.write_rubric(folder / "rubric.json", seed)
        single = [evaluated(file, rubric, None, folder / f"out-{i}") for i, file in enumerate(files[:SHOWN])]
        merged = evaluated(folder / "in", rubric, None, folder / "merged")
        found = _compared(constants, single, merged, districts, units)
        if importlib.util.find_spec("distributed") is not None:
            workers = evaluated(folder / "in", rubric, None, folder / "workers", "--engine", "dask")
            same = [n for n in ("standings.parquet", "scores.parquet") if _bytes(folder / "merged" / n) == _bytes(folder / "workers" / n)]
            assert len(same) == 2, "workers gave other bytes than one process"
            found.append(Check("合并评定，--engine dask，秒", constants.seconds(districts * units), workers.seconds, "s"))
        shutil.rmtree(folder / "in")
    return found


def _compared(constants: scaling.Constants, single: Sequence[Process], merged: Process, districts: int, units: int) -> list[Check]:
    own, whole = sum(p.seconds for p in single) / len(single), districts * units
    return [
        Check("一个区，秒", constants.seconds(units), own, "s"),
        Check("各区各自评定合计，秒", constants.seconds(units) * districts, own * districts, "s"),
        Check("合并评定，秒", constants.seconds(whole), merged.seconds, "s"),
        Check("一个区，内存峰值 MB", constants.memory(units) / 1e6, max(p.peak for p in single) / 1e6, "MB"),
        Check("合并评定，内存峰值 MB", constants.memory(whole) / 1e6, merged.peak / 1e6, "MB"),
    ]


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def table(found: Sequence[Check], districts: int, units: int) -> str:
    """What was reckoned, what was measured."""
    lines = [f"{districts:,} 个区，每区 {units:,} 个单位，一区一个文件：", "", "| | 推算 | 实测 | 实测 / 推算 |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {c.what} | {c.reckoned:,.2f} | {c.measured:,.2f} | {c.off:.2f} |" for c in found)])


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation")
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--page", type=Path, default=page.FOLDER, help="the folder of the page to write, with the constants of scaling")
    given = parser.parse_args(words)
    points = scaling.by_criteria(scaling.kept(given.page))[workload.CRITERIA]
    body = table(checks(scaling.constants(points), given.districts, given.units), given.districts, given.units)
    print(body)
    page.write(given.page / scaling.PAGE, {"simulation": body})
    return 0


if __name__ == "__main__":
    sys.exit(main())
