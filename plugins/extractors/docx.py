"""Reports as documents of Word and WPS (.docx): paragraphs and the cells of tables, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from scorekit.plugin import Extractor, InputError, Narrative, Passage, SourceFile, T, hookimpl

from .package import Refused, damaged, looked_over

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({_W + "del", _W + "moveFrom", _MC + "Fallback", _W + "txbxContent", _W + "instrText", _W + "delText"})
"""What is no text of the paragraph: deleted, moved away, said twice for older programs, in a box of its own, a field's code."""
_HOLDS = frozenset({_W + n for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")})
_FIGURE = re.compile(r"[0-9０-９]")


def read(file: SourceFile, encoding: str | None) -> Narrative:
    """The paragraphs and table cells. Raises InputError where the document is refused, or python-docx is not installed."""
    try:
        looked_over(file.path)
        document = _opened(file)
        passages = tuple(_numbered(_passages(document.element.body, _levels(document), count(1))))
    except Refused as fault:
        raise InputError(fault.what, file.name, fault.cure) from None
    if not passages:
        raise InputError(T("the report holds no text"), file.name, T("if it holds pictures of pages, have the text itself sent"))
    return Narrative(passages)


def _opened(file: SourceFile) -> Any:
    try:
        from docx import Document
    except ImportError:
        raise InputError(
            T("reading {suffix} needs the package {package}", suffix=".docx", package="python-docx"),
            file.name,
            T('install it with: pip install "scorekit[documents]"'),
        ) from None
    try:
        return Document(str(file.path))
    except Exception:  # noqa: BLE001 - a damaged part raises anything at all
        raise damaged() from None


def _levels(document: Any) -> dict[str, int]:
    """The level of each style that is one of headings, by its id."""
    found = {}
    for style in document.styles.element.findall(_W + "style"):
        name = style.find(_W + "name")
        match = re.fullmatch(r"(?:heading|标题) ?(\d)", (name.get(_W + "val") or "").lower() if name is not None else "")
        if match:
            found[style.get(_W + "styleId")] = int(match[1])
    return found


def _passages(parent: Any, levels: dict[str, int], tables: Iterator[int]) -> Iterator[Passage]:
    """What a body, a cell or a box holds, in order; each box after the paragraph that it hangs on."""
    for child in parent:
        if child.tag == _W + "p":
            yield from _paragraph(child, levels, tables)
        elif child.tag == _W + "tbl":
            yield from _table(child, next(tables))
        elif child.tag in _HOLDS:
            yield from _passages(child, levels, tables)


def _paragraph(node: Any, levels: dict[str, int], tables: Iterator[int]) -> Iterator[Passage]:
    text = _text(node)
    if text.strip():
        style = node.find(f"{_W}pPr/{_W}pStyle")
        yield Passage(text, level=levels.get(style.get(_W + "val"), 0) if style is not None else 0)
    for box in node.iter(_W + "txbxContent"):
        if not any(above.tag == _MC + "Fallback" for above in box.iterancestors()):
            yield from _passages(box, levels, tables)


def _text(node: Any) -> str:
    """The text of a paragraph as it is read: what was inserted, not what was deleted."""
    parts: list[str] = []
    for child in node:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in (_W + "tab", _W + "br", _W + "cr"):
            parts.append(" ")
        elif child.tag == _W + "noBreakHyphen":
            parts.append("-")
        else:
            parts.append(_text(child))
    return "".join(parts)


def _table(node: Any, table: int) -> Iterator[Passage]:
    """Each filled cell behind its label: the text before it in its row, or the heading above where the first row has no figure."""
    rows = [[_cell(c) for c in _own(r, "tc", "tr")] for r in _own(node, "tr", "tbl")]
    headed = len(rows) > 1 and len(rows[0]) > 2 and not any(_FIGURE.search(c) for c in rows[0])
    for number, row in enumerate(rows, 1):
        if headed and number > 1:
            pairs = [(h, c) for h, c in zip(rows[0], row, strict=False) if c]
        else:
            filled = [c for c in row if c]
            pairs = list(zip(filled[::2], filled[1::2], strict=False)) if not headed and len(filled) > 1 else [("", c) for c in filled]
        yield from (Passage(f"{label}\t{cell}" if label else cell, table=table, row=number) for label, cell in pairs)


def _own(node: Any, name: str, within: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, without those of tables in its cells."""
    return (n for n in node.iter(_W + name) if next(n.iterancestors(_W + within)) is node)


def _cell(node: Any) -> str:
    return " ".join(t for p in node.iter(_W + "p") if (t := _text(p).strip()))


def _numbered(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Passages with the numbers of their paragraphs."""
    paragraph = 0
    for passage in passages:
        paragraph += not passage.table
        yield passage if passage.table else replace(passage, paragraph=paragraph)


@hookimpl
def scorekit_extractors() -> list[Extractor]:
    """The reader of documents."""
    return [Extractor("docx", (".docx",), read, "Paragraphs and tables of a document of Word or WPS")]
