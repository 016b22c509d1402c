"""How names are compared: folded for comparing only; the printed name is never altered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

_DOTS = re.compile("[•・‧．･∙⋅]")
_MANY = 1000
_MARKED = re.compile(r"^[*★☆※]+|[*★☆※:]+$")
_BRACKETED = re.compile(r"^(.+?)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
_ORDINALS = (
    re.compile(r"^[0-9]+(?:\.[0-9]+)+[.、]?"),
    re.compile(r"^[(\[【〔](?:[0-9]+|[一二三四五六七八九十]+)[)\]】〕]|^(?:[0-9]+|[一二三四五六七八九十]+)[.、)]"),
)
"""Numbers that people put before a title: 1.2, 1、, （一）."""
_UNSEEN = re.compile("[\\s\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """*text* in the form in which names are compared: NFKC, caseless, one middle dot, no spaces, nothing invisible."""
    return _fold(text, "")


def all_folded(texts: Sequence[str]) -> list[str]:
    """Each of *texts* folded; many at once cost little more than one."""
    lines = _fold("\n".join(texts), "\n").split("\n")
    return lines if texts and len(lines) == len(texts) else [folded(t) for t in texts]


@lru_cache(maxsize=1 << 14)
def header_forms(text: str) -> tuple[tuple[str, str], ...]:
    """How the header *text* may be meant, the likeliest first: (folded name, folded remark in brackets behind it).

    Marks around a title are taken off, and last of all the number before it.
    """
    name = folded(text)
    bare = "/".join(_MARKED.sub("", part) for part in name.split("/")) if "/" in name else _MARKED.sub("", name)
    forms = [(name, "")]
    for meant in (bare, *_unnumbered(text, bare)):
        forms.append((meant, ""))
        behind = _BRACKETED.match(meant)
        if behind:
            forms.append((_MARKED.sub("", behind[1]), behind[2].removeprefix("单位:")))
    return tuple(dict.fromkeys(f for f in forms if f[0])) or ((name, ""),)


def _unnumbered(text: str, bare: str) -> Iterator[str]:
    """A title without the number before it, in each way that it may be numbered."""
    for ordinal in _ORDINALS:
        found = "/".join(ordinal.sub("", part) or part for part in bare.split("/"))
        if found != bare:
            yield found
    if "①" <= text.lstrip()[:1] <= "⑳":
        yield folded(text.lstrip()[1:])


def _fold(text: str, kept: str) -> str:
    """Folded, but for the character *kept*; what has to go is looked for among the distinct characters only."""
    characters = _characters(text)
    for dot in filter(_DOTS.match, characters):
        text = text.replace(dot, "·")
    if not unicodedata.is_normalized("NFKC", text) or any(c.casefold() != c for c in characters):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        characters = _characters(text)
    for unseen in filter(_UNSEEN.match, characters):
        if unseen != kept:
            text = text.replace(unseen, "")
    return unicodedata.normalize("NFKC", text)


def folds(text: str) -> bool:
    """Whether any character of *text* by itself changes or goes where names are compared."""
    return any(_DOTS.match(c) or _UNSEEN.match(c) or c.casefold() != c for c in _characters(text))


def _characters(text: str) -> list[str]:
    """The distinct characters (in halves beyond the basic plane); a set would make an object of each, which many names feel."""
    if len(text) < _MANY:
        return sorted(set(text))
    seen = np.zeros(2**16, dtype=bool)
    seen[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")] = True
    return [chr(c) for c in np.flatnonzero(seen).tolist()]


def outward(name: str, base: str) -> Iterator[str]:
    """The full paths that a name may mean where it stands in *base*: there first, then in what is around it."""
    while base:
        yield f"{base}.{name}"
        base = base.rpartition(".")[0]
    yield name
