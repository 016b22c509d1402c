"""A text document's package, looked over before anything opens it: what could exhaust the machine is refused."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

from scorekit.plugin import T, Text

LARGEST = 100 * 2**20
PART = 24 * 2**20
"""A part that is parsed whole; the text of a report seldom makes one."""
RATIO = 200
PARTS = 2000
TAGS = 600_000

_JUDGED = 2**20  # below this size a high ratio is ordinary and harmless
_CHUNK = 2**20
_SAVE = T("open it in Word or WPS and save it as .docx")


class Refused(Exception):
    """A package that is not opened: what is wrong, and what to do."""

    def __init__(self, what: Text, cure: Text) -> None:
        super().__init__(what.template)
        self.what = what
        self.cure = cure


def looked_over(path: Path) -> None:
    """Return if the document at *path* may be opened; else raise Refused."""
    if path.stat().st_size > LARGEST:
        raise _too_large()
    with path.open("rb") as source:
        _recognised(source.read(4096), path)
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _sizes(parts)
            _contents(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        _markup(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise damaged() from None


def damaged() -> Refused:
    """The document cannot be read at all."""
    return Refused(T("the document is damaged or cut short"), T("open it in Word or WPS and save it again as .docx, or have it sent again"))


def _too_large() -> Refused:
    return Refused(T("the document unpacks to more than {limit} MB", limit=LARGEST // 2**20), T("leave out the pictures, or split it"))


def _recognised(start: bytes, path: Path) -> None:
    """Refuse by its first bytes what is no document whatever its name says."""
    if not start:
        raise Refused(T("the file is empty"), T("have it sent again"))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Refused(T("the document is protected by a password"), T("open it, remove the password, and save it again"))
        raise Refused(T("the file is an old document (.doc or .wps) under another name"), _SAVE)
    if start.startswith(b"{\\rtf"):
        raise Refused(T("the file is a rich text (.rtf) under another name"), _SAVE)
    if not start.startswith(b"PK\x03\x04"):
        raise damaged()


def _sizes(parts: list[zipfile.ZipInfo]) -> None:
    names = [p.filename.replace("\\", "/").lower() for p in parts]
    if len(set(names)) < len(names) or any(n.startswith("/") or ".." in n.split("/") or ":" in n for n in names):
        raise Refused(T("the document holds parts with forbidden names, or two of one name"), T("copy its text into an empty document"))
    if len(parts) > PARTS or sum(p.file_size for p in parts) > LARGEST:
        raise _too_large()
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")) and part.file_size > PART:
            raise _too_large()
        if part.file_size > _JUDGED and part.file_size > RATIO * part.compress_size:
            raise Refused(T("a part of the document unpacks to more than {limit} times its size", limit=RATIO), _SAVE)


def _contents(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse macros and passwords, by name."""
    if any(p.flag_bits & 1 for p in parts):
        raise Refused(T("the document is protected by a password"), T("open it, remove the password, and save it again"))
    names = [p.filename.lower() for p in parts]
    if any(n.endswith("vbaproject.bin") for n in names):
        raise Refused(T("the document contains macros"), T("save it as an ordinary document (.docx) without macros"))
    if "xl/workbook.xml" in names:
        raise Refused(T("the file is a workbook under another name"), T("a workbook is no report: evaluate it, or give the report"))
    if "[content_types].xml" not in names:
        raise damaged()


def _markup(stream: IO[bytes]) -> None:
    """Refuse a document type, and more tags than a reader should hold at once."""
    tail, tags = b"", 0
    while data := stream.read(_CHUNK):
        plain = tail + data
        if b"<!DOCTYPE" in (plain.replace(b"\0", b"") if b"\0" in plain else plain):
            raise Refused(T("a part of the document declares a document type"), _SAVE)
        tail = data[-32:]
        tags += data.count(b"<")
        if tags > TAGS:
            raise _too_large()
