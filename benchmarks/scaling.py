"""How time and memory grow with units and criteria: ``python -m benchmarks.scaling [--most UNITS] [--budget SECONDS] [--page FOLDER]``.

The main job as a whole process through the command line, Parquet in and out, at 10², 10³, … units and 10, 60, 300 criteria. A run that
would take longer than the budget for one run, by what the last smaller one took, is left out and said to be. The constants that come
out are those of a straight line: seconds to start, nanoseconds a unit and criterion, bytes a unit.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import chart, page, workload
from benchmarks.measure import Absent
from benchmarks.wholes import evaluated

UNITS = (100, 1_000, 10_000, 100_000, 1_000_000, 3_000_000)
CRITERIA = (10, 60, 300)
BUDGET = 240.0
RESULTS = "scale.json"
PAGE = "scale.md"


@dataclass(frozen=True)
class Point:
    """One run: wall and processor seconds, peak memory, and the bytes of what was read and written."""

    units: int
    criteria: int
    seconds: float
    cpu: float
    peak: int
    given: int
    written: int


@dataclass(frozen=True)
class Constants:
    """The straight line through the two largest runs of a number of criteria, and the runs themselves for what is smaller.

    Up to some twelve thousand units the workbook for people lists every one and takes most of the time; beyond it is a digest
    of bounded size. One line through all would be wrong for both.
    """

    criteria: int
    start: float
    """Seconds where the line begins: the start, and a workbook of the greatest size."""
    wall: float
    """Seconds a unit."""
    cpu: float
    """Processor seconds a unit."""
    floor: float
    """Bytes of memory where the line begins."""
    held: float
    """Bytes of memory a unit."""
    given: float
    """Bytes a unit that are read."""
    written: float
    """Bytes a unit that are written."""
    begun: float = 0.0
    """Processor seconds where the line begins."""
    runs: tuple[Point, ...] = ()

    @property
    def nanoseconds(self) -> float:
        """Wall nanoseconds a unit and criterion."""
        return self.wall / self.criteria * 1e9

    def seconds(self, units: int) -> float:
        """Seconds for so many units."""
        return self._between("seconds", units, self.start + self.wall * units)

    def processor(self, units: int) -> float:
        """Processor seconds for so many units."""
        return self._between("cpu", units, self.begun + self.cpu * units)

    def memory(self, units: int) -> float:
        """Bytes of memory of so many units."""
        return self._between("peak", units, self.floor + self.held * units)

    def _between(self, name: str, units: int, line: float) -> float:
        """What the line says, but below its two runs what the runs on either side say."""
        if len(self.runs) < 2 or units >= self.runs[-2].units:
            return line
        import numpy as np

        return float(np.interp(units, [r.units for r in self.runs], [getattr(r, name) for r in self.runs]))


def point(units: int, criteria: int, seed: int = workload.SEED) -> Point:
    """One run of the main job."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        source = workload.write_parquet(folder / "in" / "units.parquet", units, seed, criteria)
        rubric = workload.write_rubric(folder / "rubric.json", seed, criteria)
        done = evaluated(source.parent, rubric, None, folder / "out")
        written = sum(f.stat().st_size for f in (folder / "out").rglob("*") if f.is_file())
        return Point(units, criteria, done.seconds, done.cpu, done.peak, source.stat().st_size, written)


def measured(most: int, budget: float, units: Sequence[int] = UNITS, criteria: Sequence[int] = CRITERIA) -> tuple[list[Point], list[str]]:
    """All runs within the budget for one, and what was left out, in words."""
    found: list[Point] = []
    out: list[str] = []
    for number in criteria:
        last: Point | None = None
        for size in (u for u in units if u <= most):
            expected = last.seconds * size / last.units if last is not None and last.units >= 10_000 else 0.0
            if expected > budget:
                out.append(f"{size:,} × {number}：按上一点推算约 {expected:.0f} 秒，超过每次 {budget:.0f} 秒的预算，没有跑")
                break
            last = point(size, number)
            found.append(last)
            print(f"{size:>9,} x {number:<3}: {last.seconds:8.2f} s, cpu {last.cpu:8.2f} s, peak {last.peak / 1e6:7.0f} MB", flush=True)
    return found, out


