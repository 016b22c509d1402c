"""Why each unit has its level, status and seat or has not: made into texts only when a row is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Barred, Notice
from scorekit.domain.plan import Plan
from scorekit.domain.printing import plain, printed
from scorekit.domain.roll import Names
from scorekit.domain.rubric import CombinationSpec, GateSpec, LevelSpec
from scorekit.domain.tables import Reason, ScoreSheet
from scorekit.domain.ties import tie_sentences
from scorekit.errors import T, Text

Codes = npt.NDArray[np.int64]
MAIN = "rank"
"""The main ranking among the partings."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What became of a candidate for a seat; ``note`` says what a tie at the line did."""

    taken: bool
    seats: int
    note: Text | None


@dataclass(frozen=True, slots=True)
class Seating:
    """What became of all candidates: who is one, who takes a seat, who stands at the line; by category the seats and a tie's note."""

    category: Coded
    able: npt.NDArray[np.bool_]
    taken: npt.NDArray[np.bool_]
    tied: npt.NDArray[np.bool_]
    rules: dict[str, tuple[int, Text | None]] = field(default_factory=dict)

    @classmethod
    def nobody(cls, category: Coded) -> Seating:
        """Without any candidate yet."""
        able, taken, tied = np.zeros((3, len(category)), dtype=bool)
        return cls(category, able, taken, tied)

    def of(self, row: int) -> Seat | None:
        """What became of one unit; None where it is no candidate."""
        if not self.able[row]:
            return None
        seats, note = self.rules[self.category[row]]
        return Seat(bool(self.taken[row]), seats, note if self.tied[row] else None)


@dataclass(frozen=True, slots=True)
class Decided:
    """All that was decided, as codes: a row's place on the ladder of its track, before and after gates, and its seat."""

    plan: Plan
    sheet: ScoreSheet
    barred: Barred
    notice: Notice | None
    unit: Names
    category: Coded
    rank: Codes
    ladders: Sequence[tuple[LevelSpec, ...]]
    track: Codes
    reached: Codes
    limited: Codes
    seats: Seating
    partings: Mapping[str, Parting]
    more: Mapping[str, Column]
    """The levels on further ladders, as ``level:<id>``."""
    lines: Mapping[tuple[int, int], tuple[Codes, Column]]
    """By track and place on its ladder, the line of a level of the total that differs by unit: the track's rows, and the lines."""


class Sentences(Sequence[tuple[Text, ...]]):
    """The reasons of each unit, gravest first, worded on demand."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided

    def __len__(self) -> int:
        return len(self._decided.unit)

    @overload
    def __getitem__(self, row: int) -> tuple[Text, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[Text, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            return tuple(self[i] for i in range(*row.indices(len(self))))
        return tuple(_reasons(self._decided, range(len(self))[row]))


def _reasons(d: Decided, row: int) -> Iterator[Text]:
    if row in d.barred.invalid:
        yield d.barred.invalid[row]
        return
    if row in d.barred.assess_only:
        yield d.barred.assess_only[row]
    incomplete = bool(d.sheet.totals["total"].masked[row])
    if incomplete:
        items = _blocking(d, row)
        yield T("no total can be given: {items}", items=items) if items else T("nothing of the standard applies, so no total can be given")
    for gate in _gates(d, row):
        code = d.sheet.reasons["gate:" + gate.id][row]
        if code == Reason.GATE_OPEN:
            incomplete = True
            yield T("a blank leaves “{gate}” undecided", gate=_named(gate.no, gate.title))
        elif code == Reason.GATE_FIRED:
            incomplete |= gate.does("incomplete")
            yield T("gate “{gate}”: {effect}", gate=_named(gate.no, gate.title), effect=_effects(d, gate, row))
    if not incomplete and d.ladders[d.track[row]]:
        yield _level(d, row)
    if d.rank[row] and MAIN in d.partings:
        # Only of the ranking that gives the place, and only where there is one: those of every other would make a paragraph.
        yield from tie_sentences(d.partings[MAIN], d.unit, row)
    yield from _seat(d, row)


def _gates(d: Decided, row: int) -> tuple[GateSpec, ...]:
    """The gates of the unit's own standard."""
    return d.plan.tracks[int(d.track[row])].standard.gates


