"""Make the sample of the rubric ``team-home`` (班组升级建家): one NDJSON file of 14 production teams and 10 others.

    python samples/team-home/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports, sources S2g and S2a of the rubric): 14 teams of the workshops took part; a quality team (质检班)
was named 工人先锋号 after inspection. So there are 14 production teams, and 质检班 is among the others. No figure is real.

Generated (random.Random(SEED)): everything else. All names but that of 质检班 are invented. PIECES are chosen by hand so
that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

SEED = 14
FILE = "班组考核.ndjson"

# name and quality (0 best … 3 weakest)
UNITS = {
    "生产班组": [
        ("净水一班", 0), ("净水二班", 0), ("送水一班", 1), ("送水二班", 1), ("加药班", 0), ("沉淀班", 1), ("滤池班", 1),
        ("回用水一班", 2), ("回用水二班", 1), ("污泥班", 3), ("取水一班", 1), ("取水二班", 2), ("配电班", 0), ("调度班", 1),
    ],
    "辅助班组": [("质检班", 0), ("机修班", 0), ("电修班", 1), ("仪表班", 1), ("管网巡检班", 2), ("车队", 1), ("仓储班", 3), ("绿化班", 1), ("食堂班", 1), ("保安班", 2)],
}  # fmt: skip
CONDITIONS = ("产量创纪录", "质量创优", "革新成果", "节约标兵", "安全无事故", "抢修抢险", "服务品牌", "人才培养")
PROJECTS = ("阀门改造", "加药自控", "排泥优化", "泵房降噪", "水样柜改装", "照明改造", "台账电子化", "密封改进")

Row = dict[str, Any]


def judged(*marks: float | None) -> Row:
    """Marks of the five assessors."""
    return {f"考核员{i}": mark for i, mark in enumerate(marks, start=1)}


def quarters(*scores: float, veto: int = 0) -> list[Row]:
    """The safety assessment by quarters; in quarter *veto* a veto."""
    return [{"quarter": i, "score": score, "veto": i == veto} for i, score in enumerate(scores, start=1)]


def reforms(*benefits: float) -> list[Row]:
    return [{"name": PROJECTS[i % len(PROJECTS)], "benefit": benefit} for i, benefit in enumerate(benefits)]


def votes(very: int, fairly: int, so_so: int, bad: int) -> Row:
    return {"harmony.very": very, "harmony.fairly": fairly, "harmony.so_so": so_so, "harmony.bad": bad}


PIECES: dict[str, Row] = {
    # high: honours 3 + shared papers run into the cap of their group, all bonuses into 6
    "净水一班": {"prior": "先进", "people": 20, "manage.mechanism": "A", "manage.marks": judged(9.5, 9, 10, 9.2, 8.8), "manage.untrue": 0, "safety.quarters": quarters(99, 98, 100, 97), "output.tasks": 12, "output.done": 12, "output.cost": 0.95, "output.last_cost": 1,
             "output.quality": 99.6, "create.reforms": reforms(12, 9.5, 3, 6, 1), "create.suggestions": 26, "create.drills": 8, "harmony.meetings": 12, "harmony.visits_due": 5, "harmony.visits": 5, "harmony.attendance": 99.5, **votes(14, 5, 0, 0), "extra.flags": 4,
             "extra.honours": [{"award": "工人先锋号", "level": "省级"}, {"award": "先进集体", "level": "市级"}, {"award": "先进班组", "level": "公司"}], "extra.spread": [{"title": "加药联动", "teams": 1}, {"title": "反冲洗优化", "teams": 3}],
             "veto.conditions": [{"name": "革新成果"}, {"name": "节约标兵"}], "veto.last_accident": None},
    # every deduction on a step
    "回用水一班": {"prior": "合格", "people": 16, "manage.mechanism": "B", "manage.marks": judged(7, 8, None, 7.5, 6), "manage.untrue": 1, "safety.quarters": quarters(90, 85, 88, 86), "safety.violations": 1, "safety.minor": 0, "output.tasks": 10, "output.done": 9, "output.cost": 1.98,
              "output.last_cost": 2, "output.quality": 98, "create.plan": True, "create.checked": False, "create.expert": True, "create.reforms": reforms(4.5), "create.suggestions": 12, "create.drills": 5, "harmony.meetings": 9, "harmony.visits_due": 4, "harmony.visits": 3,
              "harmony.attendance": 97.5, **votes(4, 4, 2, 0), "extra.flags": 1, "extra.honours": [], "extra.spread": [{"title": "回用水调度", "teams": 2}], "extra.defects": 0, "extra.late": 1, "extra.missed": 1, "veto.conditions": [{"name": "人才培养"}]},
    "净水二班": {"veto.last_accident": "2024-03-02", "prior": "标杆"},  # an accident within three calendar years: not awarded
    "送水一班": {"like": "送水二班"},  # the same in all that counts: a shared rank
    "加药班": {"veto.conditions": []},  # none of the eight conditions: not awarded
    "沉淀班": {"safety.quarters": quarters(95, 96, 94, 97, veto=3)},  # one quarter vetoed: nothing
    "滤池班": {"extra.defects": 3},  # charged to 效益型, at most twelve
    "回用水二班": {"veto.discipline": None},  # planted: an undecided gate
    "污泥班": {"veto.serious": 1},  # total zero and not ranked
    "取水一班": {"harmony.attendance": 94.8},  # not ranked
    "取水二班": {"manage.marks": judged(7, 11, 8, 7, 6)},  # planted: a mark above ten
    "配电班": {"veto.discipline": True},  # passes at most
    "调度班": {"create.drills": None},  # planted: a blank counts 0
    "质检班": {"prior": "先进", "harmony.visits_due": 0, "harmony.visits": 0, "veto.conditions": [{"name": "质量创优"}]},  # nobody to visit: full marks
    "机修班": {"prior": "未定级"},  # not graded the year before: passes at most
    "电修班": {"manage.untrue": 3},  # no grade
    "仪表班": {"people": "12人"},  # planted: a number with its unit
    "车队": {**votes(4, 2, 0, 0), "people": 12},  # half of the ballots: nothing
    "绿化班": {"manage.marks": judged(8, 9, None, None, None)},  # planted: two marks are too few
}  # fmt: skip


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One team, drawn by quality."""
    people, making = rng.randint(9, 24), category == "生产班组"
    valid = people - rng.randint(0, 2)
    fairly, so_so = valid * (20, 30, 35, 35)[quality] // 100, valid * (0, 5, 15, 30)[quality] // 100
    safety, tasks, due = (96, 91, 84, 72)[quality], rng.randint(8, 14), rng.randint(2, 6)
    row: Row = {
        "$schema": "team-home", "unit": name, "category": category, "prior": ("先进", rng.choice(("先进", "合格")), "合格", "未定级")[quality], "people": people,
        "manage.mechanism": ("A", "B", "B", "C")[quality], "manage.marks": judged(*((18, 16, 14, 11)[quality] / 2 + rng.randint(0, 2) / 2 for _ in range(5))), "manage.untrue": (0, 0, 1, 2)[quality],
        "safety.quarters": quarters(*(safety + rng.randint(0, 4) for _ in range(4))), "safety.violations": (0, 0, 1, 2)[quality], "safety.minor": (0, 0, 0, 1)[quality],
        "create.expert": quality < 3, "create.plan": quality < 2, "create.checked": quality < 2, "create.reforms": reforms(*(rng.randint(2, 24) / 2 for _ in range((4, 3, 2, 0)[quality]))), "create.suggestions": people * (120, 95, 70, 30)[quality] // 100, "create.drills": (8, 7, 5, 2)[quality],
        "harmony.meetings": (12, 11, 9, 5)[quality], "harmony.visits_due": due, "harmony.visits": due - min(due, (0, 0, 1, 2)[quality]), "harmony.attendance": (99.2, 98.6, 97.4, 96)[quality], **votes(valid - fairly - so_so, fairly, so_so, 0),
        "extra.flags": rng.choice(((1, 2), (0, 1), (0,), (0,))[quality]), "extra.honours": [{"award": "先进班组", "level": "公司"}] if quality == 0 else [], "extra.spread": [], "extra.defects": 0, "extra.late": (0, 0, 1, 2)[quality], "extra.missed": (0, 0, 0, 1)[quality],
        "veto.conditions": [{"name": rng.choice(CONDITIONS)}], "veto.serious": 0, "veto.last_accident": None, "veto.discipline": False,
    }  # fmt: skip
    if making:
        last = rng.randint(80, 240)
        row.update(
            {
                "output.tasks": tasks,
                "output.done": tasks - (0, 0, 1, 2)[quality],
                "output.last_cost": last / 100,
                "output.cost": last * (95, 98, 99, 103)[quality] / 10000,
                "output.quality": (99.4, 98.8, 98, 96)[quality],
            }
        )
    else:
        row.update({"output.served": (96, 93, 86, 70)[quality] + rng.randint(0, 3), "output.overdue": (0, 1, 2, 4)[quality]})
    return row


def rows() -> list[Row]:
    """All rows in the order of the file."""
    rng = random.Random(SEED)
    found = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names}
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field != "unit"})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    return [*found.values(), {**found["食堂班"], "create.drills": 8}]  # planted: handed in twice


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows()).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
