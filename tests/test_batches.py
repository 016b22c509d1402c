"""Batch size never shows: every sample gives the same bytes, however few units are checked, kept, told or written at a time.

How many units make a table decides in which order they stand, and nothing else. The ordinary run takes one size and one command
of each sample; all of them are long.
"""

from __future__ import annotations

import functools
import importlib
import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scorekit import evaluation
from scorekit.catalogue import discover
from scorekit.domain.engines import blocks
from tests.kills import run, visible
from tests.test_samples import NAMES, NOTICED, SAMPLES

SIZES = (1, 2, 7)
JOBS = {
    "csv": ("evaluate", "--format", "csv"),
    "parquet": ("evaluate", "--format", "parquet"),
    "validate": ("validate",),
}
HELD = {
    "scorekit.loading.waiting": ("HELD",),
    "scorekit_plugins.engines.local": ("_HELD",),
    "scorekit.domain.asking": ("PART",),
    "scorekit.domain.keys": ("BLOCK",),
    "scorekit.domain.problem_table": ("BLOCK",),
    "scorekit.domain.problems": ("BLOCK",),
    "scorekit.domain.roll": ("BLOCK",),
    "scorekit.domain.telling": ("_BLOCK",),
    "scorekit.stages.raters": ("PART",),
    "scorekit_plugins.exporters.workbook_details": ("BLOCK",),
    "scorekit_plugins.exporters.workbook_losses": ("BLOCK",),
}
"""How much is held at a time, from merging to writing; beside it ``blocks`` cuts what was pooled for the engine."""
TOGETHER = {
    "scorekit_plugins.readers.csv_files": ("LEAST", "ROWS", "WHOLE"),
    "scorekit_plugins.readers.gather": ("ROWS",),
    "scorekit_plugins.readers.json_files": ("ROWS",),
    "scorekit_plugins.readers.sifting": ("ROWS",),
    "scorekit.loading.pooling": ("ROWS",),
}
"""How much makes a table: units of unlike tables stand in the order of these."""


@contextmanager
def at_a_time(size: int, held: Mapping[str, tuple[str, ...]] = HELD) -> Iterator[None]:
    """Nothing more than so many rows is looked at together."""
    discover(third_party=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation, "blocks", partial(blocks, size=size))
        for module, names in held.items():
            for name in names:
                assert getattr(importlib.import_module(module), name) > size
                patch.setattr(f"{module}.{name}", size)
        yield


def made(sample: str, job: str, out: Path) -> dict[str, bytes]:
    """What a command writes of a sample; by its notice, where it has one."""
    notice = ("--notice", str(SAMPLES / sample / "notice.json")) * (sample in NOTICED and job != "validate")
    assert run((*JOBS[job], str(SAMPLES / sample / "submissions"), "--out", "{out}", *notice), out) == 0
    return visible(out)


@functools.cache
def whole(sample: str, job: str) -> dict[str, bytes]:
    """The same with batches as large as they are."""
    with tempfile.TemporaryDirectory() as folder:
        return made(sample, job, Path(folder) / "out")


def every(sizes: tuple[int, ...] = SIZES) -> Iterator[object]:
    """Each sample, command and size; those of one place in turn are for the ordinary run."""
    for place, sample in enumerate(NAMES):
        for at, job in enumerate(JOBS):
            for nth, size in enumerate(sizes):
                ordinary = sample != "six-haves" and (place % 3, place // 3 % len(sizes)) == (at, nth)
                yield pytest.param(sample, job, size, marks=() if ordinary else pytest.mark.long, id=f"{sample} {job} {size}")


@pytest.mark.parametrize(("sample", "job", "size"), [*every()])
def test_equal_bytes_whatever_the_size_of_a_batch(sample: str, job: str, size: int, tmp_path: Path) -> None:
    wanted = whole(sample, job)
    with at_a_time(size):
        found = made(sample, job, tmp_path / "out")
    assert [name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)] == []


def in_any_order(found: Mapping[str, bytes]) -> dict[str, Any]:
    """What is written but for the order of the units as read, and the digests of the files that have it."""
    said: dict[str, Any] = dict(found)
    for name in said.keys() & {"inputs.csv", "inputs.parquet", "scores.parquet"}:
        said[name] = sorted(_rows(name, found[name]))
        said["run.json"] = {**(record := json.loads(found["run.json"])), "files": {k: v for k, v in record["files"].items() if k in FIRM}}
    return said


FIRM = ("ranking.xlsx", "standings.csv", "standings.parquet", "scores.csv", "problems.csv", "problems.parquet", "rubric.json")


def _rows(name: str, content: bytes) -> list[str]:
    if name.endswith(".csv"):
        return content.decode("utf-8-sig").splitlines()
    return [repr(row) for row in pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(content)).to_pylist()]


@pytest.mark.parametrize(("sample", "job", "size"), [*every((1, 7))])
def test_how_many_units_make_a_table_decides_their_order_alone(sample: str, job: str, size: int, tmp_path: Path) -> None:
    wanted = in_any_order(whole(sample, job))
    with at_a_time(size, TOGETHER):
        found = in_any_order(made(sample, job, tmp_path / "out"))
    assert [name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)] == []
