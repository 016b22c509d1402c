"""Wordings of measured things: distance from a target, bands, places, grades, prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import (
    AVERAGE,
    NUMBER,
    PERCENT,
    POINTS,
    THING,
    Found,
    Piece,
    amount,
    begun,
    full_marks,
    number,
    share,
    shortest,
    taken,
)
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
        rf"(?:达到?|不低于|不少于|应为|目标(?:值)?为?){NUMBER}%(?:以上)?(?:的)?(?:,?(?:得|计)(?:满分|{POINTS}))?|{NUMBER}%(?:以上)?(?:的)?(?:得|计)(?:满分|{POINTS})|"
        rf"(?:低于|不足|未达到?|达不到){NUMBER}%(?:的)?,?$",
        text[: step.start()],
    )
    full = None if target else full_marks(text[: step.start()], points)
    how, rest = begun(taken(text, step, *(m for m in (target, full) if m)))
    at = share(target[1] or target[3] or target[5]) if target else 1
    rule = {"shortfall": {"target": at, "step": share(step[1]), "deduct": number(step[3]), **how}}
    todo = () if target else (T("the target is not stated; 100% is assumed"),)
    yield Piece(rule, PERCENT, todo=todo), rest


def below_number(text: str, points: Decimal | None) -> Iterator[Found]:
    """全年不少于4次,每少1次扣2分 · 面积60平方米以上得8分,每少5平方米扣1分."""
    step = re.search(rf"每?(?:少|低于?|减少|缺|差)(\d+)?{THING}(?:的)?,?扣{NUMBER}分?", text)
    target = (
        re.search(
            rf"(?:不少于|不低于|达到?|至少|完成){NUMBER}{THING}(?:以上)?(?:的)?(?:,?(?:得|计)(?:满分|{POINTS}))?|"
            rf"{NUMBER}{THING}(?:(?:及?以上)(?:的)?(?:,?(?:得|计)(?:满分|{POINTS}))?|(?:的)?,?(?:得|计)(?:满分|{POINTS}))",
            text[: step.start()],
        )
        if step
        else None
    )
    if step is None or target is None or step[2] != (target[2] or target[5]):
        return
    rule = {"target": number(target[1] or target[4]), "step": number(step[1] or "1"), "deduct": number(step[3]), "per": "points"}
    how, rest = begun(taken(text, step, target))
    yield Piece({"shortfall": {**rule, **how}}, amount(step[2])), rest


def above_number(text: str, points: Decimal | None) -> Iterator[Found]:
    """60分钟内完成得满分,每超1分钟扣1分 · 不超过3次,每多1次扣2分."""
    step = re.search(rf"每?(?:超过?|超出|多|高于)(\d+)?{THING}(?:的)?,?扣{NUMBER}分?", text)
    limit = (
        re.search(
            rf"(?:不超过|不多于|不高于|控制在){NUMBER}{THING}(?:以?内)?(?:[^,;0-9]{{0,4}}?,?(?:得|计)(?:满分|{POINTS}))?|"
            rf"{NUMBER}{THING}(?:以?内|以下)(?:[^,;0-9]{{0,4}}?,?(?:得|计)(?:满分|{POINTS}))?",
            text[: step.start()],
        )
        if step
        else None
    )
    if step is None or limit is None or step[2] != (limit[2] or limit[5]):
        return
    how, rest = begun(taken(text, step, limit))
    rule = {"limit": number(limit[1] or limit[4]), "step": number(step[1] or "1"), "deduct": number(step[3]), **how}
    yield Piece({"excess": rule}, amount(step[2])), rest


def from_mean(text: str, points: Decimal | None) -> Iterator[Found]:
    """高于平均值得8分,每低于平均值1%扣0.1分."""
    step = re.search(rf"每(?:低于?|少于?|下降)(?:[^,;0-9]{{0,4}}{AVERAGE})?{NUMBER}(%|个百分点)(?:的)?,?扣{NUMBER}分?", text)
    line = re.search(
        rf"(?:不低于|高于|达到?|大于|超过)[^,;0-9]{{0,8}}{AVERAGE}(?:以上)?(?:的)?,?(?:得|计)(?:满分|{POINTS})|{AVERAGE}以上(?:的)?,?(?:得|计)(?:满分|{POINTS})",
        text,
    )
    if step is None or line is None:
        return
    reads = PERCENT if step[2] == "个百分点" or "率" in text else {"type": "number", "minimum": 0}
    yield Piece({"from_mean": {"step": share(step[1]), "deduct": number(step[3])}}, reads), taken(text, step, line)


def either_way(text: str, points: Decimal | None) -> Iterator[Found]:
    """每增加5%加1分,每减少5%扣1分 · 完成任务得10分,每超过5%加0.5分(最多2分),每减少5%扣1分."""
    most = rf"(?:\(?,?(?:最多|最高|不超过)[加扣]?{POINTS}\)?)?"
    up = re.search(rf"每(?:增加|提高|增长|上升|超过?|高于?){NUMBER}(%|个百分点)(?:的)?,?加{POINTS}{most}", text)
    if up is None or re.search("按(?:完成)?比例", text):
        return
    down = re.search(rf"每(?:减少|降低|下降|低于?|少){NUMBER}(%|个百分点)(?:的)?,?(?:(倒)?扣|减){POINTS}{most}", text)
    target = re.search(rf"(?:以|目标|达到?){NUMBER}%为?(?:基准|目标)?", text[: up.start()])
    full = full_marks(text[: up.start()], points)
    if points is not None and not full and re.search(r"得\d", text[: up.start()]):
        return  # 60%以上得4分,每提高10%加1分: from a line of its own
    params = {"target": share(target[1]) if target else 1 if full else 0, "step": share(up[1])}
    params |= {"add": number(up[3]), "deduct": number(down[4]) if down else 0}
    params |= {k: number(m[g]) for k, m, g in (("up_to", up, 4), ("down_to", down, 5)) if m and m[g]}
    keys: dict[str, Any] = {"start": "empty", "kind": "bonus", **({"floor": None} if down else {})}
    if full and points is not None:
        keys = {"start": "full", "ceiling": shortest(points + Decimal(str(params["up_to"]))) if "up_to" in params else None}
        keys |= {"floor": None} if down and down[3] else {}
    todo = (
        ()
        if target
        else (T("the target is not stated; 100% is assumed") if full else T("the figure that counts as no change is taken as 0%"),)
    )
    rest = taken(text, *(m for m in (up, down, target, full) if m))
    yield Piece({"around": params}, {"type": "number", "x-unit": "percent"}, keys=keys, todo=todo), rest


# -------------------------------------------------------------------- bands, places, grades


def rate_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """80%以上得8分,50%-80%得5分,50%以下得3分."""
    line = (
        rf"{NUMBER}%(?:\(?含\)?)?(?:及?以上|以上\(含\)|\(含\)以上)?(?:不足|不满|至|到|-)?(?:{NUMBER}%)?(以下)?"
        rf"(?:的)?,?(?:得|计|为)?(?:{POINTS}|(满分)|(不得分))"
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


_BAND = re.compile(
    rf"(?:(不足|低于|不满|少于)|不少于|不低于|达到?)?{NUMBER}{THING}?(?:\(含\))?(?:及?以上)?(?:(?:-|至|到|不足|不满){NUMBER}{THING})?(?:\(?不?含\)?)?(以下)?"
    rf"(?:\(?不?含\)?)?(?:的)?,?(?:(?:得|计|(加)){POINTS}|(?:得|计)(满分)|(不得分))"
)


def count_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """2次以上得3分,1次得2分 · 2000册以上得10分,1000-2000册得7分,500册以下不得分."""
    found = [
        m
        for m in _BAND.finditer(text)
        if (m[3] or m[5]) and not re.search("每(?!年|季|月|半年)|逐|首|第|前|后|增加|再|超过", _before(text, m))
    ]
    lowest = [m for m in found if m[1] or m[6]]
    above = [m for m in found if m not in lowest]
    if len(found) < 2 or not above or len({m[3] or m[5] for m in found}) > 1:
        return
    bands = sorted(({"at_least": number(m[2]), "points": _worth(m, points)} for m in above), key=lambda b: -b["at_least"])
    if bands != sorted(bands, key=lambda b: -b["points"]):
        return  # 达标2户得2分,正在创建3户得1.5分: of different things
    params: dict[str, Any] = {"bands": bands}
    if lowest and _worth(lowest[-1], points):
        params["otherwise"] = _worth(lowest[-1], points)
    keys = {"kind": "bonus"} if any(m[7] for m in found) else {}
    yield Piece({"tiers": params}, amount(str(found[0][3] or found[0][5])), keys=keys), taken(text, *found)


def _before(text: str, match: re.Match[str]) -> str:
    """What stands before a match in its part of the sentence."""
    return re.split(r"[,;□]", text[: match.start()])[-1]


def _worth(match: re.Match[str], points: Decimal | None) -> int | Decimal:
    """The points of a band of numbers: stated, full or none."""
    if match[8]:
        return number(match[8])
    return shortest(points) if match[9] and points is not None else 0


def knots(text: str, points: Decimal | None) -> Iterator[Found]:
    """60%为0分,90%为4分,100%为5分,其间按线性计分."""
    linear = re.search(r"[^,;]*(?:线性|插值|内插)[^,;]*", text)
    found = list(re.finditer(rf"{NUMBER}%(?:的)?(?:为|得){POINTS}", text))
    if linear is None or len(found) < 2:
        return
    at = [{"value": share(m[1]), "points": number(m[2])} for m in found]
    yield Piece({"interpolate": {"at": at}}, PERCENT), taken(text, linear, *found)


def places(text: str, points: Decimal | None) -> Iterator[Found]:
    """第一名10分,第二名8分,第三名6分 · 前三名分别得10,8,5分."""
    listed = re.search(
        rf"(?:前[0-9一二三四五六]+名|第[0-9一二三四五六,]+名|(?:排名|第)?1-\d+名)(?:的)?(?:依次|分别|各)?(?:得|加|计|赋予|赋)?((?:{NUMBER}分?[,/和]?)+)分",
        text,
    )
    if "倒数" in text:
        return
    behind = re.search(
        rf"第(?:1|一)名(?:的)?(?:得|计)?(?:满分|{POINTS}),?(?:其[余他]|以下|以后)?每(?:落后|后退|降低|下降|退后?|低)?(?:1|一)个?名次?(?:的)?,?扣{POINTS}",
        text,
    )
    if behind:
        full = {"points": number(behind[1])} if behind[1] and (points is None or Decimal(behind[1]) != points) else {}
        yield Piece({"per_place": {**full, "deduct": number(behind[2])}}, {"type": "number"}), taken(text, behind)
        return
    single = list(re.finditer(rf"第[0-9一二三四五六]+名(?:的)?(?:得|加|计)?{POINTS}", text))
    if len(single) >= 2:
        prices = [number(m[1]) for m in single]
        rest = taken(text, *single)
    elif listed and len(re.findall(NUMBER, listed[1])) >= 2:
        prices = [number(n) for n in re.findall(NUMBER, listed[1])]
        rest = taken(text, listed)
    else:
        return
    other = re.search(rf"其[余他](?:的)?得{POINTS}", rest)
    params: dict[str, Any] = {"prices": prices, **({"beyond": number(other[1])} if other else {})}
    yield Piece({"place_points": params}, {"type": "number"}), taken(rest, *([other] if other else []))


def to_best(text: str, points: Decimal | None) -> Iterator[Found]:
    """第1名得满分,其余按与第1名的比例得分."""
    match = re.search(rf"(?:第(?:1|一)名|最[高好优多]者?)(?:的)?(?:得|计)?(?:满分|{POINTS}),?(?:其[余他]|第2-\d+名)[^,;]*?比例[^,;]*", text)
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
    names = rf"((?:(?:{_RANGES})?[特一二三四]等奖?|{_RANGES}|{_GRADES}|[A-E]级)(?:及?以上)?)"
    found = list(re.finditer(rf"{names}(?:[^,;0-9扣减]{{0,8}}?)?(加|得|计|为)?{POINTS}", text))
    best = re.search(r"[^,;]*(?:同一|同类|同项)[^;]*?(?:最高|不重复|不累计)[^,;]*", text)
    if len(found) < 2 or (not best and any("每" in m[0] for m in found)):
        return
    table = {m[1]: number(m[3]) for m in found}
    last = list(re.finditer(rf"({_GRADES}|[A-E]级)(?:的)?(?:得0分|不得分)", text))
    table |= {m[1]: 0 for m in last}
    found += last
    none = re.search(r"(?:未|不|没有|其[余他])[^,;0-9]{0,8}?(?:的)?,?(?:得0分|计0分|不得分)", text)
    bonus = any(m[2] == "加" for m in found if m not in last)
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
    options = [*table, "无"] if bonus or none else list(table)
    rest = taken(text, *found, *([none] if none and not any(m.start() <= none.start() < m.end() for m in found) else []))
    yield Piece({"priced": {"prices": table, "otherwise": 0}}, {"type": "string", "enum": options}, keys=keys), rest
