"""Wordings of counted things, of shares done, and of marks that people give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import (
    AT,
    AVERAGE,
    COUNT,
    NUMBER,
    ONE,
    PERCENT,
    POINTS,
    TAKEN,
    THING,
    Found,
    Piece,
    begun,
    full_marks,
    named,
    number,
    share,
    shortest,
    taken,
)
from scorekit.errors import T, Text

# -------------------------------------------------------------------- counted things


def first_and_further(text: str, points: Decimal | None) -> Iterator[Found]:
    """首次得1分,每增加1次加0.5分."""
    match = re.search(
        rf"(?:首|第(?:1|一)|(?<![\d.每])1(?=个|项|家)){THING}?[^,;0-9]{{0,10}}?(?:得|加|计)?{POINTS},?(?:以后|此后)?每(?:增加|再|多)?{ONE}{THING}[^,;0-9]{{0,6}}?(?:累?加|得|计){NUMBER}分?",
        text,
    )
    if match:
        yield Piece({"first_further": {"first": number(match[2]), "further": number(match[4])}}, COUNT), taken(text, match)


def repeated(text: str, points: Decimal | None) -> Iterator[Found]:
    """发生1次扣0.5分,2次及以上不得分 · 缺席1次扣1分,2次扣3分,3次以上不得分."""
    found = list(re.finditer(rf"(?<!每)(?:发生|出现)?(\d+){THING}(?:及?以上)?(?:的)?,?(?:扣{POINTS}|(不得分))", text))
    if len(found) < 2 or [m[1] for m in found] != [str(i) for i in range(1, len(found) + 1)] or "每" in text[: found[0].start()]:
        return
    if len({m[2] for m in found}) > 1:
        return
    totals = [number(m[3]) if m[3] else shortest(points) if points is not None else 0 for m in found]
    yield Piece({"repeat": {"totals": totals}}, {**COUNT, "x-unit": found[0][2]}), taken(text, *found)


def days_late(text: str, points: Decimal | None) -> Iterator[Found]:
    """每超时限1天扣1分 · 每逾期30天扣0.5分 · 按时上解得12分,每迟1天扣0.5分,最多扣6分."""
    match = re.search(
        rf"每?(?:超过?时限|逾期|迟报|延迟|推迟|超期|晚报?|迟|超){ONE}(\d*)(天|日|个工作日|个月|周)(?:的)?,?扣{NUMBER}分?", text
    )
    if match:
        full = full_marks(text[: match.start()], points)
        most, limit = _limit(text, points, "扣")
        how, rest = begun(taken(text, *(m for m in (match, full, most) if m)))
        step = number(match[1]) if match[1] else 1
        rule: dict[str, Any] = {"each": {"deduct": number(match[3])}}
        if step != 1 or how:
            rule = {"excess": {"limit": 0, "step": step, "deduct": number(match[3]), **how}}
        unit = {"日": "天", "个工作日": "天"}.get(match[2], match[2])
        yield Piece(rule, {**COUNT, "x-unit": unit}, f"逾期{unit.removeprefix('个')}数", limit), rest


def _limit(text: str, points: Decimal | None, way: str) -> tuple[re.Match[str] | None, dict[str, Any]]:
    """最多扣6分: the cap of the clause, unless it is the full marks, which cap it anyway."""
    match = re.search(rf"(?:最多|最高|累计)(?:{way}|不超过){POINTS}|(?:{way}分|累计)(?:最多|最高)?不(?:得)?超过{POINTS}", text)
    if match is None:
        return None, {}
    most = number(match[1] or match[2])
    return match, {} if points is not None and most == shortest(points) else {"cap": most}


def added_for_each(text: str, points: Decimal | None) -> Iterator[Found]:
    """每召开1次得1.5分,最多3分 · 每条10分 · 每10人次加1分 · 国家级每个加5分,省级每个加3分."""
    each = rf"([^,;0-9扣得加{TAKEN}]{{0,12}}?)(?:每|逐)([^,;0-9扣]{{0,8}}?)(\d+)?{THING}[^,;0-9扣]{{0,8}}?(得|加|计)?{POINTS}"
    match = re.search(each, text)
    if match is None or "扣" in match[0]:
        return
    most = re.search(
        rf"(?:(?:加分|得分|累计)?(?:最多|最高|(?:累计)?不超过)|以|满)(?:不超过)?(?:得|加|计)?{POINTS}(?:为限|封顶|为止)?|满分(?:为)?{POINTS}",
        text,
    )
    step = number(match[3]) if match[3] else 1
    params: dict[str, Any] = {"each": number(match[6])}
    if step != 1:
        params["of"] = f"floor({{f}} / {step})"
    keys: dict[str, Any] = {"kind": "bonus"} if match[5] == "加" else {}
    if most:
        keys["points" if points is None else "ceiling"] = number(most[1] or most[2])
    if points is not None and keys.get("ceiling") == number(str(points)):
        del keys["ceiling"]
    rest = taken(text, *(m for m in (match, most) if m))
    several = TAKEN in text or re.search(each, rest) is not None
    title = f"{named(match[1] or match[2])}{_counted(match[4])}" if several and named(match[1] or match[2]) else ""
    yield Piece({"count": params}, {**COUNT, "x-unit": match[4]}, title, keys=keys), rest


def _counted(unit: str) -> str:
    """What the number of such things is called: 次数, 人数, 小时数."""
    return f"{unit}数"


def taken_for_each(text: str, points: Decimal | None) -> Iterator[Found]:
    """缺一项扣2分,扣完为止 · 每人次扣0.5分 · 一人未入会扣1分 · 迟到每人次扣0.2分 · 每处扣1分,最多扣4分."""
    match = re.search(
        rf"([^,;0-9扣得加{TAKEN}]{{0,14}}?)(?:(?:每|按)(?:实际)?(?:[^,;0-9扣]{{0,10}}?)?(\d+)?{THING}|缺(?:少)?(\d+)?{THING}|(?<![前后第不足低于少超过达到满\d.])(1){THING})"
        rf"([^,;0-9扣以]{{0,10}}?)(?:的)?,?(倒?)(?:扣|减){NUMBER}分?(?!-)",
        text,
    )
    if match is None or re.search(rf"分别|名次|每进|每落后|每退|{AVERAGE}", match[0]):
        return
    most, limit = _limit(text, points, "扣")
    unit = match[3] or match[5] or match[7]
    params: dict[str, Any] = {"deduct": number(match[10])}
    step = number(match[2] or match[4] or match[6] or "1")
    if step != 1:
        params["of"] = f"floor({{f}} / {step})"
    keys: dict[str, Any] = {"floor": None} if match[9] else {}
    rest = taken(text, *(m for m in (match, most) if m))
    todo = (T("“at most {most}” limits the first deduction only; cap the others too", most=limit["cap"]),) if limit and "扣" in rest else ()
    what = _what(match, unit) or _fault_before(text[: match.start()], unit)
    yield Piece({"each": params}, {**COUNT, "x-unit": unit}, what, {**keys, **limit}, todo=todo), rest


def _what(match: re.Match[str], unit: str) -> str:
    """The name of what is counted: 未入会人数, 缺项数, 迟到人次数; none where the wording names nothing."""
    words = match[0].rpartition("扣")[0]
    rest = re.sub(rf"每|实际|发现|发生|出现|有|存在|倒|的|,|{TAKEN}|\d+{unit}|(?<=每){unit}", "", words)
    rest = re.sub(rf"^{unit}|(?<={match[1]}){unit}" if match[1] else rf"^{unit}", "", rest) if not rest.endswith("缺") else rest
    name = named(rest)
    if name and "缺" in words and "缺" not in name:
        name = f"缺{name}"
    return f"{name}{_counted(unit)}" if name else ""


def _fault_before(text: str, unit: str) -> str:
    """The name of a fault that stands before its price: 未按时报送材料的,每次扣1分. None where what stands there is none."""
    match = re.search(rf"(?:^|[,;{TAKEN}])([^,;{TAKEN}]*(?:未|不|迟|漏|缺|违|逾期|差错)[^,;0-9{TAKEN}]*?)(?:的)?,$", text)
    name = named(match[1]) if match else ""
    return f"{name}{_counted(unit)}" if name else ""


def each_of_several(text: str, points: Decimal | None) -> Iterator[Found]:
    """①…②…③…各0.5分: so much for each thing that is there."""
    match = re.search(rf"(?:各|分别)(?:得|计)?{POINTS}(?!,?[\d.]+分)", text)
    if match:
        todo = (T("one field for each thing would say more than their number"),)
        yield Piece({"count": {"each": number(match[1])}}, {**COUNT, "x-unit": "项"}, "做到的项数", todo=todo), taken(text, match)


# -------------------------------------------------------------------- shares, marks, panels


def share_done(text: str, points: Decimal | None) -> Iterator[Found]:
    """按完成比例得分 · 达到90%得满分,不足的按比例得分."""
    match = re.search(
        rf"(?:(?:达到?|完成){NUMBER}%(?:以上)?(?:的)?,?(?:得|计)(?:满分|{POINTS}),?)?(?:(?:未完成|未达到?|达不到|不足|低于)(?:{NUMBER}%)?的?,?|其余)?(?:按|以)(?:实际)?(?:完成)?(?:率|的?比例|进度|情况比例)(?:计算)?(?:得分|计分|给分|折算)?",
        text,
    )
    if match and not re.search(rf"(?:不足|低于|少于)\d+{THING}(?:的)?,?按(?:完成)?比例", text):
        more = re.search(r"[^,;]*超过100%的?,?按100%(?:计算?|计分)", text)
        params = {"full_at": share(match[1])} if match[1] else {}
        yield Piece({"pro_rata": params}, PERCENT), taken(text, *(m for m in (match, more) if m))


def trimmed(text: str, points: Decimal | None) -> Iterator[Found]:
    """去掉1个最高分和1个最低分,取平均分."""
    match = re.search(
        r"去掉?(?:(\d)个?)?最?高(?:分)?(?:和|,|与)?(?:去?掉?)?(?:(\d)个?)?最?低(?:分)?[^;]*?(?:平均(?:分|值)?|均值)[^,;]*", text
    )
    plain_mean = re.search(r"(?:取)?(?:各)?评委(?:打分|评分)?的?(?:取|以)?平均[分值]?", text)
    if match or plain_mean:
        drop = int(match[1] or 1) if match else 0
        reads = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 100}, "x-source": {"who": "panel"}}
        rule: dict[str, Any] = {"panel_mean": {"drop": drop}} if drop else {"panel": {"out_of": 100}}
        yield Piece(rule, reads), taken(text, match or plain_mean)  # type: ignore[arg-type]


def discretion(text: str, points: Decimal | None) -> Iterator[Found]:
    """酌情扣分 · 视情节扣1-5分 · 工作不到位的扣1-3分 · 由考核组酌情给分."""
    band = re.search(rf"([^,;0-9扣]{{1,24}}?)(?:的)?,?(?:酌情|视情节?轻?重?)?(?:扣|减){NUMBER}(?:-|至|到){POINTS}", text)
    match = band or re.search(r"[^,;]*(?:酌情|视情况?|视情节)[^,;]*", text)
    if match is None:
        return
    top = number(band[3]) if band else number(str(points)) if points is not None else 100
    if "扣" not in match[0]:
        cap = re.search(rf"最[高多](?:不超过|加)?{POINTS}|(?:加分)?不超过{POINTS}", text)
        yield marked(top, None), taken(text, *(m for m in (match, cap) if m))
        return
    name = re.sub("酌情|视情节?轻?重?|根据情况", "", named(band[1] if band else re.split("酌情|视情", match[0])[0]))
    high = {"high": top} if band or points is None else {}
    reads = {"type": "number", "minimum": 0, "maximum": top, "x-source": "office"}
    yield Piece({"discretion_off": high}, reads, f"{name}扣分" if name else "酌情扣分"), taken(text, match)


def scores_in_bands(text: str, points: Decimal | None) -> Iterator[Found]:
    """好8-10分,较好4-7分,一般0-3分: a person picks within the band."""
    found = list(re.finditer(rf"[^,;0-9]*?{NUMBER}-{POINTS}(?!的?,?[得计为])", text))
    if len(found) >= 2:
        top = max(number(m[2]) for m in found)
        yield marked(top, T("the bands of the marks are: {bands}", bands=[m[0] for m in found])), taken(text, *found)


def marked(top: int | Decimal, todo: Text | None) -> Piece:
    """A mark that a person enters, up to *top*."""
    return Piece({"mark": {}}, {"type": "number", "minimum": 0, "maximum": top, "x-source": "office"}, todo=(todo,) if todo else ())


def votes(text: str, points: Decimal | None) -> Iterator[Found]:
    """优秀每票100分,称职每票80分,不称职每票0分,除以有效票数,按40分折算."""
    found = list(re.finditer(rf"([^,;0-9(+{TAKEN}]{{1,8}}?)(?:票)?(?:每票|[×xX*])(?:得|计)?{NUMBER}分?", text))
    if len(found) < 2 or "票" not in text:
        return
    worth = {named(m[1]): number(m[2]) for m in found}
    others = list(re.finditer(r"[^,;]*有效票[^,;]*|[^,;]*\d+分?(?:折算|折合|计入)[^,;]*|[^,;]*(?:折算|折合)[^,;]*", taken(text, *found)))
    top = max(worth.values())
    rule: dict[str, Any] = {"worth": worth, **({} if top == 100 else {"out_of": top})}
    yield (
        Piece({"votes": rule}, {"type": "object", "x-source": {"who": "survey", "options": list(worth)}}),
        taken(taken(text, *found), *others),
    )


def alternatives(text: str, points: Decimal | None) -> Iterator[Found]:
    """齐全规范得6分,较齐全得4分,不齐全得1分: marks that together exceed the full marks are one or the other."""
    found = list(re.finditer(rf"{AT}([^,;0-9扣%每最{TAKEN}]{{1,14}}?)(?:的)?,?(?:得|计){POINTS}", text))
    worth = {named(m[1]): number(m[2]) for m in found}
    if points is None or len(found) < 2 or len(worth) < len(found) or max(worth.values()) > points or sum(worth.values()) <= points:
        return
    if any(re.search(rf"{AVERAGE}|第.+名", name) for name in worth):
        return
    yield Piece({"priced": {"prices": worth, "otherwise": 0}}, {"type": "string", "enum": [*worth, "无"]}), taken(text, *found)
