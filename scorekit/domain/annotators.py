"""What goes back to whoever sent a file: its problems in words, each with the place to be marked; and who writes that down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scorekit.domain.annotated import Lineage
from scorekit.domain.intake import SourceFile
from scorekit.domain.problem import Severity
from scorekit.errors import Text


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a column is found: its letter, where that is known; the words (folded) it may hold; the row it stands above.

    ``above`` is 0 where no row of a unit is known.
    """

    column: str
    words: frozenset[str]
    above: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a file in words. ``cell`` may be an address, a range of merged cells, a JSON pointer, or empty.

    ``head`` is there where the problem is one of a whole column, whose head is to be marked. ``entered`` is what stood
    there, where the annotator cannot look for itself.
    """

    severity: Severity
    unit: str
    sheet: str
    cell: str
    field: str
    entered: str
    what: str
    cure: str
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A file with its problems, in *lang*; ``more`` were found beside them. ``why`` says why there is no copy of it."""

    file: SourceFile
    findings: Sequence[Finding]
    lineage: Lineage
    lang: str
    more: int = 0
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Annotator:
    """A named writer of what goes back with a file that has problems.

    ``mark`` writes a copy of a file with one of ``suffixes`` in which each place of an error or warning is marked, and
    returns nothing; or, where anything in the file would be lost, writes nothing and says what. The file was looked over
    by its reader. ``alone`` writes the problems alone, for a file of any kind. Equal files and problems give equal bytes.
    """

    name: str
    suffixes: tuple[str, ...]
    mark: Callable[[Returned, Path], Text | None]
    alone: Callable[[Returned, Path], None]
    summary: str = ""
    plugin: str = field(default="", compare=False)
