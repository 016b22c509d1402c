"""Start-up: ``scorekit --help`` beside ``python -c pass``, and the first ranking of the demo.

``python -m benchmarks.startup``: whole processes in turn.
"""

from __future__ import annotations

import statistics
import sys

from benchmarks.workbook import seconds

ROUNDS = 15


def main() -> None:
    """Measure in turn and print the ratios."""
    bare = [sys.executable, "-c", "pass"]
    commands = {"scorekit --help": ["--help"], "scorekit --version": ["--version"], "scorekit demo": ["demo"]}
    for name, arguments in commands.items():
        rounds = ROUNDS if name != "scorekit demo" else 3
        pairs = [(seconds([sys.executable, "-m", "scorekit", *arguments]), seconds(bare)) for _ in range(rounds)]
        ratios = [a / b for a, b in pairs]
        median = statistics.median(a for a, _ in pairs)
        print(f"{name}: median {median:.3f} s, {statistics.median(ratios):.1f} x python -c pass ({min(ratios):.1f}-{max(ratios):.1f})")


if __name__ == "__main__":
    main()
