"""A draft as a workbook: one row a field, what is proposed and why, and an empty cell in which a person takes or refuses it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from scorekit.plugin import (
    ABOVE,
    COLUMNS,
    CONFIDENCE_WORDS,
    FORM,
    Blank,
    Draft,
    Drafter,
    Proposal,
    T,
    Text,
    cell_text,
    hookimpl,
    place_words,
    say,
    value_words,
    xml_text,
)

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = {"title": 20, "unit": 7, "proposed": 11, "take": 7, "instead": 11, "sentence": 46, "place": 14, "confidence": 6}
_WIDTHS |= {"cautions": 17, "others": 19, "field": 14}
"""Together what a page across holds at a size that can be read."""
_REMARKED = (24, 12, 60, 24)
_OPEN = ("take", "instead")
_HEAD = 4
_LONGEST, _LIST = 4000, 255
_TALLEST = 400
_EXACT = 10**15  # a spreadsheet keeps fifteen digits


def render(draft: Draft, lang: str) -> bytes:
    """The workbook; equal drafts give equal bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, _OPTIONS) as book:
        book.set_properties(
            {"title": xml_text(draft.title)[:255], "comments": xml_text(f"{draft.rubric} {draft.version}")[:255], "created": _CREATED}
        )
        for name, value in (("rubric", draft.rubric), ("version", draft.version), ("digest", draft.digest), ("form", FORM)):
            book.set_custom_property(f"scorekit-{name}", xml_text(value))
        looks = _Looks(book)
        _sheet(book, looks, draft, lang)
        if draft.remarks:
            _remarks(book, looks, draft.remarks, lang)
    return data.getvalue()


class _Looks:
    """The formats of the sheets."""

    def __init__(self, book: Any) -> None:
        cell = {"border": 1, "valign": "top", "text_wrap": True, "font_size": 10}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
        self.head = book.add_format({**cell, "bold": True, "bg_color": "#D9D9D9", "align": "center"})
        self.cell = book.add_format(cell)
        self.number = book.add_format({**cell, "num_format": "0.######", "align": "right"})
        self.open = book.add_format({**cell, "locked": False, "bg_color": "#FFF9DB"})
        self.grey = book.add_format({**cell, "font_color": "#808080", "font_size": 7})


def _sheet(book: Any, looks: _Looks, draft: Draft, lang: str) -> None:
    """The sheet that a person goes through: fields in the order of the rubric."""
    sheet = book.add_worksheet(say(T("to confirm"), lang))
    _laid_out(sheet, looks, draft, lang)
    names = list(COLUMNS)
    for row, blank in enumerate(draft.blanks, _HEAD + 1):
        proposals = draft.proposals.get(blank.field, ())
        told = {name: _told(name, blank, proposals, lang) for name in names}
        for column, name in enumerate(names):
            _cell(sheet, row, column, told[name], looks, name)
        sheet.set_row(row, _height((str(told[n]), _WIDTHS[n]) for n in names if told[n] is not None and n != "field"))
        if proposals:
            yes_no = [say(T("yes"), lang), say(T("no"), lang)]
            sheet.data_validation(row, names.index("take"), row, names.index("take"), {"validate": "list", "source": yes_no})
        options = [xml_text(o) for o in blank.options]
        if options and len(",".join(options)) <= _LIST and not any(set(o) & set(',"') for o in options):
            place = names.index("instead")
            sheet.data_validation(row, place, row, place, {"validate": "list", "source": options, "error_type": "warning"})


def _laid_out(sheet: Any, looks: _Looks, draft: Draft, lang: str) -> None:
    """Title, note, the words above, the head, widths, print settings, the lock on all but what is to be filled in."""
    names = list(COLUMNS)
    _text(sheet, 0, 0, say(T("{title}: draft of a submission", title=draft.title), lang), looks.title)
    sheet.merge_range(1, 0, 1, len(names) - 1, "", looks.note)
    _text(sheet, 1, 0, say(_note(), lang), looks.note)
    sheet.set_row(1, 30)
    for row, (name, value) in enumerate((("report", draft.report), ("rubric", draft.rubric)), 2):
        _text(sheet, row, 0, say(ABOVE[name], lang), looks.note)
        _text(sheet, row, 1, value, None)
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS[name])
        _text(sheet, _HEAD, column, say(COLUMNS[name], lang), looks.head)
    sheet.freeze_panes(_HEAD + 1, 1)
    _paged(sheet, lang)
    sheet.repeat_rows(_HEAD)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False, "autofilter": True})


