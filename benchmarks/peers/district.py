"""A hundred units by hand: JSON files read, scored one dictionary after another in plain Python, ranked, written as CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from benchmarks import workload
from benchmarks.peers.plain import score, units


def plain(files: Path, out: Path, seed: int) -> None:
    """The bare program: read, score one dictionary after another, rank, write standings and scores."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(files.iterdir())]
    for unit in found:
        unit["category"] = workload.CATEGORIES.index(unit["category"])
        unit.update({name: -1 if value is None else int(value) for name, value in unit.items() if value is None or isinstance(value, bool)})
    columns = {name: Listed(unit[name] for unit in found) for name in found[0]}
    scored = score(units(columns), workload.parameters(seed))
    with (out / "standings.csv").open("w", encoding="utf-8", newline="") as file:
        names = ("unit", "category", "total", "level", "rank")
        csv.writer(file).writerows([names, *([unit[k] for k in names] for unit in scored)])
    with (out / "scores.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((unit["unit"], line, *cell) for unit in scored for line, cell in unit["cells"].items())


class Listed(list[Any]):
    """A column as the peers' own form of units takes it."""

    def tolist(self) -> list[Any]:
        """Itself."""
        return self
