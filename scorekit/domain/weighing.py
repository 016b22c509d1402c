"""Weights drawn from the data: a section's children weighed over the whole population, at ten decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.plan import Plan
from scorekit.domain.recording import exactly, read
from scorekit.domain.rule import Weighter
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.domain.tracks import track_rows
from scorekit.errors import PluginError, T

DECIMALS = 10
Told = Mapping[str, Any]


def weighed(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> tuple[ScoreSheet, dict[str, Told]]:
    """The sheet with the weights that are drawn from the data in pass *step*, and what the run record says of them.

    Units without points for some child of the section do not count; the standards of several categories count together
    where the section has the same children.
    """
    told: dict[str, Told] = {}
    for key, children, rows in _asked(plan, submissions, step):
        weighing = next(w for t in plan.tracks for w in t.weighings if w.key == key)
        columns = [_figure(sheet, child).take(rows) for child in children]
        there = ~np.logical_or.reduce([np.zeros(len(rows), dtype=bool), *(c.masked for c in columns)])
        there &= True if submissions.uncounted is None else ~submissions.uncounted[rows]
        kept = [Column("number", c.take(np.flatnonzero(there)).values) for c in columns]
        weights = _weights(weighing.weighter, kept)
        sheet = _beside(sheet, dict(zip(children, weights, strict=True)), rows, len(submissions))
        listed = [
            {"group": [weighing.titles[c]], "n": int(there.sum()), **({} if text is None else {"value": text})}
            for c, text in zip(children, [exactly(w)[0] for w in weights], strict=True)
        ]
        groups = [*told[key]["groups"], *listed] if key in told else listed
        told[key] = {"title": weighing.title, "over": weighing.weighter.name, "groups": groups}
    return sheet, told


def recalled_weights(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int, told: Mapping[str, Told]) -> ScoreSheet:
    """The sheet with the weights that an earlier run recorded."""
    for key, children, rows in _asked(plan, submissions, step):
        titles = next(w.titles for t in plan.tracks for w in t.weighings if w.key == key)
        known = {g["group"][0]: g.get("value") for g in told.get(key, {"groups": []})["groups"]}
        values = {c: known.get(titles[c]) for c in children}
        weights = {c: Column.numbers([None if v is None else read(v)]) for c, v in values.items()}  # type: ignore[list-item]
        sheet = _beside(sheet, weights, rows, len(submissions))
    return sheet


def _asked(plan: Plan, submissions: Submissions, step: int) -> list[tuple[str, tuple[str, ...], npt.NDArray[np.int64]]]:
    """Each section to be weighed with its children, and the rows of all tracks in which it has just these."""
    found: dict[tuple[str, tuple[str, ...]], list[npt.NDArray[np.int64]]] = {}
    for track, rows in track_rows(plan, submissions):
        for weighing in track.weighings:
            if weighing.step == step:
                found.setdefault((weighing.key, weighing.children), []).append(rows)
    return [(key, children, np.concatenate(rows)) for (key, children), rows in found.items()]


def _figure(sheet: ScoreSheet, child: str) -> Column:
    return sheet.points[child] if child in sheet.points else sheet.sections[child]


def _weights(weighter: Weighter, columns: Sequence[Column]) -> list[Column]:
    """One weight a column at ten decimals; none where no unit counts. Raises PluginError where the weighter breaks its contract."""
    if not len(columns[0]):
        return [Column.of(None) for _ in columns]
    try:
        found = list(weighter.function(columns, ["high"] * len(columns)))
        fits = len(found) == len(columns) and all(isinstance(w, Column) and w.kind == "number" and len(w) == 1 for w in found)
    except Exception as error:
        raise _refused(weighter, f"{type(error).__name__}: {error}") from error
    if not fits:
        raise _refused(weighter, "it must return one number for each column")
    return [w.minted(DECIMALS) for w in found]


def _refused(weighter: Weighter, why: str) -> PluginError:
    what = T("the weighter {name} of the plugin {plugin} failed: {error}", name=weighter.name, plugin=weighter.plugin, error=why)
    return PluginError(what, weighter.name, T("correct the plugin, or run with --no-plugins"))


def _beside(sheet: ScoreSheet, weights: Mapping[str, Column], rows: npt.NDArray[np.int64], size: int) -> ScoreSheet:
    """The weights beside the units whose section has these children."""
    mine = np.zeros(size, dtype=bool)
    mine[rows] = True
    found = {}
    for child, weight in weights.items():
        before = sheet.population.get(f"weight:{child}")
        whole = weight.spread(size).masked_where(~mine, Why.NOT_PART)
        found[f"weight:{child}"] = whole if before is None else whole.where(Column("truth", mine), before)
    return sheet.having(population=found)


__all__ = ["recalled_weights", "weighed"]
