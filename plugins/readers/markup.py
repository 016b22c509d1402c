"""The XML of a part as its bytes pass by: document types, unusual encodings and endless things are seen before any reader opens it."""

from __future__ import annotations

import re

TOKEN = 2**20
"""Bytes without a tag, or of one comment, that a part may hold; what is longer costs readers the square of its length."""
_ASIDE = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_UNSEEN = (b"<!--", b"<?")
"""What readers leave out, some with the text around it."""
_CELLS = tuple(lead + b"c" + after for lead in (b"<", b":") for after in (b" ", b">", b"/", b"\t", b"\n", b"\r"))
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}
_MARKS = b"\xef\xbb\xbf\xff\xfe \r\n\t"


def is_markup(start: bytes) -> bool:
    """Whether a part that begins so is XML, whatever its name says."""
    return start.replace(b"\0", b"").lstrip(_MARKS).startswith(b"<")


def usual(start: bytes) -> bool:
    """Whether a part that begins so is in an encoding that all readers know."""
    plain = start[:1000].replace(b"\0", b"").lstrip(_MARKS)
    found = _ENCODING.match(plain)
    return plain.startswith(b"<") and (found is None or found[1].lower() in _ENCODINGS)


class Passing:
    """Counts what passes by: ``tags``, ``cells`` of a sheet, and the most tags at once (between two ends of what is read piece by piece).

    ``typed``: it declares a document type; ``endless``: a text, tag or comment is too long; ``mixed``: a comment stands inside a text.
    """

    def __init__(self, end: bytes = b"", cells: bool = False, token: int = TOKEN) -> None:
        """*end* closes what a reader takes in piece by piece; *cells*: the part is a sheet's."""
        self.tags = self.cells = self.at_once = 0
        self.typed = self.endless = self.mixed = False
        self._end, self._counts_cells, self._token = end, cells, token
        self._open = self._since = 0
        self._tail = b""

    def take(self, data: bytes) -> None:
        """See one more piece."""
        plain = data.replace(b"\0", b"") if b"\0" in data else data
        self.typed = self.typed or b"<!DOCTYPE" in self._tail[-16:] + plain
        self.tags += plain.count(b"<")
        if self._counts_cells:
            self.cells += sum(map(plain.count, _CELLS))
        self._gather(plain)
        self._measure(plain)
        window = self._tail + plain
        if b"<!" in window or b"<?" in window:
            self._set_aside(window, len(window) - self._token)
        self._tail = window[-self._token :]

    def close(self) -> None:
        """See that nothing is left open at the end."""
        self._set_aside(self._tail, len(self._tail))

    def _gather(self, plain: bytes) -> None:
        if not self._end:
            self.at_once = self.tags
            return
        pieces = plain.split(self._end)
        counts = [piece.count(b"<") for piece in pieces]
        counts[0] += self._open
        self.at_once = max(self.at_once, *counts)
        self._open = counts[-1]

    def _measure(self, plain: bytes) -> None:
        """Look for a run without any tag: from each tag the last one within the limit is looked for."""
        at, size = -1 - self._since, len(plain)
        while size - at > self._token and not self.endless:
            found = plain.rfind(b"<", max(0, at + 1), max(0, at + 1 + self._token))
            self.endless = found < 0
            at = found
        self._since = size - 1 - plain.rfind(b"<") if b"<" in plain else self._since + size

    def _set_aside(self, window: bytes, until: int) -> None:
        """Look for comments and the like that begin before *until* and are too long."""
        for found in _ASIDE.finditer(window, 0, max(0, until) + len("<![CDATA[")):
            close = window.find(_ENDS[found[0]], found.end(), found.start() + self._token)
            self.endless = self.endless or (close < 0 and found.start() < until)
            if close >= 0 and found[0] in _UNSEEN:
                around = window[max(0, found.start() - 1) : found.start()] + window[close + len(_ENDS[found[0]]) :][:1]
                self.mixed = self.mixed or any(c not in b"<> \t\r\n" for c in around)
