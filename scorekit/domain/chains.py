"""Tie chains: equal figures parted key by key, and which key parted whom from whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.naming import folded
from scorekit.domain.ordering import Codes, codes, in_turn, shared_ranks, standing_before
from scorekit.domain.rubric import TieSpec

Truths = npt.NDArray[np.bool_]
Narrow = npt.NDArray[np.int32]
"""Rows and places: there are fewer than 2³¹ of either, and they stay until the result is written."""


@dataclass(slots=True)
class Places:
    """The places of units within groups, parted key by key.

    ``slots`` number all places of all groups from 0: equal slots share a place, and a group's first is ``starts`` of it.
    ``parted`` is the key that set a row apart from the next better one of the same figure, −1 where none did.
    """

    slots: Narrow
    starts: Narrow
    parted: npt.NDArray[np.integer[Any]] = field(init=False)
    _tied: Truths | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.parted = np.full(len(self.slots), -1, dtype=np.int16)

    @classmethod
    def by(cls, groups: Codes, figure: Codes) -> Places:
        """The places by one figure, least code first; *groups* are whole numbers from 0."""
        return cls(_narrow(standing_before([groups, figure])), _narrow(standing_before([groups])))

    @property
    def ranks(self) -> Narrow:
        """The place of each row in its group, from 1; equal ones share the better place and the next is skipped."""
        return self.slots - self.starts + 1

    def tied(self) -> Truths:
        """Rows that share their place."""
        if self._tied is None:
            self._tied = (np.bincount(self.slots, minlength=len(self.slots)) > 1)[self.slots]
        return self._tied

    def part(self, number: int, key: Codes, rows: Codes) -> None:
        """Part the ties among *rows* by a *key* (a code for each of them, least first), number *number* of the chain."""
        places = shared_ranks(self.slots[rows], [key]) - 1
        self.parted[rows[places > 0]] = number
        slots = self.slots.copy()
        slots[rows] += _narrow(places)
        self.slots, self._tied = slots, None

    @classmethod
    def in_turn(cls, groups: Codes, figure: Codes, keys: Sequence[Codes]) -> tuple[Places, int] | None:
        """The places by one figure, all ties parted by the first keys of the chain at once, and how many keys were needed.

        None where the numbers are too great for it and the keys must part one by one.
        """
        found = in_turn([groups, figure, *keys], since=1)
        if found is None:
            return None
        order, changes = found
        starts = _narrow(np.r_[0, np.flatnonzero(changes[-1]) + 1])
        runs = np.diff(starts, append=np.int32(len(order)))
        alike = np.full(len(order), -1, dtype=np.int16)
        for level in changes:
            alike[1:] += ~level
        places = cls(np.empty(len(order), dtype=np.int32), _narrow(standing_before([groups])))
        places.slots[order], places.parted[order] = np.repeat(starts, runs), np.repeat(alike[starts], runs)
        return places, sum(1 for level in changes[:-1] if not level.all())

    def meant(self, spec: TieSpec, holds: Truths | None) -> Codes:
        """The tied rows that a key is for: of the places it names, where *holds* is true of all who share one."""
        found = self.tied()
        if spec.places is not None:
            found = found & (self.ranks >= spec.places[0]) & (self.ranks <= spec.places[1])
        if holds is not None:
            found = found & (np.bincount(self.slots[~holds], minlength=len(self.slots)) == 0)[self.slots]
        return np.flatnonzero(found)


def key_codes(spec: TieSpec, values: Column) -> Codes:
    """Codes of a key's values, first place least: at the digits it states, a blank last."""
    if spec.decimals is not None and values.kind == "number":
        values = values.minted(spec.decimals)
    return codes(values, spec.first == "high")


def lots(seed: str, keys: Sequence[str]) -> Codes:
    """The order of a public draw: by the sha256 of ``seed:key``, least first; anyone can repeat it."""
    drawn = np.array([lot(seed, key) for key in keys])
    _, order = np.unique(drawn, return_inverse=True)
    return order.reshape(-1).astype(np.int64)


