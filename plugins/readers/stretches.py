"""A delimited file in stretches of bytes that end where a line does, and the rows of a stretch one by one."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from pathlib import Path

STRETCH = 16 * 2**20
_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Stretches:
    """The bytes of a file behind its byte order mark, in turn; what was not used comes again."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._source = path.open("rb")
        self._held = b""
        self._encoding = encoding.removesuffix("-sig")
        if encoding == "utf-8-sig":
            self._source.read(3)

    def close(self) -> None:
        """Let the file go."""
        self._source.close()

    def next(self, size: int = 0) -> bytes:
        """The next bytes, up to the end of a line and, where that is near, about *size* of them; none at the end."""
        size = size or STRETCH
        parts = [self._held]
        self._held = b""
        while data := self._source.read(size):
            cut = data.rfind(b"\n") + 1
            if cut:
                parts.append(data[:cut])
                self._held = data[cut:]
                break
            parts.append(data)
        return b"".join(parts)

    def back(self, content: bytes) -> None:
        """Give back what was not used."""
        self._held = content + self._held

    def rows(self, content: bytes, delimiter: str) -> Generator[list[str], None, None]:
        """The rows of *content*, the last of them to its end, wherever that is. Raises csv.Error.

        What stands behind the row given last is given back when the iteration is closed.
        """
        used = taken = given = 0

        def lines() -> Iterator[str]:
            nonlocal content, used, taken
            while True:
                for line in _LINES.finditer(content, used):
                    used, taken = line.end(), taken + 1
                    yield line.group().decode(self._encoding)
                more = b"" if given == taken else self.next()
                if not more:
                    return
                content, used = more, 0

        reader = csv.reader(lines(), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                given = taken
                yield cells
        finally:
            self.back(content[used:])
