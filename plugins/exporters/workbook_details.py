"""得分明细: one row a unit, one column a criterion, under the heads of the sections, with the full marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np

from scorekit.plugin import COUNTED_AS_ZERO, Column, Line, Reason, T, Text, cell_text, full_marks, line_reasons, paper_figures, row_blocks

from .workbook_choice import Choice, Rows
from .workbook_paper import Cell, Page, Paper, legible, numbers, styled, widest

_WORDS: dict[int, Text] = {
    Reason.NOT_PART: T("／"),
    Reason.NOT_APPLICABLE: T("n/a"),
    Reason.INVALID: T("invalid"),
    Reason.ERROR: T("failed"),
}
_GAP = T("not given")
_STARRED = (*COUNTED_AS_ZERO, Reason.NOT_APPLICABLE_FULL)
_WIDTH = 7.8
BLOCK = 2048
"""Rows that are made and written at a time."""


def write_details(paper: Paper, choice: Choice) -> None:
    """The score sheet, all categories under one another."""
    lines = [line for line in choice.lines if not line.gate]
    left, columns, widths = _left(paper, choice)
    groups = [len(list(group)) for _, group in groupby(lines, key=_section)]
    page = paper.page(paper.say(T("Scores")), [*widths, *[_WIDTH] * len(lines)], len(left), groups)
    page.title(paper.say(T("{title}: scores by criterion", title=paper.outcome.plan.base.title)), 16)
    page.line(
        paper.say(T("*: counted as 0 for want of a figure, or not applicable and given full marks. ／: no part of this unit's standard."))
    )
    left_out = choice.left_out("scores")
    if left_out is not None:
        page.line(paper.say(left_out))
    first = page.row
    _sections(page, lines, len(left))
    page.heads([*[""] * len(left), *(line.spec.no for line in lines)], top=0, bottom=0)
    page.heads([*left, *(line.spec.title for line in lines)], top=0)
    _full_marks(page, choice, lines, len(left))
    page.freeze(len(left), first)
    words = {code: paper.say(_WORDS.get(code, _GAP)) for code in range(256)}
    for rows in row_blocks(np.arange(len(choice.names)), BLOCK):
        block = slice(int(rows[0]), int(rows[-1]) + 1)
        page.fill(
            [*((cells[block], styles[block]) for cells, styles in columns), *(_points(paper, choice, line, words, rows) for line in lines)]
        )


def _left(paper: Paper, choice: Choice) -> tuple[list[str], list[tuple[Sequence[Cell], Sequence[Any]]], list[float]]:
    """Category, rank, unit and total, which stand left of the criteria."""
    ranks = [str(r) if r else "—" for r in choice.outcome.standings.rank.tolist()]
    heads, columns = [paper.say(T("rank")), paper.say(T("unit"))], [styled(ranks, paper.style(align="center"))]
    columns.append(styled(legible(choice.names), paper.style(align="left")))
    widths = [6.0, widest(choice.names, 14, 30)]
    if any(choice.category):
        heads.insert(0, paper.say(T("category")))
        columns.insert(0, styled(legible(choice.category), paper.style(align="center")))
        widths.insert(0, widest([heads[0], *choice.category], 6, 12))
    total = paper_figures(choice.outcome).get("total")
    if total is not None:
        heads.append(paper.say(T("total")))
        columns.append(styled(numbers(total[0], total[1]), paper.points(total[1], bold=True)))
        widths.append(9)
    return heads, columns, widths


def _sections(page: Page, lines: Sequence[Line], left: int) -> None:
    """Section titles, each over its criteria."""
    paper, titles = page.paper, {s.path: " ".join(filter(None, (s.no, s.title))) for s in page.paper.outcome.plan.sections}
    style, blank = page.head_style(align="center_across", text_wrap=False), page.head_style(bottom=0)
    page.sheet.set_row(page.row, 22)
    for column in range(left):
        page.sheet.write_blank(page.row, column, None, blank)
    column = left
    for section, group in groupby(lines, key=_section):
        last = column + len(list(group)) - 1
        page.sheet.write_string(page.row, column, cell_text(titles.get(section) or paper.say(T("others"))), style)
        for place in range(column + 1, last + 1):
            page.sheet.write_blank(page.row, place, None, style)
        column = last + 1
    page.row += 1


def _section(line: Line) -> str:
    return line.spec.section


def _full_marks(page: Page, choice: Choice, lines: Sequence[Line], left: int) -> None:
    """A row of full marks for each standard that some unit follows."""
    paper, tracks = page.paper, page.paper.outcome.plan.tracks
    label, text = page.head_style(align="right"), page.head_style()
    whole, broken = page.head_style(num_format="0"), page.head_style(num_format="0.##########")
    marks = [full_marks(choice.outcome, line, choice.track) for line in lines]
    for track in np.flatnonzero(np.bincount(choice.track)).tolist():
        names = "、".join(tracks[track].categories) if len(tracks) > 1 else ""
        told = paper.say(T("full marks ({category})", category=names)) if names else paper.say(T("full marks"))
        page.sheet.merge_range(page.row, 0, page.row, left - 1, "", label)
        page.sheet.write_string(page.row, 0, told, label)
        for column, (line, full) in enumerate(zip(lines, marks, strict=True), left):
            if full[track]:
                figure = float(full[track] or 0)
                page.sheet.write_number(page.row, column, figure, whole if figure.is_integer() else broken)
            else:
                page.sheet.write_string(page.row, column, _no_full_marks(paper, line, track, full[track]), text)
        page.row += 1


def _no_full_marks(paper: Paper, line: Line, track: int, full: str | None) -> str:
    """What stands in place of full marks: they vary, there are none, or the line is no part of the standard."""
    if full is None:
        return paper.say(T("varies"))
    none = line.specs[track] is not None and line.id not in paper.outcome.sheet.full
    return "—" if none else "／"


def _points(paper: Paper, choice: Choice, line: Line, words: dict[int, str], rows: Rows) -> tuple[Sequence[Cell], Sequence[Any]]:
    """A criterion's points; where there are none, a word that says why."""
    sheet = choice.outcome.sheet
    reasons = line_reasons(choice.outcome, line, choice.track)[rows]
    codes = reasons.tolist()
    column = sheet.points.get(line.id, Column.of(None)).spread(sheet.size)
    values = [words[code] if v is None else v for v, code in zip(numbers(column.take(rows), line.paper), codes, strict=True)]
    plain, starred = paper.points(line.paper), paper.points(line.paper, "*")
    if not np.isin(reasons, _STARRED).any():
        return values, [plain] * len(values)
    return values, [starred if code in _STARRED else plain for code in codes]
