"""pandas, column by column, floats for rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, LEVELS, MOST_EXTRA, PANELS, RATES, STEP
from benchmarks.peers import VETOES as GATES
from benchmarks.reference import CAPPED, CLEAR, FIRED, FULL, MISSING, PART, ZERO
from benchmarks.workload import RATERS

if TYPE_CHECKING:
    import pandas as pd


def score(frame: pd.DataFrame, chosen: dict[str, list[int]], ranked: bool = True) -> pd.DataFrame:
    """Points, reasons, values, total, level and (unless done elsewhere) rank of every unit; *frame* has the columns of the workload."""
    import pandas as pd

    out: dict[str, Any] = {"unit": frame["unit"], "category": frame["category"]}

    def put(line: str, points: pd.Series, cases: list[Any], codes: list[int], otherwise: int) -> None:
        out[f"points:{line}"] = points.astype("int16")
        out[f"reason:{line}"] = pd.Series(np.select(cases, codes, otherwise).astype("uint8"), index=frame.index)

    for line, worth in zip(BOOLS, chosen["bool"], strict=True):
        v = frame[line]
        put(line, (v == 1) * worth, [v == 1, v == -1], [FULL, MISSING], ZERO)
    for i, (line, target, deduct) in enumerate(zip(RATES, chosen["target"], chosen["deduct"], strict=True)):
        whole = frame[f"rates.d{i}"]
        known = whole != 0
        percent = frame[f"rates.n{i}"] * 100.0 / whole.where(known)
        points = np.floor(FULL_RATE + 0.5 - (target - percent).clip(lower=0) * deduct).clip(lower=0).where(known, 0)
        put(line, points, [~known, points == FULL_RATE, points == 0], [MISSING, FULL, ZERO], PART)
        out[f"value:{line}"] = percent.astype("float32")
    for line in BANDS:
        points = sum((frame[line] >= cut).astype("int16") for cut in CUTS) * STEP
        put(line, points, [points == STEP * len(CUTS), points == 0], [FULL, ZERO], PART)
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        raw = frame[line] * EACH
        put(line, raw.clip(upper=cap), [raw > cap, raw == cap, raw == 0], [CAPPED, FULL, ZERO], PART)
    for line in PANELS:
        marks = frame[[f"{line}@{rater}" for rater in RATERS]]
        mean = (marks.sum(axis=1) - marks.max(axis=1) - marks.min(axis=1)).astype("float64") / 5
        points = np.floor(mean * (FULL_PANEL / 10) + 0.5)
        put(line, points, [points == FULL_PANEL, points == 0], [FULL, ZERO], PART)
        out[f"value:{line}"] = mean.astype("float32")
    for line in EXTRAS:
        points = frame[line] * EXTRA
        put(line, points, [points == 0], [ZERO], FULL)
    for line in GATES:
        out[f"reason:{line}"] = pd.Series(np.where(frame[line] == 1, FIRED, CLEAR).astype("uint8"), index=frame.index)
    return pd.DataFrame(out | _standings(frame, out, ranked), copy=False)


def _standings(frame: pd.DataFrame, out: dict[str, Any], ranked: bool) -> dict[str, Any]:
    import pandas as pd

    def added(lines: tuple[str, ...]) -> Any:
        return sum(out[f"points:{line}"].astype("int32") for line in lines)

    rates, judged = added(RATES), added(PANELS)
    total = added((*BOOLS, *BANDS, *COUNTS)) + rates + judged + added(EXTRAS).clip(upper=MOST_EXTRA)
    vetoed = (frame[list(GATES)] == 1).any(axis=1)
    level = pd.Series(np.where(vetoed, 0, 1 + np.digitize(total, LEVELS)).astype("uint8"), index=frame.index)
    key = total.astype("int64") * 2**32 + judged.astype("int64") * 2**16 + rates
    found = {"total": total, "level": level, "key": key}
    if ranked:
        found["rank"] = key.groupby([out["category"], vetoed]).rank("min", ascending=False).astype("int32").where(~vetoed, 0)
    return found
