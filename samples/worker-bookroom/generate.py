"""Make the sample of the rubric ``worker-bookroom`` (职工书屋、阵地建设): two JSON files, a list of sites each.

    python samples/worker-bookroom/generate.py [OUTDIR]      # default: submissions/ beside this file

Real (public reports, sources S0 and S1 of the rubric): one district built 15 homes and bookrooms for workers within the
year, paid by the district federation, the union and the firm; another has five clubs and six bookrooms, two of which
bear a provincial title. So 新区.json holds 15 sites, 上城.json five clubs and six bookrooms, two of them 省级.

Generated (random.Random(SEED)): everything else. All names are invented. PIECES are chosen by hand so that the README
can be checked by hand. Equal runs give equal bytes.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

SEED = 15

# name and quality (0 best … 3 weakest)
UNITS = {
    ("新区", "职工书屋"): [("云汀电子职工书屋", 0), ("知禾包装职工书屋", 1), ("听澜物流职工书屋", 1), ("望屿机械职工书屋", 0), ("苇原食品职工书屋", 2), ("皓石建材职工书屋", 3), ("松涧纺织职工书屋", 1)],
    ("新区", "职工之家"): [("海港片区职工之家", 0), ("空港片区职工之家", 0), ("市区片区职工之家", 1), ("霁川公寓职工之家", 1), ("桐荫工地职工之家", 2), ("沐野园区职工之家", 1), ("青皋码头职工之家", 3), ("朗峰软件园职工之家", 1)],
    ("上城", "职工书屋"): [("澄岚电器职工书屋", 0), ("桐影饮料职工书屋", 0), ("拾砚街道职工书屋", 1), ("栖霖医院职工书屋", 1), ("竹里社区职工书屋", 2), ("溪桥环卫职工书屋", 1)],
    ("上城", "职工俱乐部"): [("湖畔职工俱乐部", 0), ("江亭职工俱乐部", 1), ("青砚职工俱乐部", 0), ("晚晴职工俱乐部", 2), ("云岫职工俱乐部", 1)],
}  # fmt: skip
PROVINCIAL = ("澄岚电器职工书屋", "桐影饮料职工书屋")  # two, as in the report
KINDS = ("乒乓球", "台球", "跑步机", "棋牌", "羽毛球", "瑜伽垫", "投影")

Site = dict[str, Any]


def gear(*sets: tuple[int, int]) -> list[Site]:
    """Equipment by kinds: sets, and how many of them work."""
    return [{"kind": kind, "sets": number, "working": working} for kind, (number, working) in zip(KINDS, sets, strict=False)]


def votes(asked: int, yes: int, fairly: int, no: int, none: int = 0) -> Site:
    return {"asked": asked, "votes": {"满意": yes, "基本满意": fairly, "不满意": no, "弃权": none}}


PIECES: dict[str, Site] = {
    # high: bonuses run into the cap of 6; proposed for the national title
    "澄岚电器职工书屋": {"members": 260, "place": {"area": 86, "books": 4200, "papers": 24, "discs": 90, "computers": 3}, "money": {"shares": {"district": 20000, "union": 15000, "firm": 40000}, "yearly": 26000},
                  "open": {"hours": 60, "uses": 3120, "events": 8, "blank_months": 0}, "manage": {"lacking": 0, "keeper": "专职", "off": 0, "off_reason": "无"}, "effect": {**votes(120, 108, 8, 0, 2), "grade": "优", "mark": 6.5},
                  "extra": {"titles": [{"name": "职工书屋", "level": "国家级"}, {"name": "书香阵地", "level": "市级"}], "shared": 4, "drawn": 0}},
    # every deduction on a step; interpolated; an officer's deduction with its reason
    "苇原食品职工书屋": {"held": "无", "members": 400, "place": {"area": 30, "books": 1250, "papers": 12, "discs": 50, "computers": 1}, "money": {"shares": {"district": 8000, "union": 0, "firm": 5000}, "yearly": 9000},
                  "open": {"hours": 35, "uses": 2000, "events": 4, "blank_months": 2}, "manage": {"lacking": 1, "keeper": "兼职", "off": 1.5, "off_reason": "登记簿缺三个月"}, "effect": {**votes(100, 30, 20, 10, 5), "grade": "良", "mark": 4},
                  "extra": {"titles": [], "shared": 1, "drawn": 2}},
    "知禾包装职工书屋": {"place": {"books": 480}},  # below 500 books: not ranked
    "听澜物流职工书屋": {"veto": {"misused": None}},  # planted: an undecided gate
    "皓石建材职工书屋": {"veto": {"illegal": True}},  # total zero
    "松涧纺织职工书屋": {"effect": {"grade": "良", "mark": 6}},  # planted: a mark outside its band
    "望屿机械职工书屋": {"held": "市级"},  # the national title wants the provincial one first
    "海港片区职工之家": {"place": {"equipment": gear((6, 6), (4, 4), (8, 7), (10, 10), (6, 6))}},
    "空港片区职工之家": {"veto": {"misused": True}},  # not awarded
    "霁川公寓职工之家": {"like": "市区片区职工之家"},  # the same in all that counts: the public draw parts them
    "桐荫工地职工之家": {"manage": {"off": 2, "off_reason": None}},  # planted: no reason given
    "沐野园区职工之家": {"effect": votes(90, 40, 10, 2, 1)},  # 53 of 90 ballots: the vote counts nothing
    "朗峰软件园职工之家": {"place": {"computers": None}},  # planted: a blank counts 0
    "拾砚街道职工书屋": {"open": {"hours": 20, "uses": 260, "events": 3, "blank_months": 3}},  # 开放利用 below 60 %: at most 合格
    "溪桥环卫职工书屋": {"members": "180人"},  # planted: a number with its unit
    "青砚职工俱乐部": {"extra": {"titles": [{"name": "示范俱乐部", "level": "省级"}], "shared": 0, "drawn": 0}},
}  # fmt: skip


def draw(name: str, region: str, category: str, quality: int, rng: random.Random) -> Site:
    """One site, drawn by quality."""
    members, asked = rng.randint(120, 600), rng.randint(60, 150)
    cast = asked - asked * rng.randint(2, 14) // 100
    no, fairly = cast * (0, 2, 8, 20)[quality] // 100, cast * (8, 14, 24, 30)[quality] // 100
    place: Site = {"computers": (3, 2, 1, 0)[quality]}
    if category == "职工书屋":
        place.update(
            area=(70, 52, 34, 18)[quality] + rng.randint(0, 8),
            books=(3200, 2200, 1400, 700)[quality] + rng.randint(0, 60) * 10,
            papers=(22, 16, 11, 6)[quality] + rng.randint(0, 3),
            discs=(85, 60, 40, 10)[quality] + rng.randint(0, 9),
        )
    else:
        sets = [rng.randint(3, 9) for _ in range((6, 5, 3, 2)[quality])]
        place.update(
            area=((220, 150, 90, 50) if category == "职工之家" else (430, 300, 180, 100))[quality] + rng.randint(0, 20),
            equipment=gear(*((n, n - n * (0, 12, 24, 50)[quality] // 100) for n in sets)),
        )
    off = (0, 0.5, 1.5, 3)[quality]
    grade = ("优", "良", "良", "一般")[quality]
    return {
        "$schema": "worker-bookroom", "unit": name, "category": category, "region": region, "held": "省级" if name in PROVINCIAL else "市级" if quality < 2 else "无", "members": members, "place": place,
        "money": {"shares": {"district": rng.randint(5, 20) * 1000 if quality < 3 else 0, "union": rng.randint(3, 15) * 1000, "firm": rng.randint(5, 30) * 1000 if quality < 2 else 0}, "yearly": (22000, 16000, 9000, 3000)[quality] + rng.randint(0, 20) * 100},
        "open": {"hours": (56, 50, 42, 28)[quality] + rng.randint(0, 6), "uses": members * ((11, 9, 6, 2)[quality] * 10 + rng.randint(0, 8)) // 10, "events": (8, 6, 4, 1)[quality], "blank_months": rng.choice(((0,), (0, 1), (2,), (4,))[quality])},
        "manage": {"lacking": (0, 0, 1, 3)[quality], "keeper": ("专职", "兼职", "兼职", "无")[quality], "off": off, "off_reason": "无" if not off else "登记不全"},
        "effect": {**votes(asked, cast - no - fairly, fairly, no), "grade": grade, "mark": {"优": 6 + rng.randint(0, 2) / 2, "良": 3.5 + rng.randint(0, 4) / 2, "一般": rng.randint(0, 6) / 2}[grade]},
        "extra": {"titles": [{"name": "先进阵地", "level": "市级"}] if quality == 0 and rng.random() < 0.4 else [], "shared": rng.choice(((1, 2, 3), (0, 1), (0,), (0,))[quality]), "drawn": (0, 0, 1, 3)[quality]},
        "veto": {"misused": False, "illegal": False},
    }  # fmt: skip


def laid(site: Site, pieces: Site) -> Site:
    """*site* with *pieces* laid over it, section by section."""
    found = dict(site)
    for name, value in pieces.items():
        found[name] = laid(found[name], value) if isinstance(value, dict) and name not in ("votes", "shares") else value
    return found


def sites() -> dict[str, list[Site]]:
    """All sites by region."""
    rng = random.Random(SEED)
    found = {name: draw(name, region, category, quality, rng) for (region, category), names in UNITS.items() for name, quality in names}
    for name, pieces in PIECES.items():
        found[name] = {**found[pieces["like"]], "unit": name} if "like" in pieces else laid(found[name], pieces)
    listed = {region: [site for site in found.values() if site["region"] == region] for region in ("新区", "上城")}
    assert [len(region) for region in listed.values()] == [15, 5 + 6]
    again = laid(found["青皋码头职工之家"], {"open": {"events": 5}})
    listed["上城"].append(again)  # planted: handed in twice, in another file
    return listed


def main(folder: Path) -> None:
    """Write the sample into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for region, listed in sites().items():
        lines = ",\n".join(json.dumps(site, ensure_ascii=False) for site in listed)
        (folder / f"{region}.json").write_bytes(f"[\n{lines}\n]\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("submissions"))
