"""Who a unit is: its printed name, the folded key by which it is found, and units that two submissions claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.naming import all_folded
from scorekit.domain.tables import Places, Problem, Submissions, Value
from scorekit.errors import T

from .fields import instance
from .repair import text_of

JOINT = " / "
Rows = npt.NDArray[np.bool_]


def names(identity: Sequence[str], columns: Mapping[str, Value], places: Places, size: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Printed names and folded keys; a unit without a name is printed as the place it came from."""
    parts = [_texts(columns[p]) for p in identity]
    printed = parts[0] if len(parts) == 1 else [JOINT.join(p) if all(p) else "" for p in zip(*parts, strict=True)]
    keys = all_folded(printed)
    if not all(printed):
        for row in (r for r, name in enumerate(printed) if not name):
            printed[row] = keys[row] = _place(places, row)
    return tuple(printed), tuple(keys)


def _texts(column: Any) -> list[str]:
    """The values of an identifying column as text, empty where there is none."""
    if column.kind == "text":
        texts: list[str] = column.values.tolist()
        return texts if column.why is None else ["" if m else t for t, m in zip(texts, column.masked.tolist(), strict=True)]
    return ["" if v is None else text_of(instance(v)) for v in column.listed()]


def _place(places: Places, row: int) -> str:
    """A unit's place as text: ``file#sheet!row``."""
    file, number = places.file_of(row), int(places.row[row])
    at = f"{places.sheet}!{number}" if places.sheet else str(number) if number else ""
    return f"{file}#{at}" if at else file


def duplicates(submissions: Submissions) -> tuple[Rows, Rows, tuple[Problem, ...]]:
    """Units of one key: (later rows to drop, first rows that are invalid, a problem for each key that names all places)."""
    later, first = np.zeros(len(submissions), dtype=bool), np.zeros(len(submissions), dtype=bool)
    if len(set(submissions.key)) == len(submissions):
        return later, first, ()
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(submissions.key):
        rows.setdefault(key, []).append(row)
    problems = []
    for same in rows.values():
        if len(same) > 1:
            first[same[0]] = True
            later[same[1:]] = True
            problems.append(_claimed(submissions, same))
    return later, first, tuple(problems)


def _claimed(submissions: Submissions, rows: Sequence[int]) -> Problem:
    named = [_place(submissions.places[int(submissions.part[r])], int(submissions.inner[r])) for r in rows]
    what = T(
        "“{unit}” is submitted {count} times; none of them is scored: {places}",
        unit=submissions.unit[rows[0]],
        count=len(rows),
        places=named,
    )
    cure = T("keep the one that counts and remove the others, or tell the units apart by their names")
    row = rows[0]
    return Problem("error", what, cure, submissions.unit[row], submissions.file(row), submissions.sheet(row))
