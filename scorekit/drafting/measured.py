"""Wordings of measured things: distance from a target, bands, places, grades, prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import COUNT, NUMBER, ONE, PERCENT, THING, Found, Piece, begun, number, share, taken
from scorekit.errors import T

_GRADES = "优秀?|良好?|中等?|基本合格|不合格|合格|较好|一般|较差|差|基本满意|不满意|满意|好"
_RANGES = "国家级|全国级?|省部级|省级|地市级|市级|新区级|区县级|县区级|区级|县级|乡镇级"


# -------------------------------------------------------------------- from a target down


def below_target(text: str, points: Decimal | None) -> Iterator[Found]:
    """入会率达到90%,每少2%扣0.5分."""
    step = re.search(rf"每(?:少|低|降低|减少|下降|差|低于|相差|缺)(?:于)?(?:目标)?{NUMBER}(%|个百分点)(?:的)?,?扣(?:减)?{NUMBER}分?", text)
    if step is None:
        return
    target = re.search(
        rf"(?:达到?|不低于|不少于|应为|目标(?:值)?为?){NUMBER}%(?:以上)?(?:的)?(?:,?(?:得|计)(?:满分|{NUMBER}分))?|{NUMBER}%(?:以上)?(?:的)?(?:得|计)(?:满分|{NUMBER}分)",
        text[: step.start()],
    )
    how, rest = begun(taken(text, step, *([target] if target else [])))
    at = share(target[1] or target[3]) if target else 1
    rule = {"shortfall": {"target": at, "step": share(step[1]), "deduct": number(step[3]), **how}}
    todo = () if target else (T("the target is not stated; 100% is assumed"),)
    yield Piece(rule, PERCENT, todo=todo), rest


def below_number(text: str, points: Decimal | None) -> Iterator[Found]:
    """全年不少于4次,每少1次扣2分."""
    step = re.search(rf"每?(?:少|低于|减少){ONE}{THING}(?:的)?,?扣{NUMBER}分?", text)
    target = (
        re.search(rf"(?:不少于|不低于|达到?|至少|完成){NUMBER}{THING}(?:以上)?|{NUMBER}{THING}以上", text[: step.start()]) if step else None
    )
    if step is None or target is None:
        return
    rule = {"shortfall": {"target": number(target[1] or target[3]), "step": 1, "deduct": number(step[2]), "per": "points"}}
    yield Piece(rule, COUNT), taken(text, step, target)


def either_way(text: str, points: Decimal | None) -> Iterator[Found]:
    """每增加5%加1分,每减少5%扣1分."""
    up = re.search(
        rf"每(?:增加|提高|增长|上升|超过?|高于?){NUMBER}(%|个百分点)(?:的)?,?加{NUMBER}分(?:\(?,?(?:最多|最高|不超过)(?:加)?{NUMBER}分\)?)?",
        text,
    )
    down = re.search(rf"每(?:减少|降低|下降|低于?|少){NUMBER}(%|个百分点)(?:的)?,?(?:倒?扣|减){NUMBER}分", text)
    if up is None:
        return
    target = re.search(rf"(?:以|目标|达到?){NUMBER}%为?(?:基准|目标)?", text[: up.start()])
    params = {
        "target": share(target[1]) if target else 0,
        "step": share(up[1]),
        "add": number(up[3]),
        "deduct": number(down[3]) if down else 0,
    }
    if up[4]:
        params["up_to"] = number(up[4])
    keys: dict[str, Any] = {"start": "empty", "floor": None} if down else {"start": "empty"}
    todo = () if target else (T("the figure that counts as no change is taken as 0%"),)
    rest = taken(text, *(m for m in (up, down, target) if m))
    yield Piece({"around": params}, {"type": "number", "x-unit": "percent"}, keys={**keys, "kind": "bonus"}, todo=todo), rest


# -------------------------------------------------------------------- bands, places, grades


def rate_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """80%以上得8分,50%-80%得5分,50%以下得3分."""
    line = (
        rf"{NUMBER}%(?:\(?含\)?)?(?:及?以上|以上\(含\)|\(含\)以上)?(?:不足|不满|至|到|-)?(?:{NUMBER}%)?(以下)?"
        rf"(?:的)?,?(?:得|计|为)?(?:{NUMBER}分|(满分)|(不得分))"
    )
    found = list(re.finditer(rf"(?:达到?|不低于|(不足|低于|不满))?{line}", text))
    above = [m for m in found if not (m[1] or m[4])]
    lowest = [m for m in found if m[1] or m[4]]
    if len(found) < 2 or not above:
        return
    bands = [{"at_least": min(share(g) for g in (m[2], m[3]) if g), "points": _points(m, points)} for m in above]
    rest = taken(text, *found)
    other = re.search(r"(?:其余|否则|其他)(?:的)?(不得分|得0分)|(?:其余|其他)(?:的)?得" + NUMBER + "分", rest)
    params: dict[str, Any] = {"bands": sorted(bands, key=lambda b: -b["at_least"])}
    if lowest and _points(lowest[-1], points):
        params["otherwise"] = _points(lowest[-1], points)
    elif other and other[2]:
        params["otherwise"] = number(other[2])
    todo = tuple(
        T("nothing is said of what lies between {low}% and {high}%", low=m[3], high=better[2])
        for m in above
        for better in above
        if m[3] and better[2] and 0 < Decimal(better[2]) - Decimal(m[3]) <= 1
    )
    yield Piece({"tiers": params}, PERCENT, todo=todo), taken(rest, *([other] if other else []))


def _points(match: re.Match[str], points: Decimal | None) -> int | Decimal:
    """The points of a band: stated, full or none."""
    if match[5]:
        return number(match[5])
    return number(str(points)) if match[6] and points is not None else 0


def count_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """2次以上得3分,1次得2分."""
    found = [
        m
        for m in re.finditer(rf"(?<!每){NUMBER}{THING}(?:及?以上)?(?:的)?,?得{NUMBER}分", text)
        if text[max(0, m.start() - 1)] not in "每首第"
    ]
    if len(found) < 2:
        return
    bands = sorted(({"at_least": number(m[1]), "points": number(m[3])} for m in found), key=lambda b: -b["at_least"])
    yield Piece({"tiers": {"bands": bands}}, COUNT), taken(text, *found)


def knots(text: str, points: Decimal | None) -> Iterator[Found]:
    """60%为0分,90%为4分,100%为5分,其间按线性计分."""
    linear = re.search(r"[^,;]*(?:线性|插值|内插)[^,;]*", text)
    found = list(re.finditer(rf"{NUMBER}%(?:的)?(?:为|得){NUMBER}分", text))
    if linear is None or len(found) < 2:
        return
    at = [{"value": share(m[1]), "points": number(m[2])} for m in found]
    yield Piece({"interpolate": {"at": at}}, PERCENT), taken(text, linear, *found)


def places(text: str, points: Decimal | None) -> Iterator[Found]:
    """第一名10分,第二名8分,第三名6分 · 前三名分别得10,8,5分."""
    listed = re.search(
        rf"(?:前[0-9一二三四五六]+名|第[0-9一二三四五六,]+名)(?:的)?(?:依次|分别|各)?(?:得|加|计)?((?:{NUMBER}分?[,/和]?)+)分", text
    )
    single = list(re.finditer(rf"第[0-9一二三四五六]+名(?:的)?(?:得|加|计)?{NUMBER}分", text))
    if len(single) >= 2:
        prices = [number(m[1]) for m in single]
        rest = taken(text, *single)
    elif listed and len(re.findall(NUMBER, listed[1])) >= 2:
        prices = [number(n) for n in re.findall(NUMBER, listed[1])]
        rest = taken(text, listed)
    else:
        return
    other = re.search(rf"其[余他](?:的)?得{NUMBER}分", rest)
    params: dict[str, Any] = {"prices": prices, **({"beyond": number(other[1])} if other else {})}
    yield Piece({"place_points": params}, {"type": "number"}), taken(rest, *([other] if other else []))


def to_best(text: str, points: Decimal | None) -> Iterator[Found]:
    """第1名得满分,其余按与第1名的比例得分."""
    match = re.search(r"(?:第(?:1|一)名|最[高好优]者?)(?:的)?(?:得|计)?满分,?其[余他][^,;]*?比例[^,;]*", text)
    if match:
        yield Piece({"to_best": {}}, {"type": "number", "minimum": 0}), taken(text, match)


def grade_shares(text: str, points: Decimal | None) -> Iterator[Found]:
    """A级100%,B级80%,C级60%."""
    found = list(
        re.finditer(
            rf"([A-E]|{_GRADES})(?:级|等|档)?(?:的)?(?:得|按|计|为)?(?:分值的|满分的)?(?:{NUMBER}%|(满分)|(不得分))(?:计分|得分)?",
            text,
        )
    )
    if len(found) < 2 or not any(m[2] for m in found):
        return
    shares = {m[1]: share(m[2]) if m[2] else 1 if m[3] else 0 for m in found}
    yield Piece({"grade": {"shares": shares, "otherwise": 0}}, {"type": "string", "enum": list(shares)}), taken(text, *found)


def prices(text: str, points: Decimal | None) -> Iterator[Found]:
    """国家级加5分,省级3分,市级2分 · 优秀10分,良好8分."""
    names = rf"({_RANGES}|{_GRADES}|[A-E]级|一等奖|二等奖|三等奖|特等奖)"
    found = list(re.finditer(rf"{names}(?:[^,;0-9]{{0,8}}?)?(加|得|计|为)?{NUMBER}分", text))
    if len(found) < 2:
        return
    table = {m[1]: number(m[3]) for m in found}
    best = re.search(r"[^,;]*(?:同一|同类|同项)[^;]*?(?:最高|不重复|不累计)[^,;]*", text)
    bonus = any(m[2] == "加" for m in found)
    keys = {"kind": "bonus"} if bonus else {}
    if best:
        records = {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string", "title": "名称"}, "level": {"enum": list(table), "title": "级别"}},
            },
        }
        yield Piece({"best_honour": {"level": "level", "key": "name", "prices": table}}, records, keys=keys), taken(text, best, *found)
        return
    options = [*table, "无"] if bonus else list(table)
    yield Piece({"priced": {"prices": table, "otherwise": 0}}, {"type": "string", "enum": options}, keys=keys), taken(text, *found)
