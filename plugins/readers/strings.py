"""Texts of a workbook as they are meant: runs put together, pronunciation left aside, escapes taken back."""

from __future__ import annotations

import re
from typing import IO, Any

from scorekit.plugin import T, Unreadable

from .package import damaged

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ENTRY, _PLAIN, _RUN, _SOUND = (_MAIN + name for name in ("si", "t", "r", "rPh"))
_BESIDE = frozenset({_SOUND, _MAIN + "phoneticPr", _MAIN + "extLst"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(source: IO[bytes]) -> list[str | Unreadable]:
    """The texts of a table of shared strings; the part was looked over before and has no document type.

    Raises Refused where an entry stands inside another, so that nobody knows which number is whose.
    """
    from xml.etree.ElementTree import iterparse

    found: list[str | Unreadable] = []
    events: Any = iterparse(source)  # noqa: S314 - a document type is refused before
    node: Any
    for _, node in events:
        if node.tag == _ENTRY:
            found.append(text_of(node))
            node.clear()
    if sum(child.tag == _ENTRY for child in events.root) != len(found):
        raise damaged()
    return found


def text_of(node: Any) -> str | Unreadable:
    """The text of an entry: one text, or runs of them; where programs would put another one together, none."""
    if len(node) == 1 and node[0].tag == _PLAIN and not len(node[0]):
        text = node[0].text or ""
        return plain_text(text) if "_x" in text else text
    parts: list[str] = []
    kinds = set()
    for child in node:
        if child.tag in _BESIDE:
            continue
        kinds.add(child.tag)
        texts: list[Any] = [child] if child.tag == _PLAIN else child.findall(_PLAIN)
        if child.tag not in (_PLAIN, _RUN) or len(texts) > 1 or any(map(len, texts)) or (child.tag == _PLAIN and parts):
            return _several()
        parts += [plain_text(t.text or "") for t in texts]
    return _several() if len(kinds) > 1 else "".join(parts)


def plain_text(text: str) -> str:
    """A text with the characters that a workbook writes as ``_x000D_``; those that no text should hold stay as written."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    character = chr(code)
    return character if character in "\t\n\r" or (0x20 <= code < 0xD800) or 0xE000 <= code < 0xFFFE else found[0]


def _several() -> Unreadable:
    return Unreadable("", T("the text is written in several pieces that programs put together differently"), T("enter the value itself"))
