"""Make the sample of the rubric ``union-building`` (建会目标管理考核): one workbook of three sheets, 26 federations.

    python samples/union-building/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report of a county federation, source S4 of the rubric): 14 townships and 8 systems; 254 villages, each with
a union; 6923 migrant workers, all of them members. In the rows of the townships 行政村数 and 村工会数 add up to 254,
农民工人数 and 农民工会员数 to 6923. From S2i: one union newly founded and eight contracts for women workers (青苇乡), a
task of 260 entries.

Generated (random.Random(SEED)): how the totals fall on the townships, and everything else. All names are invented.
PIECES are chosen by hand so that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

SEED = 6923
VILLAGES, MIGRANTS = 254, 6923  # real
CREATED = datetime(2027, 1, 8, 9, 0, 0)
FILE = "建会目标考核汇总表.xlsx"

# name and quality (0 best … 3 weakest)
UNITS = {
    "乡镇": [
        ("青苇乡", 0), ("栖云镇", 0), ("望禾镇", 0), ("汀沙乡", 1), ("霁岭镇", 1), ("桐坞乡", 1), ("朗溪镇", 1),
        ("沐塘镇", 0), ("苇滩乡", 1), ("松崖镇", 2), ("槐荫乡", 2), ("皓泉镇", 3), ("竹岭乡", 1), ("晚渡镇", 2),
    ],
    "系统": [("交运系统", 0), ("商贸系统", 1), ("卫健系统", 0), ("教育系统", 0), ("农林系统", 1), ("住建系统", 2), ("工信系统", 1), ("文旅系统", 3)],
    "园区": [("云汀工业园区", 0), ("知野农业示范区", 1), ("听澜物流园区", 2), ("拾光创业园区", 1)],
}  # fmt: skip
TITLES = {
    "unit": "单位名称", "category": "类别", "build.due": "应建会单位数(个)", "build.done": "已建会单位数(个)", "build.new_task": "新建会任务(家)", "build.new_done": "新建会家数(家)",
    "build.villages": "行政村数", "build.village_unions": "村工会数", "build.term_due": "应换届基层工会数", "build.term_done": "按期换届基层工会数", "join.employees": "职工人数(人)", "join.members": "会员人数(人)",
    "join.migrants": "农民工人数", "join.migrant_members": "农民工会员数", "join.member_task": "新发展会员任务", "join.member_new": "新发展会员数", "system.contract_rate": "集体合同覆盖率",
    "system.women_contracts": "女职工专项集体合同家数", "system.named": "农民工实名登记", "system.computer": "微机管理", "system.ledger": "台账档案", "system.entry_task": "信息录入任务", "system.entry_done": "信息录入人数",
    "manage.studied": "党委专题研究次数", "manage.signed": "签订目标责任书", "manage.grade": "组建方式评定", "manage.mark": "组建方式打分", "manage.late_reports": "报表迟报次数", "manage.missed_reports": "报表未报次数",
    "manage.trained": "工会干部培训率", "extra.wage_rate": "工资集体协商覆盖率", "extra.untrue": "虚报建会家数", "veto.obstructed": "阻挠职工入会",
}  # fmt: skip
FIRMS = ("织造厂", "食品厂", "运输队", "建材厂", "家具厂", "种养合作社", "商行", "机修厂")

Row = dict[str, Any]

PIECES: dict[str, Row] = {
    # high: bonuses run into the cap of 5; one union newly founded against a task of one, eight contracts, 260 entries (S2i)
    "青苇乡": {"build.due": 60, "build.done": 60, "build.new_task": 1, "build.new_done": 5, "join.employees": 1000, "join.members": 1000, "join.member_task": 40, "join.member_new": 44, "system.contract_rate": 98, "system.women_contracts": 8,
            "system.entry_task": 260, "system.entry_done": 260, "manage.studied": 2, "manage.grade": "好", "manage.mark": 5.5, "manage.late_reports": 0, "manage.trained": 100, "extra.wage_rate": 96, "extra.untrue": 0,
            "firms": "++++", "honours": [("建会先进单位", "省级"), ("建会先进单位", "市级"), ("强基建制示范单位", "省级")]},
    # every deduction on a step
    "霁岭镇": {"build.due": 50, "build.done": 48, "build.new_task": 4, "build.new_done": 3, "join.employees": 800, "join.members": 748, "join.member_task": 60, "join.member_new": 54, "system.contract_rate": 84, "system.women_contracts": 5,
            "system.ledger": "否", "system.entry_task": 200, "system.entry_done": 147, "manage.studied": 1, "manage.grade": "较好", "manage.mark": 4, "manage.late_reports": 5, "manage.missed_reports": 0, "manage.trained": 85,
            "extra.wage_rate": 69.9, "extra.untrue": 1, "firms": "+-ll", "honours": []},
    "望禾镇": {"like": "栖云镇"},  # the same in all that counts: a shared rank
    "朗溪镇": {"veto.obstructed": "是"},  # passes at most
    "沐塘镇": {"build.new_task": 0, "build.new_done": 2},  # no task: the section is converted
    "苇滩乡": {"build.due": 50, "build.done": 42},  # below 85 %: not awarded
    "松崖镇": {"manage.signed": "否"},  # one criterion empty
    "槐荫乡": {"extra.untrue": 3},  # not ranked
    "竹岭乡": {"veto.obstructed": ""},  # planted: an undecided gate
    "商贸系统": {"manage.grade": "较好", "manage.mark": 5},  # planted: a mark outside its band
    "农林系统": {"join.migrants": 0, "join.migrant_members": 0, "build.term_due": 0, "build.term_done": 0},  # full marks where nothing applies
    "住建系统": {"join.employees": 500, "join.members": 399},  # below 80 %: nothing
    "工信系统": {"manage.trained": "九成"},  # planted: text for a number
    "卫健系统": {"join.migrants": 0, "join.migrant_members": 0, "build.new_task": 4, "build.new_done": 4},
    "教育系统": {"like": "卫健系统", "join.migrants": 0, "join.migrant_members": 0, "build.new_done": 5},  # the same total: the number of new unions decides
    "知野农业示范区": {"build.due": 40, "build.done": 37, "extra.wage_rate": "70%"},
    "拾光创业园区": {"manage.trained": ""},  # planted: a blank counts 0
}  # fmt: skip


def split(total: int, weights: list[int]) -> list[int]:
    """*total* in whole parts as *weights*, the largest remainders first."""
    parts = [total * w // sum(weights) for w in weights]
    order = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % sum(weights)))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One federation, drawn by quality."""
    due, people, task, term = rng.randint(24, 90), rng.randint(300, 1800), rng.randint(2, 8), rng.randint(3, 9)
    entry, growth = rng.randint(80, 300), rng.randint(20, 90)
    grade = ("好", "较好", "较好", "一般")[quality]
    mark = {"好": rng.choice((5, 5.5, 6)), "较好": rng.choice((3, 3.5, 4)), "一般": rng.choice((1, 2))}[grade]
    firms = rng.choice((("+++", "++s", "++"), ("++s", "+l+", "+++"), ("+-l", "+ls"), ("--l", "-ll-"))[quality])
    return {
        "unit": name, "category": category, "build.due": due, "build.done": due - due * (0, 2, 5, 14)[quality] // 100, "build.new_task": task, "build.new_done": max(0, task + rng.choice(((0, 1, 3), (0, 0, -1), (-1, -2), (-2,))[quality])),
        "build.term_due": term, "build.term_done": term - min(term, (0, 0, 1, 2)[quality]), "join.employees": people, "join.members": people - people * (0, 3, 8, 17)[quality] // 100,
        "join.migrants": 0, "join.migrant_members": 0, "join.member_task": growth, "join.member_new": growth * (108, 100, 92, 70)[quality] // 100, "system.contract_rate": (97, 91, 82, 66)[quality] + rng.randint(0, 3),
        "system.women_contracts": rng.randint(*((7, 9), (5, 8), (3, 5), (0, 3))[quality]), "system.named": "是", "system.computer": "否" if quality == 3 else "是", "system.ledger": "否" if quality >= 2 else "是",
        "system.entry_task": entry, "system.entry_done": entry * (100, 98, 90, 70)[quality] // 100, "manage.studied": (2, 2, 1, 0)[quality], "manage.signed": "是", "manage.grade": grade, "manage.mark": mark,
        "manage.late_reports": rng.choice(((0,), (0, 1), (2, 3), (3,))[quality]), "manage.missed_reports": (0, 0, 0, 1)[quality], "manage.trained": (100, 100, 92, 75)[quality], "extra.wage_rate": (90, 82, 76, 60)[quality] + rng.randint(0, 4),
        "extra.untrue": 0, "veto.obstructed": "否", "firms": firms, "honours": [("建会先进单位", "市级")] if quality == 0 and rng.random() < 0.6 else [],
    }  # fmt: skip


