"""Write the six-haves sample: one workbook of 1776 generated unions, and the scorekit.toml beside it.

Run as ``python samples/six-haves/generate.py [OUTDIR]``; OUTDIR is ``submissions/`` beside this file unless said.
Equal runs write equal bytes: one seed, fixed document dates, no clock.

Real (a development zone's 2014 report, source S0 of the rubric, and nothing else here):
- 1776 unions set up in all, 282 of them in the year, 9 districts in the three areas 海港, 空港, 市区;
- the coverage of 92.28 % is carried as reported in README.md; it cannot be recomputed and no figure here uses it.
Generated: names of districts and unions, and every value in the workbook (seed 1776). The problems are planted by hand.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

SEED = 1776
UNIONS = 1776  # real: S0, unions set up in all
NEW_UNIONS = 282  # real: S0, unions set up in the year
AREAS = ("海港", "空港", "市区")  # real: S0; three districts in each is invented
SIZES = (231, 212, 205, 201, 196, 190, 187, 182, 172)  # invented, adds up to UNIONS
PERIOD_END = date(2026, 12, 31)
CREATED = datetime(2027, 1, 8, 9, 0, 0)

Row = dict[str, Any]

# Header by section, as printed in the workbook. 职工数 and 会员数 are aliases, the others are titles of the rubric.
COLUMNS: dict[str, tuple[str, ...]] = {
    "基本情况": ("工会名称", "片区", "当年新建", "职工数", "会员数", "女职工人数"),
    "一清": ("已登记职工人数", "会员实名信息完整率"),
    "双亮": ("悬挂工会牌子", "公布会员联系方式", "主席身份公示", "身份未公示委员人数"),
    "六有": (
        "主席依法选举产生", "主席产生方式", "主席任职日期", "主席培训日期",
        "设立经费审查委员会", "设立女职工委员会", "工会小组组建率", "组长职责不明的小组数",
        "活动场所面积", "文体活动次数", "职工活动参与面", "合理化建议落实率",
        "工作制度缺项数", "五簿二册一档等级", "会务公开次数",
        "工会经费账户", "会费收缴率", "经费拨缴到账率", "经费审查公布次数",
        "测评收回票数", "测评满意票数", "会员评家结果", "集体劳动争议起数",
    ),
    "五健全": (
        "召开职工代表大会", "职代会提案办结率", "厂务公开次数", "已签劳动合同人数", "集体合同有效期至",
        "设立劳动争议调解组织", "劳动争议调解成功率", "未整改安全隐患数", "隐患已列入整改计划",
    ),
    "五上墙": ("组织机构图上墙", "工会职责上墙", "工作制度上墙", "委员分工上墙", "公开事项上墙"),
    "加分与扣分": ("创新工作评定分", "上年末会员人数", "普惠服务人次", "报表报送情况", "抽查不达标处数", "一票否决情形"),
}  # fmt: skip
HEADERS = [title for titles in COLUMNS.values() for title in titles]

FIRST = "澄竹皓霁榆芷屿沐朗桐昀苇砚珩禾岚晨松青云"
SECOND = "舟岭川穗帆石泉林田桥陌汀原谷峰溪洲圃砾渡"
TRADES = (
    "电子",
    "机械",
    "包装",
    "食品",
    "物流",
    "仪表",
    "建材",
    "纺织",
    "软件",
    "餐饮",
    "商贸",
    "设备",
    "汽配",
    "化工",
    "印刷",
    "保洁",
)

# A union without a fault: the rows made by hand below differ from it only where they say so.
PERFECT: Row = {
    "当年新建": "否", "职工数": 200, "会员数": 196, "女职工人数": 80,
    "已登记职工人数": 200, "会员实名信息完整率": 99.5,
    "悬挂工会牌子": "是", "公布会员联系方式": "是", "主席身份公示": "是", "身份未公示委员人数": 0,
    "主席依法选举产生": "是", "主席产生方式": "会员大会选举", "主席任职日期": date(2024, 3, 15), "主席培训日期": date(2024, 9, 10),
    "设立经费审查委员会": "是", "设立女职工委员会": "是", "工会小组组建率": 100, "组长职责不明的小组数": 0,
    "活动场所面积": 60, "文体活动次数": 8, "职工活动参与面": 92, "合理化建议落实率": 80,
    "工作制度缺项数": 0, "五簿二册一档等级": "A", "会务公开次数": 4,
    "工会经费账户": "独立账户", "会费收缴率": 100, "经费拨缴到账率": 100, "经费审查公布次数": 2,
    "测评收回票数": 180, "测评满意票数": 172, "会员评家结果": "满意", "集体劳动争议起数": 0,
    "召开职工代表大会": "是", "职代会提案办结率": 100, "厂务公开次数": 4, "已签劳动合同人数": 200, "集体合同有效期至": date(2028, 6, 30),
    "设立劳动争议调解组织": "是", "劳动争议调解成功率": 100, "未整改安全隐患数": 0, "隐患已列入整改计划": "否",
    "组织机构图上墙": "规范", "工会职责上墙": "规范", "工作制度上墙": "规范", "委员分工上墙": "规范", "公开事项上墙": "规范",
    "创新工作评定分": 0, "上年末会员人数": 190, "普惠服务人次": 300, "报表报送情况": "按时", "抽查不达标处数": 0, "一票否决情形": "无",
}  # fmt: skip

# The three unions whose points README.md computes by hand: place in the list → what differs from PERFECT.
BY_HAND: dict[tuple[str, int], Row] = {
    ("海港一片区", 1): {  # high: honours over their cap, first place in services, growth of exactly four steps
        "会员数": 192, "上年末会员人数": 160, "创新工作评定分": 1.5, "普惠服务人次": 5200, "会员实名信息完整率": 97.02, "活动场所面积": 26.4,
        "劳动争议调解成功率": "不适用",
    },
    ("空港二片区", 2): {  # deductions on exact steps: 10, 10 and 3 points of percentage, 61 days late, 92.25 % of dues
        "会员数": 170, "已登记职工人数": 180, "主席培训日期": date(2025, 5, 15), "职工活动参与面": 75, "会费收缴率": 92.25,
        "已签劳动合同人数": 184, "职代会提案办结率": 89, "测评收回票数": 102, "测评满意票数": 82, "未整改安全隐患数": 2,
        "上年末会员人数": 200, "身份未公示委员人数": 3, "报表报送情况": "迟报", "抽查不达标处数": 1, "集体劳动争议起数": 1, "普惠服务人次": 120,
        "五簿二册一档等级": "B", "工作制度缺项数": 1, "公开事项上墙": "基本规范",
    },
    ("市区三片区", 3): {  # a new union: chair not elected (seat passed on), blank vote, no women, account kept by the upper union
        "当年新建": "是", "职工数": 24, "会员数": 23, "女职工人数": 0, "设立女职工委员会": "否", "已登记职工人数": 24,
        "主席依法选举产生": "否", "主席产生方式": "上级指派", "主席任职日期": date(2026, 4, 1), "主席培训日期": None, "工会经费账户": "上级代管",
        "测评收回票数": 20, "测评满意票数": None, "职代会提案办结率": "不适用", "劳动争议调解成功率": "不适用", "已签劳动合同人数": 24,
        "上年末会员人数": None, "活动场所面积": 20, "文体活动次数": 5, "会务公开次数": 2, "厂务公开次数": 3, "隐患已列入整改计划": "是",
        "未整改安全隐患数": 1, "普惠服务人次": 15,
    },
}  # fmt: skip

# Ties: the second union repeats all values of the first, so that they share a rank.
TWINS = (
    ("海港一片区", 74, 60),  # at the line of 12 seats: expand
    ("海港二片区", 202, 81),  # at the line of 10 seats: shrink
    ("海港二片区", 117, 89),  # both first, and both first in services, where the next place is skipped
    ("海港三片区", 139, 32),  # at the line of 10 seats: draw
)

# What occurs in life: place in the list → the cells as somebody really types them.
FAULTS: dict[tuple[str, int], Row] = {
    ("海港一片区", 20): {"会费收缴率": "92.28%"},  # a percentage typed as text
    ("海港二片区", 21): {"会员实名信息完整率": "９２"},  # full-width digits
    ("海港三片区", 22): {"抽查不达标处数": None},  # a blank that must be asked for
    ("空港一片区", 23): {"主席依法选举产生": None},  # a blank that leaves a gate undecided
    ("空港三片区", 24): {"创新工作评定分": 2.5},  # more than the 2 points that may be given
    ("市区一片区", 25): {"职工活动参与面": 120},  # more than 100 %
}
DUPLICATE = ("空港二片区", 27)  # this union is entered twice, the second time with a space in its name and other values


def yes(value: bool) -> str:
    """Write a truth as officials do."""
    return "是" if value else "否"


def steady(rng: random.Random, quality: float, low: float, high: float, spread: float) -> float:
    """Draw a value between *low* and *high* that follows *quality*, with a spread around it."""
    centre = low + (high - low) * quality
    return min(high, max(low, centre + spread * (rng.random() - 0.5)))


def often(rng: random.Random, quality: float, low: float) -> bool:
    """Draw a truth that is *low* likely at quality 0 and certain at quality 1."""
    return rng.random() < low + (1 - low) * quality


def percentage(rng: random.Random, quality: float, low: float, spread: float = 14.0) -> float | int:
    """Draw a percentage of at most 100, whole or in quarters as returns have it."""
    value = steady(rng, quality, low, 108, spread)
    return min(100, round(value * 4) / 4 if rng.random() < 0.4 else round(value))


def head_count(rng: random.Random) -> int:
    """Draw a number of employees; small enterprises are many."""
    low, high = rng.choices(((8, 25), (26, 60), (61, 150), (151, 400), (401, 1800)), (24, 34, 26, 12, 4))[0]
    return rng.randint(low, high)


def make_basics(rng: random.Random, quality: float, new: bool) -> Row:
    """Make the figures of people, and what depends on them in the other sections."""
    employees = head_count(rng)
    members = max(3, int(employees * steady(rng, quality, 0.72, 1.06, 0.14)))
    members = min(members, employees)
    back = int(members * steady(rng, quality, 0.52, 1.0, 0.3))
    growth = steady(rng, quality, 0.84, 1.22, 0.3)
    return {
        "当年新建": yes(new), "职工数": employees, "会员数": members,
        "女职工人数": 0 if rng.random() < 0.04 else max(1, int(employees * (0.1 + 0.6 * rng.random()))),
        "已登记职工人数": min(employees, int(employees * steady(rng, quality, 0.74, 1.08, 0.16))),
        "已签劳动合同人数": min(employees, int(employees * steady(rng, quality, 0.86, 1.04, 0.08))),
        "测评收回票数": back, "测评满意票数": min(back, int(back * steady(rng, quality, 0.66, 1.06, 0.2))),
        "上年末会员人数": None if new else max(2, int(members / growth)),
        "普惠服务人次": int(members * steady(rng, quality, 0.2, 3.0, 1.6)),
    }  # fmt: skip


def make_chair(rng: random.Random, quality: float, new: bool) -> Row:
    """Make the chair: elected or not, when in office, when trained."""
    elected = rng.random() > 0.012
    first_day = date(2026, 1, 10) if new else date(2022, 1, 10)
    office = first_day + timedelta(days=rng.randrange(340 if new else 1780))
    office = min(office, PERIOD_END - timedelta(days=15))
    wait = rng.randrange(20, 365) if often(rng, quality, 0.5) else rng.randrange(366, 520)
    trained = office + timedelta(days=wait)
    method = rng.choices(("会员大会选举", "会员代表大会选举", "委员会选举"), (5, 3, 1 if quality > 0.6 else 4))[0]
    return {
        "主席依法选举产生": yes(elected), "主席产生方式": method if elected else "上级指派",
        "主席任职日期": office, "主席培训日期": trained if trained <= PERIOD_END else None,
        "悬挂工会牌子": yes(often(rng, quality, 0.8)), "公布会员联系方式": yes(often(rng, quality, 0.5)),
        "主席身份公示": yes(often(rng, quality, 0.75)), "身份未公示委员人数": 0 if often(rng, quality, 0.3) else rng.randint(1, 5),
    }  # fmt: skip


def make_six(rng: random.Random, quality: float, employees: int) -> Row:
    """Make organisation, activities, rules, funds and results."""
    own = often(rng, quality, 0.55)
    return {
        "会员实名信息完整率": percentage(rng, quality, 70),
        "设立经费审查委员会": yes(often(rng, quality, 0.55)), "设立女职工委员会": yes(often(rng, quality, 0.55)),
        "工会小组组建率": percentage(rng, quality, 62), "组长职责不明的小组数": 0 if often(rng, quality, 0.45) else rng.randint(1, 3),
        "活动场所面积": round(steady(rng, quality, 4, 60, 36)), "文体活动次数": round(steady(rng, quality, 0, 9, 4)),
        "职工活动参与面": percentage(rng, quality, 62), "合理化建议落实率": percentage(rng, quality, 25, 40),
        "工作制度缺项数": 0 if often(rng, quality, 0.25) else rng.randint(1, 5),
        "五簿二册一档等级": "ABCD"[min(3, int(3.4 * (1 - quality) * (0.5 + rng.random())))],
        "会务公开次数": round(steady(rng, quality, 0, 5, 3)),
        "工会经费账户": "独立账户" if own else "上级代管" if employees <= 60 else "未设账户",
        "会费收缴率": percentage(rng, quality, 68), "经费拨缴到账率": percentage(rng, quality, 78),
        "经费审查公布次数": round(steady(rng, quality, 0, 2.6, 1.6)),
        "会员评家结果": "满意" if often(rng, quality, 0.2) else rng.choice(("基本满意", "基本满意", "不满意")),
        "集体劳动争议起数": 0 if often(rng, quality, 0.85) else rng.randint(1, 3),
    }  # fmt: skip


def make_sound(rng: random.Random, quality: float) -> Row:
    """Make the five mechanisms and the five things on the wall."""
    until = date(2026, 6, 30) + timedelta(days=rng.randrange(1000))
    hazards = 0 if often(rng, quality, 0.55) else rng.randint(1, 5)
    row: Row = {
        "召开职工代表大会": yes(often(rng, quality, 0.6)),
        "职代会提案办结率": "不适用" if rng.random() < 0.25 else percentage(rng, quality, 70),
        "厂务公开次数": round(steady(rng, quality, 0, 5, 3)), "集体合同有效期至": until if often(rng, quality, 0.65) else None,
        "设立劳动争议调解组织": yes(often(rng, quality, 0.6)),
        "劳动争议调解成功率": "不适用" if rng.random() < 0.45 else percentage(rng, quality, 48, 40),
        "未整改安全隐患数": hazards, "隐患已列入整改计划": yes(hazards > 0 and often(rng, quality, 0.3)),
    }  # fmt: skip
    for title in COLUMNS["五上墙"]:
        row[title] = "规范" if often(rng, quality, 0.25) else "基本规范" if often(rng, quality, 0.5) else "未上墙"
    return row


def make_office(rng: random.Random, quality: float) -> Row:
    """Make what the office enters: innovation, reports, spot checks."""
    chosen = rng.random() < 0.08 + 0.3 * quality
    return {
        "创新工作评定分": rng.randint(1, 4) / 2 if chosen else 0,
        "报表报送情况": "按时" if often(rng, quality, 0.7) else rng.choice(("迟报", "迟报", "未报")),
        "抽查不达标处数": 0 if often(rng, quality, 0.6) else rng.randint(1, 6),
        "一票否决情形": "无",
    }  # fmt: skip


def make_names(rng: random.Random, district: str, size: int) -> list[str]:
    """Make invented names, distinct within the district; the district in brackets marks them as such."""
    pairs = rng.sample([a + b for a in FIRST for b in SECOND], size)
    return [f"{pair}{rng.choice(TRADES)}({district.removesuffix('片区')})企业工会" for pair in pairs]


def make_rows(rng: random.Random) -> list[Row]:
    """Make all unions in the order of the list; vetoes and new unions are drawn by number."""
    districts = [f"{area}{n}片区" for area in AREAS for n in "一二三"]
    fixed = {place for place, row in BY_HAND.items() if row.get("当年新建") == "是"}
    places = [(district, n) for district, size in zip(districts, SIZES, strict=True) for n in range(1, size + 1)]
    free = [place for place in places if place not in BY_HAND and place != DUPLICATE]
    new = fixed | set(rng.sample(free, NEW_UNIONS - len(fixed)))
    names = {district: make_names(rng, district, size) for district, size in zip(districts, SIZES, strict=True)}
    rows = []
    for place in places:
        district, number = place
        quality = 0.3 + 0.55 * (rng.random() + rng.random()) / 2  # plain arithmetic: the same on every machine
        row = make_basics(rng, quality, place in new) | make_chair(rng, quality, place in new)
        row |= make_six(rng, quality, row["职工数"]) | make_sound(rng, quality) | make_office(rng, quality)
        row |= (PERFECT | BY_HAND[place]) if place in BY_HAND else {}
        rows.append({"工会名称": names[district][number - 1], "片区": district, "序号": number} | row)
    for row, veto in zip(rng.sample(rows, 20), ["违纪违规"] * 7 + ["拖欠工资"] * 6 + ["重大事故"] * 4 + ["弄虚作假"] * 3, strict=True):
        row["一票否决情形"] = veto if (row["片区"], row["序号"]) not in BY_HAND else "无"
    return rows


def plant(rows: list[Row]) -> list[Row]:
    """Make the ties, then the faults, then the row that is there twice."""
    at = {(row["片区"], row["序号"]): row for row in rows}
    for district, model, twin in TWINS:
        at[district, twin] |= {k: v for k, v in at[district, model].items() if k not in ("工会名称", "序号", "当年新建")}
    for place, cells in FAULTS.items():
        at[place] |= cells
    again = at[DUPLICATE] | {"文体活动次数": 9, "普惠服务人次": 0}
    again["工会名称"] = again["工会名称"].replace("(", " (")
    return [*rows, again]


def make_honours(rng: random.Random, rows: list[Row]) -> list[tuple[str, str, str, date]]:
    """Make the honours: one line each; the first union has one honour at two levels and two others."""
    first = rows[0]["工会名称"]
    lines = [
        (first, "先进职工之家", "市级", date(2026, 4, 28)),
        (first, "先进职工之家", "区级", date(2026, 3, 20)),
        (first, "工人先锋号", "新区级", date(2026, 5, 6)),
        (first, "安康杯竞赛优胜", "区级", date(2026, 10, 15)),
    ]
    matters = ("先进职工之家", "工人先锋号", "安康杯竞赛优胜", "职工书屋", "技能竞赛优胜")
    for row in rng.sample(rows[1:], 120):
        if (row["片区"], row["序号"]) in BY_HAND:
            continue
        level = rng.choices(("区级", "新区级", "市级", "全国级"), (70, 34, 13, 3))[0]
        lines.append((row["工会名称"], rng.choice(matters), level, date(2026, 1, 5) + timedelta(days=rng.randrange(350))))
    return sorted(lines[:4]) + sorted(lines[4:])


def write_cell(sheet: Any, line: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    """Write one value as what it is: date, number, text; a blank stays blank."""
    if value is None:
        sheet.write_blank(line, column, None, styles["cell"])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), styles["date"])
    elif isinstance(value, str):
        sheet.write_string(line, column, value, styles["cell"])
    else:
        sheet.write_number(line, column, value, styles["cell"])


def write_main_sheet(book: Any, rows: list[Row], styles: dict[str, Any]) -> None:
    """Write title, sub-line, section line, header, rows and the totals line."""
    sheet = book.add_worksheet("自评汇总表")
    last = len(HEADERS) - 1
    sheet.merge_range(0, 0, 0, last, "基层工会“一清双亮六有五健全五上墙”自评汇总表", styles["title"])
    sheet.merge_range(1, 0, 1, last, "填报单位：区工会（示例）    数据截至：2026年12月31日    单位：人、次、%", styles["note"])
    start = 0
    for section, titles in COLUMNS.items():
        sheet.merge_range(2, start, 2, start + len(titles) - 1, section, styles["head"])
        start += len(titles)
    for column, title in enumerate(HEADERS):
        sheet.write_string(3, column, title, styles["head"])
    for line, row in enumerate(rows, 4):
        for column, title in enumerate(HEADERS):
            write_cell(sheet, line, column, row[title], styles)
    sheet.write_string(len(rows) + 4, 0, "合计", styles["head"])
    for title in ("职工数", "会员数"):
        total = sum(row[title] for row in rows if isinstance(row[title], int))
        sheet.write_number(len(rows) + 4, HEADERS.index(title), total, styles["head"])
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, last, 12)
    sheet.set_row(3, 48)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, 3)


def write_honours_sheet(book: Any, lines: list[tuple[str, str, str, date]], styles: dict[str, Any]) -> None:
    """Write the honours, joined to the unions by name."""
    sheet = book.add_worksheet("荣誉")
    for column, title in enumerate(("工会名称", "荣誉名称", "级别", "表彰日期")):
        sheet.write_string(0, column, title, styles["head"])
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line):
            write_cell(sheet, number, column, value, styles)
    sheet.set_column(0, 1, 32)
    sheet.set_column(2, 3, 14)
    sheet.freeze_panes(1, 0)


def write_workbook(path: Path, rows: list[Row], honours: list[tuple[str, str, str, date]]) -> None:
    """Write both sheets; the document's dates are fixed so that the bytes are."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "自评汇总表", "author": "scorekit", "created": CREATED})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"align": "left"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "cell": book.add_format({"border": 1}),
        "date": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
    }
    write_main_sheet(book, rows, styles)
    write_honours_sheet(book, honours, styles)
    book.close()


def main(folder: Path) -> None:
    """Generate the sample into *folder*."""
    rng = random.Random(SEED)
    unions = make_rows(rng)
    honours = make_honours(rng, unions)
    rows = plant(unions)
    distinct = {row["工会名称"].replace(" ", "") for row in rows}
    new = sum(row["当年新建"] == "是" for row in rows)
    if (len(distinct), new) != (UNIONS, NEW_UNIONS):
        raise SystemExit(f"expected {UNIONS} unions and {NEW_UNIONS} new ones, made {len(distinct)} and {new}")
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(folder / "自评汇总表.xlsx", rows, honours)
    (folder / "scorekit.toml").write_text('rubric = "six-haves"\n', encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "submissions")
