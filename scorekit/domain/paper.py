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
class PrintedStandard:
    """The whole standard in one language, as it applies to one category."""

    title: str
    under: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Printer:
    """A named form in which a standard is printed (the value of ``--format``): the bytes of its file."""

    name: str
    write: Callable[[PrintedStandard], bytes]
    summary: str = ""
    plugin: str = field(default="", compare=False)
