"""Make the sample of the rubric ``helping-hand`` (帮扶、互助保障): one workbook of three sheets, 24 unions.

    python samples/helping-hand/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public papers): a township union helped 12 students with 15000 yuan, consoled 500 people with 70650 yuan and insured
79 (source S2i of the rubric: 青苇乡); a company visited 4 households, 11 people, with 1000 yuan (S2a: 霁川铸造公司);
four plans of mutual insurance (S2d).

Generated (random.Random(SEED)): everything else. All names are invented. PIECES are chosen by hand so that the README can
be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

SEED = 70650
CREATED = datetime(2027, 1, 12, 9, 0, 0)
FILE = "帮扶互助保障汇总表.xlsx"
PLANS = ("意外伤害", "重大疾病", "女职工特殊疾病", "住院津贴")
KINDS = ("患病住院", "生活困难", "婚育", "丧事", "思想波动")
# name and quality (0 best … 3 weakest)
UNITS = {
    "乡镇街道": {"青苇乡": 1, "澄湾镇": 0, "望岚街道": 0, "桐溪镇": 1, "栖霞坞乡": 2, "知禾镇": 1, "霁岭镇": 3, "沐阳街道": 2},
    "机关": {"市水务局机关": 0, "市档案馆": 1, "市渡口管理处": 1, "市粮仓管理处": 2, "市钟表检定所": 0, "市沙洲保护站": 3, "市古树管理所": 1},
    "企业": {"霁川铸造公司": 1, "澄岚电器公司": 0, "苇原食品公司": 2, "朗峰软件公司": 1, "听澜物流公司": 1, "松涧纺织公司": 2, "皓石建材公司": 3, "望屿机械公司": 0, "溪桥环卫公司": 1},
}  # fmt: skip
TITLES = {
    "unit": "单位名称", "category": "类别", "employees": "职工人数", "poor": "困难职工户数", "filed": "建档户数", "paired": "结对户数", "due": "应访户数", "consoled": "慰问职工人数",
    "consoled_sum": "慰问金", "students": "助学人数", "student_sum": "助学金", "unsigned": "签收不全户数", "published": "发放公示", "claims": "理赔件数", "claim_days": "平均理赔天数",
    "last_year": "上年参保人次", "ledger": "帮扶台账等级", "asked": "发出测评表", "good": "满意", "fair": "基本满意", "bad": "不满意", "centre": "特色帮扶打分", "centre_grade": "特色帮扶等级",
    "late": "报表迟报次数", "unfit": "抽查不符户数", "diverted": "挪用帮扶资金", "favour": "优亲厚友", "complaint": "越级集体上访",
}  # fmt: skip

Row = dict[str, Any]

PIECES: dict[str, Row] = {
    # the real figures of a township
    "青苇乡": {"employees": 1260, "students": 12, "student_sum": 15000, "consoled": 500, "consoled_sum": 70650, "poor": 40, "filed": 37, "paired": 30, "due": 25,
            "visits": [(0, 9, 14, 2700), (1, 10, 22, 3000), (2, 2, 4, 200)], "insured": [(0, 90, 79)], "last_year": 70, "unsigned": 3, "claims": 4, "claim_days": 22, "ledger": "B", "asked": 60,
            "good": 48, "fair": 6, "bad": 2, "centre": 1, "centre_grade": "良", "late": 1, "unfit": 0},
    # the real figures of a company
    "霁川铸造公司": {"employees": 420, "poor": 4, "filed": 4, "paired": 4, "due": 4, "visits": [(0, 3, 8, 700), (1, 1, 3, 300)]},
    # everything at its best: the bonus runs into the cap
    "澄湾镇": {"employees": 2400, "poor": 60, "filed": 60, "paired": 60, "due": 50, "visits": [(k, 10, 15, 2500) for k in range(5)], "consoled": 620, "consoled_sum": 89900, "students": 9, "student_sum": 10800,
            "insured": [(0, 2200, 2180), (1, 2200, 2160), (2, 900, 896), (3, 2200, 2100)], "last_year": 6500, "unsigned": 0, "claims": 30, "claim_days": 12, "ledger": "A", "asked": 120, "good": 110, "fair": 6, "bad": 0,
            "centre": 3, "centre_grade": "优", "late": 0},
    "知禾镇": {"like": "桐溪镇"},  # the same in all that counts: a shared rank
    "霁岭镇": {"unfit": 6, "complaint": "是"},
    "沐阳街道": {"diverted": "是"},  # total zero
    "市档案馆": {"employees": 36, "poor": 0, "filed": 0, "paired": 0, "due": 0, "visits": [], "insured": [(0, 36, 35), (1, 36, 30), (3, 36, 34)], "claims": 0, "claim_days": "无理赔", "last_year": 0, "consoled": 9, "consoled_sum": 1350,
            "students": 0, "student_sum": 0, "unsigned": 0, "published": "是", "ledger": "A", "asked": 20, "good": 18, "fair": 1, "bad": 0, "centre": 0, "centre_grade": "无", "late": 0},
    "市渡口管理处": {"favour": "是"},  # not awarded
    "市粮仓管理处": {"good": 10, "fair": 5, "bad": 2, "asked": 30},  # 17 of 30: below 60 %
    "市沙洲保护站": {"consoled": 0, "consoled_sum": 0, "insured": []},  # neither: not ranked
    "市古树管理所": {"centre": 1.8, "centre_grade": "良"},  # planted: beyond its band
    "朗峰软件公司": {"diverted": ""},  # planted: an undecided gate
    "听澜物流公司": {"late": ""},  # planted: a deduction left blank
    "苇原食品公司": {"published": "否"},  # an item empty
    "松涧纺织公司": {"employees": "380人"},  # planted: repaired
    "溪桥环卫公司": {"paired": ""},  # planted: a blank counts 0
}  # fmt: skip


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One union, drawn by quality (0 best … 3 weakest)."""
    employees = {"乡镇街道": rng.randint(600, 2600), "机关": rng.randint(55, 320), "企业": rng.randint(120, 900)}[category]
    poor = rng.randint(4, 30)
    filed, due, asked = poor - min(poor, (0, 0, 1, 3)[quality]), rng.randint(6, 24), rng.randint(30, 90)
    visited = due - min(due, (0, 1, 3, 8)[quality])
    kinds = (5, 4, 3, 2)[quality]
    good, fair = asked * (90, 80, 65, 50)[quality] // 100, asked * 8 // 100
    consoled = employees * (32, 24, 18, 8)[quality] // 100
    row: Row = {
        "unit": f"{name}工会", "category": category, "employees": employees, "poor": poor, "filed": filed, "paired": filed * (100, 90, 70, 40)[quality] // 100, "due": due,
        "visits": [(k, visited // kinds + (k < visited % kinds), visited // kinds + k, 300 * (k + 1)) for k in range(kinds)],
        "consoled": consoled, "consoled_sum": consoled * rng.choice(((150, 160), (130, 140, 150), (110, 120), (80,))[quality]), "students": (9, 6, 3, 0)[quality],
        "student_sum": (11000, 6600, 2700, 0)[quality], "unsigned": (0, 1, 3, 7)[quality], "published": "是",
        "insured": [(p, employees * (45 if p == 2 else 100) // 100, employees * (45 if p == 2 else 100) // 100 * rng.choice(((96, 99), (85, 92), (60, 75), (30, 40))[quality]) // 100) for p in range((4, 4, 3, 1)[quality])],
        "claims": rng.randint(1, 9), "claim_days": (10, 14, 19.5, 31)[quality], "ledger": "ABBC"[quality], "asked": asked, "good": good, "fair": fair, "bad": (0, 1, 4, 9)[quality],
        "centre": (2.5, 1, 0.5, 0)[quality], "centre_grade": "优良良无"[quality], "late": (0, 0, 1, 3)[quality], "unfit": (0, 0, 1, 2)[quality], "diverted": "否", "favour": "否", "complaint": "否",
    }  # fmt: skip
    row["last_year"] = (
        sum(insured for _, _, insured in row["insured"]) * 100 // rng.choice(((110, 112), (103, 108), (98, 101), (80,))[quality])
    )
    return row


def rows() -> list[Row]:
    """All rows in the order of the file, planted faults included."""
    rng = random.Random(SEED)
    found = {name: draw(name, category, quality, rng) for category, names in UNITS.items() for name, quality in names.items()}
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field != "unit"})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    return [*found.values(), {**found["皓石建材公司"], "students": 2}]  # planted: handed in twice


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    units = rows()
    visits = [(row["unit"], KINDS[k], *rest) for row in units[:-1] for k, *rest in row["visits"]]
    plans = [(row["unit"], PLANS[p], *rest) for row in units[:-1] for p, *rest in row["insured"]]
    sheets: dict[str, tuple[list[str], list[Any]]] = {
        "帮扶情况": (list(TITLES.values()), [tuple(row[field] for field in TITLES) for row in units]),
        "走访记录": (["单位名称", "事由", "走访户数", "走访人次", "慰问金额"], visits),
        "保障计划": (["单位名称", "计划", "应参保人数", "参保人数"], plans),
    }
    book = xlsxwriter.Workbook(str(folder / FILE), {"in_memory": True})
    book.set_properties({"title": "帮扶互助保障汇总表（示例）", "created": CREATED})
    for title, (header, lines) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"{title}（2026年度，示例）")
        sheet.write_row(1, 0, header)
        for number, line in enumerate(lines, start=2):
            for column, value in enumerate(line):
                if value != "":
                    sheet.write(number, column, value)
    book.close()
    (folder / "scorekit.toml").write_bytes(b'rubric = "helping-hand"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