def lot(seed: str, key: str) -> str:
    """One unit's lot, in hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ties:
    """Who shares a place with whom, for a key that compares tied units with each other.

    ``slots`` has an entry for each unit of a scope, −1 where it shares its place with nobody; ``known`` finds the slot of
    a tied unit by its folded name; ``ahead`` holds, by the text of a value, how many of those tied have a lower one.
    """

    slots: Codes
    known: Mapping[str, int]
    ahead: Mapping[str, Column]

    def among(self, names: Column, owners: Codes) -> Column:
        """Whether each name is that of a unit tied with its owner."""
        texts, back = np.unique(names.values.astype(str), return_inverse=True)
        named = np.array([self.known.get(folded(str(t)), -1) for t in texts], dtype=np.int64)[back.reshape(-1)]
        mine = self.slots[owners]
        return Column("truth", (named == mine) & (mine >= 0), names.why)


def outdone(slots: Narrow, values: Column) -> Codes:
    """How many of those who share a slot have a lower value; a blank is lower than nothing and counts for nobody."""
    return shared_ranks(slots, [codes(values, high_first=False)]) - 1


@dataclass(frozen=True)
class Parting:
    """How one ranking parted equal figures.

    ``rows`` are the ranked units in the order of the submissions; ``keys`` hold each key's values for them (a draw has
    none); ``blank`` marks those of a tie that a run-off without a result left undecided.
    """

    rows: Narrow
    places: Places
    keys: tuple[tuple[TieSpec, Column | None], ...]
    blank: Truths

    @classmethod
    def joined(cls, parts: Sequence[Parting]) -> Parting:
        """Partings of units that are never compared with one another, as one; each keeps its own keys."""
        if len(parts) == 1:
            return parts[0]
        rows = np.concatenate([p.rows for p in parts])
        order = np.argsort(rows, kind="stable")
        sizes, lengths = [len(p.rows) for p in parts], [len(p.keys) for p in parts]
        past, first = np.repeat(np.cumsum([0, *sizes[:-1]]), sizes), np.repeat(np.cumsum([0, *lengths[:-1]]), sizes)
        slots, starts, parted = (np.concatenate([getattr(p.places, k) for p in parts]) for k in ("slots", "starts", "parted"))
        places = Places(_narrow(slots + past)[order], _narrow(starts + past)[order])
        places.parted = np.where(parted < 0, parted, parted + first)[order]
        keys: list[tuple[TieSpec, Column | None]] = []
        for at, part in zip(np.cumsum([0, *sizes[:-1]]).tolist(), parts, strict=True):
            own = (order >= at) & (order < at + len(part.rows))
            inner = np.where(own, order - at, 0)
            keys += [(spec, None if v is None or not own.any() else v.take(inner)) for spec, v in part.keys]
        return cls(rows[order], places, tuple(keys), np.concatenate([p.blank for p in parts])[order])

    @cached_property
    def _order(self) -> tuple[Narrow, Narrow]:
        order = _narrow(np.argsort(self.places.slots, kind="stable"))
        return order, self.places.slots[order]

    def above(self, row: int) -> tuple[int, Narrow] | None:
        """The key that put a unit behind others of the same figure, and those who stand next before it."""
        at = self._at(row)
        if at is None or self.places.parted[at] < 0:
            return None
        order, slots = self._order
        before = int(np.searchsorted(slots, self.places.slots[at])) - 1
        return int(self.places.parted[at]), self.rows[order[np.searchsorted(slots, slots[before]) : before + 1]]

    def behind(self, row: int) -> tuple[int, Narrow] | None:
        """The key that put a unit before others of the same figure, and those who stand next behind it."""
        at = self._at(row)
        if at is None:
            return None
        order, slots = self._order
        after = int(np.searchsorted(slots, self.places.slots[at], "right"))
        if after == len(slots) or self.places.parted[order[after]] < 0:
            return None
        return int(self.places.parted[order[after]]), self.rows[order[after : int(np.searchsorted(slots, slots[after], "right"))]]

    def undecided(self, row: int) -> Narrow:
        """Those with whom a unit still shares its place because the result of a run-off is blank; often nobody."""
        at = self._at(row)
        if at is None or not self.blank[at]:
            return self.rows[:0]
        order, slots = self._order
        first, last = (int(np.searchsorted(slots, self.places.slots[at], side)) for side in ("left", "right"))
        found = self.rows[order[first:last]]
        return np.asarray(found[found != row])

    def value(self, key: int, row: int) -> Column | None:
        """A unit's value of a key; a draw has none."""
        values, at = self.keys[key][1], self._at(row)
        return None if values is None or at is None else values.take([at])

    def _at(self, row: int) -> int | None:
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None


def _narrow(numbers: npt.NDArray[np.integer[Any]]) -> Narrow:
    return numbers.astype(np.int32)
