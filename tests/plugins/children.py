"""Children of a section as an aggregator sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorekit.plugin import Aggregator, Children, Column, Why
from tests.plugins.columns import n, points

NA = None


def children(*items: tuple[Sequence[Any], Any, Any]) -> Children:
    """(points of each unit, full marks, weight) of each child; None does not apply to the unit."""
    earned = [_not_applicable(n(*values)) for values, _, _ in items]
    full = [Column.of(mark).spread(len(e)).masked_like(e) for e, (_, mark, _) in zip(earned, items, strict=True)]
    weights = tuple(w if isinstance(w, Column) else n(w) for _, _, w in items)
    return Children(tuple(f"c{i}" for i in range(len(items))), tuple(earned), tuple(full), weights)


def combined(aggregator: Aggregator, found: Children) -> tuple[list[Any], list[Any]]:
    """Points and full marks."""
    earned, full = aggregator.function(found)
    return points(earned), points(full)


def _not_applicable(column: Column) -> Column:
    return Column("number", column.values, None if column.why is None else (column.masked * np.uint8(Why.NOT_APPLICABLE)))
