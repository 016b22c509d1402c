"""Explain: one unit from the cells to the points to the rank, in the words of the standard, recomputable by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorekit.domain.calling import contributions
from scorekit.domain.column import Column
from scorekit.domain.combining import made
from scorekit.domain.comparison import whole_score
from scorekit.domain.extras import sides
from scorekit.domain.formula import Lookup, evaluate, names
from scorekit.domain.making import charging, converting, making, unheeded
from scorekit.domain.marked import marks_told
from scorekit.domain.own_scores import KINDS, score_name
from scorekit.domain.personal import HIDDEN
from scorekit.domain.plan import CriterionPlan, GatePlan, Plan, Track
from scorekit.domain.printing import plain, printed, shown
from scorekit.domain.reasons import REASON_WORDS, STATUS_WORDS, reason_words
from scorekit.domain.retelling import record_lines
from scorekit.domain.rubric import CriterionSpec, SectionSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.domain.standing import StandingSpeaker
from scorekit.domain.tables import COUNTED_AS_ZERO, Reason, ScoreSheet, Submissions
from scorekit.domain.tracks import track_rows
from scorekit.domain.values_told import ValueTeller
from scorekit.domain.walking import criterion_nodes, walked
from scorekit.errors import T, Text
from scorekit.words import say


@dataclass(frozen=True)
class Verdict:
    """What was decided on the unit, as recorded."""

    rank: int
    level: str
    award: str
    status: str
    reasons: str
    line: str = ""


def explain(plan: Plan, submissions: Submissions, sheet: ScoreSheet, verdict: Verdict, lang: str) -> list[str]:
    """The explanation of the one unit in *submissions* and *sheet*, a line an item."""
    track = next(t for t, rows in track_rows(plan, submissions) if len(rows))
    return list(_Explainer(plan, track, TrackScope(track, submissions, sheet), verdict, lang).lines())


CHOSEN = {
    "best": T("of these clauses only the best counts"),
    "worst": T("of these clauses only the heaviest counts"),
    "first": T("of these clauses only the first that applies counts"),
}


FULFILLED = {Reason.GATE_CLEAR: T("fulfilled"), Reason.GATE_FIRED: T("not fulfilled")}


class _Explainer:
    """Says everything about one unit, top down."""

    def __init__(self, plan: Plan, track: Track, scope: TrackScope, verdict: Verdict, lang: str) -> None:
        self.plan, self.track, self.scope, self.verdict, self.lang = plan, track, scope, verdict, lang
        self.speaker = Speaker(track, lang)
        self.standing = StandingSpeaker(scope, self.speaker)
        self.criteria = {c.spec.path: c for c in track.criteria}
        self.values = ValueTeller(scope, self.speaker)
        self.told: set[str] = set()
        self.listed: set[str] = set()

    def say(self, text: Text) -> str:
        return say(text, self.lang)

    def lines(self) -> Iterator[str]:
        yield from self.head()
        if self.verdict.status == "invalid":
            return
        for section in self.track.standard.sections:
            if not section.parent:
                yield from self.section(section, 0)
        loose = [c for c in self.track.standard.criteria if not c.section]
        if loose and any(c.section for c in self.track.standard.criteria):
            yield "■ " + self.say(T("other items"))
        for criterion in loose:
            yield from self.criterion(self.criteria[criterion.path], 1)
        yield from self.gates()
        yield from self.total()
        yield from self.figures()
        yield from self.standing.rankings(self.verdict.rank)
        yield from self.next_level()

    # ---------------------------------------------------------------- head and total

    def head(self) -> Iterator[str]:
        submissions, sheet = self.scope.submissions, self.scope.sheet
        category = submissions.columns.get(self.plan.base.category)
        yield f"{submissions.unit[0]}" + (f" · {category.values[0]}" if isinstance(category, Column) and not category.masked[0] else "")
        yield self.say(
            T(
                "standard: {title} ({id} {version})",
                title=self.track.standard.title,
                id=self.plan.rubric.id,
                version=self.plan.rubric.version,
            )
        )
        yield self.say(T("file: {file}", file=submissions.file(0)))
        total = self.figure(sheet.totals["total"])
        rank = str(self.verdict.rank) if self.verdict.rank else self.say(T("none"))
        yield self.say(
            T(
                "total {total} · rank {rank} · level {level} · {status}",
                total=total or "—",
                rank=rank,
                level=self.verdict.level or "—",
                status=self.status(),
            )
        )
        if self.verdict.award:
            yield self.say(T("award: {award}", award=self.verdict.award))
        if self.verdict.reasons:
            yield self.say(T("why: {reasons}", reasons=self.verdict.reasons))
        yield ""

    def status(self) -> str:
        return say(STATUS_WORDS[self.verdict.status], self.lang)

    def total(self) -> Iterator[str]:
        totals = self.scope.sheet.totals
        if totals["total"].masked[0]:
            yield self.say(T("total: none can be given"))
            return
        parts = {k: self.figure(totals[k]) for k in ("base", "bonus", "deduction", "adjusted", "total")}
        yield self.say(T("total = base {base} + bonus {bonus} − deduction {deduction} + adjusted {adjusted} = {total}", **parts))
        yield from ("  " + line for line in (*self.worked_out(""), *self.capped(), *self.scores("", totals["total"], self.plan.decimals)))

    def worked_out(self, path: str) -> Iterator[str]:
        """How the figure of a section (or the total's base) came about, in the order of computing."""
        plan = next(s for s in self.track.sections if s.spec.path == path)
        charged = [self.say(text) for text in charging(plan, self.scope, self.speaker, self.plain)]
        yield from (self.say(text) for text in making(plan, self.scope, self.speaker, self.plain))
        if plan.spec.scale or not path:
            yield from self.scaled(path)
        # What finds no section that applies is taken from the total, when all else is done.
        yield from charged if path else ()
        yield from (self.say(text) for text in converting(plan, self.scope, self.plain))
        yield from charged if not path else ()

    def capped(self) -> Iterator[str]:
        """Where caps of groups, sections or the whole cut bonuses or deductions short."""
        for kind, side in zip(("bonus", "deduction"), sides(self.track, self.scope), strict=True):
            yield from (self.say(text) for text in unheeded(side, self.scope, self.plain))
            together = sum((a for a in side.earned.values() if not a.masked[0]), Column.of(0))
            counted = self.scope.sheet.totals[kind]
            if bool((together > counted).values[0]):
                names = {"bonus": T("bonuses"), "deduction": T("deductions")}
                yield self.say(
                    T(
                        "{kind} add up to {sum}; by their caps {counted} count",
                        kind=names[kind],
                        sum=self.plain(together),
                        counted=self.figure(counted),
                    )
                )

    def scaled(self, path: str) -> Iterator[str]:
        """The sum by which a section (or the total) without items that do not apply was put on its full marks."""
        plan = next(s for s in self.track.sections if s.spec.path == path)
        sheet = self.scope.sheet
        left_out = [c.spec for c in self.criteria.values() if c.spec.kind == "base" and self.scale_of(c.spec.section) == path]
        left_out = [spec for spec in left_out if self.reason(spec.path) == Reason.NOT_APPLICABLE]
        if not left_out:
            return
        earned, applicable, aside, _ = made(plan, self.scope)
        full = sheet.workings.get(f"applicable:{path}", sheet.section_full[path])
        if any(c.masked[0] for c in (earned, applicable, full)) or not bool(((applicable != full) & (applicable != 0)).values[0]):
            return
        figures = {"earned": self.plain(earned - aside), "applicable": self.plain(applicable), "full": self.plain(full)}
        figures["points"] = self.plain((earned - aside) * full / applicable + aside)
        items = [_name(spec) for spec in left_out]
        if aside.values.num.any():
            more = self.plain(aside)
            yield self.say(
                T(
                    "put on the scale: {earned} ÷ {applicable} × {full} + {aside} (not converted) = {points}; left out: {items}",
                    **figures,
                    aside=more,
                    items=items,
                )
            )
        else:
            yield self.say(T("put on the scale: {earned} ÷ {applicable} × {full} = {points}; left out: {items}", **figures, items=items))

    def scale_of(self, section: str) -> str:
        """The nearest section, from *section* outward, that is a scale; the total is one."""
        scales = {s.spec.path for s in self.track.sections if s.spec.scale}
        while section and section not in scales:
            section = section.rpartition(".")[0]
        return section

    def next_level(self) -> Iterator[str]:
        if self.verdict.status in ("invalid", "incomplete") or not (self.track.levels or self.track.ladders):
            return
        yield from self.standing.next_level(self.verdict.level)
        if self.verdict.line:
            yield self.verdict.line

    # ---------------------------------------------------------------- sections and criteria

    def section(self, section: SectionSpec, depth: int) -> Iterator[str]:
        sheet = self.scope.sheet
        if not any(f"{c.section}.".startswith(section.path + ".") for c in self.track.standard.criteria):
            return
        points, full = sheet.sections.get(section.path), sheet.section_full.get(section.path)
        counts = points is not None and full is not None and not full.masked[0]
        score = ""
        if counts and points is not None and full is not None:
            score = (self.plain(points) or "—") + (f" / {self.plain(full)}" if full.values.num[0] else "")
        yield "  " * depth + f"■ {_name(section)}  {score}".rstrip()
        for child in self.track.standard.sections:
            if child.parent == section.path:
                yield from self.section(child, depth + 1)
        for criterion in self.track.standard.criteria:
            if criterion.section == section.path:
                yield from self.criterion(self.criteria[criterion.path], depth + 1)
        if counts:
            yield from ("  " * (depth + 1) + line for line in self.worked_out(section.path))
        if points is not None:
            digits = section.minted.decimals if section.minted else self.plan.decimals
            yield from ("  " * (depth + 1) + line for line in self.scores(section.path, points, digits))

    def criterion(self, plan: CriterionPlan, depth: int) -> Iterator[str]:
        spec, sheet = plan.spec, self.scope.sheet
        pad = "  " * depth
        points, full = sheet.points[spec.path], sheet.full.get(spec.path)
        of = f" / {self.plain(full)}" if full is not None else ""
        reason = say(reason_words(self.reason(spec.path), spec), self.lang)
        yield f"{pad}{_name(spec)}  {self.figure(points) or '—'}{of}  {reason}"
        digits = spec.rounding.decimals if spec.rounding else self.plan.decimals
        yield from (f"{pad}  {line}" for line in self.scores(spec.path, points, digits))
        if spec.words.wording:
            yield f"{pad}  " + self.say(T("clause: {wording}", wording=spec.words.wording))
        known: set[str] = set()
        for path in plan.reads:
            yield from (f"{pad}  {line}" for line in self.values.read(path, known))
        self.told |= known
        yield from (f"{pad}  {line}" for line in self.looked_up(plan))
        if self.reason(spec.path) != Reason.NOT_PART:
            yield from self.clauses(plan, pad)
            yield from (f"{pad}    {line}" for line in record_lines(plan, self.scope, self.lang, self.listed))
        if self.reason(spec.path) in (Reason.MISSING, *COUNTED_AS_ZERO, Reason.INVALID) and spec.words.remedy:
            yield f"{pad}  " + self.say(T("to do: {remedy}", remedy=spec.words.remedy))

    def scores(self, path: str, points: Column, digits: int) -> Iterator[str]:
        """The own and the first score of an item (of the whole: where all that is added up has one) beside its points."""
        own, first = (
            whole_score(self.plan, self.scope.submissions, self.scope.sheet, k) if not path else self.score(k, path) for k in KINDS
        )
        if own.masked[0] and first.masked[0]:
            return
        known = [(T("own score {score}"), own), (T("first score {score}"), first)]
        told = [self.say(Text(text.template, {"score": plain(score)[0]})) for text, score in known if not score.masked[0]]
        fixed = points.minted(digits)
        told.append(self.say(T("assessed {score}", score=self.figure(fixed) or "—")))
        if not fixed.masked[0]:
            told.append(self.say(T("difference {difference}", difference=plain(fixed - (first if own.masked[0] else own))[0])))
        yield ("，" if self.lang == "zh" else ", ").join(told)

    def score(self, kind: str, path: str) -> Column:
        """One kind of score of an item; masked where there is none."""
        found = self.scope.submissions.columns.get(score_name(kind, path))
        return found if isinstance(found, Column) else Column.of(None)

    def looked_up(self, plan: CriterionPlan) -> list[str]:
        """What the tables say that the criterion's own formulas read for the unit as a whole."""
        found: dict[str, None] = {}
        for lookup in (n for node in criterion_nodes(plan) for n in walked(node, lists=False) if isinstance(n, Lookup)):
            value = self.values.text(evaluate(lookup, self.scope), False)
            keys = [f"{self.speaker.formula(k)} {self.key(k)}" for k in lookup.keys]
            found[self.say(T("table “{table}”: {keys} → {value}", table=lookup.table.title, keys=keys, value=value))] = None
        return list(found)

    def key(self, node: Any) -> str:
        """What a table was asked for."""
        if names(node) & self.values.hidden:
            return self.say(HIDDEN)
        return self.values.text(evaluate(node, self.scope), self.speaker.is_percentage(node))

    def clauses(self, plan: CriterionPlan, pad: str) -> Iterator[str]:
        if plan.starts_full and plan.full is not None:
            yield f"{pad}  " + self.say(T("starts from full marks {full}", full=self.plain(evaluate(plan.full, self.scope))))
        for clause in plan.clauses:
            wording = self.speaker.clause(clause)
            title = clause.spec.title + ("：" if self.lang == "zh" else ": ") if clause.spec.title else ""
            yield f"{pad}  {title}{wording} → {self.contribution(plan, clause)}"
            if marks := marks_told(clause, plan.spec, self.scope, self.lang):
                yield f"{pad}    {marks}"
        if plan.spec.combine != "sum" and len(plan.clauses) > 1:
            yield f"{pad}  " + self.say(CHOSEN[plan.spec.combine])
        if plan.zero_if is not None:
            fires = evaluate(plan.zero_if, self.scope)
            word = self.say(T("unknown")) if fires.masked[0] else self.say(T("yes")) if fires.values[0] else self.say(T("no"))
            yield f"{pad}  " + self.say(T("no marks if {condition}: {word}", condition=self.speaker.formula(plan.zero_if), word=word))

    def contribution(self, plan: CriterionPlan, clause: Any) -> str:
        """What one clause gives this unit alone; a cohort rule shows its recorded figure."""
        if clause.rule.scope == "cohort":
            if clause.spec.within is not None or clause.where is not None:
                own = self.figure(self.scope.sheet.points[plan.spec.path]) or "—"
                return self.say(T("{points} (by comparison {whom})", points=own, whom=self.speaker.whom(clause.within, clause.where)))
            return self.say(
                T(
                    "{points} (by comparison with all units of the category)",
                    points=self.figure(self.scope.sheet.points[plan.spec.path]) or "—",
                )
            )
        points, _ = contributions(clause, plan.spec, self.scope, 1)
        if points.masked[0]:
            return say(REASON_WORDS[Reason(int(points.why[0]))], self.lang)  # type: ignore[index]
        sign = "+" if bool((points > 0).values[0]) else ""
        told = sign + self.plain(points)
        if clause.cap is None:
            return told
        most = evaluate(clause.cap, self.scope)
        if not bool((abs(points) > most).values[0]):
            return told
        return self.say(T("{points}, of which {counted} counts", points=told, counted=self.plain(points.clip(-most, most))))

    def figures(self) -> Iterator[str]:
        """The derived values that are put out with the standings."""
        for spec, _ in self.track.derived:
            if spec.declared.output:
                yield from self.values.read(spec.path, self.told)

    def gates(self) -> Iterator[str]:
        for gate in self.track.gates:
            yield from self.gate(gate)

    def gate(self, gate: GatePlan) -> Iterator[str]:
        reason = int(self.scope.sheet.reasons["gate:" + gate.spec.id][0])
        if reason == Reason.NOT_PART:
            return
        parts = {"name": f"{gate.spec.no} {gate.spec.title}".strip(), "condition": self.speaker.gate(gate)}
        if gate.spec.fires_when:
            yield self.say(T("gate {name}: {mark} — {condition}", **parts, mark=REASON_WORDS[Reason(reason)]))
        else:
            mark = FULFILLED.get(Reason(reason), REASON_WORDS[Reason(reason)])
            yield self.say(T("requirement {name}: {mark} — {condition}", **parts, mark=mark))
        if reason != Reason.GATE_CLEAR:
            yield from ("  " + self.standing.condition(part) for part in gate.parts)
            known: set[str] = set()
            for path in gate.reads:
                yield from (f"  {line}" for line in self.values.read(path, known))

    # ---------------------------------------------------------------- figures

    def reason(self, path: str) -> int:
        return int(self.scope.sheet.reasons[path][0])

    def figure(self, column: Column) -> str:
        return printed(column)[0]

    def plain(self, column: Column) -> str:
        """A figure that no stage minted: at the total's digits or fewer."""
        return shown(column, most=max(2, self.track.standard.total_rounding.decimals))[0]


def _name(spec: CriterionSpec | SectionSpec) -> str:
    return f"{spec.no} {spec.title}".strip()


__all__ = ["Verdict", "explain"]
