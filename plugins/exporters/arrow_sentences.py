"""Sentences of many rows as Arrow arrays: their pieces are put together without a text of Python's for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy as np

from scorekit.plugin import Coded, Numerals, Page

from .arrow_columns import plain, texts, word

if TYPE_CHECKING:
    import pyarrow as pa


def joined(page: Page, between: str) -> pa.Array:
    """The sentences of each row of a page with *between* between them; NULL where there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [_slot(sentences, page.size) for sentences in page.slots]
    if not columns:
        return pa.nulls(page.size, pa.string())
    silent = page.silent
    if len(columns) > 1 and silent.any():
        columns[0] = pc.if_else(plain(silent), word(""), columns[0])  # a row in which all is NULL is lost in joining
    found = pc.binary_join_element_wise(*columns, word(between), null_handling="skip") if len(columns) > 1 else columns[0]
    empty = pc.equal(found, word(""))
    return pc.if_else(empty, word(None), found) if pc.any(empty).as_py() else found


def _slot(sentences: Sequence[tuple[np.ndarray, Any]], size: int) -> pa.Array:
    """The sentences of one slot at their rows, NULL in the rows that have none there."""
    import pyarrow as pa

    said = pa.concat_arrays([_sentence(pieces, len(places)) for places, pieces in sentences])
    places = np.concatenate([places for places, _ in sentences])
    back = np.full(size, -1, dtype=np.int32)
    back[places] = np.arange(len(places), dtype=np.int32)
    return said.take(plain(back, back < 0))


def _sentence(pieces: Sequence[Union[str, Sequence[str]]], size: int) -> pa.Array:
    """One sentence as it is said of each of *size* rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if all(isinstance(piece, str) for piece in pieces):
        return pa.repeat(word("".join(map(str, pieces))), size)
    parts = [word(piece) if isinstance(piece, str) else _varying(piece) for piece in pieces]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, word(""))


def _varying(piece: Sequence[str]) -> pa.Array:
    """A piece that differs from row to row."""
    import pyarrow as pa

    if isinstance(piece, Numerals):
        return plain(piece.numbers).cast(pa.string())
    if isinstance(piece, Coded):
        return texts(piece.texts).take(plain(piece.codes))
    return texts(piece)
