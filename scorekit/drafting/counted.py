"""Wordings of counted things, of shares done, and of marks that people give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import COUNT, NUMBER, ONE, PERCENT, TAKEN, THING, Found, Piece, begun, number, share, taken
from scorekit.errors import T, Text

# -------------------------------------------------------------------- counted things


def first_and_further(text: str, points: Decimal | None) -> Iterator[Found]:
    """首次得1分,每增加1次加0.5分."""
    match = re.search(
        rf"(?:首|第(?:1|一)|(?<![\d.每])1(?=个|项|家)){THING}?[^,;0-9]{{0,10}}?(?:得|加|计)?{NUMBER}分,?(?:以后|此后)?每(?:增加|再|多)?{ONE}{THING}[^,;0-9]{{0,6}}?(?:累?加|得|计){NUMBER}分?",
        text,
    )
    if match:
        yield Piece({"first_further": {"first": number(match[2]), "further": number(match[4])}}, COUNT), taken(text, match)


def repeated(text: str, points: Decimal | None) -> Iterator[Found]:
    """发生1次扣0.5分,2次及以上不得分."""
    match = re.search(rf"(?:发生|出现)?1{THING}(?:的)?,?扣{NUMBER}分,?2{THING}(?:及?以上)(?:的)?,?(?:不得分|扣{NUMBER}分)", text)
    if match:
        last = number(match[4]) if match[4] else number(str(points or match[2]))
        yield Piece({"repeat": {"totals": [number(match[2]), last]}}, COUNT), taken(text, match)


def days_late(text: str, points: Decimal | None) -> Iterator[Found]:
    """每超时限1天扣1分 · 每逾期30天扣0.5分."""
    match = re.search(rf"每?(?:超过?时限|逾期|迟报|延迟|超期|晚报?|迟|超){ONE}(\d*)(?:天|日|个工作日)(?:的)?,?扣{NUMBER}分?", text)
    if match:
        how, rest = begun(taken(text, match))
        step = number(match[1]) if match[1] else 1
        rule: dict[str, Any] = {"each": {"deduct": number(match[2])}}
        if step != 1 or how:
            rule = {"excess": {"limit": 0, "step": step, "deduct": number(match[2]), **how}}
        yield Piece(rule, {**COUNT, "x-unit": "天"}, "逾期天数"), rest


def added_for_each(text: str, points: Decimal | None) -> Iterator[Found]:
    """每召开1次得1.5分,最多3分 · 每条10分 · 每10人次加1分."""
    match = re.search(rf"(?:每|逐)(?:[^,;0-9扣]{{0,8}}?)(\d+)?{THING}[^,;0-9扣]{{0,6}}?(得|加|计)?{NUMBER}分", text)
    if match is None or "扣" in match[0]:
        return
    most = re.search(rf"(?:最多|最高|不超过|累计不超过|以|满)(?:得|加|计)?{NUMBER}分(?:为限|封顶|为止)?", text)
    step = number(match[1]) if match[1] else 1
    params: dict[str, Any] = {"each": number(match[4])}
    if step != 1:
        params["of"] = f"floor({{f}} / {step})"
    keys: dict[str, Any] = {"kind": "bonus"} if match[3] == "加" else {}
    if most:
        keys["points" if points is None else "ceiling"] = number(most[1])
    if points is not None and keys.get("ceiling") == number(str(points)):
        del keys["ceiling"]
    yield Piece({"count": params}, {**COUNT, "x-unit": match[2]}, keys=keys), taken(text, *(m for m in (match, most) if m))


def taken_for_each(text: str, points: Decimal | None) -> Iterator[Found]:
    """缺一项扣2分,扣完为止 · 每人次扣0.5分 · 一人未入会扣1分 · 每处扣1分,最多扣4分."""
    match = re.search(
        rf"(?:(?:每|按)(?:实际)?(?:[^,;0-9扣]{{0,10}}?)?(\d+)?{THING}|缺(\d+)?{THING}|(\d+){THING})([^,;0-9扣]{{0,10}}?)(?:的)?,?(倒?)(?:扣|减){NUMBER}分?",
        text,
    )
    if match is None:
        return
    most = re.search(rf"(?:最多|最高|累计)(?:扣|不超过){NUMBER}分|扣分?不超过{NUMBER}分", text)
    unit = match[2] or match[4] or match[6]
    params: dict[str, Any] = {"deduct": number(match[9])}
    step = number(match[1] or match[3] or match[5] or "1")
    if step != 1:
        params["of"] = f"floor({{f}} / {step})"
    keys: dict[str, Any] = {"floor": None} if match[8] else {}
    rest = re.sub(rf"每|按|实际|发现|发生|出现|有|存在|倒|的|,|{TAKEN}|\d+{unit}|(?<=每){unit}", "", match[0].partition("扣")[0])
    rest = re.sub(rf"^{unit}", "", rest)
    piece = Piece({"each": params}, {**COUNT, "x-unit": unit}, f"{rest}{unit}数" if rest else "", keys)
    if most:
        piece = Piece(piece.rule, piece.reads, piece.title, {**keys, "cap": number(most[1] or most[2])})
    yield piece, taken(text, *(m for m in (match, most) if m))


def each_of_several(text: str, points: Decimal | None) -> Iterator[Found]:
    """①…②…③…各0.5分: so much for each thing that is there."""
    match = re.search(rf"(?:各|分别)(?:得|计)?{NUMBER}分", text)
    if match:
        todo = (T("one field for each thing would say more than their number"),)
        yield Piece({"count": {"each": number(match[1])}}, {**COUNT, "x-unit": "项"}, "做到的项数", todo=todo), taken(text, match)


# -------------------------------------------------------------------- shares, marks, panels


def share_done(text: str, points: Decimal | None) -> Iterator[Found]:
    """按完成比例得分 · 达到90%得满分,不足的按比例得分."""
    match = re.search(
        rf"(?:(?:达到?|完成){NUMBER}%(?:以上)?(?:的)?,?(?:得|计)满分,?)?(?:未完成的?|不足的?|其余)?(?:按|以)(?:实际)?(?:完成)?(?:率|的?比例|进度|情况比例)(?:计算)?(?:得分|计分|给分|折算)?",
        text,
    )
    if match:
        params = {"full_at": share(match[1])} if match[1] else {}
        yield Piece({"pro_rata": params}, PERCENT), taken(text, match)


def trimmed(text: str, points: Decimal | None) -> Iterator[Found]:
    """去掉1个最高分和1个最低分,取平均分."""
    match = re.search(
        r"去掉?(?:(\d)个?)?最?高(?:分)?(?:和|,|与)?(?:去?掉?)?(?:(\d)个?)?最?低(?:分)?[^;]*?(?:平均(?:分|值)?|均值)[^,;]*", text
    )
    plain_mean = re.search(r"(?:取)?(?:各)?评委(?:打分|评分)?的?平均分?", text)
    if match or plain_mean:
        drop = int(match[1] or 1) if match else 0
        reads = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 100}, "x-source": {"who": "panel"}}
        yield Piece({"panel_mean": {"drop": drop}}, reads, "评委打分"), taken(text, match or plain_mean)  # type: ignore[arg-type]


def discretion(text: str, points: Decimal | None) -> Iterator[Found]:
    """酌情扣分 · 由考核组酌情给分."""
    match = re.search(r"[^,;]*(?:酌情|视情况?|视情节)[^,;]*", text)
    if match:
        yield marked(number(str(points)) if points is not None else 100, None), taken(text, match)


def scores_in_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """好8-10分,较好4-7分,一般0-3分: a person picks within the band."""
    found = list(re.finditer(rf"[^,;0-9]*?{NUMBER}-{NUMBER}分", text))
    if len(found) >= 2:
        top = max(number(m[2]) for m in found)
        yield marked(top, T("the bands of the marks are: {bands}", bands=[m[0] for m in found])), taken(text, *found)


def marked(top: int | Decimal, todo: Text | None) -> Piece:
    """A mark that a person enters, up to *top*."""
    return Piece(
        {"mark": {}}, {"type": "number", "minimum": 0, "maximum": top, "x-source": "office"}, "考核得分", todo=(todo,) if todo else ()
    )
