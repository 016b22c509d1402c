"""Why a unit has its level, status and seat or has not: the texts, and those of one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Barred, Notice
from scorekit.domain.plan import Plan
from scorekit.domain.printing import plain, printed
from scorekit.domain.reasons import REASON_WORDS
from scorekit.domain.roll import Names
from scorekit.domain.rubric import GateSpec, LevelSpec
from scorekit.domain.tables import Reason, ScoreSheet
from scorekit.domain.ties import tie_sentences
from scorekit.errors import T, Text

Codes = npt.NDArray[np.int64]
Few = npt.NDArray[np.int16]
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
    track: Few
    reached: Few
    limited: Few
    seats: Seating
    partings: Mapping[str, Parting]
    more: Mapping[str, Column]
    """The levels on further ladders, as ``level:<id>``."""
    lines: Mapping[tuple[int, int], tuple[Codes, Column]]
    """By track and place on its ladder, the line of a level of the total that differs by unit: the track's rows, and the lines."""


def reasons(d: Decided, row: int) -> Iterator[Text]:
    """Why one unit has its standing, gravest first; ``telling`` says the same of many at once."""
    if row in d.barred.invalid:
        yield d.barred.invalid[row]
        return
    if row in d.barred.not_sent:
        yield d.barred.not_sent[row]
        return
    if row in d.barred.unknown:
        yield d.barred.unknown[row]
    if row in d.barred.assess_only:
        yield d.barred.assess_only[row]
    if row in d.barred.incomplete:
        yield d.barred.incomplete[row]
    if row in d.barred.noted:
        yield d.barred.noted[row]
    incomplete, track = bool(d.sheet.totals["total"].masked[row]), int(d.track[row])
    if incomplete:
        why = d.sheet.totals["total"].why
        yield without_total(_blocking(d, row), Why.NOT_APPLICABLE if why is None else int(why[row]))
    for gate in gates_of(d, track):
        code = d.sheet.reasons["gate:" + gate.id][row]
        if code == Reason.GATE_OPEN:
            incomplete = True
            yield gate_open(gate)
        elif code == Reason.GATE_FIRED:
            incomplete |= gate.does("incomplete")
            yield gate_fired(d, gate, track)
    incomplete |= row in d.barred.incomplete
    if not incomplete and d.ladders[track]:
        yield _level(d, row)
    if d.rank[row] and MAIN in d.partings:
        # Only of the ranking that gives the place, and only where there is one: those of every other would make a paragraph.
        yield from tie_sentences(d.partings[MAIN], d.unit, row)
    yield from _seat(d, row)


def without_total(items: Sequence[str], why: int) -> Text:
    """That a unit has no total, for want of *items*; without any, for the reason *why* that its total has."""
    if items:
        return T("no total can be given: {items}", items=items)
    if why < Why.MISSING:
        return T("nothing of the standard applies, so no total can be given")
    return T("no total can be given: no figure ({reason})", reason=REASON_WORDS[Reason(why)])


def gate_open(gate: GateSpec) -> Text:
    """That nobody knows whether a gate fires."""
    return T("a blank leaves “{gate}” undecided", gate=named(gate.no, gate.title))


def gate_fired(d: Decided, gate: GateSpec, track: int) -> Text:
    """What a gate did to a unit of a track."""
    effects = [_effect(d, effect, target, track) for effect, target in gate.effects]
    return T("gate “{gate}”: {effect}", gate=named(gate.no, gate.title), effect=effects)


def gates_of(d: Decided, track: int) -> tuple[GateSpec, ...]:
    """The gates of a track's own standard."""
    return d.plan.tracks[track].standard.gates


def _blocking(d: Decided, row: int) -> list[str]:
    """The items without a figure, which leave the unit without a total."""
    found = []
    for spec in d.plan.criteria:
        points = d.sheet.points.get(spec.path)
        if points is not None and points.why is not None and points.why[row] >= Why.MISSING:
            found.append(named(spec.no, spec.title))
    return found


