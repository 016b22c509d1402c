"""What scorekit says of the measured work, as the programs by hand say it: from its tables in memory, or from the files it wrote."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import reference, workload
from benchmarks.peers import LINES, VETOES, Arrays
from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.column import Column
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Reason, ScoreSheet, Standings
from scorekit.loading.rubrics import load_rubric

CODES = {
    Reason.FULL: reference.FULL,
    Reason.ADDED: reference.FULL,
    Reason.PART: reference.PART,
    Reason.ZERO: reference.ZERO,
    Reason.NONE: reference.ZERO,
    Reason.CAPPED: reference.CAPPED,
    Reason.MISSING: reference.MISSING,
    Reason.MISSING_AS_ZERO: reference.MISSING,
    Reason.NO_FIGURE_AS_ZERO: reference.MISSING,
    Reason.DIVIDED_BY_ZERO: reference.MISSING,
    Reason.GATE_FIRED: reference.FIRED,
    Reason.GATE_CLEAR: reference.CLEAR,
}
GATES = tuple(f"gate:{name}" for name in VETOES)
TABLE = np.full(256, 255, np.uint8)
TABLE[list(map(int, CODES))] = list(CODES.values())


def plan_of(seed: int, criteria: int = workload.CRITERIA) -> Plan:
    """The plan of the benchmark's rubric."""
    catalogue = discover(third_party=False)
    with tempfile.TemporaryDirectory() as folder:
        return compile_plan(load_rubric(workload.write_rubric(Path(folder) / "rubric.json", seed, criteria), catalogue), catalogue)


def in_memory(sheet: ScoreSheet, standings: Standings) -> Arrays:
    """Points in hundredths, reasons, totals, levels and ranks out of the tables that the stages gave."""
    levels = np.array([_level(level, out) for level, out in zip(standings.level, standings.rank == 0, strict=True)], np.uint8)
    return {
        "points": np.array([hundredths(sheet.points[line]) for line in LINES]),
        "reasons": np.array([TABLE[sheet.reasons[line]] for line in (*LINES, *GATES)]),
        "total": hundredths(sheet.totals["total"]),
        "level": levels,
        "rank": np.asarray(standings.rank),
    }


def hundredths(column: Column) -> np.ndarray[Any, Any]:
    """A column of points in hundredths, 0 where there are none. Raises ArithmeticError where they are finer."""
    num, den = np.asarray(column.values.num, dtype=np.int64), column.values.den
    whole, rest = np.divmod(num * 100, den)
    known = ~np.broadcast_to(column.masked, num.shape) if column.why is not None else np.ones(num.shape, dtype=bool)
    if np.any(np.where(known, rest, 0)):
        raise ArithmeticError("points finer than hundredths")
    return np.where(known, whole, 0)


def from_files(folder: Path) -> Arrays:
    """The same out of ``scores.parquet`` and ``standings.parquet``, in the order of the units' numbers."""
    import pyarrow as pa
    from pyarrow import parquet

    scores = parquet.read_table(folder / "scores.parquet", columns=["unit", *(f"points:{n}" for n in LINES)])
    order = np.argsort(_numbers(scores["unit"]), kind="stable")
    points = [cents(scores[f"points:{line}"])[order] for line in LINES]
    codes = parquet.read_table(folder / "scores.parquet", columns=[f"reason:{n}" for n in (*LINES, *GATES)])
    reasons = [TABLE[codes[f"reason:{line}"].to_numpy()][order] for line in (*LINES, *GATES)]
    standings = parquet.read_table(folder / "standings.parquet", columns=["unit", "total", "level", "rank"])
    place = np.argsort(_numbers(standings["unit"]), kind="stable")
    rank = standings["rank"].fill_null(0).to_numpy()[place]
    said = standings["level"].cast(pa.string()).fill_null("").to_pylist()
    levels = np.array([_level(said[i], out) for i, out in zip(place.tolist(), rank == 0, strict=True)], np.uint8)
    total = cents(standings["total"])[place]
    return {"points": np.array(points), "reasons": np.array(reasons), "total": total, "level": levels, "rank": rank}


def _numbers(column: Any) -> np.ndarray[Any, Any]:
    return column.cast("int64").to_numpy()


def cents(column: Any) -> np.ndarray[Any, Any]:
    """A column of points out of a file, in hundredths."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.multiply(column.cast(pa.decimal128(18, 2)), pa.scalar(100, pa.decimal128(3, 0)))
    return whole.fill_null(0).cast("int64").to_numpy()


def _level(said: str | None, out: bool) -> int:
    """1 and one more for each line reached; 0 for who is not ranked."""
    return 0 if out else {"50": 2, "60": 3, "70": 4}.get(said or "", 1)


def notice(path: Path, seats: int) -> Path:
    """A notice with as many seats in each category; those who tie at the last are all in."""
    document = {"rubric": "benchmark", "categories": {name: {"seats": seats, "tie": "expand"} for name in workload.CATEGORIES}}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
