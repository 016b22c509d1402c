"""Parts put aside on disk: their columns are read when they are asked for, and the files go with the last part."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import stat
import sys
import tempfile
import threading
import time
import weakref
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from scorekit.plugin import Parcel, Part, unpacked

if TYPE_CHECKING:
    from filelock import BaseFileLock

FOLDER, HELD = "scorekit-shelf-", ".held"


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
        _swept(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER))
        held = _held(self.folder)
        self._files: dict[str, BinaryIO] = {}
        self._lock = threading.Lock()
        self._kept = 0
        weakref.finalize(self, _cleared, self.folder, self._files, held)

    def kept(self, parcel: Parcel) -> Part:
        """A part put on this shelf from here."""
        self._kept += 1
        gc.collect(1)  # a part is large, and few objects: what goes round in circles would be found too late
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


def _cleared(folder: Path, files: dict[str, BinaryIO], held: BaseFileLock | None) -> None:
    for file in files.values():
        file.close()
    if held is not None:
        held.release()
    shutil.rmtree(folder, ignore_errors=True)


def _held(folder: Path) -> BaseFileLock | None:
    """The lock that says that a folder is in use; None where somebody has it. It falls with the process that has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / HELD, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except (Timeout, OSError):
        return None
    return lock


YOUNG = 60.0
"""Seconds for which a folder is left alone: its run may be about to hold it."""


def _swept(place: Path) -> None:
    """Remove the folders of this user's runs that were killed: nobody holds them any more."""
    for folder in place.glob(f"{FOLDER}*"):
        if _forsaken(folder) and (held := _held(folder)) is not None:
            held.release()
            shutil.rmtree(folder, ignore_errors=True)


def _forsaken(folder: Path) -> bool:
    """Whether a folder may be one that a run left: no link, this user's, not just made, with the file in it that runs hold.

    The place is open to all who work on the machine, and what another one put there is not for us to touch.
    """
    try:
        found, held = folder.lstat(), (folder / HELD).lstat()
    except OSError:
        return False
    mine = os.name != "posix" or found.st_uid == held.st_uid == os.getuid()
    old = max(found.st_mtime, held.st_mtime) < time.time() - YOUNG
    return mine and old and stat.S_ISDIR(found.st_mode) and stat.S_ISREG(held.st_mode)
