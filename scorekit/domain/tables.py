"""The tables that flow through the stages: submissions, score sheets, standings, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, NamedTuple, Union

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import Columns, columns, count_of, index_of
from scorekit.domain.marks import Panel, Records
from scorekit.domain.problem import Problem as Problem  # noqa: PLC0414 — handed on
from scorekit.domain.problem import Severity as Severity  # noqa: PLC0414 — handed on
from scorekit.domain.roll import Names, each, identities
from scorekit.domain.room import halved
from scorekit.errors import Text

Reasons = npt.NDArray[np.uint8]
Value = Union[Column, Panel, Records]


class Reason(IntEnum):
    """Why a cell has the points it has; 0–9 are those of ``Why`` (no points), the rest have points or are gates."""

    NOT_PART = 1
    NOT_APPLICABLE = 2
    MISSING = 3
    DIVIDED_BY_ZERO = 4
    OUT_OF_DOMAIN = 5
    TOO_FEW = 6
    INVALID = 8
    ERROR = 9
    FULL = 16
    PART = 17
    ZERO = 18
    CAPPED = 19
    EMPTIED = 20
    MISSING_AS_ZERO = 21
    NOT_APPLICABLE_FULL = 22
    BELOW_ZERO = 23
    ADDED = 24
    TAKEN = 25
    NONE = 26
    MISSING_AS_MEAN = 27
    NOT_APPLICABLE_MEAN = 28
    NO_FIGURE_AS_ZERO = 29
    GATE_CLEAR = 30
    GATE_FIRED = 31
    GATE_OPEN = 32
    ZEROED = 33


COUNTED_AS_ZERO = (Reason.MISSING_AS_ZERO, Reason.NO_FIGURE_AS_ZERO)
"""Where the policy for what is missing gave 0: nothing was submitted, or nothing can be computed from it."""
OUTCOMES = ("scored", "missing", "not-applicable", "invalid", "error")


def outcome_of(reason: int) -> str:
    """The outcome word (one of ``OUTCOMES``) that stands for a reason code."""
    if reason in (Reason.NOT_PART, Reason.NOT_APPLICABLE, Reason.NOT_APPLICABLE_FULL, Reason.NOT_APPLICABLE_MEAN):
        return "not-applicable"
    if reason in (Reason.MISSING, Reason.DIVIDED_BY_ZERO, Reason.OUT_OF_DOMAIN, Reason.TOO_FEW, Reason.GATE_OPEN):
        return "missing"
    if reason in (*COUNTED_AS_ZERO, Reason.MISSING_AS_MEAN):
        return "missing"
    return {int(Reason.INVALID): "invalid", int(Reason.ERROR): "error"}.get(reason, "scored")


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of one value that stands elsewhere than its unit does."""

    file: str
    sheet: str
    cell: str

    @property
    def text(self) -> str:
        """The whole place, ``file#sheet!cell``."""
        return f"{self.file}#{self.sheet}!{self.cell}" if self.sheet else f"{self.file}#{self.cell}"


def pointer_of(path: str) -> str:
    """Where a field stands in a JSON document (the whole: ""); a column of scores (``own:…``, ``first:…``) is one key."""
    return path and "/" + (path if path.startswith(("own:", "first:")) else path.replace("@", ".").replace(".", "/"))


def address_of(path: str, letter: str | None, number: int, sheet: bool) -> str:
    """Where a value stands in its file: ``D7`` in a *sheet*, ``/organisation/members`` in JSON, ``/4/…`` in the fourth unit of it."""
    if letter is not None:
        return f"{letter}{number}"
    pointer = pointer_of(path)
    return f"/{number}{pointer}" if number and not sheet else pointer


