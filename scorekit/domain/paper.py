"""A standard set out for paper: a title, what stands under it, and tables; printers give it a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One row of a table. ``depth`` indents the cell of the table's ``indented`` column; a ``strong`` row is a heading."""

    cells: tuple[str, ...]
    depth: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table under its heading. ``widths`` are the columns' shares of the width of a page, in hundredths."""

    heading: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    lines: tuple[PaperLine, ...]
    indented: int = 1
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sums by hand: a field to fill in, or a derived value with its spreadsheet formula.

    Line *i* (from 0) stands in row ``FIRST_SUM + i``, its value in column ``SUM_COLUMN``. A derived value that no
    spreadsheet can say has no ``formula``, only its ``words``.
    """

    title: str
    words: str
    formula: str = ""
    percentage: bool = False


FIRST_SUM, SUM_COLUMN = 4, "B"


@dataclass(frozen=True, slots=True)
class PrintedStandard:
    """The whole standard in one language, as it applies to one category; ``sums`` are derived values to be tried by hand."""

    title: str
    under: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    lang: str
    sums: tuple[SumLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Printer:
    """A named form in which a standard is printed (the value of ``--format``): the bytes of its file."""

    name: str
    write: Callable[[PrintedStandard], bytes]
    summary: str = ""
    plugin: str = field(default="", compare=False)
