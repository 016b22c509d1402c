"""Wordings that say yes or no: vetoes, what empties an item, what is reached, what costs points, what does not apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import NUMBER, PERCENT, TAKEN, TRUTH, Found, Piece, named, number, share, taken
from scorekit.errors import T

# -------------------------------------------------------------------- yes or no


def vetoes(text: str, points: Decimal | None) -> Iterator[Found]:
    """…一票否决 · …取消评优资格 · …不得参加排名 · …总分为零."""
    known = (
        (r"一票否决|单项否决", None),
        (r"(?:取消|不予)(?:当年|本年度)?(?:评优|评先|评选|评定|表彰)(?:资格)?|不予评先|不得评先", "not awarded"),
        (r"取消参评资格|不得参加(?:排名|评选|考核)|不予受理|先剔除", "not ranked"),
        (r"总(?:得)?分(?:为|记|计)(?:零|0)(?:分)?", "zero total"),
    )
    for pattern, effect in known:
        match = re.search(rf"([^,;]*?)(?:的)?,?(?:实行)?(?:{pattern})[^,;]*", text)
        if match:
            title = named(match[1]) or "否决情形"
            reads = {**TRUTH, "x-source": "office"}
            if effect is None:
                todo = (T("a veto has no default effect: write a gate with the effect that is meant"),)
                yield Piece({}, reads, title, todo=todo), taken(text, match)
            else:
                yield Piece({}, reads, title, gate={"if": "{f}", "effect": effect}), taken(text, match)
            return


def empties(text: str, points: Decimal | None) -> Iterator[Found]:
    """未建立制度的不得分 · 低于60%的不得分 · 没有阵地不得分."""
    low = re.search(rf"(?:低于|不足|未达到?){NUMBER}%(?:的)?,?(?:不得分|得0分)", text)
    if low:
        yield Piece({}, PERCENT, keys={"zero_if": f"{{f}} < {share(low[1])}"}), taken(text, low)
        return
    if re.search(r"达标(?:的)?(?:得|计)", text):
        return  # 未达标不得分 says only what the rule says anyway
    match = re.search(
        r"(未达标|达不到标准)(?:的)?,?不得分|(未能?|没有|无|不)([^,;0-9扣得]{1,20}?)(?:的)?,?(?:本项|该项)?(?:不得分|得0分|不计分)", text
    )
    if match and match[3]:
        title = named(match[3])
        if match[2] in ("没有", "无") and not re.match("开展|召开|建立|设立|制定|组织|落实|完成|参加|报送|执行|进行|达到", title):
            title = f"有{title}"
        yield Piece({}, TRUTH, title, {"zero_if": "not {f}"}), taken(text, match)
    elif match:
        yield Piece({}, TRUTH, keys={"zero_if": "not {f}"}), taken(text, match)


def reached(text: str, points: Decimal | None) -> Iterator[Found]:
    """达标得2分 · 健全的得满分 · 达到90%得满分."""
    line = re.search(
        rf"(?:达到?|不低于){NUMBER}%(?:以上)?(?:的)?,?(?:得|计)(?:满分|{NUMBER}分)|{NUMBER}%以上(?:的)?,?(?:得|计)(?:满分|{NUMBER}分)", text
    )
    if line:
        worth = line[2] or line[4]
        params: dict[str, Any] = {"of": f"{{f}} >= {share(line[1] or line[3])}", **({"points": number(worth)} if worth else {})}
        yield Piece({"flag": params}, PERCENT), taken(text, line)
        return
    match = re.search(rf"([^,;0-9扣]{{0,20}}?)(?:的)?,?(?:得|计|加)(?:满分|{NUMBER}分)", text)
    if match:
        params = {"points": number(match[2])} if match[2] and (points is None or Decimal(match[2]) != points) else {}
        title = "" if match[1] in ("", "达标", "达到标准", "符合要求", "符合", "完成") else named(match[1])
        yield Piece({"flag": params}, TRUTH, title), taken(text, match)


def named_loss(text: str, points: Decimal | None) -> Iterator[Found]:
    """职责不明确扣1分 · 未报扣4分 · 未开展的倒扣1分 · 未达90%扣2分."""
    low = re.search(rf"(?:低于|不足|未达到?){NUMBER}%(?:的)?,?(倒?)扣{NUMBER}分", text)
    if low:
        rule = {"penalty": {"of": f"{{f}} < {share(low[1])}", "deduct": number(low[3])}}
        yield Piece(rule, PERCENT, keys={"floor": None} if low[2] else {}), taken(text, low)
        return
    match = re.search(rf"([^,;0-9扣]{{1,24}}?)(?:的)?,?(倒?)(?:扣|减){NUMBER}分", text)
    if match and TAKEN not in match[1]:
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
