"""A second reading of what was read, by other means: no value may differ, and what has two readings may have no value."""

from __future__ import annotations

import codecs
import contextlib
import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from xml.dom import minidom

from scorekit.domain.intake import Percent, RawTable, Unreadable

Cells = dict[str, list[Any]]
"""By address, every value that someone might read there."""
_LETTERS = re.compile(r"[A-Z]+")


def differences(ending: str, data: bytes, tables: Sequence[RawTable]) -> list[str]:
    """What was given for a value and is none in the second reading."""
    reader = {".xlsx": _in_workbook, ".csv": _in_table, ".json": _in_objects, ".ndjson": _in_lines}[ending]
    filled = [t for t in tables if len(t)]
    return list(reader(data, filled)) if filled else []


# ---------------------------------------------------------------- workbooks


def _in_workbook(data: bytes, tables: Sequence[RawTable]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name.lower(): package.read(name) for name in package.namelist() if not name.endswith("/")}
    sheets = dict(_sheets(parts))
    texts, dates = _texts(parts), _is_1904(parts)
    for table in tables:
        cells, formulas = _cells(parts[sheets[table.sheet]], texts)
        for address, value in _given(table):
            known = cells.get(address, [])
            if address in formulas or len(known) != 1 or not _same(value, known[0], dates):
                yield f"{table.sheet}!{address}: {value!r} where there is {known!r}"


def _given(table: RawTable) -> Iterator[tuple[str, Any]]:
    """Each value that was read, with the cell that it is said to stand in."""
    for name, column in table.columns.items():
        letter, own = table.letters.get(name), table.elsewhere.get(name, {})
        for i, (row, value) in enumerate(zip(table.row, column, strict=True)):
            address = own[i].cell if i in own else f"{letter}{row}" if letter is not None else ""
            if address and value is not None and not isinstance(value, Unreadable):
                yield address, value


def _root(data: bytes) -> Any:
    return minidom.parseString(data).documentElement


def _named(node: Any, name: str) -> list[Any]:
    return [n for n in node.childNodes if n.nodeType == n.ELEMENT_NODE and n.localName == name]


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    leads = {}
    for relation in _named(_root(parts["xl/_rels/workbook.xml.rels"]), "Relationship"):
        target = relation.getAttribute("Target").replace("\\", "/").lower()
        leads[relation.getAttribute("Id")] = target[1:] if target.startswith("/") else "xl/" + target
    for sheet in _root(parts["xl/workbook.xml"]).getElementsByTagNameNS("*", "sheet"):
        link = next((v for k, v in sheet.attributes.items() if k.rpartition(":")[2] == "id"), "")
        if link in leads:
            yield sheet.getAttribute("name"), leads[link]


def _is_1904(parts: Mapping[str, bytes]) -> bool:
    found = _root(parts["xl/workbook.xml"]).getElementsByTagNameNS("*", "workbookPr")
    return bool(found) and found[0].getAttribute("date1904") in ("1", "true")


def _texts(parts: Mapping[str, bytes]) -> list[str | None]:
    """The shared texts; None where there is more than one way to read one."""
    data = parts.get("xl/sharedstrings.xml")
    return [] if data is None else [_text(entry) for entry in _named(_root(data), "si")]


def _text(entry: Any) -> str | None:
    plain, runs = _named(entry, "t"), _named(entry, "r")
    if (plain and runs) or len(plain) > 1 or any(len(_named(r, "t")) > 1 for r in runs):
        return None
    pieces = plain or [t for r in runs for t in _named(r, "t")]
    known = {"t", "r", "rPh", "phoneticPr", "extLst"}
    odd = any(n.localName not in known for n in entry.childNodes if n.nodeType == n.ELEMENT_NODE)
    return None if odd or any(_inner(p) is None for p in pieces) else "".join(_inner(p) or "" for p in pieces)


def _inner(node: Any) -> str | None:
    """The text of a node; None where it holds anything else."""
    if any(n.nodeType not in (n.TEXT_NODE, n.CDATA_SECTION_NODE) for n in node.childNodes):
        return None
    return "".join(n.data for n in node.childNodes)


def _cells(data: bytes, texts: Sequence[str | None]) -> tuple[Cells, set[str]]:
    found: Cells = {}
    formulas: set[str] = set()
    number = 0
    for row in _root(data).getElementsByTagNameNS("*", "row"):
        written = row.getAttribute("r")
        number = int(written) if written else number + 1
        column = 0
        for cell in _named(row, "c"):
            address = cell.getAttribute("r")
            column = _column(_LETTERS.match(address)[0]) if address else column + 1  # type: ignore[index]
            place = address or f"{_letter(column)}{number}"
            if _named(cell, "f"):
                formulas.add(place)
            value = _value(cell, texts)
            if value is not None:
                found.setdefault(place, []).append(value)
    return found, formulas


