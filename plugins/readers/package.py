"""A workbook's package, looked over before anything opens it: what could exhaust the machine or deceive a reader is refused."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scorekit.plugin import T, Text

LARGEST = 200 * 2**20
RATIO = 200
PARTS = 2000
CELLS = 2_000_000
STRINGS = 2_000_000  # tags of shared texts, four each

_JUDGED = 2**20  # below this size a high ratio is ordinary and harmless
_TAGS = 6 * CELLS  # a cell has four tags, a row two
_TAGS_AT_ONCE = 300_000  # in a row, which has 16 384 cells at most, and in what is read whole: styles, properties, merges
_CHUNK = 2**20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedstrings\.xml", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}


class Refused(Exception):
    """A package that is not opened: what is wrong, and what to do."""

    def __init__(self, what: Text, cure: Text) -> None:
        super().__init__(what.template)
        self.what = what
        self.cure = cure


def looked_over(path: Path) -> None:
    """Return if the workbook at *path* may be opened; else raise Refused."""
    with path.open("rb") as source:
        _recognised(source.read(4096), path)
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _names(parts)
            _sizes(parts)
            _contents(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        _markup(stream, part.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise damaged() from None


def damaged() -> Refused:
    """The workbook cannot be read at all."""
    return Refused(
        T("the workbook is damaged or cut short"), T("open it in Excel or WPS and save it again as .xlsx, or have it sent again")
    )


def _recognised(start: bytes, path: Path) -> None:
    """Refuse by its first bytes what is no workbook whatever its name says."""
    save = T("open it in Excel or WPS and save it as .xlsx")
    if not start:
        raise Refused(T("the file is empty"), T("have it sent again"))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Refused(T("the workbook is protected by a password"), T("open it, remove the password, and save it again"))
        raise Refused(T("the file is an old workbook (.xls or .et) under another name"), save)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refused(T("the file is a web page and no workbook"), save)
    if not start.startswith(b"PK\x03\x04"):
        raise damaged()


def _names(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse names that leave the package, and two parts of one name."""
    hostile = T("have the workbook made anew: copy its cells into an empty workbook")
    names = [p.filename.replace("\\", "/").lower() for p in parts]
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise Refused(T("the workbook holds a part with a forbidden name: {name}", name=name[:100]), hostile)
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise Refused(T("the workbook holds two parts of one name: {name}", name=twice[:100]), hostile)


def _sizes(parts: list[zipfile.ZipInfo]) -> None:
    smaller = T("split the workbook, or save the table as CSV")
    if len(parts) > PARTS:
        raise Refused(T("the workbook has more than {limit} parts", limit=PARTS), smaller)
    if sum(p.file_size for p in parts) > LARGEST:
        raise Refused(T("the workbook unpacks to more than {limit} MB", limit=LARGEST // 2**20), smaller)
    for part in parts:
        if part.file_size > _JUDGED and part.file_size > RATIO * part.compress_size:
            raise Refused(T("a part of the workbook unpacks to more than {limit} times its size", limit=RATIO), smaller)


def _contents(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse macros, external links and passwords, by name."""
    if any(p.flag_bits & 1 for p in parts):
        raise Refused(T("the workbook is protected by a password"), T("open it, remove the password, and save it again"))
    names = [p.filename.lower() for p in parts]
    if any(n.endswith("vbaproject.bin") for n in names):
        raise Refused(T("the workbook contains macros"), T("save it as an ordinary workbook (.xlsx) without macros"))
    if any("externallinks/" in n for n in names):
        raise Refused(
            T("the workbook refers to other workbooks"), T("break the links (Data → Edit links), paste the values, and save it again")
        )
    if "xl/workbook.xml" not in names:
        raise damaged()


def _markup(stream: IO[bytes], name: str) -> None:
    """Refuse a document type, an unusual encoding, or more tags than a reader should hold at once."""
    sheet, strings = _SHEET.fullmatch(name), _STRINGS.fullmatch(name)
    counted = _Counted(b"</row" if sheet else b"</si" if strings else b"")
    tail = b""
    for data in _chunks(stream):
        if not tail:
            _declared(data, name)
        plain = tail + data
        if b"<!DOCTYPE" in (plain.replace(b"\0", b"") if b"\0" in plain else plain):
            raise Refused(T("a part of the workbook declares a document type"), T("save it again in Excel or WPS as .xlsx"))
        tail = data[-32:]
        counted.take(data)
        if counted.tags > (_TAGS if sheet else STRINGS if strings else _TAGS_AT_ONCE) or counted.at_once > _TAGS_AT_ONCE:
            raise too_many()


def too_many() -> Refused:
    """The workbook holds more than a reader takes in."""
    what = T("the workbook has more than {limit} used cells, or parts of that size", limit=CELLS)
    return Refused(what, T("split the workbook, or save the table as CSV"))


class _Counted:
    """Counts tags, and the most of them between two ends of what a reader takes in piece by piece."""

    def __init__(self, end: bytes) -> None:
        self.end = end
        self.tags = self.at_once = self._open = 0

    def take(self, data: bytes) -> None:
        """Count one more chunk."""
        self.tags += data.count(b"<")
        pieces = data.split(self.end) if self.end else [data]
        counts = [piece.count(b"<") for piece in pieces]
        counts[0] += self._open
        self.at_once = max(self.at_once, *counts)
        self._open = counts[-1]


def _declared(start: bytes, name: str) -> None:
    plain = start[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    found = _ENCODING.match(plain)
    if not plain.startswith(b"<") or (found is not None and found[1].lower() not in _ENCODINGS):
        raise Refused(
            T("a part of the workbook is written in an unusual encoding: {name}", name=name[:100]),
            T("save it again in Excel or WPS as .xlsx"),
        )
    if b"purl.oclc.org/ooxml" in start[:4096]:
        raise Refused(T("the workbook is saved as “Strict Open XML”"), T("save it as an ordinary workbook (.xlsx)"))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while data := stream.read(_CHUNK):
        yield data
