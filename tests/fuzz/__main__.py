"""Structured fuzzing: ``python -m tests.fuzz MINUTES [--seed N] [--keep FOLDER]``.

Good workbooks, tables, objects, rubrics and notices are spoilt and read in a process of their own with 512 MB and 10 seconds a
case. What crashes, hangs, grows, raises anything but a ScorekitError, or gives a value that a second reading does not, is
kept in FOLDER with as few changes as bring it, and printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import monotonic

from tests.fuzz.worker import Worker

KEPT = Path("/tmp/scorekit-fuzz")


def main(minutes: float, seed: int, keep: Path) -> int:
    """Run for so many minutes; 1 where something was found."""
    keep.mkdir(parents=True, exist_ok=True)
    worker, counts, found = Worker(keep), Counter[str](), dict[str, int]()
    started = monotonic()
    number, slowest = seed * 10_000_000, (0.0, 0)
    while monotonic() - started < minutes * 60:
        before = monotonic()
        told = worker.told(number)
        slowest = max(slowest, (monotonic() - before, number))
        word = told.partition(" ")[0]
        counts[word] += 1
        if word not in ("read", "refused"):
            signature = told.split(" in ")[-1][:100] if " in " in told else told[:40]
            if signature not in found:
                print(f"{number} {told}", flush=True)
            found[signature] = found.get(signature, 0) + 1
        number += 1
    worker.end()
    spent = (monotonic() - started) / 60
    total = sum(counts.values())
    print(f"{spent:.1f} minutes, {total} cases ({total / spent:.0f} a minute): {', '.join(f'{w} {n}' for w, n in counts.most_common())}")
    print(f"distinct findings: {len(found)}; slowest case {slowest[0]:.2f} s (seed {slowest[1]}); kept in {keep}")
    return 1 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("minutes", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=KEPT)
    asked = parser.parse_args()
    sys.exit(main(asked.minutes, asked.seed, asked.keep))
