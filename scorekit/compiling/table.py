"""The printed standard: clause by clause, with points and the scoring method in words made from the rule's parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorekit.compiling.one_category import standard_of
from scorekit.domain.column import Column
from scorekit.domain.formula import Constant, Node
from scorekit.domain.listing import group_words
from scorekit.domain.lookups import LookupTable
from scorekit.domain.plan import CriterionPlan, GroupPlan, ListPlan, Plan, SectionPlan, Track
from scorekit.domain.printing import ROUNDING_MODES, plain, shown
from scorekit.domain.rubric import CriterionSpec, SectionSpec, Words
from scorekit.domain.spoken import Speaker
from scorekit.errors import T, Text
from scorekit.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the printed standard. ``depth`` is 0 for a top section.

    ``kind`` is section, the criterion's kind, record, gate, figure, matter, table, or total.

    ``id`` names the item as an overlay does: ``criteria/path``, ``sections/path``, ``gates/id``.
    """

    depth: int
    kind: str
    no: str
    title: str
    points: str
    method: str
    basis: str
    id: str = ""


CHOSEN: dict[str, Text] = {
    "best": T("the best of: {options}"),
    "worst": T("only the heaviest of: {options}"),
    "first": T("the first that applies of: {options}"),
}
EFFECTS: dict[str, Text] = {
    "not awarded": T("not awarded (score and rank stay, the seat passes on)"),
    "not ranked": T("not ranked (others move up)"),
    "incomplete": T("incomplete until it is mended"),
    "zero total": T("the total becomes 0"),
    "zero": T("“{target}” becomes 0"),
    "level at most": T("level at most {target}"),
    "level is": T("level is {target}"),
}


MOST_ROWS = 50
"""Rows of a lookup table that are printed."""
_SIGNS = {"at_least": " ≥ ", "above": " > ", "at_most": " ≤ ", "below": " < "}


def standard_table(plan: Plan, lang: str, category: str | None = None) -> list[Row]:
    """The rows of the standard as it applies to *category*, without what is for others (the first, whole, where none is named)."""
    return rows_of(standard_of(plan, category), lang)


def rows_of(track: Track, lang: str) -> list[Row]:
    """The rows of all that a track holds."""
    return list(_Printer(track, lang).rows())


