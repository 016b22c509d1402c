"""The measured work: a rubric of 60 mixed criteria, written as a file from a seed, and submissions for it as columns."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np

SEED = 20261121
CATEGORIES = ("企业", "机关", "事业", "乡镇", "其他")
RATERS = tuple(f"评委{i}" for i in range(1, 8))
BOOL, RATIO, BAND, COUNT, BONUS, VETO, JUDGE = 20, 12, 8, 8, 4, 3, 5
SECTIONS = ("basic", "rates", "bands", "counts", "judged")


def parameters(seed: int = SEED) -> dict[str, list[int]]:
    """The numbers of the rubric, all whole: points in hundredths, targets in percent, deductions in hundredths a point."""
    draw = random.Random(seed)
    return {
        "bool": [draw.choice((100, 150, 200)) for _ in range(BOOL)],
        "target": [draw.choice((60, 70, 80, 90)) for _ in range(RATIO)],
        "deduct": [draw.choice((10, 15, 20)) for _ in range(RATIO)],
        "cap": [draw.choice((200, 250, 300)) for _ in range(COUNT)],
    }


def rubric(seed: int = SEED) -> dict[str, Any]:
    """The rubric document: flags, rates that lose points for each percentage point, bands, counts, bonuses, vetoes, panels."""
    chosen = parameters(seed)
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
    for i in range(BAND):
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
    for i in range(JUDGE):
        own["judged"][f"j{i}"] = {
            "type": "object",
            "title": f"j{i}",
            "x-source": {"who": "panel", "raters": list(RATERS)},
            "additionalProperties": {"type": "number"},
            "x-criterion": {"no": f"5.{i + 1}", "points": 4, "rule": {"panel_mean": {"out_of": 10, "drop": 1}}},
        }
    for i in range(BONUS):
        criterion = {"no": f"6.{i + 1}", "kind": "bonus", "group": "extra", "rule": {"count": {"each": 0.25}}}
        own["bonus"][f"x{i}"] = {"type": "integer", "title": f"x{i}", "x-criterion": criterion}
    vetoes = {
        f"v{i}": {
            "type": "boolean",
            "title": f"v{i}",
            "x-criterion": {"kind": "gate", "no": f"7.{i + 1}", "if": f"v{i}", "effect": "not ranked"},
        }
        for i in range(VETO)
    }
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
            "levels": [{"id": str(line), "title": str(line), "at_least": line} for line in (70, 60, 50)],
            "rank": {"tie_break": [{"by": "points(judged)"}, {"by": "points(rates)"}]},
        },
    }


def write_rubric(path: Path, seed: int = SEED) -> Path:
    """The rubric as a file."""
    path.write_text(json.dumps(rubric(seed), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def columns(units: int, seed: int = SEED, block: int = 100_000) -> dict[str, np.ndarray[Any, Any]]:
    """Submissions as columns by field path; about 1 % of truths and rates cannot be known (-1; a denominator of 0)."""
    drawn = [_block(np.random.default_rng([seed, place]), min(block, units - start)) for place, start in enumerate(range(0, units, block))]
    found = {name: np.concatenate([part[name] for part in drawn]) for name in drawn[0]}
    return {"unit": np.arange(units, dtype=np.int32), **found}


def _block(draw: np.random.Generator, size: int) -> dict[str, np.ndarray[Any, Any]]:
    found: dict[str, np.ndarray[Any, Any]] = {"category": draw.integers(0, len(CATEGORIES), size, dtype=np.int8)}
    quality = draw.beta(4, 2, size).astype(np.float32)
    for i in range(BOOL):
        truth = (draw.random(size, dtype=np.float32) < quality * 1.1).astype(np.int8)
        found[f"basic.b{i}"] = np.where(draw.random(size, dtype=np.float32) < 0.01, np.int8(-1), truth)
    for i in range(RATIO):
        whole = draw.integers(20, 2000, size, dtype=np.int32)
        whole[draw.random(size, dtype=np.float32) < 0.01] = 0
        share = np.clip(quality + draw.normal(0, 0.2, size).astype(np.float32), 0, 1)
        found[f"rates.d{i}"], found[f"rates.n{i}"] = whole, (whole * share).astype(np.int32)
    for i in range(BAND):
        found[f"bands.g{i}"] = np.clip(quality + draw.normal(0, 0.25, size).astype(np.float32), 0, 1)
    for i in range(COUNT):
        found[f"counts.c{i}"] = draw.integers(0, 9, size, dtype=np.int16)
    for i in range(BONUS):
        found[f"bonus.x{i}"] = draw.integers(0, 6, size, dtype=np.int16)
    for i in range(VETO):
        found[f"v{i}"] = (draw.random(size, dtype=np.float32) < 0.005).astype(np.int8)
    for i in range(JUDGE):
        for rater in RATERS:
            marks = np.round((quality * 10 + draw.normal(0, 1, size).astype(np.float32)) * 2) / 2
            found[f"judged.j{i}@{rater}"] = np.clip(marks, 0, 10).astype(np.float32)
    return found
