"""Who stands next to whom in a ranking with many units: the groups that share a place, and each boundary in words once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.ordering import distinct
from scorekit.domain.roll import Names
from scorekit.domain.ties import MOST_NAMED, and_others, drawn, key_texts, parted, shared
from scorekit.words import PerRow, say_rows, together

Rows = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
Objects = npt.NDArray[Any]


class Neighbours:
    """One ranking's units in groups that share a place, numbered in the order of their places.

    ``group`` has an entry for each unit of the run, −1 where it has no place. What is said of a boundary between two
    groups is the same for all of a group: they were equal in every key that parted any of them from others.
    """

    def __init__(self, parting: Parting, unit: Names) -> None:
        self.parting, self.unit = parting, unit
        slots = parting.places.slots
        order = np.argsort(slots, kind="stable")
        new = np.append(True, np.diff(slots[order]) != 0)[: len(order)]
        starts = np.flatnonzero(new)
        self.bounds: Narrow = np.append(starts, len(order)).astype(np.int32)
        self.member: Narrow = order[starts].astype(np.int32)
        """Of each group the place of one member among the rows of the parting."""
        self.key: Narrow = np.append(parting.places.parted[self.member], -1).astype(np.int32)
        """What parted a group from the one before it, −1 where nothing did; and −1 behind the last."""
        self.group: Narrow = np.full(len(unit), -1, dtype=np.int32)
        self.group[parting.rows[order]] = np.cumsum(new) - 1
        self.open = np.zeros(len(unit), dtype=bool)
        """Units that a run-off without a result left undecided."""
        self.open[parting.rows] = parting.blank
        self.rows = self._by_name(parting.rows[order])

    def _by_name(self, rows: Rows) -> Narrow:
        """The units group by group; those of a group that anybody is told of in the order of their names."""
        sizes, told = np.diff(self.bounds), np.zeros(len(self.member), dtype=bool)
        behind = np.flatnonzero(self.key >= 0)
        told[behind] = told[behind - 1] = True
        told[self.group[np.flatnonzero(self.open)]] = True
        places = np.flatnonzero(np.repeat(told & (sizes > 1), sizes))
        groups = self.group[rows[places]]
        rows[places], _ = self.unit.in_order(rows[places], np.diff(groups, prepend=-1) != 0)
        return rows.astype(np.int32)

    def told(self, rows: Rows, lang: str) -> Iterator[tuple[Rows, list[str]]]:
        """How the ties of some units were parted: sentences, each time with the places in *rows* they are of."""
        group = self.group[rows]
        after, before = np.flatnonzero(self.key[group] >= 0), np.flatnonzero(self.key[group + 1] >= 0)
        edges, back = distinct(np.concatenate([group[after], group[before] + 1]))
        if len(edges):
            above, behind = self._parted(edges, lang)
            yield after, above[back[: len(after)]].tolist()
            yield before, behind[back[len(after) :]].tolist()
        undecided = np.flatnonzero(self.open[rows] & (self._sizes(group) > 1))
        if len(undecided):
            others = self._named(group[undecided], lang, rows[undecided])
            yield undecided, say_rows(shared(PerRow(others)), lang, len(others))

    def _sizes(self, groups: Narrow) -> Narrow:
        """How many share a place."""
        return np.append(np.diff(self.bounds), 0)[groups]

    def _parted(self, edges: Narrow, lang: str) -> tuple[Objects, Objects]:
        """What is said where a group was parted from the one before it: to the group (of that one), and to that one."""
        sides, back = distinct(np.concatenate([edges - 1, edges]))
        names = objects(self._named(sides, lang))[back]
        told: Objects = np.empty((2, len(edges)), dtype=object)
        keys = self.key[edges]
        for key in distinct(keys)[0].tolist():
            own, spec = np.flatnonzero(keys == key), self.parting.keys[key][0]
            better, worse = PerRow(names[: len(edges)][own].tolist()), PerRow(names[len(edges) :][own].tolist())
            if spec.how == "draw":
                texts = drawn(spec, better, after=True), drawn(spec, worse, after=False)
            else:
                high, low = self._values(key, edges[own], lang)
                texts = parted(spec, better, low, high, after=True), parted(spec, worse, high, low, after=False)
            for side, text in enumerate(texts):
                told[side, own] = say_rows(text, lang, len(own))
        return told[0], told[1]

    def _values(self, key: int, edges: Narrow, lang: str) -> tuple[PerRow, PerRow]:
        """The values of a key before and behind some edges; each group's is worded once."""
        (spec, values), (groups, back) = self.parting.keys[key], distinct(np.concatenate([edges - 1, edges]))
        taken = None if values is None else values.take(self.member[groups])
        texts = objects(key_texts(taken, spec.decimals, lang, len(groups)))[back].tolist()
        return PerRow(texts[: len(edges)]), PerRow(texts[len(edges) :])

    def _named(self, groups: Narrow, lang: str, without: Rows | None = None) -> list[str]:
        """The units of each of some groups, the first few by name; *without* the one of each that is being told."""
        starts, counts = self.bounds[groups], self._sizes(groups)
        if without is None and bool(np.all(counts == 1)):
            return self.unit.take(self.rows[starts]).tolist()
        steps = np.arange(MOST_NAMED + 1)
        there = steps < counts[:, None]
        rows = self.rows[np.minimum(starts[:, None] + steps, len(self.rows) - 1)]
        if without is not None:
            there, counts = there & (rows != without[:, None]), counts - 1
        there &= np.cumsum(there, axis=1) <= MOST_NAMED
        names, number = objects(self.unit.take(rows[there]).tolist()), there.sum(axis=1)
        begins, texts = np.cumsum(number) - number, np.empty(len(groups), dtype=object)
        for count in distinct(number)[0].tolist():
            own = number == count
            texts[own] = together([names[begins[own] + step].tolist() for step in range(count)], lang)
        many = np.flatnonzero(counts > MOST_NAMED)
        if len(many):
            text = and_others(PerRow(texts[many].tolist()), PerRow(list(map(str, counts[many].tolist()))))
            texts[many] = say_rows(text, lang, len(many))
        listed: list[str] = texts.tolist()
        return listed


def objects(texts: list[str]) -> Objects:
    """Texts as an array, to be picked from."""
    found: Objects = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found
