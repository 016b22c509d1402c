"""What became of equal figures, in words: which key parted a unit from whom, with both values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from scorekit.domain.chains import Narrow, Parting, lot
from scorekit.domain.column import Column
from scorekit.domain.printing import clock, shown
from scorekit.domain.rubric import TieSpec
from scorekit.errors import T, Text
from scorekit.words import say

MOST_NAMED = 3
DIGITS = 6
"""Digits after the point of a key's value that is shown; it is compared exactly."""


def tie_sentences(parting: Parting, unit: Sequence[str], row: int) -> Iterator[Text]:
    """How the ties of one unit were parted in one ranking: from whom, and by which key."""
    above, behind, equal = parting.above(row), parting.behind(row), parting.undecided(row)
    if above is not None:
        yield _by(parting, *above, unit, row, after=True)
    if behind is not None:
        yield _by(parting, *behind, unit, row, after=False)
    if len(equal):
        yield shared(_named(equal, unit))


def _by(parting: Parting, key: int, others: Narrow, unit: Sequence[str], row: int, after: bool) -> Text:
    """One boundary: the key, the unit's value and that of its neighbours, which is the same for all of them."""
    spec, told = parting.keys[key][0], _named(others, unit)
    if spec.how == "draw":
        return drawn(spec, told, after)
    mine, theirs = (key_text(parting.value(key, r), spec.decimals) for r in (row, int(others[0])))
    return parted(spec, told, mine, theirs, after)


def shared(told: Any) -> Text:
    """Who shares a place with *told* for want of a run-off's result."""
    return T("shares its place with {others}: the run-off has no result yet", others=told)


def drawn(spec: TieSpec, told: Any, after: bool) -> Text:
    """Who was drawn *after* or before *told*."""
    if after:
        return T("equal to {others}: drawn after them (seed “{seed}”)", others=told, seed=spec.by)
    return T("equal to {others}: drawn before them (seed “{seed}”)", others=told, seed=spec.by)


def parted(spec: TieSpec, told: Any, mine: Any, theirs: Any, after: bool) -> Text:
    """Who was put *after* or before *told* by a key, with both values."""
    title = spec.title or T("the run-off")
    if after:
        return T("equal to {others}: after them by “{key}” ({mine}, theirs {theirs})", others=told, key=title, mine=mine, theirs=theirs)
    return T("equal to {others}: before them by “{key}” ({mine}, theirs {theirs})", others=told, key=title, mine=mine, theirs=theirs)


def key_words(spec: TieSpec) -> Text:
    """A key of a chain: what it compares and which end comes first, and the places that it is for."""
    if spec.how == "draw":
        told = T("a public draw by the sha256 of “{seed}:unit”, least first", seed=spec.by)
    elif spec.how == "run_off":
        told = T("{title}, which must be there for all of them", title=spec.title) if spec.title else T("the run-off")
    elif spec.first == "high":
        told = T("{title} (higher first)", title=spec.title)
    else:
        told = T("{title} (lower first)", title=spec.title)
    if spec.places is None:
        return told
    first, last = spec.places
    return T("{key} (only for place {first})", key=told, first=first) if first == last else _range(told, first, last)


def _range(told: Text, first: int, last: int) -> Text:
    return T("{key} (only for places {first} to {last})", key=told, first=first, last=last)


def key_text(value: Column | None, decimals: int | None) -> Text | str:
    """A key's value as it was compared."""
    if value is None or value.masked[0]:
        return T("blank")
    if value.kind == "truth":
        return T("yes") if value.values[0] else T("no")
    if decimals is not None and value.kind == "number":
        value = Column(value.kind, value.minted(decimals).values, value.why, value.unit)
    if value.kind == "number" and value.unit == "duration":
        return clock(value, DIGITS)[0]
    return shown(value, percentage=value.unit in ("percent", "fraction"), most=DIGITS)[0]


def _named(rows: Narrow, unit: Sequence[str]) -> Text | list[str]:
    """The units of some rows, the first few by name, in an order that no order of rows changes."""
    names = sorted(unit[r] for r in rows.tolist())
    return names if len(names) <= MOST_NAMED else and_others(names[:MOST_NAMED], len(names))


def and_others(names: Any, count: Any) -> Text:
    """Units of which only the first few are named."""
    return T("{names} and others, {count} in all", names=names, count=count)


def key_texts(values: Column | None, decimals: int | None, lang: str, size: int) -> list[str]:
    """The values of a key as ``key_text`` has each, all in one go."""
    blank = say(T("blank"), lang)
    if values is None:
        return [blank] * size
    if decimals is not None and values.kind == "number":
        values = Column(values.kind, values.minted(decimals).values, values.why, values.unit)
    if values.kind == "number" and values.unit == "duration":
        texts = _clocks(values)
    else:
        truths = say(T("no"), lang), say(T("yes"), lang)
        texts = shown(values, percentage=values.unit in ("percent", "fraction"), truths=truths, most=DIGITS)
    return texts if values.why is None else [blank if m else t for t, m in zip(texts, values.masked.tolist(), strict=True)]


def _clocks(values: Column) -> list[str]:
    """Durations in minutes and seconds, each worded once."""
    _, first, back = np.unique(values.values.minted(DIGITS, "half-up").num, return_index=True, return_inverse=True)
    bare = Column(values.kind, values.values.take(first), None, values.unit)
    texts = clock(bare, DIGITS)
    return [texts[b] for b in back.reshape(-1).tolist()]


def draws(partings: Mapping[str, Parting], unit: Sequence[str], keys: Sequence[str]) -> dict[str, dict[str, object]]:
    """For the run record: by ranking, the seed and the lots of the units that were drawn, in the order drawn."""
    found: dict[str, dict[str, object]] = {}
    for name, parting in partings.items():
        for key, (spec, _) in enumerate(parting.keys):
            if spec.how == "draw":
                lots = sorted((lot(spec.by, keys[r]), unit[r]) for r in _drawn(parting, key))
                told: dict[str, object] = {"seed": spec.by, "lots": {named: drawn for drawn, named in lots}}
                found[name if name not in found else f"{name} ({spec.by})"] = told
    return found


def _drawn(parting: Parting, key: int) -> list[int]:
    """The units that a draw set before or after others."""
    slots = parting.places.slots
    after = parting.places.parted == key
    order = np.argsort(slots, kind="stable")
    ordered = slots[order]
    last = order[np.searchsorted(ordered, np.unique(slots[after])) - 1]
    return sorted(parting.rows[after | np.isin(slots, slots[last])].tolist())
