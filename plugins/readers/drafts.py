"""The draft of a submission as a workbook, once a person went through it: what was taken counts, and where it stands is its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorekit.plugin import ABOVE, COLUMNS, FORM, Answer, Confirmed, Origin, Problem, RawTable, T, Text, Unreadable, confirmed, folded, say

from .headings import SEARCHED, letter
from .sheet import _checked_rows, _Grid, _parser, _row, _show_results, _texts

LANGUAGES = ("zh", "en")
_EARLY = 200
"""Texts of a workbook among which the head of a draft is sought: they stand in the order in which they were written."""
_ROWS = 8
_NEEDED = frozenset({"proposed", "take", "field"})
_WORDS = {folded(say(text, lang)): name for name, text in COLUMNS.items() for lang in LANGUAGES}
_ABOVE = {folded(say(text, lang)): name for name, text in ABOVE.items() for lang in LANGUAGES}
_YES = frozenset({"是", "yes", "y", "√", "✓", "采用", "true", "1"})
_NO = frozenset({"否", "no", "n", "×", "不采用", "false", "0"})


def is_draft(book: Any) -> bool:
    """Whether a workbook is a draft: it says so in its properties, or a visible sheet has the columns of one."""
    if any(p.name == "scorekit-form" for p in book.custom_doc_props):
        return any(p.name == "scorekit-form" and str(p.value) == FORM for p in book.custom_doc_props)
    early = book.texts[:_EARLY] or [t for s in book.worksheets[:1] for t in _first(s)]
    texts = {folded(t) for t in early if isinstance(t, str)}
    return {_WORDS[t] for t in texts & _WORDS.keys()} >= _NEEDED


def _first(sheet: Any) -> Iterator[Any]:
    """The cells of the first rows, of a workbook that has no table of texts."""
    with sheet._get_source() as source:
        for _, (_, cells) in zip(range(_ROWS), _checked_rows(_parser(sheet, source)), strict=False):
            yield from _texts(cells)


def draft_tables(sheet: Any, file: str, rubric: str | None) -> list[RawTable] | bool:
    """The one unit of a draft's sheet; of any other sheet, that it has cells that are not read. Raises Refused."""
    with sheet._get_source() as source:
        rows = list(_checked_rows(_parser(sheet, source)))
    at = next((i for i, (_, cells) in enumerate(rows[:SEARCHED]) if _columns(_texts(cells)).keys() >= _NEEDED), None)
    if at is None:
        return bool(rows)
    above = dict(_above([_texts(cells) for _, cells in rows[:at]]))
    texts = _texts(rows[at][1])
    grid = _Grid(tuple(str(t or "") for t in texts), sheet.parent.percents, [], [])
    for number, cells in rows[at + 1 :]:
        grid.rows.append(_row(grid, number, cells))
        grid.numbers.append(number)
    _show_results(grid, sheet)
    reading = _Reading(file, sheet.title, _columns(texts))
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        reading.take(number, row)
    return [reading.table(above.get("report", ""), rubric or above.get("rubric") or None)]


def _columns(texts: Sequence[Any]) -> Mapping[str, int]:
    """Which column of a head holds what."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        name = _WORDS.get(folded(text)) if isinstance(text, str) else None
        if name is not None:
            found.setdefault(name, place)
    return found


def _above(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str]]:
    """What stands above the head behind its word."""
    for row in rows:
        filled = [str(c) for c in row if c is not None]
        if len(filled) > 1 and folded(filled[0]) in _ABOVE:
            yield _ABOVE[folded(filled[0])], filled[1]


@dataclass
class _Reading:
    """Gathers the rows of a draft: what was answered, what was entered by hand, and the faults met on the way."""

    file: str
    sheet: str
    at: Mapping[str, int]
    answers: list[Answer] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[Text, Text, str]] = field(default_factory=list)

    def take(self, number: int, row: Sequence[Any]) -> None:
        """One more row: a field, its proposal, and what a person said of it."""
        code, proposed, take, instead = (self._cell(row, name) for name in ("field", "proposed", "take", "instead"))
        if not isinstance(code, str):
            if take is not None or instead is not None:
                what = T("the code of the field is missing in this row")
                self.faults.append((what, T("draft it again with “scorekit extract”"), self._address("field", number)))
            return
        accepted = self._accepted(take, proposed, number)
        self.places.setdefault(code, self._address("take", number))
        if proposed is not None:
            self.answers.append(Answer(code, proposed, accepted, self._address("proposed", number)))
        if instead is not None:
            twice = Unreadable(str(instead), T("the field is entered twice"), T("leave one of them"))
            self.own[code] = twice if code in self.own else instead
            self.places[code] = self._address("instead", number)

    def table(self, report: str, rubric: str | None) -> RawTable:
        """The unit, and what is to be reported."""
        found = confirmed(self.answers, self.own, report)
        found = Confirmed(found.values, found.cells, found.standing, tuple(self.faults))
        places = {**self.places, **found.cells}
        return RawTable(
            columns={path: [cell] for path, cell in {**dict.fromkeys(self.places), **self.own, **found.values}.items()},
            files=(self.file,),
            file=(0,),
            row=(0,),
            sheet=self.sheet,
            rubric=rubric,
            problems=tuple(found.problems(self.file, sheet=self.sheet)),
            elsewhere={path: {0: Origin(self.file, self.sheet, cell)} for path, cell in places.items()},
            beside={"draft": (found.standing.text, "")},
        )

    def _accepted(self, take: Any, proposed: Any, number: int) -> bool | None:
        """Whether a proposal was taken; None where nobody said, or said it in other words."""
        said = folded(str(take)) if take is not None else ""
        if said in _YES and proposed is None:
            self.faults.append((T("there is no proposal here to take"), T("enter the value itself"), self._address("take", number)))
            return None
        if not said or said in _YES or said in _NO:
            return None if not said else said in _YES
        self.faults.append((T("“{text}” is neither yes nor no", text=str(take)), T("choose yes or no"), self._address("take", number)))
        return None

    def _cell(self, row: Sequence[Any], name: str) -> Any:
        value = row[self.at[name]] if name in self.at and self.at[name] < len(row) else None
        if isinstance(value, str):
            return value.strip() or None
        return value

    def _address(self, name: str, number: int) -> str:
        return f"{letter(self.at.get(name, 0))}{number}"


def unread(file: str, names: Sequence[str]) -> Problem:
    """That the sheet of a draft is gone from its workbook."""
    what = T("the workbook is a draft, and the sheet to confirm is not in it: {names}", names=list(names))
    return Problem("error", what, T("draft it again with “scorekit extract”"), file=file)
