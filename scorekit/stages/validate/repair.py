"""The one grammar of numbers, truths and dates written as text; what is read differently than written is a repair."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Context, Decimal
from typing import Any, NamedTuple

from scorekit.domain.column import Why
from scorekit.domain.intake import Percent
from scorekit.domain.naming import folded
from scorekit.errors import T, Text

EXACT = Context(prec=4000)
"""Enough digits for every number that a reader lets in."""
DIGITS = 1000
SHOWN = 100

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_LENIENT = re.compile(r"([+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?)\s*([^0-9\s.,+-]*)")
_WIDE = str.maketrans("０１２３４５６７８９＋－−．，％﹪：", "0123456789+--.,%%:")
_CLOCK = re.compile(r"(?:([0-9]+)(?::|时|小时))?([0-9]+)(?::|分钟?|'|′)([0-9]{1,2}(?:\.[0-9]+)?)(?:秒|\"|″|'')?|([0-9]+(?:\.[0-9]+)?)秒")
DURATION = "duration"
"""The unit of a time that something took: minutes and seconds, read as seconds."""
_COUNTERS = frozenset({*"个人名位次项件家户场份期篇条起处间所台张块本册部套组只批班天日年月岁分", "人次"})
_TRUE = frozenset({"true", "yes", "y", "t", "1", "√", "✓", "✔", "☑", "有", "对"})
_FALSE = frozenset({"false", "no", "n", "f", "0", "×", "✗", "✘", "☒", "x", "╳", "无", "错"})
_DAY = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]|([0-9]{2})([0-9]{2}))(?:[T\s]*[0-9]{1,2}:[0-9:.]+)?"
)
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 109_574  # 1940-01-01 and 2199-12-31 as a spreadsheet counts days
_SERIAL_EPOCH = datetime.date(1899, 12, 30)


class Reading(NamedTuple):
    """What a cell is taken for: the value, or why there is none; with a remark where it was repaired or is at fault."""

    value: Any
    why: Why = Why.PRESENT
    what: Text | None = None
    cure: Text | None = None
    signed: bool = False
    """Whether the cell itself says that it is a percentage."""


def text_of(cell: Any) -> str:
    """A cell as text, all of it."""
    if isinstance(cell, Percent):
        return f"{cell.fraction.scaleb(2, EXACT).normalize(EXACT):f}%"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and math.isfinite(cell):
        cell = int(cell) if cell.is_integer() else round(cell, 10)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def as_written(cell: Any) -> str:
    """A cell as a message shows it."""
    text = text_of(cell)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def repaired(cell: Any, value: Any, shown: Any = None, signed: bool = False) -> Reading:
    """A value that is read differently than it was written."""
    what = T("“{shown}” is read as {value}", shown=as_written(cell), value=value if shown is None else shown)
    return Reading(value, Why.PRESENT, what, T("nothing needs to be done if this is what was meant"), signed)


def invalid(what: Text, cure: Text) -> Reading:
    """No value: what stands in the cell cannot be used."""
    return Reading(None, Why.INVALID, what, cure)


def number(cell: Any, unit: str) -> Reading:
    """A text, percentage or number of an unusual type as the number it stands for, in the field's own unit."""
    if isinstance(cell, Percent):
        return _percentage(cell, cell.fraction.scaleb(2, EXACT), unit)
    if not isinstance(cell, str):
        return _no_number(cell)
    text = cell.strip()
    if _PLAIN.fullmatch(text) and len(text) <= DIGITS:
        return Reading(_digits(text))
    if unit == DURATION:
        return _seconds(cell, text.translate(_WIDE))
    found = _LENIENT.fullmatch(text.translate(_WIDE))
    if found is None or not found[1].strip("+-") or len(text) > DIGITS:
        return _no_number(cell)
    value, suffix = _digits(found[1].replace(",", "")), found[2]
    if suffix == "%":
        return _percentage(cell, value, unit)
    if suffix and suffix != unit and not (suffix in _COUNTERS and (unit in _COUNTERS or not unit)):
        if unit in ("percent", "fraction", ""):
            return _no_number(cell)
        what = T("“{shown}” is not in the unit that is asked for ({unit})", shown=as_written(cell), unit=unit)
        return invalid(what, T("enter the number of {unit} without a unit", unit=unit))
    return repaired(cell, value)


