"""The problems of each file, in words and with the places to be marked: what goes back to whoever sent the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.annotators import Finding, Head
from scorekit.domain.listing import field_titles
from scorekit.domain.naming import folded
from scorekit.domain.outputs import Outcome
from scorekit.domain.personal import HIDDEN, field_path, marked
from scorekit.domain.problem import Problem
from scorekit.domain.problem_table import GRADES
from scorekit.domain.problems import Problems
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Submissions
from scorekit.words import say

MOST = 2000
"""Problems of one file that are listed; who has more has one fault many times."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_PLACE = re.compile(r"(.+)#(?:(.*)!)?([^!#]*)", re.DOTALL)
_NUMBERED = re.compile(r"/(?:(\d+)/)?(.+)", re.DOTALL)


def findings(outcome: Outcome) -> Iterator[tuple[str, list[Finding], int]]:
    """Each file with an error or a warning, by name: its problems in the order of their places, and how many more there are.

    Repairs are among them where anything else is. Files without an error or a warning are not named.
    """
    problems = _whole_places(Problems.of(outcome.problems))
    grades, sites = problems.graded(GRADES), problems.sites
    grave = {sites.files[f] for f in np.unique(sites.file[grades < GRADES.index("repair")]).tolist()} - {""}
    names = sorted(grave)
    if not names:
        return
    code = {name: i for i, name in enumerate(names)}
    own = np.array([code.get(f, -1) for f in sites.files] or [-1])[sites.file]
    rows = np.lexsort((grades, own))
    ends = np.searchsorted(own[rows], np.arange(len(names)), side="right")
    starts = np.searchsorted(own[rows], np.arange(len(names)), side="left")
    words = _Words(outcome, names)
    for name, start, end in zip(names, starts.tolist(), ends.tolist(), strict=True):
        listed = problems.take(rows[start : min(end, start + MOST)])
        yield name, words.told(name, list(listed)), max(0, end - start - MOST)


def _whole_places(problems: Problems) -> Problems:
    """With places given as one text, ``file#sheet!cell``, taken apart."""
    together = [i for i, p in enumerate(problems.sites.places) if "#" in p.cell]
    if not together:
        return problems
    odd = np.isin(problems.sites.place, together)
    return Problems.joined([problems.take(~odd), Problems.of([_apart(p) for p in problems.take(odd)])])


def _apart(problem: Problem) -> Problem:
    found = _PLACE.fullmatch(problem.cell)
    return problem if found is None else replace(problem, file=found[1], sheet=found[2] or "", cell=found[3])


class _Words:
    """Puts problems into words, with the titles of fields, what was entered, and the heads of columns."""

    def __init__(self, outcome: Outcome, names: Sequence[str]) -> None:
        self.lang, self.submissions = outcome.lang, outcome.submissions
        self.fields = {f.path: f for f in _all(outcome.plan.fields)}
        self.titles = field_titles(outcome)
        self.personal = marked(outcome.plan.fields)
        self.units = _Units(self.submissions, names)

    def told(self, name: str, problems: Sequence[Problem]) -> list[Finding]:
        """The findings of one file, repairs last, else by sheet, row and column."""
        ordered = sorted(problems, key=lambda p: (p.severity == "repair", p.sheet, *_at(p.cell), GRADES.index(p.severity)))
        numbers = {n for p in ordered if (n := _number(p)) >= 0}
        rows = self.units.rows(name, numbers)
        return [self._finding(p, name, rows) for p in ordered]

    def _finding(self, problem: Problem, name: str, rows: dict[tuple[str, int], int]) -> Finding:
        path, spec = self._field(problem.field)
        row = rows.get((problem.sheet, _number(problem)), -1)
        entered = self.submissions.raw.get((row, path), "") if row >= 0 else ""
        if field_path(path) in self.personal:
            entered = say(HIDDEN, self.lang)
        cell = problem.cell or (problem.field if problem.field.startswith("/") else "")
        head = self._head(problem, name, path, spec) if problem.sheet and not cell and path else None
        what, cure = say(problem.what, self.lang), say(problem.cure, self.lang)
        title = self.titles.get(path) or _title(path, spec)
        return Finding(problem.severity, problem.unit, problem.sheet, cell, title, entered, what, cure, head)

    def _field(self, field: str) -> tuple[str, FieldSpec | None]:
        """The path that a problem's field means, and the field, where it is one of the form."""
        path = field
        if found := _NUMBERED.fullmatch(field):
            path = found[2].replace("/", ".")
        plain = ".".join(p for p in path.partition("@")[0].split(".") if not p.isdigit())
        return path, self.fields.get(plain) or self.fields.get(plain.rpartition(".")[0])

    def _head(self, problem: Problem, name: str, path: str, spec: FieldSpec | None) -> Head | None:
        """Where the head of a problem's column is: by its letter, or by the words that the problem says of it."""
        letters, above = self.units.layout(name, problem.sheet)
        if spec is not None and path in letters:
            words = (spec.title, spec.path, spec.path.rpartition(".")[2], *spec.aliases)
            return Head(letters[path], frozenset(map(folded, words)), above)
        said = [path] if spec is None else [t for t in map(problem.what.params.get, ("name", "header")) if isinstance(t, str)]
        words = tuple(w for text in said for w in (text, text.rpartition("/")[2]) if w)
        return Head("", frozenset(map(folded, words)), above) if words else None


