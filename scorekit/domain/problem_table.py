"""Problems as a table of texts, in an order that no order of rows changes; what many of them say is worded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.problem import Problem
from scorekit.domain.problems import BLOCK, Problems
from scorekit.domain.roll import Names, Rows, Texts, refined
from scorekit.domain.sites import Sites
from scorekit.words import say

GRADES = ("error", "warning", "repair")


class ProblemTable(NamedTuple):
    """One row a problem: the gravest first, then by unit, field, message and place."""

    severity: Texts
    unit: Texts
    file: Texts
    sheet: Texts
    cell: Texts
    field: Texts
    message: Texts
    cure: Texts

    def take(self, rows: object) -> ProblemTable:
        """Some of the rows."""
        return ProblemTable(*(column.take(rows) for column in self))


def problem_table(problems: Iterable[Problem], lang: str) -> ProblemTable:
    """All problems in words of *lang*."""
    found = Problems.of(problems)
    sites, messages = found.sites, found.messages
    table = ProblemTable(
        Coded(found.message, [m.severity for m in messages]),
        found.unit,
        Coded(sites.file, sites.files),
        Coded(sites.place, [p.sheet for p in sites.places]),
        _cells(sites),
        _fields(sites),
        Coded(found.message, [say(m.what, lang) for m in messages]),
        Coded(found.message, [say(m.cure, lang) for m in messages]),
    )
    return table.take(_order(found, table))


def _order(problems: Problems, table: ProblemTable) -> Rows:
    grades = problems.graded(GRADES)
    rows = np.argsort(grades, kind="stable")
    first = np.diff(grades[rows], prepend=-1) != 0
    for texts in (table.unit, table.field, table.message, table.file, table.sheet, table.cell):
        if isinstance(texts, Names):
            rows, first = texts.in_order(rows, first)
        else:
            rows, first = refined(rows, first, _ranks(texts.texts)[texts.codes])
    return rows


def _ranks(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each text in the order of code points; equal ones share it."""
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.array([places[t] for t in texts] or [0], dtype=np.int64)


def _cells(sites: Sites) -> Texts:
    if not any(p.numbered == "cell" for p in sites.places):
        return Coded(sites.place, [p.cell for p in sites.places])
    return _spelt(sites, 0)


def _fields(sites: Sites) -> Texts:
    if not any(p.numbered == "field" for p in sites.places):
        return Coded(sites.place, [p.field for p in sites.places])
    return _spelt(sites, 1)


def _spelt(sites: Sites, part: int) -> Names:
    """The cells (0) or fields (1) of all addresses."""
    parts = []
    for start in range(0, len(sites), BLOCK):
        own = sites.take(slice(start, start + BLOCK))
        parts.append(Names.of([own.places[p].spelt(n)[part] for p, n in zip(own.place.tolist(), own.number.tolist(), strict=True)]))
    return Names.joined([Names.blank(0), *parts])
