"""A report's passages become sentences: lines put together again, signs made alike, headings known, every character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scorekit.domain.reports import Passage

_ALIKE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("﹪"): ord("%"), ord("〇"): ord("零")}
_ENDS = "。!?;"
_SPACE = re.compile(r"[^\S\t]")
_MARKS = (
    re.compile(r"第?[一二三四五六七八九十]{1,3}[、.章]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(?\d{1,2}\)"),
)
"""How headings are numbered, the outermost first."""
_AHEAD = re.compile(
    r"下一?步|下半年|明年|来年|今后|努力方向|下阶段|(?:工作|任务)(?:计划|打算|思路|设想|安排|要点|目标)|计划如下|指导思想|(?:初步|主要)思路|年计划"
)
_BACK = re.compile(r"总结|回顾|完成情况|开展情况|汇报|总体情况|取得")
_FOLLOWS = re.compile(r"(?:计划|安排|打算|设想|要求|思路)如下[::。]?$")
"""The end of a paragraph after which a report speaks of what is to come."""
_NEARLY = 0.75
LONGEST = 300
"""Signs of a sentence; what is longer is none, and would be compared with itself for hours."""
_SHORT = 30
_LEAD = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain signs: ``origin`` has, for each character, the passage it stands in and its place there.

    ``headings`` are those above it, the outermost first; ``ahead`` says that it stands where a report speaks of what is
    to come; ``heading`` that it is one itself.
    """

    text: str
    origin: tuple[tuple[int, int], ...]
    headings: tuple[str, ...] = ()
    ahead: bool = False
    heading: bool = False


def sentences(passages: Sequence[Passage]) -> Iterator[Sentence]:
    """All sentences of a report, in their order."""
    above: list[_Heading] = []
    for text, origin, level in _stretches(passages):
        if level is not None:
            title = re.split(f"[{_ENDS}\t]", text, maxsplit=1)[0][:_LEAD]
            above = _under(above, level, text)
            ahead = any(h.ahead for h in above) or (bool(_AHEAD.search(title)) and not _BACK.search(title))
            above = [*above, _Heading(level, title, ahead)]
        for start, end in _split(text):
            titles = tuple(h.title for h in above)
            yield Sentence(text[start:end], origin[start:end], titles, any(h.ahead for h in above), level is not None and start == 0)
        if _FOLLOWS.search(text):
            above = [_Heading(0, text[-_SHORT:], True)]


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    ahead: bool
    begun: bool = False


def _under(above: list[_Heading], level: int, text: str) -> list[_Heading]:
    """The headings that one of a level stands under; where the count begins anew, the one that all stood under is over, too."""
    kept = [h for h in above if h.level < level]
    if level == 1 and text.startswith("一") and kept:
        if kept[0].begun:
            return []
        kept[0].begun = True
    return kept


def plain(text: str) -> str:
    """A text in half-width signs and without spaces."""
    return _SPACE.sub("", text.translate(_ALIKE))


def year_of(passages: Sequence[Passage]) -> int | None:
    """The year that a report is about: the one of its title, else the one named most often; None where none is."""
    for passage in passages[:3]:
        found = re.search(r"(20\d\d)年?度?", plain(passage.text)) if len(passage.text) <= 2 * _SHORT else None
        if found:
            return int(found[1])
    years = [y for p in passages for y in re.findall(r"(20\d\d)年", plain(p.text))]
    return int(max(sorted(set(years)), key=years.count)) if years else None


def _stretches(passages: Sequence[Passage]) -> Iterator[tuple[str, tuple[tuple[int, int], ...], int | None]]:
    """Passages put together where a line only breaks off; each with the level of its heading, None where it begins with none."""
    width = max((len(p.text.strip()) for p in passages if p.wraps), default=0)
    text = ""
    origin: list[tuple[int, int]] = []
    before = Passage("")
    for index, passage in enumerate(passages):
        own = _signs(passage.text)
        start = "".join(c for c, _ in own)
        if text and not (before.wraps and _goes_on(before, text, width) and not _mark(start)):
            yield text, tuple(origin), _level(text, passages[origin[0][0]])
            text, origin = "", []
        text += start
        origin += [(index, place) for _, place in own]
        before = passage
    if text:
        yield text, tuple(origin), _level(text, passages[origin[0][0]])


def _signs(text: str) -> list[tuple[str, int]]:
    """The characters of a text in plain signs, spaces left out, with their places."""
    return [(c, i) for i, c in enumerate(text.translate(_ALIKE)) if not _SPACE.match(c)]


def _goes_on(passage: Passage, text: str, width: int) -> bool:
    """Whether a line only breaks off: it is about as long as lines are and ends in no sign."""
    return len(passage.text.strip()) >= _NEARLY * width and text[-1] not in _ENDS + ":"


def _mark(text: str) -> int | None:
    """The level of the mark that a text begins with, None where there is none."""
    return next((i for i, mark in enumerate(_MARKS, 1) if mark.match(text)), None)


def _level(text: str, passage: Passage) -> int | None:
    """The level of a text as a heading: by its style, its mark, or because it is short and no sentence."""
    if passage.table:
        return None
    if passage.level:
        return passage.level - 1
    mark = _mark(text)
    if mark is not None:
        return mark
    return 0 if len(text) <= _SHORT and (text[-1] == ":" or not re.search(f"[{_ENDS},]", text)) else None


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; one that does not end is parted at a comma, or where it is."""
    start = comma = 0
    for index, sign in enumerate(text):
        if sign == ",":
            comma = index + 1
        if index - start >= LONGEST:
            end = comma if comma > start else index
            yield start, end
            start = end
        if sign in _ENDS:
            yield start, index + 1
            start = index + 1
    if start < len(text):
        yield start, len(text)