class _Printer:
    def __init__(self, track: Track, lang: str) -> None:
        self.track, self.lang = track, lang
        self.speaker = Speaker(track, lang)
        self.criteria = {c.spec.path: c for c in track.criteria}

    def rows(self) -> Iterator[Row]:
        spec = self.track.standard
        for section in spec.sections:
            if not section.parent:
                yield from self.section(section, 0)
        for criterion in spec.criteria:
            if not criterion.section:
                yield self.criterion(self.criteria[criterion.path], 0)
        yield from self.lists(self.track, "", 0)
        yield from self.gates()
        yield from self.figures()
        yield from self.matters()
        for table in self.track.tables.values():
            yield Row(0, "table", "", table.title, "", self.joined(list(self.table(table))), "")
        yield from self.total()

    def total(self) -> Iterator[Row]:
        """How the total is made, where it is more than its items added up."""
        plan = next(s for s in self.track.sections if not s.spec.path)
        floor = self.track.standard.total_floor
        extra = [self.say(t) for t in self.extras()]
        lifted = (
            []
            if floor == 0
            else [self.say(T("no floor") if floor is None else T("at least {floor} points", floor=self.number(self.track.floor)))]
        )
        notes = [*self.combined(plan), *(self.say(t) for t in self.settled(plan)), *extra, *lifted]
        if notes:
            yield Row(0, "total", "", self.say(T("the total")), self.number(plan.full), self.joined(notes), "")

    def figures(self) -> Iterator[Row]:
        """The derived values that are put out with the standings, and how they are rounded."""
        for spec, node in self.track.derived:
            notes, rounding = [self.speaker.formula(node)], spec.declared.rounding
            if rounding is not None:
                mode = say(ROUNDING_MODES[rounding.mode], self.lang)
                notes.append(self.say(T("{decimals} digits, {mode}", decimals=rounding.decimals, mode=mode)))
            if spec.declared.output:
                yield Row(0, "figure", "", spec.title, "", self.joined(notes), "")

    def matters(self) -> Iterator[Row]:
        """The records of several lists of which, of those alike, only one counts."""
        for matter in self.track.matters:
            said = {path: tuple(map(self.speaker.formula, nodes)) for path, nodes in matter.lists.items()}
            titles = {path: self.track.lists[path].spec.title for path in said}
            each = [self.say(T("“{list}” by {key}, each giving {value}", list=titles[p], key=k, value=v)) for p, (k, v) in said.items()]
            tail = self.say(T("of those alike only the largest counts, plus and minus apart, and of equals the first"))
            yield Row(0, "matter", "", matter.title, "", self.joined([*each, tail]), "")

    def table(self, table: LookupTable) -> Iterator[str]:
        """The rows of a lookup table in words, the first of many."""
        truths = (self.say(T("no")), self.say(T("yes")))
        cells = [[c if isinstance(c, str) else shown(Column.of(c), truths=truths)[0] for c in column] for column in table.cells]
        names = [f"{k.name}{_SIGNS.get(k.match, ' ')}" for k in table.keys]
        values = shown(table.values, truths=truths)
        for place in range(min(len(table), MOST_ROWS)):
            keys = [f"{name}{column[place]}".strip() for name, column in zip(names, cells, strict=True)]
            yield f"{('、' if self.lang == 'zh' else ', ').join(keys)} → {values[place]}"
        if len(table) > MOST_ROWS:
            yield self.say(T("… {count} rows in all", count=len(table)))
        if table.otherwise is not None:
            yield self.say(T("otherwise {value}", value=shown(table.otherwise, truths=truths)[0]))

    def section(self, section: SectionSpec, depth: int) -> Iterator[Row]:
        plan = next(s for s in self.track.sections if s.spec.path == section.path)
        notes = self.joined([*self.combined(plan), *(self.say(t) for t in self.settled(plan))])
        full, basis, within = self.number(plan.full), self.basis(section.words), list(self.within(section, depth + 1))
        if within or full or notes or basis:  # a section of gates alone has nothing here: they stand apart
            yield Row(depth, "section", section.no, section.title, full, notes, basis, f"sections/{section.path}")
        yield from within

    def within(self, section: SectionSpec, depth: int) -> Iterator[Row]:
        """What stands in a section."""
        for child in self.track.standard.sections:
            if child.parent == section.path:
                yield from self.section(child, depth)
        for criterion in self.track.standard.criteria:
            if criterion.section == section.path:
                yield self.criterion(self.criteria[criterion.path], depth)
        yield from self.lists(self.track, section.path, depth)

    def lists(self, track: Track, section: str, depth: int) -> Iterator[Row]:
        """How the records of a section's lists are scored, each list by itself."""
        for plan in track.lists.values():
            if plan.spec.section == section and (plan.section is not None or plan.track.lists):
                title = self.say(T("each record of “{list}”", list=plan.spec.title))
                yield Row(depth, "record", "", title, "", self.joined(self.figure(plan)), "", f"sections/{plan.spec.path}")
                inner = {c.spec.path: c for c in plan.track.criteria}
                for spec in plan.track.standard.criteria:
                    yield self.criterion(inner[spec.path], depth + 1)
                yield from self.lists(plan.track, plan.spec.path, depth + 1)

    def figure(self, plan: ListPlan) -> list[str]:
        """How one figure is made of a record's points, where that is not their sum as it is."""
        record, root = plan.spec.record, plan.section
        if record is None or root is None:
            return []
        found = self.combined(root)
        if plan.cap is not None:
            found.append(self.say(T("at most {cap} points", cap=self.number(plan.cap))))
        if plan.floor is not None:
            found.append(self.say(T("not below {floor}", floor=self.number(plan.floor))))
        if record.rounding is not None:
            found.append(self.say(T("rounded to {digits} digits", digits=record.rounding.decimals)))
        if plan.multiplier is not None:
            found.append(self.say(T("times {factor}", factor=self.number(plan.multiplier))))
        if record.multiplied is not None:
            found.append(self.say(T("rounded to {digits} digits", digits=record.multiplied.decimals)))
        return found

    def extras(self) -> Iterator[Text]:
        """What all bonuses and all deductions may come to, and the total with them."""
        caps, largest = self.track.caps, self.track.largest
        if "bonus" in largest:
            yield T("of all bonuses only the largest counts")
        if "bonus" in caps:
            yield T("bonuses at most {cap} in all", cap=self.number(caps["bonus"]))
        if "deduction" in largest:
            yield T("of all deductions only the largest counts")
        if "deduction" in caps:
            yield T("deductions at most {cap} in all", cap=self.number(caps["deduction"]))
        if "total" in caps:
            yield T("the total is at most {cap}", cap=self.number(caps["total"]))

    def grouped(self, group: GroupPlan) -> Iterator[Text]:
        """What the items of a group come to together."""
        if group.largest:
            yield T("only the largest counts")
        if group.plus is not None:
            yield T("bonuses at most {cap}", cap=self.number(group.plus))
        if group.minus is not None:
            yield T("deductions at most {cap}", cap=self.number(group.minus))

    def combined(self, plan: SectionPlan) -> list[str]:
        """How a section's items are combined, unless they are added up."""
        found = [self.speaker.aggregate(plan)] if plan.spec.aggregate != "sum" else []
        if plan.weighter is not None:
            says = plan.weighter.says
            how = says.get(self.lang) or says.get("zh") or plan.weighter.name
            found.append(self.say(T("weights drawn from the data — {how}", how=how)))
        return found

    def settled(self, plan: SectionPlan) -> Iterator[Text]:
        """A section's weight, bounds and scales, and where its figure is rounded by itself."""
        spec = plan.spec
        if spec.weight != 1:
            yield T("weight {weight}", weight=self.number(plan.weight))
        if plan.cap is not None:
            yield T("at most {cap} points", cap=self.number(plan.cap))
        if plan.floor is not None:
            yield T("at least {floor} points", floor=self.number(plan.floor))
        if spec.path and spec.scale:
            yield T("items that do not apply are left out and the rest put on full marks")
        if spec.rounding_weighted is not None and "weighted" in spec.aggregate:
            yield T("each weighted part is rounded to {decimals} digits", decimals=spec.rounding_weighted.decimals)
        if plan.scale_to is not None:
            yield T("put on a scale of {scale} points", scale=self.number(plan.scale_to))
        if spec.rounding_scaled is not None:
            yield T("rounded to {decimals} digits after that", decimals=spec.rounding_scaled.decimals)

    def criterion(self, plan: CriterionPlan, depth: int) -> Row:
        spec = plan.spec
        return Row(
            depth,
            spec.kind,
            spec.no,
            spec.title,
            self.number(plan.full),
            self.joined(self.method(plan)),
            self.basis(spec.words),
            f"criteria/{spec.path}",
        )

    def method(self, plan: CriterionPlan) -> list[str]:
        """The clauses in words, then the conditions and policies that are not the default."""
        spec, say_ = plan.spec, self.say
        found = [
            (c.spec.title + ("：" if self.lang == "zh" else ": ") if c.spec.title else "") + self.speaker.clause(c) for c in plan.clauses
        ]
        if spec.combine != "sum" and len(found) > 1:
            found = [say_(Text(CHOSEN[spec.combine].template, {"options": self.joined(found)}))]
        for node, text in (
            (plan.zero_if, T("no marks if {condition}")),
            (plan.only_for, T("only for units with {condition}")),
            (plan.not_applicable_if, T("does not apply if {condition}")),
        ):
            if node is not None:
                found.append(say_(Text(text.template, {"condition": self.speaker.formula(node)})))
        if plan.not_applicable_if is not None and spec.not_applicable == "full":
            found.append(say_(T("full marks where it does not apply")))
        found += [say_(text) for text in self.bounds(plan, spec)]
        return found

    def say(self, text: Text) -> str:
        return say(text, self.lang)

    def bounds(self, plan: CriterionPlan, spec: CriterionSpec) -> Iterator[Text]:
        if spec.floor != "default":
            yield T("no floor") if plan.floor is None else T("not below {floor}", floor=self.number(plan.floor))
        if spec.ceiling != "default":
            yield T("no ceiling") if plan.ceiling is None else T("not above {ceiling}", ceiling=self.number(plan.ceiling))
        if spec.weight != 1:
            yield T("weight {weight}", weight=self.number(plan.weight))
        if spec.group:
            group = self.track.groups[spec.group]
            named: str | list[str] = group.title or group_words((self.track.whole or self.track.standard).criteria, spec.group)
            yield T("with “{group}” together: {bounds}", group=named, bounds=list(self.grouped(group)))
        if spec.charge_to:
            yield T("charged to the section “{section}”", section=self.speaker.items.get(spec.charge_to, spec.charge_to))
        if spec.missing != ("incomplete" if spec.kind == "deduction" else "zero"):
            yield {
                "zero": T("a blank counts 0"),
                "incomplete": T("a blank leaves the unit incomplete"),
                "leave-out": T("a blank is left out"),
                **{how: self.mean(plan, "missing", T("a blank")) for how in ("mean-points", "mean-values")},
            }[spec.missing]
        if spec.not_applicable.startswith("mean-"):
            yield self.mean(plan, "not_applicable", T("what does not apply"))

    def mean(self, plan: CriterionPlan, policy: str, what: Text) -> Text:
        """The policy that takes the mean of a group, and of which."""
        whom = self.speaker.whom(plan.means.get(policy, ()), None)
        if getattr(plan.spec, policy) == "mean-points":
            return T("{what} gets the mean of the points {whom}", what=what, whom=whom)
        return T("{what} takes the mean of the values {whom} for its own", what=what, whom=whom)

    def gates(self) -> Iterator[Row]:
        levels = {s.id: s.title for s in (*self.track.standard.levels, self.track.standard.below)}
        for gate in self.track.gates:
            named = [(effect, levels.get(at) or self.speaker.items.get(at, at)) for effect, at in gate.spec.effects]
            effects = [say(Text(EFFECTS[effect].template, {"target": target}), self.lang) for effect, target in named]
            method = self.joined([self.speaker.gate(gate), *effects])
            basis = self.basis(Words(basis=gate.spec.basis, reading=gate.spec.reading))
            yield Row(0, "gate", gate.spec.no, gate.spec.title, "", method, basis, f"gates/{gate.spec.id}")

    def number(self, node: Node | None) -> str:
        if node is None:
            return ""
        return plain(node.value)[0] if isinstance(node, Constant) else self.speaker.formula(node)

    def basis(self, words: Words) -> str:
        return basis_text(words, self.lang)

    def joined(self, parts: list[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(p for p in parts if p)


def basis_text(words: Words, lang: str) -> str:
    """On what an item rests: its sources, and what is our own reading."""
    found = [f"{b['source']} {b.get('clause', '')}".strip() for b in words.basis]
    if words.reading:
        found.append(say(T("our reading: {reading}", reading=words.reading), lang))
    return ("；" if lang == "zh" else "; ").join(found)


def beside(words: Words, lang: str) -> list[str]:
    """The published text of a level or ladder, and on what it rests, as far as the standard says so."""
    told = [T("clause: {wording}", wording=words.wording)] if words.wording else []
    told += [T("basis: {basis}", basis=found)] if (found := basis_text(words, lang)) else []
    return [say(text, lang) for text in told]
