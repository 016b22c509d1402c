"""Make the sample of the rubric ``congress`` (职代会标准化、厂务公开): one NDJSON file of 27 units.

    python samples/congress/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report, source S2g of the rubric): a congress collected ten motions; so 临江造纸有限公司 has a list of ten.
No real unit's figures are used.

Generated (random.Random(SEED)): everything else. All names are invented. PIECES are chosen by hand so that the README
can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

SEED = 43
FILE = "职代会自评.ndjson"
UNITS = {
    "国有企业": [("临江造纸有限公司", 0), ("澄城机床有限公司", 0), ("青原矿业有限公司", 0), ("望湖钢构有限公司", 0), ("栖山水电有限公司", 1), ("霁野化工有限公司", 1), ("朗洲港务有限公司", 1), ("桐谷粮油有限公司", 2), ("苇原农机有限公司", 3)],
    "事业单位": [("汀洲职业学校", 0), ("澄江第二医院", 0), ("青溪勘测院", 1), ("望岭林场", 1), ("栖原图书馆", 1), ("沐川博物馆", 2), ("霁湖水文站", 2), ("朗泉测绘院", 1)],
    "非公企业": [("云岫光电有限公司", 0), ("知野乳业有限公司", 0), ("拾光软件有限公司", 1), ("听涛渔具有限公司", 1), ("晚舟服饰有限公司", 1), ("松石陶瓷有限公司", 1), ("槐荫家纺有限公司", 2), ("竹溪茶业有限公司", 2), ("溪山玩具有限公司", 3), ("皓月包装有限公司", 2)],
}  # fmt: skip
TOPICS = ("食堂改造", "夜班补贴", "停车管理", "防暑降温", "技能培训", "班车线路", "年休安排", "劳保用品", "宿舍维修", "体检项目")

Row = dict[str, Any]


def motions(states: str) -> list[Row]:
    """Motions from letters: d settled, l settled late, w under way, n not answered."""
    kinds = {"d": ("办结", 20), "l": ("办结", 42), "w": ("办理中", 30), "n": ("未答复", None)}
    return [{"topic": TOPICS[i % len(TOPICS)], "state": kinds[letter][0], "days": kinds[letter][1]} for i, letter in enumerate(states)]


def sessions(*held: tuple[str, int, int]) -> list[Row]:
    """Meetings: date, delegates due, delegates present."""
    return [{"date": date, "delegates": due, "attended": there} for date, due, there in held]


def panel(*marks: float | None) -> Row:
    """Marks of the five judges."""
    return {f"评委{i}": mark for i, mark in enumerate(marks, start=1)}


PIECES: dict[str, Row] = {
    # high: honours 3 + 2 run into the cap of 4; ten motions (real)
    "临江造纸有限公司": {"motions.list": motions("dddddddddw"), "procedure.sessions": sessions(("2026-01-22", 120, 114), ("2026-07-16", 120, 112)), "procedure.front_line": 66, "procedure.all_delegates": 120, "procedure.term": "按期换届",
                  "procedure.matters": 4, "procedure.passed": 4, "procedure.marks": panel(95, 97.5, 92, 99, 96), "lead.rules_missing": 0, "lead.studied": 2, "open.items_missing": 0, "open.quarters": 4, "open.net": True, "oversight.appraised": 9,
                  "oversight.leaders": 9, "oversight.directors": "均有", "survey.sent": 200, "survey.very": 150, "survey.fairly": 30, "survey.so_so": 10, "survey.not_at_all": 0, "veto.named_on": "2022-12-20",
                  "extra.honours": [{"name": "厂务公开民主管理先进单位", "level": "全国"}, {"name": "厂务公开民主管理先进单位", "level": "省级"}, {"name": "优秀职代会", "level": "省级"}], "extra.overdue": 0},
    "澄城机床有限公司": {"veto.named_on": "2024-06-30"},  # named within three years
    # every deduction on a step
    "霁野化工有限公司": {"lead.rules_missing": 2, "lead.studied": 1, "procedure.term": "逾期一年内", "procedure.sessions": sessions(("2026-03-10", 100, 80)), "procedure.front_line": 45, "procedure.all_delegates": 100, "procedure.matters": 5, "procedure.passed": 4,
                  "procedure.secret": True, "procedure.published": False, "procedure.marks": panel(80, 85, None, 90, 88), "motions.list": motions("dddlw"), "open.items_missing": 2, "open.quarters": 3, "open.net": False,
                  "oversight.appraised": 4, "oversight.leaders": 5, "oversight.directors": "只有一种", "survey.sent": 100, "survey.very": 40, "survey.fairly": 20, "survey.so_so": 0, "survey.not_at_all": 0, "extra.overdue": 1, "extra.honours": []},
    "朗洲港务有限公司": {"procedure.sessions": sessions(("2026-02-05", 90, 85), ("2026-08-20", 90, 59))},  # one session without a quorum
    "桐谷粮油有限公司": {"procedure.sessions": sessions(("2025-11-02", 60, 55))},  # no congress within the year
    "苇原农机有限公司": {"survey.very": 20, "survey.fairly": 20, "survey.so_so": 12, "survey.not_at_all": 6, "survey.sent": 100},  # 58 ballots of 100: void
    "汀洲职业学校": {"veto.bypassed": True},  # three stars at most
    "望岭林场": {"like": "青溪勘测院"},  # the same in all that counts: a shared rank
    "栖原图书馆": {"procedure.matters": 0, "procedure.passed": 0},  # 2.5 not applicable: scaled within the section
    "沐川博物馆": {"motions.list": []},  # no motions
    "霁湖水文站": {"lead.studied": None, "procedure.matters": "６"},  # planted: a blank counts 0; full-width digits
    "朗泉测绘院": {"open.quarters": 5},  # planted: above 4
    "拾光软件有限公司": {"veto.incident": True},
    "听涛渔具有限公司": {"veto.fraud": True},
    "晚舟服饰有限公司": {"extra.complaints": 2},
    "松石陶瓷有限公司": {"veto.fraud": None},  # planted: an undecided gate
    "皓月包装有限公司": {"survey.sent": "200张"},  # planted: the unit of measure within the number
}  # fmt: skip


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One unit, drawn by quality (0 best … 3 weakest); keys are paths."""
    delegates = rng.randint(8, 24) * 5
    sent = rng.randint(8, 20) * 10
    ballots = sent * (96, 90, 84, 76)[quality] // 100
    very, fairly = ballots * (82, 66, 45, 30)[quality] // 100, ballots * (14, 24, 30, 30)[quality] // 100
    matters, leaders = rng.randint(3, 6), rng.randint(3, 8)
    base = (94, 87, 78, 66)[quality]
    return {
        "unit": name, "category": category, "lead.party_led": True, "lead.admin_duty": quality < 3, "lead.union_office": quality < 2, "lead.rules_missing": rng.choice(((0,), (0, 1), (2, 3), (5,))[quality]),
        "lead.studied": rng.choice(((2, 3), (2, 1), (1,), (0,))[quality]), "procedure.term": rng.choice((("按期换届",), ("按期换届",), ("按期换届", "逾期一年内"), ("逾期一年以上",))[quality]),
        "procedure.sessions": sessions((f"2026-0{rng.randint(1, 4)}-{rng.randint(10, 28)}", delegates, delegates * rng.choice(((95, 97, 92), (91, 88, 93), (82, 79), (70,))[quality]) // 100)),
        "procedure.front_line": delegates * rng.choice(((60, 55), (50, 52, 48), (44, 38), (31,))[quality]) // 100, "procedure.all_delegates": delegates, "procedure.matters": matters,
        "procedure.passed": matters - (0, 0, 1, 3)[quality], "procedure.secret": quality < 2, "procedure.published": quality < 3,
        "procedure.marks": panel(*(base + rng.randint(-6, 5) for _ in range(5))), "motions.list": motions(rng.choice((("ddddddd", "dddddddd", "dddddw"), ("ddddw", "dddddl", "dddd"), ("ddlw", "dln"), ("wn",))[quality])),
        "open.items_missing": rng.choice(((0,), (0, 1), (2, 3), (5,))[quality]), "open.quarters": (4, 4, 3, 1)[quality], "open.board": True, "open.meeting": quality < 3, "open.net": rng.choice(((True,), (True, False), (False,), (False,))[quality]),
        "oversight.appraised": leaders - (0, 0, 1, 2)[quality], "oversight.leaders": leaders,
        "oversight.directors": None if category == "事业单位" else rng.choice((("均有",), ("均有", "只有一种", "不设董事会监事会"), ("只有一种",), ("均无",))[quality]),
        "survey.sent": sent, "survey.very": very, "survey.fairly": fairly, "survey.so_so": (ballots - very - fairly) // 2, "survey.not_at_all": ballots - very - fairly - (ballots - very - fairly) // 2,
        "extra.honours": [{"name": "厂务公开民主管理先进单位", "level": rng.choice(("省级", "市级"))}] if quality == 0 else [], "extra.overdue": (0, 0, 1, 3)[quality], "extra.complaints": 0,
        "veto.named_on": None, "veto.bypassed": False, "veto.incident": False, "veto.fraud": False,
    }  # fmt: skip


def rows() -> list[Row]:
    """All rows in the order of the file, planted faults included."""
    rng = random.Random(SEED)
    drawn = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names}
    for name, pieces in PIECES.items():
        if "like" in pieces:
            drawn[name].update({path: value for path, value in drawn[pieces["like"]].items() if path != "unit"})
        drawn[name].update({path: value for path, value in pieces.items() if path != "like"})
    again = {**drawn["槐荫家纺有限公司"], "open.quarters": 2}  # planted: handed in twice
    return [*drawn.values(), again]


def nested(row: Row) -> Row:
    """The dotted paths as objects."""
    out: Row = {}
    for path, value in row.items():
        *sections, name = path.split(".")
        inner = out
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[name] = value
    return out


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"$schema": "congress", **nested(row)}, ensure_ascii=False) for row in rows()]
    (folder / FILE).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
