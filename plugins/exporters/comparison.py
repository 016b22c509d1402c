"""Own, first and assessed scores side by side, where somebody handed own or first scores in; the greatest difference first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorekit.plugin import COMPARISON, Column, Comparison, csv_texts, plain, printed, stack

from .arrow_columns import Cells, Figures, Ready, submitted, texts

BLOCK = 8192


def comparison_lines(found: Comparison) -> Iterator[str]:
    """The lines of ``comparison.csv``; the whole has no criterion."""
    yield ",".join(COMPARISON) + "\n"
    units = found.outcome.standings.unit
    for start in range(0, len(found), BLOCK):
        rows = found.row[start : start + BLOCK]
        lines = [""] * len(rows)
        names = csv_texts(units.take(rows).tolist())
        for path, places, side in found.sides(start, start + BLOCK):
            [item] = csv_texts([path])
            columns = plain(side.own), plain(side.first), printed(side.points, found.decimals[path]), plain(side.difference)
            for place, told in zip(places.tolist(), zip(*columns, strict=True), strict=True):
                lines[place] = f"{names[place]},{item},{','.join(told)}\n"
        yield "".join(lines)


def comparison_block(found: Comparison, start: int, stop: int) -> Iterator[tuple[str, Cells, str]]:
    """The same rows as columns of ``comparison.parquet``."""
    rows = found.row[start:stop]
    paths = np.full(len(rows), "", dtype=object)
    parts: list[tuple[np.ndarray, tuple[Column, ...]]] = []
    for path, places, side in found.sides(start, stop):
        paths[places] = path
        parts.append((places, (side.own, side.first, side.points, side.difference)))
    order = np.argsort(np.concatenate([np.zeros(0, dtype=np.int64), *(places for places, _ in parts)]), kind="stable")
    own, first, points, difference = (
        stack([columns[i] for _, columns in parts]).take(order) if parts else Column.numbers([]) for i in range(4)
    )
    yield "unit", Ready(texts(found.outcome.standings.unit.take(rows))), ""
    yield "criterion", Ready(texts(paths.tolist(), blank=True)), ""
    yield "own", submitted(own), ""
    yield "first", submitted(first), ""
    yield "points", Figures(points, max(found.decimals.values(), default=0)), ""
    yield "difference", submitted(difference), ""
