"""Who a unit is: its printed name, and the folded key by which it is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorekit.domain.keys import folded_names
from scorekit.domain.naming import all_folded
from scorekit.domain.roll import Names, identities
from scorekit.domain.tables import Places, Value

from .fields import instance
from .repair import text_of

JOINT = " / "
"""Between the parts of a unit's printed name."""


def names(identity: Sequence[str], columns: Mapping[str, Value], places: Places) -> tuple[Names, Names]:
    """Printed names and folded keys; a unit without a name is printed as the place it came from."""
    if len(identity) == 1 and _whole(columns[identity[0]]):
        return folded_names(Names.numerals(columns[identity[0]].values.num))  # type: ignore[union-attr]
    parts = [_texts(columns[p]) for p in identity]
    printed = parts[0] if len(parts) == 1 else [JOINT.join(p) if all(p) else "" for p in zip(*parts, strict=True)]
    if all(printed):
        return folded_names(Names.of(printed))
    keys = all_folded(printed)
    for row in (r for r, name in enumerate(printed) if not name):
        printed[row] = keys[row] = _place(places, row)
    return identities(printed, keys)


def _whole(column: Any) -> bool:
    """Whether every row has a whole number."""
    return column.kind == "number" and column.why is None and isinstance(column.values.den, int) and column.values.den == 1


def _texts(column: Any) -> list[str]:
    """The values of an identifying column as text, empty where there is none."""
    if column.kind == "text":
        texts: list[str] = column.values.tolist()
        return texts if column.why is None else ["" if m else t for t, m in zip(texts, column.masked.tolist(), strict=True)]
    if _whole(column):
        return list(map(str, column.values.num.tolist()))
    return ["" if v is None else text_of(instance(v)) for v in column.listed()]


def _place(places: Places, row: int) -> str:
    """A unit's place as text: ``file#sheet!row``."""
    file, number = places.file_of(row), int(places.row[row])
    at = "!".join(part for part in (places.sheet, str(number) if number else "") if part)
    return f"{file}#{at}" if at else file
