"""Whole numbers in Chinese characters, written in full: 三, 十二, 一百二十, 叁万伍仟; nothing shorter is guessed."""

from __future__ import annotations

import re

_DIGITS = {c: i for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "  两") for i, c in enumerate(row) if c != " "}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_WORD = re.compile(f"[{''.join({*_DIGITS, *_STEPS})}万亿]+")
_PLAIN = str.maketrans("〇壹贰叁肆伍陆柒捌玖拾佰仟两", "零一二三四五六七八九十百千二")
_CHARACTERS, _NAMES = "零一二三四五六七八九", ("", "十", "百", "千")


def whole(text: str) -> int | None:
    """The number that *text* says; None where it is none, or is not written in full (一百二 may be 102 or 120)."""
    if not _WORD.fullmatch(text):
        return None
    plain = text.translate(_PLAIN)
    value = _value(plain)
    return value if value is not None and plain in _spellings(value) else None


def spelt(number: int) -> str:
    """A number from 0 on, below 10^12, in characters, in full."""
    if number == 0:
        return "零"
    groups = [number // 10**8, number // 10**4 % 10**4, number % 10**4]
    said = ""
    for group, name in zip(groups, ("亿", "万", ""), strict=True):
        if group:
            said += ("零" if said and group < 1000 else "") + _below(group) + name
        elif said and name != "":
            said += "零" if number % (10**8 if name == "亿" else 10**4) else ""
    return re.sub("零+", "零", said)


def _below(number: int) -> str:
    digits = f"{number:04}"
    said = "".join(_CHARACTERS[int(d)] + (_NAMES[3 - i] if d != "0" else "") for i, d in enumerate(digits))
    return re.sub("零+", "零", said).strip("零")


def _spellings(number: int) -> set[str]:
    """How a number is written in full: 十二 also as 一十二."""
    full = spelt(number) if number < 10**12 else ""
    return {full, full.removeprefix("一")} if full.startswith("一十") else {full}


def _value(text: str) -> int | None:
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _STEPS:
            section += (digit or 1) * _STEPS[character]
            digit = 0
        else:
            scale = 10**8 if character == "亿" else 10**4
            total, section, digit = total + (section + digit) * scale, 0, 0
    return total + section + digit
