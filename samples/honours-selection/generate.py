"""Make the sample of the rubric ``honours-selection`` (先进、劳模评选): one workbook of three sheets, 59 candidates.

    python samples/honours-selection/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports, sources S0 and S2g of the rubric): two model collectives and five model workers of the city; 81 honours
of national, city and new-area level, 14 of the unions of the city, 112 of the own level; four departments and 27 persons named
advanced. So the records of the sheet 荣誉 number 81, 14 and 112, and the notice gives 2, 5, 4 and 27 seats.

Generated (random.Random(SEED)): everything else; persons are codes, no name is real. PIECES are chosen by hand so that the
README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

SEED = 27
FILE = "评选汇总表.xlsx"
# the honours of the report: level by level; 全国, 市级 and 新区级 make 81
HONOURS = {"全国": 5, "市级": 24, "新区级": 52, "市级工会": 14, "本级": 112}
MATTERS = ("技术革新", "安全生产", "节能降耗", "优质服务", "技能竞赛", "文明创建", "志愿服务", "女工巾帼", "班组管理", "合理化建议")
# category: names and quality (0 best … 2 weakest)
UNITS = {
    "劳模集体": [("澄岚电器总装车间", 0), ("苇渡公交三队", 0), ("桐荫码头装卸班", 1), ("拾砚印务制版部", 1)],
    "劳动模范": [(f"劳模候选{n:02}", (0, 0, 0, 0, 0, 1, 1, 1, 0)[n - 1]) for n in range(1, 10)],
    "先进集体": [("净水部", 0), ("化验部", 0), ("检修部", 0), ("供销部", 1), ("后勤部", 1), ("保卫部", 2)],
    "先进个人": [(f"先进候选{n:02}", 1 if n % 3 == 0 else 0) for n in range(1, 36)],
    "优秀工会工作者": [(f"工会干事{n:02}", (0, 0, 1, 1, 2)[n - 1]) for n in range(1, 6)],
}
RATERS = ("专家1", "专家2", "专家3", "职工1", "职工2", "职工3")
BALLOT = ("同意", "基本同意", "不同意", "弃权")
Row = dict[str, Any]


def ballots(asked: int, *votes: int | None) -> Row:
    return {"应参加测评人数": asked, **{f"{option}票": vote for option, vote in zip(BALLOT, votes, strict=True)}}


def judged(*marks: float | str | None) -> Row:
    return dict(zip(RATERS, marks, strict=True))


def honour(matter: str, level: str, kind: str, day: str) -> Row:
    return {"事由": matter, "级别": level, "类型": kind, "授予日期": date.fromisoformat(day)}


PIECES: dict[str, Row] = {
    # one matter at three levels counts once
    "劳模候选01": {"已有最高称号": "市级", "职务层次": "一线", "任务完成率": "112%", "年度考核等次": "优秀", "技术创新成果项数": 2, **ballots(60, 52, 4, 1, 2), **judged(95, 92, 97, 90, 94, 96), "材料档次": "优", "档次理由": "事迹具体，有数据", "材料打分": 4.5,
               "名师带徒": True, "被采纳的合理化建议": 6, "材料缺少件数": 0, "公示期查实的意见件数": 0,
               "honours": [honour("技术革新", "全国", "单项", "2025-04-28"), honour("技术革新", "市级", "单项", "2024-04-28"), honour("技术革新", "本级", "单项", "2023-12-30"), honour("技能竞赛", "市级", "综合", "2023-09-10"), honour("安全生产", "新区级", "单项", "2022-12-20"), honour("志愿服务", "本级", "单项", "2020-12-20")],
               "spread": [("快换刀架操作法", "市级", 2), ("精益点检", "本级", 1)]},
    # no honour above the own level, low turnout just above the line
    "先进候选05": {"已有最高称号": "无", "职务层次": "一线", "任务完成率": 95, "年度考核等次": "称职", "技术创新成果项数": 1, **ballots(50, 20, 8, 2, 0), **judged(78, 82, 80, 75, "回避", 79), "材料档次": "良", "档次理由": "事迹较具体", "材料打分": 2.5,
               "名师带徒": True, "被采纳的合理化建议": 2, "材料缺少件数": 1, "公示期查实的意见件数": 1, "honours": [honour("优质服务", "本级", "单项", "2025-12-30"), honour("优质服务", "本级", "单项", "2024-12-30")], "spread": []},
    # places shared between two
    "工会干事01": {"已有最高称号": "新区级", "职务层次": "管理人员", "任务完成率": 100, "年度考核等次": "优秀", "服务职工件数": 210, **ballots(40, 33, 5, 0, 0), **judged(90, 88, 92, 94, 91, 93), "材料档次": "优", "档次理由": "服务台账齐全", "材料打分": 4,
               "名师带徒": False, "被采纳的合理化建议": 3, "材料缺少件数": 0, "公示期查实的意见件数": 0, "honours": [honour("优质服务", "市级工会", "综合", "2025-12-28"), honour("优质服务", "新区级", "单项", "2025-06-28"), honour("班组管理", "本级", "单项", "2024-12-28")], "spread": []},
    "工会干事02": {"服务职工件数": 210},
    "劳模候选02": {"上次获得同一称号的日期": date(2022, 4, 28)},  # within five years: not awarded
    "劳模候选06": {"已有最高称号": "本级"},  # not the title one rung below: in reserve at most
    "劳模候选07": {"纪检意见": None},  # planted: no reply
    "劳模候选08": {**ballots(50, 38, 8, 3, 1)},  # 38 of 49 agree, 77.6 %: not awarded
    "先进候选02": {"逾期或材料不全视为放弃": True},  # not ranked
    "先进候选06": {"honours": [honour("节能降耗", "市级", "单项", "2025-11-20"), honour("文明创建", "新区级", "单项", "2024-11-20"), honour("文明创建", "本级", "单项", "2023-11-20")], "spread": []},
    "先进候选03": {"like": "先进候选06"},  # the same in all that counts
    "先进候选08": {"职务层次": "厅局级"},  # not ranked
    "先进候选09": {"职务层次": "处级"},  # 推荐 at most
    "先进候选11": {"事迹造假": True},  # total zero, not awarded
    "先进候选12": {"技术创新成果项数": 3, "材料打分": 4.5},  # the last seat
    "先进候选14": {**judged(88, 105, 86, 84, 80, 82)},  # planted: a mark above a hundred
    "先进候选15": {"年度考核等次": "称职", "技术创新成果项数": 1, "名师带徒": False, "被采纳的合理化建议": 0, "honours": []},  # none of the five conditions
    "先进候选17": {"被采纳的合理化建议": "7条"},  # planted: a number with its unit
    "先进候选20": {"任务完成率": None},  # planted: a blank counts 0
    "保卫部": {**ballots(30, 12, 4, 1, 0)},  # 17 of 30: not awarded
    "供销部": {"材料档次": "良", "材料打分": 4.5},  # planted: a mark outside its band
    "拾砚印务制版部": {"税务社保意见": "不同意"},  # not ranked
}  # fmt: skip


def draw(category: str, quality: int, rng: random.Random) -> Row:
    """One candidate, drawn by quality."""
    asked = rng.randint(30, 60)
    cast = asked - rng.randint(0, 2 + quality)
    fairly, against = cast * (6, 10, 20)[quality] // 100, cast * (0, 3, 8)[quality] // 100
    low = (90, 85, 70)[quality]
    person = category in ("劳动模范", "先进个人", "优秀工会工作者")
    return {
        "类别": category, "已有最高称号": (("市级", "新区级") if category.startswith("劳") else ("新区级", "本级"))[quality > 0], "职务层次": rng.choice(("一线", "一线", "管理人员")) if person else "一线",
        "任务完成率": rng.randint(*((104, 120), (98, 110), (85, 98))[quality]), "年度考核等次": ("优秀", "优秀", "称职")[quality], "技术创新成果项数": rng.randint(*((2, 3), (2, 3), (0, 1))[quality]), "服务职工件数": rng.randint(*((150, 220), (90, 150), (40, 90))[quality]) if category == "优秀工会工作者" else None,
        **ballots(asked, cast - fairly - against, fairly, against, 0), **judged(*(low + rng.randint(0, 8) for _ in RATERS)), "材料档次": ("优", "优", "良")[quality], "档次理由": ("事迹具体", "事迹较具体", "事迹一般")[quality], "材料打分": (4.5, 4, 2.5)[quality],
        "名师带徒": quality == 0, "被采纳的合理化建议": rng.randint(0, 8), "材料缺少件数": (0, 0, 2)[quality], "公示期查实的意见件数": 0, "上次获得同一称号的日期": None, "逾期或材料不全视为放弃": False, "事迹造假": False, "纪检意见": "同意", "安监意见": "同意", "税务社保意见": "同意",
    }  # fmt: skip


def candidates() -> dict[str, Row]:
    """All candidates in the order of the sheet, each with its honours and papers."""
    rng = random.Random(SEED)
    found: dict[str, Row] = {}
    qualities = {name: quality for names in UNITS.values() for name, quality in names}
    for category, names in UNITS.items():
        for name, quality in names:
            found[name] = {
                **draw(category, quality, rng),
                "honours": [],
                "spread": [("经验", "本级", rng.randint(1, 3))] if quality == 0 else [],
            }
    for name, pieces in PIECES.items():
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
        if "like" in pieces:
            found[name] = dict(found[pieces["like"]])
    twins = {twin for name, pieces in PIECES.items() if "like" in pieces for twin in (name, pieces["like"])}
    fixed = {name for name, pieces in PIECES.items() if "honours" in pieces} | twins
    left = [
        level
        for level, number in HONOURS.items()
        for _ in range(number - sum(h["级别"] == level for name in fixed for h in found[name]["honours"]))
    ]
    open_ = [name for name in found if name not in fixed]
    for level in left:
        name = rng.choices(open_, [(4, 3, 1)[qualities[n]] for n in open_])[0]
        found[name]["honours"].append(
            honour(
                rng.choice(MATTERS), level, rng.choice(("综合", "单项", "单项")), f"{rng.randint(2020, 2026)}-{rng.randint(1, 12):02}-15"
            )
        )
    return found


def write(path: Path) -> None:
    """The workbook: the candidates, their honours, their papers."""
    found = candidates()
    sheets: dict[str, list[Row]] = {
        "候选对象": [{"候选对象": name, **{k: v for k, v in row.items() if k not in ("honours", "spread")}} for name, row in found.items()],
        "荣誉": [{"候选对象": name, **record} for name, row in found.items() for record in row["honours"]],
        "经验推广": [
            {"候选对象": name, "题目": t, "级别": level, "署名数": n} for name, row in found.items() for t, level, n in row["spread"]
        ],
    }
    sheets["候选对象"].append({**sheets["候选对象"][-1], "服务职工件数": 66})  # planted: handed in twice
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"{title}（2026年度，示例）", bold)
        sheet.write_row(1, 0, list(rows[0]))
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row.values()):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, bool):
                    sheet.write(number, column, "是" if value else "否")
                else:
                    sheet.write(number, column, value)
    book.close()


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / FILE)
    (folder / "scorekit.toml").write_bytes(b'rubric = "honours-selection"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
