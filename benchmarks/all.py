"""Everything that is claimed of speed, in one command: ``python -m benchmarks.all [--quick] [--seed N] [--only NAME …]``.

Each work runs in a process of its own, so that one that fails or is killed is named and the others go on; what was measured is written
after each. A full run measures with both seeds and writes the table, the differences and the chart of docs/explanation/speed.md;
``--quick`` takes small sizes and only prints, unless it is told a page.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import chart, page, workload
from benchmarks.measure import Absent, Row

WORKS = tuple(name for name in page.TITLES if (page.ROOT / "benchmarks" / f"{name}.py").exists())
ONCE = ("workbook", "startup", "again")
"""Where another seed would give the same work: measured once."""
LONGEST = 2400
PEERS = (
    "numpy", "pandas", "pyarrow", "polars", "duckdb", "dask", "common-expression-language", "zen-engine", "json-logic-qubit",
    "scikit-criteria", "pymcdm", "orjson", "jsonschema", "jsonschema-rs", "openpyxl", "XlsxWriter", "fastexcel",
)  # fmt: skip


def measured(name: str, seed: int, quick: bool) -> list[Row]:
    """The rows of one work, in this process."""
    module = importlib.import_module(f"benchmarks.{name}")
    found: list[Row] = module.measured(seed, quick)
    return found


def apart(name: str, seed: int, quick: bool, longest: float = LONGEST) -> list[Row]:
    """The rows of one work, in a process of its own; if that fails, one row that says so."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "rows.json"
        words = ["--row", name, "--seed", str(seed), "--into", str(into), *(["--quick"] if quick else [])]
        try:
            command = [sys.executable, "-m", "benchmarks.all", *words]
            done = subprocess.run(command, cwd=page.ROOT, capture_output=True, text=True, check=False, timeout=longest)
        except subprocess.TimeoutExpired:
            return [Row(name, "(the benchmark)", note=f"failed: not done within {longest:.0f} s")]
        if done.returncode or not into.exists():
            said = (done.stderr or done.stdout).strip().splitlines()
            return [Row(name, "(the benchmark)", note=f"failed: exit {done.returncode}: {' '.join(said[-1:])}"[:300])]
        return [Row(**row) for row in json.loads(into.read_text(encoding="utf-8"))]


def machine() -> dict[str, Any]:
    """What this was measured on, and which release of each peer is installed."""
    found = {}
    for peer in PEERS:
        try:
            found[peer] = importlib.metadata.version(peer)
        except importlib.metadata.PackageNotFoundError:
            found[peer] = "absent"
    return {"python": platform.python_version(), "cores": len(os.sched_getaffinity(0)), "packages": found}


def run(
    names: Sequence[str], seeds: Sequence[int], quick: bool, into: Path | None, work: Callable[..., list[Row]] = apart
) -> dict[str, Any]:
    """Measure the works with the seeds, one after another; with *into*, a folder, write what is known after each."""
    results = page.kept(into / page.RESULTS.name) if into is not None else {"rows": {}}
    results["machine"], results["seeds"] = machine(), list(seeds)
    for name in names:
        for seed in seeds[:1] if name in ONCE else seeds:
            found = work(name, seed, quick)
            kept = results["rows"].setdefault(name, {})
            kept[str(seed)] = [row.plain() for row in found]
            for row in found:
                print(f"[seed {seed}] {row.line()}", flush=True)
            if into is not None:
                publish(results, into)
    return results


def publish(results: dict[str, Any], into: Path) -> None:
    """Write results, tables and chart into a folder that has the page."""
    page.keep(results, into / page.RESULTS.name)
    page.write(into / page.PAGE.name, {"speed": page.table(results), "differences": page.differences(results), "machine": told(results)})
    first = str(results["seeds"][0])
    works = {page.TITLES.get(name, name): by_seed.get(first, []) for name, by_seed in page.works(results)}
    try:
        chart.ratios(into / page.CHART.name, works)
    except Absent as reason:
        print(f"no chart: {reason}", flush=True)


def told(results: dict[str, Any]) -> str:
    """The machine and the releases in one paragraph."""
    on = results["machine"]
    there = "、".join(f"{n} {v}" for n, v in on["packages"].items() if v != "absent")
    lacking = "、".join(n for n, v in on["packages"].items() if v == "absent")
    return f"{on['cores']} 核，Python {on['python']}；{there}。" + (f"没有安装：{lacking}。" if lacking else "各程序都装了。")


def main(words: Sequence[str] | None = None) -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.all", description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="small sizes, about two minutes; prints only")
    parser.add_argument("--seed", type=int, help="only this seed instead of both")
    parser.add_argument("--only", nargs="+", choices=WORKS, default=WORKS, help="only these works")
    parser.add_argument("--page", type=Path, help="the folder of the page to write; a full run writes docs/explanation")
    parser.add_argument("--row", help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.row:
        seed = workload.SEED if given.seed is None else given.seed
        given.into.write_text(json.dumps([row.plain() for row in measured(given.row, seed, given.quick)]), encoding="utf-8")
        return 0
    seeds = (workload.SEED, workload.OTHER_SEED) if given.seed is None else (given.seed,)
    into = given.page if given.page is not None or given.quick else page.FOLDER
    results = run(given.only, seeds[:1] if given.quick else seeds, given.quick, into)
    rows = [Row(**row) for by_seed in results["rows"].values() for found in by_seed.values() for row in found]
    judged = [row for row in rows if row.reached is not None]
    print(
        f"goals: {len(judged)}, reached: {sum(bool(row.reached) for row in judged)}; not measured: {sum(r.seconds is None for r in rows)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