def constants(points: Sequence[Point]) -> Constants:
    """The line through the two largest of the runs of one number of criteria. Raises ValueError for fewer than two."""
    runs = tuple(sorted(points, key=lambda p: p.units))
    if len(runs) < 2:
        raise ValueError("a line needs two sizes")
    first, last = runs[-2:]

    def slope(name: str) -> float:
        return (getattr(last, name) - getattr(first, name)) / (last.units - first.units)

    start, floor, begun = (getattr(first, n) - slope(n) * first.units for n in ("seconds", "peak", "cpu"))
    names = ("seconds", "cpu", "peak", "given", "written")
    wall, cpu, held, given, written = (slope(n) for n in names)
    return Constants(first.criteria, start, wall, cpu, floor, held, given, written, begun, runs)


def by_criteria(points: Sequence[Point]) -> dict[int, list[Point]]:
    """The runs by their number of criteria, the smaller first."""
    numbers = sorted({p.criteria for p in points})
    return {n: sorted((p for p in points if p.criteria == n), key=lambda p: p.units) for n in numbers}


def table(points: Sequence[Point], out: Sequence[str]) -> str:
    """The runs as a table, then what was left out."""
    lines = ["| 单位 × 条 | 秒 | 处理器秒 | 内存峰值 MB | 每单位每条 ns | 读入 MB | 写出 MB |", "|---|---|---|---|---|---|---|"]
    for p in points:
        each = p.seconds / p.units / p.criteria * 1e9
        cells = (
            f"{p.seconds:.2f}",
            f"{p.cpu:.2f}",
            f"{p.peak / 1e6:.0f}",
            f"{each:,.0f}",
            f"{p.given / 1e6:.2f}",
            f"{p.written / 1e6:.2f}",
        )
        lines.append(f"| {p.units:,} × {p.criteria} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"- {said}" for said in out)])


def lines_of(points: Sequence[Point]) -> str:
    """The constants of each number of criteria, and how straight the line is: the exponent between the two largest runs."""
    from math import log

    said = ["| 条 | 起点 秒 | 每单位每条 ns | 处理器 ns | 起始内存 MB | 每单位内存 字节 | 每单位读入、写出 字节 | 末段指数 |"]
    said.append("|---|---|---|---|---|---|---|---|")
    for number, own in by_criteria(points).items():
        if len(own) < 2:
            continue
        c, (a, b) = constants(own), own[-2:]
        exponent = log(b.seconds / a.seconds) / log(b.units / a.units)
        cells = [f"{number}", f"{c.start:.2f}", f"{c.nanoseconds:,.0f}", f"{c.cpu / number * 1e9:,.0f}", f"{c.floor / 1e6:.0f}"]
        cells += [f"{c.held:,.0f}", f"{c.given:,.0f}、{c.written:,.0f}", f"{exponent:.2f}"]
        said.append("| " + " | ".join(cells) + " |")
    return "\n".join(said)


def charts(points: Sequence[Point], into: Path) -> None:
    """Time and memory over units, a line for each number of criteria."""
    own = by_criteria(points)
    seconds = {f"{n} 条": [(float(p.units), p.seconds) for p in of] for n, of in own.items()}
    memory = {f"{n} 条": [(float(p.units), p.peak / 1e6) for p in of] for n, of in own.items()}
    chart.growth(into / "scale-time.svg", seconds, "单位数", "秒（整个进程）")
    chart.growth(into / "scale-memory.svg", memory, "单位数", "内存峰值 MB")


def publish(points: Sequence[Point], out: Sequence[str], into: Path) -> None:
    """Write the runs, the tables and the charts."""
    from benchmarks.forecast import told

    document = {"points": [asdict(p) for p in points], "left_out": list(out)}
    (into / RESULTS).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sixty = by_criteria(points).get(workload.CRITERIA, [])
    bodies = {"scaling": table(points, out), "constants": lines_of(points)}
    bodies |= {"forecast": told(constants(sixty))} if len(sixty) > 1 else {}
    page.write(into / PAGE, bodies)
    try:
        charts(points, into)
    except Absent as reason:
        print(f"no chart: {reason}", flush=True)


def kept(into: Path = page.FOLDER) -> list[Point]:
    """The runs that were published last."""
    document: dict[str, Any] = json.loads((into / RESULTS).read_text(encoding="utf-8"))
    return [Point(**p) for p in document["points"]]


def main(words: Sequence[str] | None = None) -> int:
    """Measure and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    parser.add_argument("--most", type=int, default=max(UNITS), help="the most units")
    parser.add_argument("--budget", type=float, default=BUDGET, help="seconds that one run may take")
    parser.add_argument("--page", type=Path, default=page.FOLDER, help="the folder of the page to write")
    given = parser.parse_args(words)
    points, out = measured(given.most, given.budget)
    publish(points, out, given.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