def rows() -> list[Row]:
    """All federations in the order of the file; the real totals fall on the townships."""
    rng = random.Random(SEED)
    found = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names}
    townships = [found[name] for name, _ in UNITS["乡镇"]]
    villages, migrants = (split(total, [rng.randint(60, 140) for _ in townships]) for total in (VILLAGES, MIGRANTS))
    for row, own, workers in zip(townships, villages, migrants, strict=True):
        row.update(
            {
                "build.villages": own,
                "build.village_unions": own,
                "join.migrants": workers,
                "join.migrant_members": workers,
                "build.term_due": "",
                "build.term_done": "",
            }
        )
    for row in found.values():
        if row["category"] != "乡镇":
            workers = rng.randint(40, 260)
            row.update({"join.migrants": workers, "join.migrant_members": workers * rng.choice((100, 96, 88, 80)) // 100})
    own = ("unit", "build.villages", "build.village_unions", "join.migrants", "join.migrant_members")
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field not in own})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    assert [sum(row[field] for row in townships) for field in own[1:]] == [VILLAGES, VILLAGES, MIGRANTS, MIGRANTS]
    return [*found.values(), {**found["晚渡镇"], "manage.studied": 2}]  # planted: handed in twice


def firms(units: list[Row], rng: random.Random) -> list[tuple[Any, ...]]:
    """The list of large firms: + organised in time, l late, - not organised, s a small one without a union."""
    found = []
    for row in units[:-1]:
        for number, kind in enumerate(row["firms"]):
            started = date(2026, 1, 5) + timedelta(days=rng.randint(0, 150))
            organised = {"+": started + timedelta(days=rng.randint(20, 90)), "l": started + timedelta(days=rng.randint(91, 160))}.get(kind)
            people = rng.randint(8, 24) if kind == "s" else rng.randint(25, 180)
            found.append(
                (
                    row["unit"],
                    f"{row['unit'].removesuffix('系统')[:2]}{FIRMS[(number + len(found)) % len(FIRMS)]}",
                    people,
                    started,
                    organised,
                )
            )
    return found


def write(path: Path) -> None:
    """The workbook: a title line, the header, the units; two sheets of records."""
    units = rows()
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": "建会目标管理考核汇总表（示例）", "created": CREATED})
    bold, day = book.add_format({"bold": True, "font_size": 14}), book.add_format({"num_format": "yyyy-mm-dd"})
    honours = [(row["unit"], *honour) for row in units[:-1] for honour in row["honours"]]
    sheets = {
        "建会情况": (list(TITLES.values()), [tuple(row.get(field, "") for field in TITLES) for row in units]),
        "规模单位": (["单位名称", "企业名称", "职工人数", "投产日期", "建会日期"], firms(units, random.Random(SEED + 1))),
        "建会荣誉": (["单位名称", "奖项", "级别"], honours),
    }
    for title, (header, lines) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"{title}（2026年度，示例）", bold)
        sheet.write_row(1, 0, header)
        for number, line in enumerate(lines, start=2):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
                elif value not in ("", None):
                    sheet.write(number, column, value)
        sheet.freeze_panes(2, 1)
    book.close()


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / FILE)
    (folder / "scorekit.toml").write_bytes(b'rubric = "union-building"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
