"""Plain Python over dictionaries, one unit after another, one function a kind of criterion; floats for rates."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any

from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, LEVELS, MOST_EXTRA, PANELS, RATES, STEP
from benchmarks.peers import VETOES as GATES
from benchmarks.reference import CAPPED, CLEAR, FIRED, FULL, MISSING, PART, ZERO
from benchmarks.workload import RATERS

Unit = dict[str, Any]
Cell = tuple[int, int, Any]
"""Points in hundredths, reason, value."""


def units(data: dict[str, Any]) -> list[Unit]:
    """The columns of the workload as one dictionary a unit; rates by their two numbers, panels as lists."""
    lists = {name: values.tolist() for name, values in data.items()}
    simple = ("unit", "category", *BOOLS, *BANDS, *COUNTS, *EXTRAS, *GATES)
    found = []
    for i in range(len(lists["unit"])):
        unit = {name: lists[name][i] for name in simple}
        unit |= {line: (lists[f"rates.n{j}"][i], lists[f"rates.d{j}"][i]) for j, line in enumerate(RATES)}
        unit |= {line: [lists[f"{line}@{rater}"][i] for rater in RATERS] for line in PANELS}
        found.append(unit)
    return found


def flag(value: int, worth: int, _: int) -> Cell:
    """All points where it is so."""
    return (worth, FULL, value) if value == 1 else (0, MISSING if value == -1 else ZERO, value)


def rate(value: tuple[int, int], target: int, deduct: int) -> Cell:
    """Three points, less for each percentage point below the target."""
    n, d = value
    if d == 0:
        return 0, MISSING, None
    percent = n * 100.0 / d
    points = max(floor(FULL_RATE + 0.5 - max(target - percent, 0) * deduct), 0)
    return points, graded(points, FULL_RATE), percent


def band(value: float, _: int, __: int) -> Cell:
    """A point for each bound that is reached."""
    points = STEP * sum(value >= cut for cut in CUTS)
    return points, graded(points, STEP * len(CUTS)), value


def count(value: int, cap: int, _: int) -> Cell:
    """Half a point each, up to the cap."""
    raw = value * EACH
    return (cap, CAPPED, value) if raw > cap else (raw, graded(raw, cap), value)


def bonus(value: int, _: int, __: int) -> Cell:
    """A quarter of a point each."""
    return value * EXTRA, FULL if value else ZERO, value


def panel(value: list[float], _: int, __: int) -> Cell:
    """The mean of the marks without the highest and the lowest."""
    mean = (sum(value) - max(value) - min(value)) / 5
    points = floor(mean * (FULL_PANEL / 10) + 0.5)
    return points, graded(points, FULL_PANEL), mean


def veto(value: int, _: int, __: int) -> Cell:
    """No points, but out of the ranking."""
    return 0, FIRED if value == 1 else CLEAR, value


def graded(points: int, full: int) -> int:
    """Full, a part, or nothing."""
    return FULL if points == full else ZERO if points == 0 else PART


RULES: dict[str, Callable[[Any, int, int], Cell]] = {
    "flag": flag, "rate": rate, "band": band, "count": count, "bonus": bonus, "panel": panel, "veto": veto,
}  # fmt: skip


def lines(chosen: dict[str, list[int]]) -> list[tuple[str, str, int, int]]:
    """Every criterion: its line, the name of its rule and two numbers."""
    rates = zip(RATES, chosen["target"], chosen["deduct"], strict=True)
    return [
        *((line, "flag", worth, 0) for line, worth in zip(BOOLS, chosen["bool"], strict=True)),
        *((line, "rate", target, deduct) for line, target, deduct in rates),
        *((line, "band", 0, 0) for line in BANDS),
        *((line, "count", cap, 0) for line, cap in zip(COUNTS, chosen["cap"], strict=True)),
        *((line, "panel", 0, 0) for line in PANELS),
        *((line, "bonus", 0, 0) for line in EXTRAS),
        *((line, "veto", 0, 0) for line in GATES),
    ]


def points(given: list[Unit], chosen: dict[str, list[int]]) -> list[list[int]]:
    """Only the points of every unit and criterion."""
    calls = [(line, RULES[rule], a, b) for line, rule, a, b in lines(chosen)]
    return [[rule(unit[line], a, b)[0] for line, rule, a, b in calls] for unit in given]


def score(given: list[Unit], chosen: dict[str, list[int]], call: Callable[..., Cell] | None = None) -> list[dict[str, Any]]:
    """One dictionary a unit: all cells, total, level, rank. With *call* each cell is a call ``call(rule=, value=, a=, b=)``."""
    calls, found = lines(chosen), []
    for unit in given:
        if call is None:
            cells = {line: RULES[rule](unit[line], a, b) for line, rule, a, b in calls}
        else:
            cells = {line: call(rule=rule, value=unit[line], a=a, b=b) for line, rule, a, b in calls}
        extra = min(sum(cells[line][0] for line in EXTRAS), MOST_EXTRA)
        rates, judged = (sum(cells[line][0] for line in some) for some in (RATES, PANELS))
        total = sum(cells[line][0] for line in (*BOOLS, *BANDS, *COUNTS)) + rates + judged + extra
        out = any(unit[line] == 1 for line in GATES)
        level = 0 if out else 1 + sum(total >= line for line in LEVELS)
        key = (-total, -judged, -rates)
        found.append(
            {"unit": unit["unit"], "category": unit["category"], "cells": cells, "total": total, "level": level, "key": key, "rank": 0}
        )
    _rank(found)
    return found


def _rank(found: list[dict[str, Any]]) -> None:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for unit in found:
        if unit["level"]:
            groups.setdefault(unit["category"], []).append(unit)
    for group in groups.values():
        group.sort(key=lambda unit: unit["key"])
        rank, last = 0, None
        for place, unit in enumerate(group, 1):
            if unit["key"] != last:
                rank, last = place, unit["key"]
            unit["rank"] = rank


def table(found: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same as columns, by the names that every peer uses."""
    names = list(found[0]["cells"])
    out: dict[str, list[Any]] = {name: [unit[name] for unit in found] for name in ("total", "level", "rank")}
    out |= {f"points:{name}": [unit["cells"][name][0] for unit in found] for name in names}
    return out | {f"reason:{name}": [unit["cells"][name][1] for unit in found] for name in names}
