"""Parts put aside on disk: their columns are read when they are asked for, and the files go with the last part."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import threading
import weakref
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from scorekit.domain.parcels import Parcel, unpacked
from scorekit.domain.tables import Part


@dataclass(frozen=True, slots=True)
class Shelved:
    """A part on a shelf: its head, and where its body begins in which file."""

    head: bytes
    file: str
    start: int


def shelve(parcel: Parcel, folder: Path) -> Shelved:
    """Put a part, packed, on the shelf of a folder, from any process; each thread that does has a file of its own there."""
    name = f"{os.getpid()}-{threading.get_ident()}"
    with open(folder / name, "ab") as file:
        start = file.seek(0, os.SEEK_END)
        file.writelines(parcel.body)
    return Shelved(parcel.head, name, start)


_TIDY = 4
"""Parts after which memory is given back."""


def given_back() -> None:
    """Give memory that is not needed any more back to the system, where its C library can be asked to (glibc).

    Without it the holes that columns of many sizes leave in the heap double what a large run seems to need.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


class Shelf:
    """A folder of its own for the parts of one run; it is removed when neither the shelf nor a part of it is needed."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="scorekit-shelf-"))
        self._files: dict[str, BinaryIO] = {}
        self._lock = threading.Lock()
        self._kept = 0
        weakref.finalize(self, _cleared, self.folder, self._files)

    def kept(self, parcel: Parcel) -> Part:
        """A part put on this shelf from here."""
        self._kept += 1
        if self._kept % _TIDY == 1:
            given_back()
        return self.part(shelve(parcel, self.folder))

    def full(self) -> None:
        """Nothing more is put on it: what making the parts needed is given back."""
        given_back()

    def part(self, shelved: Shelved) -> Part:
        """A part of this shelf, its columns read when they are asked for."""
        return unpacked(shelved.head, partial(self._read, shelved.file, shelved.start))

    def _read(self, name: str, base: int, start: int, length: int) -> bytes:
        with self._lock:
            if name not in self._files:
                self._files[name] = open(self.folder / name, "rb")  # noqa: SIM115 - open as long as the shelf stands
            file = self._files[name]
            file.seek(base + start)
            return file.read(length)


def _cleared(folder: Path, files: dict[str, BinaryIO]) -> None:
    for file in files.values():
        file.close()
    shutil.rmtree(folder, ignore_errors=True)
