"""The printed standard as a paper: clauses, gates, levels, order, rules in force, fields, sources, in words and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorekit.compiling.form_kinds import idle_of
from scorekit.compiling.one_category import standard_of
from scorekit.compiling.sums import sums
from scorekit.compiling.table import Row, beside, standard_table
from scorekit.domain.paper import PaperLine, PaperTable, PrintedStandard
from scorekit.domain.plan import LevelPlan, Plan, Track
from scorekit.domain.rubric import FieldSpec, Words
from scorekit.domain.spoken import Speaker
from scorekit.errors import T, Text
from scorekit.words import say

_KINDS: Mapping[str, Text] = {"bonus": T("bonus"), "deduction": T("deduction")}
_WHO: Mapping[str, Text] = {
    "unit": T("the unit"),
    "office": T("the office"),
    "panel": T("raters"),
    "survey": T("a survey"),
    "result": T("an earlier run"),
}
_HOLDS: Mapping[str, Text] = {
    "number": T("a number"),
    "truth": T("yes or no"),
    "text": T("a text"),
    "date": T("a date"),
    "panel": T("marks by rater"),
    "records": T("a list, one thing a row"),
}
_MODES: Mapping[str, Text] = {
    "half-up": T("half up"),
    "half-even": T("half to even"),
    "toward-zero": T("cut off"),
    "away-from-zero": T("always up"),
    "floor": T("down"),
    "ceiling": T("up"),
}
_STAGES: Mapping[str, Text] = {
    "mark": T("each mark"),
    "record": T("each record"),
    "criterion": T("each criterion"),
    "section": T("each section"),
    "weighted": T("each weighted part"),
    "total": T("the total"),
}
_DEFAULT_ROUNDING = {"criterion": {"decimals": 2}, "total": {"decimals": 2}}
_MISSING: Mapping[str, Text] = {
    "zero": T("a blank counts 0"),
    "incomplete": T("a blank leaves the unit incomplete"),
    "leave-out": T("a blank is left out"),
}
_NOT_APPLICABLE: Mapping[str, Text] = {
    "renormalise": T("left out, and the rest put on full marks"),
    "full": T("full marks"),
    "leave-out": T("no part of the standard"),
}

_INVALID: Mapping[str, Text] = {
    "incomplete": T("no points, and the unit is incomplete until it is mended"),
    "as-missing": T("as a blank"),
}


def printed_standard(plan: Plan, category: str | None, lang: str) -> PrintedStandard:
    """The standard as it applies to *category* (the first, whole, where none is named), complete and in one language."""
    return _Setter(plan, category, lang).paper()


def made_up(track: Track) -> Iterator[Text]:
    """How the levels of a ladder add up, where not each stands for itself."""
    spec = track.standard
    if spec.cumulative:
        yield T("each level asks for all that the lower ones ask for, too")
    if spec.combination is not None:
        titles = {s.id: s.title for s in spec.ladders}
        told = {"lowest": T("the lowest of {ladders}"), "highest": T("the highest of {ladders}"), "lookup": T("by a table of {ladders}")}
        yield Text(told[spec.combination.how].template, {"ladders": [titles[name] for name in spec.combination.of]})
        levels = {s.id: s.title for ladder in spec.ladders for s in (*ladder.levels, ladder.below)}
        own = {s.id: s.title for s in (*spec.levels, spec.below)}
        for *given, result in spec.combination.rows:
            yield T("{levels} → {level}", levels=[levels[g] for g in given], level=own[result])


def changed_items(plan: Plan, track: Track) -> set[str]:
    """The ids of the items that a lower level changed or added, for the categories of one track."""
    found = set(plan.rubric.frame.get("based_on", {}).get("changed", ()))
    return found | {name.removeprefix(f"variants/{c}/") for c in track.categories for name in found}


class _Setter:
    def __init__(self, plan: Plan, category: str | None, lang: str) -> None:
        self.plan, self.category, self.track, self.lang = plan, category, standard_of(plan, category), lang
        self.speaker = Speaker(self.track, lang)
        self.frame: Mapping[str, Any] = plan.rubric.frame
        self.rows = standard_table(plan, lang, category)
        self.changed = changed_items(plan, self.track)

    def say(self, text: Text | str) -> str:
        return say(text, self.lang)

    def paper(self) -> PrintedStandard:
        rubric = self.plan.rubric
        under = [T("{id}, version {version}", id=rubric.id, version=rubric.version)]
        if self.plan.categories:
            under.append(T("As it applies to: {categories}", categories=self.track.categories))
        if "based_on" in self.frame:
            under.append(T("Tailored from: {id} {version}", id=self.frame["based_on"]["id"], version=self.frame["based_on"]["version"]))
        ladders = [
            self.ladder(T("Levels by {title}", title=x.spec.title), self.beside(x.spec.words), x.levels, x.spec.below.title)
            for x in self.track.ladders
        ]
        judged = (self.clauses(), self.apart("gate", T("Gates")), self.levels(), *ladders, self.order())
        beside = (self.in_force(), self.apart("figure", T("Figures put out beside the total")), self.fields())
        tables = (self.apart("matter", T("What counts only once")), self.apart("table", T("Lookup tables")))
        found = [t for t in (*judged, *beside, *tables, self.sources(), self.notes()) if t.lines]
        return PrintedStandard(self.track.standard.title, tuple(map(self.say, under)), tuple(found), self.lang, sums(self.track, self.lang))

    def table(self, heading: Text, columns: list[Text], widths: tuple[int, ...], lines: Iterator[PaperLine], **more: Any) -> PaperTable:
        return PaperTable(self.say(heading), tuple(map(self.say, columns)), widths, tuple(lines), **more)

    def clauses(self) -> PaperTable:
        columns = [T("No."), T("item"), T("full marks"), T("method"), T("basis")]
        return self.table(T("Clauses"), columns, (8, 22, 8, 44, 18), self.clause_lines(), centred=(0, 2))

    def clause_lines(self) -> Iterator[PaperLine]:
        for row in self.rows:
            if row.kind not in ("gate", "figure", "matter", "table"):
                kind = self.say(_KINDS.get(row.kind, ""))
                yield PaperLine(
                    (row.no, self.titled(row), f"{kind} {row.points}".strip(), row.method, row.basis), row.depth, row.kind == "section"
                )

    def titled(self, row: Row) -> str:
        return row.title + (self.say(T(" (changed here)")) if row.id in self.changed else "")

    def apart(self, kind: str, heading: Text) -> PaperTable:
        lines = (PaperLine((r.no, self.titled(r), r.method, r.basis)) for r in self.rows if r.kind == kind)
        return self.table(heading, [T("No."), T("title"), T("what it says"), T("basis")], (8, 22, 52, 18), lines, centred=(0,))

    def levels(self) -> PaperTable:
        lines = [PaperLine(("", self.say(text))) for text in made_up(self.track)] if self.track.levels else []
        listed = self.track.levels if self.track.standard.combination is None else ()
        return self.ladder(T("Levels"), lines, listed, self.track.standard.below.title)

    def beside(self, words: Words) -> list[PaperLine]:
        return [PaperLine(("", text)) for text in beside(words, self.lang)]

    def ladder(self, heading: Text, lines: list[PaperLine], levels: Sequence[LevelPlan], below: str) -> PaperTable:
        lines = [
            *lines,
            *(PaperLine((s.spec.title, self.joined([*self.speaker.level(s), *beside(s.spec.words, self.lang)]))) for s in levels),
        ]
        if lines:
            lines.append(PaperLine((below, self.say(T("all others")))))
        return self.table(heading, [T("level"), T("asks for")], (30, 70), iter(lines), indented=0)

    def joined(self, parts: Sequence[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def order(self) -> PaperTable:
        told = [self.say(self.speaker.ranking(r, self.plan.base.category)) for r in self.track.rankings]
        lines = (PaperLine(_parted(t)) for t in told)
        return self.table(T("Order"), [T("ranking"), T("goes by")], (30, 70), lines, indented=0)

    def in_force(self) -> PaperTable:
        lines = (PaperLine((self.say(what), self.say(how))) for what, how in self.policies())
        return self.table(T("Rules in force"), [T("matter"), T("rule")], (30, 70), lines, indented=0)

    def policies(self) -> Iterator[tuple[Text, Text]]:
        """What holds unless an item says otherwise; defaults are printed, too."""
        caps = {"bonus": T("bonuses in all"), "deduction": T("deductions in all"), "total": T("the total")}
        for name, value in self.track.standard.caps.items():
            yield T("cap: {of}", of=caps.get(name, name)), T("{value}", value=_brief(value))
        for name, value in self.track.standard.groups.items():
            yield T("cap: {of}", of=name), T("{value}", value=_brief(value))
        stages = self.frame.get("rounding", _DEFAULT_ROUNDING)
        for name, spec in {**({} if "total" in stages else {"total": {"decimals": 2}}), **stages}.items():
            mode = _MODES.get(spec.get("mode", "half-up"), spec.get("mode", ""))
            yield (
                T("rounding: {stage}", stage=_STAGES.get(name, name)),
                T("{decimals} decimals, {mode}", decimals=spec["decimals"], mode=mode),
            )
        yield T("blanks"), self.policy("missing", "zero", _MISSING)
        yield T("blanks in deductions and gates"), T("a blank leaves the unit incomplete; it is asked for, not assumed")
        yield T("what does not apply"), self.policy("not_applicable", "renormalise", _NOT_APPLICABLE)
        yield T("invalid values"), self.policy("invalid", "incomplete", _INVALID)
        if self.track.standard.period:
            period = self.track.standard.period
            yield T("assessment period"), T("{start} to {end}", start=period.get("start", ""), end=period.get("end", ""))

    def policy(self, name: str, otherwise: str, words: Mapping[str, Text]) -> Text:
        """A policy of the whole rubric in words; one with parameters as it is written."""
        chosen = self.frame.get(name, otherwise)
        known = words.get(chosen) if isinstance(chosen, str) else None
        return known or Text("{value}", {"value": _brief(chosen)})

    def fields(self) -> PaperTable:
        columns = [T("field"), T("filled in by"), T("holds"), T("may be, or is computed as"), T("evidence")]
        return self.table(T("Fields"), columns, (26, 11, 13, 34, 16), self.field_lines(), indented=0)

    def field_lines(self) -> Iterator[PaperLine]:
        derived = {f.path: node for f, node in self.track.derived}
        titles = {s.path: s.title for s in (*self.plan.sections, *self.track.standard.sections)}
        idle, section = idle_of(self.plan, self.category), None
        for spec in (f for f in self.track.standard.fields if f.path not in idle):
            if spec.section != section:
                section = spec.section
                if section:
                    yield PaperLine((titles.get(section, section), "", "", "", ""), section.count("."), True)
            depth = section.count(".") + 1 if section else 0
            computed = spec.path in derived
            may = self.speaker.formula(derived[spec.path]) if computed else self.range_of(spec)
            who = T("computed") if computed else _WHO.get(spec.source, spec.source)
            yield PaperLine((spec.title, self.say(who), self.holds(spec), may, spec.evidence), depth)
            for item in spec.items:
                yield PaperLine((item.title, "", self.holds(item), self.range_of(item), ""), depth + 1)

    def holds(self, spec: FieldSpec) -> str:
        if spec.unit in ("percent", "fraction"):
            return self.say(T("a percentage"))
        word = self.say(_HOLDS.get(spec.kind, spec.kind))
        return f"{word} ({spec.unit})" if spec.unit else word

    def range_of(self, spec: FieldSpec) -> str:
        """What a field may hold, in words."""
        schema = spec.schema
        if "enum" in schema:
            return ("、" if self.lang == "zh" else ", ").join(_brief(v) for v in schema["enum"])
        parts = [f"{sign} {_brief(schema[key])}" for key, sign in _SIGNS.items() if key in schema]
        if spec.raters:
            parts.append(("、" if self.lang == "zh" else ", ").join(spec.raters))
        if spec.aliases:
            parts.append(self.say(T("also called {names}", names=list(spec.aliases))))
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def sources(self) -> PaperTable:
        lines = (
            PaperLine((name, " ".join(str(spec[k]) for k in ("title", "note") if k in spec), str(spec.get("address", ""))))
            for name, spec in self.track.standard.sources.items()
        )
        return self.table(T("Sources"), [T("mark"), T("document"), T("address")], (10, 60, 30), lines, indented=0)

    def notes(self) -> PaperTable:
        told = [*self.frame.get("notes", ()), *([self.frame["reading"]] if "reading" in self.frame else [])]
        lines = (PaperLine((str(i), note)) for i, note in enumerate(told, 1))
        return self.table(T("Notes"), [T("No."), T("note")], (8, 92), lines, centred=(0,))


_SIGNS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}


def _parted(text: str) -> tuple[str, str]:
    """A text as title and rest."""
    title, sign, rest = text.partition("：" if "：" in text else ": ")
    return (title, rest) if sign else ("", text)


def _brief(value: Any) -> str:
    """A value as its author wrote it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {_brief(v)}" for k, v in value.items())
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
