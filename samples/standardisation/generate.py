"""Make the sample of the rubric ``standardisation`` (工会规范化建设): one GB18030 CSV of 22 unions.

    python samples/standardisation/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report of a county federation, source S4 of the rubric): 14 townships, 8 systems,
254 villages that all have a union, 6 923 migrant workers who all joined, and 100 % reported for
unions set up and for membership. The columns 行政村数, 村工会数, 农民工人数, 农民工会员数 add up to those
totals over the 14 townships; 应建会 = 已建会 and 职工人数 = 会员数 in every row.

Generated (random.Random(SEED)): how the totals fall on the townships, and everything else.
All names are invented. The set pieces in OVERRIDES are chosen by hand so that the README can be
checked by hand; PLANTED are the faults that occur in life. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path

SEED = 20260930
VILLAGES, MIGRANTS = 254, 6923  # real
FILE = "规范化建设自评表.csv"
TITLE = "澜原县工会规范化建设自评汇总表（示例）"  # an invented county

Row = dict[str, str]

# name, enterprises, workers, quality (0 best … 3 weakest); three sizes stand exactly on a class line
TOWNSHIPS = [
    ("栖梧镇", 118, 8640, 0),
    ("揽云镇", 72, 10000, 0),
    ("问渠镇", 46, 4120, 1),
    ("织锦镇", 35, 3360, 1),
    ("澄砚镇", 31, 2860, 1),
    ("拾光镇", 30, 2180, 1),
    ("知春镇", 24, 3000, 1),
    ("听泉乡", 22, 1960, 1),
    ("望禾乡", 18, 1540, 1),
    ("枕石乡", 16, 1480, 1),
    ("映槐乡", 15, 1260, 2),
    ("归鹭乡", 12, 1130, 2),
    ("耕雪乡", 9, 980, 2),
    ("乘风乡", 8, 920, 3),
]
SYSTEMS = [
    ("教育系统", 64, 4350, 0),
    ("卫生健康系统", 33, 2870, 0),
    ("建设系统", 41, 3120, 2),
    ("交通系统", 22, 1610, 1),
    ("商贸系统", 100, 2940, 1),
    ("农林系统", 19, 1240, 1),
    ("文旅系统", 14, 860, 1),
    ("工业系统", 52, 5480, 1),
]

# by quality: what a field is drawn from
DRAWS: dict[str, tuple[tuple[object, ...], ...]] = {
    "sampled_members": ((40, 40, 39, 38), (39, 38, 38, 37), (37, 36, 35, 34), (35, 34, 33, 32)),
    "reelection": (("按期换届",), ("按期换届", "按期换届", "逾期一年内"), ("按期换届", "逾期一年内"), ("逾期一年内", "逾期一年以上")),
    "ledgers_missing": ((0, 0, 1), (0, 1, 2), (1, 2, 3), (3, 4, 5)),
    "meetings": ((2, 1), (1,), (1,), (1,)),
    "work_reported": (("是",), ("是", "是", "否"), ("是", "否"), ("否",)),
    "minutes_missing": ((0,), (0, 1), (1, 2), (2, 4)),
    "sign_shown": (("是",), ("是",), ("是", "是", "否"), ("是",)),
    "chair_shown": (("是",), ("是", "是", "否"), ("是", "否"), ("否",)),
    "three_tiers": (("是",), ("是",), ("是", "是", "否"), ("否",)),
    "harmonious": ((2, 3, 4), (1, 2, 2), (0, 1, 2), (0,)),
    "harmonising": ((3, 4), (2, 3, 3), (1, 2, 3), (1,)),
    "contract_unfiled": ((0, 0, 1), (0, 1, 2), (1, 3), (4, 6)),
    "women_contract": (("是",), ("是", "是", "否"), ("是", "否"), ("否",)),
    "contests": ((3, 2), (2, 1), (1,), (1,)),
    "contest_units": (("92", "95.5", "88"), ("86", "83.5", "79"), ("75", "72.5", "81"), ("62", "58")),
    "contest_people": (("98", "96.5", "95"), ("95", "91", "93.5"), ("88", "84", "90"), ("76", "71.5")),
    "site_items": ((6, 6, 5), (6, 5, 5), (5, 4), (4, 3)),
    "registry": (("100", "100", "99.2"), ("98.4", "96", "94.1"), ("91", "89.5", "93"), ("82", "78.6")),
    "late_days": ((0, 0, 1), (0, 2, 3), (2, 4, 6), (6, 9)),
    "reports_missed": ((0,), (0,), (0, 0, 1), (1, 2)),
    "info_sent": ((38, 42, 35, 31), (22, 26, 29), (12, 15, 18), (6, 8)),
    "info_adopted": ((14, 17, 12), (7, 9, 11), (3, 5, 6), (1, 2)),
    "dues_share": ((100, 100, 104), (100, 96, 98), (88, 92, 95), (71, 80)),
    "audit_grade": (("A", "A", "B"), ("A", "B", "B"), ("B", "C"), ("C", "未达级")),
    "findings": ((0, 2, 4), (3, 4, 5), (4, 5, 8), (6, 8)),
    "unfixed": ((0,), (0, 0, 1), (1,), (2, 3)),
    "study": ((4, 4, 5), (4, 3), (3, 2), (2, 1)),
    "research": ((3, 4), (2, 3), (1, 2), (0, 1)),
    "activities": ((6, 8, 7), (6, 5), (4, 5), (3, 2)),
    "suggestion_rounds": ((2, 3), (2, 2, 1), (1, 2), (1,)),
    "suggestion_rate": (("76", "82.5", "71"), ("70", "66", "73.5"), ("52", "61", "48"), ("36", "28")),
    "tasks": (("8", "7.5", "7.5"), ("7", "6.5", "6"), ("5.5", "6", "5"), ("4", "3.5")),
    "turnout": (("92", "95.4", "88"), ("86", "83", "79"), ("77", "72", "81"), ("68", "63")),
    "satisfied": (("95", "92.6", "91", "89.4"), ("88", "86.5", "85"), ("82", "79.5", "77"), ("74", "70")),
    "overdue": ((0,), (0, 0, 1), (0, 1), (1,)),
    "honour": (("省级", "市级", "市级"), ("县级", "无", "市级"), ("无", "县级"), ("无",)),
    "models": ((2, 1, 0), (1, 0), (0,), (0,)),
    "mutual": (("72", "66.5", "75"), ("63", "60", "58"), ("54", "57", "61"), ("46", "51")),
    "submitted": (("2027-02-20", "2027-02-24"), ("2027-02-26", "2027-02-28"), ("2027-02-27", "2027-03-01"), ("2027-03-02",)),
}

# set pieces, by hand
OVERRIDES: dict[str, dict[str, object]] = {
    "揽云镇": {"honour": "市级", "models": 0, "mutual": "63", "research": 2, "tasks": "7", "satisfied": "89.4"},
    # a high score: bonuses run into both the group cap (5) and the bonus cap (8)
    "栖梧镇": {
        "sampled_members": 40,
        "ledgers_missing": 0,
        "site_items": 6,
        "registry": "100",
        "info_sent": 46,
        "info_adopted": 16,
        "honour": "国家级",
        "models": 2,
        "mutual": "82",
        "hosted": "是",
        "satisfied": "95",
        "tasks": "8",
        "full_time": 3,
        "library_area": 64,
        "research": 4,
    },
    # same total as 织锦镇: half a point lost in 健全组织 here, in 规范工作 there; the chain decides
    "问渠镇": {"sampled_members": 37, "site_items": 6, "honour": "市级", "tasks": "7", "chair_shown": "是", "contest_units": "86"},
    "织锦镇": {"like": "问渠镇", "sampled_members": 39, "site_items": 5},
    # the same in all that counts: a shared rank
    "澄砚镇": {"honour": "县级", "models": 0, "chair_shown": "是"},
    "拾光镇": {"like": "澄砚镇"},
    # every deduction exactly on a step
    "知春镇": {
        "sampled_members": 34,
        "contract_units": 20,
        "contract_signed": 16,
        "contract_unfiled": 2,
        "contests": 2,
        "contest_units": "80",
        "contest_people": "85",
        "registry": "95",
        "late_days": 5,
        "reports_missed": 0,
        "findings": 20,
        "fixed": 18,
        "satisfied": "84",
        "mutual": "55",
        "submitted": "2027-03-02",
        "criticised": "县级",
        "tasks": "6.5",
        "difficult": 8,
        "difficult_helped": 6,
        "site_items": 5,
        "dues_target": 40,
        "dues_paid": 38,
        "suggestion_rate": "70",
        "suggestion_rounds": 2,
        "research": 2,
        "study": 4,
        "activities": 5,
        "overdue": 0,
        "turnout": "82",
    },
    "听泉乡": {
        "chair_elected": "否",
        "honour": "省级",
        "models": 1,
        "mutual": "77.5",
        "satisfied": "92",
        "registry": "100",
        "late_days": 0,
        "library_area": 20,
        "info_adopted": 14,
        "tasks": "7.5",
        "research": 3,
    },  # necessary condition: not awarded
    "望禾乡": {
        "chair_since": "2026-06-18",
        "chair_trained": "—",
        "honour": "省级",
        "models": 2,
        "mutual": "70",
        "satisfied": "90",
    },  # in office under a year: 2 points as not applicable
    "枕石乡": {"fraud": "是"},  # removed before ranking
    "映槐乡": {"slush_fund": "是", "irregular": 3},  # funds section zero, and a deduction charged to 规范工作
    "归鹭乡": {
        "research": "",
        "registry": "92.28%",
        "accidents": 1,
        "criticised": "县级",
        "dues_target": 50,
        "dues_paid": 40.5,
    },  # planted: a blank that counts 0, a text percentage; exactly 70.00
    "耕雪乡": {"refused": ""},  # planted: an undecided gate
    "乘风乡": {"turnout": "58", "satisfied": "81", "accidents": 2},  # poll void below 60 % turnout
    "教育系统": {"satisfied": "88.2", "tasks": "7.5", "research": 2, "mutual": "62", "honour": "县级", "models": 0},
    "卫生健康系统": {"major_accident": "是", "satisfied": "87", "tasks": "7", "mutual": "66", "honour": "市级", "models": 0},  # 一票否优
    "建设系统": {"registry": "96.5", "late_days": 0, "audit_grade": "B", "suggestion_rate": "９２"},  # planted: full-width digits
    "交通系统": {"female": 0, "women_committee": "否", "women_contract": "否"},  # waived, and not applicable
    "农林系统": {"tasks": "9.5"},  # planted: above its maximum of 8
    "商贸系统": {"refused": "是"},  # zero total
    "工业系统": {
        "study": 1,
        "research": 0,
        "activities": 2,
        "suggestion_rate": "35",
        "tasks": "3.5",
        "satisfied": "70",
        "overdue": 2,
    },  # a section below 60 %
}

# header of each column; 会员数 is an alias, the rest are titles
FIELDS = {
    "unit": "单位名称",
    "category": "工会类型",
    "enterprises": "辖区企业数",
    "employees": "职工人数",
    "members": "会员数",
    "female": "女职工人数",
    "migrants": "农民工人数",
    "migrant_members": "农民工会员数",
    "should_unions": "应建会单位数",
    "unions": "已建会单位数",
    "sampled": "抽查职工数",
    "sampled_members": "抽查会员数",
    "villages": "行政村数",
    "village_unions": "村工会数",
    "direct_units": "直属单位数",
    "direct_unions": "直属单位工会数",
    "committee": "建立工会委员会",
    "audit_committee": "建立经费审查委员会",
    "women_committee": "建立女职工委员会",
    "form": "组织形式",
    "full_time": "专职工会干部数",
    "reelection": "换届情况",
    "chair_elected": "主席依法选举产生",
    "chair_since": "主席任职日期",
    "chair_trained": "主席培训日期",
    "cadres": "工会干部人数",
    "cadres_trained": "参训工会干部数",
    "ledgers_missing": "台账缺项数",
    "meetings": "会员大会次数",
    "work_reported": "向大会报告工作",
    "minutes_missing": "会议记录缺失次数",
    "sign_shown": "工会组织亮牌子",
    "chair_shown": "工会主席亮身份",
    "three_tiers": "三级组织网络健全",
    "harmonious": "和谐企业达标户数",
    "harmonising": "和谐企业在创户数",
    "contract_units": "应签集体合同单位数",
    "contract_signed": "已签集体合同单位数",
    "contract_unfiled": "未报审集体合同份数",
    "difficult": "困难职工建档人数",
    "difficult_helped": "已帮扶困难职工数",
    "women_contract": "签订女职工专项集体合同",
    "contests": "劳动竞赛次数",
    "contest_units": "竞赛覆盖率",
    "contest_people": "竞赛参与率",
    "site_items": "基础条件达标项数",
    "library_area": "职工书屋面积",
    "registry": "实名登记率",
    "late_days": "报表迟报天数",
    "reports_missed": "报表未报次数",
    "info_sent": "信息报送条数",
    "info_adopted": "信息采用条数",
    "dues_target": "经费上缴任务",
    "dues_paid": "经费实缴",
    "audit_grade": "经审规范化等级",
    "findings": "审计问题数",
    "fixed": "已整改问题数",
    "study": "集中学习次数",
    "research": "调研文章篇数",
    "activities": "文体活动次数",
    "suggestion_rounds": "合理化建议征集次数",
    "suggestion_rate": "合理化建议落实率",
    "tasks": "重点任务评分",
    "turnout": "测评参与率",
    "satisfied": "测评满意率",
    "overdue": "信访超期件数",
    "honour": "最高表彰级别",
    "models": "经验推广次数",
    "mutual": "互助保障参保率",
    "hosted": "承办现场会",
    "submitted": "自评材料报送日期",
    "criticised": "通报批评级别",
    "accidents": "一般生产安全事故起数",
    "irregular": "违规开支项数",
    "fraud": "弄虚作假",
    "discipline": "班子严重违法违纪",
    "major_accident": "较大以上事故",
    "refused": "拒不接受考核验收",
    "slush_fund": "私设小金库",
}

OWN = {"unit", "category", "villages", "village_unions", "migrants", "migrant_members", "enterprises", "employees", "members", "female"}


def split(total: int, parts: int, rng: random.Random) -> list[int]:
    """*total* in *parts* whole numbers, by random weights and largest remainders."""
    weights = [rng.randint(60, 140) for _ in range(parts)]
    floors = [total * weight // sum(weights) for weight in weights]
    order = sorted(range(parts), key=lambda i: (-(total * weights[i] % sum(weights)), i))
    for i in order[: total - sum(floors)]:
        floors[i] += 1
    return floors


def draw(name: str, category: str, enterprises: int, employees: int, quality: int, rng: random.Random) -> dict[str, object]:
    """One union, drawn; its set pieces follow later."""
    row: dict[str, object] = {field: rng.choice(choices[quality]) for field, choices in DRAWS.items()}
    unions = max(6, enterprises * rng.randint(40, 60) // 100)
    needed = 3 if enterprises >= 100 or employees >= 10000 else 2 if enterprises >= 30 or employees >= 3000 else 1
    target = round(employees * rng.randint(9, 13) / 1000)
    signed = (95, 88, 76, 48)[quality] + rng.randint(-6, 4)
    since = rng.randint(2022, 2024)
    trained = since + (2 if quality >= 2 and rng.random() < 0.5 else 1)  # the January after, or a year too late
    cadres, difficult, findings = unions + rng.randint(4, 9), rng.randint(6, 30), int(str(row["findings"]))
    row.update(
        {
            "unit": f"{name}工会联合会",
            "category": category,
            "enterprises": enterprises,
            "employees": employees,
            "members": employees,
            "female": employees * rng.randint(28, 52) // 100,
            "should_unions": unions,
            "unions": unions,
            "sampled": 40,
            "committee": "是",
            "audit_committee": "否" if quality == 3 else "是",
            "women_committee": "否" if quality == 2 and rng.random() < 0.4 else "是",
            "form": "工会联合会",
            "full_time": max(0, needed - (0, 0, 1, 1)[quality]),
            "chair_elected": "是",
            "chair_since": f"{since}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
            "chair_trained": f"{trained}-01-{rng.randint(10, 28)}",
            "cadres": cadres,
            "cadres_trained": cadres - (0, 1, 3, 6)[quality],
            "contract_units": unions,
            "contract_signed": unions * min(100, signed) // 100,
            "difficult": difficult,
            "difficult_helped": difficult - (0, 1, 2, 4)[quality],
            "library_area": (15, 30, 50)[needed - 1] + (8, 2, -4, -7)[quality],
            "dues_target": target,
            "dues_paid": target * int(str(row["dues_share"])) / 100,
            "fixed": max(0, findings - int(str(row["unfixed"]))),
            "hosted": "否",
            "criticised": "无",
            "accidents": 0,
            "irregular": 0,
            "fraud": "否",
            "discipline": "否",
            "major_accident": "否",
            "refused": "否",
            "slush_fund": "否",
        }
    )
    return row


def rows() -> list[Row]:
    """All rows in the order of the file, planted faults included."""
    rng = random.Random(SEED)
    villages, migrants = split(VILLAGES, len(TOWNSHIPS), rng), split(MIGRANTS, len(TOWNSHIPS), rng)
    drawn: dict[str, dict[str, object]] = {}
    for i, (name, enterprises, employees, quality) in enumerate(TOWNSHIPS):
        drawn[name] = draw(name, "乡镇工会", enterprises, employees, quality, rng)
        drawn[name].update(
            villages=villages[i],
            village_unions=villages[i],
            migrants=migrants[i],
            migrant_members=migrants[i],
            direct_units="不适用",
            direct_unions="不适用",
        )
    for name, enterprises, employees, quality in SYSTEMS:
        drawn[name] = draw(name, "系统工会", enterprises, employees, quality, rng)
        units = int(str(drawn[name]["should_unions"]))
        drawn[name].update(
            villages="不适用",
            village_unions="不适用",
            migrants=0,
            migrant_members=0,
            direct_units=units,
            direct_unions=units - (0, 0, 1, 2)[quality],
        )
    for name, pieces in OVERRIDES.items():
        if "like" in pieces:
            drawn[name].update({field: value for field, value in drawn[str(pieces["like"])].items() if field not in OWN})
        drawn[name].update({field: value for field, value in pieces.items() if field != "like"})
    drawn["文旅系统/again"] = {**drawn["文旅系统"], "tasks": "7.5", "info_sent": 30}  # planted: handed in twice
    return [{field: text(row[field]) for field in FIELDS} for row in drawn.values()]


def text(value: object) -> str:
    """As it stands in the cell; 35.28 and not 35.280000000000001."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def table() -> bytes:
    """The CSV: a title line, the header, the units, a blank line and the totals line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width, units = len(FIELDS), rows()
    writer.writerow([TITLE] + [""] * (width - 1))
    writer.writerow(FIELDS.values())
    writer.writerows(list(row.values()) for row in units)
    writer.writerow([""] * width)
    sums = {"villages": VILLAGES, "village_unions": VILLAGES, "migrants": MIGRANTS, "migrant_members": MIGRANTS}
    first = {row["unit"]: row for row in reversed(units)}.values()  # each union once
    for field, total in sums.items():
        assert sum(int(row[field]) for row in first if row[field] != "不适用") == total, field
    writer.writerow(["合计"] + [str(sums.get(field, "")) for field in list(FIELDS)[1:]])
    return out.getvalue().encode("gb18030")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(table())
    (folder / "scorekit.toml").write_bytes(b'rubric = "standardisation"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
