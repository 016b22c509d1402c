"""Make the sample of the rubric ``top-ten-and-stars`` (十大状元、十星级文明家庭): a JSON file a family, one list of women, 38 units.

    python samples/top-ten-and-stars/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public report, source S2b of the rubric): only the two activities, top ten of women at work and families of ten stars;
their numbers are in their names, a list of ten and ratings up to ten. No figure of a real person is given.

Generated (random.Random(SEED)): everything; persons and families are codes. PIECES are chosen by hand so that the README can
be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

SEED = 10
FAMILIES = [(f"家庭{n:02}", (0, 1, 1, 2, 0, 1, 2, 3, 1, 0)[(n - 1) % 10]) for n in range(1, 19)]
WOMEN = [(f"女工{n:02}", (0, 1, 0, 1, 2, 0, 1, 0, 2, 3)[(n - 1) % 10]) for n in range(1, 21)]
KINDS = ("照料", "调解", "帮扶")
Row = dict[str, Any]


def helped(*kinds: str, year: int = 2026) -> list[Row]:
    return [{"date": f"{year}-{k + 1:02}-08", "kind": kind} for k, kind in enumerate(kinds)]


def checked(*scores: float) -> list[Row]:
    return [{"month": 2 * k + 1, "score": score} for k, score in enumerate(scores)]


def votes(for_: int | None, against: int | None, withheld: int | None) -> Row:
    return {"extra.votes": {"赞成": for_, "不赞成": against, "弃权": withheld}}


PIECES: dict[str, Row] = {
    # nine stars and a half, ten with the added stars
    "家庭01": {"prior": 9, "stars.violations": 0, "stars.attendance": 99, "stars.hours": 20, "stars.complaints": 0, "stars.elders": 0, "stars.cared": 0, "stars.harmony": "A", "stars.help": helped("照料", "照料", "照料", "帮扶", "调解"), "stars.spent": 980, "stars.limit": 1000, "stars.checks": checked(95, 88, 92, 97),
             "stars.charity": 22, "extra.honours": [{"matter": "文明家庭", "level": "省级"}, {"matter": "文明家庭", "level": "市级"}], **votes(60, 4, 2), "extra.criticised": 0},
    # every item between none and a full star
    "家庭04": {"prior": 6, "stars.violations": 0, "stars.attendance": 96, "stars.hours": 25, "stars.complaints": 1, "stars.elders": 3, "stars.cared": 2, "stars.harmony": "B", "stars.help": helped("调解", "调解") + helped("照料", year=2025), "stars.spent": 1150, "stars.limit": 1000, "stars.checks": checked(82, 70, 85, 90),
             "stars.charity": 13, "extra.honours": [], **votes(40, 20, 5), "extra.criticised": 1},
    "女工03": {"prior": None, "stars.violations": 0, "stars.attendance": 98.5, "stars.hours": 36, "stars.complaints": 0, "stars.tasks": 97, "stars.innovations": 2, "stars.help": helped("照料", "帮扶", "调解", "帮扶"), "stars.spent": 420, "stars.limit": 400, "stars.checks": checked(93, 91, 90),
              "stars.charity": 20, "extra.honours": [{"matter": "巾帼标兵", "level": "市级"}], **votes(33, 11, 0), "extra.criticised": 0},
    "家庭02": {"stars.violations": 1},  # five stars at most
    "家庭05": {"extra.criticised": 1, "stars.help": helped("照料", "调解", "帮扶", "照料")},  # criticised: no ten stars
    "家庭03": {"like": "家庭05"},  # the same in all: the tenth place of all is shared
    "家庭06": {"like": "家庭09"},  # the same in all: drawn by lot
    "家庭07": {"bars.criminal": True},  # not ranked
    "家庭10": {"bars.untrue": True},  # nothing, not awarded
    "家庭12": {"bars.criminal": None},  # planted: undecided
    "家庭13": {"stars.hours": None},  # planted: a blank counts 0
    "家庭15": {"stars.harmony": "D"},  # planted: no such grade
    "家庭16": {**votes(18, 22, 3)},  # not a majority: not awarded
    "家庭17": {"stars.checks": checked(95, 92)},  # two checks are too few
    "家庭18": {"stars.charity": "16小时"},  # planted: a number with its unit
    "女工06": {"like": "女工08"},  # the same in all
    "女工11": {"like": "女工16"},  # the same in all
    "女工09": {"bars.criminal": True},  # not ranked
    "女工14": {"stars.tasks": 201},  # planted: above the range
}  # fmt: skip


def draw(category: str, quality: int, rng: random.Random) -> Row:
    """One family or woman, drawn by quality."""
    elders, limit = rng.randint(0, 4), rng.randint(80, 150) * 10
    low = (90, 84, 78, 65)[quality]
    cast = rng.randint(30, 60)
    row: Row = {
        "category": category, "prior": rng.choice((None, *range((8, 7, 5, 2)[quality], (10, 9, 8, 5)[quality]))), "stars.violations": 0, "stars.attendance": rng.choice(((98, 99.5), (97, 98.4), (95, 96.5), (90, 94))[quality]), "stars.hours": rng.choice(((40, 52), (32, 44), (20, 36), (4, 16))[quality]),
        "stars.complaints": rng.choice(((0,), (0, 0, 1), (0, 1), (1, 2))[quality]), "stars.help": helped(*(rng.choice(KINDS) for _ in range(rng.randint(*((3, 6), (2, 5), (0, 3), (0, 1))[quality])))), "stars.spent": limit * rng.randint(*((80, 100), (90, 108), (95, 125), (110, 150))[quality]) // 100, "stars.limit": limit,
        "stars.checks": checked(*(low + rng.randint(0, 9) for _ in range(rng.randint(3, 5)))), "stars.charity": rng.randint(*((18, 30), (12, 24), (6, 18), (0, 8))[quality]), "extra.honours": [], **votes(cast * (90, 80, 65, 55)[quality] // 100, cast * (5, 12, 30, 40)[quality] // 100, 1), "extra.criticised": (0, 0, 0, 2)[quality], "bars.criminal": False, "bars.untrue": False,
    }  # fmt: skip
    if category == "文明家庭":
        row |= {"stars.elders": elders, "stars.cared": max(0, elders - (0, 0, 1, 2)[quality]), "stars.harmony": "AABC"[quality]}
    else:
        row |= {
            "stars.tasks": rng.randint(*((99, 112), (94, 102), (86, 96), (75, 88))[quality]),
            "stars.innovations": rng.randint(*((2, 4), (1, 3), (0, 2), (0, 0))[quality]),
        }
    return row


def units() -> dict[str, Row]:
    """All units by name."""
    rng = random.Random(SEED)
    found = {
        name: draw(category, quality, rng) for category, names in (("文明家庭", FAMILIES), ("巾帼建功", WOMEN)) for name, quality in names
    }
    for name, pieces in PIECES.items():
        if "like" in pieces:
            found[name] = dict(found[pieces["like"]])
        found[name].update({field: value for field, value in pieces.items() if field != "like"})
    return found


def nested(name: str, row: Row) -> Row:
    """The row as sections within sections."""
    found: Row = {"$schema": "top-ten-and-stars", "unit": name}
    for path, value in row.items():
        *sections, last = path.split(".")
        at = found
        for section in sections:
            at = at.setdefault(section, {})
        at[last] = value
    return found


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {name: nested(name, row) for name, row in units().items()}
    women = [row for name, row in found.items() if name.startswith("女工")]
    women.append({**women[-1], "prior": 1})  # planted: handed in twice
    files: dict[str, Any] = {name: row for name, row in found.items() if name.startswith("家庭")} | {"巾帼建功": women}
    for name, content in files.items():
        (folder / f"{name}.json").write_bytes((json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
