"""What each rule costs over a million units, relative to the cheapest: ``python -m benchmarks.rules [UNITS]``.

Each rule scores its worked example of the documentation, the example's units repeated and their numbers varied by chance.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from docs.pages import rules
from scorekit.catalogue import discover
from scorekit.domain.column import Column
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.stages.aggregate import aggregate
from scorekit.stages.score import score

UNITS, SEED, RUNS = 1_000_000, 20261121, 3


def varied(value: Any, chance: np.random.Generator) -> Any:
    """The value with its numbers between half and one and a half of what they were, in whole hundredths of them."""
    if isinstance(value, Panel):
        return Panel(value.raters, tuple(varied(m, chance) for m in value.marks))
    if isinstance(value, Records):
        return Records(value.offsets, {n: varied(c, chance) for n, c in value.columns.items()}, value.why)
    if value.kind != "number":
        return value
    changed = (value * Column.array(chance.integers(50, 151, len(value)))) / 100
    whole = isinstance(value.values.den, int) and value.values.den == 1
    changed = changed.floor() if whole else changed
    return Column("number", changed.values, value.why, value.unit)


def many(submissions: Submissions, size: int) -> Submissions:
    """*size* units made of the example's."""
    chance = np.random.default_rng(SEED)
    rows = np.resize(np.arange(len(submissions)), size)
    taken = submissions.take(rows)
    columns = {n: varied(c, chance) for n, c in taken.columns.items() if n != "unit"}
    return taken.having(columns)


def seconds(name: str, size: int) -> float:
    """The median time of scoring *size* units by the rule and totalling their points."""
    result, _, _ = rules.worked(rules.example(name))
    plan, submissions = result.outcome.plan, many(result.outcome.submissions, size)
    taken = []
    for _ in range(RUNS):
        start, sheet = time.perf_counter(), ScoreSheet(size)
        for step in range(plan.steps):
            sheet = aggregate(plan, submissions, score(plan, submissions, sheet, step), step)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[RUNS // 2]


def main(words: list[str]) -> None:
    """Print every rule's ratio to the cheapest, the dearest last."""
    size = int(words[0]) if words else UNITS
    found = {name: seconds(name, size) for name in discover(third_party=False).rules if (Path(rules.EXAMPLES) / f"{name}.json").exists()}
    least = min(found.values())
    for name, taken in sorted(found.items(), key=lambda item: item[1]):
        print(f"{name:16} {taken / least:6.1f} × the cheapest  ({taken * 1e9 / size:6.0f} ns a unit)")


if __name__ == "__main__":
    main(sys.argv[1:])
