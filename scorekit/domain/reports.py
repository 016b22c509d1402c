"""What extractors take and give: a narrative report in, passages of text with their places out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scorekit.domain.intake import SourceFile
from scorekit.errors import Text


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report's text as it stands there, and where: numbers count from 1, and 0 is said of what does not apply.

    ``paragraph`` counts paragraphs that hold text; ``page`` and ``line`` are those of a file that has them; ``table`` and
    ``row`` those of a cell of a table, whose text is the heading or label, a tab, and what the cell holds. ``level`` is
    the level of a heading. ``wraps`` says that a sentence may go on in the next passage: lines of a fixed width.
    """

    text: str
    paragraph: int = 0
    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    level: int = 0
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Narrative:
    """The text of a report, in its order, and what is to be said of how it was read."""

    passages: tuple[Passage, ...]
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Extractor:
    """A named reader of narrative reports with the given endings (lower case, with the dot).

    ``read`` takes the file and the encoding asked for, if any. It raises InputError for a file that it does not read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[SourceFile, str | None], Narrative]
    summary: str = ""
    plugin: str = field(default="", compare=False)
