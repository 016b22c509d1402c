"""What stands above a form's table for all of its rows: which form it is, who filled it in, when, and which version it is."""

from __future__ import annotations

import datetime
import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scorekit.plugin import BESIDE_LABELS, Edition, Problem, T, edition_of, folded, form_words, say

from .headings import letter

PREFIX = "scorekit-"
_PART = b"docProps/custom.xml"
_TAIL, _LARGEST = 2**16, 2**16
_PROPERTY = re.compile(r"""<property\b[^>]*?\bname\s*=\s*["']([^"']*)["'][^>]*>\s*<[^>]*>([^<]*)<""")
_DAY = re.compile(r"([0-9]{4})(?:[-/.年])([0-9]{1,2})(?:[-/.月])([0-9]{1,2})日?(?:[T\s].*)?")
_LABELS = {**form_words(BESIDE_LABELS), **{folded(w): "belongs" for w in ("评委所在单位", "所在单位", "回避单位")}}
_STARTS = tuple(say(BESIDE_LABELS["edition"], lang) for lang in ("zh", "en"))
Row = tuple[int, Sequence[Any]]
Beside = dict[str, tuple[str, str]]


def properties_of(path: Path) -> dict[str, str]:
    """The document properties of a workbook that nobody opened yet; of one without any no more is read than the list of its parts."""
    try:
        with path.open("rb") as source:
            source.seek(max(0, source.seek(0, 2) - _TAIL))
            if _PART not in source.read():
                return {}
            with zipfile.ZipFile(source) as package, package.open(_PART.decode()) as part:
                text = part.read(_LARGEST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, RuntimeError):
        return {}  # whoever reads it says what is wrong with it
    return {name: html.unescape(value) for name, value in _PROPERTY.findall(text)}


def edition_said(properties: Mapping[str, str], texts: Sequence[Any]) -> Edition | None:
    """What a workbook says of itself by its document properties, or, where a program dropped them, in small print."""
    if properties.get(f"{PREFIX}form"):
        return Edition(*(properties.get(f"{PREFIX}{name}", "") for name in ("rubric", "version", "form", "digest")))
    return next((found for t in texts if isinstance(t, str) and t.startswith(_STARTS) and (found := edition_of(t)) is not None), None)


def beside(rows: Sequence[Row], said: Edition, file: str, sheet: str) -> tuple[Beside, list[Problem]]:
    """What the rows above the heads say, each with its cell, and what cannot be read; *said* is what the workbook says of itself."""
    printed = next(((e, f"{letter(c)}{n}") for n, cells in rows for c, e in _printed(cells)), (said, ""))
    edition, at = printed
    whole = said.digest if said.digest.startswith(edition.digest) else edition.digest
    found = {"form": (edition.form, at), "edition": (edition.version, at), "digest": (whole, at)}
    found |= {"list": (edition.path, at)} if edition.path else {}
    told, problems = labelled(rows, file, sheet)
    return {name: value for name, value in {**found, **told}.items() if value[0]}, problems


def labelled(rows: Sequence[Row], file: str, sheet: str) -> tuple[Beside, list[Problem]]:
    """What labels above the heads of any table say, 评委：… and the like, each with its cell, and what cannot be read."""
    found: Beside = {}
    problems: list[Problem] = []
    for number, cells in rows:
        for name, value, column in _labelled(cells):
            cell = f"{letter(column)}{number}"
            text = _day(value) if name == "sent" else str(value).strip()
            if text is None:
                what = T("the date of filling in “{text}” is no date", text=str(value)[:50])
                problems.append(Problem("warning", what, T("write it as 2026-07-30"), file=file, sheet=sheet, cell=cell))
            elif text:
                found[name] = (text, cell)
    return found, problems


def _printed(cells: Sequence[Any]) -> Iterator[tuple[int, Edition]]:
    for column, cell in enumerate(cells):
        if isinstance(cell, str) and (found := edition_of(cell)) is not None:
            yield column, found


def _labelled(cells: Sequence[Any]) -> Iterator[tuple[str, Any, int]]:
    """The labels of a row, each with the value behind it: in the same cell, or in the next one that holds anything."""
    for column, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        label, sign, rest = cell.replace("：", ":", 1).partition(":")
        name = _LABELS.get(folded(label)) if sign else None
        if name is None or name == "edition":
            continue
        if rest.strip():
            yield name, rest.strip(), column
            continue
        behind = next(((c, i) for i, c in enumerate(cells[column + 1 :], column + 1) if c is not None and str(c).strip()), None)
        if behind is not None and not (isinstance(behind[0], str) and _is_label(behind[0])):
            yield name, behind[0], behind[1]


def _is_label(text: str) -> bool:
    label, sign, _ = text.replace("：", ":", 1).partition(":")
    return bool(sign) and folded(label) in _LABELS


def _day(value: Any) -> str | None:
    """A date as ISO writes it; None where it is none."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    found = _DAY.fullmatch(str(value).strip())
    try:
        return datetime.date(*map(int, found.groups())).isoformat() if found is not None else None
    except ValueError:
        return None
