"""Figures of a population: one value for each group of units, or each unit's place in its group; exact where that is possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.exact import Exact
from scorekit.domain.formula import Figure
from scorekit.domain.functions import FUNCTIONS, at_ten
from scorekit.domain.grouping import Codes, gathered
from scorekit.domain.marks import Records
from scorekit.domain.ordering import codes, shared_ranks
from scorekit.domain.over import over_records

OF_UNITS = ("rank", "percentile")
"""Figures that each unit has for itself."""
FIGURES = {
    "zh": {
        "count": "个数", "sum": "合计", "mean": "平均值", "min": "最小值", "max": "最大值", "median": "中位数", "quantile": "{q}%分位数",
        "deviation": "标准差", "sample-deviation": "样本标准差", "geometric-mean": "几何平均值", "correlation": "相关系数",
        "rank": "名次", "percentile": "超过其余单位的比例",
    },
    "en": {
        "count": "number", "sum": "sum", "mean": "mean", "min": "least", "max": "greatest", "median": "median",
        "quantile": "{q}% quantile", "deviation": "standard deviation", "sample-deviation": "sample standard deviation",
        "geometric-mean": "geometric mean", "correlation": "correlation", "rank": "rank", "percentile": "share of the others left behind",
    },
}  # fmt: skip
PLAIN = ("sum", "mean", "min", "max")


def of_groups(figure: Figure, of: Column, beside: Column | None, groups: Codes, there: npt.NDArray[np.bool_], count: int) -> Column:
    """The figure of each of *count* groups, over those of its units that are *there*."""
    rows, lists = gathered(groups, there, count)
    values = _numbers(of.take(rows))
    if figure.over == "count":
        return lists.count()
    if figure.over in PLAIN:
        return over_records(figure.over, lists, values, None)
    if figure.over == "median":
        return quantile(lists, values, Fraction(1, 2), "linear")
    if figure.over == "quantile":
        return quantile(lists, values, figure.q, figure.method)
    if figure.over == "correlation":
        assert beside is not None
        return correlation(lists, values, _numbers(beside.take(rows)))
    return _SPREADS[figure.over](lists, values)


def _numbers(values: Column) -> Column:
    """Values that are all there; a truth counts as 1 or 0."""
    return Column("number", Exact.integers(values.values)) if values.kind == "truth" else Column(values.kind, values.values)


def of_units(figure: Figure, of: Column, groups: Codes, there: npt.NDArray[np.bool_], count: int) -> Column:
    """The place of each unit that is *there* in its group, or the share of the others that it leaves behind; 0 elsewhere."""
    rows, lists = gathered(groups, there, count)
    keys = codes(of.take(rows), figure.first == "high")
    found = np.zeros(len(groups), dtype=np.int64)
    if figure.over == "rank":
        found[rows] = shared_ranks(groups[rows], [keys])
        return Column("number", Exact.integers(found))
    found[rows] = shared_ranks(groups[rows], [-keys]) - 1
    others = np.zeros(len(groups), dtype=np.int64)
    others[rows] = (lists.lengths - 1)[groups[rows]]
    alone = others == 0
    share = Column("number", Exact.integers(found)) / Column("number", Exact.integers(np.maximum(others, 1)))
    return share.filled(alone & there, 1)


def quantile(lists: Records, values: Column, q: Fraction, method: str) -> Column:
    """The value below which a share *q* of each list lies, between two neighbours by *method* ("linear": in proportion, type 7)."""
    if not len(values):
        return Column.of(0).spread(len(lists)).masked_where(np.ones(len(lists), dtype=bool), Why.MISSING)
    values = values.take(np.lexsort((codes(values, high_first=False), lists.owners)))
    steps = [q * max(int(n) - 1, 0) for n in lists.lengths.tolist()]
    below = np.array([s.numerator // s.denominator for s in steps], dtype=np.int64)
    rest = Column.numbers(s - int(b) for s, b in zip(steps, below.tolist(), strict=True))
    last = len(values) - 1
    low = values.take(np.minimum(lists.offsets[:-1] + below, last))
    up = values.take(np.minimum(lists.offsets[:-1] + below + np.asarray((rest > 0).values, dtype=np.int64), last))
    share = {
        "linear": rest,
        "lower": rest * 0,
        "higher": rest.ceil(),
        "nearest": _numbers(rest >= Fraction(1, 2)),
        "midpoint": rest.ceil() / 2,
    }[method]
    return (low + (up - low) * share).masked_where(lists.lengths == 0, Why.MISSING)


def correlation(lists: Records, left: Column, right: Column) -> Column:
    """Pearson's r of each list at 10 decimals; where one side does not vary there is none."""
    both = _scatter(lists, left, right)
    square = both * both / (_scatter(lists, left, left) * _scatter(lists, right, right))
    root: Column = FUNCTIONS["sqrt"](square)
    return (-root).where(both < 0, root)


