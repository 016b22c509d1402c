"""Make the sample of the rubric ``labour-contest`` (六赛、五赛、五比一创): a long table in GB18030 and four lists of projects.

    python samples/labour-contest/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports): the six and the five axes with their watchwords and the 流动红旗 of the third quarter (source S2a of the
rubric), the six axes of 五比一创 (S3); 159 enterprises and 2530 entrants (S1): 参赛企业数 and 参赛人数 of the groups of 五比一创
add up to them.

Generated (random.Random(SEED)): how the sums fall on the groups, and everything else. All names are invented. Equal runs give
equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path
from typing import Any

SEED = 2530
FIRMS, ENTRANTS = 159, 2530  # real
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
LEVELS = ("国家级", "省级", "市级", "区级")
# name and quality (0 best … 3 weakest)
UNITS = {
    "六赛": {
        "熔铸一班": 0,
        "熔铸二班": 1,
        "轧制甲班": 1,
        "轧制乙班": 1,
        "精整班": 2,
        "锯切班": 2,
        "包装班": 3,
        "质检化验班": 0,
    },
    "五赛": {
        "动力班": 0,
        "运输班": 1,
        "检修一班": 1,
        "检修二班": 2,
        "水处理班": 3,
        "仓储班": 1,
    },
    "五比一创": {
        "东坞街道企业组": 0,
        "西渡街道企业组": 1,
        "南岭街道企业组": 2,
        "北苑街道企业组": 1,
        "中埠街道企业组": 3,
        "高地园区企业组": 0,
        "临港园区企业组": 1,
    },
}
YES = ("否", "是")

Items = dict[str, Any]


def quarter(category: str, quality: int, rng: random.Random) -> Items:
    """The figures of one quarter."""
    if category == "五比一创":
        return {
            "科学管理等级": "ABCD"[min(3, quality + rng.randint(0, 1))],
            "产值增长率": round(14 - quality * 3.5 + rng.randint(-15, 15) / 10, 1),
            "工伤事故": rng.choice((0, 0, quality)),
            "职工满意率": round(96 - quality * 7 + rng.randint(-30, 30) / 10, 1),
            "人均利税": round(9 - quality * 1.8 + rng.randint(-8, 8) / 10, 1),
        }
    planned, task = rng.randint(400, 520), rng.randint(800, 1200)
    found: Items = {
        "计划单位成本": planned,
        "实际单位成本": round(planned * (1000 - (34, 24, 15, 4)[quality] + rng.randint(-4, 4)) / 1000, 1),
        "产量任务": task,
        "完成产量": round(task * (112 - quality * 5 + rng.randint(-2, 2)) / 100),
        "产品合格率": round(99.8 - quality * 0.9 + rng.randint(-2, 2) / 10, 1),
        "轻伤事故": int(quality == 3 and rng.random() < 0.4),
        "逾期未改隐患": rng.choice((0, 0, quality)),
        "违纪人次": rng.choice((0, 0, quality)),
    }
    return {**found, "好人好事和建议": rng.randint(18, 24) - quality * 4} if category == "六赛" else found


def units(rng: random.Random) -> dict[str, Items]:
    """Every unit with its items, planted faults included."""
    found: dict[str, Items] = {}
    for category, names in UNITS.items():
        for name, quality in names.items():
            employees = rng.randint(14, 30) if category != "五比一创" else 0
            items: Items = {
                "竞赛类别": category,
                "职工人数": employees,
                "参赛人数": employees - (quality > 1),
            }
            for title in QUARTERS:
                items.update({f"{title}/{k}": v for k, v in quarter(category, quality, rng).items()})
            items.update(
                {
                    "百日竞赛完成任务": 2 - min(quality, 2),
                    "报表迟报次数": max(0, quality - 1),
                    "重伤以上事故": "否",
                }
            )
            found[name] = items
    groups = list(UNITS["五比一创"])
    firms = [FIRMS // 7 + (n < FIRMS % 7) for n in range(7)]
    entrants = [ENTRANTS // 7 + 20 * (3 - n) for n in range(7)]
    entrants[0] += ENTRANTS - sum(entrants)
    for name, number, people in zip(groups, firms, entrants, strict=True):
        found[name].update({"参赛企业数": number, "参赛人数": people, "职工人数": people * 100 // 96})
    for title in QUARTERS:  # the same in all that counts but one quarter: a tie that the number of firsts decides
        found["轧制乙班"].update({k: v for k, v in found["轧制甲班"].items() if k.startswith(title)})
    found["检修二班"].update({"参赛人数": 15, "职工人数": 20})  # 75 %: not awarded
    found["包装班"]["重伤以上事故"] = "是"
    found["水处理班"]["中途退出竞赛"] = "是"
    found["精整班"]["四季度虚报产量"] = "是"
    found["锯切班"]["重伤以上事故"] = ""  # planted: an undecided gate
    found["仓储班"].pop("二季度/产品合格率")  # planted: a blank counts 0
    found["南岭街道企业组"]["三季度/职工满意率"] = 130  # planted: out of range
    found["运输班"]["一季度/产品合格率"] = "９９.２"  # planted: full-width digits
    return found


def table(header: list[str], lines: list[tuple[Any, ...]]) -> bytes:
    """A CSV in GB18030."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue().encode("gb18030")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    found = units(rng)
    lines = [(name, item, value) for name, items in found.items() for item, value in items.items()]
    lines.append(("检修一班", "四季度/完成产量", 900))  # planted: the same item twice
    (folder / "竞赛数据.csv").write_bytes(table(["参赛单位", "项目", "数值"], lines))
    for number, title in enumerate(QUARTERS, start=1):
        projects = [
            (
                name,
                f"{title}项目{n + 1}",
                LEVELS[min(3, quality + rng.randint(0, 2))],
                rng.choice(("技术攻关", "小改小革")),
            )
            for name, quality in UNITS["五比一创"].items()
            for n in range(4 - quality)
        ]
        (folder / f"q{number}.projects.csv").write_bytes(table(["参赛单位", "项目", "级别", "类型"], projects))
    (folder / "scorekit.toml").write_bytes(b'rubric = "labour-contest"\nencoding = "gb18030"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