def _all(fields: Sequence[FieldSpec]) -> Iterator[FieldSpec]:
    for field in fields:
        yield field
        yield from _all(field.items)


def _title(path: str, spec: FieldSpec | None) -> str:
    """What a field is called in the form; with the rater whose mark it is."""
    if spec is None:
        return path
    rater = path.partition("@")[2]
    return f"{spec.title}（{rater}）" if rater else spec.title


def _at(cell: str) -> tuple[int, int, str, str]:
    """Where a cell stands among others: by row, then column."""
    found = _ADDRESS.match(cell)
    return (int(found[2]), len(found[1]), found[1], cell) if found else (0, 0, "", cell)


def _number(problem: Problem) -> int:
    """The row or line that a problem names; 0 where a file is one unit, −1 where it names none."""
    if found := _ADDRESS.match(problem.cell):
        return int(found[2])
    if found := _NUMBERED.fullmatch(problem.field):
        return int(found[1] or 0)
    return -1


class _Own(NamedTuple):
    """The units of the files that have problems, in the order of these files."""

    row: npt.NDArray[np.int64]
    part: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]


class _Units:
    """Which rows of the submissions come from each of some files; looked up once for all of them."""

    def __init__(self, submissions: Submissions, names: Sequence[str]) -> None:
        self.places = submissions.places
        code = {name: i for i, name in enumerate(names)}
        found = [_Own(*[np.zeros(0, dtype=np.int64)] * 3)]
        files = [np.zeros(0, dtype=np.int64)]
        for part, place in enumerate(self.places):
            known = np.array([code.get(f, -1) for f in place.files] or [-1])
            if not (known >= 0).any():
                continue
            rows = np.flatnonzero(submissions.part == part)
            inner = submissions.inner[rows]
            file = known[place.file[inner]]
            mine = file >= 0
            files.append(file[mine])
            found.append(_Own(rows[mine], np.full(int(mine.sum()), part), place.row[inner[mine]]))
        order = np.argsort(np.concatenate(files), kind="stable")
        self.file = np.concatenate(files)[order]
        self.own = _Own(*(np.concatenate(c)[order] for c in zip(*found, strict=True)))
        self.code = code

    def _of(self, name: str) -> slice:
        code = self.code[name]
        return slice(*np.searchsorted(self.file, [code, code + 1]).tolist())

    def rows(self, name: str, numbers: set[int]) -> dict[tuple[str, int], int]:
        """The unit's row for each (sheet, number of the row) among *numbers*."""
        own = self._of(name)
        row, part, number = (c[own] for c in self.own)
        wanted = np.isin(number, list(numbers))
        found = zip(part[wanted].tolist(), number[wanted].tolist(), row[wanted].tolist(), strict=True)
        return {(self.places[p].sheet, n): r for p, n, r in found}

    def layout(self, name: str, sheet: str) -> tuple[dict[str, str], int]:
        """The letters of the columns of a file's sheet, and the row of its first unit (0 where there is none)."""
        own = self._of(name)
        parts = {p for p in np.unique(self.own.part[own]).tolist() if self.places[p].sheet == sheet}
        letters: dict[str, str] = {}
        for part in sorted(parts):
            letters.update(self.places[part].letters)
        numbers = self.own.number[own][np.isin(self.own.part[own], list(parts))]
        return letters, int(numbers.min()) if len(numbers) else 0