class Spot(NamedTuple):
    """A place as a problem names it."""

    file: str
    sheet: str
    cell: str
    field: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where each unit's values came from.

    ``file`` indexes ``files`` row by row; ``row`` is the row or line number, 0 where the file holds one unit;
    ``letters`` maps a field to its column letter in a sheet; a field without one is found by JSON pointer.
    ``elsewhere`` holds, by field and row, the places of values that came from another table. ``draft`` says how the draft
    stands that all of these units are (see ``confirming.Standing``); empty where they are none. ``sent`` says of which rows
    the unit itself sent its part (None: of all); of the others there is only what somebody else filled in.
    """

    files: tuple[str, ...]
    file: npt.NDArray[np.int32]
    sheet: str
    row: npt.NDArray[np.integer[Any]]
    letters: Mapping[str, str]
    elsewhere: Mapping[str, Mapping[int, Origin]] = field(default_factory=dict)
    draft: str = ""
    sent: npt.NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", halved(self.row))

    def origin(self, row: int, path: str) -> Origin | None:
        """The place of a value that stands elsewhere than its unit; None where it does not."""
        return self.elsewhere[path].get(row) if path in self.elsewhere else None

    def placed(self, row: int, path: str) -> bool:
        """Whether a table has a cell for a value, be it in another table than its unit's."""
        return path in self.letters or self.origin(row, path) is not None

    def cell(self, row: int, path: str) -> str:
        """The address of one value: ``D7`` in a sheet, ``/organisation/members`` in JSON, the whole place where it stands elsewhere."""
        origin = self.origin(row, path)
        if origin is not None:
            return origin.text
        return address_of(path, self.letters.get(path), int(self.row[row]), bool(self.letters))

    def source(self, row: int, path: str) -> str:
        """One value's place in one text: ``file#sheet!cell`` or ``file#/pointer``."""
        if (origin := self.origin(row, path)) is not None:
            return origin.text
        cell = self.cell(row, path)
        return f"{self.file_of(row)}#{self.sheet}!{cell}" if self.sheet else f"{self.file_of(row)}#{cell}"

    def file_of(self, row: int) -> str:
        """The file that a unit came from."""
        return self.files[int(self.file[row])]

    def spot(self, row: int, path: str) -> Spot:
        """One value's place as a problem names it: its cell in a sheet, or its pointer in place of the field."""
        if (origin := self.origin(row, path)) is not None:
            return Spot(origin.file, origin.sheet, origin.cell, path)
        cell = self.cell(row, path)
        if self.letters:  # a field that the sheet has no column for has no cell in it
            return Spot(self.file_of(row), self.sheet, cell if path in self.letters else "", path)
        return Spot(self.file_of(row), self.sheet, "", cell)


