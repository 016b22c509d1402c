"""What is said to people: a text becomes a sentence in Chinese or English here, and nowhere else."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Union

from scorekit.errors import Text

if TYPE_CHECKING:
    from fractions import Fraction

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
VARIABLE = "SCOREKIT_LANG"
OPTION = "--lang"

_COMMA = {"zh": "、", "en": ", "}
_TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}
_DIGITS = 10
_LONGEST = 40


def say(text: Text | str, lang: str) -> str:
    """*text* as a sentence in *lang* ("zh" or "en"); a str is a name or figure and stays as it is.

    A template without a translation is said in English. Parameters are worded, too: nested texts and {"zh", "en"}
    mappings in *lang*, exact numbers in plain digits, lists joined as the language joins them.
    """
    if isinstance(text, str):
        return text
    template = _catalogue(lang)(text.template) if text.template else ""
    try:
        return template.format_map({name: _worded(value, lang) for name, value in text.params.items()})
    except (LookupError, ValueError):
        # A plugin's text that names a parameter it does not give is still better shown than lost.
        return template


@dataclass(frozen=True, slots=True)
class PerRow:
    """A parameter of a text that is said of many rows: worded already, one a row."""

    texts: Sequence[str]


Pieces = Sequence[Union[str, Sequence[str]]]
"""A text said of many rows, in pieces one behind the other: the same in every row, or one a row."""


def say_rows(text: Text, lang: str, size: int) -> list[str]:
    """A text whose parameters may differ row by row (``PerRow``), as ``say`` would say each; the template is taken apart once."""
    return spelt(say_pieces(text, lang, size), size)


def say_pieces(text: Text, lang: str, size: int) -> Pieces:
    """What ``say_rows`` says, still in pieces, for whoever puts them together in another way."""
    varying = {name: value.texts for name, value in text.params.items() if isinstance(value, PerRow)}
    if not varying:
        return [say(text, lang)]
    pieces = _pieces(text, lang, varying)
    if pieces:
        return pieces
    same = {name: value for name, value in text.params.items() if name not in varying}
    rows = (dict(zip(varying, row, strict=True)) for row in zip(*varying.values(), strict=True))
    return [[say(Text(text.template, {**same, **row}), lang) for row in rows]]


def spelt(pieces: Pieces, size: int) -> list[str]:
    """The text of each of *size* rows."""
    if len(pieces) == 1:
        return [pieces[0]] * size if isinstance(pieces[0], str) else list(pieces[0])
    return list(map("".join, zip(*(repeat(p, size) if isinstance(p, str) else p for p in pieces), strict=True)))


def together(names: Sequence[Sequence[str]], lang: str) -> list[str]:
    """The names of each row (a column for the first, one for the second, …) joined as the language joins a list."""
    return list(names[0]) if len(names) == 1 else list(map(_COMMA[lang].join, zip(*names, strict=True)))


def stated(argv: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """The language that was asked for: ``--lang`` before the command, else ``SCOREKIT_LANG``; None where neither is valid."""
    asked = environ.get(VARIABLE)
    words = iter(argv)
    for word in words:
        if word == OPTION:
            asked = next(words, None)
        elif word.startswith(OPTION + "="):
            asked = word.removeprefix(OPTION + "=")
        elif not word.startswith("-"):
            break
    return asked if asked in LANGUAGES else None


def language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language to speak: the one asked for, else Chinese."""
    return stated(argv, environ) or DEFAULT


def figure(number: Any) -> str:
    """An exact number (int, Decimal, Fraction) in plain digits, without trailing zeros; repeating ones to 10 digits."""
    from fractions import Fraction

    exact = Fraction(number)
    digits = _digits_of(exact)
    scaled = exact * 10**digits
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    text = str(whole).rjust(digits + 1, "0")
    if digits:
        text = f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 and whole else text


def _pieces(text: Text, lang: str, varying: Mapping[str, Sequence[str]]) -> list[str | Sequence[str]]:
    """A template's fixed pieces and what varies, in their order; nothing where it is not so simple."""
    pieces: list[str | Sequence[str]] = []
    try:
        for literal, name, spec, conversion in Formatter().parse(_catalogue(lang)(text.template) if text.template else ""):
            pieces += [literal] if literal else []
            if spec or conversion or not (name is None or name in text.params):
                return []
            if name is not None:
                pieces.append(varying[name] if name in varying else _worded(text.params[name], lang))
    except ValueError:
        return []
    return pieces


def _digits_of(exact: Fraction) -> int:
    """How many digits after the point an exact number needs; ten where it repeats."""
    below, twos, fives = exact.denominator, 0, 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    return max(twos, fives) if below == 1 else _DIGITS


def _worded(value: Any, lang: str) -> str:
    """A parameter in words."""
    if isinstance(value, (str, Text)):
        return say(value, lang)
    if isinstance(value, bool):
        return _TRUTH[lang][value]
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _in_language(value, lang)
    if isinstance(value, (set, frozenset)):
        return _COMMA[lang].join(sorted(_worded(v, lang) for v in value))
    if isinstance(value, Sequence):
        return _COMMA[lang].join(_worded(v, lang) for v in value)
    return figure(value) if _exact(value) else str(value)


def _exact(value: Any) -> bool:
    """Whether a value is a Fraction or a Decimal of a length that a sentence can hold."""
    kind = type(value).__name__
    return kind == "Fraction" or (kind == "Decimal" and bool(value.is_finite()) and abs(value.adjusted()) <= _LONGEST)


def _in_language(value: Mapping[str, Any], lang: str) -> str:
    """The entry for *lang* of a {"zh", "en"} mapping, or the first there is."""
    chosen = value.get(lang, next(iter(value.values()), ""))
    return _worded(chosen, lang)


@functools.cache
def _catalogue(lang: str) -> Callable[[str], str]:
    """The translating function of one language."""
    return gettext.translation("scorekit", Path(__file__).parent, [lang], fallback=True).gettext
