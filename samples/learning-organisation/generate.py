"""Make the sample of the rubric ``learning-organisation`` (创争): six CSVs in UTF-16, four categories of applicants.

    python samples/learning-organisation/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report of a district federation, source S1 of the rubric): six sub-districts; 341 learning organisations,
810 learning teams and 1491 knowledge workers so far; 159 enterprises trained 4180 persons; of 1825 persons trained free
202 got a certificate; of 980 in contests of skill 272. The columns of the six rows of 街道.csv add up to those figures
(not to the last two: 参加考证人次 980 and 取得证书人数 272 are those of the eight organisations of 组织.csv together).

Generated (random.Random(SEED)): how the totals fall, and everything else. All names are invented; persons bear a code
only. PIECES are chosen by hand so that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path
from typing import Any

SEED = 341
TOTALS = {"organisations": 341, "teams": 810, "workers": 1491, "firms": 159, "times": 4180, "free": 1825, "free_certified": 202}  # real
CONTEST = {"examined": 980, "certified": 272}  # real

UNITS = {
    "街道": [("云汀街道", 0), ("栖霞坞街道", 0), ("望江亭街道", 1), ("青砚街道", 1), ("听澜街道", 2), ("知禾街道", 3)],
    "组织": [("澄岚电器公司", 0), ("拾砚出版社", 0), ("桐荫饮料集团", 0), ("朗溪医院", 1), ("沐野商厦", 1), ("苇渡环卫所", 1), ("松涧中学", 2), ("皓石物流公司", 3)],
    "班组": [("澄岚电器总装班", 0), ("桐荫饮料灌装班", 0), ("朗溪医院急诊组", 1), ("沐野商厦收银组", 1), ("苇渡环卫清扫班", 1), ("松涧中学后勤组", 2), ("皓石物流叉车班", 3), ("拾砚出版社校对组", 1)],
    "职工": [("职工甲01", 0), ("职工甲02", 0), ("职工甲03", 1), ("职工乙01", 1), ("职工乙02", 0), ("职工乙03", 2), ("职工丙01", 1), ("职工丙02", 3), ("职工丙03", 2), ("职工丁01", 1)],
}  # fmt: skip
HEAD = {"unit": "申报者", "category": "类别", "prior": "上年达标"}
TAIL = {"copied": "材料雷同处数", "untrue": "数据不实处数", "accident": "重大事故或违纪", "borrowed": "冒名替考", "named": "上次命名年度"}
TEAM = {
    "grade": "规划评定", "mark": "规划打分", **{f"h{i}": title for i, title in enumerate(("有计划", "有组织", "有内容", "有措施", "有落实", "有检查"), start=1)}, "vision": "个人愿景制定率", "hours": "人均学时(学时)", "people": "职工人数",
    "trained": "培训人次", "readings": "读书学习次数", "unfiled": "未按时备案次数", "untaught": "未结对新职工数", "open": "有公开授课", "examined": "参加考证人次", "certified": "取得证书人数", "very": "满意票", "fairly": "基本满意票", "bad": "不满意票", "sent": "发出票",
    **{f"judge{i}": f"评审打分{i}" for i in range(1, 6)},
}  # fmt: skip
TITLES = {
    "街道": {**HEAD, "organisations": "学习型组织数", "teams": "学习型班组数", "workers": "知识型职工数", "firms": "组织培训企业数", "times": "企业培训人次", "free": "免费培训人次", "free_certified": "免费培训取证人数", **TAIL},
    "组织": {**HEAD, **TEAM, **TAIL},
    "班组": {**HEAD, **{field: title for field, title in TEAM.items() if field != "trained"}, **TAIL},
    "职工": {**HEAD, "degree": "学历", "state": "学历状态", "skill": "职业资格", "theory": "理论考试", "practice": "实操考核", "absences": "缺课次数", "notes": "合理化建议采纳数", **TAIL, "runoff": "加赛成绩"},
}  # fmt: skip

Row = dict[str, Any]


def judged(*grades: str) -> Row:
    """Grades of the five assessors: 优, 良, 一, or nothing."""
    return {f"judge{i}": {"优": "优秀", "良": "良好", "一": "一般"}.get(grade, "") for i, grade in enumerate(grades, start=1)}


def six(marks: str) -> Row:
    return {f"h{i}": "是" if mark == "+" else "否" for i, mark in enumerate(marks, start=1)}


PIECES: dict[str, Row] = {
    # the two first share both counts; the sum of places decides 5.4
    "云汀街道": {"honours": [("职工教育先进街道", "省级"), ("职工教育先进街道", "市级")]},
    "听澜街道": {"copied": 3, "untrue": 1},  # the heavier of the two deductions only
    # high: honours run into the cap of 5; not applicable: no examination arranged
    "拾砚出版社": {"prior": "是", "grade": "好", "mark": 9.5, **six("++++++"), "vision": 100, "hours": 42, "people": 150, "trained": 330, "readings": 8, "unfiled": 0, "untaught": 0, "open": "否", "examined": 0, "certified": 0, "very": 120, "fairly": 15,
              "bad": 0, "sent": 150, **judged("优", "优", "良", "优", "良"), "works": [("选题库", "创新", "省级", 1), ("编校规范", "论文", "市级", 2), ("样书追溯", "革新", "市级", 1)],
              "honours": [("书香单位", "全国"), ("书香单位", "省级"), ("职工书屋", "省级")]},
    # every deduction on a step; shared papers
    "苇渡环卫所": {"prior": "否", "grade": "较好", "mark": 6, **six("+++++-"), "vision": 90, "hours": 28, "people": 200, "trained": 300, "readings": 5, "unfiled": 1, "untaught": 2, "open": "否", "very": 60, "fairly": 36, "bad": 4, "sent": 160,
              **judged("良", "良", "一", "优", "良"), "works": [("清运路线", "革新", "区级", 2), ("车辆改装", "创新", "市级", 3)], "honours": [], "copied": 2, "untrue": 1},
    "桐荫饮料集团": {"named": 2024},  # named within three years: not awarded
    "朗溪医院": {"untaught": 3, "open": "是"},  # waived
    "沐野商厦": {"accident": ""},  # planted: an undecided gate
    "松涧中学": {"grade": "好", "mark": 7},  # planted: a mark outside its band
    "澄岚电器总装班": {"hours": 44},
    "朗溪医院急诊组": {"very": 9, "fairly": 3, "bad": 0, "sent": 24},  # half of the ballots: nothing
    "苇渡环卫清扫班": {"like": "沐野商厦收银组"},  # the same in all that counts: a shared rank
    "松涧中学后勤组": {**judged("良", "", "良", "", ""), "readings": "38次"},  # no delegate marked: re-weighed; planted: a number with its unit
    "皓石物流叉车班": {"borrowed": "是"},  # not ranked
    "拾砚出版社校对组": {"readings": ""},  # planted: a blank counts 0
    # the run-off parts the two firsts; self-taught (S2a)
    "职工甲01": {"prior": "是", "degree": "本科", "state": "已取得", "skill": "高级技师", "theory": 96, "practice": 95, "absences": 0, "notes": 4, "runoff": 88, "works": []},
    "职工甲02": {"like": "职工甲01", "runoff": 91},
    "职工甲03": {"degree": "大专", "state": "在读", "skill": "高级工", "theory": 80, "practice": 81, "absences": 3, "notes": 2},
    "职工乙01": {"theory": 69.5},  # below the line: growing at most
    "职工乙02": {"accident": "是"},  # not awarded
    "职工丙01": {"practice": 105},  # planted: above 100
}  # fmt: skip


def split(total: int, weights: list[int]) -> list[int]:
    """*total* in whole parts as *weights*, the largest remainders first."""
    parts = [total * w // sum(weights) for w in weights]
    order = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % sum(weights)))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One applicant, drawn by quality; the real totals come later."""
    row: Row = {
        "unit": name,
        "category": category,
        "prior": "否" if quality >= 2 else "是",
        "copied": (0, 0, 0, 2)[quality],
        "untrue": 0,
        "accident": "否",
        "borrowed": "否",
        "named": "",
        "runoff": "",
        "works": [],
        "honours": [],
    }
    if category == "职工":
        row.update(
            degree=("本科", "大专", "大专", "高中")[quality], state=("已取得", "已取得", "在读", "已取得")[quality], skill=("技师", "高级工", "中级工", "无")[quality], theory=(94, 86, 76, 62)[quality] + rng.randint(0, 4),
            practice=(95, 88, 78, 60)[quality] + rng.randint(0, 4), absences=(0, 1, 2, 5)[quality], notes=(4, 3, 1, 0)[quality],
        )  # fmt: skip
    elif category != "街道":
        people = rng.randint(90, 400) if category == "组织" else rng.randint(10, 30)
        valid = people - people * rng.randint(0, 12) // 100
        very, bad = valid * (96, 88, 76, 55)[quality] // 100, valid * (0, 0, 6, 20)[quality] // 100
        grades = ("优优优优良", "优良良良优", "良良一良良", "一良一一一")[quality]
        row.update(
            grade=("好", "好", "较好", "一般")[quality], mark=(9, 8.5, 6, 2)[quality] + rng.randint(0, 2) / 2, **six(("++++++", "++++++", "++++--", "++----")[quality]), vision=(100, 97, 88, 60)[quality], hours=(41, 36, 29, 16)[quality] + rng.randint(0, 3),
            people=people, trained=people * (220, 180, 130, 70)[quality] // 100, readings=rng.randint(*((6, 9), (5, 7), (3, 5), (0, 2))[quality]) if category == "组织" else rng.randint(*((46, 50), (42, 47), (33, 40), (10, 20))[quality]),
            unfiled=(0, 0, 1, 3)[quality], untaught=(0, 0, 1, 3)[quality], open="否", examined=people * 30 // 100, certified=people * (9, 8, 5, 2)[quality] // 100, very=very, fairly=valid - very - bad, bad=bad, sent=people, **judged(*grades),
            works=[("操作法", "创新", "省级", 1), ("学习手册", "论文", "市级", 1), ("工装改进", "革新", "市级", 1)][: (3, 3, 1, 0)[quality]], honours=[("学习型先进", "区级")] if quality == 0 else [],
        )  # fmt: skip
    return row


