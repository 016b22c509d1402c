"""From the tables of a rubric, as written, to lookup tables: rows checked, values of one kind, no row twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorekit.domain.column import Column
from scorekit.domain.lookups import Key, LookupTable, day_of, number_of
from scorekit.domain.naming import folded
from scorekit.errors import RubricError, T, Text

ONE_KEY = ({"name": ""},)


def lookup_tables(written: Mapping[str, Any], pointer: str) -> dict[str, LookupTable]:
    """The tables under ``x-rubric.tables``. Raises RubricError with the row at fault."""
    return {name: _table(name, raw, f"{pointer}/{name}") for name, raw in written.items()}


def _table(name: str, raw: Mapping[str, Any], at: str) -> LookupTable:
    rows = raw.get("rows")
    if rows is None:
        what = T("the table “{table}” has no rows", table=name)
        raise RubricError(what, at, T("write “rows”, or “file” with a CSV beside the rubric"))
    listed = [[k, v] for k, v in rows.items()] if isinstance(rows, Mapping) else rows
    keys = tuple(_key(k) for k in raw.get("keys", ONE_KEY))
    if isinstance(rows, Mapping) and (len(keys) > 1 or keys[0].match != "equal"):
        raise RubricError(T("rows in the short form have one key that is equal"), f"{at}/rows", T("write the rows as lists"))
    if not listed:
        raise RubricError(T("the table “{table}” has no rows", table=name), f"{at}/rows", T("write at least one row"))
    for place, row in enumerate(listed):
        if len(row) != len(keys) + 1:
            what = T("a row of the table “{table}” has {wanted} cells, not {found}", table=name, wanted=len(keys) + 1, found=len(row))
            raise RubricError(what, f"{at}/rows/{place}", T("write the keys in their order, then the value"))
    cells = tuple(tuple(row[i] for row in listed) for i in range(len(keys)))
    _lined_up(keys, cells, at)
    _once(name, keys, cells, f"{at}/rows")
    values, otherwise = _values(name, [row[-1] for row in listed], raw, at)
    return LookupTable(name, raw.get("title", name), keys, cells, values, otherwise, raw.get("file", ""))


def _key(raw: Any) -> Key:
    return Key(raw) if isinstance(raw, str) else Key(raw["name"], raw.get("match", "equal"))


def _lined_up(keys: Sequence[Key], cells: Sequence[Sequence[Any]], at: str) -> None:
    """Lines (at_least, above …) are numbers or dates, all of a key alike."""
    for key, column in zip(keys, cells, strict=True):
        if key.match != "equal" and not (_all(number_of, column) or _all(day_of, column)):
            what = T("the lines of the key “{key}” must be all numbers or all dates", key=key.name)
            raise RubricError(what, f"{at}/rows", T("write numbers, or dates as 2026-12-31"))


def _all(read: Any, cells: Sequence[Any]) -> bool:
    try:
        return bool([read(c) for c in cells])
    except ValueError:
        return False


def _once(name: str, keys: Sequence[Key], cells: Sequence[Sequence[Any]], at: str) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    plain = [[_plain(c, k.match) for c in column] for k, column in zip(keys, cells, strict=True)]
    for place, row in enumerate(zip(*plain, strict=True)):
        if row in seen:
            shown = "、".join(str(column[place]) for column in cells)
            what = T(
                "the table “{table}” has two rows for {key}: {first} and {second}",
                table=name,
                key=shown,
                first=seen[row] + 1,
                second=place + 1,
            )
            raise RubricError(what, f"{at}/{place}", T("remove one of them"))
        seen[row] = place


def _plain(cell: Any, match: str) -> Any:
    """A cell as it is compared with others: texts folded, numbers by value."""
    if isinstance(cell, bool):
        return (cell,)
    if match != "equal" and isinstance(cell, str):
        try:
            return number_of(cell)
        except ValueError:
            return cell.strip()
    return folded(cell) if isinstance(cell, str) else Fraction(cell)


def _values(name: str, cells: Sequence[Any], raw: Mapping[str, Any], at: str) -> tuple[Column, Column | None]:
    """The values of the rows and what stands for no row, all of one kind."""
    otherwise = raw.get("otherwise")
    together = [*cells, *([] if otherwise is None else [otherwise])]
    kind, wrong = _kind(together)
    if wrong is not None:
        pointer = f"{at}/rows/{wrong}" if wrong < len(cells) else f"{at}/otherwise"
        what: Text = T(
            "the values of the table “{table}” must be of one kind; “{value}” is another", table=name, value=str(together[wrong])
        )
        raise RubricError(what, pointer, T("write numbers only, texts only, dates only, or true and false only"))
    column = _column(kind, together)
    size = len(cells)
    return column.take(slice(0, size)), None if otherwise is None else column.take(slice(size, size + 1))


def _kind(cells: Sequence[Any]) -> tuple[str, int | None]:
    """The kind of values, and the place of the first that is of another."""
    if _all(day_of, cells):
        return "date", None
    kinds = ["truth" if isinstance(c, bool) else "number" if isinstance(c, (int, Decimal)) else "text" for c in cells]
    return kinds[0], next((i for i, k in enumerate(kinds) if k != kinds[0]), None)


def _column(kind: str, cells: Sequence[Any]) -> Column:
    if kind == "number":
        return Column.numbers([Fraction(c) for c in cells])
    if kind == "truth":
        return Column.truths(cells)
    return Column.dates([day_of(c) for c in cells]) if kind == "date" else Column.texts(cells)
