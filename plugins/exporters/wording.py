"""Cells in words that several exporters share: values of any kind, reasons of a standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorekit.plugin import MOST, Column, GateSpec, Outcome, Panel, Plan, Records, T, Text, clock, plain, reasons_told, shown


def value_texts(
    value: Column | Panel | Records, rows: Any, truths: tuple[str, str] = ("false", "true"), most: int = MOST, clocked: bool = False
) -> list[str]:
    """What a criterion was given, for the units in *rows*: percentages as 92.28 %, all marks of a panel, how many records.

    With *clocked* durations are minutes and seconds, as people read them; else they are seconds.
    """
    if isinstance(value, Panel):
        return _marks(value.take(rows))
    if isinstance(value, Records):
        return plain(value.count().take(rows))
    taken = value.take(np.zeros(len(rows), dtype=np.int64)) if len(value) == 1 else value.take(rows)
    if clocked and value.unit == "duration" and value.kind == "number":
        return clock(taken, most)
    return shown(taken, percentage=value.unit in ("percent", "fraction"), truths=truths, most=most)


def handed_in(records: Records) -> Column:
    """How many records each unit handed in, those of a list that is invalid included."""
    masked = None if records.why is None else np.where(records.lengths > 0, np.uint8(0), records.why)
    return Column("number", Column.array(records.lengths).values, masked)


def reasons_texts(outcome: Outcome, rows: Any) -> list[str]:
    """Why each unit in *rows* has its status, joined as the run's language joins sentences."""
    return reasons_told(outcome.standings.because, rows, outcome.lang, between(outcome))


def between(outcome: Outcome) -> str:
    """What stands between sentences in the run's language."""
    return "；" if outcome.lang == "zh" else "; "


def effect_text(plan: Plan, gate: GateSpec) -> Text:
    """What a gate does where it fires."""
    return T("{effects}", effects=[_effect(plan, effect, target) for effect, target in gate.effects])


def _effect(plan: Plan, effect: str, named: str) -> Text | str:
    titles = {c.path: c.title for c in plan.criteria} | {s.path: s.title for s in plan.sections}
    titles |= {level.id: level.title for t in plan.tracks for level in (*t.standard.levels, t.standard.below)}
    target = titles.get(named, named)
    effects = {
        "not awarded": T("not awarded"),
        "not ranked": T("not ranked"),
        "incomplete": T("incomplete"),
        "zero total": T("the total becomes 0"),
        "zero": T("“{target}” becomes 0", target=target),
        "level at most": T("level at most {target}", target=target),
        "level is": T("the level is {target}", target=target),
    }
    return effects.get(effect, effect)


def _marks(panel: Panel) -> list[str]:
    columns: Sequence[list[str]] = [
        [f"{rater} {m}" if m else "" for m in shown(marks)] for rater, marks in zip(panel.raters, panel.marks, strict=True)
    ]
    return ["; ".join(m for m in marks if m) for marks in zip(*columns, strict=True)]
