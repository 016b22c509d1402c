"""Values as exact text, for the run record, and back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction

from scorekit.domain.column import Column
from scorekit.domain.printing import FIGURE_DIGITS, decimal_text, digits_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
Known = Fraction | datetime.date


def exactly(column: Column) -> list[str | None]:
    """Each value as text that loses nothing: ``12.5``, or ``1/3`` where no decimal ends; None where there is none."""
    return [None if v is None else v if isinstance(v, str) else _text(v) for v in column.listed()]


def read(text: str) -> Known:
    """The number or date that ``exactly`` wrote."""
    return datetime.date.fromisoformat(text) if _DATE.match(text) else Fraction(text)


def column_of(values: Sequence[Known | None]) -> Column:
    """Numbers or dates as a column, None missing."""
    if any(isinstance(v, datetime.date) for v in values):
        return Column.dates(v if isinstance(v, datetime.date) else None for v in values)
    return Column.numbers(v if isinstance(v, Fraction) else None for v in values)


def _text(value: Fraction | bool | datetime.date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    digits = digits_of(value.denominator)
    if digits is None or digits > FIGURE_DIGITS:
        return str(value)
    return decimal_text(int(value * 10**digits), digits, short=True)
