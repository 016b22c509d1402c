"""Text in the parts of a workbook, which are XML: some characters can stand in none of them."""

from __future__ import annotations

import re

_NOWHERE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    """The text without what no part of a workbook can hold; a workbook with it could not be opened."""
    return _NOWHERE.sub("", text)


def cell_text(text: str) -> str:
    """A text as XlsxWriter is to be given it: what looks like marks of its own (``<r>…</r>``) it would write into the file as marks.

    A space behind such a text parts it from them.
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