@dataclass(frozen=True, slots=True)
class Submissions:
    """What is known of each unit, as typed columns by field path; ``raw`` keeps what a repair or fault replaced.

    Unit *i* stands in row ``inner[i]`` of the layout ``places[part[i]]``. ``key`` is the folded identity; ``void``
    marks units that are not scored and count for nobody, ``outside`` units that are scored by themselves but are no part
    of the population. Names may be given as any sequence of texts.
    """

    unit: Names
    key: Names
    columns: Mapping[str, Value]
    places: tuple[Places, ...]
    part: npt.NDArray[np.int32]
    inner: npt.NDArray[np.integer[Any]]
    raw: Mapping[tuple[int, str], str] = field(default_factory=dict)
    void: npt.NDArray[np.bool_] | None = None
    outside: npt.NDArray[np.bool_] | None = None

    @property
    def uncounted(self) -> npt.NDArray[np.bool_] | None:
        """Units that count for nobody; None where there is none."""
        return self.void if self.outside is None else self.outside if self.void is None else self.outside | self.void

    def __post_init__(self) -> None:
        for name, texts in zip(("unit", "key"), identities(self.unit, self.key), strict=True):
            object.__setattr__(self, name, texts)
        object.__setattr__(self, "inner", halved(self.inner))

    def __len__(self) -> int:
        return len(self.unit)

    def take(self, rows: Any) -> Submissions:
        """The units named by an index, a slice or a truth array; no column is made for it."""
        some = index_of(rows, len(self))
        index = np.arange(len(self))[some]
        back = np.full(len(self) if self.raw else 0, -1)
        back[index if self.raw else []] = np.arange(len(index)) if self.raw else []
        raw = {(int(back[r]), p): t for (r, p), t in self.raw.items() if back[r] >= 0}
        taken = columns(self.columns).taken(some)
        unit, key = each([(self.unit, self.key)], lambda n: n[0].take(index))
        void, outside = (None if marks is None else marks[some] for marks in (self.void, self.outside))
        return Submissions(unit, key, taken, self.places, self.part[some], self.inner[some], raw, void, outside)

    def having(self, more: Mapping[str, Value]) -> Submissions:
        """With more columns, or others in their place."""
        return replace(self, columns=columns(self.columns).having(more))

    def cell(self, row: int, path: str) -> str:
        """The address of one value within its file."""
        return self.places[int(self.part[row])].cell(int(self.inner[row]), path)

    def file(self, row: int) -> str:
        """The file that a unit came from."""
        return self.places[int(self.part[row])].file_of(int(self.inner[row]))

    def sheet(self, row: int) -> str:
        """The sheet that a unit came from, empty where there is none."""
        return self.places[int(self.part[row])].sheet

    def spot(self, row: int, path: str) -> Spot:
        """The place of one of a unit's values, as a problem names it."""
        return self.places[int(self.part[row])].spot(int(self.inner[row]), path)

    def source(self, row: int, paths: Sequence[str]) -> str:
        """The places of some of a unit's values, joined by ``; ``."""
        places, inner = self.places[int(self.part[row])], int(self.inner[row])
        return "; ".join(places.source(inner, p) for p in paths)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The scores of a list's records, as a sheet with one row a record; ``runs`` (without columns) tells them apart by unit."""

    runs: Records
    sheet: ScoreSheet

    def take(self, rows: Any) -> ListSheet:
        """The units named by an index or a truth array."""
        return ListSheet(self.runs.take(rows), self.sheet.take(self.runs.picked(np.arange(len(self.runs))[rows])))


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Points, reasons and values of every unit and criterion, and the figures of sections, as columns.

    ``points`` are minted where the rubric says so; ``full`` are the full marks that apply; a masked figure has no points.
    ``workings`` are figures on the way to a section's: ``earned:<path>`` and ``applicable:<path>`` before it is put on
    another scale; ``aside:<path>`` what no conversion for items that do not apply may change, ``left_out:<path>`` the
    share of full marks that does not apply. ``population`` holds the figures of whole populations, each beside every unit
    of its group; ``lists`` the scores of records, by list.
    """

    size: int
    points: Mapping[str, Column] = field(default_factory=dict)
    full: Mapping[str, Column] = field(default_factory=dict)
    reasons: Mapping[str, Reasons] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    sections: Mapping[str, Column] = field(default_factory=dict)
    section_full: Mapping[str, Column] = field(default_factory=dict)
    totals: Mapping[str, Column] = field(default_factory=dict)
    workings: Mapping[str, Column] = field(default_factory=dict)
    population: Mapping[str, Column] = field(default_factory=dict)
    lists: Mapping[str, ListSheet] = field(default_factory=dict)

    def having(self, **more: Mapping[str, Any]) -> ScoreSheet:
        """With more columns in the named tables; a column of a name already there is replaced."""
        changed: dict[str, Any] = {k: _having(getattr(self, k), v) for k, v in more.items()}
        return replace(self, **changed)

    def opened(self) -> ScoreSheet:
        """A sheet of the same columns that may be added to without changing this one."""
        tables: dict[str, Any] = {t: _having(getattr(self, t), {}) for t in TABLES}
        return replace(self, **tables)

    def take(self, rows: Any) -> ScoreSheet:
        """The units named by an index, a slice or a truth array; no column is made for it."""
        some = index_of(rows, self.size)
        return ScoreSheet(count_of(some), **{t: columns(getattr(self, t)).taken(some) for t in TABLES})


TABLES = ("points", "full", "reasons", "values", "sections", "section_full", "totals", "workings", "population", "lists")


def _having(table: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    return table.having(more) if isinstance(table, Columns) else {**table, **more}


def blank_column(model: Column, size: int, why: Why) -> Column:
    """A column of *model*'s kind with every row masked for the reason *why*."""
    constants: dict[str, Any] = {"number": Column.of(0), "truth": Column.of(False), "text": Column.of("")}
    blank = constants.get(model.kind, Column("date", Column.of(0).values))
    values = blank.take(np.zeros(size, dtype=np.int64)).values
    return Column(model.kind, values, np.full(size, why, dtype=np.uint8), model.unit)


STATUSES = ("ranked", "not awarded", "not ranked", "incomplete", "invalid")


@dataclass(frozen=True, slots=True)
class Standings:
    """One row a unit, in the order of the submissions: figures, rank (0: none), level, award, status and why.

    ``partings`` say how ties were parted, by the column of each ranking.
    """

    unit: Names
    category: Coded
    rank: npt.NDArray[np.integer[Any]]
    figures: Mapping[str, Column]
    level: Coded
    award: Coded
    status: Coded
    because: Sequence[tuple[Text, ...]]
    partings: Mapping[str, Parting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Names.of(self.unit))
        for name in ("category", "level", "award", "status"):
            object.__setattr__(self, name, Coded.of(getattr(self, name)))

    def __len__(self) -> int:
        return len(self.unit)


def unscored(submissions: Submissions) -> Standings:
    """Standings of units that were only checked: no figures, no status."""
    size = len(submissions)
    blank = Coded.same("", size)
    return Standings(submissions.unit, blank, np.zeros(size, dtype=np.int64), {}, blank, blank, blank, ((),) * size)


Part = tuple[Submissions, ScoreSheet, Sequence[Problem]]
"""One batch of units: what was submitted, what it was scored, and the problems found."""
