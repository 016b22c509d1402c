"""What scored records cost: ``python -m benchmarks.records [UNITS]``, five records a unit, beside a plain numpy program.

Each record has a criterion; of one matter the largest counts, and of those the three greatest are added up.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np

from scorekit.catalogue import discover
from scorekit.compiling.planning import compile_plan
from scorekit.domain.column import Column
from scorekit.domain.marks import Records
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Places, ScoreSheet, Submissions
from scorekit.loading.rubrics import rubric_of
from scorekit.stages.aggregate import aggregate
from scorekit.stages.score import score

UNITS, EACH, BEST, SEED, RUNS = 200_000, 5, 3, 20261127, 3
MATTERS = ("安康杯", "职工之家", "劳动竞赛", "技能大赛")


def plan() -> Plan:
    """A list of which each record scores up to ten points, the best three of different matters counting."""
    field = {"type": "number", "title": "得分", "x-criterion": {"points": 10, "rule": {"count": {"each": 1}}}}
    rule = {"records": {"combine": "best", "k": BEST, "matter": "matter"}}
    items = {"type": "object", "properties": {"matter": {"type": "string", "title": "事由"}, "n": field}}
    honours = {"type": "array", "title": "荣誉", "items": items, "x-criterion": {"points": 30, "start": "empty", "rule": rule}}
    frame = {"language": 1, "id": "records", "version": "1"}
    found = discover(third_party=False)
    properties = {"unit": {"type": "string", "title": "单位名称"}, "honours": honours}
    document = {"type": "object", "title": "记录", "properties": properties, "x-rubric": frame}
    return compile_plan(rubric_of(document, "records.json", found), found)


def made(size: int) -> tuple[Submissions, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """*size* units with their records by chance, and the codes and points of these as plain arrays."""
    chance = np.random.default_rng(SEED)
    codes, points = chance.integers(0, len(MATTERS), size * EACH), chance.integers(0, 11, size * EACH)
    texts = Column("text", np.array(MATTERS, dtype=object)[codes])
    lists = Records(np.arange(0, size * EACH + 1, EACH), {"matter": texts, "n": Column.array(points)})
    names = tuple(f"U{i}" for i in range(size))
    nowhere = np.zeros(size, dtype=np.int32)
    places = (Places(("all.csv",), nowhere, "", np.arange(size), {"unit": "A"}),)
    columns = {"unit": Column.texts(list(names)), "honours": lists}
    return Submissions(names, names, columns, places, nowhere, np.arange(size)), codes, points


def scored(of: Plan, submissions: Submissions) -> ScoreSheet:
    """All passes of scoring."""
    sheet = ScoreSheet(len(submissions))
    for step in range(of.steps):
        sheet = aggregate(of, submissions, score(of, submissions, sheet, step), step)
    return sheet


def plainly(codes: np.ndarray[Any, Any], points: np.ndarray[Any, Any], size: int) -> np.ndarray[Any, Any]:
    """The same figures by a program for this one standard: the greatest of each matter, then the best three."""
    tops = np.zeros((size, len(MATTERS)), dtype=np.int64)
    np.maximum.at(tops, (np.repeat(np.arange(size), EACH), codes), points)
    return np.minimum(np.sort(tops, axis=1)[:, -BEST:].sum(axis=1), 30)


def _seconds(work: Any) -> tuple[float, Any]:
    taken, found = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[RUNS // 2], found


def main(size: int) -> None:
    """Print nanoseconds a record of both, and their ratio; the figures must be equal."""
    of = plan()
    submissions, codes, points = made(size)
    own, sheet = _seconds(lambda: scored(of, submissions))
    plain, figures = _seconds(lambda: plainly(codes, points, size))
    assert sheet.points["honours"].listed() == figures.tolist()
    for name, seconds in (("scorekit", own), ("plain numpy", plain)):
        print(f"{name:12} {seconds / size / EACH * 1e9:8.0f} ns a record")
    print(f"{'ratio':12} {own / plain:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