def _level(d: Decided, row: int) -> Text:
    ladder, track = d.ladders[d.track[row]], int(d.track[row])
    level, reached = ladder[d.limited[row]], ladder[d.reached[row]]
    total = printed(d.sheet.totals["total"].take(slice(row, row + 1)))[0]
    if level is not reached:
        return level_limited(total, level, reached)
    if d.plan.tracks[track].standard.combination is not None:
        return level_combined(d, track, level, [column.values[row] for column in resting_on(d, track)])
    return level_reached(total, level, _line(d, row, level))


def level_limited(total: Any, level: LevelSpec, reached: LevelSpec) -> Text:
    """A level that gates made another than the one that was reached."""
    told = {"level": level.title, "reached": reached.title}
    return T("total {total}: the level {level}, not {reached}, because of a gate", total=total, **told)


def level_reached(total: Any, level: LevelSpec, line: Any) -> Text:
    """A level by the total, with the *line* it begins at where it has one."""
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


def resting_on(d: Decided, track: int) -> list[Column]:
    """The titles on the ladders that the level of a track rests on, where it does."""
    combination = d.plan.tracks[track].standard.combination
    return [] if combination is None else [d.more[f"level:{name}"] for name in combination.of]


def level_combined(d: Decided, track: int, level: LevelSpec, levels: Sequence[str]) -> Text:
    """A level that rests on those of other ladders, which are *levels*."""
    standard = d.plan.tracks[track].standard
    combination, titles = standard.combination, {s.id: s.title for s in standard.ladders}
    assert combination is not None  # only such a level is worded here
    found = [f"{titles[name]} {title}" for name, title in zip(combination.of, levels, strict=True)]
    told = {
        "lowest": T("the lowest of {ladders}: the level {level}", ladders=found, level=level.title),
        "highest": T("the highest of {ladders}: the level {level}", ladders=found, level=level.title),
        "lookup": T("by the table, {ladders} give the level {level}", ladders=found, level=level.title),
    }
    return told[combination.how]


def _seat(d: Decided, row: int) -> Iterator[Text]:
    if d.notice is None or not d.rank[row] or d.category[row] not in d.notice.categories:
        return
    seat = d.seats.of(row)
    if seat is None:
        if not _barred(d, row):
            yield no_seat(d)
        return
    yield seat_text(d.category[row], seat.seats, seat.taken, int(d.rank[row]))
    if seat.note is not None:
        yield seat.note


def no_seat(d: Decided) -> Text:
    """That a unit is no candidate, for its level."""
    wanted = (d.notice.level if d.notice is not None else None) or ""
    return T("no seat: the level is below {level}", level=next((s.title for s in d.plan.base.levels if s.id == wanted), wanted))


def seat_text(category: str, seats: int, taken: bool, rank: Any) -> Text:
    """Whether a candidate took a seat; without a category the seats are those of all."""
    if not category:
        if taken:
            return T("rank {rank}: takes one of {seats} seats", rank=rank, seats=seats)
        return T("rank {rank}: beyond the {seats} seats", rank=rank, seats=seats)
    if taken:
        return T("rank {rank} of {category}: takes one of {seats} seats", seats=seats, rank=rank, category=category)
    return T("rank {rank} of {category}: beyond the {seats} seats", seats=seats, rank=rank, category=category)


def _barred(d: Decided, row: int) -> bool:
    return any(g.does("not awarded") and d.sheet.reasons["gate:" + g.id][row] == Reason.GATE_FIRED for g in gates_of(d, int(d.track[row])))


def _effect(d: Decided, effect: str, target: str, track: int) -> Text:
    if effect == "zero":
        titles = {c.path: c.title for c in d.plan.criteria} | {s.path: s.title for s in d.plan.sections}
        return T("“{target}” becomes 0", target=titles.get(target, target))
    if effect in ("level at most", "level is"):
        title = next((s.title for s in d.ladders[track] if s.id == target), target)
        return T("level at most {level}", level=title) if effect == "level at most" else T("level is {level}", level=title)
    return {
        "not awarded": T("not awarded"),
        "not ranked": T("not ranked"),
        "incomplete": T("incomplete"),
        "zero total": T("the total becomes 0"),
    }[effect]


def named(no: str, title: str) -> str:
    """An item by its number and title."""
    return f"{no} {title}".strip()
