"""Make the sample of the rubric ``labour-relations`` (劳动关系和谐企业、园区): one workbook of two sheets.

    python samples/labour-relations/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report of a district federation, source S1 of the rubric): six sub-districts; 57 422 workers have a
labour contract, 96.1 % of those who should; 343 units signed a collective contract and a wage agreement; 23 000 workers
benefit. On the sheet 园区 the columns 已签劳动合同人数, 已签集体合同单位数, 已签工资集体协议单位数 and
集体合同覆盖职工数 of the six rows add up to those figures, and 应签劳动合同人数 to 59 752 (57 422 ÷ 59 752 = 96.1 %).

Generated (random.Random(SEED)): how the totals fall on the six parks, and everything else. All names are invented.
PIECES are chosen by hand so that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime
from pathlib import Path

import xlsxwriter

SEED = 57422
SIGNED, DUE, UNITS, BENEFIT = 57422, 59752, 343, 23000  # real; DUE is 57 422 ÷ 96.1 %
CITY_WAGE = 6500  # invented
CREATED = datetime(2026, 8, 3, 9, 0, 0)
FILE = "和谐劳动关系申报汇总表.xlsx"

# name, level applied for, quality (0 best … 3 weakest)
FIRMS = [
    ("澄岚精密机械有限公司", "AAA", 0), ("栖霖生物制药有限公司", "AAA", 0), ("望屿电子股份有限公司", "AAA", 0), ("知禾食品有限公司", "AAA", 1),
    ("拾砚印务有限公司", "AAA", 1), ("听澜物流有限公司", "AAA", 2), ("汀舟船舶配件有限公司", "AAA", 0), ("青皋纺织有限公司", "AA", 0),
    ("霁川建材有限公司", "AA", 0), ("桐荫家具有限公司", "AA", 1), ("朗峰仪表有限公司", "AA", 0), ("沐野农产品有限公司", "AA", 2),
    ("苇渡环保科技有限公司", "AA", 1), ("晚枫酒店管理有限公司", "A", 1), ("松涧水务有限公司", "A", 0), ("云汀商贸有限公司", "A", 1),
    ("槐序服装有限公司", "A", 2), ("皓石矿山设备有限公司", "A", 3), ("溪桥物业服务有限公司", "A", 1), ("竹里软件有限公司", "A", 0),
]  # fmt: skip
PARKS = [
    ("云汀街道产业园", "AAA", 0),
    ("栖霞坞街道产业园", "AAA", 0),
    ("望江亭街道产业园", "AAA", 1),
    ("澄湖街道产业园", "AA", 1),
    ("松荫街道产业园", "AA", 2),
    ("青渡街道产业园", "A", 3),
]

COMMON = {
    "applied": "申报等级", "employees": "职工人数", "contracts_due": "应签劳动合同人数", "contracts_signed": "已签劳动合同人数",
    "arrears": "拖欠工资次数", "wage": "人均工资", "city_wage": "上年全市平均工资", "payroll_kept": "工资支付台账保存两年", "overtime_paid": "依法支付加班工资", "payslip": "向职工提供工资清单",
    "pension": "养老保险参保率", "medical": "医疗保险参保率", "unemployment": "失业保险参保率", "injury": "工伤保险参保率", "maternity": "生育保险参保率", "injuries": "工伤事故人次",
    "collective_workers": "集体合同覆盖职工数", "unfiled": "未报审集体合同份数", "members": "会员人数", "openings": "厂务公开次数",
    "committee": "设立劳动争议调解组织", "cases": "劳动争议件数", "settled": "调解成功件数",
    "ballots": "发出测评票数", "returned": "收回测评票数", "content": "满意票数", "care": "职工关爱活动次数", "trained": "职工年度培训率",
    "honour": "和谐创建表彰级别", "filed_on": "申报日期", "sampled": "抽查人数", "sampled_signed": "抽查已签合同人数", "held": "持有上年度称号", "annual_report": "已报年度报告",
    "major_accident": "近三年较大以上事故", "group_dispute": "集体争议最多一起人数", "expired": "集体合同逾期未续签", "sanctioned": "受劳动保障行政处罚", "fraud": "申报材料弄虚作假",
}  # fmt: skip
FIRM_ONLY = {
    "text_standard": "劳动合同文本规范", "roster": "职工名册齐全", "filed": "用工备案", "rules_public": "规章制度公示", "dispatched": "劳务派遣人数", "part_time": "非全日制用工人数",
    "part_time_insured": "非全日制已缴工伤保险人数", "wage_workers": "工资集体协议覆盖职工数", "planned": "创建工作列入规划", "appointed": "创建工作专人负责", "years": "依法经营满年数",
}  # fmt: skip
PARK_ONLY = {
    "park_office": "园区劳动关系管理机构", "park_staff": "园区专职管理人员", "park_warning": "园区欠薪预警制度", "park_ledger": "园区用工检查台账",
    "units_due": "应签集体合同单位数", "collective_units": "已签集体合同单位数", "wage_units": "已签工资集体协议单位数", "reached": "和谐企业达标户数", "under_way": "和谐企业在创户数",
}  # fmt: skip
LEVEL_TWO = (
    "collective_workers",
    "wage_workers",
    "members",
    "openings",
    "committee",
    "cases",
    "settled",
    "units_due",
    "collective_units",
    "wage_units",
    "unfiled",
)
LEVEL_THREE = ("planned", "appointed", "reached", "under_way", "ballots", "returned", "content", "care", "trained")

Row = dict[str, object]

# by quality: what a field is drawn from
DRAWS: dict[str, tuple[tuple[object, ...], ...]] = {
    "text_standard": (("是",), ("是",), ("是",), ("是", "否")), "roster": (("是",), ("是",), ("是", "否"), ("否",)),
    "filed": (("是",), ("是", "是", "否"), ("否",), ("否",)), "rules_public": (("是",), ("是",), ("是",), ("否",)),
    "dispatched": ((0, 0, 12), (0, 15, 20), (30, 45), (60,)), "part_time": ((0,), (0, 6), (5, 8), (10,)),
    "wage": ((7360, 7150, 7020), (6680, 6500, 6240), (5980, 5510), (4980,)), "arrears": ((0,), (0,), (0, 1), (2,)),
    "payroll_kept": (("是",), ("是",), ("是", "否"), ("否",)), "overtime_paid": (("是",), ("是",), ("是",), ("否",)), "payslip": (("是",), ("是", "否"), ("否",), ("否",)),
    "pension": ((98.2, 97.5, 99), (95, 93.6), (88.4, 86.1), (82,)), "medical": ((99, 98.4, 100), (96, 94.2), (90.5, 88), (84.5,)),
    "unemployment": ((95, 93.7, 96), (90.4, 88), (81.5, 84), (70.3,)), "injury": ((100,), (100, 98), (95, 92.5), (86,)), "maternity": ((92, 94.6, 95), (88, 86.5), (80, 78.5), (68,)),
    "injuries": ((0, 0, 1), (0, 1), (1, 3), (4,)), "openings": ((4, 5), (4, 3), (2,), (1,)), "unfiled": ((0,), (0, 1), (2, 3), (4,)),
    "committee": (("是",), ("是",), ("是", "否"), ("否",)), "cases": ((0, 2, 5), (4, 6, 8), (9, 12), (15,)), "care": ((5, 6), (5, 4), (3,), (1,)), "trained": ((98, 100, 96.5), (92, 90), (76, 71), (50,)),
    "planned": (("是",), ("是",), ("是", "否"), ("否",)), "appointed": (("是",), ("是",), ("是",), ("否",)), "years": ((16, 12, 21), (9, 7, 5), (4, 3), (2,)),
    "honour": (("省级", "市级", "无"), ("市级", "无"), ("无",), ("无",)), "filed_on": (("2026-07-20", "2026-07-24"), ("2026-07-28", "2026-07-31"), ("2026-07-30", "2026-08-01"), ("2026-08-05",)),
    "reached": ((3, 2), (2, 1), (1,), (0,)), "under_way": ((4,), (3, 4), (2,), (1,)),
    "park_office": (("是",), ("是",), ("是",), ("否",)), "park_staff": (("是",), ("是",), ("否",), ("否",)), "park_warning": (("是",), ("是",), ("是",), ("是",)), "park_ledger": (("是",), ("是", "否"), ("否",), ("否",)),
}  # fmt: skip

PIECES: dict[str, Row] = {
    # high: bonus 7 + 3 runs into the cap of 5
    "澄岚精密机械有限公司": {"employees": 420, "contracts_due": 420, "contracts_signed": 420, "dispatched": 0, "part_time": 0, "wage": 7150, "pension": 98.2, "medical": 99, "unemployment": 95, "injury": 100, "maternity": 94.6,
                    "injuries": 1, "collective_workers": 420, "wage_workers": 410, "members": 411, "openings": 4, "unfiled": 0, "cases": 5, "settled": 4, "ballots": 200, "returned": 190, "content": 175,
                    "care": 6, "trained": 98, "years": 16, "honour": "国家级", "filed_on": "2026-07-20"},
    # level AAA applied for, III below 90 %: falls to AA
    "知禾食品有限公司": {"returned": 150, "content": 117, "ballots": 160, "care": 4, "wage": 6680, "contracts_signed": "all", "members": "all"},
    "拾砚印务有限公司": {"ballots": 120, "returned": 70, "content": 68, "wage": 6680, "members": "all", "openings": 4, "payslip": "是"},  # turnout 58.3 %: the poll is void
    "听澜物流有限公司": {"sampled_signed": 7},  # the sample of ten below 80 %
    "汀舟船舶配件有限公司": {"expired": "是"},  # section 2.1 zero
    # every deduction on a step: 95 % signed, mean of rates 88 %, share of dispatched 12 %, wage at the average
    "桐荫家具有限公司": {"employees": 440, "contracts_due": 400, "contracts_signed": 380, "dispatched": 60, "part_time": 8, "part_time_insured": 6, "wage": 6500, "pension": 90, "medical": 92, "unemployment": 85, "injury": 95, "maternity": 78,
                  "arrears": 1, "payslip": "否", "filed": "是", "injuries": 1, "collective_workers": 352, "wage_workers": 220, "unfiled": 2, "members": 418, "openings": 3, "committee": "是", "cases": 5, "settled": 3,
                  "years": 9, "honour": "无", "filed_on": "2026-08-01"},
    "霁川建材有限公司": {"like": "青皋纺织有限公司"},  # the same in all that counts: a shared rank
    "朗峰仪表有限公司": {"group_dispute": 4},
    "沐野农产品有限公司": {"wage_workers": 0},  # no wage agreement
    "苇渡环保科技有限公司": {"openings": "", "pension": "92.28%"},  # planted: a blank counts 0; a percentage as text
    "晚枫酒店管理有限公司": {"medical": "９２", "sanctioned": "是", "wage": 6680},  # planted: full-width digits; not awarded
    "松涧水务有限公司": {"held": "是", "annual_report": "否"},  # lapsed: not ranked
    "云汀商贸有限公司": {"fraud": ""},  # planted: an undecided gate
    "溪桥物业服务有限公司": {"injury": 104},  # planted: above 100
    "竹里软件有限公司": {"contracts_signed": "all", "wage": 7360},
    "望江亭街道产业园": {"reached": 1, "under_way": 3, "ballots": 300, "returned": 240, "content": 210},
    "松荫街道产业园": {"major_accident": "是"},
}  # fmt: skip
OWN = {"unit", "category", "applied", "employees", "contracts_due", "contracts_signed"}


def split(total: int, weights: list[int]) -> list[int]:
    """*total* in whole parts by *weights* and largest remainders."""
    floors = [total * weight // sum(weights) for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % sum(weights)), i))
    for i in order[: total - sum(floors)]:
        floors[i] += 1
    return floors


def draw(name: str, applied: str, quality: int, rng: random.Random) -> Row:
    """What both categories have, drawn by quality."""
    row: Row = {field: rng.choice(choices[quality]) for field, choices in DRAWS.items()}
    cases = int(str(row["cases"]))
    row.update(unit=name, applied=applied, city_wage=CITY_WAGE, settled=cases - (0, 1, 4, 9)[quality] if cases else 0, sampled=10, sampled_signed=(10, 10, 9, 8)[quality],
               held="否", annual_report="否", major_accident="否", group_dispute=0, expired="否", sanctioned="否", fraud="否")  # fmt: skip
    ballots = rng.randint(10, 30) * 10
    returned = ballots * (95, 90, 82, 70)[quality] // 100
    row.update(ballots=ballots, returned=returned, content=returned * (96, 89, 78, 66)[quality] // 100)
    return row


def firm(name: str, applied: str, quality: int, rng: random.Random) -> Row:
    """One enterprise."""
    row = draw(name, applied, quality, rng)
    people = rng.randint(90, 620)
    signed = people - people * (0, 2, 5, 14)[quality] // 100
    row.update(employees=people, contracts_due=people, contracts_signed=signed, part_time_insured=int(str(row["part_time"])) * (100, 100, 75, 40)[quality] // 100,
               collective_workers=people * (98, 90, 70, 30)[quality] // 100, wage_workers=people * (96, 84, 60, 20)[quality] // 100, members=people * (99, 96, 88, 60)[quality] // 100)  # fmt: skip
    return row


def parks(rng: random.Random) -> list[Row]:
    """The six parks; the real totals fall on them."""
    weights = [rng.randint(60, 140) for _ in PARKS]
    due, units = split(DUE, weights), split(UNITS, weights)
    unsigned = split(DUE - SIGNED, [weight * (1, 2, 3, 4, 7, 9)[i] for i, weight in enumerate(weights)])
    benefit = split(BENEFIT, weights)
    rows = []
    for i, (name, applied, quality) in enumerate(PARKS):
        row = draw(name, applied, quality, rng)
        row.update(employees=due[i], contracts_due=due[i], contracts_signed=due[i] - unsigned[i], units_due=units[i] * 100 // (96, 92, 85, 81, 62, 45)[i], collective_units=units[i], wage_units=units[i],
                   collective_workers=benefit[i], members=due[i] * (99, 99, 97, 95, 90, 84)[i] // 100)  # fmt: skip
        rows.append(row)
    assert (sum(due), sum(due) - sum(unsigned), sum(units), sum(benefit)) == (DUE, SIGNED, UNITS, BENEFIT)
    return rows


def dress(rows: list[Row]) -> list[Row]:
    """Lay the set pieces over *rows*; leave out what the level applied for does not ask."""
    by_name = {str(row["unit"]): row for row in rows}
    for name, row in by_name.items():
        pieces = dict(PIECES.get(name, {}))
        if "like" in pieces:
            other = by_name[str(pieces.pop("like"))]
            row.update({field: value for field, value in other.items() if field not in {"unit", "applied"}})
        for field in ("contracts_signed", "members"):
            if pieces.get(field) == "all":
                pieces[field] = row["contracts_due" if field == "contracts_signed" else "employees"]
        row.update(pieces)
        skipped = (LEVEL_TWO if row["applied"] == "A" else ()) + (LEVEL_THREE if row["applied"] != "AAA" else ())
        keep = {"collective_workers", "collective_units", "wage_units"} if "units_due" in row else set()  # the real totals stay complete
        row.update({field: "" for field in skipped if field not in keep})
    return rows


def write(path: Path, sheets: dict[str, tuple[dict[str, str], list[Row]]]) -> None:
    """The workbook: a title line, the header, the units."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": "劳动关系和谐单位申报汇总表（示例）", "created": CREATED})
    bold, wrap = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "text_wrap": True, "border": 1})
    for title, (fields, rows) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"劳动关系和谐{title}申报汇总表（示例）", bold)
        for column, header in enumerate(fields.values()):
            sheet.write(1, column, header, wrap)
        for line, row in enumerate(rows, start=2):
            for column, field in enumerate(fields):
                if row.get(field, "") != "":
                    sheet.write(line, column, row[field])
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 0, 26)
    book.close()


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    rng = random.Random(SEED)
    firms = dress([firm(*entry, rng) for entry in FIRMS])
    again = dict(next(row for row in firms if row["unit"] == "槐序服装有限公司"))
    firms.append({**again, "wage": 6240})  # planted: handed in twice
    places = dress(parks(rng))
    for rows, category in ((firms, "企业"), (places, "园区")):
        for row in rows:
            row["category"] = category
    head = {"unit": "单位名称", "category": "类别"}
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / FILE, {"企业": ({**head, **COMMON, **FIRM_ONLY}, firms), "园区": ({**head, **COMMON, **PARK_ONLY}, places)})
    (folder / "scorekit.toml").write_bytes(b'rubric = "labour-relations"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
