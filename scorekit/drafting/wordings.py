"""The wordings that published standards use, each with the rule it means; the defaults are those of docs/reference/rubric.md.

A wording reads a part of a clause's scoring method and says what it took; what no wording takes is left to the author.
"""

from __future__ import annotations

import re
from decimal import Decimal

from scorekit.drafting import counted, judged, measured
from scorekit.drafting.pieces import TAKEN, Piece, Wording, plain

WORDINGS: tuple[Wording, ...] = (
    judged.vetoes,
    measured.knots,
    counted.votes,
    counted.trimmed,
    judged.not_applicable,
    measured.to_best,
    measured.places,
    measured.grade_shares,
    counted.scores_in_bands,
    measured.either_way,
    measured.below_target,
    measured.from_mean,
    measured.below_number,
    measured.above_number,
    measured.rate_bands,
    measured.count_bands,
    measured.prices,
    counted.share_done,
    counted.discretion,
    counted.first_and_further,
    counted.repeated,
    counted.days_late,
    counted.added_for_each,
    counted.taken_for_each,
    counted.each_of_several,
    counted.alternatives,
    judged.empties,
    judged.reached,
    judged.named_loss,
)
"""In the order in which they are tried: what says more before what says less."""

_FILLERS = re.compile(
    r"扣完为止|扣分累加|累计扣分|扣至0分(?:为止)?|不计负分|(?:其余|否则|其他)(?:的)?不得分|(?:未达标|达不到|没有|无)(?:的)?不得分|不重复计分|上不封顶|逐项累加|"
    r"(?:本项)?满分(?:为)?\d*分?|(?:加分|扣分)?(?:累计)?(?:最[多高]|不超过)(?:不超过)?[加扣得]?\d+(?:\.\d+)?分|^由?[^,;]*(?:考核组|评委|评审组|专家)[^,;]*打分$|"
    r"^(?:得分|计分|的|或|和|及|按|与|并|在|进行)+$"
)
_SPEAKS_OF_POINTS = re.compile(
    r"\d分(?!钟)|满分|分值|得分|计分|打分|扣|加分|加\d|减分|倒|%|否决|折算|平均分|系数|资格|不得|名次|按比例|评为|总成绩"
)


def left_over(text: str) -> str:
    """What no wording took: the sentences that still say something about points, as they stand in the text."""
    return ";".join(s.replace(TAKEN, "…").strip("…,") for s in text.split(";") if any(_speaks(part) for part in s.split(",")))


def _speaks(part: str) -> bool:
    return _SPEAKS_OF_POINTS.search(_FILLERS.sub("", part.replace(TAKEN, ""))) is not None


def pieces(method: str, points: Decimal | None) -> tuple[list[Piece], str]:
    """What the wordings find in a scoring method, and what is left that says something about points."""
    text = plain(method)
    found: list[Piece] = []
    for wording in WORDINGS:
        for _ in range(8):
            read = next(wording(text, points), None)
            if read is None:
                break
            found.append(read[0])
            text = read[1]
    return found, left_over(text)
