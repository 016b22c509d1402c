"""Make the sample of the rubric ``safety-cup`` (安康杯竞赛): three CSVs in GB18030, 16 enterprises and 10 teams.

    python samples/safety-cup/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report of a waterworks, source S2g of the rubric): 126 mottos on safety, 12 banners, 63 drivers in a driving
contest. They stand in the row of 曲汀净水厂. Nothing else is real.

Generated (random.Random(SEED)): everything else. All names are invented. PIECES are chosen by hand so that the README
can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path
from typing import Any

SEED = 126
FILE = "安康杯自评表.csv"
MOTTOS, BANNERS, DRIVERS = 126, 12, 63  # real

# name and quality (0 best … 3 weakest)
UNITS = {
    "企业": [
        ("曲汀净水厂", 0), ("栖霁热电厂", 0), ("望川矿业公司", 0), ("青岚化工厂", 1), ("汀兰造船厂", 1), ("桐影纸业公司", 1), ("朗泉酿造厂", 0), ("沐禾农机厂", 1),
        ("苇舟航运公司", 1), ("松石水泥厂", 2), ("槐里印染厂", 2), ("皓原钢构公司", 0), ("竹溪公交公司", 1), ("晚晴玻璃厂", 3), ("云岫轴承厂", 2), ("知野乳品厂", 1),
    ],
    "班组": [
        ("曲汀净水厂化验班", 0), ("栖霁热电厂锅炉班", 0), ("望川矿业公司掘进班", 1), ("青岚化工厂合成班", 1), ("汀兰造船厂焊接班", 0), ("桐影纸业公司制浆班", 2), ("朗泉酿造厂灌装班", 1), ("苇舟航运公司轮机班", 2),
        ("松石水泥厂窑炉班", 3), ("竹溪公交公司修理班", 1),
    ],
}  # fmt: skip
ONES = (
    "一次动员会",
    "一次安全培训",
    "一次安全检查",
    "一次应急演练",
    "一条安全建议",
    "一条安全格言",
    "一次知识答题",
    "一次技能比赛",
    "一次家属嘱托",
    "一期宣传专栏",
)
TITLES = {
    "unit": "参赛单位", "category": "类别", "self": "自评分", "scheme": "活动方案细则", "group": "考核小组", "committee": "成立竞赛委员会", "chief": "主要领导任主任", "watch": "安全员在岗", "pledged": "安全责任书签订率", "late": "季报迟报天数(天)",
    **{f"one{i}": one for i, one in enumerate(ONES, start=1)}, "mottos": "安全格言条数", "banners": "安全标语条数", "people": "职工人数", "answered": "答题人数", "mean": "答题平均分", "contests": "专项比赛次数", "drivers": "专项比赛参加人数",
    "found": "查出隐患数", "fixed": "整改隐患数", "over": "职业危害超标点比例", "gear": "劳保用品发放率", "checks": "工会参加安全检查次数", "special": "特种作业人数", "certified": "持证人数", "joined": "班组参赛率", "lacking": "班组记录缺项数",
    "weekly": "班组安全活动缺少周数", "q1": "第一季度安全定级分", "q2": "第二季度安全定级分", "q3": "第三季度安全定级分", "q4": "第四季度安全定级分", "violations": "三违人次", "content": "职工满意率",
    **{f"judge{i}": f"特色工作打分@评委{i}" for i in range(1, 6)}, "adopted": "安全建议采纳数", "held": "组织开展竞赛活动", "hidden": "瞒报事故", "last": "上次省级优胜日期", "title": "已有最高称号", "years": "连续参赛年数",
}  # fmt: skip

Row = dict[str, Any]


def judged(*marks: float | str) -> Row:
    """Marks of the five judges."""
    return {f"judge{i}": mark for i, mark in enumerate(marks, start=1)}


def ones(marks: str) -> Row:
    """The ten ones, a letter each: + done, - not."""
    return {f"one{i}": "是" if mark == "+" else "否" for i, mark in enumerate(marks, start=1)}


def quarters(*grades: float) -> Row:
    return {f"q{i}": grade for i, grade in enumerate(grades, start=1)}


PIECES: dict[str, Row] = {
    # high, recommended as a model: extras run into the cap of 4; mottos, banners and drivers are real
    "曲汀净水厂": {"self": 101, "pledged": 100, "late": 0, **ones("+" * 10), "mottos": MOTTOS, "banners": BANNERS, "people": 300, "answered": 294, "mean": 96, "contests": 2, "drivers": DRIVERS, "found": 40, "fixed": 40, "over": 0, "gear": 100,
              "checks": 4, "special": 20, "certified": 20, "joined": 100, "lacking": 0, "weekly": 1, **quarters(100, 98, 100, 98), "content": 96, **judged(95, 90, 97, 92, 88), "adopted": 38, "last": "2020-11-06", "title": "省级", "years": 6,
              "honours": [("安全生产先进单位", "省级"), ("安全生产先进单位", "市级")]},
    # every deduction on a step; two accidents, the heavier counts
    "桐影纸业公司": {"self": 84, "scheme": "是", "chief": "否", "pledged": 90, "late": 1, **ones("++++++++--"), "mottos": 89, "banners": 10, "people": 400, "answered": 304, "mean": 84, "contests": 1, "drivers": 59, "found": 50, "fixed": 49, "over": 15,
               "gear": 95, "checks": 3, "special": 50, "certified": 49, "joined": 85, "lacking": 5, "weekly": 4, **quarters(90, 85, 88, 87), "content": 83, **judged(80, 75, "", 82, 70), "adopted": 6, "last": "", "title": "市级", "years": 3,
               "accidents": [("人身", "轻伤", "2026-04-18"), ("设备", "无伤", "2026-09-02")]},
    "栖霁热电厂": {"last": "2023-05-20", "title": "省级", "years": 8},  # a winner within five years: not awarded
    "青岚化工厂": {"like": "汀兰造船厂"},  # the same in all that counts: a shared rank
    "望川矿业公司": {"accidents": [("人身", "重伤", "2026-06-11")]},  # not awarded
    "朗泉酿造厂": {"found": 0, "fixed": 0, "over": 8, "title": "市级"},  # nothing found: converted within the section
    "沐禾农机厂": {"held": "否"},  # total zero
    "苇舟航运公司": {"people": 250, "answered": 149, "contests": 0, "drivers": 0},  # below 60 %: nothing; a section below 80 %
    "松石水泥厂": {"self": 78.5},  # not ranked
    "槐里印染厂": {"hidden": "是"},  # not ranked
    "皓原钢构公司": {"special": 0, "certified": 0, "accidents": [("设备", "无伤", "2025-12-30")]},  # an accident before the period counts nothing
    "竹溪公交公司": {"hidden": ""},  # planted: an undecided gate
    "云岫轴承厂": {"content": "一百"},  # planted: no number
    "知野乳品厂": {"content": "８８．５"},  # planted: full-width digits
    "曲汀净水厂化验班": {"mottos": 12, "banners": 3, "contests": 2, "drivers": 4, **judged(90, 92, 88, 94, 91), "adopted": 5},
    "栖霁热电厂锅炉班": {"adopted": 5},  # as many as another: both take the better place
    "望川矿业公司掘进班": {"violations": 1, "weekly": 2},  # one offence takes five points
    "青岚化工厂合成班": {"checks": ""},  # planted: a blank counts 0
    "桐影纸业公司制浆班": {"violations": 2, "q3": 104},  # planted: above 100
}  # fmt: skip


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One participant, drawn by quality."""
    firm = category == "企业"
    people, found, special = (
        (rng.randint(120, 620), rng.randint(12, 60), rng.randint(10, 50))
        if firm
        else (rng.randint(9, 24), rng.randint(3, 9), rng.randint(3, 8))
    )
    lacking = (0, 1, 2, 4)[quality]
    done = ["+"] * (10 - lacking) + ["-"] * lacking
    rng.shuffle(done)
    rated = ("是", "否")[quality == 3]
    return {
        "unit": name, "category": category, "self": (98, 92, 84, 80)[quality] + rng.randint(0, 4) / 2, "scheme": "是", "group": rated, "committee": "是" if firm else "", "chief": ("是" if quality < 2 else "否") if firm else "",
        "watch": "" if firm else rated, "pledged": (100, 98, 92, 80)[quality], "late": rng.choice(((0,), (0, 1), (1, 2), (5,))[quality]), **ones("".join(done)), "mottos": rng.randint(*((110, 150), (90, 125), (50, 90), (10, 40))[quality]) // (1 if firm else 10),
        "banners": rng.randint(*((12, 15), (9, 12), (6, 10), (2, 5))[quality]) // (1 if firm else 4), "people": people, "answered": people * (98, 93, 80, 55)[quality] // 100, "mean": (93, 88, 81, 70)[quality] + rng.randint(0, 6) / 2,
        "contests": (2, 2, 1, 0)[quality], "drivers": rng.randint(*((60, 90), (45, 70), (20, 40), (0, 0))[quality]) // (1 if firm else 12), "found": found, "fixed": found - found * (0, 3, 12, 35)[quality] // 100, "over": (0, 4, 12, 27)[quality],
        "gear": (100, 98, 93, 80)[quality], "checks": (4, 4, 3, 1)[quality], "special": special, "certified": special - (0, 0, 1, 3)[quality], "joined": (100, 96, 88, 70)[quality] if firm else "", "lacking": (0, 0, 2, 5)[quality] if firm else "",
        "weekly": rng.choice(((0, 1, 2), (2, 3), (4, 6), (12,))[quality]), **quarters(*((96, 91, 84, 72)[quality] + rng.randint(0, 3) for _ in range(4))), "violations": "" if firm else (0, 0, 1, 3)[quality], "content": (94, 89, 82, 66)[quality] + rng.randint(0, 3),
        **(judged(*(rng.randint(78, 96) for _ in range(5))) if quality < 2 else judged("", "", "", "", "")), "adopted": rng.randint(*((18, 30), (10, 20), (3, 9), (0, 2))[quality]) // (1 if firm else 8), "held": "是", "hidden": "否", "last": "",
        "title": rng.choice((("省级", "市级"), ("市级", "无"), ("无",), ("无",))[quality]), "years": rng.randint(1, 9), "accidents": [("设备", "无伤", "2026-03-09"), ("人身", "轻伤", "2026-08-27")] if quality == 3 else [], "honours": [("平安班组" if not firm else "安全生产先进单位", "市级")] if quality == 0 and rng.random() < 0.5 else [],
    }  # fmt: skip


def rows() -> list[Row]:
    """All rows in the order of the file."""
    rng = random.Random(SEED)
    found = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names}
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field != "unit"})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    return [*found.values(), {**found["竹溪公交公司修理班"], "late": 3}]  # planted: handed in twice


def table(header: list[str], lines: list[list[Any]]) -> bytes:
    """A CSV as spreadsheet programs on Chinese Windows write it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue().encode("gb18030")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    units = rows()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(table(list(TITLES.values()), [[row[field] for field in TITLES] for row in units]))
    for name, field, header in (
        ("事故.csv", "accidents", ["参赛单位", "种类", "程度", "日期"]),
        ("安全荣誉.csv", "honours", ["参赛单位", "奖项", "级别"]),
    ):
        (folder / name).write_bytes(table(header, [[row["unit"], *line] for row in units[:-1] for line in row[field]]))
    (folder / "scorekit.toml").write_bytes(b'rubric = "safety-cup"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
