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
THING = r"(人次|户次|次|项|件|个|人|处|篇|条|起|场|期|名|户|家|天|例|份|册|万元|元)"
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
    text = text.replace("。", ";").replace("、", ",").replace("~", "-").replace("—", "-").replace("–", "-").replace("﹪", "%")
    text = re.sub(r"百分之(\d+)", r"\1%", text)
    return re.sub(rf"(?<![第前])([{''.join(_DIGITS)}])(?={THING}|分|个百分点|%)", lambda m: _DIGITS[m[1]], text)


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
    return re.sub(r"^(?:每|缺|按|实际|发现|有|出现|发生|存在|对|凡|如)+(?=\w{2})|(?:的|者|情况|情形|的单位)$", "", text)[:20]
