"""One case of the fuzzer: a good input, the ways in which it is spoilt, and what must hold of the outcome."""

from __future__ import annotations

import functools
import shutil
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from scorekit.domain.intake import RawTable, ReadRequest, SourceFile
from scorekit.errors import ScorekitError
from scorekit.evaluation import evaluate_path
from scorekit.loading.commission import commission
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric
from scorekit.stages.validate import header_words
from tests.fuzz import bases, mutations
from tests.fuzz.second import differences
from tests.hostile.cases import catalogue

KINDS: dict[str, tuple[Callable[[Random], bytes], Sequence[mutations.Mutation], str, int]] = {
    "workbook": (bases.workbook, mutations.PACKAGE, ".xlsx", 6),
    "table": (bases.table, mutations.TABLE, ".csv", 3),
    "object": (bases.objects, mutations.OBJECT, ".json", 2),
    "lines": (bases.lines, mutations.OBJECT, ".ndjson", 1),
    "rubric": (bases.rubric, mutations.DOCUMENT, ".rubric.json", 3),
    "notice": (bases.notice, mutations.DOCUMENT, ".notice.json", 1),
}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What was made of a good input: its kind, the bytes, and the numbers of the steps that led there."""

    kind: str
    data: bytes
    steps: tuple[int, ...]

    @property
    def ending(self) -> str:
        """How its file's name ends."""
        return KINDS[self.kind][2]


def kind_of(seed: int) -> str:
    """The kind of the case of a seed."""
    return Random(seed).choices(list(KINDS), [k[3] for k in KINDS.values()])[0]


def made(seed: int, steps: Sequence[int] | None = None) -> Spoilt:
    """The case of a seed; *steps* are those of its steps that are taken, all where it is None."""
    kind = kind_of(seed)
    base, ways, _, _ = KINDS[kind]
    chance = Random(seed)
    data = base(chance)
    many = chance.choice([1, 1, 1, 2, 2, 3, 5])
    taken = tuple(range(many)) if steps is None else tuple(steps)
    for step in range(many):
        own = Random(seed * 1000 + step)
        way = own.choice(ways)
        if step in taken:
            data = way(data, own)
    return Spoilt(kind, data, taken)


def outcome(found: Spoilt, folder: Path) -> str:
    """“read”, “refused”, or what must not be: a fault with where it was raised, or a value that differs."""
    try:
        return _outcome(found.kind, found.ending, found.data, folder)
    except ScorekitError:
        return "refused"
    except RecursionError:
        return "FAULT RecursionError"
    except Exception as fault:  # noqa: BLE001 - that is what is looked for
        frames = [f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(fault.__traceback__)]
        return f"FAULT {type(fault).__name__}: {str(fault)[:120]} in {' < '.join(reversed(frames[-4:]))}"


def _outcome(kind: str, ending: str, data: bytes, folder: Path) -> str:
    shutil.copy(bases.RUBRIC, folder / "rubric.json")
    if kind in ("rubric", "notice"):
        path = folder / ("rubric.json" if kind == "rubric" else "notice.json")
        path.write_bytes(data)
        good = folder / "unit.json"
        good.write_bytes(bases.objects(Random(1)))
        if kind == "rubric":
            load_rubric(path, catalogue())
        evaluate_path(good, catalogue(), Request(str(folder / "rubric.json"), path if kind == "notice" else None))
        return "read"
    path = folder / f"a{ending}"
    path.write_bytes(data)
    tables = _tables(path, ending)
    found = differences(ending, data, tables)
    if found:
        return f"DIFFERS {'; '.join(found[:3])[:400]}"
    evaluate_path(path, catalogue(), Request(str(folder / "rubric.json")))
    return "read"


def _tables(path: Path, ending: str) -> list[RawTable]:
    reader = next(r for r in catalogue().readers.values() if ending in r.suffixes)
    return list(reader.read([SourceFile(path, path.name)], ReadRequest(None, _words())))


@functools.cache
def _words() -> frozenset[str]:
    """The header words of the rubric."""
    work: Any = commission(bases.ROOT / "samples" / "invalid" / "unit-twice" / "submissions", catalogue(), Request(str(bases.RUBRIC)))
    return header_words(work.plan)


def smaller(seed: int, folder: Path, told: str) -> Spoilt:
    """The case with as few of its steps as still bring the same."""
    whole = made(seed)
    for step in whole.steps:
        fewer = tuple(s for s in whole.steps if s != step)
        tried = made(seed, fewer)
        if outcome(tried, folder)[:40] == told[:40]:
            whole = tried
    return whole
