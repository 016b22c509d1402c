"""How many cases made by chance the ordinary test run tries on the rules: ``python -m benchmarks.examples [PATH …]``.

Counts what hypothesis found valid, wherever it is called (the laws call it from inside a test), and the cells in which
engine and oracle are compared. Nothing is timed.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis.statistics import collector

PATHS = ("tests/test_laws.py", "tests/plugins/rules", "tests/test_oracle.py", "tests/test_wholes.py", "tests/test_whole_laws.py")
PHASES = ("reuse-phase", "generate-phase", "shrink-phase")


def counted(paths: Sequence[str], *words: str) -> tuple[int, Counter[str]]:
    """The exit code of pytest on *paths*, and the number of valid examples by test file."""
    found: Counter[str] = Counter()

    def note(statistics: Mapping[str, Any]) -> None:
        file = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
        for phase in PHASES:
            found[file] += sum(case["status"] == "valid" for case in statistics.get(phase, {}).get("test-cases", ()))

    # pytest warns of what was imported before it could rewrite its assertions: hypothesis has none that a test makes.
    warnings.filterwarnings("ignore", category=pytest.PytestAssertRewriteWarning)
    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    with collector.with_value(note):  # its pytest plugin would keep the statistics of the outermost tests to itself
        code = pytest.main(["-q", "-p", "no:hypothesispytest", "-p", "no:cacheprovider", *quiet, *words, *paths])
    return int(code), found


def cells() -> dict[str, int]:
    """The figures that the ordinary run compares with the oracle, and with the slow program of whole assessments."""
    from tests import test_formulas, test_oracle, test_wholes

    return {
        "cells of single criteria": sum(map(test_oracle.compare, test_oracle.ORDINARY)),
        "values of formulas": sum(map(test_formulas.compare, test_formulas.ORDINARY)),
        "figures of whole assessments": sum(map(test_wholes.compare, test_wholes.ORDINARY)),
    }


def main(paths: Sequence[str]) -> int:
    """Print the counts."""
    code, found = counted(paths or PATHS)
    for file, number in sorted(found.items()):
        print(f"{number:>8}  {file}")
    print(f"{sum(found.values()):>8}  examples of hypothesis in all")
    if not paths:
        for what, number in cells().items():
            print(f"{number:>8}  {what}, compared with an oracle in fractions")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
