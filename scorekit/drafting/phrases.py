"""What a number in a sentence is about: the words of its own clause on either side, without what belongs to its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scorekit.drafting.labels import Label
from scorekit.drafting.quantities import Quantity

EXISTING = (
    "共有|现有|共计|合计|总计|累计|达到了|达到|均达|均为|占|达|为|是|有|共|已经|已|全部|目前|截至|截止|今年|本年|年内|全年|一年来|全区|全县|全市|全省|全厂|全公司|"
    "全院|全校|全乡|全镇|全系统|公司|我区|我县|我市|我厂|我司|各级|各|基层|上述|以上|其中|均|都|也|约|仅|就|还|又|了|的|等|和|与|及|在|对|将|由|于|中|内|名|群众|人数|数|率|比例|累计|在职|在册|总数|总计|人员"
)
"""What says only that something is there, how much, when and where."""
LIGHT = "组织|开展|举办|举行|提出|制作|制定|完成|征集|收集|进行|实现|先后|成功|建成|积极|大力|认真|广大|活动|工作"
"""What says only that something was done; it tells two things apart where a title is short."""
_VERBS = (
    "参加|获得|获|签订|签|加入|慰问|救助|资助|走访|看望|探望|受到|得到|被|聘任|解决|拨付|发放|吸收|发展|评选|涌现|创建|创立|树立|命名|悬挂|订购|帮助|帮扶|办理|采纳|实施|"
    "落实|培训|召开|成立|建立|设立|配备|化解|调解|组建|建会|提交|表决|通过|覆盖|受益|占|达到|达|为|是|完成|组织|开展|举办|征集|收集|提出|制作|全部|都|均|已|共"
)
GENERIC = re.compile("职工|员工|会员|企业|单位|干部|工会|女工|工人|人员")
"""Short words that are said of everything."""
_CUT = re.compile(f"[,:。;!?()\t]|{_VERBS}|和|与|及|中")
_BOUNDS = re.compile(r"[,、:。;!?\t]")
_WHEN = re.compile(
    r"(?:全年|今年|今年以来|一年来|目前|年内|至此|截[至止](?:目前|20\d\d年底?|\d+月底?)?|20\d\d年|同时|此外|到20\d\d年底?(?:为止)?|到目前(?:为止)?)+"
)
"""A clause that says only when: what follows is said together with it."""
_DATED = re.compile(r"(?:到|截[至止])?(?:20\d\d年)?(?:\d+月)?(?:年)?底(?:为止)?|20\d\d年(?:度)?|\d+月(?:\d+日)?")
_ALL_OF = re.compile(r"各[^,\n]{1,8}?的|全[区县市厂校院][^,\n]{0,4}?的")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words before and behind a number in its clause; ``right_noun`` ends where the thing behind it is named.

    ``clause`` is all of the clause but its numbers, ``topic`` the clause before it.
    """

    left: str
    right: str
    right_noun: str
    clause: str
    topic: str


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a label stands in a text: its share by weight, the pieces found, and whether all that tells it apart is there."""

    share: float
    pieces: tuple[str, ...]
    told: bool


def phrase_of(text: str, found: Sequence[Quantity], index: int) -> Phrase:
    """The phrase of one of the numbers that were found in a sentence."""
    own = found[index]
    starts = [0, *(m.end() for m in _BOUNDS.finditer(text, 0, own.start))]
    while len(starts) > 1 and _WHEN.fullmatch(text[starts[-2] : starts[-1] - 1]):
        del starts[-1]
    start = starts[-1]
    closing = _BOUNDS.search(text, own.end)
    end = closing.start() if closing else len(text)
    before = [q for q in found[:index] if q.end > start]
    after = [q for q in found[index + 1 :] if q.start < end]
    left = text[start : own.start]
    if before:
        gap = text[before[-1].end : own.start]
        left = gap[len(noun_of(gap)) :]
    if after:
        right = noun_of(text[own.end : after[0].start])
    else:
        right = text[own.end : end]
    inner = [q for q in found if start <= q.start and q.end <= end]
    gaps = zip([start, *(q.end for q in inner)], [*(q.start for q in inner), end], strict=True)
    topic = text[starts[-2] : start] if len(starts) > 1 else ""
    return Phrase(bare(left), bare(right), bare(noun_of(right)), bare("\n".join(text[a:b] for a, b in gaps)), bare(topic))


def noun_of(text: str) -> str:
    """The beginning of a text up to where something else is said: what a number right before it counts."""
    cut = _CUT.search(text)
    return text[: cut.start()] if cut else text


def bare(text: str) -> str:
    """A text without brackets and quotation marks."""
    return re.sub(r"[()“”〝〞\"'《》〈〉「」]", "", text)


def cover(label: Label, text: str) -> Cover:
    """How much of a label stands in a text, in pieces of two signs or more."""
    free, pieces = [True] * len(label.text), []
    for length in range(len(label.text), 1, -1):
        for start in range(len(label.text) - length + 1):
            piece = label.text[start : start + length]
            if all(free[start : start + length]) and piece in text:
                free[start : start + length] = [False] * length
                pieces.append(piece)
    for place, sign in enumerate(label.text):
        if free[place] and sign in label.telling and sign in text:
            free[place] = False
            pieces.append(sign)
    got = sum(w for w, f in zip(label.weights, free, strict=True) if not f)
    told = all(t in text for t in label.telling)
    return Cover(got / label.whole if label.whole else 0.0, tuple(pieces), told)


def explained(label: Label, pieces: Sequence[str], text: str, around: str) -> float:
    """The share of what a phrase says that a label says, too; what says little, and what the clause of the standard says, is no matter.

    For a short label, such as 职工, only what says nothing but that it is there is left out of account.
    """
    rest = _DATED.sub("\n", _ALL_OF.sub("\n", text))
    matched = 0
    for piece in sorted(pieces, key=len, reverse=True):
        matched += len(piece) if piece in rest else 0
        rest = rest.replace(piece, "\n")
    short = len(label.text) <= 2
    if not short:
        rest = re.sub(LIGHT, "\n", rest)
    rest = re.sub(EXISTING, "\n", rest)
    rest = re.sub(r"[0-9.%,、:]+|[A-Za-z]", "\n", rest)
    left = [w for w in rest.split("\n") if w]
    if short and not GENERIC.fullmatch(label.text):
        left = [_beyond(w, around) for w in left]
    unexplained = sum(map(len, left))
    return matched / (matched + unexplained) if matched else 0.0


def _beyond(text: str, around: str) -> str:
    """What is left of a text without the words that stand in another one, too."""
    for length in range(len(text), 1, -1):
        for start in range(len(text) - length + 1):
            if text[start : start + length] in around:
                return _beyond(text[:start], around) + _beyond(text[start + length :], around)
    return text
