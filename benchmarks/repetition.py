"""What is written more than once: ``python -m benchmarks.repetition``.

Counts, over the shipped rubrics, clauses (a rule with its parameters, at least four values long) that stand word for word in more
than one place; and, over the plugins, runs of six or more lines that stand in more than one file.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
VALUES, LINES = 4, 6


def clauses(node: Any) -> Iterator[dict[str, Any]]:
    """Every rule with its parameters below a node of a rubric."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "rule" and isinstance(value, dict):
                yield value
            yield from clauses(value)
    elif isinstance(node, list):
        for value in node:
            yield from clauses(value)


def values(node: Any) -> int:
    """How many single values a node holds."""
    if isinstance(node, dict):
        return sum(values(v) for v in node.values())
    return sum(values(v) for v in node) if isinstance(node, list) else 1


def repeated_clauses() -> tuple[int, int]:
    """How many clauses there are, and how many of them repeat an earlier one of four values or more."""
    found = [c for path in sorted(ROOT.glob("rubrics/*/rubric.json")) for c in clauses(json.loads(path.read_text(encoding="utf-8")))]
    known = Counter(json.dumps(c, sort_keys=True) for c in found if values(c) >= VALUES)
    return len(found), sum(n - 1 for n in known.values())


def repeated_lines() -> tuple[int, list[str]]:
    """How many lines of code the plugins have, and the runs that stand in more than one of their files."""
    runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
    total = 0
    for path in sorted(ROOT.glob("plugins/**/*.py")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        lines = [line for line in lines if len(line) > 1 and not line.startswith(("#", "import ", "from ", '"""'))]
        total += len(lines)
        for start in range(len(lines) - LINES + 1):
            runs[tuple(lines[start : start + LINES])].add(path.relative_to(ROOT).as_posix())
    return total, sorted({" ~ ".join(sorted(files)) for files in runs.values() if len(files) > 1})


def main() -> None:
    """Print both counts."""
    clause_count, again = repeated_clauses()
    print(f"rubrics: {clause_count} clauses, {again} of {VALUES} values or more repeat an earlier one")
    lines, pairs = repeated_lines()
    print(f"plugins: {lines} lines of code, {len(pairs)} pairs of files share {LINES} lines or more")
    print(*(f"  {pair}" for pair in pairs), sep="\n")


if __name__ == "__main__":
    main()
