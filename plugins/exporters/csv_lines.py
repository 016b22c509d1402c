"""Lines of a CSV file put together from pieces, many of which are the same for all units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

from scorekit.plugin import Column, Piece, csv_texts


def in_lines(columns: Sequence[Piece], size: int) -> Iterator[str]:
    """The lines of *size* rows of *columns*, ready for the file."""
    pieces = [piece for column in columns for piece in (column, ",")]
    return each([*pieces[:-1], "\n"], size)


def each(pieces: Sequence[Piece], size: int) -> Iterator[str]:
    """The text of each of *size* units: its pieces, one after the other."""
    alike = [repeat(piece, size) if isinstance(piece, str) else piece for piece in _merged(pieces)]
    return map("".join, zip(*alike, strict=True))


def unsigned(texts: Sequence[str]) -> bool:
    """Whether texts stand in a CSV file as they are."""
    return csv_texts(texts) == list(texts)


def same(column: Column) -> bool:
    """Whether a column surely holds the same number in every row."""
    values = column.values
    if column.why is not None or not len(column) or not isinstance(values.den, int):
        return False
    return bool((values.num == values.num[0]).all())


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours that are the same for all units as one piece."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return found
