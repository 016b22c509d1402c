"""Who owes what: of which units a field is asked, as far as that is known before anything is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from scorekit.domain.applying import apart, asked
from scorekit.domain.column import Why
from scorekit.domain.formula import Figure, Node, Result, Tied, evaluate, names
from scorekit.domain.plan import CriterionPlan, Plan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reasons, ScoreSheet, Submissions
from scorekit.domain.tracks import track_scopes
from scorekit.domain.walking import walked

Truths = npt.NDArray[np.bool_]
_LATER = (Result, Figure, Tied)
"""What a formula can ask that is known only when units were scored."""


def read_by(track: Track) -> set[str]:
    """The submitted fields behind all that a category's standard computes or compares."""
    items = (p for criterion in track.criteria for p in (*criterion.reads, criterion.spec.path))
    gates = (p for g in track.gates for p in g.reads)
    return _behind([*items, *gates, *(n for node in _nodes(track) for n in names(node))], track)


def owed(plan: Plan, submissions: Submissions, paths: Iterable[str]) -> Mapping[str, Truths]:
    """Of each of some fields, which units owe it.

    It is owed unless all that reads it is known not to be for the unit: the items and gates of its category, by their
    conditions (``only_for``, ``not_applicable_if``). What a condition rests on may be blank, or known only after scoring:
    the field is owed then. What nothing reads is asked of everybody.
    """
    found = {path: np.zeros(len(submissions), dtype=bool) for path in paths}
    read = set().union(*(read_by(t) for t in plan.tracks))
    for scope, rows in track_scopes(plan, submissions, ScoreSheet(len(submissions))):
        known = _Owing(scope)
        for path, owing in found.items():
            owing[rows] = known.of(path) if path in read else True
    return found


class _Owing:
    """Knows of one track's units for which of its items each is asked; every condition is asked once."""

    def __init__(self, scope: TrackScope) -> None:
        self.scope, self.size = scope, len(scope.submissions)
        track = scope.track
        self.derived = {f.path: node for f, node in track.derived}
        self.always = _behind([n for node in _nodes(track) for n in names(node)], track)
        self.items = [(c, _behind([*c.reads, c.spec.path], track)) for c in track.criteria]
        self.gates = [(g.only_for, _behind(g.reads, track)) for g in track.gates]
        self._codes: dict[str, Reasons | None] = {}

    def of(self, path: str) -> Truths:
        """The units that owe a field."""
        found = np.full(self.size, path in self.always)
        for criterion, reads in self.items:
            if path in reads and not found.all():
                found |= self._meant(self._of_item(criterion))
        for only_for, reads in self.gates:
            if path in reads and not found.all():
                found |= self._meant(self._of_gate(only_for))
        return found

    def _meant(self, codes: Reasons | None) -> Truths:
        return np.ones(self.size, dtype=bool) if codes is None else ~np.isin(codes, (Why.NOT_PART, Why.NOT_APPLICABLE))

    def _of_item(self, criterion: CriterionPlan) -> Reasons | None:
        """Why an item does not count for a unit; None where that cannot be told yet, or where it counts for all."""
        path, conditions = criterion.spec.path, (criterion.only_for, criterion.not_applicable_if)
        if path not in self._codes:
            told = all(n is None or self._known(n) for n in conditions)
            self._codes[path] = apart(criterion, self.scope, self.size) if told else None
        return self._codes[path]

    def _of_gate(self, only_for: Node | None) -> Reasons | None:
        if only_for is None or not self._known(only_for):
            return None
        return asked(evaluate(only_for, self.scope).spread(self.size), False, Why.NOT_PART)

    def _known(self, node: Node) -> bool:
        """Whether a condition rests on nothing but what was submitted."""
        return not any(isinstance(n, _LATER) for n in walked(node)) and all(
            self._known(self.derived[path]) for path in names(node) if path in self.derived
        )


def _behind(paths: Iterable[str], track: Track) -> set[str]:
    """Fields and the submitted fields behind those that are derived."""
    derived = {f.path: node for f, node in track.derived}
    waiting, found = list(paths), set[str]()
    while waiting:
        path = waiting.pop().partition("@")[0]
        if path not in found:
            found.add(path)
            waiting += names(derived[path]) if path in derived else ()
    return found


def _nodes(track: Track) -> Iterator[Node]:
    """The formulas of a track that stand in no criterion or gate."""
    for level in (*track.levels, *(level for ladder in track.ladders for level in ladder.levels)):
        yield from level.nodes()
    for ranking in track.rankings:
        yield from ranking.nodes()
    for section in track.sections:
        yield from (n for n in (section.full, section.weight, section.cap, section.floor, section.scale_to) if n is not None)
    for spec, node in track.derived:
        if spec.declared.output:
            yield node
