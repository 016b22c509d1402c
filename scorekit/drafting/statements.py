"""Sentences that say that something is there or not, and those that name one of a field's options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scorekit.drafting.cautions import planned
from scorekit.drafting.labels import Asked, pairs
from scorekit.drafting.matching import MOST_OF_IT, WHOLE, Match
from scorekit.drafting.phrases import cover
from scorekit.drafting.report_text import Sentence

_NOT = re.compile(r"尚未|未能|未(?!来|成年)|没有|没|无(?!偿|障碍|私|记名|论)|缺乏|缺少|不(?!断|同|仅|但|少|足|够|便|懈|落|漏|留|折|忘)")
_DONE = re.compile(
    r"(?:已|均|全部|全面)(?=\S)|了|建立|成立|设立|制定|签订|召开|组建|公布|实行|配备|悬挂|设置|健全|编报|举办|开设|实现|建有|设有|开展|组织|推行|公开|通过|选举|达到"
)
_URGING = re.compile(
    r"要(?!求|点|素)|应当|应该|须|必须|将|拟|计划|力争|争取|进一步|继续|加强|推进|督促|狠抓|抓好|做好|努力|力度|加大|按照|根据|依照|指导|动员|号召|深入|探索|帮助|推动|促进|围绕|旨在|作为|重点|来抓|如果|是否"
)
_SLOGAN = re.compile(r"作为|来抓|为重点|为抓手|为契机")
_BOUNDS = re.compile(r"[,:。;!?\t]")
_NEGATIVE = re.compile(r"未|不|无(?!偿)|缺|逾期|虚报|违|迟|拖欠|不明|不顺|意见|造假|阻挠|存在|上年|超过")


def truths(sentence: Sentence, fields: Sequence[Asked]) -> Iterator[Match]:
    """What the clauses of a sentence say to be there or not; what is urged or planned says nothing."""
    for start, clause in _clauses(sentence.text):
        if sentence.heading or planned(sentence, clause):
            continue
        for asked in fields:
            if asked.spec.kind == "truth" and not _NEGATIVE.search(asked.spec.title):
                yield from _truth(sentence, start, clause, asked)


def choices(sentence: Sentence, fields: Sequence[Asked]) -> Iterator[Match]:
    """The options that the clauses of a sentence name beside the words of their field."""
    for start, clause in _clauses(sentence.text):
        if planned(sentence, clause) or _NOT.search(clause) or _URGING.search(clause):
            continue
        for asked in fields:
            for option in _options(asked):
                rest = clause.replace(option, "\n", 1)
                got = max((cover(label, rest) for label in asked.labels), key=lambda c: c.share, default=None)
                if option in clause and got is not None and got.share >= WHOLE:
                    place = start + clause.index(option)
                    yield Match(asked, sentence, option, place, place + len(option), "medium", got.share, (*got.pieces, option), ())


def _truth(sentence: Sentence, start: int, clause: str, asked: Asked) -> Iterator[Match]:
    said = pairs(clause)
    labels = [x for x in asked.labels if x.pairs & said]
    found = [(label, c) for label in labels if len(label.text) >= 3 and (c := cover(label, clause)).share >= WHOLE and c.told]
    if not found:
        yield from _with_headings(sentence, start, clause, asked)
        return
    label, got = max(found, key=lambda f: (max(map(len, f[1].pieces)), len(f[0].text)))
    places = [(clause.index(p), clause.index(p) + len(p)) for p in got.pieces]
    begin, end = min(a for a, _ in places), max(b for _, b in places)
    before = clause[:begin]
    denied = _NOT.search(before) is not None
    together = end - begin <= 2 * len(label.text)
    urged = _URGING.search(clause[:end]) is not None or _SLOGAN.search(clause) is not None
    done = denied or _DONE.search(clause) is not None
    if urged or not (together or denied):
        return
    sure = done and end - begin <= len(label.text) + 2 and not _part_of_more(clause[end:])
    yield Match(asked, sentence, not denied, start + begin, start + end, "high" if sure else "low", label.whole, got.pieces, ())


def _with_headings(sentence: Sentence, start: int, clause: str, asked: Asked) -> Iterator[Match]:
    """What a clause says to be there of which the headings name the rest: 园区 above, 配备了专职管理人员 below."""
    if _URGING.search(clause) or _NOT.search(clause) or not _DONE.search(clause):
        return
    for label in (x for x in asked.labels if len(x.text) >= 5 and x.pairs & pairs(clause)):
        near, wide = cover(label, clause), cover(label, "\n".join([clause, *sentence.headings]))
        longest = max(map(len, near.pieces), default=0)
        if near.share >= MOST_OF_IT and wide.share >= WHOLE and wide.told and 2 * longest >= len(label.text):
            begin = start + min(clause.index(p) for p in near.pieces)
            end = start + max(clause.index(p) + len(p) for p in near.pieces)
            yield Match(asked, sentence, True, begin, end, "medium", near.share * label.whole, wide.pieces, ("elsewhere",))
            return


def _part_of_more(behind: str) -> bool:
    """Whether the words go on into another noun: 考核小组会议 is no 考核小组."""
    return bool(behind) and re.match(r"[,、。;()“”\t了的和与等并及在已,]|制度|活动", behind) is None and not _DONE.match(behind)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for bound in _BOUNDS.finditer(text):
        if bound.start() > start:
            yield start, text[start : bound.start()]
        start = bound.end()
    if start < len(text):
        yield start, text[start:]


def _options(asked: Asked) -> list[str]:
    schema = asked.spec.schema
    found = [o for o in schema.get("enum", ()) if isinstance(o, str) and len(o) >= 3]
    return found if asked.spec.kind == "text" else []
