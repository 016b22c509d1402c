"""A drafted standard gives the points that its wording gives, whatever the numbers in it; and whatever the wording, it loads."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.catalogue import discover
from scorekit.compiling.planning import compile_plan
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import Rubric
from scorekit.drafting.clauses import _OF_FULL_MARKS, Clause
from scorekit.drafting.sheets import Part
from scorekit.drafting.skeleton import document
from tests import oracle
from tests.building import assessed, said, units

KNOWN = discover(third_party=False)
POINTS = st.integers(1, 20)
RATES = st.integers(50, 100)
STEPS = st.sampled_from(["1", "2", "5", "10"])
OFF = st.sampled_from(["0.2", "0.5", "1", "1.5", "2"])
SHARES = st.lists(st.integers(0, 120).map(lambda n: Fraction(n, 100)) | st.fractions(0, 1, max_denominator=300), min_size=1, max_size=6)
COUNTS = st.lists(st.integers(0, 15).map(Fraction), min_size=1, max_size=6)


def rubric(found: dict[str, Any]) -> Rubric:
    return Rubric("x", "0.1", "标准", found, "rubric.json")


def draft(content: str, points: Any, method: str) -> Plan:
    full = None if points is None else Decimal(points)
    return compile_plan(rubric(document("x", "标准", [Part("工作", None, (Clause(content, full, method),))], said)), KNOWN)


def given_points(plan: Plan, values: list[Any]) -> list[Fraction | None]:
    """The base figure of units that enter *values* in the one field there is."""
    [field] = [f.path for f in plan.fields if f.path != "unit" and f.derive is None and f.kind != "none"]
    [criterion] = plan.criteria
    return list(assessed(plan, units(plan, {field: values})).sheet.points[criterion.path].listed())


def closed(parts: list[Any], full: int, start: str) -> list[Any]:
    return [oracle.closed([(part, None)], kind="base", full=full, start=start) for part in parts]


@settings(max_examples=30)
@given(POINTS, RATES, STEPS, OFF, SHARES)
def test_so_much_off_for_every_step_below_a_rate(full: int, target: int, step: str, off: str, values: list[Fraction]) -> None:
    plan = draft("入会率", full, f"入会率达到{target}%，每少{step}%扣{off}分，扣完为止")
    named = {"target": Fraction(target, 100), "step": Fraction(step) / 100, "deduct": Fraction(off), "percentage": True}
    assert given_points(plan, values) == closed([oracle.shortfall(v, **named) for v in values], full, "full")


@settings(max_examples=30)
@given(POINTS, st.lists(st.integers(10, 99), min_size=2, max_size=3, unique=True), SHARES)
def test_the_highest_band_that_is_reached(full: int, lines: list[int], values: list[Fraction]) -> None:
    prices = [Fraction(full * (len(lines) - i), len(lines) * 2) for i in range(len(lines))]
    lines = sorted(lines, reverse=True)
    words = "，".join(f"{line}%以上得{float(price):g}分" for line, price in zip(lines, prices, strict=True))
    bands = [{"at_least": Fraction(line, 100), "points": Fraction(f"{float(p):g}")} for line, p in zip(lines, prices, strict=True)]
    plan = draft("满意率", full, f"{words}，其余不得分")
    assert given_points(plan, values) == closed([oracle.tiers(v, bands=bands) for v in values], full, "empty")


@settings(max_examples=30)
@given(POINTS, OFF, COUNTS)
def test_so_much_for_every_time_up_to_the_full_marks(full: int, each: str, values: list[Fraction]) -> None:
    plan = draft("开展活动", full, f"每开展1次得{each}分，最多得{full}分")
    assert given_points(plan, values) == closed([oracle.count(v, each=Fraction(each)) for v in values], full, "empty")


@settings(max_examples=30)
@given(POINTS, OFF, COUNTS)
def test_so_much_off_for_every_thing_that_is_missing(full: int, off: str, values: list[Fraction]) -> None:
    plan = draft("资料", full, f"每缺1项扣{off}分，扣完为止")
    assert given_points(plan, values) == closed([oracle.each(v, deduct=Fraction(off)) for v in values], full, "full")


@given(POINTS, st.lists(st.booleans(), min_size=1, max_size=4))
def test_nothing_without_what_is_asked_for(full: int, values: list[bool]) -> None:
    plan = draft("工会阵地", full, "没有阵地不得分")
    assert given_points(plan, values) == [oracle.flag(v, points=full) for v in values]


FRAGMENTS = (
    "入会率达到90%", "每少2%扣0.5分", "扣完为止", "每次1分", "最多4分", "没有开展的不得分", "一票否决", "酌情扣分", "80%以上得8分", "50%以下不得分", "第一名得10分",
    "去掉一个最高分和一个最低分", "发生1次扣0.5分", "2次及以上不得分", "省级3分", "国家级5分", "按比例计分", "不适用的不扣分", "每逾期1天扣1分", "倒扣1分", "必备",
    "由考核组打分", "满分10分", "A得100%，B得80%", "按排名折算", "每增加5%加1分", "加分不超过3分", "）（", "；；", "1.", "%", "分",
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5),
    st.sampled_from("，；。"),
    st.none() | POINTS,
    st.sampled_from(["", "bonus", "deduction", "either"]),
)
def test_whatever_the_wording_the_draft_is_a_standard_that_loads(words: list[str], between: str, full: int | None, kind: str) -> None:
    clause = Clause("工作", None if full is None else Decimal(full), between.join(words), kind=kind)
    found = document("x", "标准", [Part("工作", None, (clause,))], said)
    plan = compile_plan(rubric(found), KNOWN)
    names = [f.path for f in plan.fields if f.path != "unit"]
    outcome = assessed(
        plan,
        units(
            plan,
            {"unit": ["U1"], **{n: [None] for n in names if n in {f.path for f in plan.fields if f.kind in ("number", "truth", "text")}}},
        ),
    )
    assert len(outcome.standings.status) == 1


@pytest.mark.parametrize("text", ["", "   ", "。。。", "工作扎实" * 60])
def test_what_says_nothing_is_entered_by_hand_and_to_be_done(text: str) -> None:
    found = document("x", "标准", [Part("工作", None, (Clause("工作", Decimal(5), text),))], said)
    assert "x-todo" in str(found)
    assert compile_plan(rubric(found), KNOWN).criteria[0].points is not None


def test_rules_that_share_out_full_marks_are_drafted_with_none_where_none_are_stated() -> None:
    """They load, give nothing, and say what is to be done."""
    found = document("x", "标准", [Part("工作", None, (Clause("办结", None, "按比例计分"),))], said)
    assert compile_plan(rubric(found), KNOWN).criteria[0].points == 0
    assert "the full marks are not stated" in str(found)
    needed = {name for name, rule in KNOWN.rules.items() if any(p.name == "points" and p.required for p in rule.params)}
    assert needed <= _OF_FULL_MARKS
