"""What the wordings of standards are made of: numbers, shares, counted things; and the piece of a criterion that each becomes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scorekit.errors import Text

TAKEN = "□"
"""Stands in a text where a wording was read."""
PERCENT = {"type": "number", "minimum": 0, "x-unit": "percent"}
COUNT = {"type": "integer", "minimum": 0}
TRUTH = {"type": "boolean"}

NUMBER = r"(\d+(?:\.\d+)?)"
POINTS = rf"{NUMBER}分(?!钟)"
"""So many points; 15分钟 are minutes."""
THING = (
    r"(人次|户次|平方米|㎡|课时|学时|小时|分钟|个月|个工作日|万元|次|项|件|个(?!百分点|工作日|月)|人|处|篇|条|起|场|期|名|户|家|天|例|份|册|本|种|台|套|间|张|"
    r"位|岁|元)"
)
AT = r"(?<![^,;□])"
"""The beginning of a part of a sentence, where the name of what is scored begins."""
AVERAGE = r"平均(?:分|值|数|水平)?"
ONE = r"(?:1|一)?"
_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}


@dataclass(frozen=True)
class Piece:
    """One clause: its rule, the field it reads (``{f}`` stands for its name in formulas), and what belongs to the criterion.

    ``title`` names the field where the wording does; ``gate`` is a condition with its effect; ``todo`` is left to the author.
    """

    rule: dict[str, Any] = field(default_factory=dict)
    reads: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    keys: dict[str, Any] = field(default_factory=dict)
    gate: dict[str, Any] | None = None
    todo: tuple[Text, ...] = ()


def amount(unit: str) -> dict[str, Any]:
    """A field that counts by *unit*: whole numbers of what cannot be divided."""
    kind = "number" if unit in ("平方米", "㎡", "小时", "分钟", "课时", "学时", "万元", "元") else "integer"
    return {"type": kind, "minimum": 0, "x-unit": unit}


Found = tuple[Piece, str]
"""A piece, and the text with what was read taken out."""
Wording = Callable[[str, Decimal | None], Iterator[Found]]


def shortest(value: Decimal) -> int | Decimal:
    """A number as a rubric holds it: whole where it is, else without closing zeros."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def number(text: str) -> int | Decimal:
    """The number in a text."""
    return shortest(Decimal(text))


def share(text: str) -> int | Decimal:
    """A percentage as the fraction that formulas see."""
    return shortest(Decimal(text) / 100)


def plain(text: str) -> str:
    """A text with half-width signs, without spaces, Chinese numerals before counted things as digits."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    text = text.replace("。", ";").replace("~", "-").replace("—", "-").replace("–", "-").replace("﹪", "%")
    text = re.sub("≥|>=|≧", "不低于", re.sub("≤|<=|≦", "不超过", text))
    text = re.sub(r"(?<=[0-9分])、", ",", text).replace("、", "和")
    text = re.sub(r"百分之(\d+)", r"\1%", text)
    return re.sub(rf"(?<![第前后同统])([{''.join(_DIGITS)}])(?={THING}|分|个百分点|%)", lambda m: _DIGITS[m[1]], text)


def taken(text: str, *matches: re.Match[str]) -> str:
    """The text with the matches taken out."""
    for match in sorted(matches, key=lambda m: -m.start()):
        text = text[: match.start()] + TAKEN + text[match.end() :]
    return text


def begun(text: str) -> tuple[dict[str, str], str]:
    """Whether a step that is begun counts; "full" is the default and not said."""
    for pattern, how in ((r"(?:不足[^,;]*?)?按比例(?:扣分|扣)", "proportional"), (r"不足[^,;]*?的?按[^,;]*?(?:计算?|扣)", "started")):
        match = re.search(pattern, text)
        if match:
            return {"steps": how}, taken(text, match)
    return {}, text


def named(text: str) -> str:
    """The thing that a wording names: without marks of listing and the words around it."""
    text = re.sub(rf"^[^\w]*|[{TAKEN}()①-⑳]|\(?\d+[.)、]", "", text)
    return re.sub(
        r"^(?:每|缺|按(?!时|期|照|规|要|质|月|季|年)|实际|发现|有|出现|发生|存在|对|凡|如|被)+(?=\w{2})|(?:的|者|情况|情形|的单位)$",
        "",
        text,
    )[:20]


def full_marks(text: str, points: Decimal | None) -> re.Match[str] | None:
    """按时足额上解得12分: what earns the full marks that deductions are then taken from."""
    for match in re.finditer(rf"{AT}[^,;0-9扣%{TAKEN}]{{0,20}}?(?:得|计)(?:满分|{POINTS})", text):
        if points is not None and (match[1] is None or Decimal(match[1]) == points):
            return match
    return None
