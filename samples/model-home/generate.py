"""Generates the sample submissions of the rubric "model-home" (模范职工之家).

    python samples/model-home/generate.py [OUTDIR]      (default: submissions/ beside this file)

Real: nothing but the shape of the figures. The place (甲川市) and all units are invented; real organisations are
named in README.md as background only and are not scored. One planted figure is borrowed as text: "92.28%" is the
coverage published by a district federation in 2014; here it stands in an invented unit as an example of a text percentage.
Generated: every value, with random.Random(SEED) and the settings below, then the overrides that plant
gates, ties, items that do not apply and the faults listed in README.md. Same seed, same bytes.
"""

from __future__ import annotations

import copy
import datetime
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SEED = 20260131
PERIOD_END = datetime.date(2025, 12, 31)
RATERS = [f"评委{i}" for i in range(1, 6)]
Unit = dict[str, Any]

# name, category, employees, quality (1 = hardly ever at fault), overrides (dotted path → value; ... removes the field)
UNITS: list[tuple[str, str, int, float, Unit]] = [
    ("甲川市第一机械厂工会", "企业", 1260, 1.0, {}),
    ("甲川市云帆电子公司工会", "企业", 840, 0.97, {}),
    ("甲川市北港水泥公司工会", "企业", 520, 0.92, {}),
    ("甲川市清源自来水公司工会", "企业", 310, 0.95, {}),
    # u005, u006 tie at the line: u006 is made from u005 (see main)
    ("甲川市长风客运公司工会", "企业", 450, 0.96, {}),
    ("甲川市明湖酒店公司工会", "企业", 450, 0.96, {}),
    # deductions exactly on the steps: 88 % = one step of 2 %, 97 % = three of 1 %, 19 % = three of 2 %, 75 % = two of 5 %
    (
        "甲川市南桥化工公司工会",
        "企业",
        2500,
        0.95,
        {
            "members": 2200,
            "rights.contracts": 2425,
            "organisation.activists": 418,
            "organisation.activists_unlisted": True,
            "rights.covered": 2000,
            "rights.collective_missing": 1,
            "rights.pension": 90,
            "rights.medical": 88,
            "rights.unemployment": 86,
            "rights.injury": 92,
            "rights.maternity": 84,
            "activities.contest_rate": 75,
            "activities.culture_events": 4,
            "activities.info_task": 20,
            "activities.info_sent": 14,
            "finance.dues_rate": 94.9,
            "extra.insured": 1650,
            "rights.hazards_overdue": 1,
            "rights.patrol_missing": 3,
            "rights.performance_satisfaction": 93.7,
        },
    ),
    (
        "甲川市东岭煤业公司工会",
        "企业",
        2300,
        0.9,
        {"review.major_accidents": 1, "review.incident": "较大", "activities.contest_rate": "92.28%"},
    ),
    ("甲川市华盛纺织公司工会", "企业", 690, 0.85, {"rights.contracts": 654}),  # 94.78 % of contracts: below the 95 % that is 必备
    (
        "甲川市金穗粮油公司工会",
        "企业",
        200,
        0.8,
        {"members": 160, "rights.wage_talks": "未开展"},
    ),  # 80 %: exactly five steps, gate not fired
    ("甲川市宏远建筑公司工会", "企业", 980, 0.6, {"members": 774, "democracy.congress_sessions": 0}),  # 78.98 %: no level
    ("甲川市天工仪表公司工会", "企业", 265, 0.95, {"finance.dues_rate": 104}),  # outside 0–100
    ("甲川市新河港务公司工会", "企业", 610, 0.9, {"review.fraud": True}),
    ("甲川市安达物流公司工会", "企业", 375, 0.5, {"review.refused": True}),
    ("甲川市水务局机关工会", "机关", 86, 0.98, {"review.held_title": "模范职工之家"}),
    (
        "甲川市统计局机关工会",
        "机关",
        22,
        0.96,
        {  # too small for groups; no appeals: both left out
            "organisation.groups": 0,
            "organisation.active_groups": 0,
            "rights.appeals": 0,
            "rights.appeals_closed": 0,
            "women": 9,
        },
    ),
    ("甲川市交通局机关工会", "机关", 140, 0.9, {}),
    ("甲川市财政局机关工会", "机关", 118, 0.97, {"satisfaction.votes_sent": 118, "satisfaction.votes_valid": 68}),  # turnout 57.6 %
    ("甲川市农业局机关工会", "机关", 95, 0.8, {"organisation.chair_elected": False}),
    (
        "甲川市气象局机关工会",
        "机关",
        34,
        0.75,
        {
            "women": 0,
            "organisation.groups": 4,
            "organisation.active_groups": 3,
            "service.women_committee": ...,
            "service.women_contract": ...,
        },
    ),  # no women: not deducted
    (
        "甲川市档案局机关工会",
        "机关",
        41,
        0.93,
        {
            "review.held_title": "合格职工之家",
            "service.hardship": 0,
            "service.helped": 0,
            "democracy.motions": 0,
            "democracy.motions_answered": 0,
        },
    ),
    ("甲川市商务局机关工会", "机关", 77, 0.5, {"co_build.party_meetings": 0}),
    ("甲川市第一中学工会", "事业", 236, 0.98, {}),
    ("甲川市中心医院工会", "事业", 1130, 0.94, {}),
    ("甲川市图书馆工会", "事业", 48, 0.95, {"service.hardship": 0, "service.helped": 0}),
    (
        "甲川市实验小学工会",
        "事业",
        152,
        0.92,
        {  # chair in office for half a year: full marks; no task set: left out
            "organisation.chair_took_office": "2025-07-01",
            "organisation.chair_trained_on": ...,
            "activities.info_task": 0,
            "activities.info_sent": 0,
        },
    ),
    ("甲川市林业站工会", "事业", 63, 0.85, {"finance.audit_grade": "—", "activities.culture_events": ...}),  # blanks: 0 points
    ("甲川市文化馆工会", "事业", 39, 0.8, {"finance.slush_fund": True}),
    ("甲川市职业学院工会", "事业", 415, 0.97, {"review.held_title": "合格职工之家"}),
    ("甲川市疾控中心工会", "事业", 127, 0.6, {"review.spot_failures": None}),  # 扣分项 blank: asked for
    ("甲川市蓝岸服装公司工会", "非公企业", 380, 0.98, {}),
    ("甲川市恒味食品公司工会", "非公企业", 290, 0.95, {}),
    ("甲川市巨森家具公司工会", "非公企业", 175, 0.93, {"rights.disputes": 0, "rights.mediated": 0}),
    (
        "甲川市启明软件公司工会",
        "非公企业",
        520,
        0.9,
        {  # full-width digits; 101.56 like 蓝岸服装, parted by 会员满意度
            "rights.performance_satisfaction": "９２",
            "democracy.motions": 0,
            "democracy.motions_answered": 0,
            "satisfaction.site_review": dict(zip(RATERS, (88, 96, 87, 88, 85), strict=True)),
        },
    ),
    ("甲川市瑞禾农机公司工会", "非公企业", 210, 0.93, {"rights.performance_satisfaction": 88.6}),  # below the 90 % that is 必备
    (
        "甲川市锦程汽配公司工会",
        "非公企业",
        640,
        0.9,
        {
            "satisfaction.votes_sent": 300,
            "satisfaction.votes_valid": 275,
            "satisfaction.votes_satisfied": 201,
            "satisfaction.votes_fair": 46,
        },
    ),  # 89.8 % satisfied
    ("甲川市飞鹤玩具公司工会", "非公企业", 155, 0.85, {"review.veto_tax": True, "service.visits_missed": 2}),
    (
        "甲川市乐家超市公司工会",
        "非公企业",
        430,
        0.7,
        {
            "rights.wage_talks": "正在协商",
            "review.veto_environment": None,  # blank veto: none
            "rights.performance_satisfaction": 99.8,
        },
    ),  # 85.00: exactly on the line
    (
        "甲川市顺风快递公司工会",
        "非公企业",
        720,
        0.4,
        {"rights.wage_talks": "未开展", "rights.collective_signed": False, "rights.covered": 0},
    ),
    ("甲川市盛源电器公司工会", "非公企业", 265, 0.75, {}),
    ("甲川市佳美印刷公司工会", "非公企业", 98, 0.88, {}),
    ("甲川市佳美印刷公司工会", "非公企业", 98, 0.86, {}),  # the same unit handed in twice
]


