"""A workbook's package, looked over before anything opens it: what could exhaust the machine or deceive a reader is refused."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scorekit.plugin import T, Text

from .directory import METHODS, Cut, Unsound, entries, sound, unpacked
from .markup import TOKEN, Passing, is_markup, usual

LARGEST = 200 * 2**20
RATIO = 200
PARTS = 2000
CELLS = 2_000_000
STRINGS = 2_000_000  # tags of shared texts, four each

_JUDGED = 2**20  # below this size a high ratio is ordinary and harmless
_TAGS = 6 * CELLS  # a cell has four tags, a row two
_TAGS_AT_ONCE = 300_000  # in a row, which has 16 384 cells at most, and in what is read whole: styles, properties, merges
_TEXT = 2**18  # a cell has at most 32 767 characters, of up to eight bytes where they are written by their numbers
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedstrings\.xml", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TYPES = "[Content_Types].xml"
_OWN = "customxml/"  # what other programs put beside the sheets, and no reader opens
_COMPOUND = b"\xd0\xcf\x11\xe0"
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")


class Refused(Exception):
    """A workbook that is not read: what is wrong, and what to do; in which sheet and cell, where it is one of them."""

    def __init__(self, what: Text, cure: Text, cell: str = "") -> None:
        super().__init__(what.template)
        self.what, self.cure, self.cell = what, cure, cell
        self.sheet = ""


def looked_over(path: Path) -> None:
    """Return if the workbook at *path* may be opened; else raise Refused."""
    with path.open("rb") as source:
        _recognised(source.read(4096), path)
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large()
        try:
            _package(source, size)
        except Unsound:
            what = T("the package of the workbook contradicts itself, and programs disagree on what it holds")
            raise Refused(what, T("open it in Excel or WPS, look at the values, and save it again as .xlsx")) from None
        except (Cut, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise damaged() from None


def _package(source: IO[bytes], size: int) -> None:
    total = entries(source, size, PARTS)
    if total > PARTS:
        raise Refused(T("the workbook has more than {limit} parts", limit=PARTS), T("split the workbook, or save the table as CSV"))
    with zipfile.ZipFile(source) as package:
        parts = package.infolist()
    _names(parts)
    _sizes(parts)
    _contents(parts)
    sound(source, parts, total)
    counts = _Counts()
    for part in parts:
        counts.take(part.filename, unpacked(source, part), part.compress_size)


def damaged() -> Refused:
    """The workbook cannot be read at all."""
    return Refused(
        T("the workbook is damaged or cut short"), T("open it in Excel or WPS and save it again as .xlsx, or have it sent again")
    )


def macros() -> Refused:
    """The workbook would run something."""
    return Refused(T("the workbook contains macros"), T("save it as an ordinary workbook (.xlsx) without macros"))


def too_many() -> Refused:
    """The workbook holds more than a reader takes in."""
    what = T("the workbook has more than {limit} used cells, or parts of that size", limit=CELLS)
    return Refused(what, T("split the workbook, or save the table as CSV"))


def _too_large() -> Refused:
    what = T("the workbook unpacks to more than {limit} MB", limit=LARGEST // 2**20)
    return Refused(what, T("split the workbook, or save the table as CSV"))


def _too_dense() -> Refused:
    what = T("a part of the workbook unpacks to more than {limit} times its size", limit=RATIO)
    return Refused(what, T("split the workbook, or save the table as CSV"))


def _recognised(start: bytes, path: Path) -> None:
    """Refuse by its first bytes what is no workbook whatever its name says."""
    save = T("open it in Excel or WPS and save it as .xlsx")
    if not start:
        raise Refused(T("the file is empty"), T("have it sent again"))
    if start.startswith(_COMPOUND):
        if _holds(path, "EncryptedPackage".encode("utf-16-le")):
            raise Refused(T("the workbook is protected by a password"), T("open it, remove the password, and save it again"))
        raise Refused(T("the file is an old workbook (.xls or .et) under another name"), save)
    if start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower().startswith(_WEB):
        raise Refused(T("the file is a web page and no workbook"), save)
    if not start.startswith(b"PK\x03\x04"):
        raise damaged()


def _holds(path: Path, word: bytes) -> bool:
    """Whether a file holds a word, without holding the file."""
    tail = b""
    with path.open("rb") as source:
        while data := source.read(2**20):
            if word in tail + data:
                return True
            tail = data[-len(word) :]
    return False


def _names(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse names that leave the package, and two parts of one name."""
    hostile = T("have the workbook made anew: copy its cells into an empty workbook")
    names = [p.orig_filename.replace("\\", "/").lower() for p in parts]
    for name in names:
        steps = name.removesuffix("/").split("/")
        if any(step in ("", ".", "..") for step in steps) or ":" in name or _CONTROL.search(name):
            raise Refused(T("the workbook holds a part with a forbidden name: {name}", name=_CONTROL.sub("?", name[:100])), hostile)
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise Refused(T("the workbook holds two parts of one name: {name}", name=twice[:100]), hostile)


