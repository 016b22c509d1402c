"""Parquet results as the rows that the CSV tables would hold; wide tables are unfolded, one row a unit and item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorekit.domain.column import Column
from scorekit.domain.places import speller
from scorekit.domain.printing import FIGURE_DIGITS, MOST, shown
from scorekit.errors import InputError, T

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
_BRACKETS = re.compile(r"\[\d+\]")
_PLACES = ("unit", "file", "sheet", "row")


def wide_rows(table: str, path: Path, inputs: Path | None, run: Mapping[str, Any], unit: str | None) -> list[Row]:
    """The rows of *table*, of all units or of one. Raises InputError where pyarrow is not installed."""
    if table == "inputs":
        return list(_inputs(path, run, unit))
    if table == "scores":
        return list(_scores(path, inputs, run, unit))
    found = _records(path, unit if table == "standings" else None)
    said = [{name: _printed(value) for name, value in row.items()} for row in found]
    return [row for row in said if unit is None or row["unit"] == unit]


def frame_of(path: Path) -> pd.DataFrame:
    """A Parquet table as a DataFrame: decimals as float64, whole numbers as Int64, a text that is not there as ""."""
    import pyarrow as pa

    table = _parquet().read_table(path)
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            # By way of text: Arrow's own cast of 9.2 gives a neighbour of the nearest double.
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()).cast(pa.float64()))
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
    for field in table.schema:
        if pa.types.is_integer(field.type):
            frame[field.name] = frame[field.name].astype("Int64")
        elif pa.types.is_string(field.type):
            frame[field.name] = frame[field.name].astype(object).where(frame[field.name].notna(), "")
    return frame


def _scores(path: Path, inputs: Path | None, run: Mapping[str, Any], unit: str | None) -> Iterator[Row]:
    codes = {item["number"]: (name, item["outcome"]) for name, item in run["reasons"].items()}
    units = _units(path)
    places = _records(inputs, unit, list(_PLACES)) if inputs is not None else None
    for index, row in enumerate(_records(path, unit)):
        spell = _address(places[index], run) if places is not None else None
        category = _followed(row["category"] or "", run["tracks"])
        for line, item in run["criteria"].items():
            reason, outcome = codes[row[f"reason:{line}"]]
            if reason == "not-part":
                continue
            yield {
                "unit": row["unit"],
                "criterion": line,
                "points": _printed(row.get(f"points:{line}")),
                "full": _full(row, line, item, category),
                "outcome": outcome,
                "reason": reason,
                "value": _text(row.get(f"value:{line}"), units.get(f"value:{line}", "")),
                "source": "; ".join(spell(p) for p in item["reads"].get(category, ())) if spell is not None else "",
            }


def _full(row: Mapping[str, Any], line: str, item: Mapping[str, Any], category: str) -> str:
    if row.get(f"full:{line}") is not None:
        return _text(row[f"full:{line}"])
    return str(item.get("full", {}).get(category) or "")


def _followed(category: str, tracks: list[list[str]]) -> str:
    """The category whose standard a unit follows: its own, or, where that is none, the first."""
    return category if any(category in track for track in tracks) else next(iter(tracks[0]), "")


def _inputs(path: Path, run: Mapping[str, Any], unit: str | None) -> Iterator[Row]:
    units = _units(path)
    for row in _records(path, unit):
        place = {"unit": row["unit"], "file": row["file"], "sheet": row["sheet"] or ""}
        spell = _cells(row, run)
        for column, value in row.items():
            if column in _PLACES or column.startswith("raw:"):
                continue
            name = column.removeprefix("field:")
            raw, cell = row.get(f"raw:{name}") or "", spell(name)
            if not isinstance(value, list):
                yield {**place, "field": name, "value": _text(value, units.get(column, ""), 30), "raw": raw, "cell": cell}
                continue
            yield {**place, "field": name, "value": str(len(value)), "raw": raw, "cell": cell}
            yield from _listed(place, name, value, cell, units)


def _listed(place: Row, name: str, found: list[dict[str, Any]], cell: str, units: Mapping[str, str]) -> Iterator[Row]:
    """The fields of a list's records, each a row."""
    for index, record in enumerate(found):
        for key, value in record.items():
            inner, field = f"{cell}/{index}/{key}" if cell.startswith("/") else cell, f"{name}[{index}].{key}"
            unit = units.get(f"{_BRACKETS.sub('', name)}.{key}", "")
            text = str(len(value)) if isinstance(value, list) else _text(value, unit, 30)
            yield {**place, "field": field, "value": text, "raw": "", "cell": inner}
            if isinstance(value, list):
                yield from _listed(place, field, value, inner, units)


def _address(place: Mapping[str, Any], run: Mapping[str, Any]) -> Callable[[str], str]:
    """From a field to ``file#sheet!cell`` or ``file#/pointer``."""
    spell = _cells(place, run)
    before = f"{place['file']}#{place['sheet']}!" if place["sheet"] else f"{place['file']}#"
    return lambda path: before + spell(path)


def _cells(place: Mapping[str, Any], run: Mapping[str, Any]) -> Callable[[str], str]:
    """From a field to its address within the unit's file."""
    layouts = (c["letters"] for c in run["columns"] if place["file"] in c["files"] and c["sheet"] == (place["sheet"] or ""))
    letters: dict[str, str] = next(layouts, {})
    return lambda path: speller(letters, path)(place["row"])


def _printed(value: Any) -> str:
    """A figure with all the digits it was minted with; anything else as its shortest text."""
    return format(value, "f") if isinstance(value, Decimal) else _text(value, most=FIGURE_DIGITS)


def _text(value: Any, unit: str = "", most: int = MOST) -> str:
    """A value as CSV tables print it."""
    if value is None or isinstance(value, str):
        return value or ""
    exact = Fraction(str(value)) if isinstance(value, float) else value
    return shown(Column.of(exact), percentage=unit == "percent", most=most)[0]


def _records(path: Path, unit: str | None, columns: list[str] | None = None) -> list[dict[str, Any]]:
    parquet = _parquet()
    filters = None if unit is None else [("unit", "==", unit)]
    found: list[dict[str, Any]] = parquet.read_table(path, columns=columns, filters=filters).to_pylist()
    return found


def _units(path: Path) -> dict[str, str]:
    """The units of measurement that stand beside the columns, and beside the fields of lists as ``list.field``."""
    found = {}
    for field in _parquet().read_schema(path):
        found[field.name] = field.metadata
        found.update(_inner_units(field))
    return {name: (metadata or {}).get(b"unit", b"").decode() for name, metadata in found.items()}


def _inner_units(field: Any) -> dict[str, Any]:
    """The metadata of a list's fields, and of those of a list in it."""
    inner: Any = getattr(field.type, "value_type", None)
    found = {}
    for child in getattr(inner, "fields", ()):
        found[f"{field.name}.{child.name}"] = child.metadata
        found.update({f"{field.name}.{name}": metadata for name, metadata in _inner_units(child).items()})
    return found


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError:
        what = T("reading and writing Parquet needs the package pyarrow")
        raise InputError(what, "", T('install it with: pip install "scorekit[parquet]", or use --format csv')) from None
    return parquet
