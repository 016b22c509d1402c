"""Why many units stand where they stand, worded column by column: each sentence of few forms once, the others filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Told
from scorekit.domain.lazy import columns
from scorekit.domain.neighbours import Neighbours
from scorekit.domain.pages import Numerals, Page
from scorekit.domain.printing import once, plain, printed
from scorekit.domain.sentences import (
    MAIN,
    Decided,
    gate_fired,
    gate_open,
    gates_of,
    level_combined,
    level_limited,
    level_reached,
    named,
    no_seat,
    reasons,
    resting_on,
    seat_text,
    without_total,
)
from scorekit.domain.tables import Reason
from scorekit.errors import Text
from scorekit.words import PerRow, Pieces, say, say_pieces

Rows = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
_BLOCK = 1 << 14


class Sentences(Sequence[tuple[Text, ...]]):
    """The reasons of each unit, gravest first, worded on demand: one unit's as texts, those of many in a language."""

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
        return tuple(reasons(self._decided, range(len(self))[row]))

    def told(self, rows: Rows, lang: str, between: str) -> list[str]:
        """The reasons of the units in *rows* in a language, those of one unit with *between* between them."""
        found: list[str] = []
        for start in range(0, len(rows), _BLOCK):
            found += self.page(rows[start : start + _BLOCK], lang).texts(between)
        return found

    def page(self, rows: Rows, lang: str) -> Page:
        """The reasons of the units in *rows* in a language, still to be joined."""
        page = Page(len(rows))
        _Writer(self, self._decided, rows, lang, page).write()
        return page

    # What is found out once for the whole run.

    @cached_property
    def neighbours(self) -> Neighbours | None:
        """Who stands next to whom in the main ranking, if there is one."""
        parting = self._decided.partings.get(MAIN)
        return None if parting is None else Neighbours(parting, self._decided.unit)

    @cached_property
    def barred(self) -> tuple[Truths, Truths, Truths, Truths]:
        """Which units are invalid, which have sent nothing, which stand in no register, and which are only assessed."""
        out = self._decided.barred
        invalid, not_sent, unknown, only = (_marked(m, len(self)) for m in (out.invalid, out.not_sent, out.unknown, out.assess_only))
        return invalid, not_sent, unknown, only

    @cached_property
    def unfinished(self) -> tuple[Truths, Truths]:
        """Which units are incomplete whatever they were scored, and of which something is noted."""
        out = self._decided.barred
        return _marked(out.incomplete, len(self)), _marked(out.noted, len(self))

    @cached_property
    def blocked(self) -> tuple[Rows, npt.NDArray[np.uint8]]:
        """The units without a total, and a bit for each criterion that leaves them without one."""
        d = self._decided
        rows = np.flatnonzero(d.sheet.totals["total"].masked)
        points, bits = columns(d.sheet.points), np.zeros((len(rows), -(-len(d.plan.criteria) // 8)), dtype=np.uint8)
        for place, spec in enumerate(d.plan.criteria if len(rows) else ()):
            own = points.source(spec.path).read(rows) if spec.path in points else None
            if own is not None and own.why is not None:
                bits[:, place // 8] |= (own.why >= Why.MISSING).astype(np.uint8) << np.uint8(place % 8)
        return rows, bits


class Chosen(Sequence[tuple[Text, ...]]):
    """The reasons of some units, the *rows* of all of them, worded on demand as those of all are."""

    def __init__(self, whole: Sequence[tuple[Text, ...]], rows: Rows) -> None:
        self.whole, self.rows = whole, rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, row: int) -> tuple[Text, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[Text, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> Any:
        return tuple(self.whole[i] for i in self.rows[row].tolist()) if isinstance(row, slice) else self.whole[int(self.rows[row])]


def reasons_taken(because: Sequence[tuple[Text, ...]], rows: Rows) -> Sequence[tuple[Text, ...]]:
    """The reasons of the units in *rows* alone; none is worded for it."""
    return Chosen(because.whole, because.rows[rows]) if isinstance(because, Chosen) else Chosen(because, rows)


def reasons_told(because: Sequence[tuple[Text, ...]], rows: Rows, lang: str, between: str) -> list[str]:
    """The reasons of the units in *rows*, in a language; those of one unit with *between* between them."""
    if isinstance(because, Chosen):
        return reasons_told(because.whole, because.rows[rows], lang, between)
    if isinstance(because, Sentences):
        return because.told(rows, lang, between)
    return [between.join(say(t, lang) for t in because[row]) for row in rows.tolist()]


def reasons_page(because: Sequence[tuple[Text, ...]], rows: Rows, lang: str) -> Page:
    """The reasons of the units in *rows*, in a language, in sentences still to be joined."""
    if isinstance(because, Chosen):
        return reasons_page(because.whole, because.rows[rows], lang)
    if isinstance(because, Sentences):
        return because.page(rows, lang)
    page, listed = Page(len(rows)), [[say(t, lang) for t in because[row]] for row in rows.tolist()]
    for place in range(max(map(len, listed), default=0)):
        having = [row for row, told in enumerate(listed) if len(told) > place]
        page.add(np.array(having, dtype=np.int64), [[listed[row][place] for row in having]])
    return page


def _marked(told: Mapping[int, Text], size: int) -> Truths:
    if not told:
        return np.broadcast_to(np.False_, (size,))
    found = np.zeros(size, dtype=bool)
    found[told.rows if isinstance(told, Told) else list(told)] = True
    return found


class _Writer:
    """Writes the reasons of some rows on a page; ``places`` count the rows of the page."""

    def __init__(self, sentences: Sentences, decided: Decided, rows: Rows, lang: str, page: Page) -> None:
        self.sentences, self.d, self.rows, self.lang, self.page = sentences, decided, rows, lang, page
        self.track = decided.track[rows]

    def write(self) -> None:
        """All sentences, in the order in which ``reasons`` gives those of one row."""
        d, (invalid, not_sent, unknown, assessed) = self.d, self.sentences.barred
        out = invalid[self.rows]
        self._barred(out, d.barred.invalid)
        self._barred(not_sent[self.rows] & ~out, d.barred.not_sent)
        out = out | not_sent[self.rows]
        self._barred(unknown[self.rows] & ~out, d.barred.unknown)
        self._barred(assessed[self.rows] & ~out, d.barred.assess_only)
        unfinished, noted = self.sentences.unfinished
        self._barred(unfinished[self.rows] & ~out, d.barred.incomplete)
        self._barred(noted[self.rows] & ~out, d.barred.noted)
        incomplete = d.sheet.totals["total"].take(self.rows).masked & ~out
        self._without_total(np.flatnonzero(incomplete))
        incomplete |= unfinished[self.rows]
        for track in np.flatnonzero(np.bincount(self.track, minlength=1)).tolist():
            mine = np.flatnonzero((self.track == track) & ~out)
            incomplete[mine] |= self._gates(track, mine)
            if d.ladders[track]:
                self._levels(track, mine[~incomplete[mine]])
        placed = np.flatnonzero((d.rank[self.rows] > 0) & ~out)
        if self.sentences.neighbours is not None:
            for own, pieces in self.sentences.neighbours.told(self.rows[placed], self.lang):
                self.page.add(placed[own], pieces)
        if d.notice is not None:
            self._seats(placed)

    def _say(self, text: Text) -> str:
        return say(text, self.lang)

    def _barred(self, mine: Truths, told: Mapping[int, Text]) -> None:
        places = np.flatnonzero(mine)
        if isinstance(told, Told):
            self.page.add(places, self._say(told.text))
        else:
            self.page.add(places, [[self._say(told[row]) for row in self.rows[places].tolist()]])

    def _without_total(self, places: Rows) -> None:
        """By the set of items without a figure, each set worded once."""
        if not len(places):
            return
        rows, bits = self.sentences.blocked
        mine = self.rows[places]
        why = self.d.sheet.totals["total"].take(mine).why
        keys = np.column_stack([bits[np.searchsorted(rows, mine)], np.zeros(len(mine), dtype=np.uint8) if why is None else why])
        distinct, back = np.unique(keys, axis=0, return_inverse=True)
        names = [named(spec.no, spec.title) for spec in self.d.plan.criteria]
        sets = np.unpackbits(distinct[:, :-1], axis=1, bitorder="little")
        found = zip(sets, distinct[:, -1].tolist(), strict=True)
        texts = [self._say(without_total([names[i] for i in np.flatnonzero(s).tolist()], code)) for s, code in found]
        self.page.add(places, [Coded(back.reshape(-1), texts)])

    def _gates(self, track: int, places: Rows) -> Truths:
        """What the gates of a track did; which of the units they leave without a level."""
        incomplete = np.zeros(len(places), dtype=bool)
        for gate in gates_of(self.d, track):
            codes = self.d.sheet.reasons["gate:" + gate.id][self.rows[places]]
            unknown, fired = codes == Reason.GATE_OPEN, codes == Reason.GATE_FIRED
            incomplete |= unknown | fired if gate.does("incomplete") else unknown
            self.page.add(places[unknown], self._say(gate_open(gate)))
            if fired.any():
                self.page.add(places[fired], self._say(gate_fired(self.d, gate, track)))
        return incomplete

    def _levels(self, track: int, places: Rows) -> None:
        """By the level that was reached and the one that counts; the totals are filled in."""
        rows, ladder = self.rows[places], self.d.ladders[track]
        reached, limited = self.d.reached[rows], self.d.limited[rows]
        pairs = limited.astype(np.int64) * len(ladder) + reached
        for pair in np.flatnonzero(np.bincount(pairs, minlength=1)).tolist():
            own = np.flatnonzero(pairs == pair)
            self.page.add(places[own], self._level(track, rows[own], *divmod(pair, len(ladder))))

    def _level(self, track: int, rows: Rows, place: int, reached: int) -> Pieces:
        """What is said of one level of a track, to each of some units."""
        d, ladder = self.d, self.d.ladders[track]
        level, resting = ladder[place], resting_on(d, track)
        if ladder[reached] is level and d.plan.tracks[track].standard.combination is not None:
            return self._combined(track, rows, place, resting)
        total = PerRow(once(d.sheet.totals["total"].take(rows), printed))
        if ladder[reached] is not level:
            return say_pieces(level_limited(total, level, ladder[reached]), self.lang, len(rows))
        line: Any = None
        if level.at_least is not None and level.of == "points()":
            line = level.at_least if not isinstance(level.at_least, str) else self._lines(track, place, rows)
        return say_pieces(level_reached(total, level, line), self.lang, len(rows))

    def _lines(self, track: int, place: int, rows: Rows) -> PerRow:
        """The lines of a level at which they differ by unit."""
        own, lines = self.d.lines[track, place]
        return PerRow(once(lines.take(np.searchsorted(own, rows)), plain))

    def _combined(self, track: int, rows: Rows, place: int, resting: Sequence[Column]) -> Pieces:
        level, known = self.d.ladders[track][place], {}
        found = list(zip(*(column.values[rows].tolist() for column in resting), strict=True)) or [()] * len(rows)
        for titles in set(found):
            known[titles] = self._say(level_combined(self.d, track, level, titles))
        return [[known[titles] for titles in found]]

    def _seats(self, placed: Rows) -> None:
        """What became of the candidates of each category that has seats, and of those who are none."""
        d = self.d
        codes = d.category.codes[self.rows[placed]]
        for code in np.flatnonzero(np.bincount(codes, minlength=1)).tolist():
            category = d.category.texts[code]
            if d.notice is None or category not in d.notice.categories:
                continue
            places = placed[codes == code]
            able, taken = d.seats.able[self.rows[places]], d.seats.taken[self.rows[places]]
            for won in (True, False):
                self._seated(category, places[able & (taken == won)], won)
            without = places[~able]
            self.page.add(without[~self._refused(without)], self._say(no_seat(d)))

    def _seated(self, category: str, places: Rows, taken: bool) -> None:
        """Those who took a seat of a category, or did not; what a tie at the line did to some of them."""
        if not len(places):
            return
        rows, (seats, note) = self.rows[places], self.d.seats.rules[category]
        ranks = PerRow(Numerals(self.d.rank[rows]))
        self.page.add(places, say_pieces(seat_text(category, seats, taken, ranks), self.lang, len(places)))
        if note is not None:
            self.page.add(places[self.d.seats.tied[rows]], self._say(note))

    def _refused(self, places: Rows) -> Truths:
        """Which units a gate keeps from an award, so that nothing is said of seats."""
        found = np.zeros(len(places), dtype=bool)
        for track in np.flatnonzero(np.bincount(self.track[places], minlength=1)).tolist():
            mine = np.flatnonzero(self.track[places] == track)
            for gate in gates_of(self.d, track):
                if gate.does("not awarded"):
                    found[mine] |= self.d.sheet.reasons["gate:" + gate.id][self.rows[places[mine]]] == Reason.GATE_FIRED
        return found
