"""Formulas, clauses and gates in the words of the standard."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from scorekit.domain.column import Column
from scorekit.domain.formula import Result
from scorekit.domain.plan import Plan
from scorekit.domain.rule import Bands, Knots, Number, Numbers, Table
from scorekit.domain.spoken import Speaker
from scorekit.plugin import Records, rule
from tests.building import DATE, NUMBER, TEXT, TRUTH, criterion, plan_of, section

LISTS = {
    "type": "array",
    "title": "荣誉",
    "items": {"type": "object", "properties": {"level": {**TEXT, "title": "级别"}, "share": {**NUMBER, "title": "份额"}}},
}
FIELDS: dict[str, Any] = {
    "members": {**NUMBER, "title": "会员数"},
    "staff": {**NUMBER, "title": "职工数"},
    "rate": {**NUMBER, "title": "入会率", "x-unit": "percent"},
    "kind": {**TEXT, "title": "性质"},
    "met": {**TRUTH, "title": "已换届"},
    "on": {**DATE, "title": "换届日"},
    "honours": LISTS,
    "marks": {"type": "object", "title": "评分", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙"]}},
    "s": {**section({"c": criterion(title="换届")}), "title": "组织"},
}


@rule(
    adds=True,
    says={
        "zh": "{of}:{bands};{at};{prices};{each};{half:%}{nobody}",
        "en": "{of}: {bands}; {at}; {prices}; {each}; {half:%} {many}",
        "zh:way=up": ",向上",
        "zh:yes=true": ",是",
        "zh:many=3": ",三",
        "zh:over": ",比{over}",
        "zh!half": "另一说法{half}",
    },
)
def wordy(
    of: Column,
    over: Column | None = None,
    *,
    bands: Bands = (),
    at: Knots = (),
    prices: Table | None = None,
    each: Numbers = (),
    half: Number = 2,
    way: Literal["up", "down"] = "down",
    yes: bool = False,
    many: int = 1,
) -> Column:
    """Everything."""
    return of


@rule(adds=True, says={"zh": "{of}按{level}"})
def listed(of: Records, *, level: str = "级") -> Column:
    """A list."""
    return of.count()


@rule(adds=True, says={})
def mute(of: Column) -> Column:
    """Says nothing."""
    return of


def plan(spec: dict[str, Any], **frame: Any) -> Plan:
    return plan_of({**FIELDS, "a": spec}, wordy, listed, mute, **frame)


def clause(rule: Any, field: Any = None, lang: str = "zh", **more: Any) -> str:
    spec = {"points": 5, "clauses": {"x": {"rule": rule, **more}}}
    found = plan({**(field or {**NUMBER, "title": "甲"}), "x-criterion": spec})
    return Speaker(found.tracks[0], lang).clause(next(c for c in found.tracks[0].criteria if c.spec.path == "a").clauses[0])


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("members / staff", "会员数 ÷ 职工数", "会员数 ÷ 职工数"),
        ("(members + 1) * 2 - staff", "(会员数 + 1) × 2 − 职工数", "(会员数 + 1) × 2 − 职工数"),
        ("members - (staff - 1)", "会员数 − (职工数 − 1)", "会员数 − (职工数 − 1)"),
        ("rate >= 0.865", "入会率 ≥ 86.5%", "入会率 ≥ 86.5%"),
        ("members >= 0.865", "会员数 ≥ 0.865", "会员数 ≥ 0.865"),
        ("rate >= members", "入会率 ≥ 会员数", "入会率 ≥ 会员数"),
        ("rate(s) >= 0.6", "“组织”得分率 ≥ 60%", "score rate of “组织” ≥ 60%"),
        ("points(s.c) + full(s)", "“换届”得分 + “组织”满分", "points of “换届” + full marks of “组织”"),
        ("outcome(s.c) == 'missing'", "“换届”评定状态 为 missing", "outcome of “换届” is missing"),
        ("not met", "“已换届”为否", "“已换届” is no"),
        ("met and not (kind == '工厂' or met)", "已换届 且 非(性质 为 工厂 或 已换届)", "已换届 and not (性质 is 工厂 or 已换届)"),
        ("(met or met) and met", "(已换届 或 已换届) 且 已换届", "(已换届 or 已换届) and 已换届"),
        ("met == true", "已换届 为 是", "已换届 is yes"),
        ("best(honours, share, 2)", "荣誉(份额)最高2项合计", "sum of the 2 greatest of 荣誉(份额)"),
        (
            "worst(honours, share, members + 1, level == 'x')",
            "荣誉(份额)最低(会员数 + 1)项合计[级别 为 x]",
            "sum of the (会员数 + 1) least of 荣誉(份额)[级别 is x]",
        ),
        ("trimmed(marks, 1)", "评分去掉1个最高、1个最低后平均", "mean of 评分 without the 1 greatest and 1 least"),
        ("count(marks, mark == 12)", "评分条数[打分 为 12]", "count(评分)[mark is 12]"),
        ("sum(marks, mark, rater != '甲')", "评分合计(打分)[评委 不为 甲]", "sum(评分)(mark)[rater is not 甲]"),
        ("nth(marks, 2) - `marks@甲`", "评分第2高 − 评分（甲）", "number 2 from the top of 评分 − 评分 (甲)"),
        ("best(children(s), points, 2)", "“组织”各项(得分)最高2项合计", "sum of the 2 greatest of the items of “组织”(points)"),
        ("count(children(s), rate >= 0.6)", "“组织”各项条数[得分率 ≥ 60%]", "count(the items of “组织”)[score rate ≥ 60%]"),
        ("base() + bonus() - deduction()", "基本分 + 加分合计 − 扣分合计", "the base total + the bonuses − the deductions"),
        ("distinct(honours, level)", "荣誉不同值个数(级别)", "how many different values of 荣誉(级别)"),
        ("deviation(marks)", "评分标准差", "standard deviation of 评分"),
        ("max(honours, share)", "荣誉最大(份额)", "max(荣誉)(份额)"),
        ("year(on) + mod(members, 2)", "换届日的年份 + 余数(会员数, 2)", "year(换届日) + mod(会员数, 2)"),
        ("kind != 'x'", "性质 不为 x", "性质 is not x"),
        ("kind in ['甲', '乙'] and met", "性质 属于 甲、乙 且 已换届", "性质 in 甲, 乙 and 已换届"),
        ("(kind in ['甲']) == met", "(性质 属于 甲) 为 已换届", "(性质 in 甲) is 已换届"),
        ("not (kind in ['甲', '乙'])", "性质 不属于 甲、乙", "性质 not in 甲, 乙"),
        ("(not (kind in ['甲'])) == met", "(性质 不属于 甲) 为 已换届", "(性质 not in 甲) is 已换届"),
        ("not given(on) and met", "未填报(换届日) 且 已换届", "not (given(换届日)) and 已换届"),
        ("on < 2026-06-30", "换届日 < 2026-06-30", "换届日 < 2026-06-30"),
        ("-members", "−会员数", "−会员数"),
        ("-(members + 1)", "−(会员数 + 1)", "−(会员数 + 1)"),
        ("(-members) ** 2", "(−会员数) ^ 2", "(−会员数) ^ 2"),
        ("-members ** 2", "−会员数 ^ 2", "−会员数 ^ 2"),
        ("(-2) ** members", "(-2) ^ 会员数", "(-2) ^ 会员数"),
        ("(members ** 2) ** 3", "(会员数 ^ 2) ^ 3", "(会员数 ^ 2) ^ 3"),
        ("members ** 2 ** 3", "会员数 ^ (2 ^ 3)", "会员数 ^ (2 ^ 3)"),
        ("round(members / 3, 1)", "四舍五入(会员数 ÷ 3, 1)", "round(会员数 ÷ 3, 1)"),
        ("if(met, 1, min(members, 2))", "如果(已换届, 1, 最小值(会员数, 2))", "if(已换届, 1, min(会员数, 2))"),
        ("count(honours)", "荣誉条数", "count(荣誉)"),
        ("sum(honours, share, level == '省级')", "荣誉合计(份额)[级别 为 省级]", "sum(荣誉)(份额)[级别 is 省级]"),
    ],
)
def test_a_formula_is_said_with_the_titles_of_what_it_reads(text: str, zh: str, en: str) -> None:
    found = plan({**criterion({"mark": {"of": "members"}}, 5, {}), "x-derive": text})
    node = found.tracks[0].derived[0][1]
    assert [Speaker(found.tracks[0], lang).formula(node) for lang in ("zh", "en")] == [zh, en]


def test_a_lookup_is_said_by_the_tables_title_and_its_keys() -> None:
    tables = {"t": {"title": "价目", "keys": ["级别", "数"], "rows": [["x", 1, 2]]}}
    found = plan({**criterion({"mark": {"of": "members"}}, 5, {}), "x-derive": "lookup(t, kind, members + 1) * 2"}, tables=tables)
    node = found.tracks[0].derived[0][1]
    said = [Speaker(found.tracks[0], lang).formula(node) for lang in ("zh", "en")]
    assert said == ["“价目”表(性质、会员数 + 1) × 2", "table “价目” (性质, 会员数 + 1) × 2"]


def test_only_the_whole_is_called_the_total_and_what_is_unknown_by_its_path() -> None:
    speaker = Speaker(plan(criterion()).tracks[0], "zh")
    said = [speaker.formula(Result(figure, path)) for figure in ("points", "rank") for path in ("", "a", "gone.b")]
    title = speaker.items["a"]
    assert said == ["“总分”得分", f"“{title}”得分", "“gone.b”得分", "“总分”名次", f"“{title}”名次", "“gone.b”名次"]


def test_the_total_is_called_so() -> None:
    found = plan(criterion(), levels=[{"id": "x", "title": "x", "if": "points() >= 90 and rank() == 1"}])
    node = found.tracks[0].levels[0].condition
    assert node is not None
    assert [Speaker(found.tracks[0], lang).formula(node) for lang in ("zh", "en")] == [
        "“总分”得分 ≥ 90 且 “总分”名次 为 1",
        "points of “total” ≥ 90 and rank of “total” is 1",
    ]


def test_a_rules_wording_is_filled_with_its_parameters() -> None:
    params = {
        "bands": [{"at_least": 0.8, "points": 5}, {"above": "members", "points": 3}],
        "at": [{"value": 0, "points": 0}, {"value": 1, "points": 5}],
        "prices": {"A": 5, "B": "members + 1"},
        "each": [1, 2],
    }
    assert clause({"wordy": params}) == "甲:≥0.8得5分、>会员数得3分;0→0、1→5;A 5、B (会员数 + 1);1、2;200%{nobody}"
    assert clause({"wordy": params}, lang="en") == "甲: ≥0.8: 5, >会员数: 3; 0→0, 1→5; A 5, B (会员数 + 1); 1, 2; 200% 1"


def test_bands_beside_a_percentage_are_percentages_and_points_are_not() -> None:
    field = {**NUMBER, "title": "率", "x-unit": "percent"}
    assert clause({"wordy": {"bands": [{"at_least": 0.8, "points": 5}]}}, field).startswith("率:≥80%得5分;")
    assert clause({"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}, field, "en") == "each 2% below 90%: 0.5 off"


def test_a_literal_parameter_adds_its_own_words() -> None:
    assert clause({"shortfall": {"target": 9, "step": 1, "deduct": 2, "steps": "started"}}) == "每少1扣2,不足一档按一档"
    assert clause({"wordy": {"way": "up", "yes": True, "many": 3, "over": "members"}}).endswith(",比会员数,向上,是,三")
    assert clause({"wordy": {"half": 0.25}}) == "另一说法0.25"


def test_honours_is_said_by_its_title_and_a_literal_as_it_is() -> None:
    assert clause({"listed": {"of": "honours"}}) == "荣誉按级"
    assert clause({"listed": {"of": "honours"}}, lang="en") == "荣誉按级"
    assert clause({"mute": {}}) == "mute"


def test_cap_condition_and_waiver_follow_the_wording() -> None:
    more = {"cap": 3, "if": "met", "waived_if": "members > 5"}
    assert clause({"mark": {}}, **more) == "甲，最多3分（仅当已换届）（会员数 > 5的，可不计）"
    assert clause({"mark": {}}, lang="en", **more) == "甲, at most 3 (only if 已换届) (waived if 会员数 > 5)"
    assert clause({"mark": {}}, **{**more, "if": "true"}) == "甲，最多3分（会员数 > 5的，可不计）"


def test_a_gate_says_what_fires_it_or_what_it_requires() -> None:
    found = plan(criterion(), gates={"f": {"if": "met", "effect": "not awarded"}, "r": {"require": "met", "effect": "not awarded"}})
    gates = found.tracks[0].gates
    assert [Speaker(found.tracks[0], "zh").gate(g) for g in gates] == ["已换届", "须满足：已换届"]
    assert [Speaker(found.tracks[0], "en").gate(g) for g in gates] == ["已换届", "required: 已换届"]


def test_lines_of_a_duration_are_said_in_minutes_and_seconds() -> None:
    from scorekit_plugins.rules.tiers import tiers

    lap = {"type": ["string", "number"], "title": "用时", "x-unit": "duration"}
    shape = {"a": criterion({"tiers": {"bands": [{"above": 185.5, "points": 5}], "otherwise": 10}}, field=lap)}
    plan = plan_of(shape, tiers, gates={"late": {"if": "a > 3600", "effect": "not ranked"}})
    speaker = Speaker(plan.tracks[0], "en")
    assert speaker.clause(plan.tracks[0].criteria[0].clauses[0]) == "by the highest band that 用时 reaches: >3:05.5: 5; otherwise 10"
    assert speaker.gate(plan.tracks[0].gates[0]) == "用时 > 1:00:00"


FIGURES: list[tuple[dict[str, Any], str, str]] = [
    ({"over": "mean", "of": "rate", "within": []}, "全部单位入会率的平均值", "mean of 入会率 over all units"),
    (
        {"over": "count", "where": "met", "within": ["kind"]},
        "同性质各单位（已换届的）个数",
        "number over units of the same 性质 with 已换届",
    ),
    ({"over": "quantile", "of": "members", "q": 0.25, "within": []}, "全部单位会员数的25%分位数", "25% quantile of 会员数 over all units"),
    (
        {"over": "rank", "of": "members / staff", "first": "low", "within": []},
        "全部单位(会员数 ÷ 职工数)的名次（由低到高）",
        "rank (the lowest first) of (会员数 ÷ 职工数) over all units",
    ),
    (
        {"over": "correlation", "of": "members", "with": "staff", "within": []},
        "全部单位会员数与职工数的相关系数",
        "correlation of 会员数 and 职工数 over all units",
    ),
]


@pytest.mark.parametrize(("figure", "chinese", "english"), FIGURES)
def test_a_figure_of_the_population_says_whose_it_is(figure: dict[str, Any], chinese: str, english: str) -> None:
    track = plan_of({**FIELDS, "f": {"x-derive": figure}}).tracks[0]
    node = next(n for f, n in track.derived if f.path == "f")
    assert Speaker(track, "zh").formula(node) == chinese
    assert Speaker(track, "en").formula(node) == english


def test_a_clause_says_whom_it_compares_where_that_is_not_the_category() -> None:
    rule_ = {"place_points": {"prices": [2, 1]}}
    shape = {**FIELDS, "a": criterion(rule_, within=["kind"], where="met"), "b": criterion(rule_)}
    track = plan_of(shape).tracks[0]
    one, other = (next(c.clauses[0] for c in track.criteria if c.spec.path == path) for path in "ab")
    assert Speaker(track, "zh").clause(one) == "名次分（在同性质各单位（已换届的）中比较）"
    assert Speaker(track, "en").clause(one) == "points by place (compared over units of the same 性质 with 已换届)"
    assert Speaker(track, "en").clause(other) == "points by place"