def _blocking(d: Decided, row: int) -> list[str]:
    """The items without a figure, which leave the unit without a total."""
    found = []
    for spec in d.plan.criteria:
        points = d.sheet.points.get(spec.path)
        if points is not None and points.why is not None and points.why[row] >= Why.MISSING:
            found.append(_named(spec.no, spec.title))
    return found


def _level(d: Decided, row: int) -> Text:
    ladder = d.ladders[d.track[row]]
    level, reached = ladder[d.limited[row]], ladder[d.reached[row]]
    total = printed(d.sheet.totals["total"].take(slice(row, row + 1)))[0]
    if level is not reached:
        return T(
            "total {total}: the level {level}, not {reached}, because of a gate", total=total, level=level.title, reached=reached.title
        )
    combination = d.plan.tracks[int(d.track[row])].standard.combination
    if combination is not None:
        return _combined(d, row, combination, level)
    line = _line(d, row, level)
    if line is not None:
        return T("total {total} reaches {line}: the level {level}", total=total, line=line, level=level.title)
    return T("total {total}: the level {level}", total=total, level=level.title)


def _line(d: Decided, row: int, level: LevelSpec) -> Any:
    """The line of the total that a unit's level begins at, None where it has none."""
    if level.at_least is None or level.of != "points()":
        return None
    if not isinstance(level.at_least, str):
        return level.at_least
    rows, lines = d.lines[int(d.track[row]), int(d.limited[row])]
    return plain(lines.take([int(np.searchsorted(rows, row))]))[0]


def _combined(d: Decided, row: int, combination: CombinationSpec, level: LevelSpec) -> Text:
    """A level that rests on those of other ladders."""
    titles = {s.id: s.title for s in d.plan.tracks[int(d.track[row])].standard.ladders}
    found = [f"{titles[name]} {d.more[f'level:{name}'].values[row]}" for name in combination.of]
    told = {
        "lowest": T("the lowest of {ladders}: the level {level}", ladders=found, level=level.title),
        "highest": T("the highest of {ladders}: the level {level}", ladders=found, level=level.title),
        "lookup": T("by the table, {ladders} give the level {level}", ladders=found, level=level.title),
    }
    return told[combination.how]


def _seat(d: Decided, row: int) -> Iterator[Text]:
    if d.notice is None or not d.rank[row] or d.category[row] not in d.notice.categories:
        return
    seat, place = d.seats.of(row), {"rank": int(d.rank[row]), "category": d.category[row]}
    if seat is None:
        if not _barred(d, row):
            yield T("no seat: the level is below {level}", level=_level_title(d, d.notice.level or ""))
        return
    if not d.category[row]:
        yield (
            T("rank {rank}: takes one of {seats} seats", rank=place["rank"], seats=seat.seats)
            if seat.taken
            else T("rank {rank}: beyond the {seats} seats", rank=place["rank"], seats=seat.seats)
        )
    elif seat.taken:
        yield T("rank {rank} of {category}: takes one of {seats} seats", seats=seat.seats, **place)
    else:
        yield T("rank {rank} of {category}: beyond the {seats} seats", seats=seat.seats, **place)
    if seat.note is not None:
        yield seat.note


def _barred(d: Decided, row: int) -> bool:
    return any(g.does("not awarded") and d.sheet.reasons["gate:" + g.id][row] == Reason.GATE_FIRED for g in _gates(d, row))


def _effects(d: Decided, gate: GateSpec, row: int) -> list[Text]:
    """All that a gate does to a unit."""
    return [_effect(d, effect, target, row) for effect, target in gate.effects]


def _effect(d: Decided, effect: str, target: str, row: int) -> Text:
    if effect == "zero":
        titles = {c.path: c.title for c in d.plan.criteria} | {s.path: s.title for s in d.plan.sections}
        return T("“{target}” becomes 0", target=titles.get(target, target))
    if effect in ("level at most", "level is"):
        title = next((s.title for s in d.ladders[d.track[row]] if s.id == target), target)
        return T("level at most {level}", level=title) if effect == "level at most" else T("level is {level}", level=title)
    return {
        "not awarded": T("not awarded"),
        "not ranked": T("not ranked"),
        "incomplete": T("incomplete"),
        "zero total": T("the total becomes 0"),
    }[effect]


def _level_title(d: Decided, level: str) -> str:
    return next((s.title for s in d.plan.base.levels if s.id == level), level)


def _named(no: str, title: str) -> str:
    return f"{no} {title}".strip()
