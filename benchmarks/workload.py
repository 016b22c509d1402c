"""The measured work: a rubric of 10, 60 or 300 mixed criteria, written as a file from a seed, and submissions for it as columns."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

SEED = 20261121
CATEGORIES = ("企业", "机关", "事业", "乡镇", "其他")
RATERS = tuple(f"评委{i}" for i in range(1, 8))
BOOL, RATIO, BAND, COUNT, BONUS, VETO, JUDGE = 20, 12, 8, 8, 4, 3, 5
SECTIONS = ("basic", "rates", "bands", "counts", "judged")


CRITERIA = BOOL + RATIO + BAND + COUNT + BONUS + VETO + JUDGE
OTHER_SEED = 7
"""The second seed: other points, targets and data; the ratios must be the same."""
BLOCK = 100_000
"""Units that are drawn together, and a row group of a Parquet file."""


class Shape(NamedTuple):
    """How many criteria there are of each kind."""

    bool: int = BOOL
    ratio: int = RATIO
    band: int = BAND
    count: int = COUNT
    bonus: int = BONUS
    veto: int = VETO
    judge: int = JUDGE


def shape(criteria: int = CRITERIA) -> Shape:
    """The kinds in the proportions of the sixty, by the largest remainders."""
    whole, rest = zip(*(divmod(n * criteria, CRITERIA) for n in Shape()), strict=True)
    missing = criteria - sum(whole)
    given = sorted(range(len(rest)), key=lambda i: -rest[i])[:missing]
    return Shape(*(n + (i in given) for i, n in enumerate(whole)))


def parameters(seed: int = SEED, criteria: int = CRITERIA) -> dict[str, list[int]]:
    """The numbers of the rubric, all whole: points in hundredths, targets in percent, deductions in hundredths a point."""
    draw, of = random.Random(seed), shape(criteria)
    return {
        "bool": [draw.choice((100, 150, 200)) for _ in range(of.bool)],
        "target": [draw.choice((60, 70, 80, 90)) for _ in range(of.ratio)],
        "deduct": [draw.choice((10, 15, 20)) for _ in range(of.ratio)],
        "cap": [draw.choice((200, 250, 300)) for _ in range(of.count)],
    }


def rubric(seed: int = SEED, criteria: int = CRITERIA) -> dict[str, Any]:
    """The rubric document: flags, rates that lose points for each percentage point, bands, counts, bonuses, vetoes, panels."""
    chosen, of = parameters(seed, criteria), shape(criteria)
    sections: dict[str, dict[str, Any]] = {name: {"type": "object", "title": name, "properties": {}} for name in (*SECTIONS, "bonus")}
    own = {name: section["properties"] for name, section in sections.items()}
    for i, points in enumerate(chosen["bool"]):
        own["basic"][f"b{i}"] = {
            "type": "boolean",
            "title": f"b{i}",
            "x-criterion": {"no": f"1.{i + 1}", "points": points / 100, "rule": {"flag": {}}},
        }
    for i, (target, deduct) in enumerate(zip(chosen["target"], chosen["deduct"], strict=True)):
        own["rates"][f"n{i}"] = {"type": "integer", "minimum": 0, "title": f"n{i}"}
        own["rates"][f"d{i}"] = {"type": "integer", "minimum": 0, "title": f"d{i}"}
        rule = {"shortfall": {"target": target / 100, "step": 0.01, "deduct": deduct / 100, "steps": "proportional"}}
        criterion = {"no": f"2.{i + 1}", "points": 3, "rule": rule}
        own["rates"][f"r{i}"] = {
            "title": f"r{i}",
            "readOnly": True,
            "x-unit": "fraction",
            "x-derive": f"n{i} / d{i}",
            "x-criterion": criterion,
        }
    for i in range(of.band):
        bands = [{"at_least": cut / 100, "points": place + 1} for place, cut in enumerate((25, 50, 75))]
        own["bands"][f"g{i}"] = {
            "type": "number",
            "title": f"g{i}",
            "x-criterion": {"no": f"3.{i + 1}", "points": 3, "rule": {"tiers": {"bands": bands}}},
        }
    for i, cap in enumerate(chosen["cap"]):
        own["counts"][f"c{i}"] = {
            "type": "integer",
            "title": f"c{i}",
            "x-criterion": {"no": f"4.{i + 1}", "points": cap / 100, "rule": {"count": {"each": 0.5}}},
        }
    for i in range(of.judge):
        own["judged"][f"j{i}"] = {
            "type": "object",
            "title": f"j{i}",
            "x-source": {"who": "panel", "raters": list(RATERS)},
            "additionalProperties": {"type": "number"},
            "x-criterion": {"no": f"5.{i + 1}", "points": 4, "rule": {"panel_mean": {"out_of": 10, "drop": 1}}},
        }
    for i in range(of.bonus):
        criterion = {"no": f"6.{i + 1}", "kind": "bonus", "group": "extra", "rule": {"count": {"each": 0.25}}}
        own["bonus"][f"x{i}"] = {"type": "integer", "title": f"x{i}", "x-criterion": criterion}
    vetoes = {
        f"v{i}": {
            "type": "boolean",
            "title": f"v{i}",
            "x-criterion": {"kind": "gate", "no": f"7.{i + 1}", "if": f"v{i}", "effect": "not ranked"},
        }
        for i in range(of.veto)
    }
    lines = [line * criteria // CRITERIA for line in (70, 60, 50)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "benchmark",
        "type": "object",
        "properties": {
            "unit": {"type": "integer", "title": "unit"},
            "category": {"enum": list(CATEGORIES), "title": "category"},
            **sections,
            **vetoes,
        },
        "x-rubric": {
            "language": 1,
            "id": "benchmark",
            "version": str(seed),
            "unit": "unit",
            "category": "category",
            "caps": {"groups": {"extra": 3}},
            "levels": [{"id": str(line), "title": str(line), "at_least": line} for line in lines],
            "rank": {"tie_break": [{"by": "points(judged)"}, {"by": "points(rates)"}]},
        },
    }


def write_rubric(path: Path, seed: int = SEED, criteria: int = CRITERIA) -> Path:
    """The rubric as a file."""
    path.write_text(json.dumps(rubric(seed, criteria), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def columns(units: int, seed: int = SEED, block: int = BLOCK, criteria: int = CRITERIA) -> dict[str, np.ndarray[Any, Any]]:
    """Submissions as columns by field path; about 1 % of truths and rates cannot be known (-1; a denominator of 0)."""
    drawn = list(blocks(units, seed, block, criteria))
    return {name: np.concatenate([part[name] for part in drawn]) for name in drawn[0]}


def blocks(units: int, seed: int = SEED, block: int = BLOCK, criteria: int = CRITERIA) -> Iterator[dict[str, np.ndarray[Any, Any]]]:
    """The same columns block by block."""
    for place, start in enumerate(range(0, units, block)):
        size = min(block, units - start)
        part = _block(np.random.default_rng([seed, place]), size, shape(criteria))
        yield {"unit": np.arange(start, start + size, dtype=np.int32), **part}


def table(part: dict[str, np.ndarray[Any, Any]]) -> pa.Table:
    """Columns as an Arrow table of typed cells: truths with nulls where they cannot be known, categories as words."""
    import pyarrow as pa

    found: dict[str, Any] = {}
    for name, values in part.items():
        if name == "category":
            found[name] = pa.DictionaryArray.from_arrays(pa.array(values), pa.array(CATEGORIES))
        elif values.dtype == np.int8:
            found[name] = pa.array(values == 1, mask=values == -1)
        else:
            found[name] = pa.array(values)
    return pa.table(found)


def write_parquet(path: Path, units: int, seed: int = SEED, criteria: int = CRITERIA) -> Path:
    """The submissions as a Parquet file, written block by block."""
    from pyarrow import parquet

    writer = None
    for part in blocks(units, seed, criteria=criteria):
        one = table(part)
        writer = writer or parquet.ParquetWriter(path, one.schema, compression="zstd", use_dictionary=True)
        writer.write_table(one)
    assert writer is not None
    writer.close()
    return path


def _block(draw: np.random.Generator, size: int, of: Shape) -> dict[str, np.ndarray[Any, Any]]:
    found: dict[str, np.ndarray[Any, Any]] = {"category": draw.integers(0, len(CATEGORIES), size, dtype=np.int8)}
    quality = draw.beta(4, 2, size).astype(np.float32)
    for i in range(of.bool):
        truth = (draw.random(size, dtype=np.float32) < quality * 1.1).astype(np.int8)
        found[f"basic.b{i}"] = np.where(draw.random(size, dtype=np.float32) < 0.01, np.int8(-1), truth)
    for i in range(of.ratio):
        whole = draw.integers(20, 2000, size, dtype=np.int32)
        whole[draw.random(size, dtype=np.float32) < 0.01] = 0
        share = np.clip(quality + draw.normal(0, 0.2, size).astype(np.float32), 0, 1)
        found[f"rates.d{i}"], found[f"rates.n{i}"] = whole, (whole * share).astype(np.int32)
    for i in range(of.band):
        found[f"bands.g{i}"] = np.clip(quality + draw.normal(0, 0.25, size).astype(np.float32), 0, 1)
    for i in range(of.count):
        found[f"counts.c{i}"] = draw.integers(0, 9, size, dtype=np.int16)
    for i in range(of.bonus):
        found[f"bonus.x{i}"] = draw.integers(0, 6, size, dtype=np.int16)
    for i in range(of.veto):
        found[f"v{i}"] = (draw.random(size, dtype=np.float32) < 0.005).astype(np.int8)
    for i in range(of.judge):
        for rater in RATERS:
            marks = np.round((quality * 10 + draw.normal(0, 1, size).astype(np.float32)) * 2) / 2
            found[f"judged.j{i}@{rater}"] = np.clip(marks, 0, 10).astype(np.float32)
    return found
