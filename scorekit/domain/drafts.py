"""A draft of a submission: proposals out of a report, each to be taken or left by a person, and how a draft is read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from scorekit.errors import T, Text

DRAFT = "x-draft"
"""Where a draft stands in a submission."""
Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a report: numbers from 1, 0 where there is none; characters from ``start`` up to ``end`` (from 0)."""

    paragraph: int = 0
    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a report may give for a field: the sentence and the place it stands in, how sure the match is, and why.

    ``matched`` are the words of the field that the report has, ``unit`` is the field's; ``cautions`` say what speaks
    against it. ``fillable`` is false where the field is not the unit's to fill: it is only a remark then.
    """

    field: str
    title: str
    value: Any
    shown: str
    sentence: str
    spot: Spot
    confidence: Confidence
    matched: tuple[str, ...] = ()
    cautions: tuple[Text, ...] = ()
    fillable: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that the unit fills: its path, title and unit, its options, and whether it must be filled."""

    field: str
    title: str
    unit: str = ""
    options: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report proposes for a rubric: by field, the likeliest proposal first; and the fields that a person fills in any case."""

    rubric: str
    title: str
    version: str
    digest: str
    report: str
    report_digest: str
    blanks: tuple[Blank, ...]
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    remarks: tuple[Proposal, ...] = ()
    software: str = ""

    @property
    def count(self) -> int:
        """How many fields have proposals."""
        return len(self.proposals)


def cell(value: Any) -> Any:
    """A value as a submission holds it: whole numbers as int."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


@dataclass(frozen=True, slots=True)
class Drafter:
    """A named writer of drafts for the given endings (lower case, with the dot): from a draft and a language to a file's bytes."""

    name: str
    suffixes: tuple[str, ...]
    render: Callable[[Draft, str], bytes]
    summary: str = ""
    plugin: str = field(default="", compare=False)


CONFIDENCE_WORDS: Mapping[Confidence, Text] = {"high": T("sure"), "medium": T("likely"), "low": T("doubtful")}


def place_words(spot: Spot) -> Text:
    """A place in words, its characters counted from 1."""
    told = {"first": spot.start + 1, "last": spot.end}
    if spot.table:
        return T("table {table} row {row}, characters {first}–{last}", table=spot.table, row=spot.row, **told)
    if spot.page:
        return T("page {page} line {line}, characters {first}–{last}", page=spot.page, line=spot.line, **told)
    if spot.line:
        return T("line {line}, characters {first}–{last}", line=spot.line, **told)
    return T("paragraph {paragraph}, characters {first}–{last}", paragraph=spot.paragraph, **told)


def value_words(value: Any, unit: str = "") -> Text | str:
    """A value in words, with the sign of a percentage."""
    if isinstance(value, bool):
        return T("yes") if value else T("no")
    shown = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"{shown}%" if unit == "%" else shown


FORM = "draft"
"""What the document property ``scorekit-form`` of a draft's workbook says."""
COLUMNS: Mapping[str, Text] = {
    "title": T("field to fill"),
    "unit": T("counted in"),
    "proposed": T("proposed"),
    "take": T("take it (yes or no)"),
    "instead": T("enter instead"),
    "sentence": T("the sentence it rests on"),
    "place": T("where it stands"),
    "confidence": T("how sure"),
    "cautions": T("mind"),
    "others": T("other candidates"),
    "field": T("code of the field"),
}
"""The columns of a draft's sheet; its reader knows them by these words in any language."""
ABOVE: Mapping[str, Text] = {"report": T("drafted from"), "rubric": T("for the standard")}
"""What stands above them, each behind its word."""
