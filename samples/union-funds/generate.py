"""Make the sample of the rubric ``union-funds`` (工会经费收缴、经审规范化): one UTF-8 CSV of 24 unions.

    python samples/union-funds/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public papers, sources S2a and S2h of the rubric): accounts kept apart and open, dues collected at 100 %, one or two
audits a year made public. So every generated union has its account, and 会费收缴率 is 100 but where PIECES say otherwise;
审计并公布次数 is 1 or 2 but where a fault is planted. No real union's figures are used.

Generated (random.Random(SEED)): everything else. All names are invented. PIECES are chosen by hand so that the README
can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path

SEED = 20261231
FILE = "经费经审自评表.csv"

COUNTIES = [
    ("澄源县", 0),
    ("栖川县", 0),
    ("望澜县", 0),
    ("青砚区", 1),
    ("汀兰区", 1),
    ("霁山县", 1),
    ("桐溪县", 1),
    ("朗原区", 2),
    ("沐阳川县", 2),
    ("苇河县", 3),
]
DIRECT = [
    ("市水务集团甲公司", 0), ("市公交一公司", 0), ("市图书出版中心", 0), ("市供热二公司", 1), ("市第九中心医院", 1), ("市轨道建设处", 1), ("市粮食储备库", 1),
    ("市园林养护所", 1), ("市城乡规划院", 1), ("市体育场馆中心", 2), ("市农机推广站", 2), ("市印刷三厂", 2), ("市建材研究所", 3), ("市航运管理处", 1),
]  # fmt: skip

FIELDS = {
    "unit": "单位名称", "category": "类别", "three_together": "三同时", "auditors": "经审人员配备", "conditions": "经审工作条件", "procedures": "审查审计制度", "files": "审计档案",
    "published": "审计公布次数", "budget": "预算审查", "final": "决算审查", "lower_due": "应审下级工会数", "lower_done": "已审下级工会数", "special": "专项审计",
    "findings": "审计问题数", "fixed": "已整改问题数", "office": "设立财务机构", "full_time": "配备专职会计", "split": "会计出纳分设", "certified": "会计人员持证",
    "budgeted": "编报年度预决算", "discretion": "制度不完善酌情扣分", "account": "工会经费独立账户", "target": "经费收缴任务(万元)", "paid": "经费实缴(万元)", "dues": "会费收缴率",
    "praised": "经审工作表彰级别", "late": "报表迟报天数", "withheld": "截留经费笔数", "slush": "私设小金库", "misuse": "挪用侵占经费", "discipline": "负责人受处分",
    "refused": "拒绝审计", "fraud": "提供虚假会计资料",
}  # fmt: skip
GRADED = ("auditors", "conditions", "procedures", "files", "budget", "final", "special")
GRADES = (("A", "A", "A", "B"), ("A", "B", "B"), ("B", "C", "C"), ("C", "C", "未达标"))

Row = dict[str, object]

PIECES: dict[str, Row] = {
    # high: 3 + 2 of bonus runs into the cap of 4
    "澄源县": {"auditors": "A", "conditions": "A", "procedures": "A", "files": "B", "budget": "A", "final": "A", "lower_due": 40, "lower_done": 26, "findings": 0, "fixed": 0, "published": 2, "discretion": 0,
            "target": 200, "paid": 262, "praised": "省级", "late": 0},
    # the same total twice: the points of 审查审计监督 decide
    "栖川县": {"auditors": "A", "conditions": "A", "procedures": "A", "files": "A", "budget": "B", "final": "A", "lower_due": 30, "lower_done": 18, "findings": 0, "fixed": 0, "published": 2, "discretion": 0, "target": 120, "paid": 120, "praised": "市级", "late": 0},
    "望澜县": {"like": "栖川县", "budget": "A", "auditors": "B"},
    # deductions on exact steps; exactly 70.00
    "桐溪县": {"three_together": "A", "auditors": "B", "conditions": "C", "procedures": "B", "files": "B", "budget": "B", "final": "B", "published": 1, "lower_due": 40, "lower_done": 16, "findings": 20, "fixed": 17,
            "office": "是", "full_time": "否", "discretion": 3.5, "target": 100, "paid": 85, "dues": 96, "praised": "无", "late": 3, "withheld": 0},
    "青砚区": {"slush": "是"},  # one item zero
    "汀兰区": {"like": "霁山县"},  # the same in all that counts: a shared rank
    "朗原区": {"withheld": 2, "three_together": "A"},  # charged to 经费收缴
    "沐阳川县": {"refused": "是"},  # total zero
    "苇河县": {"three_together": "B"},
    "市公交一公司": {"three_together": "B"},  # no grade, though the total is high
    "市图书出版中心": {"misuse": "是"},  # C at most
    "市供热二公司": {"discipline": "是"},  # not awarded
    "市第九中心医院": {"published": "", "dues": "92.28%"},  # planted: a blank counts 0; a percentage
    "市轨道建设处": {"dues": "９２"},  # planted: full-width digits
    "市粮食储备库": {"discretion": 6},  # planted: above 4
    "市园林养护所": {"refused": ""},  # planted: an undecided gate
    "市城乡规划院": {"fraud": "是"},  # not ranked
    "市体育场馆中心": {"target": 50, "paid": 28},  # below 60 % of its task
    "市农机推广站": {"budgeted": "否"},  # item 4.2 empty
}  # fmt: skip


def draw(name: str, category: str, quality: int, rng: random.Random) -> Row:
    """One union, drawn by quality (0 best … 3 weakest)."""
    row: Row = {field: rng.choice(GRADES[quality]) for field in GRADED}
    county = category == "县区系统"
    due, findings, target = rng.randint(20, 60), rng.choice(((0, 3), (3, 5), (6, 8), (9,))[quality]), rng.randint(20, 180)
    row.update(
        unit=f"{name}总工会" if county else f"{name}工会", category=category, three_together="A" if quality < 3 else "B", published=rng.choice(((2,), (2, 1), (1,), (1,))[quality]),
        lower_due=due if county else "不适用", lower_done=due * (62, 52, 41, 22)[quality] // 100 if county else "不适用", findings=findings, fixed=findings - min(findings, (0, 0, 1, 3)[quality]),
        office="否" if quality == 3 else "是", full_time="否" if quality >= 2 else "是", split="是", certified="否" if quality >= 2 else "是", budgeted="是", discretion=(0, 0.5, 1.5, 3)[quality],
        account="是", target=target, paid=f"{target * rng.choice(((100, 106, 112), (100, 100, 98), (92, 100), (75,))[quality]) / 100:g}", dues=100,
        praised=rng.choice((("省级", "市级", "无"), ("市级", "无", "无"), ("无",), ("无",))[quality]), late=rng.choice(((0,), (0, 1), (2,), (5,))[quality]), withheld=(0, 0, 0, 3)[quality],
        slush="否", misuse="否", discipline="否", refused="否", fraud="否",
    )  # fmt: skip
    row.update(dict.fromkeys(("special", "split", "certified") if county else ("office", "full_time"), ""))
    return row


def rows() -> list[Row]:
    """All rows in the order of the file, planted faults included."""
    rng = random.Random(SEED)
    drawn = {
        name: draw(name, category, quality, rng)
        for category, names in (("县区系统", COUNTIES), ("直属单位", DIRECT))
        for name, quality in names
    }
    for name, pieces in PIECES.items():
        if "like" in pieces:
            drawn[name].update({field: value for field, value in drawn[str(pieces["like"])].items() if field != "unit"})
        drawn[name].update({field: value for field, value in pieces.items() if field != "like"})
    again = {**drawn["市航运管理处"], "late": 4}  # planted: handed in twice
    return [*drawn.values(), again]


def table() -> bytes:
    """The CSV: header and units, with a column of numbers and one of remarks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["序号", *FIELDS.values(), "备注"])
    for number, row in enumerate(rows(), start=1):
        writer.writerow([number, *(row[field] for field in FIELDS), ""])
    return out.getvalue().encode("utf-8-sig")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(table())
    (folder / "scorekit.toml").write_bytes(b'rubric = "union-funds"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
