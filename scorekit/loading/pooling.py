"""Small tables of one shape become one: many workbooks of one unit each cost little more than one of many units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from scorekit.domain.decimals import Decimals
from scorekit.domain.intake import RawTable
from scorekit.domain.spans import Spans
from scorekit.domain.tables import Origin, Problem

ROWS = 16_000
_TYPED = (np.ndarray, Decimals, Spans)
"""Columns that are taken as they are."""


def pooled(tables: Iterable[RawTable]) -> Iterator[RawTable]:
    """Tables of like columns, letters, sheet and rubric together, up to 16 000 rows; problems come first of all that wait.

    The table of a draft is left alone.
    """
    waiting: dict[Any, list[RawTable]] = {}
    held: Counter[Any] = Counter()
    loose: list[Problem] = []
    for table in tables:
        if not len(table):
            loose.extend(table.problems)
        elif "draft" in table.beside or len(table) * 2 > ROWS or any(isinstance(c, _TYPED) for c in table.columns.values()):
            yield table
        else:
            key = (tuple(table.columns), tuple(sorted(table.letters.items())), table.sheet, table.rubric, table.sent is None)
            waiting.setdefault(key, []).append(table)
            held[key] += len(table)
            if held[key] * 2 > ROWS:
                del held[key]
                yield _one(waiting.pop(key))
    for pile in waiting.values():
        yield _one(pile)
    if loose:
        yield RawTable({}, (), (), (), problems=tuple(loose))


def _one(tables: list[RawTable]) -> RawTable:
    first = tables[0]
    if len(tables) == 1:
        return first
    files: list[str] = []
    file: list[int] = []
    elsewhere: dict[str, dict[int, Origin]] = {}
    for table in tables:
        for path, places in table.elsewhere.items():
            elsewhere.setdefault(path, {}).update((len(file) + row, origin) for row, origin in places.items())
        file.extend(len(files) + f for f in table.file)
        files.extend(table.files)
    return RawTable(
        columns={name: [cell for t in tables for cell in t.columns[name]] for name in first.columns},
        files=tuple(files),
        file=tuple(file),
        row=tuple(row for t in tables for row in t.row),
        sheet=first.sheet,
        letters=first.letters,
        rubric=first.rubric,
        problems=tuple(p for t in tables for p in t.problems),
        elsewhere=elsewhere,
        sent=None if first.sent is None else [own for t in tables for own in t.sent or ()],
    )
