"""The corpus from the command line.

``python -m tests.hostile`` runs each file in a process of its own and prints files, slowest and largest memory;
``--bombs`` has the bombs and the ordinary workbooks looked over; ``--update [LEVEL…]`` writes down what is said now.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

from scorekit_plugins.readers.package import Refused, looked_over

from scorekit.words import say
from tests.hostile import ordinary
from tests.hostile.bombs import BOMBS
from tests.hostile.cases import brought
from tests.hostile.corpus import CASES, LEVELS, OF_LEVEL, WORKBOOKS, keep, shown
from tests.hostile.running import Ran, ran


def every_file(names: list[str]) -> int:
    """Each in a process of its own, two at a time."""
    named = names or list(CASES)
    slowest, largest, faults = (0.0, ""), (0.0, ""), 0
    with ThreadPoolExecutor(2) as pool:
        for done, (name, found) in enumerate(zip(named, pool.map(_alone, named), strict=True), start=1):
            slowest, largest = max(slowest, (found.seconds, name)), max(largest, (found.megabytes, name))
            for fault in found.faults(CASES[name]):
                faults += 1
                print(f"{name}: {fault}: {found.said[-300:]}", flush=True)
            if done % 50 == 0:
                print(f"{done} of {len(named)}", flush=True)
    print(f"files: {len(named)}, of which workbooks: {len({*named} & {*WORKBOOKS})}; faults: {faults}")
    print(f"slowest: {slowest[0]:.1f} s of the processor ({slowest[1]}); largest memory: {largest[0]:.0f} MB ({largest[1]})")
    return 1 if faults else 0


def _alone(name: str) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        return ran(CASES[name], Path(folder))


def bombs() -> int:
    """Bombs refused and the longest it took; ordinary workbooks refused."""
    refused, longest = 0, (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for name, make in BOMBS.items():
            path.write_bytes(make())
            begun = process_time()
            told = _looked(path)
            spent = process_time() - begun
            longest, refused = max(longest, (spent, name)), refused + bool(told)
            print(f"{spent:.2f} s  {name}: {told or 'OPENED'}", flush=True)
        print(f"bombs refused: {refused} of {len(BOMBS)}; longest {longest[0]:.2f} s ({longest[1]})")
        wrong, most = 0, 0.0
        for number in range(ordinary.COUNT):
            path.write_bytes(ordinary.made(number))
            begun = process_time()
            told = _looked(path)
            most, wrong = max(most, process_time() - begun), wrong + bool(told)
            if told:
                print(f"ordinary workbook {number}: {told}")
    print(f"ordinary workbooks refused: {wrong} of {ordinary.COUNT}; longest look {most:.2f} s")
    return 0 if refused == len(BOMBS) and not wrong else 1


def _looked(path: Path) -> str:
    try:
        looked_over(path)
    except Refused as fault:
        return say(fault.what, "en")
    return ""


def update(levels: list[str]) -> int:
    """Write down what each case of these levels brings now."""
    for room in LEVELS:
        level = room.__name__.rpartition(".")[2]
        if levels and level not in levels:
            continue
        found = {}
        for name in (n for n, own in OF_LEVEL.items() if own == level):
            with tempfile.TemporaryDirectory() as folder:
                CASES[name].put(Path(folder))
                found[name] = shown(brought(CASES[name], Path(folder)))
        keep(level, found)
        print(level, len(found), flush=True)
    return 0


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--bombs"]:
        sys.exit(bombs())
    sys.exit(update(words[1:]) if words[:1] == ["--update"] else every_file(words))
