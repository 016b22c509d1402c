"""Make the sample of the rubric ``proposals`` (合理化建议、金点子、小改小革): UTF-16 tables of 39 proposals and their spread.

    python samples/proposals/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports, sources S1 and S2a of the rubric): 39 million yuan of benefit by the contest and the proposals; of the
ideas some were done, some being done, some under discussion. So the yearly benefit of all proposals adds up to 3900 万元.

Generated (random.Random(SEED)): how the total falls on the proposals, and everything else; all proposals are
invented. PIECES are chosen by hand so that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 3
BENEFIT = 3900
DEPARTMENTS = ("净水部", "管网部", "化验部", "营业部")
# category: letter, qualities (0 best … 2 weakest)
KINDS = {
    "合理化建议": ("H", (0, 1, 1, 2, 0, 1, 2, 0, 1, 1, 2, 0, 1)),
    "金点子": ("J", (0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 1, 2, 0)),
    "小改小革": ("X", (0, 1, 0, 1, 2, 1, 0, 1, 1, 2, 0, 1, 1)),
}
Row = dict[str, Any]


def judged(*grades: str | None) -> Row:
    return {f"评审{k}": grade for k, grade in enumerate(grades, start=1)}


PIECES: dict[str, Row] = {
    # done, first of its kind, with benefit on both sides of the cap
    "H01": {"部门": "净水部", "处理结果": "实施完成", "技术水平档次": "先进", "技术水平理由": "国内同行先进", "技术水平打分": 28.5, "年效益": 860, "经济效益打分": 29, "效益无法计算": False, "推广部门数": 3, "应用打分": 18, **judged("优秀", "优秀", "良好", "优秀", "良好"), "答复期限": date(2026, 3, 31), "答复日期": date(2026, 3, 20), "与他人建议重复项数": 0, "有效益证明": True, "署名人数": 3, "spread": [("反冲洗节水", "市级", "推广"), ("反冲洗节水", "省级", "获奖"), ("反冲洗节水", "公司", "推广")]},
    # benefit cannot be counted; answered late; being done
    "J03": {"部门": "营业部", "处理结果": "正在实施", "技术水平档次": "较好", "技术水平理由": "方法有改进", "技术水平打分": 22, "年效益": "无法计算", "经济效益打分": None, "效益无法计算": True, "推广部门数": 1, "应用打分": 12, **judged("良好", "良好", None, "一般", "良好"), "答复期限": date(2026, 4, 10), "答复日期": date(2026, 4, 23), "与他人建议重复项数": 0, "有效益证明": False, "署名人数": 1, "spread": [("营业厅叫号", "公司", "推广")]},
    # on the line of a band: ten thousand more would not matter, less would
    "X05": {"部门": "管网部", "处理结果": "实施完成", "技术水平档次": "一般", "技术水平理由": "沿用现有做法", "技术水平打分": 18, "年效益": 10, "经济效益打分": 15, "效益无法计算": False, "推广部门数": 2, "应用打分": 11, **judged("一般", "良好", "良好", "优秀", "一般"), "答复期限": date(2026, 6, 30), "答复日期": date(2026, 7, 4), "与他人建议重复项数": 1, "有效益证明": True, "署名人数": 2, "spread": []},
    "H02": {"处理结果": "已提出"},  # not adopted: not ranked
    "H04": {"有效益证明": False, "年效益": 20, "经济效益打分": 16},  # no proof of twenty: not awarded
    "H06": {"like": "H09"},  # the same in all
    "H08": {"引发安全质量问题": True},  # nothing, not ranked
    "H11": {"年效益": 55, "经济效益打分": 22},  # planted: a mark of the band below
    "H12": {"署名有争议": True},  # to be settled first
    "J02": {"技术水平理由": None},  # planted: a mark without its reason
    "J05": {"应用打分": 20, "推广部门数": 1},  # planted: above fifteen with one department
    "J08": {"处理结果": "已提出"},  # not adopted
    "X03": {**judged("优秀", None, None, "良好", None)},  # planted: two marks are too few
    "X06": {"署名人数": "4人"},  # planted: a number with its unit
    "X09": {"引发安全质量问题": None},  # planted: undecided
}  # fmt: skip


def draw(quality: int, rng: random.Random) -> Row:
    """One proposal, drawn by quality; its benefit comes later."""
    due = date(2026, rng.randint(2, 10), 28)
    used = rng.choice(((2, 3), (1, 2), (0, 1))[quality])
    return {
        "部门": rng.choice(DEPARTMENTS), "处理结果": rng.choice((("实施完成",), ("实施完成", "正在实施", "已采纳"), ("正在实施", "已采纳"))[quality]), "技术水平档次": ("先进", "较好", "一般")[quality], "技术水平理由": ("同行先进", "有改进", "沿用做法")[quality], "技术水平打分": rng.randint(*((27, 30), (21, 25), (12, 18))[quality]),
        "年效益": None, "经济效益打分": None, "效益无法计算": False, "推广部门数": used, "应用打分": rng.randint(14, 20) if used >= 2 else rng.randint(8, 14), **judged(*(rng.choice((("优秀", "良好", "良好"), ("良好", "良好", "一般"), ("良好", "一般", "一般"))[quality]) for _ in range(5))),
        "答复期限": due, "答复日期": due + timedelta(days=rng.choice((-5, -2, 0, 3, 8))), "与他人建议重复项数": 0, "有效益证明": True, "引发安全质量问题": False, "署名有争议": False, "署名人数": rng.randint(1, 4), "spread": [("经验", "公司", "推广")] if quality == 0 else [],
    }  # fmt: skip


def proposals() -> dict[str, Row]:
    """All proposals in the order of the table."""
    rng = random.Random(SEED)
    found: dict[str, Row] = {}
    for category, (letter, qualities) in KINDS.items():
        for k, quality in enumerate(qualities, start=1):
            found[f"{letter}{k:02}"] = {"类别": category, **draw(quality, rng), "quality": quality}
    for name, pieces in PIECES.items():
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    twins = {twin for name, pieces in PIECES.items() if "like" in pieces for twin in (name, pieces["like"])}
    for name in twins:
        found[name].update({"年效益": 40, "经济效益打分": 20})
    open_ = [name for name, row in found.items() if row["年效益"] is None]
    shares = {name: rng.randint(*((40, 120), (8, 60), (2, 9))[found[name]["quality"]]) for name in open_}
    left = BENEFIT - sum(row["年效益"] for row in found.values() if isinstance(row["年效益"], int))
    while sum(shares.values()) != left:
        name = rng.choice([n for n in open_ if found[n]["quality"] == 0])
        shares[name] += 1 if sum(shares.values()) < left else -1
    for name in open_:
        benefit = shares[name]
        low, high = (26, 30) if benefit >= 50 else (15, 25) if benefit >= 10 else (10, 14)
        found[name].update({"年效益": benefit, "经济效益打分": rng.randint(low, high)})
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name] = dict(found[pieces["like"]])
    return found


def said(value: Any) -> Any:
    """A cell."""
    return {None: "", True: "是", False: "否"}[value] if value is None or isinstance(value, bool) else value


def table(rows: list[Row]) -> bytes:
    """A tab-separated table in UTF-16, as a spreadsheet writes its Unicode text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([said(v) for v in row.values()] for row in rows)
    return b"\xff\xfe" + text.getvalue().encode("utf-16-le")


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    found = proposals()
    rows = [{"建议编号": name, **{k: v for k, v in row.items() if k not in ("spread", "quality")}} for name, row in found.items()]
    rows.append({**rows[-1], "推广部门数": 3})  # planted: handed in twice
    spread = [{"建议编号": name, "名称": t, "级别": level, "类型": kind} for name, row in found.items() for t, level, kind in row["spread"]]
    (folder / "建议评审.tsv").write_bytes(table(rows))
    (folder / "推广和获奖.tsv").write_bytes(table(spread))
    (folder / "scorekit.toml").write_bytes(b'rubric = "proposals"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
