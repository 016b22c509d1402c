"""What speaks against taking a figure as it stands: plans, other years, other bodies, parts, and numbers that are none exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scorekit.drafting.quantities import Quantity
from scorekit.drafting.report_text import Sentence
from scorekit.errors import T, Text

WORDS: Mapping[str, Text] = {
    "vague": T("the number is none exactly"),
    "change": T("it says by how much something changed"),
    "loose": T("it may be a turn of phrase and no number"),
    "other year": T("it speaks of another year"),
    "part": T("it is a part of something else"),
    "others": T("it may speak of another body"),
    "elsewhere": T("its words stand in another part of the sentence"),
    "several": T("the report gives several values"),
    "shared": T("other fields fit the same words"),
    "narrower": T("the report speaks of something narrower or wider"),
}
_PLANNED = re.compile(
    r"计划|打算|拟|力争|争取|预计|目标(?!管理|责任)|下一?步|明年|来年|将(?!近)|要(?!求|点|素|闻|件)|确保|至少|每月|每年|每季|每周|原则上|应当|必须|规定|须先|不少于"
)
_FULFILLED = re.compile(r"完成|实现|达到|签订|召开|制定|落实")
_OTHER_YEAR = re.compile(r"去年|上年|上一年|前年|往年|历年|近[一二三四五两\d]+年|[一二三四五两\d]+年来|同期|十一五|十二五|十三五|十四五")
_PART = re.compile(r"其中|分别")
_LEVELS = ("全国", "全省", "全市", "全区", "全县")


def planned(sentence: Sentence, before: str) -> bool:
    """Whether what follows *before* in a sentence is still to come."""
    if sentence.ahead:
        return True
    found = list(_PLANNED.finditer(before))
    return bool(found) and not _FULFILLED.search(before[found[-1].end() :][:6] if "计划" in found[-1][0] else "")


def cautions(sentence: Sentence, quantity: Quantity, year: int | None, own: Sequence[str]) -> Iterator[str]:
    """The codes (see ``WORDS``) of what speaks against a number; *own* are the levels that the report speaks of as its own."""
    text = sentence.text
    clause = text[_clause_start(text, quantity.start) : quantity.start]
    before = text[: quantity.start]
    for code, holds in (("vague", quantity.vague), ("change", quantity.change), ("loose", quantity.loose)):
        if holds:
            yield code
    years = [int(y) for y in re.findall(r"(20\d\d)年", before)]
    if _OTHER_YEAR.search(before) or (years and year is not None and years[-1] != year):
        yield "other year"
    if _PART.search(clause):
        yield "part"
    if any(level in clause and level not in own for level in _LEVELS):
        yield "others"


def own_levels(texts: Sequence[str]) -> tuple[str, ...]:
    """The levels (全区, 全市 …) that a report speaks of as its own: the one it names most, and those below it."""
    whole = "".join(texts)
    times = [whole.count(level) for level in _LEVELS]
    return _LEVELS[times.index(max(times)) :] if any(times) else _LEVELS


def _clause_start(text: str, end: int) -> int:
    return max((m.end() for m in re.finditer("[,:。;!?]", text[:end])), default=0)
