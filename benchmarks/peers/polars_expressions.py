"""polars: one lazy plan of expressions, floats for rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, LEVELS, MOST_EXTRA, PANELS, RATES, STEP
from benchmarks.peers import VETOES as GATES
from benchmarks.reference import CAPPED, CLEAR, FIRED, FULL, MISSING, PART, ZERO
from benchmarks.workload import RATERS

if TYPE_CHECKING:
    import polars as pl


def score(frame: pl.LazyFrame, chosen: dict[str, list[int]], seats: int | None = None) -> pl.LazyFrame:
    """Points, reasons, values, total, level and rank of every unit; with *seats* who of each category is within them."""
    import polars as pl

    col = pl.col
    points = [e.cast(pl.Int16).alias(f"points:{line}") for line, e in _points(chosen).items()]
    reasons = [e.cast(pl.UInt8).alias(f"reason:{line}") for line, e in _reasons(chosen).items()]
    kept = [name for e in (*points, *reasons) for name in [e.meta.output_name()]]

    def added(lines: tuple[str, ...]) -> Any:
        return pl.sum_horizontal([col(f"points:{line}").cast(pl.Int32) for line in lines])

    total = added((*BOOLS, *RATES, *BANDS, *COUNTS, *PANELS)) + pl.min_horizontal(added(EXTRAS), pl.lit(MOST_EXTRA, pl.Int32))
    level = 1 + sum((col("total") >= line).cast(pl.UInt8) for line in LEVELS)
    key = col("total").cast(pl.Int64) * 2**32 + added(PANELS).cast(pl.Int64) * 2**16 + added(RATES).cast(pl.Int64)
    vetoed = pl.any_horizontal([col(line) for line in GATES])
    rank = col("key").rank("min", descending=True).over("category", "vetoed").cast(pl.UInt32)
    out = (
        frame.with_columns(_values())
        .with_columns(points)
        .with_columns(*reasons, total.alias("total"), vetoed.alias("vetoed"))
        .with_columns(pl.when("vetoed").then(0).otherwise(level).cast(pl.UInt8).alias("level"), key.alias("key"))
        .with_columns(pl.when("vetoed").then(0).otherwise(rank).cast(pl.UInt32).alias("rank"))
    )
    values = [col(f"value:{line}").cast(pl.Float32) for line in (*RATES, *PANELS)]
    last = [] if seats is None else [((col("rank") > 0) & (col("rank") <= seats)).alias("seat")]
    return out.select("unit", "category", *kept, *values, "total", "level", "rank", *last)


def _values() -> list[Any]:
    import polars as pl

    found = []
    for i, line in enumerate(RATES):
        whole = pl.col(f"rates.d{i}")
        found.append(pl.when(whole != 0).then(pl.col(f"rates.n{i}") * 100.0 / whole).alias(f"value:{line}"))
    for line in PANELS:
        marks = [pl.col(f"{line}@{rater}") for rater in RATERS]
        rest = pl.sum_horizontal(marks) - pl.max_horizontal(marks) - pl.min_horizontal(marks)
        found.append((rest.cast(pl.Float64) / 5).alias(f"value:{line}"))
    return found


def _points(chosen: dict[str, list[int]]) -> dict[str, Any]:
    import polars as pl

    col, found = pl.col, {}
    for line, worth in zip(BOOLS, chosen["bool"], strict=True):
        found[line] = pl.when(col(line)).then(worth).otherwise(0)
    for line, target, deduct in zip(RATES, chosen["target"], chosen["deduct"], strict=True):
        lost = (target - col(f"value:{line}")).clip(lower_bound=0) * deduct
        found[line] = (FULL_RATE + 0.5 - lost).floor().clip(lower_bound=0).fill_null(0)
    for line in BANDS:
        found[line] = sum((col(line) >= cut).cast(pl.Int16) for cut in CUTS) * STEP
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = (col(line) * EACH).clip(upper_bound=cap)
    for line in PANELS:
        found[line] = (col(f"value:{line}") * (FULL_PANEL / 10) + 0.5).floor()
    return found | {line: col(line) * EXTRA for line in EXTRAS}


def _reasons(chosen: dict[str, list[int]]) -> dict[str, Any]:
    import polars as pl

    col, when = pl.col, pl.when
    found = {line: when(col(line)).then(FULL).when(col(line).is_null()).then(MISSING).otherwise(ZERO) for line in BOOLS}
    for line in RATES:
        found[line] = _graded(when(col(f"value:{line}").is_null()).then(MISSING), line, FULL_RATE)
    for line in BANDS:
        found[line] = _graded(pl, line, STEP * len(CUTS))
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = _graded(when(col(line) * EACH > cap).then(CAPPED), line, cap)
    for line in PANELS:
        found[line] = _graded(pl, line, FULL_PANEL)
    found |= {line: when(col(line) == 0).then(ZERO).otherwise(FULL) for line in EXTRAS}
    return found | {line: when(col(line)).then(FIRED).otherwise(CLEAR) for line in GATES}


def _graded(before: Any, line: str, full: int) -> Any:
    """Full, nothing or a part, after what comes before."""
    import polars as pl

    own = pl.col(f"points:{line}")
    return before.when(own == full).then(FULL).when(own == 0).then(ZERO).otherwise(PART)
