"""Make the sample of the rubric ``skills-contest`` (技能大赛): CSV tables in GB18030 and a long table of marks, 37 contestants.

    python samples/skills-contest/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports, sources S0 and S1 of the rubric): contests in nine trades; 980 took part in contests of skill and 272 of
them were certified. So there are nine trades, and the fields 代表队本工种初赛人次 and 代表队本工种取证人数 add up to 980 and 272.

Generated (random.Random(SEED)): how the totals fall on the teams, and everything else; contestants are codes, teams are
invented. PIECES are chosen by hand so that the README can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from pathlib import Path
from typing import Any

SEED = 9
TRADES = {
    "收银": "SY",
    "叉车": "CC",
    "焊接": "HJ",
    "航天航空": "HT",
    "汽车维修": "QX",
    "食品检验": "SJ",
    "包装": "BZ",
    "酒店服务": "JD",
    "计算机软件": "RJ",
}
LIMITS = {
    "收银": 1200,
    "叉车": 900,
    "焊接": 3600,
    "航天航空": 5400,
    "汽车维修": 3600,
    "食品检验": 2700,
    "包装": 1200,
    "酒店服务": 1800,
    "计算机软件": 7200,
}
TEAMS = ("苇渡", "澄岚", "桐荫", "拾砚")
ENTRANTS, CERTIFIED = 980, 272
JUDGES = 7
Row = dict[str, Any]


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


PIECES: dict[str, Row] = {
    # first of the trade and above both lines: chief
    "HJ01": {"单选答对题数": 38, "判断答对题数": 18, "判断答错题数": 2, "论述一评": 35, "论述二评": 38, "论述仲裁": None, "marks": (93, 95, 96, 94.5, 97, 92, 95), "实操用时": "58:20", "操作不规范次数": 1, "完成模块数": 4, "带徒人数": 2, "损坏设备次数": 0, "迟到分钟数": 0, "skills": [("窄间隙焊接", "省级", 3), ("单面焊双面成形", "市级", 6), ("仰焊", "区级", 9)], "rows": []},
    # arbitration, one judge withdrew, one second too late, damage charged to practice
    "CC02": {"单选答对题数": 30, "判断答对题数": 12, "判断答错题数": 6, "论述一评": 20, "论述二评": 28, "论述仲裁": 26, "marks": (80, 82, 78, "回避", 85, 79, 81.5), "实操用时": "17:01", "操作不规范次数": 3, "完成模块数": 3, "带徒人数": 0, "损坏设备次数": 1, "迟到分钟数": 10, "skills": [], "rows": [("交头接耳", 12), ("擅自离场", 30)]},
    # ten minutes and a second too late: nothing for the time
    "SY03": {"单选答对题数": 33, "判断答对题数": 15, "判断答错题数": 5, "论述一评": 30, "论述二评": 30, "论述仲裁": None, "marks": (84, 86, 85, 88, 83, 87, 85), "实操用时": "30:01", "操作不规范次数": 0, "完成模块数": 5, "带徒人数": 1, "损坏设备次数": 0, "迟到分钟数": 0, "skills": [("点钞", "区级", 5)], "rows": []},
    "SJ01": {"实操用时": "41:00", "marks": (90, 91, 92, 90, 89, 91, 90), "单选答对题数": 36, "判断答对题数": 17, "判断答错题数": 1, "论述一评": 34, "论述二评": 34, "操作不规范次数": 1, "完成模块数": 4, "带徒人数": 1, "skills": [], "rows": []},
    "SJ02": {"like": "SJ01", "实操用时": "40:10"},  # the same total, quicker
    "BZ01": {"play_off": 92},
    "BZ02": {"like": "BZ01", "加赛成绩": 95},  # the same in all: decided by the play-off
    "JD02": {"实操用时": "28:30"},
    "JD03": {"like": "JD02"},  # the same in all, not first: shared
    "QX02": {"论述一评": 22, "论述二评": 22},  # first, below ninety: no chief
    "QX01": {"操作中发生工伤": True},  # nothing for practice
    "QX03": {"作弊": True},  # total zero, not awarded
    "HT02": {"身份核验通过": False},  # not ranked
    "HT03": {"身份核验通过": None},  # planted: not checked
    "RJ02": {"迟到分钟数": 16},  # not ranked
    "RJ03": {"marks": (80, 82, None, None, "回避", 79, 81)},  # planted: four marks are too few
    "RJ04": {"marks": (80, 82, 180, 79, 77, 81, 78)},  # planted: a mark above a hundred
    "CC03": {"实操用时": "14分70秒"},  # planted: seventy seconds
    "SY04": {"单选答对题数": None},  # planted: a blank counts 0
    "HJ04": {"带徒人数": "1人"},  # planted: a number with its unit
}  # fmt: skip


def draw(trade: str, quality: int, rng: random.Random) -> Row:
    """One contestant, drawn by quality."""
    low = (88, 84, 78, 70)[quality]
    right = rng.randint(*((17, 19), (15, 18), (13, 16), (10, 14))[quality])
    first = rng.randint(*((34, 38), (31, 36), (27, 32), (20, 28))[quality])
    return {
        "单选答对题数": rng.randint(*((36, 39), (33, 37), (29, 34), (22, 29))[quality]), "判断答对题数": right, "判断答错题数": rng.randint(0, 20 - right), "论述一评": first, "论述二评": first + rng.randint(0, 2), "论述仲裁": None,
        "marks": tuple(low + rng.randint(0, 10) for _ in range(JUDGES)), "实操用时": clock(LIMITS[trade] + rng.randint(*((-300, 0), (-200, 60), (-60, 240), (60, 500))[quality])), "操作不规范次数": rng.randint(*((0, 1), (0, 2), (1, 4), (2, 6))[quality]), "完成模块数": (4, 4, 3, 2)[quality],
        "带徒人数": rng.randint(0, 2), "损坏设备次数": (0, 0, 0, 1)[quality], "迟到分钟数": rng.choice((0, 0, 5)), "身份核验通过": True, "作弊": False, "操作中发生工伤": False, "加赛成绩": None, "skills": [("岗位绝活", "区级", rng.randint(1, 12))] if quality == 0 else [], "rows": [],
    }  # fmt: skip


def parts(total: int, most: list[int], rng: random.Random) -> list[int]:
    """*total* in parts, each at least 1 and below its limit."""
    found = [1] * len(most)
    while sum(found) < total:
        k = rng.randrange(len(most))
        found[k] += found[k] < most[k]
    return found


def contestants() -> dict[str, Row]:
    """All contestants in the order of the table."""
    rng = random.Random(SEED)
    found: dict[str, Row] = {}
    for trade, code in TRADES.items():
        for k, team in enumerate(TEAMS):
            found[f"{code}{k + 1:02}"] = {"工种": trade, "代表队": f"{team}队", **draw(trade, k, rng)}
    twins = {code for pair in PIECES.items() if "like" in pair[1] for code in (pair[0], pair[1]["like"])}  # 20 and 4 each, so that they tie
    others = [row for code, row in found.items() if code not in twins]
    entrants = parts(ENTRANTS - 20 * len(twins), [60] * len(others), rng)
    certified = parts(CERTIFIED - 4 * len(twins), [n // 2 for n in entrants], rng)
    for code in twins:
        found[code].update({"代表队本工种初赛人次": 20, "代表队本工种取证人数": 4})
    for row, n, c in zip(others, entrants, certified, strict=True):
        row.update({"代表队本工种初赛人次": n, "代表队本工种取证人数": c})
    for code, pieces in PIECES.items():
        if "like" in pieces:
            found[code].update({field: value for field, value in found[pieces["like"]].items() if not field.startswith("代表队")})
        found[code].update({("加赛成绩" if field == "play_off" else field): value for field, value in pieces.items() if field != "like"})
    return found


def said(value: Any) -> Any:
    """A cell."""
    return {None: "", True: "是", False: "否"}.get(value, value) if value is None or isinstance(value, bool) else value


def table(rows: list[Row], encoding: str) -> bytes:
    """A CSV table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([said(v) for v in row.values()] for row in rows)
    return text.getvalue().encode(encoding)


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    found = contestants()
    rows = [{"选手编号": code, **{k: v for k, v in row.items() if k not in ("marks", "skills", "rows")}} for code, row in found.items()]
    again = {**rows[-2], "选手编号": "BZ05", "工种": "包装"}
    rows += [again, {**again, "完成模块数": 1}]  # planted: handed in twice
    marks = [
        {"选手": code, "裁判项目": f"作品打分@裁判{k}", "打分": mark}
        for code, row in found.items()
        for k, mark in enumerate(row["marks"], start=1)
        if mark is not None
    ]
    skills = [{"选手编号": code, "名称": n, "认定": g, "认定月份": m} for code, row in found.items() for n, g, m in row["skills"]]
    faults = [{"选手编号": code, "情形": what, "时间": minute} for code, row in found.items() for what, minute in row["rows"]]
    files = {
        "选手成绩.csv": (rows, "gb18030"),
        "裁判打分.csv": (marks, "utf-8-sig"),
        "绝技绝活.csv": (skills, "gb18030"),
        "违纪.csv": (faults, "gb18030"),
    }
    for name, (content, encoding) in files.items():
        (folder / name).write_bytes(table(content, encoding))
    (folder / "scorekit.toml").write_bytes(b'rubric = "skills-contest"\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
