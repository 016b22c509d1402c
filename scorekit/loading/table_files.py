"""Lookup tables that stand in a CSV beside the rubric: their rows taken into the document, so that results need no other file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorekit.domain.lookups import number_of
from scorekit.domain.naming import folded
from scorekit.errors import RubricError, T, reason_of

LARGEST = 32 * 2**20
_TRUTHS = {"是": True, "否": False, "true": True, "false": False}


def with_tables(document: dict[str, Any], where: Path) -> dict[str, Any]:
    """The document with the rows of every table that names a file, and the file's digest.

    A table that has both already (a results folder keeps them) stays as it is. Raises RubricError.
    """
    frame = document.get("x-rubric")
    tables = frame.get("tables") if isinstance(frame, dict) else None
    if not isinstance(tables, dict) or not any(isinstance(t, dict) and "file" in t and "digest" not in t for t in tables.values()):
        return document
    found = {name: _filled(raw, where, f"{where}#/x-rubric/tables/{name}") for name, raw in tables.items()}
    return {**document, "x-rubric": {**document["x-rubric"], "tables": found}}


def _filled(raw: Any, where: Path, at: str) -> Any:
    if not isinstance(raw, dict) or not isinstance(raw.get("file"), str) or "digest" in raw:
        return raw
    if "rows" in raw:
        raise RubricError(T("a table has either rows or a file"), f"{at}/rows", T("remove one of them"))
    content = _read(raw["file"], where, at)
    keys = [k if isinstance(k, str) else k.get("name", "") for k in raw.get("keys", ())]
    return {**raw, "rows": _rows(content, keys, raw, at), "digest": hashlib.sha256(content).hexdigest()}


def _read(name: str, where: Path, at: str) -> bytes:
    """The bytes of a file in the rubric's own folder (or below it)."""
    folder = where.resolve().parent
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise RubricError(
            T("the file of a table must stand in the rubric's own folder"), f"{at}/file", T("put it there, and name it without a path")
        )
    try:
        if path.stat().st_size > LARGEST:
            raise RubricError(T("the file is larger than 32 MB"), str(path), T("split it"))
        return path.read_bytes()
    except OSError as fault:
        raise RubricError(T("the file cannot be read: {error}", error=reason_of(fault)), str(path), T("check the path")) from fault


def _rows(content: bytes, keys: Sequence[str], raw: Mapping[str, Any], at: str) -> list[list[Any]]:
    name = str(raw["file"])
    lines = [(i, [c.strip() for c in line]) for i, line in enumerate(csv.reader(io.StringIO(_text(content, name))), 1)]
    lines = [(i, line) for i, line in lines if any(line)]
    if not lines:
        raise RubricError(T("the file is empty"), name, T("write a line of headings, then the rows"))
    places = _columns(lines[0][1], keys, raw.get("value"), f"{at}/file", name)
    rows = []
    for number, line in lines[1:]:
        cells = [line[p] if p < len(line) else "" for p in places]
        if "" in cells:
            what = T("“{heading}” is empty", heading=lines[0][1][places[cells.index("")]])
            raise RubricError(what, f"{name}:{number}", T("fill it in, or remove the line"))
        rows.append(cells)
    values = _values([r[-1] for r in rows])
    return [[*row[:-1], value] for row, value in zip(rows, values, strict=True)]


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RubricError(T("the file is no UTF-8 text"), name, T("save it as UTF-8"))


def _columns(heads: Sequence[str], keys: Sequence[str], value: str | None, at: str, name: str) -> list[int]:
    """Where the keys and the value stand, by heading; without ``value`` it is the last column."""
    known = {folded(h): i for i, h in reversed(list(enumerate(heads)))}
    wanted = [*keys, value if value is not None else heads[-1]]
    for heading in wanted:
        if folded(heading) not in known:
            what = T("the table's file {file} has no column “{heading}”", file=name, heading=heading)
            raise RubricError(what, at, T("its columns are: {names}", names=list(heads)))
    return [known[folded(h)] for h in wanted]


def _values(texts: Sequence[str]) -> list[Any]:
    """Values as JSON has them: all numbers, all truths, or texts (dates among them)."""
    if texts and all(t.casefold() in _TRUTHS for t in texts):
        return [_TRUTHS[t.casefold()] for t in texts]
    try:
        found = [number_of(t) for t in texts]
    except ValueError:
        return list(texts)
    return [int(f) if f.denominator == 1 and "." not in t else Decimal(t) for f, t in zip(found, texts, strict=True)]
