"""What costly readers gave for each file, kept beside the results: the next run reads only the files that changed.

An entry is found by all that decides it: the file's digest and printed name, the reader's code and versions, the request.
It counts only with a seal that this user's runs alone can make: results may come by mail, and what is kept with them
must not decide a ranking. Whatever is damaged, foreign or odd is as if it were not there.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

from scorekit import __version__
from scorekit.domain.intake import RawTable, Reader, ReadRequest, SourceFile
from scorekit.loading.packing import packed, unpacked
from scorekit.loading.results import file_digest

FOLDER = ".scorekit-read"
_ENTRIES, _NEXT, _SECRET = "entries", "next", "reading.key"
_FORM = "1"
_LONGEST = 2**28
"""Bytes of one table's line; a larger one is not kept."""
_DIGITS = 64
_END = b"end"
_ODD = (TypeError, ValueError, LookupError, ArithmeticError, RecursionError)
_Place = tuple[int, int]


@contextmanager
def keeping(out: Path, fresh: bool = False) -> Iterator[Kept | None]:
    """What is kept in the results folder *out*, for one run; what the run has read takes its place when it ends well.

    *fresh*: nothing that was kept is used. None where this user's secret cannot be kept.
    """
    secret = _secret()
    if secret is None:
        yield None
        return
    kept = Kept(out / FOLDER, secret, fresh)
    try:
        yield kept
    except BaseException:
        kept.discard()
        raise
    kept.finish()


