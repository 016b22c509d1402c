"""Where one unit stands, in words: its place in every ranking with the keys of the chain, and what it lacks for the next level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorekit.domain.chains import lot
from scorekit.domain.column import Column
from scorekit.domain.formula import Call, Constant, Node, Result, Tied, evaluate
from scorekit.domain.plan import GatePlan, LevelPlan, Part, RankingPlan
from scorekit.domain.printing import clock, percent, shown
from scorekit.domain.rungs import rungs
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.tables import Reason
from scorekit.domain.ties import key_words
from scorekit.domain.walking import walked
from scorekit.errors import T, Text
from scorekit.words import say

COMPARING = ("<", "<=", ">", ">=", "==", "!=")
TOTAL = Result("points", "")
POINTS = ("points", "exact", "base", "bonus", "deduction")
DIGITS = 4
"""Digits after the point of a value that is shown; it goes on exact."""


class StandingSpeaker:
    """Says where the one unit of a scope stands."""

    def __init__(self, scope: TrackScope, speaker: Speaker) -> None:
        self.scope, self.speaker, self.lang = scope, speaker, speaker.lang
        self.track = scope.track

    def say(self, text: Text) -> str:
        """A text in the explanation's language."""
        return say(text, self.lang)

    # ---------------------------------------------------------------- rankings

    def rankings(self, rank: int) -> Iterator[str]:
        """The keys of the main ranking for a unit that has a place, then its place in every other ranking."""
        main, *more = self.track.rankings
        if rank:
            if main.spec.by != "points()":
                yield self.say(T("ranked by {figure} = {value}", **self.figure(main)))
            yield from self.keys(main)
        for ranking in more:
            place = self.scope.sheet.totals.get(ranking.column)
            if place is None or place.masked[0]:
                yield self.say(T("ranking {title}: no place", title=ranking.spec.title))
                continue
            yield self.say(
                T(
                    "ranking {title}: place {rank} by {figure} = {value}",
                    title=ranking.spec.title,
                    rank=_whole(place),
                    **self.figure(ranking),
                )
            )
            yield from ("  " + line for line in self.keys(ranking))

    def figure(self, ranking: RankingPlan) -> dict[str, str]:
        """What a ranking goes by, with the unit's value."""
        return {
            "figure": self.speaker.formula(ranking.by),
            "value": self.text(evaluate(ranking.by, self.scope), self.speaker.is_percentage(ranking.by)),
        }

    def keys(self, ranking: RankingPlan) -> Iterator[str]:
        """The unit's value of every key of a tie chain."""
        for number, tie in enumerate(ranking.ties, 1):
            if tie.by is not None and any(isinstance(n, Tied) for n in walked(tie.by)):
                yield self.say(T("tie key {number}: {title}, found among those who are tied", number=number, title=tie.spec.title))
                continue
            if tie.by is None:
                value = lot(tie.spec.by, self.scope.submissions.key[0])
            else:
                found = evaluate(tie.by, self.scope)
                value = self.say(T("nothing to compare")) if found.masked[0] else self.text(found, self.speaker.is_percentage(tie.by))
            title = tie.spec.title or self.say(key_words(tie.spec))
            if tie.spec.how != "key":
                yield self.say(T("tie key {number}: {title} = {value}", number=number, title=title, value=value))
                continue
            order = self.say(T("higher first")) if tie.spec.first == "high" else self.say(T("lower first"))
            yield self.say(T("tie key {number}: {title} = {value} ({order})", number=number, title=title, value=value, order=order))

    # ---------------------------------------------------------------- levels

    def next_level(self, reached: str) -> Iterator[str]:
        """What the unit lacks for the level above the one that it has, and on every further ladder."""
        titles = [level.spec.title for level in self.track.levels]
        place = titles.index(reached) if reached in titles else len(titles)
        setting = [g for g in self.track.gates if self.sets_level(g, reached)]
        for gate in setting:
            name = f"{gate.spec.no} {gate.spec.title}".strip()
            yield self.say(T("the gate {name} has set the level {level}", name=name, level=reached))
        if place and not setting and self.track.standard.combination is None:
            yield from self.lacking(self.track.levels[place - 1])
        found = rungs(self.track, self.scope, 1)
        for ladder in self.track.ladders:
            place = int(found[ladder.spec.id][0])
            level = (*ladder.spec.levels, ladder.spec.below)[place].title
            yield self.say(T("ladder {title}: {level}", title=ladder.spec.title, level=level))
            if place:
                yield from ("  " + line for line in self.lacking(ladder.levels[place - 1]))

    def sets_level(self, gate: GatePlan, reached: str) -> bool:
        """Whether the level that was reached is the one that a gate sets, or the highest that it allows."""
        if self.scope.sheet.reasons[f"gate:{gate.spec.id}"][0] != Reason.GATE_FIRED:
            return False
        standard = self.track.standard
        titles = {level.id: level.title for level in (*standard.levels, standard.below)}
        return any(effect in ("level is", "level at most") and titles.get(target) == reached for effect, target in gate.spec.effects)

    def lacking(self, level: LevelPlan) -> Iterator[str]:
        """What the unit lacks for one level."""
        value = evaluate(level.of, self.scope)
        if level.at_least is not None:
            line = evaluate(level.at_least, self.scope)
            told = self.told_line(level, line, line - value)
            short = T("next level {level}: {gap} short of {figure} {line}", **told)
            if level.of == TOTAL:
                short = T(
                    "next level {level}: {gap} points short of {line}", level=told["level"], gap=self.plain(line - value), line=told["line"]
                )
            yield self.distance(line - value, level, told, short)
        if level.at_most is not None:
            line = evaluate(level.at_most, self.scope)
            told = self.told_line(level, line, value - line)
            above = T("next level {level}: {gap} above its most, {figure} {line}", **told)
            if level.of == TOTAL:
                above = T(
                    "next level {level}: {gap} above its most, {line}", level=told["level"], gap=self.plain(value - line), line=told["line"]
                )
            yield self.distance(value - line, level, told, above)
        for part in level.parts:
            yield "  " + self.condition(part)

    def condition(self, part: Part) -> str:
        """One condition, and whether the unit meets it."""
        met = evaluate(part.condition, self.scope)
        word = self.say(T("undecided")) if met.masked[0] else self.say(T("met")) if met.values[0] else self.say(T("not met"))
        said = self.speaker.formula(part.condition) + self.sides(part.condition)
        failing = [n for n in conjuncts(part.condition) if not self.holds(n)]
        if failing and failing != [part.condition]:
            unmet = [self.speaker.formula(n) + self.sides(n) for n in failing]
            word = self.say(T("{word}, namely {conditions}", word=word, conditions=unmet))
        if part.title:
            return self.say(T("its condition {title}: {condition} — {word}", title=part.title, condition=said, word=word))
        return self.say(T("its condition: {condition} — {word}", condition=said, word=word))

    def holds(self, node: Node) -> bool:
        """Whether a condition is known to hold for the unit."""
        met = evaluate(node, self.scope)
        return not met.masked[0] and bool(met.values[0])

    def sides(self, node: Node) -> str:
        """What stands on the two sides of a comparison for the unit; nothing where a formula compares no numbers."""
        if not isinstance(node, Call) or node.function not in COMPARING or len(node.arguments) != 2:
            return ""
        left, right = (evaluate(a, self.scope) for a in node.arguments)
        if left.kind != "number" or right.kind != "number" or left.masked[0] or right.masked[0]:
            return ""
        percentage = self.speaker.is_percentage(node.arguments[0])
        told = [
            f"{self.speaker.formula(a)} = {self.text(v, percentage)}"
            for a, v in zip(node.arguments, (left, right), strict=True)
            if not isinstance(a, Constant)
        ]
        return (f"（{'，'.join(told)}）" if self.lang == "zh" else f" ({', '.join(told)})") if told else ""

    def told_line(self, level: LevelPlan, line: Column, gap: Column) -> dict[str, Any]:
        """A line of a level and the distance to it, in the unit of the figure that it is a line of."""
        found = {"level": level.spec.title, "figure": self.speaker.formula(level.of)}
        manner = self.speaker.manner(level.of)
        most = max(2, self.track.standard.total_rounding.decimals)
        if manner == "percent":
            return {**found, "line": percent(line, most)[0], "gap": T("{gap} percentage points", gap=self.plain(gap * 100))}
        if manner == "clock":
            return {**found, "line": clock(line, most)[0], "gap": clock(gap, most)[0]}
        if isinstance(level.of, Result) and level.of.figure in POINTS:
            return {**found, "line": self.plain(line), "gap": T("{gap} points", gap=self.plain(gap))}
        return {**found, "line": self.plain(line), "gap": self.plain(gap)}

    def distance(self, gap: Column, level: LevelPlan, told: Mapping[str, Any], short: Text) -> str:
        """How far the unit is from a line that it must reach or not pass."""
        if gap.masked[0]:
            return self.say(T("next level {level}: a blank leaves its line undecided", level=told["level"]))
        if bool((gap > 0).values[0]):
            return self.say(short)
        if level.of == TOTAL:
            return self.say(T("next level {level}: its line {line} is reached", level=told["level"], line=told["line"]))
        return self.say(T("next level {level}: its line {figure} {line} is reached", **told))

    # ---------------------------------------------------------------- figures

    def plain(self, column: Column) -> str:
        """A figure that no stage minted: at the total's digits or fewer."""
        return shown(column, most=max(2, self.track.standard.total_rounding.decimals))[0]

    def text(self, value: Column, percentage: bool) -> str:
        """A value of any kind."""
        if value.kind == "number" and value.unit == "duration":
            return clock(value, DIGITS)[0] or self.say(T("blank"))
        truths = (self.say(T("no")), self.say(T("yes")))
        return shown(value, percentage=percentage, truths=truths, most=DIGITS)[0] or self.say(T("blank"))


def _whole(column: Column) -> int:
    return int(column.listed()[0])  # type: ignore[arg-type]


def conjuncts(node: Node) -> list[Node]:
    """The conditions that must all hold for one to hold."""
    if isinstance(node, Call) and node.function == "and":
        return [inner for argument in node.arguments for inner in conjuncts(argument)]
    return [node]
