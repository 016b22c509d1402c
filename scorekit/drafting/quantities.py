"""Numbers with their units as reports write them: 1,260人, ９５%, 2.3万名, 三场, 近50个, 百分之九十五, 3900多万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    "人次|户次|家次|件次|台次|平方米|平米|㎡|课时|学时|小时|分钟|个百分点|百分点|个月|个工作日|元|%|人|名|位|个|家|户|条|件|项|次|场|期|届|篇|份|册|本|"
    "种|台|套|处|起|支|面|间|座|所|天|年|周|例|张|票|分(?!别)|吨|部|幅|米|公里|对|批|轮|类|门|只|块|员|岁|度|面|栋|辆"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CHINESE = "零一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(
    rf"(?P<chance>百分之)?(?:(?P<digits>(?<![\d.A-Za-z])\d{{1,3}}(?:,\d{{3}})+(?!\d)|(?<![\d.A-Za-z])\d+)(?P<part>\.\d+)?(?P<power>[百千万亿]{{0,2}})|(?P<words>[{_CHINESE}]+))"
    rf"(?P<more>余|多|几)?(?P<later>[万亿]?)(?P<unit>{UNITS})?"
)
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?")
_PARTIAL_DATE = re.compile(
    r"(?<!\d)(?:\d{1,4}年(?:度|底|初|末|\d{1,2}月)|(?:19|20)\d\d年|\d{1,2}月(?:份|底|初|末|上旬|中旬|下旬|\d{1,2}日)?|\d{1,2}[日时点](?!间)|\d+号)"
)
_RANGE = re.compile(rf"\d+(?:\.\d+)?(?:{UNITS})?(?:[-—–~～至到]+)\d+(?:\.\d+)?")
_BEFORE = re.compile(r"(?:近|约|大约|超过|超|逾|将近|不少于|不低于|至少|最少|突破|上)$")
_BEHIND = re.compile(r"(?:以上|以下|左右|上下|以内|余|多)")
_CHANGED = re.compile(r"(?:增长|上升|提高|下降|降低|减少|增加|净增|提升|同比)了?(?:约|近|到)?$")
_QUOTED = re.compile(r"[“〝\"《][^”〞\"》]{1,24}[”〞\"》]")
_IDIOM = re.compile(
    r"四位一体|一方面|一系列|一定|一批|一支|一道|一体|一线|一起|一人一|一企一|一对一|一帮一|三方|三位一体|千方百计|第一|一次性|一把手|一票否决|万元户|四个自信|三个代表|两个维护|一届|一流|唯一|统一"
)
_ARTICLES = frozenset("一两")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: its value, the unit it is counted in ("" where none is written), where it stands.

    ``vague`` is a number that is none exactly (近, 多, 以上); ``change`` says by how much something grew or fell;
    ``loose`` is written as a word that is often no number at all (一次, 两个).
    """

    value: Decimal
    unit: str
    start: int
    end: int
    vague: bool = False
    change: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A whole date in a sentence, as an ISO text."""

    iso: str
    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a sentence that count something; dates, ordinals, ranges, and what stands in short quotations are none."""
    taken = [m.span() for pattern in (_DATE, _PARTIAL_DATE, _RANGE, _IDIOM) for m in pattern.finditer(text)]
    taken += [m.span() for m in _QUOTED.finditer(text) if not re.fullmatch(r"[“\"]\d[\d,.]*[”\"]", m[0])]
    in_cell = "\t" in text
    for match in _NUMBER.finditer(text):
        start, end = match.start(), match.end()
        if any(a < end and start < b for a, b in taken) or text[:start].endswith(("第", "[", "〔", "字")):
            continue
        unit = match["unit"] or ""
        whole_cell = in_cell and text[start - 1 : start] == "\t" and end == len(text)
        if not unit and not match["chance"] and not whole_cell:
            continue
        if match["words"] and text[end : end + 1].isdigit():
            continue
        value = None if _round_word(match) else _value(match)
        if value is None or (unit == "年" and value >= 1000):
            continue
        yield _judged(text, match, value, unit)


def days(text: str) -> Iterator[Day]:
    """The whole dates of a sentence."""
    for match in _DATE.finditer(text):
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Day(f"{year:04}-{month:02}-{day:02}", *match.span())


def _judged(text: str, match: re.Match[str], value: Decimal, unit: str) -> Quantity:
    start, end = match.span()
    power = match["later"]
    if power:
        value *= _POWERS[power]
    before = text[:start]
    behind = _BEHIND.match(text, end)
    loose = match["words"] is not None and (match["words"] in _ARTICLES or (unit == "个" and len(match["words"]) == 1))
    return Quantity(
        value=value,
        unit="%" if match["chance"] else unit,
        start=start,
        end=end,
        vague=bool(match["more"] or behind or _BEFORE.search(before)),
        change="百分点" in unit or bool(_CHANGED.search(before)),
        loose=loose,
    )


def _round_word(match: re.Match[str]) -> bool:
    """A power alone, as 千名 and 百名, is nobody's count."""
    return match["words"] is not None and match["words"][0] in "百千万亿"


def _value(match: re.Match[str]) -> Decimal | None:
    if match["words"] is not None:
        return _spoken(match["words"])
    value = Decimal(match["digits"].replace(",", "") + (match["part"] or ""))
    for power in match["power"]:
        value *= _POWERS[power]
    return value


def _spoken(words: str) -> Decimal | None:
    """The value of a number in words: 二百五十四, 十, 一千零二十; None where it is none."""
    if all(c in _DIGITS for c in words):
        return Decimal("".join(str(_DIGITS[c]) for c in words)) if len(words) == 1 else None
    total = section = 0
    digit = -1
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        power = _POWERS[sign]
        if power >= 10_000:
            total = (total + section + max(digit, 0)) * power if total + section + max(digit, 0) else power
            section = 0
        else:
            section += (digit if digit > 0 else 1) * power
        digit = -1
    return Decimal(total + section + max(digit, 0))