def truth(cell: Any) -> Reading:
    """A text or number as yes or no; 是 and 否 are how the form itself says it."""
    if isinstance(cell, (int, Decimal, float)) and not isinstance(cell, bool) and cell in (0, 1):
        return repaired(cell, cell == 1)
    if isinstance(cell, str):
        word = folded(cell)
        if word in ("是", "否"):
            return Reading(word == "是")
        if word in _TRUE or word in _FALSE:
            return repaired(cell, word in _TRUE)
    return invalid(T("“{shown}” is neither yes nor no", shown=as_written(cell)), T("enter 是 or 否"))


def date(cell: Any) -> Reading:
    """A text or a spreadsheet's day number as a date."""
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        return _day_number(cell)
    if isinstance(cell, str):
        found = _DAY.fullmatch(cell.strip().translate(_WIDE))
        if found is not None:
            year, _, *parts = found.groups()
            month, day = (int(p) for p in parts if p is not None)
            return _calendar_day(cell, int(year), month, day)
    return _no_date(cell)


def _digits(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)


def _seconds(cell: Any, text: str) -> Reading:
    """分:秒, 时:分:秒 or 秒 as seconds, exactly; 61 seconds, or 61 minutes beside hours, are no time."""
    found = _CLOCK.fullmatch(text.replace(" ", ""))
    if found is None or len(text) > DIGITS:
        what = T("“{shown}” is no duration", shown=as_written(cell))
        return invalid(what, T("write minutes:seconds, for example 3:05.20, or the seconds as a number"))
    hours, minutes, seconds, only = found.groups()
    if only is not None:
        return Reading(_digits(only))
    if _digits(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
        what = T("“{shown}” has more than 59 minutes or seconds", shown=as_written(cell))
        return invalid(what, T("write minutes:seconds, for example 3:05.20, or the seconds as a number"))
    return Reading(3600 * int(hours or 0) + 60 * int(minutes) + _digits(seconds))


def _percentage(cell: Any, hundredths: int | Decimal, unit: str) -> Reading:
    if unit not in ("percent", "fraction"):
        what = T("“{shown}” is a percentage, and a plain number is asked for", shown=as_written(cell))
        return invalid(what, T("enter the number without the percent sign, and format the cell as a number"))
    value = hundredths if unit == "percent" else Decimal(hundredths).scaleb(-2, EXACT)
    if isinstance(cell, Percent):
        return Reading(value, signed=True)
    return repaired(cell, value, f"{hundredths}%", signed=True)


def _no_number(cell: Any) -> Reading:
    if isinstance(cell, datetime.date):
        return invalid(
            T("{shown} is a date, and a number is asked for", shown=as_written(cell)), T("format the cell as a number and enter the number")
        )
    if isinstance(cell, bool):
        return invalid(T("{shown} is a truth, and a number is asked for", shown=as_written(cell)), T("enter a number"))
    return invalid(T("“{shown}” is no number", shown=as_written(cell)), T("enter a plain number, for example 92.28"))


def _day_number(cell: Any) -> Reading:
    if not 0 < cell < 10**8 or cell != int(cell):
        return _no_date(cell)
    if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        day = _SERIAL_EPOCH + datetime.timedelta(days=int(cell))
        return repaired(cell, day, day.isoformat())
    if cell >= 10**7:
        return _calendar_day(cell, int(cell) // 10_000, int(cell) // 100 % 100, int(cell) % 100)
    return _no_date(cell)


def _calendar_day(cell: Any, year: int, month: int, day: int) -> Reading:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return _no_date(cell)
    return Reading(found) if cell == found.isoformat() else repaired(cell, found, found.isoformat())


def _no_date(cell: Any) -> Reading:
    return invalid(T("“{shown}” is no date", shown=as_written(cell)), T("enter the date as year-month-day, for example 2026-07-30"))
