"""Cells that still stand in the bytes of their file become typed columns without being read one by one, where they are plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.decimals import Decimals
from scorekit.domain.exact import Exact
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.spans import Spans

from .report import TABLE

if TYPE_CHECKING:
    from .columns import Typed

_MISSING = np.uint8(Why.MISSING)
Read = Callable[[Sequence[Any], FieldSpec, bool], "Typed"]


def plain_numbers(cells: Spans, spec: FieldSpec) -> Column | None:
    """The numbers of a field, blanks missing; None where a cell needs a closer look."""
    if any(c.isnumeric() for word in (*spec.blank, *spec.not_applicable) for c in word):
        return None
    found = cells.digits()
    if found is None:
        return None
    why = None if found.blank is None else found.blank.astype(np.uint8) * _MISSING
    return Column("number", Exact.over(found.num, 10**found.decimals), why)


def typed_decimals(cells: Decimals) -> Column:
    """Numbers of a typed file, those that are masked missing."""
    return Column(
        "number", Exact.over(cells.num, 10**cells.decimals), None if cells.mask is None else cells.mask.astype(np.uint8) * _MISSING
    )


def by_distinct(cells: Spans | Coded, spec: FieldSpec, in_sheet: bool, read: Read) -> Typed | None:
    """A field of few different cells, each of them read once by *read*; None where there are many, or a row has a remark of its own."""
    few = cells.few()
    if few is None:
        return None
    distinct, codes = few
    found = read(distinct, spec, in_sheet)
    if any(note.row != TABLE for note in found.notes):
        return None
    column = found.column
    return found._replace(column=Column(column.kind, _each(column.values, codes), None if column.why is None else column.why[codes]))


def _each(values: Any, codes: npt.NDArray[np.intp]) -> Any:
    return values.take(codes) if isinstance(values, Exact) else values[codes]