def _sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by the sizes that the directory states; that they are true is seen when the parts are unpacked."""
    if sum(p.file_size for p in parts) > LARGEST:
        raise _too_large()
    if any(p.file_size > _JUDGED and p.file_size > RATIO * p.compress_size for p in parts):
        raise _too_dense()


def _contents(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse macros, external links, passwords and unusual methods."""
    if any(p.flag_bits & 1 for p in parts):
        raise Refused(T("the workbook is protected by a password"), T("open it, remove the password, and save it again"))
    names = [p.filename.lower() for p in parts]
    if any(n.endswith("vbaproject.bin") or "macrosheets/" in n for n in names):
        raise macros()
    if any("externallinks/" in n for n in names):
        raise Refused(
            T("the workbook refers to other workbooks"), T("break the links (Data → Edit links), paste the values, and save it again")
        )
    if any(p.compress_type not in METHODS for p in parts):
        what = T("a part of the workbook is packed by a method that Excel and WPS do not know")
        raise Refused(what, T("save it again in Excel or WPS as .xlsx"))
    if "xl/workbook.xml" not in names:
        raise damaged()


class _Counts:
    """What all parts hold together, counted as it comes out of them."""

    def __init__(self) -> None:
        self.tags = self.cells = 0

    def take(self, name: str, pieces: Iterator[tuple[bytes, int]], whole: int) -> None:
        """Refuse a document type, an unusual encoding, endless texts, or more tags than a reader should hold."""
        sheet, strings = _SHEET.fullmatch(name), _STRINGS.fullmatch(name)
        limit = _TAGS if sheet else STRINGS if strings else _TAGS_AT_ONCE
        token = _TEXT if sheet or strings else TOKEN
        passing: Passing | None = None
        out = 0
        for data, gone in pieces:
            if not out and (name.lower().endswith((".xml", ".rels")) or is_markup(data[:4096])):
                _declared(data, name)
                passing = Passing(b"</row" if sheet else b"</si" if strings else b"", bool(sheet), token)
            out += len(data)
            if out > _JUDGED and out > RATIO * max(gone, whole):
                raise _too_dense()
            if passing is None:
                continue
            passing.take(data)
            if name == _TYPES and b"vbaProject" in data:
                raise macros()
            self._judge(passing, name)
            if (
                passing.tags > limit
                or passing.at_once > _TAGS_AT_ONCE
                or self.tags + passing.tags > _TAGS
                or self.cells + passing.cells > CELLS
            ):
                raise too_many()
        if passing is not None:
            passing.close()
            self._judge(passing, name)
            self.tags, self.cells = self.tags + passing.tags, self.cells + passing.cells

    @staticmethod
    def _judge(passing: Passing, name: str) -> None:
        if passing.typed:
            raise Refused(T("a part of the workbook declares a document type"), T("save it again in Excel or WPS as .xlsx"))
        if passing.mixed:
            what = T("a part of the workbook has a comment inside a value: {name}", name=name[:100])
            raise Refused(what, T("save it again in Excel or WPS as .xlsx"))
        if passing.endless and not name.lower().startswith(_OWN):
            what = T("a part of the workbook holds a text longer than a cell may have: {name}", name=name[:100])
            raise Refused(what, T("shorten the text, or have the workbook made anew"))


def _declared(start: bytes, name: str) -> None:
    if not usual(start):
        raise Refused(
            T("a part of the workbook is written in an unusual encoding: {name}", name=name[:100]),
            T("save it again in Excel or WPS as .xlsx"),
        )
    if b"purl.oclc.org/ooxml" in start[:4096]:
        raise Refused(T("the workbook is saved as “Strict Open XML”"), T("save it as an ordinary workbook (.xlsx)"))