def rows() -> dict[str, list[Row]]:
    """All rows by category; the totals fall on the sub-districts and the organisations."""
    rng = random.Random(SEED)
    found = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names}
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field != "unit"})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    streets, firms = ([found[name] for name, _ in UNITS[category]] for category in ("街道", "组织"))
    skills = {"organisations": 30, "teams": 24, "workers": 20, "firms": 18, "times": 26, "free": 15, "free_certified": 28}
    for field, total in TOTALS.items():
        for i, part in enumerate(
            split(
                total,
                [
                    160 - skills[field] * (i if field != "teams" else (1, 0, 2, 3, 5, 4)[i]) // 2 * 2 + rng.randint(-6, 6)
                    for i in range(len(streets))
                ],
            )
        ):
            streets[i][field] = part
    examining = [row for row in firms if row["examined"] != 0]
    examined = split(CONTEST["examined"], [row["people"] for row in examining])
    certified = split(CONTEST["certified"], [examined[i] * (36, 30, 30, 26, 24, 22, 15)[i] for i in range(len(examining))])
    for i, row in enumerate(examining):
        row.update(examined=examined[i], certified=certified[i])
    assert {field: sum(row[field] for row in streets) for field in TOTALS} == TOTALS
    assert {field: sum(row[field] for row in firms) for field in CONTEST} == CONTEST
    sheets = {category: [found[name] for name, _ in names] for category, names in UNITS.items()}
    sheets["职工"].append({**found["职工丁01"], "notes": 5})  # planted: handed in twice
    return sheets


def table(header: list[str], lines: list[list[Any]]) -> bytes:
    """A CSV as spreadsheet programs save "Unicode text", with its byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    return b"\xff\xfe" + out.getvalue().encode("utf-16-le")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = rows()
    for category, units in sheets.items():
        titles = TITLES[category]
        (folder / f"{category}.csv").write_bytes(table(list(titles.values()), [[row[field] for field in titles] for row in units]))
    units = [row for listed in sheets.values() for row in listed][:-1]
    for name, field, header in (
        ("学习成果.csv", "works", ["申报者", "成果", "种类", "级别", "署名数"]),
        ("学习荣誉.csv", "honours", ["申报者", "奖项", "级别"]),
    ):
        (folder / name).write_bytes(table(header, [[row["unit"], *line] for row in units for line in row[field]]))
    (folder / "scorekit.toml").write_bytes(b'rubric = "learning-organisation"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
