"""CSV files as offices send them, in the six encodings and in wrong ones: each is read as it was written, or the encoding is asked for.

``python -m tests.encodings [FILES] [SEED]`` prints for each kind how many files were read right, asked about, told of, and read wrong
without a word (which must be none); its exit status is 1 where one was.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from scorekit.catalogue import discover
from scorekit.errors import InputError
from tests.layouts import Layout, Unit, Written, laid_out, meant, plan, read, units, values_of

CATALOGUE = discover(third_party=False)
PLAN = plan(CATALOGUE)
RIGHT = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gbk", "gb18030")
WRONG = ("big5", "shift_jis", "utf-16-le no mark", "utf-16-be no mark", "mixed", "mixed the other way", "cut utf-8", "cut gbk", "latin-1")
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
LARGE = str.maketrans("红机厂东风业会审计万张华组织", "紅機廠東風業會審計萬張華組織")
NAMES = (
    "红星机械厂工会",
    "东风公司工会",
    "市审计局工会",
    "第一中学工会",
    "人民医院工会",
    "铁路局工会",
    "日化集团工会",
    "阿里·木江公司工会",
)
RARE = ("㛃", "𬱖", "喆", "镕", "䶮")


def generated(draw: random.Random, kind: str) -> tuple[bytes, list[Unit]]:
    """A file of this kind, and what it says."""
    submissions = units(draw, draw.choice([1, 1, 2, 3, 8, 40]))
    rare = kind == "gb18030"
    for number, unit in enumerate(submissions):
        unit["unit"] = f"{draw.choice(NAMES)}{number}" + (
            draw.choice(RARE) if rare or (kind.startswith("utf") and draw.random() < 0.3) else ""
        )
        unit["leader"] = draw.choice(["张三", "李四", "王, 五", 'é"x', None, ""] if kind != "gbk" else ["张三", "王, 五", None]) or None
    found = laid_out(submissions, Layout(titles=draw.randrange(3), order=draw.choice([None, 1, 2]), serial=draw.random() < 0.3))
    text = _text(found, draw, draw.random() < 0.35)
    return _encoded(text, kind, draw), submissions


def _text(found: Written, draw: random.Random, ascii_header: bool) -> str:
    """The text of the file; under a header of paths alone it has no title."""
    rows, columns = found.size
    first = next(r for r in range(1, rows + 1) if "单位名称" in {found.cells.get((r, c)) for c in range(1, columns + 1)})
    told = io.StringIO()
    writer = csv.writer(
        told,
        delimiter=draw.choice(",\t;，"),
        quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=draw.choice(["\n", "\r\n"]),
    )
    paths = {place.rstrip("0123456789"): path for (_, path), place in found.places.items()}
    for row in range(first if ascii_header else 1, rows + 1):
        cells = [found.cells.get((row, c)) for c in range(1, columns + 1)]
        if row == first and ascii_header:
            cells = [paths.get(chr(64 + c), "no") for c in range(1, columns + 1)]
        writer.writerow(["" if c is None else str(c).upper() if isinstance(c, bool) else str(c) for c in cells])
    return told.getvalue()


def _encoded(text: str, kind: str, draw: random.Random) -> bytes:
    """The text as the bytes of a file."""
    if kind in ("big5", "shift_jis", "latin-1"):
        return text.translate(LARGE).encode(kind, "ignore" if kind != "latin-1" else "replace")
    if kind.startswith("mixed"):
        lines = text.splitlines(keepends=True)
        place = draw.randrange(1, len(lines)) if len(lines) > 1 else 0
        one, two = ("utf-8", "gb18030") if kind == "mixed" else ("gb18030", "utf-8")
        return "".join(lines[:place]).encode(one) + "".join(lines[place:]).encode(two)
    if kind.startswith("cut"):
        whole = text.encode(kind.removeprefix("cut "), "replace")
        places = [i for i in range(len(whole) // 2, len(whole)) if whole[i] >= 0x80 and not _whole(whole[:i], kind.removeprefix("cut "))]
        return whole[: draw.choice(places)] if places else whole
    if kind.endswith("no mark"):
        return text.encode(kind.removesuffix(" no mark"))
    return MARKS.get(kind, b"") + text.encode(kind)


def _whole(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def judged(data: bytes, submissions: list[Unit], folder: Path) -> str:
    """``right``, ``asked`` (the run stops and says so), ``told`` (a problem is an error), or ``silently wrong``."""
    path = folder / "a.csv"
    path.write_bytes(data)
    try:
        found, problems = read(path, PLAN, CATALOGUE)
    except InputError:
        return "asked"
    wanted = [{p: v if v != "" else None for p, v in meant(u).items()} for u in submissions]
    if len(found) and values_of(found) == wanted:
        return "right"
    return "told" if any(p.severity == "error" for p in problems) or not len(found) else "silently wrong"


def counted(files: int, seed: int) -> dict[str, Counter[str]]:
    """What became of *files* files, by kind."""
    draw = random.Random(seed)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as name:
        for number in range(files):
            kind = RIGHT[number // 2 % len(RIGHT)] if number % 2 else WRONG[number // 2 % len(WRONG)]
            data, submissions = generated(draw, kind)
            found[kind][judged(data, submissions, Path(name))] += 1
    return found


def main() -> int:
    """Print a line a kind, and the sum."""
    files, seed = (int(a) for a in (*sys.argv[1:], *("3000", "20261128")[len(sys.argv) - 1 :]))
    found = counted(files, seed)
    lines = [f"{kind:20} " + ", ".join(f"{n} {word}" for word, n in sorted(found[kind].items())) for kind in (*RIGHT, *WRONG)]
    whole = sum(found.values(), Counter())
    wrong = sum(n for kind in RIGHT for word, n in found[kind].items() if word not in ("right", "asked"))
    told = ", ".join(f"{whole[word]} {word}" for word in ("right", "asked", "told", "silently wrong"))
    sys.stdout.write("\n".join([*lines, f"{whole.total()} files: {told}; of those in the six encodings {wrong} wrong", ""]))
    return int(whole["silently wrong"] > 0 or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
