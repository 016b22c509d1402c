"""Who stands next to whom in a ranking with many units: the groups that share a place, and each boundary in words once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.coded import Coded
from scorekit.domain.ordering import distinct
from scorekit.domain.printing import once
from scorekit.domain.roll import Names, Texts
from scorekit.domain.ties import MOST_NAMED, and_others, drawn, key_texts, parted, shared
from scorekit.words import PerRow, Pieces, say_pieces, say_rows, together

Rows = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
Objects = npt.NDArray[Any]


class Neighbours:
    """One ranking's units in groups that share a place, numbered in the order of their places.

    ``group`` has an entry for each unit of the run, −1 where it has no place. What is said of a boundary between two
    groups is the same for all of a group: they were equal in every key that parted any of them from others. ``told`` gives
    it in pieces.
    """

    def __init__(self, parting: Parting, unit: Names) -> None:
        self.parting, self.unit = parting, unit
        slots = parting.places.slots
        order = np.argsort(slots, kind="stable").astype(np.int32)
        new = np.append(True, np.diff(slots[order]) != 0)[: len(order)]
        self.bounds: Narrow = np.append(np.flatnonzero(new), len(order)).astype(np.int32)
        self.member: Narrow = order[self.bounds[:-1]]
        """Of each group the place of one member among the rows of the parting."""
        self.key: Narrow = np.append(parting.places.parted[self.member], -1).astype(np.int32)
        """What parted a group from the one before it, −1 where nothing did; and −1 behind the last."""
        self.group: Narrow = np.full(len(unit), -1, dtype=np.int32)
        self.group[parting.rows[order]] = np.cumsum(new, dtype=np.int32) - np.int32(1)
        self.open = np.zeros(len(unit), dtype=bool)
        """Units that a run-off without a result left undecided."""
        self.open[parting.rows] = parting.blank
        self.rows = self._by_name(parting.rows[order])

    def _by_name(self, rows: Narrow) -> Narrow:
        """The units group by group; those of a group that anybody is told of in the order of their names."""
        sizes, told = np.diff(self.bounds), np.zeros(len(self.member), dtype=bool)
        behind = np.flatnonzero(self.key >= 0)
        told[behind] = told[behind - 1] = True
        told[self.group[np.flatnonzero(self.open)]] = True
        places = np.flatnonzero(np.repeat(told & (sizes > 1), sizes))
        groups = self.group[rows[places]]
        rows[places], _ = self.unit.in_order(rows[places].astype(np.int64), np.diff(groups, prepend=-1) != 0)
        return rows

    def told(self, rows: Rows, lang: str) -> Iterator[tuple[Rows, Pieces]]:
        """How the ties of some units were parted: sentences, each time with the places in *rows* they are of."""
        group = self.group[rows]
        yield from self._parted(group, group - 1, self.key[group], lang, after=True)
        yield from self._parted(group, group + 1, self.key[group + 1], lang, after=False)
        undecided = np.flatnonzero(self.open[rows] & (self._sizes(group) > 1))
        if len(undecided):
            others = self._named(group[undecided], lang, rows[undecided])
            yield undecided, say_pieces(shared(PerRow(others)), lang, len(others))

    def _sizes(self, groups: Narrow) -> Narrow:
        """How many share a place; of a group that there is not, nobody."""
        last = len(self.bounds) - 1
        inner = np.clip(groups, 0, last)
        sizes = self.bounds[np.minimum(inner + 1, last)] - self.bounds[inner]
        return np.asarray(sizes * (groups >= 0))

    def _parted(self, group: Narrow, other: Narrow, key: Narrow, lang: str, after: bool) -> Iterator[tuple[Rows, Pieces]]:
        """What is said to units of a *group* that a *key* parted from the *other* one next to it; nothing where there is none."""
        several = self._sizes(other) > 1
        for number in distinct(key[key >= 0])[0].tolist():
            spec = self.parting.keys[number][0]
            for alone in (True, False):
                places = np.flatnonzero((key == number) & (several != alone))
                if not len(places):
                    continue
                names = PerRow(self._called(other[places], lang, alone))
                if spec.how == "draw":
                    text = drawn(spec, names, after)
                else:
                    mine, theirs = (PerRow(self._values(number, groups[places], lang)) for groups in (group, other))
                    text = parted(spec, names, mine, theirs, after)
                yield places, say_pieces(text, lang, len(places))

    def _called(self, groups: Narrow, lang: str, alone: bool) -> Texts:
        """The units of each of some groups; of those that share a place, each group's are worded once."""
        if alone:
            return self.unit.take(self.rows[self.bounds[groups]].astype(np.int64))
        different, back = distinct(groups)
        return Coded(back, self._named(different, lang))

    def _values(self, key: int, groups: Narrow, lang: str) -> Coded:
        """The value of a key in each of some groups."""
        spec, values = self.parting.keys[key]
        if values is None:
            return Coded.same(key_texts(None, None, lang, 1)[0], len(groups))
        return once(values.take(self.member[groups]), lambda some: key_texts(some, spec.decimals, lang, len(some)))

    def _named(self, groups: Narrow, lang: str, without: Rows | None = None) -> list[str]:
        """The units of each of some groups, the first few by name; *without* the one of each that is being told."""
        starts, counts = self.bounds[groups], self._sizes(groups)
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
