"""What readers take and give: files in, tables of untyped cells out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorekit.domain.annotated import Lineage
from scorekit.domain.tables import Origin, Problem, address_of
from scorekit.errors import Text


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and its name as reports print it (relative, with ``/``)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What a reader may know: the encoding asked for, and the header words (folded) that a table may have.

    ``names`` are the words of the one field that names a unit, its path first; none where several fields do.
    """

    encoding: str | None = None
    headers: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell shown as a percentage; *fraction* is what the cell holds (0.9228)."""

    fraction: Decimal


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value must not be used (a formula, an error value), what is wrong with it and what to do."""

    shown: str
    what: Text
    cure: Text


class Entry(dict[str, Any]):
    """One record of a list that came from a row of a sheet or file of its own, and where that row stands."""

    __slots__ = ("file", "letters", "row", "sheet")

    def __init__(self, values: Mapping[str, Any], file: str, sheet: str, row: int, letters: Mapping[str, str]) -> None:
        super().__init__(values)
        self.file, self.sheet, self.row, self.letters = file, sheet, row, letters


BESIDE = ("form", "edition", "digest", "list", "rater", "belongs", "sent", "version", "draft")
"""What may stand beside a table: which form it is (``unit``, ``units``, ``office``, ``panel``, ``survey``) and the version and
digest (or how it begins) of the rubric it was made from; the list whose records it holds; the rater whose marks it holds and the
unit to which the rater belongs; when it was sent (an ISO date) and which version it is; that it is a draft that nobody confirmed.
In the form of one unit also the title beside a code, as ``title:code``."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows as they stand in files: for each header (or dotted path, ``letters`` empty) a column of untyped cells.

    Cells are None, bool, int, Decimal, float, str, date, ``Percent``, ``Unreadable`` or, in JSON, a list of objects;
    a typed numpy array is taken as it is. ``file`` and ``row`` have one entry a row (row 0: the file is the unit).
    ``rubric`` is the rubric that the file itself names. ``elsewhere`` holds, by field (``path`` or ``path@rater``) or by header and
    row, the places of values that came from another table. ``beside`` holds what stands beside a table for all of its
    rows, by name (see ``BESIDE``), each as a text with the cell it stands in. ``sent`` says of which rows the unit itself
    sent its part (None: of all). ``head`` is the number of the row with the headers (0: there is none, or nobody knows).
    """

    columns: Mapping[str, Sequence[Any]]
    files: tuple[str, ...]
    file: Sequence[int]
    row: Sequence[int]
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    rubric: str | None = None
    problems: Sequence[Problem] = ()
    elsewhere: Mapping[str, Mapping[int, Origin]] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sent: Sequence[bool] | None = None
    head: int = 0

    def __len__(self) -> int:
        return len(self.row)

    def origin(self, row: int, header: str, path: str) -> Origin:
        """The place of a value under *header*, which is the field (or ``path@rater``) *path*: as it will be told of the unit."""
        for name in (path, header):
            if row in self.elsewhere.get(name, {}):
                return self.elsewhere[name][row]
        cell = address_of(path, self.letters.get(header), int(self.row[row]), bool(self.letters))
        return Origin(self.files[self.file[row]], self.sheet, cell)


Grid = tuple[str, list[list[Any]]]
"""A sheet as it stands: its name, and its rows of cells; each cell of a merged one holds its value."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A named reader of files with the given endings (lower case, with the dot).

    ``grids``, where there is one, gives the sheets of a file as they stand: a table of clauses is read so.
    ``rests_on`` is for readers that cost more than reading back what they gave, which is then kept beside the results until
    the file changes: the packages (perhaps none) whose versions decide what is read. Such a reader gives for each file what
    it would give for that file alone. ``lineage``, where there is one, tells quickly whether a file is a copy that was sent
    back with marks, and of what; ``values`` looks a file over and gives the digest of what it holds, whatever program saved
    it (see ``values_digest``); it raises InputError where the file is refused. ``names`` finds out
    at a glance which rubric a file itself names.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Sequence[SourceFile], ReadRequest], Iterator[RawTable]]
    summary: str = ""
    plugin: str = field(default="", compare=False)
    grids: Callable[[SourceFile], list[Grid]] | None = None
    rests_on: tuple[str, ...] | None = None
    lineage: Callable[[SourceFile], Lineage | None] | None = None
    values: Callable[[SourceFile], str] | None = None
    names: Callable[[SourceFile], str | None] | None = None