def _scatter(lists: Records, left: Column, right: Column) -> Column:
    """n × Σxy − Σx × Σy of each list, missing for none: n² times the (co)variance."""
    many = lists.count()
    found = many * lists.total(left * right) - lists.total(left) * lists.total(right)
    return found.masked_where(lists.lengths == 0, Why.MISSING)


def deviation(lists: Records, values: Column) -> Column:
    """√(Σ(x − mean)² ÷ n) at 10 decimals."""
    many = lists.count()
    found: Column = FUNCTIONS["sqrt"](_scatter(lists, values, values) / (many * many))
    return found


def sample_deviation(lists: Records, values: Column) -> Column:
    """√(Σ(x − mean)² ÷ (n − 1)) at 10 decimals; of fewer than two values there is none."""
    many = lists.count()
    few = np.asarray(lists.lengths == 1, dtype=bool)
    found: Column = FUNCTIONS["sqrt"]((_scatter(lists, values, values) / (many * (many - 1))).masked_where(few, Why.TOO_FEW))
    return Column(found.kind, found.values, None if found.why is None else np.where(few, np.uint8(Why.TOO_FEW), found.why))


def geometric_mean(lists: Records, values: Column) -> Column:
    """The n-th root of the product at 10 decimals; 0 where a value is 0, none where one is below."""
    listed = values.values.fractions()
    found = [_root(listed[a:b]) for a, b in pairwise(lists.offsets.tolist())]
    why = np.array([f if isinstance(f, Why) else 0 for f in found], dtype=np.uint8)
    return Column("number", Exact.of(0 if isinstance(f, Why) else f for f in found), why if why.any() else None)


def _root(values: list[Fraction]) -> Fraction | Why:
    if not values:
        return Why.MISSING
    if min(values) <= 0:
        return Why.OUT_OF_DOMAIN if min(values) < 0 else Fraction(0)
    with localcontext(prec=60):
        many = Counter(values)
        return at_ten(lambda *decimals: (sum(d.ln() * n for d, n in zip(decimals, many.values(), strict=True)) / len(values)).exp(), *many)


_SPREADS: Mapping[str, Callable[[Records, Column], Column]] = {
    "deviation": deviation,
    "sample-deviation": sample_deviation,
    "geometric-mean": geometric_mean,
}
OVER = ("count", *PLAIN, "median", "quantile", *_SPREADS, "correlation", *OF_UNITS)
"""All figures that a rubric may ask of a population."""


def mean_of(of: Column) -> Column:
    """The mean of all values that are there, as a constant; missing where none is."""
    return of_groups(Figure("", "mean", None), *_one_group(of))


def deviation_of(of: Column, sample: bool = False) -> Column:
    """The standard deviation of all values that are there, as a constant; of one value 0, and no sample deviation."""
    return of_groups(Figure("", "sample-deviation" if sample else "deviation", None), *_one_group(of))


def correlation_of(left: Column, right: Column) -> Column:
    """Pearson's r of two columns without gaps, as a constant; missing where one of them does not vary."""
    return correlation(Records(np.array([0, len(left)]), {}), left, right)


def logarithm(of: Column) -> Column:
    """The natural logarithm of each value at ten decimals; missing at 0 and below."""
    found: Column = FUNCTIONS["ln"](of)
    return found


def left_behind(of: Column, first: Literal["high", "low"] = "high") -> Column:
    """The share of the others that each row leaves behind, the *first* end being the best; 1 for a row alone."""
    own, _, groups, there, count = _one_group(of)
    found = of_units(Figure("", "percentile", None, first=first), own, groups, there, count)
    return Column(found.kind, found.values, of.why)


def _one_group(of: Column) -> tuple[Column, None, Codes, npt.NDArray[np.bool_], int]:
    return of, None, np.zeros(len(of), dtype=np.int64), ~of.masked, 1


__all__ = ["OF_UNITS", "OVER", "correlation_of", "deviation_of", "left_behind", "logarithm", "mean_of", "of_groups", "of_units"]
