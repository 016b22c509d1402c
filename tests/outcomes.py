"""A small outcome made by hand: six units in two categories, two sections, a bonus, a deduction, a gate, gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Notice, Seats
from scorekit.domain.formula import Call, Constant, Name, Result
from scorekit.domain.marks import Panel, Records
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import CriterionPlan, GatePlan, Plan, RankingPlan, TiePlan, Track
from scorekit.domain.rubric import (
    ClauseSpec,
    CriterionSpec,
    FieldSpec,
    GateSpec,
    LevelSpec,
    RankingSpec,
    Rounding,
    Rubric,
    SectionSpec,
    Standard,
    TieSpec,
    Words,
)
from scorekit.domain.tables import Places, Problem, Reason, ScoreSheet, Standings, Submissions
from scorekit.errors import T

UNITS = ("红星机械厂工会", "=1+1 工会", "市教育局工会", "东方,纺织厂工会", "+光明粮油工会", "市财政局工会")
CATEGORIES = ("企业", "企业", "机关", "企业", "企业", "机关")
TWO = Rounding(2)

DOCUMENT: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "职工之家考核标准",
    "type": "object",
    "properties": {"unit": {"type": "string"}},
    "x-rubric": {
        "language": 1,
        "id": "small-home",
        "version": "2026.1",
        "full": 15,
        "levels": [{"id": "model", "title": "模范", "at_least": Decimal("0.90")}],
        "rounding": {"criterion": {"decimals": 2}},
        "reading": "折算的办法是本工具的理解。",
        "notes": ["百分率填92.28或92.28%均可。"],
        "sources": {"S01": {"title": "评分细则", "address": "https://example.org/1"}},
    },
}


def field(path: str, title: str, kind: Any, **more: Any) -> FieldSpec:
    """A field with its pointer and section."""
    return FieldSpec(path, title, kind, {}, f"#/{path}", path.rpartition(".")[0], **more)


FIELDS = (
    field("unit", "单位名称", "text"),
    field("category", "类别", "text"),
    field("organisation.employees", "职工人数", "number", unit="人"),
    field("organisation.members", "会员人数", "number", unit="人"),
    field("organisation.membership", "入会率", "number", unit="percent", derive="members / employees"),
    field("organisation.chair_elected", "主席依法选举产生", "truth"),
    field("rights.contracts", "合同签订率", "number", unit="percent"),
    field("rights.trained_on", "培训日期", "date"),
    field("rights.talk", "现场评议", "panel", raters=("评委1", "评委2")),
    field(
        "extra.honours",
        "荣誉",
        "records",
        items=(field("extra.honours.level", "级别", "text"), field("extra.honours.share", "占比", "number", unit="percent")),
    ),
    field("extra.contact", "联系人身份证号", "text", personal=True),
    field("extra.complaints", "投诉件数", "number", unit="件"),
)


def criterion(path: str, no: str, title: str, kind: Any, points: int | None, wording: str = "") -> CriterionSpec:
    """A criterion with one clause, rounded to two digits."""
    clause = ClauseSpec("", "mark", {}, f"#/{path}")
    words = Words(wording=wording, basis=({"source": "S01", "clause": no},))
    return CriterionSpec(path, no, title, kind, points, (clause,), f"#/{path}", path.rpartition(".")[0], rounding=TWO, words=words)


MEMBERSHIP = criterion("organisation.membership", "1.1", "入会率", "base", 5, "入会率达到90%,每少2%扣0.5分,扣完为止")
CONTRACTS = criterion("rights.contracts", "2.1", "集体合同签订率", "base", 6, "按签订率计分")
TALK = criterion("rights.talk", "2.2", "现场评议", "base", 4, "评委平均分")
HONOURS = criterion("extra.honours", "3.1", "荣誉加分", "bonus", 3)
COMPLAINTS = criterion("extra.complaints", "3.2", "投诉扣分", "deduction", 5, "每件扣1分")
CRITERIA = (MEMBERSHIP, CONTRACTS, TALK, HONOURS, COMPLAINTS)
GATE = GateSpec(
    "organisation.chair_elected",
    "1.0",
    "主席依法选举产生",
    "chair_elected",
    False,
    (("not awarded", ""),),
    "incomplete",
    "#/gate",
    wording="未依法选举不得授予",
)
SECTIONS = (
    SectionSpec("organisation", "1", "组织建设", 5, "#/organisation", ""),
    SectionSpec("rights", "2", "维护职能", 10, "#/rights", "", rounding=Rounding(1)),
    SectionSpec("extra", "3", "附加项", None, "#/extra", ""),
)
READS = {
    "organisation.membership": ("organisation.membership",),
    "rights.contracts": ("rights.contracts",),
    "rights.talk": ("rights.talk",),
    "extra.honours": ("extra.honours",),
    "extra.complaints": ("extra.complaints", "extra.contact"),
}


RANKING = RankingSpec("", "", "#/rank", ("category",), ties=(TieSpec("organisation.membership", "high", "入会率", "#/tie"),))


def standard(criteria: tuple[CriterionSpec, ...]) -> Standard:
    """The standard of one track."""
    return Standard(
        title="职工之家考核标准",
        fields=FIELDS,
        sections=SECTIONS,
        criteria=criteria,
        gates=(GATE,),
        levels=(
            LevelSpec("model", "模范", "#/levels/0", at_least=Decimal("13.5")),
            LevelSpec("qualified", "合格", "#/levels/1", at_least=9),
        ),
        below=LevelSpec("none", "未达标", "#/below"),
        rankings=(RANKING,),
        identity=("unit",),
        category="category",
        full=15,
        caps={"bonus": 3},
        groups={},
        total_rounding=TWO,
        sources=DOCUMENT["x-rubric"]["sources"],
        period={"start": "2026-01-01", "end": "2026-12-31"},
    )


def track(categories: tuple[str, ...], criteria: tuple[CriterionSpec, ...]) -> Track:
    """A track whose criteria read what ``READS`` says."""
    plans = tuple(CriterionPlan(c, (), None, False, None, None, None, None, None, READS[c.path]) for c in criteria)
    rate = Call("/", (Name("organisation.members"), Name("organisation.employees")))
    gate = GatePlan(GATE, Name("organisation.chair_elected"), ("organisation.chair_elected",))
    ranking = RankingPlan(RANKING, Result("points", ""), None, (TiePlan(RANKING.ties[0], Name("organisation.membership")),))
    return Track(
        categories, standard(criteria), ((FIELDS[4], rate),), plans, (), (gate,), (), (ranking,), {"bonus": Constant(Column.of(3))}, {}, 1
    )


def small_plan() -> Plan:
    """The plan: 机关 is not asked for contracts."""
    tracks = (track(("企业",), CRITERIA), track(("机关",), (MEMBERSHIP, TALK, HONOURS, COMPLAINTS)))
    rubric = Rubric("small-home", "2026.1", "职工之家考核标准", DOCUMENT, "rubric.json")
    return Plan(rubric, standard(CRITERIA), ("企业", "机关"), tracks, FIELDS, CRITERIA, (GATE,), SECTIONS, {"rules.mark": "0.1.0"})


def small_submissions() -> Submissions:
    """Four units of one workbook and two JSON files."""
    letters = {f.path: chr(65 + i) for i, f in enumerate(FIELDS) if f.kind in ("text", "number", "truth", "date") and f.derive is None}
    letters |= {"rights.talk@评委1": "M", "rights.talk@评委2": "N"}
    sheet = Places(("企业.xlsx",), np.zeros(4, dtype=np.int32), "自评表", np.array([4, 5, 6, 8]), letters)
    loose = Places(("a/教育局.json", "财政局.json"), np.array([0, 1], dtype=np.int32), "", np.zeros(2, dtype=np.int64), {})
    honours = Records(
        np.array([0, 2, 2, 2, 2, 2, 3], dtype=np.int64),
        {"level": Column.texts(["国家级", "@省级", "市级"]), "share": Column.numbers([Decimal("0.5"), None, Decimal("0.125")])},
        np.array([0, 0, 0, 0, Why.MISSING, 0], dtype=np.uint8),
    )
    columns = {
        "unit": Column.texts(UNITS),
        "category": Column.texts(CATEGORIES),
        "organisation.employees": Column.numbers([100, 300, 45, 0, 77, 60]),
        "organisation.members": Column.numbers([80, 299, 45, 0, 70, 60]),
        "organisation.chair_elected": Column.truths([True, True, True, False, None, True]),
        "rights.contracts": Column.numbers([Decimal("0.9228"), 1, None, Decimal("0.875"), None, None]).masked_where(
            np.arange(6) == 4, Why.INVALID
        ),
        "rights.trained_on": Column.dates([date(2026, 3, 1), None, date(2025, 12, 31), None, None, None]),
        "rights.talk": Panel(
            ("评委1", "评委2"), (Column.numbers([90, 88, None, 70, 60, 95]), Column.numbers([Decimal("91.5"), None, None, 71, 60, 96]))
        ),
        "extra.honours": honours,
        "extra.contact": Column.texts(["110101199003070011", None, None, None, None, None]),
        "extra.complaints": Column.numbers([0, 1, 0, 2, 0, 0]),
    }
    raw = {(4, "rights.contracts"): "=九成", (0, "rights.contracts"): "92.28%"}
    part, inner = np.array([0, 0, 1, 0, 0, 1], dtype=np.int32), np.array([0, 1, 0, 2, 3, 1])
    return Submissions(UNITS, UNITS, columns, (sheet, loose), part, inner, raw)


def small_sheet(submissions: Submissions) -> ScoreSheet:
    """Points, full marks, reasons, values and section figures."""
    r = Reason
    rate = submissions.columns["organisation.members"] / submissions.columns["organisation.employees"]  # type: ignore[operator]
    missing, nothing = np.arange(6) == 4, np.isin(np.arange(6), (2, 5))
    points = {
        "organisation.membership": _points([2.5, 5, 5, None, 5, 5]).masked_where(np.arange(6) == 3, Why.DIVIDED_BY_ZERO),
        "rights.contracts": _points([5.54, 6, None, 5.25, None, None]).masked_where(missing, Why.INVALID),
        "rights.talk": _points([3.63, 3.52, 0, 2.82, 2.4, 3.82]),
        "extra.honours": _points([3, 0, 0, 0, 0, 1]),
        "extra.complaints": _points([0, -1, 0, -2, 0, 0]),
    }
    points["rights.contracts"] = Column(
        "number", points["rights.contracts"].values, np.array([0, 0, Why.NOT_PART, 0, Why.INVALID, Why.NOT_PART], dtype=np.uint8)
    )
    full = {
        "organisation.membership": Column.of(5).spread(6),
        "rights.contracts": Column.of(6).spread(6),
        "rights.talk": Column.of(4).spread(6),
        "extra.honours": Column.of(3).spread(6),
    }
    reasons = {
        "organisation.membership": [r.PART, r.FULL, r.FULL, r.DIVIDED_BY_ZERO, r.FULL, r.FULL],
        "rights.contracts": [r.PART, r.FULL, r.NOT_PART, r.PART, r.INVALID, r.NOT_PART],
        "rights.talk": [r.PART, r.PART, r.MISSING_AS_ZERO, r.PART, r.PART, r.PART],
        "extra.honours": [r.CAPPED, r.NONE, r.NONE, r.NONE, r.MISSING_AS_ZERO, r.ADDED],
        "extra.complaints": [r.NONE, r.TAKEN, r.NONE, r.TAKEN, r.NONE, r.NONE],
        "gate:organisation.chair_elected": [r.GATE_CLEAR, r.GATE_CLEAR, r.GATE_CLEAR, r.GATE_FIRED, r.GATE_OPEN, r.GATE_CLEAR],
    }
    values = {p: submissions.columns[p] for p in ("rights.contracts", "rights.talk", "extra.honours", "extra.complaints")}
    values["organisation.membership"] = Column("number", rate.values, rate.why, "percent")
    values["rights.contracts"] = Column("number", values["rights.contracts"].values, values["rights.contracts"].why, "percent")  # type: ignore[union-attr]
    sections = {
        "organisation": _points([2.5, 5, 5, None, 5, 5]),
        "rights": _points([9.17, 9.52, 0, 8.07, None, 9.55]).minted(1),
        "extra": _points([3, -1, 0, -2, 0, 1]),
    }
    assert nothing.any()
    return ScoreSheet(6, points, full, {n: np.array(c, dtype=np.uint8) for n, c in reasons.items()}, values, sections)


def small_standings() -> Standings:
    """Who stands where; 东方纺织厂 is incomplete, 光明粮油 not ranked."""
    figures = {
        "base": _points([11.67, 14.52, 5, 8.07, 7.4, 14.55]),
        "bonus": _points([3, 0, 0, 0, 0, 1]),
        "deduction": _points([0, 1, 0, 2, 0, 0]),
        "adjusted": _points([0, 0, 0, 0, 0, Decimal("-0.55")]),
        "total": _points([14.67, 13.52, 5, None, 7.4, 15]),
    }
    because = (
        (),
        (),
        (T("only assessed by the notice"),),
        (T("the figure of {title} is missing", title="入会率"), T("the gate fired")),
        (T("the gate cannot be decided"),),
        (),
    )
    status = ("ranked", "ranked", "ranked", "incomplete", "not ranked", "ranked")
    level, award = ("模范", "模范", "未达标", "", "未达标", "模范"), ("模范职工之家", "", "", "", "", "模范职工之家")
    return Standings(UNITS, CATEGORIES, np.array([1, 2, 2, 0, 0, 1]), figures, level, award, status, because)


def small_problems() -> tuple[Problem, ...]:
    """One problem of each severity, not yet in order."""
    return (
        Problem(
            "repair",
            T("“{text}” was read as {value}", text="92.28%", value=Decimal("92.28")),
            T("write a number"),
            UNITS[0],
            "企业.xlsx",
            "自评表",
            "G4",
            "rights.contracts",
        ),
        Problem(
            "error",
            T("“{text}” is no number", text="=九成"),
            T("write a number"),
            UNITS[4],
            "企业.xlsx",
            "自评表",
            "G8",
            "rights.contracts",
        ),
        Problem("warning", T("nobody gave a mark"), T("ask the panel"), UNITS[2], "a/教育局.json", "", "", "rights.talk"),
    )


def small_notice() -> Notice:
    """One seat a category."""
    seats = {"企业": Seats(1), "机关": Seats(1, "draw", 7)}
    return Notice(
        "small-home",
        seats,
        {"start": "2026-01-01", "end": "2026-12-31", "data_date": "2026-12-20"},
        award="模范职工之家",
        result="推荐名单",
        basis="工发〔2026〕1号",
    )


def small_outcome(lang: str = "zh", **changes: Any) -> Outcome:
    """The outcome; *changes* replace its parts."""
    submissions = small_submissions()
    population = {"rate": {"title": "mean rate", "over": "mean", "groups": [{"group": [], "n": 4, "value": "0.925"}]}}
    run = {"options": {"strict": False}}
    outcome = Outcome(
        small_plan(), small_notice(), submissions, small_sheet(submissions), small_standings(), small_problems(), population, run, lang
    )
    return replace(outcome, **changes)


def in_rows(outcome: Outcome, rows: list[int]) -> Outcome:
    """The same outcome with its units in another order (or only some of them)."""
    s, at = outcome.standings, np.array(rows, dtype=np.int64)

    def pick(texts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(texts[i] for i in rows)

    figures = {n: c.take(at) for n, c in s.figures.items()}
    standings = Standings(
        pick(s.unit), pick(s.category), s.rank[at], figures, pick(s.level), pick(s.award), pick(s.status), pick(s.because)
    )
    sheet = replace(outcome.sheet, full={n: c.spread(outcome.sheet.size) for n, c in outcome.sheet.full.items()})
    return replace(outcome, submissions=outcome.submissions.take(at), sheet=sheet.take(at), standings=standings)


def _points(values: list[Any]) -> Column:
    return Column.numbers([None if v is None else Decimal(str(v)) for v in values]).minted(2)
