"""Rank: every ranking within its groups, by its figure and its tie chain; who is not ranked holds no rank and moves nobody down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Narrow, Parting, Places, Ties, key_codes, lots, outdone
from scorekit.domain.column import Column, Why, stack
from scorekit.domain.formula import Node, Tied, evaluate
from scorekit.domain.ordering import Codes, codes
from scorekit.domain.plan import Plan, RankingPlan, TiePlan
from scorekit.domain.roll import Names
from scorekit.domain.rubric import TieSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, ScoreSheet, Submissions, blank_column
from scorekit.domain.tracks import Rows, category_codes, gate_rows, put_back, track_scopes
from scorekit.domain.walking import walked

Truths = npt.NDArray[np.bool_]


def rank(plan: Plan, submissions: Submissions, sheet: ScoreSheet, barred: Truths) -> tuple[ScoreSheet, Mapping[str, Parting]]:
    """The sheet with ``totals["rank"]`` and a ``totals["rank:…"]`` for each further ranking, and how ties were parted.

    A column of places is masked for units without one. *barred* marks units that are invalid or only assessed. They, units
    with an open gate and units that a "not ranked" or "incomplete" gate removed are left out before places are counted; so are those
    without a total, but for rankings by something else.
    """
    out = (
        barred
        | gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "not ranked")
        | gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "incomplete")
        | gate_rows(plan, submissions, sheet, Reason.GATE_OPEN)
    )
    main = out | sheet.totals["total"].masked
    found: dict[str, Parting] = {}
    for ranking in plan.rankings:
        if ranking.step is None:
            sheet, found[ranking.column] = _drawn_up(plan, submissions, sheet, ranking, out if ranking.spec.id else main)
    return sheet, found


def draw_up(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> ScoreSheet:
    """The sheet with the rankings that formulas of pass *step* read: among all units that have the figure and count.

    What a gate bars later still counts here.
    """
    out = np.zeros(len(submissions), dtype=bool) if submissions.uncounted is None else submissions.uncounted
    for ranking in plan.rankings:
        if ranking.step == step:
            sheet, _ = _drawn_up(plan, submissions, sheet, ranking, out)
    return sheet


def _drawn_up(plan: Plan, submissions: Submissions, sheet: ScoreSheet, ranking: RankingPlan, out: Truths) -> tuple[ScoreSheet, Parting]:
    """The sheet with the places of one ranking, for all but the units that are *out*; categories with rules of their own apart."""
    shapes = {r.shape: r for t in plan.tracks for r in t.rankings if r.spec.id == ranking.spec.id}
    found = [_Ranked(plan, submissions, sheet, own).placed(out) for own in shapes.values()]
    ranks = found[0][0] if len(found) == 1 else np.sum([places for places, _ in found], axis=0)
    column = Column.array(ranks).masked_where(ranks == 0, Why.NOT_APPLICABLE)
    return sheet.having(totals={ranking.column: column}), Parting.joined([parting for _, parting in found])


class _Ranked:
    """One ranking over all units of the tracks that have it with the same rules, every track's rows by its own formulas."""

    def __init__(self, plan: Plan, submissions: Submissions, sheet: ScoreSheet, ranking: RankingPlan) -> None:
        self.plan, self.submissions, self.sheet, self.ranking = plan, submissions, sheet, ranking
        self.scopes = track_scopes(plan, submissions, sheet)

    def placed(self, out: Truths) -> tuple[Narrow, Parting]:
        """The places, 0 for none, of all but the units that are *out*, and how ties were parted."""
        spec, size = self.ranking.spec, len(self.submissions)
        figure = self.values(lambda r: r.by)
        assert figure is not None
        groups, grouped = self.groups()
        there = ~(out | figure.masked | ~grouped)
        condition = self.values(lambda r: r.where)
        if condition is not None:
            there &= np.asarray(condition.values, dtype=bool) & ~condition.masked
        rows = np.flatnonzero(there)
        figure = figure.take(rows)
        if spec.decimals is not None and figure.kind == "number":
            figure = figure.minted(spec.decimals)
        parting = self.parted(rows, groups[rows], codes(figure, spec.first == "high"))
        ranks = np.zeros(size, dtype=np.int32)
        ranks[rows] = parting.places.ranks
        if spec.ends is not None:
            ranks[ranks > spec.ends] = 0
        return ranks, parting

    def parted(self, rows: Rows, groups: Codes, figure: Codes) -> Parting:
        """Ties parted key by key, as long as there are any; the keys that are for every tie at once where numbers allow it."""
        blank = np.zeros(len(rows), dtype=bool)
        places, keys = self.parted_at_once(rows, groups, figure)
        for index, tie in enumerate(self.ranking.ties[len(keys) :], len(keys)):
            if not places.tied().any():
                break
            self.tie(index, rows, places)
            values = self.values(lambda r, i=index: r.ties[i].by, rows)  # type: ignore[misc]
            holds = self.values(lambda r, i=index: r.ties[i].condition, rows)  # type: ignore[misc]
            met = None if holds is None else np.asarray(holds.values, dtype=bool) & ~holds.masked
            if tie.spec.how == "run_off" and values is not None:
                met = ~values.masked
                blank[np.setdiff1d(places.meant(tie.spec, None), places.meant(tie.spec, met))] = True
            inner = places.meant(tie.spec, met)
            if len(inner):
                key = lots(tie.spec.by, self.names(rows[inner])) if values is None else key_codes(tie.spec, values.take(inner))
                places.part(index, key, inner)
            keys.append((tie.spec, values))
        return Parting(rows.astype(np.int32), places, tuple(keys), blank & places.tied() if blank.any() else blank)

    def parted_at_once(self, rows: Rows, groups: Codes, figure: Codes) -> tuple[Places, list[tuple[TieSpec, Column | None]]]:
        """The places after those first keys of the chain that are for every tie, and these with their values.

        Only the keys that some tie needed; none where the numbers are too great to part by all at once.
        """
        plain = list(takewhile(_for_every_tie, self.ranking.ties))
        values = [self.values(lambda r, i=index: r.ties[i].by, rows) for index in range(len(plain))]  # type: ignore[misc]
        found = [(tie.spec, column) for tie, column in zip(plain, values, strict=True) if column is not None]
        parted = Places.in_turn(groups, figure, [key_codes(spec, column) for spec, column in found]) if found else None
        return (Places.by(groups, figure), []) if parted is None else (parted[0], list(found[: parted[1]]))

    def tie(self, index: int, rows: Rows, places: Places) -> None:
        """Let the scopes know who is tied, where a key asks."""
        by = self.ranking.ties[index].by
        asked = [] if by is None else [n for n in walked(by) if isinstance(n, Tied)]
        if not asked:
            return
        size, tied = len(self.submissions), np.flatnonzero(places.tied())
        slots = np.full(size, -1, dtype=np.int64)
        slots[rows[tied]] = places.slots[tied]
        known = dict(zip(self.submissions.key.take(rows[tied]), slots[rows[tied]].tolist(), strict=True))
        ahead = {n.key: self.outdone(index, n.key, rows, places) for n in asked if n.function == "ahead"}
        for scope, own in self.scopes:
            scope.ties = Ties(slots[own], known, {key: column.take(own) for key, column in ahead.items()})

    def outdone(self, index: int, key: str, rows: Rows, places: Places) -> Column:
        """For every unit how many of those tied with it have a lower value."""

        def of(ranking: RankingPlan) -> Node | None:
            by = ranking.ties[index].by
            return None if by is None else next(n.of for n in walked(by) if isinstance(n, Tied) and n.key == key)

        values = self.values(of, rows)
        assert values is not None
        whole, why = np.zeros(len(self.submissions), dtype=np.int64), np.full(len(self.submissions), Why.MISSING, dtype=np.uint8)
        whole[rows], why[rows] = outdone(places.slots, values), 0 if values.why is None else values.why
        return Column.array(whole).masked_where(why > 0, Why.MISSING)

    def names(self, rows: Rows) -> Names:
        """The folded identities by which lots are drawn."""
        return self.submissions.key.take(rows)

    def values(self, part: Callable[[RankingPlan], Node | None], rows: Rows | None = None) -> Column | None:
        """The values of one of the ranking's formulas for all units (or some *rows*); None where it has none."""
        if part(self.ranking) is None:
            return None
        there = [self.value(part, scope) for scope, _ in self.scopes]
        model = next((c for c in there if c is not None), Column.of(0))
        found = [
            blank_column(model, len(own), Why.NOT_PART) if column is None else column.spread(len(own))
            for column, (_, own) in zip(there, self.scopes, strict=True)
        ]
        whole = found[0] if len(found) == 1 else stack(found).take(put_back(self.scopes))
        return whole if rows is None else whole.take(rows)

    def value(self, part: Callable[[RankingPlan], Node | None], scope: TrackScope) -> Column | None:
        """One formula's value for the units of one track; a standard without the ranking has none."""
        wanted = self.ranking.spec.id, self.ranking.shape
        own = next((r for r in scope.track.rankings if (r.spec.id, r.shape) == wanted), None)
        node = None if own is None else part(own)
        return None if node is None else evaluate(node, scope)

    def groups(self) -> tuple[Codes, Truths]:
        """Each unit's group as a whole number from 0, and whether it has one."""
        within = self.ranking.spec.within
        size = len(self.submissions)
        if within == (self.plan.base.category,) and self.plan.categories:
            found = category_codes(self.plan, self.submissions)
            return found.astype(np.int64), np.ones(size, dtype=bool)
        groups, there = np.zeros(size, dtype=np.int64), np.ones(size, dtype=bool)
        for name in within:
            column = self.field(name)
            there &= ~column.masked
            _, groups = np.unique(groups * (size + 1) + _dense(codes(column)), return_inverse=True)
            groups = groups.reshape(-1).astype(np.int64)
        return groups, there

    def field(self, name: str) -> Column:
        """A field by which units are grouped."""
        parts = [s.value(name) for s, _ in self.scopes]
        found = [p.spread(len(own)) for p, (_, own) in zip(parts, self.scopes, strict=True) if isinstance(p, Column)]
        return found[0] if len(found) == 1 else stack(found).take(put_back(self.scopes))


def _for_every_tie(tie: TiePlan) -> bool:
    """Whether a key is a plain value that parts ties whoever is in them and wherever they are."""
    spec = tie.spec
    asks = tie.by is None or any(isinstance(n, Tied) for n in walked(tie.by))
    return spec.how == "key" and spec.places is None and spec.condition is None and not asks


def _dense(found: Codes) -> Codes:
    return np.unique(found, return_inverse=True)[1].reshape(-1).astype(np.int64)


__all__ = ["draw_up", "rank"]