def main(out: Path) -> None:
    rng = random.Random(SEED)
    units = []
    for name, category, size, quality, overrides in UNITS:
        units.append(_unit(rng, name, category, size, quality))
        for path, value in overrides.items():
            _put(units[-1], path, value)
    _tie(units[4], units[5])
    out.mkdir(parents=True, exist_ok=True)
    for number, unit in enumerate(units, start=1):
        text = json.dumps(unit, ensure_ascii=False, indent=2) + "\n"
        (out / f"u{number:03d}.json").write_bytes(text.encode("utf-8"))


def _tie(first: Unit, second: Unit) -> None:
    """Make *second* equal to *first* in total, satisfaction and membership, with other figures underneath."""
    name = second["unit"]
    second.clear()
    second.update(copy.deepcopy(first))
    second["unit"] = name
    for path in ("employees", "members", "rights.contracts", "rights.covered", "extra.insured", "organisation.activists"):
        _put(second, path, _get(first, path) * 2)
    for path, value in {"co_build.party_meetings": 5, "service.books": 3600, "democracy.openness_times": 8}.items():
        _put(second, path, value)


def _get(unit: Unit, path: str) -> Any:
    for key in path.split("."):
        unit = unit[key]
    return unit


def _put(unit: Unit, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for key in parents:
        unit = unit[key]
    if value is ...:
        unit.pop(last, None)
    else:
        unit[last] = value


def _unit(rng: random.Random, name: str, category: str, size: int, q: float) -> Unit:
    def good() -> bool:
        return rng.random() < 0.2 + 0.78 * q

    def share(whole: int, low: float, high: float = 1.0) -> int:
        """A share of *whole*: near *high* for a good unit, down to *low* for a poor one."""
        return round(whole * max(0.0, min(1.0, high - (high - low) * (1 - q) * rng.uniform(0.6, 2.0))))

    def rate(low: float, high: float = 100.0) -> float:
        return round(max(low, high - (high - low) * (1 - q) * rng.uniform(0.4, 1.6)), 1)

    members = share(size, 0.72)
    unit: Unit = {
        "$schema": "model-home",
        "unit": name,
        "category": category,
        "employees": size,
        "members": members,
        "women": round(size * rng.uniform(0.2, 0.5)),
        "reported_on": str(PERIOD_END + datetime.timedelta(days=rng.randint(10, 31) if good() else rng.randint(32, 36))),
        "co_build": {
            "party_meetings": rng.randint(2, 4) if good() else 1,
            "plan_included": good(),
            "lead_group": good(),
            "yearly_check": good(),
            "joint_meetings": rng.randint(2, 4) if good() else 1,
            "chair_standing": "落实" if good() else "部分落实",
            "has_venue": True,
            "venue_missing": 0 if good() else rng.randint(1, 3),
        },
        "organisation": _organisation(rng, category, size, members, good, share),
        "rights": _rights(rng, category, size, good, share, rate),
        "democracy": _democracy(rng, category, size, q, good, share),
        "service": _service(rng, size, good, share),
        "activities": _activities(rng, size, good, share, rate),
        "finance": {
            "dues_rate": 100 if good() else rate(70),
            "audit_grade": "A" if good() else rng.choice("BC"),
            "budget_reported": True,
            "audits": 2 if good() else 1,
            "slush_fund": False,
        },
        "satisfaction": _satisfaction(rng, members, q),
        "extra": _extra(rng, members, q, good, share),
        "review": {
            "spot_failures": 0 if good() else rng.randint(1, 3),
            "incident": "无" if good() or good() else "一般",
            "held_title": rng.choice(["先进职工之家", "模范职工之家"]),
            "major_accidents": 0,
            "leaders_punished": False,
            "criticised": False,
            "group_event": False,
            "veto_tax": False,
            "veto_social": False,
            "veto_environment": False,
            "fraud": False,
            "refused": False,
        },
    }
    return unit


Good = Callable[[], bool]
Share = Callable[..., int]
Rate = Callable[..., float]


def _organisation(rng: random.Random, category: str, size: int, members: int, good: Good, share: Share) -> Unit:
    took = datetime.date(2021, 1, 4) + datetime.timedelta(days=rng.randrange(1300))
    overdue = not good()
    end = (
        PERIOD_END - datetime.timedelta(days=rng.randint(5, 80)) if overdue else PERIOD_END + datetime.timedelta(days=rng.randint(60, 900))
    )
    groups = max(1, size // 30)
    unit: Unit = {
        "chair_elected": True,
        "committee_complete": True,
        "duties_unclear": not good(),
        "relation_unclear": not good(),
        "complaints": not (good() or good()),
        "term_end": str(end),
        "chair_took_office": str(took),
        "chair_trained_on": str(took + datetime.timedelta(days=rng.randint(60, 360) if good() else rng.randint(370, 500))),
        "groups": groups,
        "active_groups": share(groups, 0.5),
    }
    if overdue and rng.random() < 0.4:
        unit["extension_no"] = f"甲工复〔2025〕{rng.randint(3, 60)}号"
    if category == "企业":
        unit |= {"activists": share(members, 0.1, 0.28), "activists_unlisted": not good()}
    if category in ("机关", "事业"):
        unit |= {"committee_meetings": rng.randint(4, 6) if good() else rng.randint(2, 3)}
    if category == "非公企业":
        unit |= {"sign_shown": good(), "chair_shown": good()}
    return unit


def _rights(rng: random.Random, category: str, size: int, good: Good, share: Share, rate: Rate) -> Unit:
    safety = {"hazards_overdue": 0 if good() else rng.randint(1, 2), "patrol_missing": 0 if good() else rng.randint(1, 3)}
    if category == "机关":
        appeals = rng.randint(3, 30)
        return {**safety, "appeals": appeals, "appeals_closed": share(appeals, 0.6), "health_check": True, "leave_rate": rate(60, 98.0)}
    disputes = rng.randint(1, 3 + size // 60)
    unit: Unit = {
        "contracts": max(share(size, 0.97), -(-size * 95 // 100)),
        "pension": rate(75),
        "medical": rate(80),
        "unemployment": rate(70),
        "injury": rate(80),
        "maternity": rate(70),
        "disputes": disputes,
        "mediated": share(disputes, 0.5),
        **safety,
    }
    if category != "事业":
        unit |= {
            "performance_satisfaction": max(90.5, rate(85, 99.6)),
            "collective_signed": True,
            "covered": share(size, 0.6),
            "collective_missing": 0 if good() else rng.randint(1, 2),
            "wage_talks": "签订专项合同" if good() else rng.choice(["写入集体合同", "正在协商"]),
        }
    return unit


def _democracy(rng: random.Random, category: str, size: int, q: float, good: Good, share: Share) -> Unit:
    motions, reps = rng.randint(5, 40), max(7, size // 12)
    unit: Unit = {
        "congress_sessions": 2 if good() else 1,
        "motions": motions,
        "motions_answered": share(motions, 0.6),
        "board_open": good(),
        "openness_times": rng.randint(4, 9) if good() else rng.randint(1, 3),
    }
    if category != "机关":
        unit |= {"reps": reps, "reps_trained": share(reps, 0.4)}
    if category != "非公企业":
        unit |= {"leader_review": round(max(0.8, 2 - 2.4 * (1 - q) * rng.uniform(0.3, 1.6) - rng.choice([0, 0.1, 0.2])), 1)}
    return unit


def _service(rng: random.Random, size: int, good: Good, share: Share) -> Unit:
    hardship = rng.randint(1, 2 + size // 40)
    return {
        "hardship": hardship,
        "helped": share(hardship, 0.5),
        "visits_missed": 0 if good() else rng.randint(1, 4),
        "books": rng.randrange(2000, 5200, 50) if good() else rng.randrange(400, 1900, 50),
        "periodicals": rng.randint(10, 24) if good() else rng.randint(3, 9),
        "women_committee": True,
        "women_contract": good(),
    }


def _activities(rng: random.Random, size: int, good: Good, share: Share, rate: Rate) -> Unit:
    suggestions, task = rng.randint(6, 10 + size // 8), rng.choice([12, 20, 24])
    return {
        "contest_held": True,
        "contest_unplanned": not good(),
        "contest_rate": rate(55, 96.0),
        "suggestion_rounds": 2 if good() else 1,
        "suggestions": suggestions,
        "suggestions_done": share(suggestions, 0.3, 0.85),
        "culture_events": rng.randint(6, 11) if good() else rng.randint(3, 5),
        "info_task": task,
        "info_sent": rng.randint(task, task + 8) if good() else share(task, 0.3),
    }


def _satisfaction(rng: random.Random, members: int, q: float) -> Unit:
    sent = min(300, members)
    valid = round(sent * rng.uniform(0.82, 0.99))
    unhappy = round(valid * (0.01 + 0.14 * (1 - q) * rng.uniform(0.5, 1.2)))
    fair = round(valid * rng.uniform(0.03, 0.12))
    return {
        "votes_sent": sent,
        "votes_valid": valid,
        "votes_satisfied": valid - unhappy - fair,
        "votes_fair": fair,
        "site_review": _marks(rng, q),
    }


def _extra(rng: random.Random, members: int, q: float, good: Good, share: Share) -> Unit:
    honours = [
        {
            "award": rng.choice(["工人先锋号", "安康杯竞赛优胜单位", "职工书屋示范点", "劳动竞赛先进集体"]),
            "level": rng.choice(["省级", "市级", "市级", "县级", "县级"]),
            "date": str(datetime.date(2025, 1, 6) + datetime.timedelta(days=rng.randrange(355))),
        }
        for _ in range(rng.randint(0, round(3 * q)) if good() else 0)
    ]
    unit: Unit = {
        "honours": honours,
        "insured": share(members, 0.55, 0.98),
        "promoted": rng.randint(0, 2) if good() else 0,
        "promoted_joint": 0,
        "info_adopted": rng.randint(0, 14),
    }
    if rng.random() < 0.35:
        unit |= {"promoted_joint": rng.randint(1, 2), "joint_units": rng.choice([2, 3])}
    if rng.random() < 0.5:
        unit |= {
            "brand_title": rng.choice(["一线工友诊所", "流动课堂", "云上职工之家", "师徒结对工坊", "暑期托管班"]),
            "brand": _marks(rng, q),
        }
    return unit


def _marks(rng: random.Random, q: float) -> Unit:
    """Marks of the five raters; now and then one is absent (null)."""
    marks: Unit = {name: min(100, max(0, round(62 + 34 * q + rng.uniform(-6, 4)))) for name in RATERS}
    if rng.random() < 0.12:
        marks[rng.choice(RATERS)] = None
    return marks


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "submissions")
