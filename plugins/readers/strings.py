"""The shared texts of a workbook, read quickly where they are plain, as almost all are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import IO, Any


def opened(path: Path) -> Any:
    """The workbook at *path* as openpyxl opens it read-only, without links to others. Raises whatever a damaged part raises."""
    reader = _reader()(path, read_only=True, keep_links=False)
    reader.read()
    return reader.wb


@cache
def _reader() -> Any:
    """openpyxl's reader with shared texts of our own."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            package: Any = self.package
            part = package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as source:
                    self.shared_strings = shared_texts(source)

    return Reader


def shared_texts(source: IO[bytes]) -> list[str]:
    """The texts of a table of shared strings, as openpyxl gives them; the part was looked over before and has no document type."""
    from xml.etree.ElementTree import iterparse

    from openpyxl.xml.constants import SHEET_MAIN_NS

    entry, plain = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t"
    found: list[str] = []
    node: Any
    for _, node in iterparse(source):  # noqa: S314 - a document type is refused before
        if node.tag == entry:
            text = (node[0].text or "") if len(node) == 1 and node[0].tag == plain else _formatted(node)
            found.append(text.replace("x005F_", ""))
            node.clear()
    return found


def _formatted(node: Any) -> str:
    """A text in several runs, or with its pronunciation beside it."""
    from openpyxl.cell.text import Text

    told: Any = Text.from_tree(node)
    return str(told.content)
