"""Text in the parts of a workbook, which are XML: some characters can stand in none of them."""

from __future__ import annotations

import re

_NOWHERE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    """The text without what no part of a workbook can hold; a workbook with it could not be opened."""
    return _NOWHERE.sub("", text)
