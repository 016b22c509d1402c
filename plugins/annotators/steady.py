"""Saving a workbook so that equal workbooks give equal bytes: no clock in the package nor in its properties."""

from __future__ import annotations

import datetime
import errno
import io
import os
import re
import sys
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DAY = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's dates bear no zone
_PART_DAY = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@contextmanager
def _room() -> Iterator[None]:
    """Where the disk is full, lxml has an error of its own for it, and its halves complain again when they are let go."""
    try:
        from lxml.etree import SerialisationError  # type: ignore[import-untyped]
    except ImportError:
        yield
        return
    try:
        yield
    except SerialisationError as fault:
        hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
        try:
            traceback.clear_frames(fault.__traceback__)
        finally:
            sys.unraisablehook = hook
        code = getattr(errno, str(fault).removeprefix("IO_"), errno.EIO)
        raise OSError(code, os.strerror(code)) from None


def save(book: Any, target: Path) -> None:
    """Write *book* to *target*; it was changed when the sender last changed it, or at a fixed day where it is our own."""
    modified = (book.properties.modified or DAY).replace(microsecond=0, tzinfo=None)
    draft = io.BytesIO()
    with _room():
        book.save(draft)
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + modified.isoformat().encode() + rb"Z\2", content)
            entry = zipfile.ZipInfo(part.filename, _PART_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(entry, content)
