"""How values become text: exact digits, percentages, dates; a whole column at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.column import EPOCH, Column
from scorekit.domain.exact import Exact
from scorekit.domain.ordering import distinct
from scorekit.errors import T, Text

MOST, FIGURE_DIGITS = 10, 12
"""Digits after the point at which a value, and a declared figure, without an end is cut."""
EXACT_DOUBLE = 2**53
"""Up to here every whole number is a double, so that the quotient of two is rounded only once."""
ROUNDING_MODES: Mapping[str, Text] = {
    "half-up": T("half up"),
    "half-even": T("half to even"),
    "toward-zero": T("cut off"),
    "away-from-zero": T("away from zero"),
    "floor": T("down"),
    "ceiling": T("up"),
}


def printed(column: Column, decimals: int | None = None) -> list[str]:
    """Numbers with *decimals* digits (half-up where there are more), "" where masked.

    Without *decimals* a column minted at d digits prints all d of them, any other its shortest form.
    """
    if decimals is None:
        decimals = digits(column)
        if decimals is None or column.values.den != 10**decimals:
            return plain(column)
    fixed = column.values.minted(decimals, "half-up")
    return _worded(fixed.num, column, lambda found: _decimal_texts(found, decimals))


def plain(column: Column, most: int = MOST) -> list[str]:
    """Numbers in their shortest exact form, cut half-up after *most* digits; "" where masked."""
    needed = digits(column)
    places = most if needed is None else min(needed, most)
    fixed = column.values.minted(places, "half-up")
    return _worded(fixed.num, column, lambda found: _decimal_texts(found, places, short=True))


def percent(column: Column, most: int = MOST - 2) -> list[str]:
    """Fractions as percentages, 0.9228 as ``92.28%``; "" where masked."""
    return [f"{t}%" if t else "" for t in plain(column * 100, most)] if len(column) else []


def clock(column: Column, most: int = MOST) -> list[str]:
    """Seconds as ``3:05.2`` or, from an hour on, ``1:03:05.2``; "" where masked."""
    found = []
    for value, text in zip(column.values.minted(most, "half-up").fractions(), plain(column, most), strict=True):
        minutes, seconds = divmod(abs(value), 60)
        hours, minutes = divmod(minutes, 60)
        rest = plain(Column.of(seconds), most)[0]
        rest = rest if seconds >= 10 else f"0{rest}"
        said = f"{hours}:{minutes:02d}:{rest}" if hours else f"{minutes}:{rest}"
        found.append("" if not text else f"-{said}" if value < 0 else said)
    return found


def shown(column: Column, *, percentage: bool = False, truths: tuple[str, str] = ("false", "true"), most: int = MOST) -> list[str]:
    """A column of any kind as text; *truths* are the words for false and true; "" where masked."""
    if column.kind == "number":
        return percent(column, most) if percentage else plain(column, most)
    if column.kind == "date":
        return _worded(column.values.num, column, lambda days: [(EPOCH + datetime.timedelta(days=d)).isoformat() for d in days])
    if column.kind == "truth":
        return _worded(np.asarray(column.values, dtype=np.int8), column, lambda found: [truths[t] for t in found])
    return ["" if m else t for t, m in zip(column.values.tolist(), column.masked.tolist(), strict=True)]


def once(column: Column, word: Callable[[Column], list[str]]) -> Coded:
    """What *word* says of a column, each different figure worded once."""
    exact = column.values
    if not isinstance(exact, Exact) or not isinstance(exact.den, int) or (column.why is not None and column.masked.any()):
        return Coded.of(word(column))
    different, back = distinct(exact.num)
    return Coded(back, word(Column(column.kind, Exact(different, exact.den, exact.peak, exact.dpeak), None, column.unit)))


GREATEST_DOUBLE = 9.99e307
"""The greatest number that a cell of a workbook holds."""


def decimal_text(scaled: int, decimals: int, *, short: bool = False) -> str:
    """The decimal ``scaled / 10**decimals``; *short* leaves out zeros at the end."""
    text = str(abs(scaled)).rjust(decimals + 1, "0")
    whole, part = (text[:-decimals], text[-decimals:]) if decimals else (text, "")
    part = part.rstrip("0") if short else part
    return f"{'-' if scaled < 0 else ''}{whole}{'.' if part else ''}{part}"


def nearest(column: Column) -> npt.NDArray[np.float64]:
    """The double nearest to each number, however the column holds it."""
    exact: Exact = column.values
    largest = max(int(np.max(np.abs(exact.num), initial=0)), int(np.max(exact.den, initial=0)))
    if exact.wide or largest > EXACT_DOUBLE:
        return np.array([_double(f) for f in exact.fractions()], dtype=np.float64)
    return exact.doubles()


def _double(value: Fraction) -> float:
    """The nearest double that a workbook holds, too."""
    try:
        return max(-GREATEST_DOUBLE, min(GREATEST_DOUBLE, float(value)))
    except OverflowError:
        return GREATEST_DOUBLE if value > 0 else -GREATEST_DOUBLE


def digits(column: Column) -> int | None:
    """How many digits after the point hold every value of a number column; None where no number of them surely does."""
    exact: Exact = column.values
    return digits_of(exact.den) if isinstance(exact.den, int) else None


def digits_of(den: int) -> int | None:
    """How many digits after the point the fraction 1/den has; None where they never end."""
    twos = (den & -den).bit_length() - 1
    rest, fives = den >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _decimal_texts(scaled: list[int], decimals: int, *, short: bool = False) -> list[str]:
    """``decimal_text`` of each."""
    if not decimals or (scaled and scaled[0] < 0):  # they rise
        return [decimal_text(n, decimals, short=short) for n in scaled]
    texts = [str(n).rjust(decimals + 1, "0") for n in scaled]
    texts = [f"{t[:-decimals]}.{t[-decimals:]}" for t in texts]
    return [t.rstrip("0").rstrip(".") for t in texts] if short else texts


def _worded(values: npt.NDArray[Any], column: Column, word: Callable[[list[int]], list[str]]) -> list[str]:
    """Each value in words, worded once however often it stands there; *word* is given different values, rising."""
    different, back = distinct(values)
    words: npt.NDArray[Any] = np.empty(len(different), dtype=object)
    words[:] = word(different.tolist())
    texts = words[back]
    if column.why is not None:
        texts[column.why > 0] = ""
    listed: list[str] = texts.tolist()
    return listed
