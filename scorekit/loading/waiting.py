"""Tables that wait for others: few of them in memory, the rest in a file of their own that goes with them."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import IO

from scorekit.domain.intake import RawTable

HELD = 500_000
"""Cells that are held in memory; what comes after them is put aside."""


class Waiting:
    """Tables in the order in which they came; they may be gone through again and again."""

    def __init__(self) -> None:
        self._room = HELD
        self._kept: list[RawTable | int] = []
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[RawTable]:
        return (self[place] for place in range(len(self._kept)))

    def __getitem__(self, place: int) -> RawTable:
        kept = self._kept[place]
        if isinstance(kept, RawTable):
            return kept
        assert self._file is not None
        self._file.seek(kept)
        sizes: list[int] = pickle.load(self._file)  # noqa: S301 - written by this process, into a file that nobody else can name
        head, *buffers = [self._file.read(size) for size in sizes]
        found: RawTable = pickle.loads(head, buffers=buffers)  # noqa: S301 - the same
        return found

    def add(self, table: RawTable) -> None:
        """Let one more table wait."""
        self._room -= len(table) * len(table.columns)
        self._kept.append(table if self._room >= 0 else self._put(table))

    def _put(self, table: RawTable) -> RawTable | int:
        """Where the table stands in the file; the table itself where no file can be written."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="scorekit-waiting-")  # noqa: SIM115 - open as long as tables wait
            start = self._file.seek(0, 2)
            buffers: list[pickle.PickleBuffer] = []
            head = pickle.dumps(table, 5, buffer_callback=buffers.append)  # texts and arrays go to the file without a copy
            parts = [memoryview(head), *(buffer.raw() for buffer in buffers)]
            pickle.dump([part.nbytes for part in parts], self._file)
            for part in parts:
                self._file.write(part)
            self._file.flush()
        except OSError:
            return table
        return start

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