def _paged(sheet: Any, lang: str) -> None:
    """A4 across, one page wide, numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C" + say(T("Page {page} of {pages}", page="&P", pages="&N"), lang))


def _note() -> Text:
    """What a person is to do here."""
    return T(
        "One row a field. Read the sentence, then choose yes or no; write the right value under “{instead}” where the proposal is wrong "
        "or there is none. What is left empty counts as blank.",
        instead=COLUMNS["instead"],
    )


def _told(name: str, blank: Blank, proposals: Sequence[Proposal], lang: str) -> Any:
    """What stands in one column of a field's row; None for what a person fills in and what there is not."""
    first = proposals[0] if proposals else None
    if name in ("title", "unit", "field"):
        return getattr(blank, name)
    if name in _OPEN or first is None:
        return None
    return {
        "proposed": first.value if not isinstance(first.value, bool) else say(value_words(first.value), lang),
        "sentence": first.sentence,
        "place": say(place_words(first.spot), lang),
        "confidence": say(CONFIDENCE_WORDS[first.confidence], lang),
        "cautions": "；".join(say(c, lang) for c in first.cautions) or None,
        "others": "\n".join(_other(p, lang) for p in proposals[1:]) or None,
    }[name]


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row that shows texts whole, each in a column so wide: programs do not make room by themselves."""
    lines = (
        sum(max(1, math.ceil(len(part.encode("gbk", "replace")) / (width * 0.9))) for part in text.split("\n")) for text, width in texts
    )
    return min(_TALLEST, 13.5 * max(lines, default=1) + 2)


def _other(proposal: Proposal, lang: str) -> str:
    told = [value_words(proposal.value, proposal.unit), CONFIDENCE_WORDS[proposal.confidence], place_words(proposal.spot)]
    return " · ".join(say(t, lang) for t in told)


def _cell(sheet: Any, row: int, column: int, value: Any, looks: _Looks, name: str) -> None:
    look = looks.open if name in _OPEN else looks.grey if name == "field" else looks.cell
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, (int, Decimal)) and -_EXACT < value < _EXACT:
        sheet.write_number(row, column, float(value), looks.number)
    else:
        _text(sheet, row, column, str(value), look)


def _text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    sheet.write_string(row, column, cell_text(text) if len(text) <= _LONGEST else text[:_LONGEST] + "…", look)


def _remarks(book: Any, looks: _Looks, remarks: Sequence[Proposal], lang: str) -> None:
    """What was found as well and is not for the unit to fill in."""
    sheet = book.add_worksheet(say(T("found as well"), lang))
    heading = say(T("Found as well, but not for the unit to fill in (computed, or filled in by others):"), lang)
    sheet.merge_range(0, 0, 0, len(_REMARKED) - 1, "", looks.note)
    _text(sheet, 0, 0, heading, looks.note)
    _paged(sheet, lang)
    for row, remark in enumerate(remarks, 2):
        told = [remark.title, value_words(remark.value, remark.unit), remark.sentence, place_words(remark.spot)]
        texts = [say(text, lang) for text in told]
        for column, text in enumerate(texts):
            _text(sheet, row, column, text, looks.cell)
        sheet.set_row(row, _height(zip(texts, _REMARKED, strict=True)))
    for column, width in enumerate(_REMARKED):
        sheet.set_column(column, column, width)


@hookimpl
def scorekit_drafters() -> list[Drafter]:
    """The writer of workbooks."""
    return [Drafter("workbook", (".xlsx",), render, "A sheet in which a person takes or refuses each proposal")]
