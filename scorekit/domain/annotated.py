"""Copies that were sent back with marks: how such a copy is told, what it was made of, and whether anything in it was changed."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from scorekit.errors import T
from scorekit.words import LANGUAGES, say

PROPERTY, EARLIER = "scorekit-annotated", "scorekit-annotated-earlier"
"""The document properties of a copy: what it was made of and its values as annotated; what that file in turn was made of."""
AUTHOR = "scorekit"
COPY, LIST = "_批注", "_错误清单"
"""What the names of copies, and of lists of problems alone, end with."""
LIST_SHEET = T("errors to mend")
LIST_HEADS = (
    T("number of the line"), T("sheet"), T("cell"), T("unit"), T("field of the form"), T("entered"), T("problem"), T("how to mend it"),
    T("severity"),
)  # fmt: skip
"""The columns of the sheet that lists the problems."""
SEARCHED = 20
"""Rows in which its heads are looked for: whoever inserts a row above them changes nothing."""
_GENERATIONS = 3
_VAST = 10**300
_KINDS = {"e": "error", "x": "unreadable"}
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a copy says of itself: the sha256 of the files it was made of, nearest first, and the digest of its values.

    ``values`` is empty where the file is no copy but the list of problems alone.
    """

    of: tuple[str, ...]
    values: str = ""

    def properties(self) -> dict[str, str]:
        """As document properties, none of them longer than the 255 characters that Excel keeps."""
        own = {PROPERTY: f"{self.of[0]} {self.values}".rstrip()}
        return {**own, EARLIER: " ".join(self.of[1:_GENERATIONS])} if self.of[1:] else own

    @classmethod
    def read(cls, properties: Mapping[str, str]) -> Lineage | None:
        """From document properties; None where they are none of a copy."""
        found = properties.get(PROPERTY, "").split()
        earlier = properties.get(EARLIER, "").split()
        if not 1 <= len(found) <= 2 or not all(map(_DIGEST.fullmatch, [*found, *earlier])):
            return None
        return cls((found[0], *earlier), *found[1:])


def is_list(rows: Iterable[Sequence[Any]]) -> bool:
    """Whether the first rows of a sheet are those of a list of problems, in any language."""
    heads = _heads()
    return any(len(row) >= len(LIST_HEADS) and list(row[: len(LIST_HEADS)]) == heads.get(str(row[0])) for row in rows)


@cache
def _heads() -> dict[str, list[str]]:
    """The heads in each language, by the first of them."""
    return {heads[0]: heads for heads in ([say(head, lang) for head in LIST_HEADS] for lang in LANGUAGES)}


def values_digest(sheets: Iterable[tuple[str, Iterable[tuple[int, int, str, Any]]]]) -> str:
    """The digest of sheets as (name, cells), each cell its row, column, kind and value.

    The kind is as openpyxl tells it ("n", "s", "d", …), or "%" of a number that is shown as a percentage.
    Programs that save a workbook again write numbers with 15 digits at the least, blank texts or none, line ends of their
    own, formulas in their own words and results: none of that shows.
    """
    found = hashlib.sha256()
    for name, cells in sheets:
        found.update(f"{name!r}\n".encode("utf-8", "surrogatepass"))
        for row, column, kind, value in cells:
            text = _told(kind, value)
            if text:
                found.update(f"{row} {column} {text!r}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _told(kind: str, value: Any) -> str:
    """A cell's value as one text, empty where there is none."""
    if value is None or value == "":
        return ""
    if kind == "f":
        return "formula"
    if isinstance(value, bool):
        return f"truth {value}"
    if isinstance(value, (int, float)):
        told = f"{float(value):.15g}" if abs(value) < _VAST else str(value)
        return f"{'percent' if kind == '%' else 'number'} {told}"
    if isinstance(value, (datetime.date, datetime.time)):
        return f"date {value.isoformat()}"
    text = str(value).replace("_x000D_", "").replace("\r", "")
    return f"{_KINDS.get(kind, 'text')} {text}" if text else ""