def _value(cell: Any, texts: Sequence[str | None]) -> Any:
    kind = cell.getAttribute("t") or "n"
    values, inline = _named(cell, "v"), _named(cell, "is")
    if len(values) + len(inline) != 1:
        return None if not values and not inline else ("several",)
    if inline:
        return ("text", _text(inline[0])) if kind == "inlineStr" else ("several",)
    text = _inner(values[0])
    if text is None:
        return ("several",)
    if kind == "s":
        return ("text", texts[int(text)] if text.isdigit() and int(text) < len(texts) else None) if text else None
    return (kind, text) if text else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letter(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _same(value: Any, known: tuple[Any, ...], late: bool) -> bool:
    kind, text = known[0], known[1] if len(known) > 1 else None
    if text is None:
        return False
    if isinstance(value, bool):
        return kind == "b" and text.strip() in (("1", "true") if value else ("0", "false"))
    if isinstance(value, Percent):
        return kind == "n" and abs(Fraction(value.fraction) - _exact(text)) < Fraction(1, 10**9)
    if isinstance(value, (int, float)):
        return kind == "n" and Fraction(value) == Fraction(float(text))
    if kind == "n":
        return isinstance(value, (datetime.date, str)) and _day(value, text, late)
    if kind == "d":
        return str(value)[:10] == text.strip()[:10]
    return kind in ("text", "str", "e") and isinstance(value, str) and _written(value) == _written(text)


def _written(text: str) -> str:
    """A text with its escapes in one form."""
    plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _exact(text: str) -> Fraction:
    try:
        return Fraction(Decimal(text.strip()))
    except (InvalidOperation, OverflowError):
        return Fraction(-1)


def _day(value: datetime.date | str, text: str, late: bool) -> bool:
    """A serial number as a day; a time alone, or a length of time, is not looked at."""
    days = float(text)
    if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d", value):
        return ":" in value
    first = datetime.datetime.fromisoformat("1904-01-01" if late else "1899-12-31" if days < 60 else "1899-12-30")
    told = first + datetime.timedelta(days=days)
    given = datetime.datetime.fromisoformat(str(value))
    return abs((told - given).total_seconds()) < 1


# ---------------------------------------------------------------- tables


def _in_table(data: bytes, tables: Sequence[RawTable]) -> Iterator[str]:
    found = []
    for encoding in _encodings(data):
        for delimiter in ",\t;，":
            differing = list(_in_rows(list(_rows(data.decode(encoding), delimiter)), tables))
            if not differing:
                return
            found.append((len(differing), differing))
    yield from min(found, default=(0, ["the text is in no encoding"]))[1][:5]


def _encodings(data: bytes) -> Iterator[str]:
    marked = [
        name
        for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
        if data.startswith(mark)
    ]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        marked = ["utf-32"]
    for name in marked or ["utf-8", "gb18030"]:
        try:
            data.decode(name)
        except (UnicodeDecodeError, ValueError):
            continue
        yield name


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows told apart character by character, as RFC 4180 has it."""
    row: list[str] = []
    cell: list[str] = []
    quoted = closed = False
    at, size = 0, len(text)
    while at < size:
        c = text[at]
        at += 1
        if quoted:
            if c == '"' and text[at : at + 1] == '"':
                cell.append(c)
                at += 1
            elif c == '"':
                quoted, closed = False, True
            else:
                cell.append(c)
        elif c == '"' and not cell and not closed:
            quoted = True
        elif c == delimiter:
            row.append("".join(cell))
            cell, closed = [], False
        elif c in "\r\n":
            if c == "\r" and text[at : at + 1] == "\n":
                at += 1
            yield [*row, "".join(cell)] if row or cell or closed else []
            row, cell, closed = [], [], False
        else:
            cell.append(c)
    if row or cell:
        yield [*row, "".join(cell)]


def _in_rows(rows: Sequence[Sequence[str]], tables: Sequence[RawTable]) -> Iterator[str]:
    for table in tables:
        for address, value in _given(table):
            letter = address.rstrip("0123456789")
            row, at = int(address.removeprefix(letter)), _column(letter) - 1
            cells = rows[row - 1] if row <= len(rows) else []
            known = cells[at] if at < len(cells) else ""
            if value not in (known, known[1:]):
                yield f"{address}: {value!r} where there is {known!r}"


# ---------------------------------------------------------------- objects


def _in_objects(data: bytes, tables: Sequence[RawTable]) -> Iterator[str]:
    """Each unit is among those that the standard library reads, with no key but its own."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    value = _loaded(data.decode(next((name for mark, name in marks if data.startswith(mark)), "utf-8")))
    yield from _in_units(dict(enumerate(value, 1)) if isinstance(value, list) else {0: value}, tables)


def _in_lines(data: bytes, tables: Sequence[RawTable]) -> Iterator[str]:
    units = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        with contextlib.suppress(ValueError, RecursionError):
            units[number] = _loaded(line.decode("utf-8-sig"))
    yield from _in_units(units, tables)


def _in_units(units: Mapping[int, Any], tables: Sequence[RawTable]) -> Iterator[str]:
    for table in tables:
        for i, row in enumerate(table.row):
            flat = dict(_flat(units.get(int(row)), ""))
            for name, column in table.columns.items():
                given = column[i]
                if not isinstance(given, Unreadable) and not _equal(given, flat.get(name)):
                    yield f"/{row}/{name}: {given!r} where there is {flat.get(name)!r}"


def _loaded(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> Any:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("twice")
        return dict(pairs)

    return json.loads(text, parse_float=Decimal, object_pairs_hook=once)


def _flat(value: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, dict) and key != "$schema":
            yield from _flat(inner, prefix + key + ".")
        else:
            yield prefix + key, inner


def _equal(given: Any, known: Any) -> bool:
    if isinstance(given, (list, dict)) or given is None or known is None:
        return given is None if known is None else repr(given) == repr(known) or given == known
    if hasattr(given, "item"):
        given = given.item()
    if isinstance(given, (int, float, Decimal)) and not isinstance(given, bool) and not isinstance(known, (str, bool)):
        return Fraction(given) == Fraction(known) or Fraction(given) == Fraction(float(known))
    return bool(given == known) and isinstance(given, bool) == isinstance(known, bool)