class Kept:
    """The entries of the last run, and those of this one as they come."""

    def __init__(self, folder: Path, secret: bytes, fresh: bool = False) -> None:
        self._folder = folder
        self._seal = hmac.new(secret, digestmod=hashlib.sha256)
        self._places: dict[bytes, list[_Place]] = {}
        self._last: BinaryIO | None = None
        self._next: BinaryIO | None = None
        self._failed = False
        if not fresh and not _linked(folder) and (folder / _ENTRIES).is_file():
            with suppress(OSError):
                self._last = (folder / _ENTRIES).open("rb")
                self._places = _places(self._last)

    def read(self, reader: Reader, plugin: str, files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
        """The tables of *files* in the order of their names, through *reader* (of the version *plugin*) where they are not kept."""
        common = _circumstances(reader, plugin, request)
        for file in sorted(files, key=lambda f: f.name):
            key = _digest(common, file.name, file_digest(file.path)) if common else ""
            found = self._kept(key) if key else None
            if found is not None:
                yield from found
            elif key:
                yield from self._keep(key, common, file, reader.read([file], request))
            else:
                yield from reader.read([file], request)

    def finish(self) -> None:
        """Put what this run used and read in the place of what was kept before."""
        kept = self._closed()
        with suppress(OSError):
            if kept:
                os.replace(self._folder / _NEXT, self._folder / _ENTRIES)
            else:
                self._removed(_NEXT, _ENTRIES)

    def discard(self) -> None:
        """Leave what was kept before as it is."""
        self._closed()
        with suppress(OSError):
            self._removed(_NEXT)

    def _kept(self, key: str) -> list[RawTable] | None:
        """The tables of an entry, which goes on to the next run; None where it is not there to its end, or not ours."""
        places = self._places.get(key.encode())
        if not places or self._last is None:
            return None
        try:
            lines = [_line(self._last, place) for place in places]
            contents = [self._opened(line, number) for number, line in enumerate(lines)]
            if contents.pop() != _END:
                return None
            tables = [unpacked(content) for content in contents]
        except (*_ODD, OSError):
            return None
        for line in lines:
            self._write(line)
        return tables

    def _keep(self, key: str, common: str, file: SourceFile, tables: Iterable[RawTable]) -> Iterator[RawTable]:
        """The tables as they come, each written down before anyone else has it; the end only where the file stayed as it was."""
        number, whole = 0, True
        for table in tables:
            try:
                whole = whole and self._put(key, number, packed(table))
            except _ODD:
                whole = False
            number += 1
            yield table
        if whole and key == _digest(common, file.name, file_digest(file.path)):
            self._put(key, number, _END)

    def _put(self, key: str, number: int, content: bytes) -> bool:
        """Write one line of an entry; False where it is too long."""
        if len(content) > _LONGEST:
            return False
        body = f"{key} {number} ".encode() + content
        self._write(f"{self._sealed(body)} ".encode() + body + b"\n")
        return True

    def _opened(self, line: bytes, number: int) -> bytes:
        """The content of a line, if it is the one of that number and its seal is ours. Raises ValueError."""
        seal, body = line[:_DIGITS], line[_DIGITS + 1 : -1]
        _, found, content = body.split(b" ", 2)
        if int(found) != number or not hmac.compare_digest(seal, self._sealed(body).encode()):
            raise ValueError("not ours")
        return content

    def _sealed(self, body: bytes) -> str:
        seal = self._seal.copy()
        seal.update(body)
        return seal.hexdigest()

    def _write(self, line: bytes) -> None:
        """Write a line down; where that fails, nothing is kept, and the run goes on."""
        if self._failed:
            return
        try:
            if self._next is None:
                self._next = self._begun()
            self._next.write(line)
        except OSError:
            self._failed = True

    def _begun(self) -> BinaryIO:
        """A new file of this run's own: whoever laid a link in its place must not have us write where it leads."""
        if _linked(self._folder):
            raise OSError(errno.ELOOP, "linked", str(self._folder))
        self._folder.mkdir(exist_ok=True)
        (self._folder / _NEXT).unlink(missing_ok=True)
        return (self._folder / _NEXT).open("xb")

    def _closed(self) -> bool:
        """Close both files; whether there is a whole new one."""
        for file in (self._last, self._next):
            if file is not None:
                try:
                    file.close()
                except OSError:
                    self._failed = True
        return self._next is not None and not self._failed

    def _removed(self, *names: str) -> None:
        if _linked(self._folder):
            return
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
        if self._folder.is_dir():
            self._folder.rmdir()


def _linked(folder: Path) -> bool:
    """Whether a folder is another one's name (a link or, on Windows, a junction)."""
    junction = getattr(os.path, "isjunction", None)
    return folder.is_symlink() or (junction is not None and junction(folder))


def _places(file: BinaryIO) -> dict[bytes, list[_Place]]:
    """Where the lines of each entry stand, by its key; what comes after a line that is too long is not looked at."""
    found: dict[bytes, list[_Place]] = {}
    start = 0
    while line := file.readline(_LONGEST + 4 * _DIGITS):
        if not line.endswith(b"\n"):
            break
        found.setdefault(line[_DIGITS + 1 : 2 * _DIGITS + 1], []).append((start, len(line)))
        start += len(line)
    return found


def _line(file: BinaryIO, place: _Place) -> bytes:
    file.seek(place[0])
    return file.read(place[1])


def _circumstances(reader: Reader, plugin: str, request: ReadRequest) -> str:
    """All but the file that decides what a reader gives, as a digest; empty where that cannot be told."""
    code = _code(reader)
    if reader.rests_on is None or not code:
        return ""
    try:
        rests = [version(name) for name in reader.rests_on]
    except PackageNotFoundError:
        return ""
    asked = [request.encoding or "", *sorted(request.headers), "", *request.names]
    return _digest(_FORM, __version__, platform.python_version(), reader.name, reader.plugin, plugin, code, *rests, *asked)


def _code(reader: Reader) -> str:
    """The digest of the reader's module, and of those beside it in its package; empty where it has no source."""
    source = getattr(sys.modules.get(getattr(reader.read, "__module__", "")), "__file__", None)
    if source is None:
        return ""
    own = Path(source)
    package = (own.parent / "__init__.py").is_file()
    try:
        return _digest(*[part for p in (sorted(own.parent.glob("*.py")) if package else [own]) for part in (p.name, file_digest(p))])
    except OSError:
        return ""


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _secret() -> bytes | None:
    """What only this user's runs know, made when it is first wanted; None where there is no place to keep it."""
    try:
        path = _own_place() / _SECRET
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{_SECRET}.{os.getpid()}")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "wb") as file:
                file.write(os.urandom(32))
            os.replace(part, path)
        secret = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return secret if len(secret) == 32 else None


def _own_place() -> Path:
    """Where programs keep what can be made again, each for its user."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "scorekit"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "scorekit"
