"""Start-up: ``scorekit --help`` beside ``python -c pass``, and the first ranking of the demo: ``python -m benchmarks.startup``.

Whole processes in turn.
"""

from __future__ import annotations

import sys

from benchmarks.measure import Process, Row, paired, process, rows

BARE = "python -c pass"
COMMANDS = {"scorekit --help": ["--help"], "scorekit --version": ["--version"], "scorekit demo": ["demo"]}


def measured(seed: int = 0, quick: bool = False) -> list[Row]:
    """A row for each command. Nothing here is drawn from *seed*."""

    def run(*words: str) -> Process:
        return process([sys.executable, *words])

    runs = {BARE: lambda: run("-c", "pass"), "python -c 'import pandas'": lambda: run("-c", "import pandas")}
    runs |= {name: lambda words=words: run("-m", "scorekit", *words) for name, words in COMMANDS.items()}
    times = paired(runs, 5 if quick else 15, warm=True, budget=60)
    return rows("start-up, whole process", times, BARE, {"scorekit --help": 8})


if __name__ == "__main__":
    for row in measured():
        print(row.line())
