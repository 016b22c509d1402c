"""Wordings that say yes or no: vetoes, what empties an item, what is reached, what costs points, what does not apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import AT, AVERAGE, NUMBER, PERCENT, POINTS, TAKEN, TRUTH, Found, Piece, named, number, share, taken
from scorekit.errors import T

_NO_NAME = (
    rf"^(?:最[多高低少]|累计|合计|不超过|总分|每|各|分别|依次|{TAKEN})|{AVERAGE}|名次|排名|第[一二三四五六七八九十0-9]+名|[前后][一二三四五六七八九十0-9]+名|"
    r"每(?:次|个|项|件|篇|人|起|条|场|户|家|处)"
)
"""Where a part of a sentence begins so, or speaks of others, it names nothing that a unit is or is not."""


def _names(words: str) -> bool:
    return TAKEN not in words and not re.search(_NO_NAME, words)


# -------------------------------------------------------------------- yes or no


def vetoes(text: str, points: Decimal | None) -> Iterator[Found]:
    """…一票否决 · …取消评优资格 · …不得参加排名 · …总分为零."""
    known = (
        (r"(?:取消|不予)(?:当年|本年度)?(?:评优|评先|评选|评定|表彰)(?:资格)?|不予评先|不得评先", "not awarded"),
        (r"取消(?:参评|参赛|比赛|申报|考核)资格|不得参加(?:排名|评选|考核)|不予受理|先剔除", "not ranked"),
        (r"总(?:得分|成绩|分)(?:为|记|计|按)(?:零|0)(?:分)?(?:计)?", "zero total"),
        (r"一票否决|单项否决|一票否优|不得评为优秀?|不能评为优秀?|不得(?:确定|评定)为优秀", None),
        (r"(?:直接|一律|应当?)?(?:确定|评定|认定|定|评)为(?:不合格|不称职|不达标|未达标)(?:等次)?", None),
    )
    for pattern, effect in known:
        match = re.search(
            rf"{AT}([^,;扣]*?)(?:的)?(?:,?(?:实行)?(?:一票否决|单项否决))?(?:,[^,;\d]{{0,8}}?)?(?:实行)?(?:{pattern})[^,;]*(?:,[^,;]*(?:不得参加|不得评|取消|不予|一票否)[^,;]*)*",
            text,
        )
        if match and not re.match("(?:本项|该项|此项)?不得分", match[1]):
            title = named(match[1]) or "否决情形"
            reads = {**TRUTH, "x-source": "office"}
            if effect is None:
                todo = (T("a veto has no default effect: write a gate with the effect that is meant"),)
                yield Piece({}, reads, title, todo=todo), taken(text, match)
            else:
                yield Piece({}, reads, title, gate={"if": "{f}", "effect": effect}), taken(text, match)
            return


def empties(text: str, points: Decimal | None) -> Iterator[Found]:
    """未建立制度的不得分 · 低于60%的不得分 · 没有阵地不得分 · 发生安全事故的不得分."""
    low = re.search(rf"(?:低于|不足|未达到?){NUMBER}%(?:的)?,?(?:不得分|得0分)", text)
    if low:
        yield Piece({}, PERCENT, keys={"zero_if": f"{{f}} < {share(low[1])}"}), taken(text, low)
        return
    if re.search(r"达标(?:的)?(?:得|计)", text):
        return  # 未达标不得分 says only what the rule says anyway
    none = r"(?:本项|该项|此项|本条)?(?:成绩)?(?:不得分|得0分|计0分|记0分|不计分)"
    match = re.search(rf"(未达标|达不到标准)(?:的)?,?{none}|(未能?|没有|没(?!有)|无|(?<!达)不)([^,;0-9扣得]{{1,20}}?)(?:的)?,?{none}", text)
    if match and match[3]:
        title = named(match[3])
        if match[2] in ("没有", "没", "无") and not re.match("开展|召开|建立|设立|制定|组织|落实|完成|参加|报送|执行|进行|达到", title):
            title = f"有{title}"
        yield Piece({}, TRUTH, title, {"zero_if": "not {f}"}), taken(text, match)
    elif match:
        yield Piece({}, TRUTH, keys={"zero_if": "not {f}"}), taken(text, match)
    elif there := re.search(
        rf"{AT}(?!(?:没有?|无|未)(?:的)?,?{none}|其[余他]|否则|超过|达不到|[^,;]*{AVERAGE})([^,;0-9扣得{TAKEN}]{{2,20}}?)(?:的)?,?{none}",
        text,
    ):
        yield Piece({}, TRUTH, named(there[1]), {"zero_if": "{f}"}), taken(text, there)


def reached(text: str, points: Decimal | None) -> Iterator[Found]:
    """达标得2分 · 健全的得满分 · 达到90%得满分."""
    line = re.search(
        rf"(?:达到?|不低于){NUMBER}%(?:以上)?(?:的)?,?(?:得|计)(?:满分|{POINTS})|(?:{NUMBER}%以上|(?<=[率度]){NUMBER}%)(?:的)?,?(?:得|计)(?:满分|{POINTS})",
        text,
    )
    if line:
        worth = line[2] or line[5]
        params: dict[str, Any] = {"of": f"{{f}} >= {share(line[1] or line[3] or line[4])}", **({"points": number(worth)} if worth else {})}
        yield Piece({"flag": params}, PERCENT), taken(text, line)
        return
    match = re.search(rf"{AT}([^,;0-9扣]{{0,20}}?)(?:的)?,?(?:得|计|加)(?:满分|{POINTS})", text)
    if match and match[2] != "0" and not re.search(_NO_NAME, match[1]):
        params = {"points": number(match[2])} if match[2] and (points is None or Decimal(match[2]) != points) else {}
        title = "" if match[1] in ("", "达标", "达到标准", "符合要求", "符合", "完成") else named(match[1])
        yield Piece({"flag": params}, TRUTH, title), taken(text, match)


def named_loss(text: str, points: Decimal | None) -> Iterator[Found]:
    """职责不明确扣1分 · 未报扣4分 · 未开展的倒扣1分 · 未达90%扣2分."""
    low = re.search(rf"(?:低于|不足|未达到?){NUMBER}%(?:的)?,?(倒?)扣{POINTS}", text)
    if low:
        rule = {"penalty": {"of": f"{{f}} < {share(low[1])}", "deduct": number(low[3])}}
        yield Piece(rule, PERCENT, keys={"floor": None} if low[2] else {}), taken(text, low)
        return
    match = next((m for m in re.finditer(rf"{AT}([^,;0-9扣]{{1,24}}?)(?:的)?,?(倒?)(?:扣|减){POINTS}", text) if _names(m[1])), None)
    if match:
        keys = {"floor": None} if match[2] else {}
        yield Piece({"penalty": {"deduct": number(match[3])}}, TRUTH, named(match[1]), keys), taken(text, match)


# -------------------------------------------------------------------- what does not apply, what is left unsaid


def not_applicable(text: str, points: Decimal | None) -> Iterator[Found]:
    """没有女职工的单位不扣分 · 未使用劳务派遣工的,本项得满分 · 不涉及的不计."""
    match = re.search(
        r"(?:没有|无|未使用|不涉及|未发生)[^,;得扣]{0,16}?(?:的)?(?:单位)?,?(?:本项|该项|此项)?(?:不扣分|得满分|按满分计|视同满分|(?<=本项)得\d+(?:\.\d+)?分)",
        text,
    )
    if match:
        yield (
            Piece(
                keys={"not_applicable": "full"}, todo=(T("write when it does not apply as not_applicable_if: {wording}", wording=match[0]),)
            ),
            taken(text, match),
        )
        return
    left = re.search(r"[^;]*?(?:不涉及|不适用|缺项|无此项)[^,;]*?(?:折算|不计|不考核|剔除|按平均分)[^,;]*", text)
    if left:
        yield Piece(todo=(T("write when it does not apply as not_applicable_if: {wording}", wording=left[0]),)), taken(text, left)
