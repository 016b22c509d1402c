"""The same standard by hand, as people who know their tool would write it; each gives the same columns.

Points are hundredths in int16, reasons small codes, values what rates and panels came to. :data:`LINES` is the order of points,
then come the vetoes, which have reasons only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.workload import BAND, BONUS, BOOL, COUNT, JUDGE, RATIO, VETO

BOOLS = tuple(f"basic.b{i}" for i in range(BOOL))
RATES = tuple(f"rates.r{i}" for i in range(RATIO))
BANDS = tuple(f"bands.g{i}" for i in range(BAND))
COUNTS = tuple(f"counts.c{i}" for i in range(COUNT))
PANELS = tuple(f"judged.j{i}" for i in range(JUDGE))
EXTRAS = tuple(f"bonus.x{i}" for i in range(BONUS))
VETOES = tuple(f"v{i}" for i in range(VETO))
LINES = (*BOOLS, *RATES, *BANDS, *COUNTS, *PANELS, *EXTRAS)
FULL_RATE, FULL_PANEL, STEP, EACH, EXTRA, MOST_EXTRA = 300, 400, 100, 50, 25, 300
"""In hundredths: full marks of a rate and of a panel, a band, each of a count, each of a bonus, and the most of all bonuses."""
CUTS = (0.25, 0.5, 0.75)
LEVELS = (5000, 6000, 7000)
VALUES = (*RATES, *PANELS)
KEPT = ("unit", "category", "total", "level", "key")

Arrays = dict[str, np.ndarray[Any, Any]]


def arrays(column: Callable[[str], Any]) -> Arrays:
    """What a table of a peer says, as the plain program gives it: points, reasons, totals, levels and ranks; *column* by name."""
    found: Arrays = {
        "points": np.array([column(f"points:{line}") for line in LINES]),
        "reasons": np.array([column(f"reason:{line}") for line in (*LINES, *VETOES)]),
    }
    return found | {name: np.asarray(column(name)) for name in ("total", "level", "rank")}
