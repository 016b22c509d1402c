"""Make the sample of the rubric ``full-time-cadres`` (职业化工会干部考核): one NDJSON file, a person a line.

    python samples/full-time-cadres/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public speech, source S3 of the rubric): the eight institutions, one item of information a month, one paper a year,
spending above 200 yuan asked for before. The first six persons of each post send one item in every month.

Generated (random.Random(SEED)): everything else. Persons are codes. PIECES are chosen by hand so that the README can be
checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 2026200
FILE = "干部考核.ndjson"
# the quality of each person (0 best … 3 weakest), by post
POSTS = {"区域联合会": ("甲", (0, 1, 1, 0, 2, 1, 2, 3, 1, 2, 3, 1)), "行业联合会": ("乙", (0, 1, 2, 1, 0, 3, 2, 1, 1, 2))}
GRADES = ("优", "良", "中", "差")
PLACES = ("铸造", "物流", "餐饮", "电子", "建材", "环卫")

Row = dict[str, Any]

PIECES: dict[str, Row] = {
    "干事甲01": {"months": 12, "harmony.marks": ["优", "优", "良", None], "study.held": 12, "study.attended": 12, "study.spoke": 2, "meetings.chairs": 12, "speed.served": 40,
            "discipline.absent": 0, "discipline.no_leave": 0, "discipline.unlogged": 0, "blame.fault": "无", "fresh.marks": [98, 96, 95, 97, 90], "survey": [46, 3, 1]},
    "干事甲03": {"blame.fault": "重大失误"},  # the post is lost, whatever the total
    "干事甲04": {"survey": [30, 5, 10]},  # trusted by 77.78 %: not the best level
    "干事甲05": {"months": 12, "harmony.marks": ["良", "中", "良", "优"], "study.held": 12, "study.attended": 9, "study.spoke": 1, "meetings.chairs": 9, "speed.served": 25,
            "discipline.absent": 2, "discipline.no_leave": 1, "discipline.unlogged": 9, "blame.fault": "一般失误", "blame.shared": True, "fresh.marks": [76, 80, 71, 85, 78], "survey": [20, 18, 9]},
    "干事甲06": {"fresh.marks": None},
    "干事甲08": {"blame.fault": "较大失误"},
    "干事甲09": {"veto.honest": None},  # planted: an undecided gate
    "干事甲10": {"veto.honest": True},  # not awarded
    "干事甲11": {"discipline.absent": None},  # planted: a blank counts 0 points
    "干事甲12": {"study.attended": "十二"},  # planted: not a number
    "干事乙02": {"months": 2, "study.held": 2, "study.attended": 2, "meetings.chairs": 2},  # too short to be ranked
    "干事乙03": {"tasks": 0, "months": 5, "study.held": 5, "study.attended": 4, "meetings.chairs": 4},  # an item that does not apply
    "干事乙06": {"veto.cheated": True},  # total zero
    "干事乙08": {"fresh.marks": [80, None, 85, None, None]},  # planted: two marks are too few
    "干事乙09": {"like": "干事乙04"},  # the same in all that counts: a draw
    "干事乙10": {"harmony.marks": ["优", "回避", "良", "优秀"]},  # planted: no grade
}  # fmt: skip
NESTED = {
    "harmony.marks": ("主席", "同事1", "同事2", "同事3"),
    "fresh.marks": ("评委1", "评委2", "评委3", "评委4", "评委5"),
    "survey": ("优秀", "合格", "不合格"),
}


def draw(name: str, post: str, number: int, quality: int, rng: random.Random) -> Row:
    """One person, drawn by quality."""
    sent = [m for m in range(1, 13) if number <= 6 or rng.random() > 0.12 * quality]
    first = rng.randint(60, 80) - quality * 4
    voters = rng.randint(30, 50)
    no, maybe = voters * (1, 4, 9, 26)[quality] // 100, voters * (10, 20, 35, 40)[quality] // 100
    return {
        "$schema": "full-time-cadres", "unit": name, "category": post, "months": 12, "harmony.marks": [GRADES[min(3, max(0, quality + rng.randint(-1, 0)))] for _ in range(4)],
        "study.held": 12, "study.attended": 12 - quality, "study.spoke": max(0, 2 - quality), "meetings.chairs": 12 - 2 * quality,
        "news.items": [{"title": f"{PLACES[rng.randrange(6)]}行业建会信息{m}", "sent": str(date(2026, m, rng.randint(1, 27))), "used": rng.choice((("市级", "区级", "省级"), ("区级", "未采用"), ("未采用",), ("未采用",))[quality])} for m in sent],
        "news.papers": [] if quality == 3 else [{"title": f"{PLACES[rng.randrange(6)]}行业集体协商调研", "authors": 1 + (quality == 2), "prize": ("二等", "三等", "无")[quality]}],
        "tasks": 20, "late": (0, 1, 4, 8)[quality], "speed.served": rng.randint(28, 36) - quality * 5, "discipline.absent": (0, 0, 1, 3)[quality], "discipline.no_leave": (0, 0, 1, 2)[quality],
        "discipline.unlogged": (0, 2, 5, 20)[quality], "spent": (0, 0, 1, 2)[quality], "blame.fault": "无", "blame.shared": False, "fresh.marks": [first + rng.randint(10, 20) for _ in range(5)],
        "survey": [voters - no - maybe, maybe, no], "veto.honest": False, "veto.cheated": False,
    }  # fmt: skip


def written(row: Row) -> Row:
    """A row as it is handed in: lists of tasks and of spending, marks and votes by name."""
    found: Row = {key: value for key, value in row.items() if key not in ("tasks", "late", "spent")}
    for field, names in NESTED.items():
        found[field] = dict(zip(names, row[field] or [None] * len(names), strict=True))
    found["news.items"] = row["news.items"][: row["months"]] if row["months"] < 12 else row["news.items"]
    found["fresh.applied"] = row["fresh.marks"] is not None
    tasks = []
    for n in range(row["tasks"]):
        due = date(2026, 1, 15) + timedelta(days=17 * n)
        tasks.append(
            {
                "task": f"交办任务{n + 1}",
                "due": str(due),
                "done": None if n < row["late"] // 2 else str(due + timedelta(days=3 if n < row["late"] else -(n % 3))),
            }
        )
    found["speed.tasks"] = tasks
    found["discipline.spending"] = [
        {"what": f"活动开支{n + 1}", "sum": 150 + 50 * n, "approved": n != 1 and n < 4 - row["spent"]} for n in range(4)
    ]
    return found


def rows() -> list[Row]:
    """All rows in the order of the file, planted faults included."""
    rng = random.Random(SEED)
    found = {
        f"干事{letter}{number:02d}": draw(f"干事{letter}{number:02d}", post, number, quality, rng)
        for post, (letter, qualities) in POSTS.items()
        for number, quality in enumerate(qualities, start=1)
    }
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name].update({field: value for field, value in found[pieces["like"]].items() if field != "unit"})
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    return [written(row) for row in found.values()]


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())
    (folder / FILE).write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
