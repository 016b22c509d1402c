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
    counted.trimmed,
    judged.not_applicable,
    measured.to_best,
    measured.places,
    measured.grade_shares,
    counted.scores_in_bands,
    measured.either_way,
    measured.below_target,
    measured.below_number,
    measured.rate_bands,
    measured.count_bands,
    measured.prices,
    counted.share_done,
    counted.first_and_further,
    counted.repeated,
    counted.days_late,
    counted.discretion,
    counted.added_for_each,
    counted.taken_for_each,
    counted.each_of_several,
    judged.empties,
    judged.reached,
    judged.named_loss,
)
"""In the order in which they are tried: what says more before what says less."""

_FILLERS = re.compile(
    r"扣完为止|扣分累加|累计扣分|扣至0分(?:为止)?|不计负分|(?:其余|否则|其他)(?:的)?不得分|(?:未达标|达不到)(?:的)?不得分|不重复计分|上不封顶|逐项累加|"
    r"(?:本项)?满分(?:为)?\d*分?|最多\d+(?:\.\d+)?分|得分|计分|的|或|和|及|按"
)
_MEANS_SOMETHING = re.compile(r"[\w%]")


def left_over(text: str) -> str:
    """What no wording took: the parts of the text that still say something about points."""
    parts = [_FILLERS.sub("", part).replace(TAKEN, "") for part in re.split(r"[,;]", text)]
    return ",".join(p for p in parts if _MEANS_SOMETHING.search(p) and re.search(r"分|扣|加|得|%|否决|折算", p))


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
