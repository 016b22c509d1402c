"""The one grammar of numbers, truths and dates written as text; what is read differently than written is a repair."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Context, Decimal
from typing import Any, NamedTuple

from scorekit.domain.column import Why
from scorekit.domain.intake import Percent, Unreadable
from scorekit.domain.naming import folded
from scorekit.errors import T, Text

from .measures import factor
from .numerals import whole

EXACT = Context(prec=4000)
"""Enough digits for every number that a reader lets in."""
DIGITS = 1000
SHOWN = 100

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_LENIENT = re.compile(r"([+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?)\s*([^0-9\s.,+-]*)")
_WIDE = str.maketrans("０１２３４５６７８９＋－−．，％﹪：", "0123456789+--.,%%:")
_CLOCK = re.compile(r"(?:([0-9]+)(?::|时|小时))?([0-9]+)(?::|分钟?|'|′)([0-9]{1,2}(?:\.[0-9]+)?)(?:秒|\"|″|'')?|([0-9]+(?:\.[0-9]+)?)秒")
_PERCENTAGES = ("percent", "fraction")
_LONGEST_SAID = 40
_YEAR = str.maketrans("〇零一二三四五六七八九", "00123456789")
DURATION = "duration"
"""The unit of a time that something took: minutes and seconds, read as seconds."""
_TRUE = frozenset({"true", "yes", "y", "t", "1", "√", "✓", "✔", "☑", "有", "对", "已", "达标"})
_FALSE = frozenset({"false", "no", "n", "f", "0", "×", "✗", "✘", "☒", "x", "╳", "无", "错", "没有", "未", "未达标", "不达标"})
_TICKS = re.compile(
    r"(?:([√✓✔☑■])|[□☐○])(是|否|有|无)(?:([√✓✔☑■])|[□☐○])(是|否|有|无)|(是|否|有|无)(?:([√✓✔☑■])|[□☐○])(是|否|有|无)(?:([√✓✔☑■])|[□☐○])"
)
_DAY = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2}))(?:[T\s]*[0-9]{1,2}:[0-9:.]+)?"
)
_SAID_DAY = re.compile("([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]")
_MONTH = re.compile(r"[0-9]{4}(?:年(?:[0-9]{1,2}月?)?|[-/.][0-9]{1,2})?")
_AROUND = re.compile(r"\s*([年月日号])\s*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u206f\ufeff]")
_ROUGH = re.compile(r"[约近余多来几]|左右|上下|以上|以下|[~～〜至到—-]\s*[0-9]")
_NOTHING = frozenset({"无", "没有", "暂无", "空", "-", "--", "—", "——", "－", "/", "／", "\\", "n/a", "na", "null", "none", "无数据"})
_CLOSING = "。；;"
_SPACES = " \t\r\n"
"""What may stand around a number without a word; any other space is told."""
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


def with_unit(cell: Any, unit: str) -> Any:
    """A cell that leaves its column: a number takes along the *unit* in which the column was headed ("" if in the field's own)."""
    if not unit or cell is None or isinstance(cell, (bool, list, Unreadable)):
        return cell
    text = text_of(cell).strip()
    return f"{text}{unit}" if text[-1:].isdigit() else cell


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
    text = cell.strip(_SPACES)
    if _PLAIN.fullmatch(text) and len(text) <= DIGITS:
        return Reading(_digits(text))
    text = _UNSEEN.sub("", text).strip().translate(_WIDE).rstrip(_CLOSING).rstrip()
    if unit == DURATION:
        return _seconds(cell, text)
    found = _LENIENT.fullmatch(text)
    if found is None or not found[1].strip("+-") or len(text) > DIGITS:
        return _said(cell, text, unit)
    return _measured(cell, _digits(found[1].replace(",", "")), found[2], unit)


def _measured(cell: Any, value: int | Decimal, suffix: str, unit: str) -> Reading:
    """A number with what stands behind it."""
    if suffix == "%":
        return _percentage(cell, value, unit)
    if not suffix:
        return repaired(cell, value)
    times = None if unit in _PERCENTAGES else factor(suffix, unit)
    if times is None:
        if unit in _PERCENTAGES or not unit or _ROUGH.search(suffix):
            return _no_number(cell)
        what = T("“{shown}” is not in the unit that is asked for ({unit})", shown=as_written(cell), unit=unit)
        return invalid(what, T("enter the number of {unit} without a unit", unit=unit))
    if times == 1:
        return repaired(cell, value)
    turned = EXACT.divide(EXACT.multiply(Decimal(value), Decimal(times.numerator)), Decimal(times.denominator))
    return repaired(
        cell, int(turned) if turned == turned.to_integral_value() else turned.normalize(EXACT), f"{turned.normalize(EXACT):f} {unit}"
    )


def _said(cell: Any, text: str, unit: str) -> Reading:
    """¥3000, 百分之95; a number said in characters is none, but is told how it is written in digits."""
    if text[:1] in ("¥", "￥") and unit and factor("元", unit) is not None:
        found = _LENIENT.fullmatch(text[1:].strip())
        if found and found[1].strip("+-") and found[2] in ("", "元", "万元") and len(text) <= DIGITS:
            return _measured(cell, _digits(found[1].replace(",", "")), found[2] or "元", unit)
    share = text.removeprefix("百分之")
    if share != text and _PLAIN.fullmatch(share) and len(text) <= DIGITS:
        return _percentage(cell, _digits(share), unit)
    for end in range(len(share) if len(text) <= _LONGEST_SAID else 0, 0, -1):
        value = whole(share[:end])
        if value is not None:
            suffix = "%" if share != text else share[end:].strip()
            known = suffix == "%" or factor(suffix, unit) is not None
            cure = T("write it in digits: {digits}", digits=f"{value}{suffix}")
            return invalid(T("“{shown}” is no number", shown=as_written(cell)), cure) if known else _no_number(cell)
    return _no_number(cell)


def truth(cell: Any) -> Reading:
    """A text or number as yes or no; 是 and 否 are how the form itself says it."""
    if isinstance(cell, (int, Decimal, float)) and not isinstance(cell, bool) and cell in (0, 1):
        return repaired(cell, cell == 1)
    if isinstance(cell, str):
        word = folded(cell)
        if word in ("是", "否"):
            return Reading(word == "是")
        word = word.rstrip(_CLOSING)
        if word in ("是", "否"):
            return repaired(cell, word == "是")
        ticked = _ticked(word)
        if ticked is not None:
            return repaired(cell, ticked)
        if word in _TRUE or word in _FALSE:
            return repaired(cell, word in _TRUE)
    return invalid(T("“{shown}” is neither yes nor no", shown=as_written(cell)), T("enter 是 or 否"))


def date(cell: Any) -> Reading:
    """A text or a spreadsheet's day number as a date."""
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        return _day_number(cell)
    if isinstance(cell, str):
        text = _AROUND.sub(r"\1", _UNSEEN.sub("", cell).strip().translate(_WIDE))
        found = _DAY.fullmatch(text)
        if found is not None:
            year, _, *parts = found.groups()
            month, day = (int(p) for p in parts if p is not None)
            return _calendar_day(cell, int(year), month, day)
        said = _SAID_DAY.fullmatch(text)
        if said is not None:
            month, day = (whole(p) or 0 for p in said.groups()[1:])
            return _calendar_day(cell, int(said[1].translate(_YEAR)), month, day)
        if _MONTH.fullmatch(text):
            what = T("“{shown}” is no whole date", shown=as_written(cell))
            return invalid(what, T("enter the date with its day, for example 2026-07-30"))
    return _no_date(cell)


def _ticked(word: str) -> bool | None:
    """What is ticked of 是 and 否 where both stand in the cell: ☑是☐否; None where it is not one of the two."""
    found = _TICKS.fullmatch(word)
    if found is None:
        return None
    before_first, first, before_second, second, other, behind_first, another, behind_second = found.groups()
    one, two = (first, second) if first else (other, another)
    marks = bool(before_first or behind_first), bool(before_second or behind_second)
    if {one, two} not in ({"是", "否"}, {"有", "无"}) or marks[0] == marks[1]:
        return None
    return (one if marks[0] else two) in ("是", "有")


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
    if unit not in _PERCENTAGES:
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
    what = T("“{shown}” is no number", shown=as_written(cell))
    if isinstance(cell, str) and folded(cell) in _NOTHING:
        return invalid(what, T("enter 0 if there is none; leave the cell empty if it is not known"))
    if isinstance(cell, str) and len(cell) < SHOWN and _ROUGH.search(cell) and any(c.isnumeric() for c in cell):
        return invalid(what, T("enter the exact number, not about how many and no range"))
    return invalid(what, T("enter a plain number, for example 92.28"))


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
