"""Make the sample of the rubric ``five-type-unions`` (五型工会、五能干部、六好工会、四型机关): tables of 20 unions.

    python samples/five-type-unions/generate.py [OUTDIR]      # default: submissions/ beside this file

The units stand in 单位.tsv, their honours in 荣誉.tsv; what each department grades is a long table of its own, by the number of
the clause. Real (public reports): the names of the standards (sources S4 and S2d of the rubric), cadres trained at 100 %
(S4): so is every union but where PIECES say otherwise.

Generated (random.Random(SEED)): everything else. All names are invented. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path
from typing import Any

SEED = 5546
# name and quality (0 best … 3 weakest)
UNITS = {
    "机关": {"市河道局机关": 0, "市印刷局机关": 1, "市桥梁处机关": 1, "市苗圃处机关": 2, "市气球站机关": 3, "市年鉴社机关": 0},
    "企业": {
        "澄岚仪表公司": 0,
        "苇原纺机公司": 1,
        "朗峰钟表公司": 1,
        "听澜船务公司": 2,
        "松涧木器公司": 3,
        "望屿水产公司": 0,
        "皓石陶瓷公司": 1,
    },
    "乡镇街道": {"青杉镇": 0, "霁云街道": 1, "桐荫乡": 1, "知秋镇": 2, "沐雨街道": 3, "栖禾镇": 0, "晚枫乡": 1},
}
TYPES = {"宣教部": 1, "保障部": 2, "经济部": 3, "权益部": 4, "财务部": 5}
GOOD = ("领导班子好", "组织基础好", "维权机制好", "服务职工好", "作用发挥好", "职工评价好")
RATERS = ("上级1", "部门1", "部门2", "会员1", "会员2")
KINDS = ("学习型机关", "服务型机关", "效能型机关", "廉洁型机关")
VOTES = ("好", "较好", "一般", "差")
TITLES = (
    "单位名称",
    "类别",
    "工会干部人数",
    "参加培训人数",
    "能宣讲人数",
    "能协商人数",
    "受理维权件数",
    "办结维权件数",
    "业务考试平均分",
    "有特色创新项目",
    "材料迟报天数",
    "群体性事件",
    "经费违纪",
)

Line = tuple[Any, ...]

PIECES: dict[str, dict[str, Any]] = {
    "澄岚仪表公司": {"工会干部人数": 8, "参加培训人数": 8, "能宣讲人数": 8, "能协商人数": 8, "受理维权件数": 20, "办结维权件数": 19, "业务考试平均分": 92, "材料迟报天数": 0},
    "市桥梁处机关": {"工会干部人数": 6, "参加培训人数": 5, "能宣讲人数": 4, "能协商人数": 3, "受理维权件数": 0, "办结维权件数": 0, "业务考试平均分": 78, "材料迟报天数": 2},
    "知秋镇": {"工会干部人数": 12, "参加培训人数": 9, "能宣讲人数": 6, "能协商人数": 5, "受理维权件数": 10, "办结维权件数": 7, "业务考试平均分": 70, "材料迟报天数": 7},
    "苇原纺机公司": {"群体性事件": "是"},
    "望屿水产公司": {"经费违纪": "是"},
    "市年鉴社机关": {"工会干部人数": 10, "参加培训人数": 5},  # 50 %: B at most
    "霁云街道": {"业务考试平均分": ""},  # planted: a blank counts 0
    "晚枫乡": {"群体性事件": ""},  # planted: an undecided gate
    "朗峰钟表公司": {"材料迟报天数": ""},  # planted: a deduction left blank
    "皓石陶瓷公司": {"业务考试平均分": "８８"},  # planted: full-width digits
}  # fmt: skip


def row(name: str, category: str, quality: int, rng: random.Random) -> Line:
    """The line of one union."""
    cadres, claims = rng.randint(5, 15), rng.randint(4, 20)
    able = cadres * (10, 9, 6, 3)[quality] // 10
    found = dict(
        zip(
            TITLES,
            (
                f"{name}工会", category, cadres, cadres, able, able - quality // 2, claims, claims * (95, 88, 72, 50)[quality] // 100, 92 - 7 * quality + rng.randint(0, 5),
                "是" if quality < 2 else "否", max(0, quality - 1), "否", "否",
            ),
            strict=True,
        )
    )  # fmt: skip
    return tuple({**found, **PIECES.get(name, {})}.values())


def table(header: tuple[str, ...], lines: list[Line]) -> bytes:
    """A TSV in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    writer.writerows([header, *lines])
    return out.getvalue().encode("utf-8-sig")


def tables() -> dict[str, bytes]:
    """Every file by name, planted faults included."""
    rng = random.Random(SEED)
    units = [(name, category, quality) for category, names in UNITS.items() for name, quality in names.items()]
    files = {"单位.tsv": table(TITLES, [row(*unit, rng) for unit in units])}
    head = ("单位", "考核项", "评定")
    for department, number in TYPES.items():
        lines: list[Line] = [
            (f"{name}工会", f"1.{number}.{item}", rng.choice(("AAAB", "ABB", "BBC", "CCD")[quality]))
            for name, category, quality in units
            for item in range(1, 5)
            if not (category == "乡镇街道" and (number, item) == (3, 3))
        ]
        if department == "权益部":
            lines.append(("青杉镇工会", "1.4.1", "B"))  # planted: given twice
        if department == "财务部":
            lines[4:5] = [("市印刷局机关工会", "1.5.1", "E")]  # planted: no grade
        files[f"{department}.tsv"] = table(head, lines)
    marks = [
        (f"{name}工会", f"{good}@{rater}", "优良中差"[min(3, max(0, quality + rng.randint(-1, 0)))])
        for name, category, quality in units
        if category != "机关"
        for good in GOOD
        for rater in RATERS
        if not (name == "栖禾镇" and rater.startswith("会员"))  # no member marked it
    ]
    files["评审组.tsv"] = table(head, marks)
    votes = [
        (f"{name}工会", f"{kind}@{vote}", count)
        for name, category, quality in units
        if category == "机关"
        for kind in KINDS
        for vote, count in zip(VOTES, (rng.randint(34, 40) - 8 * quality, 6 + 3 * quality, 1 + 3 * quality, quality), strict=True)
    ]
    files["机关工委.tsv"] = table(head, votes)
    honours = [
        ("澄岚仪表公司工会", "模范职工之家", "省级"),
        ("澄岚仪表公司工会", "模范职工之家", "市级"),
        ("澄岚仪表公司工会", "工人先锋号", "国家级"),
        ("市河道局机关工会", "先进集体", "市级"),
        ("青杉镇工会", "工人先锋号", "县级"),
    ]
    return {**files, "荣誉.tsv": table(("单位名称", "奖项", "级别"), [*honours])}


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables().items():
        (folder / name).write_bytes(content)
    (folder / "scorekit.toml").write_bytes(b'rubric = "five-type-unions"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
