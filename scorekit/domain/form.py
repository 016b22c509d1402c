"""A form to fill in, as data: its sheets, the lines of each, and what may be entered in each cell; writers give it a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Union

from scorekit.domain.naming import folded
from scorekit.errors import T, Text
from scorekit.words import LANGUAGES, say

FormKind = Literal["unit", "units", "office", "panel", "survey"]
FORMS: Mapping[str, Text] = {
    "unit": T("one unit, one workbook"),
    "units": T("many units, one table"),
    "office": T("the office and other departments"),
    "panel": T("one rater, one workbook"),
    "survey": T("the count of a survey"),
}
"""The kinds of form, and for whom each is."""

HEADS: Mapping[str, Text] = {
    "no": T("clause"),
    "item": T("indicator"),
    "wording": T("what is assessed"),
    "method": T("how it is scored"),
    "unit": T("unit of measure"),
    "full": T("full marks"),
    "value": T("value filled in"),
    "own": T("own score"),
    "example": T("example"),
    "evidence": T("evidence to hand in"),
    "path": T("code"),
}
"""What stands above the columns of the form of one unit; ``value`` and ``path`` are how a reader knows it."""

BESIDE_LABELS: Mapping[str, Text] = {
    "rater": T("rater"),
    "belongs": T("unit of the rater"),
    "sent": T("date of filling in"),
    "version": T("number of the version handed in"),
    "edition": T("form pattern"),
}
"""What stands above the table for all of its rows, by its name in ``RawTable.beside``."""

PLACEHOLDERS: Mapping[str, Text] = {
    "computed": T("computed by itself"),
    "listed": T("see its own sheet"),
    "others": T("filled in by others"),
}
"""What stands where a value would, and is none."""

GUIDANCE = T("how to fill in")
"""The name of the sheet that tells how a form is filled in."""

OPTIONS_SHEET = "选项"
"""The hidden sheet that holds the options of dropdowns; its first cell holds its own name."""

Choice = Union[str, int, Decimal]


@dataclass(frozen=True, slots=True)
class Ask:
    """What may be entered in a cell.

    ``least`` and ``most`` bound a number, a text's length, or (ISO) a date; ``beyond`` names those of the two that are
    themselves excluded. ``words`` are texts that stand for blank or for "does not apply" and are taken instead of a value.
    A ``percent`` cell holds a fraction and shows it with ``%``; of a ``loose`` number a hundredth is taken, too, because
    92.28% typed into a plain cell is kept as 0.9228. ``value`` stands there from the start. ``asks`` says it all to people.
    """

    kind: Literal["text", "number", "whole", "date", "choice"]
    asks: str = ""
    choices: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    beyond: frozenset[str] = frozenset()
    percent: bool = False
    loose: bool = False
    value: str | None = None
    example: str = ""


Cell = Union[str, Ask]


@dataclass(frozen=True, slots=True)
class FormHead:
    """A column: the word above it, its share of the page (in characters), and whether it is small print."""

    title: str
    width: float
    small: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row below (or ``above``) the heads: a heading over all columns, or a cell a column; ``times`` of them, all alike."""

    cells: tuple[Cell, ...]
    kind: Literal["heading", "item", "computed", "above", "ready"] = "item"
    depth: int = 0
    times: int = 1


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet: title, what stands beside the table, column heads, lines, and what is signed below.

    ``beside`` are pairs of a label and what may be entered behind it, ``above`` rows between them and the heads,
    ``fixed`` the columns that are repeated on every page. ``path`` is that of the list whose records the sheet takes.
    """

    name: str
    title: str
    heads: tuple[FormHead, ...]
    lines: tuple[FormLine, ...]
    edition: str
    beside: tuple[tuple[str, Ask], ...] = ()
    above: tuple[FormLine, ...] = ()
    closing: tuple[str, ...] = ()
    fixed: int = 1
    path: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form: of which rubric (id, version, digest of its canonical JSON), for whom, how it is filled in, its sheets."""

    kind: str
    rubric: str
    version: str
    digest: str
    title: str
    lang: str
    sheets: tuple[FormSheet, ...]
    guidance: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FormWriter:
    """A named way to write forms: the ending of its files (lower case, with the dot), and the bytes of a form's file."""

    name: str
    suffix: str
    write: Callable[[Form], bytes]
    summary: str = ""
    plugin: str = field(default="", compare=False)


_SIGN = " | "
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Edition:
    """What a form says of itself: its kind, the rubric it was made from (the digest, or how it begins), the list of a sheet."""

    rubric: str
    version: str
    form: str
    digest: str
    path: str = ""


def edition_line(form: str, rubric: str, version: str, digest: str, path: str, lang: str) -> str:
    """The small print by which a form is known even where a program dropped its properties."""
    parts = [rubric, version, form, digest[:_SHOWN], *([path] if path else [])]
    return say(BESIDE_LABELS["edition"], lang) + ("：" if lang == "zh" else ": ") + _SIGN.join(parts)


def edition_of(text: str) -> Edition | None:
    """What a cell with the small print says, in any language; None where it is no small print."""
    label, sign, rest = text.replace("：", ":", 1).partition(":")
    parts = [p.strip() for p in rest.split(_SIGN.strip())]
    if not sign or form_words(BESIDE_LABELS).get(folded(label)) != "edition" or len(parts) not in (4, 5) or parts[2] not in FORMS:
        return None
    return Edition(*parts)


def form_words(words: Mapping[str, Text]) -> dict[str, str]:
    """From each word as people may have it (folded, in any language) to its name."""
    return {folded(say(text, lang)): name for name, text in words.items() for lang in LANGUAGES}
