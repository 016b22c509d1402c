"""A rubric and a catalogue become a plan: variants applied, formulas parsed, and what can be computed in which pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.arguments import Formulas, arguments, read_by
from scorekit.compiling.caps import group_plan, whole_caps
from scorekit.compiling.figures import figure_node, groups, is_figure
from scorekit.compiling.gates import fires_node, gate_plan
from scorekit.compiling.kinds import WORDS, Kinds
from scorekit.compiling.ladders import ladder_plan, level_plan
from scorekit.compiling.lists import list_plans, matter_plans
from scorekit.compiling.lookup_tables import lookup_tables
from scorekit.compiling.means import fills, group_means
from scorekit.compiling.metaschema import check_overlaid
from scorekit.compiling.names import StandardNames
from scorekit.compiling.passes import in_passes
from scorekit.compiling.rankings import asked_rankings, ranking_plans, refuse_unlike
from scorekit.compiling.refusals import refuse
from scorekit.compiling.sections import section_plan, weighings
from scorekit.compiling.standard import standard
from scorekit.compiling.variants import expanded, overlaid
from scorekit.domain.calling import same_for_all
from scorekit.domain.formula import Call, Node, constant, names
from scorekit.domain.plan import ClausePlan, CriterionPlan, GatePlan, ListPlan, Plan, RankingPlan, SectionPlan, Track
from scorekit.domain.rubric import ClauseSpec, CriterionSpec, FieldSpec, RankingSpec, Rubric, SectionSpec, Standard
from scorekit.domain.rule import Rule
from scorekit.errors import RubricError, T

CATEGORIES = 2000
"""Categories that a standard may have; each has a ranking, sheets and lines of the record of its own."""


def compile_plan(rubric: Rubric, catalogue: Catalogue, period: Mapping[str, str] | None = None) -> Plan:
    """The plan of a rubric. *period* (start, end as ISO dates) overrides the rubric's own.

    Raises RubricError with file and JSON pointer, PluginError where a rule or aggregator is not there.
    """
    document = expanded(dict(rubric.document), rubric.document, rubric.where)
    base = standard(document, rubric)
    categories = _categories(base, rubric)
    variants = document["x-rubric"].get("variants", {})
    for name in variants:
        if name not in categories:
            raise RubricError(
                T("the variant “{name}” is no category", name=name),
                f"{rubric.where}#/x-rubric/variants/{name}",
                T("the categories are: {names}", names=list(categories)),
            )
    plain = tuple(c for c in categories if not variants.get(c))
    standards = [(plain, base)] if plain or not categories else []
    standards += [((c,), _variant(document, c, rubric, catalogue)) for c in categories if variants.get(c)]
    found = [_track(_Compiler(s, catalogue, {**s.period, **(period or {})}, rubric.where), base, c) for c, s in standards]
    tracks = in_passes(found, rubric.where)
    refuse_unlike(tracks, base.category)
    used = sorted(
        {clause.rule.plugin for t in tracks for c in t.criteria for clause in c.clauses}
        | {s.aggregator.plugin for t in tracks for s in t.sections}
        | {s.weighter.plugin for t in tracks for s in t.sections if s.weighter is not None}
    )
    return Plan(
        rubric=rubric,
        base=base,
        categories=categories,
        tracks=tracks,
        fields=_typed(base.fields, tracks[0]),
        criteria=_union(tracks, "criteria"),
        gates=_union(tracks, "gates"),
        sections=_union(tracks, "sections"),
        plugins={name: catalogue.version_of(name) for name in used},
    )


def _track(compiler: _Compiler, base: Standard, categories: tuple[str, ...]) -> Track:
    """The track of a standard; a fault that only one category's own standard has names the category."""
    varied = compiler.standard is not base
    compiler.formulas.names.others = {i.path for items in (base.criteria, base.sections) for i in items} | {r.id for r in base.rankings}
    try:
        return compiler.track(categories)
    except RubricError as error:
        if not varied:
            raise
        what = T("in the standard of “{category}”: {what}", category=list(categories), what=error.what)
        raise RubricError(what, error.where, error.cure) from error


def _variant(document: Mapping[str, Any], category: str, rubric: Rubric, catalogue: Catalogue) -> Standard:
    """The standard of one category: the base with the category's overlay, checked again."""
    changed = overlaid(document, category, rubric.where)
    check_overlaid(changed, category, rubric.where, catalogue)
    return standard(changed, rubric)


def _categories(base: Standard, rubric: Rubric) -> tuple[str, ...]:
    if not base.category:
        return ()
    spec = next((f for f in base.fields if f.path == base.category), None)
    if spec is None or "enum" not in spec.schema or not all(isinstance(v, str) and v.strip() for v in spec.schema["enum"]):
        raise RubricError(
            T("the category “{name}” must be a field with an enum", name=base.category),
            f"{rubric.where}#/x-rubric/category",
            T("list the categories"),
        )
    if len(spec.schema["enum"]) > CATEGORIES:
        raise RubricError(
            T("the standard has {count} categories, of {limit} at the most", count=len(spec.schema["enum"]), limit=CATEGORIES),
            f"{spec.pointer}/enum",
            T("let fewer categories be ranked, and make a field of its own of what divides them further"),
        )
    return tuple(spec.schema["enum"])


def _typed(fields: tuple[FieldSpec, ...], track: Track) -> tuple[FieldSpec, ...]:
    kinds = {f.path: f.kind for f, _ in track.derived}
    return tuple(replace(f, kind=kinds.get(f.path, f.kind)) for f in fields)


def _union(tracks: tuple[Track, ...], part: str) -> tuple[Any, ...]:
    """Items of all tracks in the first's order, each once, later ones after the item they follow."""
    found: list[Any] = []
    keys: list[str] = []
    for track in tracks:
        after = -1
        for item in getattr(track.standard, part):
            key = item.id if part == "gates" else item.path
            if key in keys:
                after = keys.index(key)
            else:
                after += 1
                keys.insert(after, key)
                found.insert(after, item)
    return tuple(found)


class _Compiler:
    """Compiles one standard, naming the place of every fault."""

    def __init__(
        self, spec: Standard, catalogue: Catalogue, period: Mapping[str, str], where: str, formulas: Formulas | None = None
    ) -> None:
        self.standard = spec
        self.catalogue = catalogue
        self.where = where
        self.tables = lookup_tables(spec.tables, f"{where}#/x-rubric/tables") if formulas is None else {}
        self.formulas = formulas or Formulas(
            StandardNames(spec, self.tables), _days(period, f"{where}#/x-rubric/period"), mark_rounding=spec.mark_rounding
        )
        self.fields = {f.path: f for f in spec.fields}
        self.gates: tuple[GatePlan, ...] = ()
        self.lists: dict[str, ListPlan] = {}

    def of(self, spec: Standard) -> _Compiler:
        """The compiler of a list's records: they share the formulas, and so the names further out."""
        return _Compiler(spec, self.catalogue, {}, self.where, self.formulas)

    def track(self, categories: tuple[str, ...]) -> Track:
        """The track, its items not yet in their passes."""
        spec = self.standard
        refuse(spec, self.where)
        known = self._derived()
        derived = tuple(known[f.path] for f in spec.fields if f.path in known)
        self.lists = list_plans(self, known)
        self.gates = tuple(gate_plan(g, self.formulas, spec) for g in spec.gates)
        criteria, gates = self.criteria(), self.gates
        sections = tuple(self.section(s) for s in _leaves_first(spec.sections, spec.total))
        matters = matter_plans(spec.matters, self.formulas, self.where)
        caps, largest = whole_caps(spec.caps, self.formulas, f"{self.where}#/x-rubric/caps")
        grouped = {k: group_plan(v, self.formulas, f"{self.where}#/x-rubric/caps/groups/{k}") for k, v in spec.groups.items()}
        floor = self.formulas.maybe_number(spec.total_floor, "", f"{self.where}#/x-rubric/total/floor")
        levels = tuple(level_plan(s, self.formulas) for s in spec.levels)
        more = tuple(ladder_plan(s, self.formulas) for s in spec.ladders)
        drawn_up = self._drawn_up(spec.rankings)
        spec = self.standard
        sections = tuple(replace(s, left_out=("left_out", s.spec.path) in self.formulas.read) for s in sections)
        kinds = {**{f.path: f for f, _ in derived}, **{p: plan.spec for p, plan in self.lists.items()}}
        return Track(
            categories=categories,
            standard=replace(spec, fields=tuple(kinds.get(f.path, f) for f in spec.fields)),
            derived=derived,
            criteria=criteria,
            sections=sections,
            gates=gates,
            levels=levels,
            ladders=more,
            rankings=drawn_up,
            fills=fills(criteria, {**self.fields, **kinds}),
            weighings=weighings(sections, spec),
            caps=caps,
            groups=grouped,
            steps=1,
            floor=floor,
            tables=self.tables,
            largest=largest,
            lists=self.lists,
            matters=matters,
        )

    def criteria(self) -> tuple[CriterionPlan, ...]:
        """The criteria of the standard."""
        return tuple(self._criterion(c) for c in self.standard.criteria)

    def _derived(self) -> dict[str, tuple[FieldSpec, Node]]:
        """The derived values, each of the kind that its formula gives. From here on every formula is checked for kinds."""
        names_ = self.formulas.names
        fields = [f for f in names_.fields.values() if f.derive is not None]
        texts = {f.path: (f, f.derive, f"{f.pointer}/x-derive") for f in fields}
        nodes = {path: self._derivation(spec, text, pointer) for path, (spec, text, pointer) in texts.items()}
        records = names_.lists.values()
        unmarked = frozenset(c.path for c in (*self.standard.criteria, *(c for r in records for c in r.criteria)) if c.points is None)
        scored = {path: bool(record.criteria) for path, record in names_.lists.items()}
        kinds = self.formulas.kinds = Kinds(names_.fields, nodes, unmarked, scored)
        found = {}
        for path, (spec, text, pointer) in texts.items():
            wanted = (spec.kind,) if "type" in spec.schema else ()
            inside = names_.inside(spec.section)
            self.formulas.checked(nodes[path], text, pointer, wanted, inside)
            kind = kinds.of(nodes[path], inside)
            if kind != "number" and (spec.declared.rounding or spec.declared.decimals is not None):
                what = T("“{name}” is {kind}, and only a number is rounded", name=spec.title, kind=WORDS[kind])
                raise RubricError(what, pointer, T("leave out “rounding” and “print”"))
            found[path] = (replace(spec, kind=kind), nodes[path])
        return found

    def _derivation(self, spec: FieldSpec, raw: Any, pointer: str) -> Node:
        """The formula of a derived value, or the figure of the population that it is."""
        if is_figure(raw):
            if self.formulas.names.inside(spec.section):
                what = T("a figure of the population is one of units and cannot stand in a record")
                raise RubricError(what, pointer, T("write it beside the list; the records read it by its name"))
            return figure_node(raw, spec.path, self.formulas, self.standard, spec.section, pointer)
        return self.formulas.node(raw, spec.section, pointer)

    def _criterion(self, spec: CriterionSpec) -> CriterionPlan:
        base = spec.base
        full = self.formulas.maybe_number(spec.points, base, f"{spec.pointer}/points")
        beside = spec.path if spec.path in self.fields else None
        clauses = self._waived(spec, tuple(self._clause(c, base, beside, full) for c in spec.clauses))
        if not clauses:
            raise RubricError(T("the criterion “{title}” has no rule", title=spec.title), spec.pointer, T("give it “rule” or “clauses”"))
        zero_if = self.formulas.maybe_condition(spec.zero_if, base, f"{spec.pointer}/zero_if")
        for gate in self.gates:
            if gate.spec.does("zero", spec.path):
                fires = fires_node(gate)
                zero_if = fires if zero_if is None else Call("or", (zero_if, fires))
        conditions = {
            k: self.formulas.maybe_condition(getattr(spec, k), base, f"{spec.pointer}/{k}") for k in ("only_for", "not_applicable_if")
        }
        reads = {p for c in clauses for p in c.reads}.union(
            *(names(n) for n in (zero_if, full, *conditions.values()) if n is not None), set()
        )
        reads |= {further for p in reads if p in self.lists for further in self.lists[p].reads}
        return CriterionPlan(
            spec=spec,
            clauses=clauses,
            full=full,
            starts_full=self._starts_full(spec, clauses),
            floor=self._bound(spec, "floor", full),
            ceiling=self._bound(spec, "ceiling", full),
            zero_if=zero_if,
            only_for=conditions["only_for"],
            not_applicable_if=conditions["not_applicable_if"],
            reads=tuple(f.path for f in self.standard.fields if f.path in reads),
            weight=self.formulas.number(spec.weight, base, f"{spec.pointer}/weight"),
            means=group_means(spec, self.formulas, self.standard),
        )

    def _waived(self, spec: CriterionSpec, clauses: tuple[ClausePlan, ...]) -> tuple[ClausePlan, ...]:
        """The clauses, those that take away waived where the criterion's own condition holds. Raises RubricError where none takes."""
        node = self.formulas.maybe_condition(spec.waived_if, spec.base, f"{spec.pointer}/waived_if")
        if node is None:
            return clauses
        if not any(c.rule.takes and not c.rule.adds for c in clauses):
            what = T("nothing is taken away in “{title}”, so nothing can be waived", title=spec.title)
            raise RubricError(what, f"{spec.pointer}/waived_if", T("write “if” on the clause that is meant, or leave this out"))
        return tuple(waived(c, node) if c.rule.takes and not c.rule.adds else c for c in clauses)

    def _clause(self, spec: ClauseSpec, base: str, beside: str | None, full: Node | None) -> ClausePlan:
        rule = self.catalogue.find("rules", spec.rule, spec.pointer)
        found = arguments(spec, rule, self.formulas, base, beside, full)
        at = spec.pointer.rpartition("/rule/")[0]
        condition = self.formulas.maybe_condition(spec.condition, base, f"{at}/if")
        waived = self.formulas.maybe_condition(spec.waived_if, base, f"{at}/waived_if")
        reads = read_by(found).union(*(names(n) for n in (condition, waived) if n is not None))
        cap = self.formulas.maybe_number(spec.cap, base, f"{at}/cap")
        within, where = self._compared(spec, rule, base, at)
        return ClausePlan(spec, rule, found, cap, condition, waived, tuple(sorted(reads)), within, where, same_for_all(found))

    def _compared(self, spec: ClauseSpec, rule: Rule, base: str, at: str) -> tuple[tuple[Node, ...], Node | None]:
        """Whom a rule that compares units compares. Raises RubricError where the rule compares none."""
        if rule.scope != "cohort":
            for key, given in (("within", spec.within), ("where", spec.where)):
                if given is not None:
                    what = T("the rule {rule} looks at one unit at a time, so “{key}” says nothing", rule=rule.name, key=key)
                    raise RubricError(what, f"{at}/{key}", T("leave it out"))
            return (), None
        where = self.formulas.maybe_condition(spec.where, base, f"{at}/where")
        return groups(spec.within, self.formulas, self.standard, base, at), where

    def _starts_full(self, spec: CriterionSpec, clauses: tuple[ClausePlan, ...]) -> bool:
        if spec.kind in ("bonus", "deduction"):
            return False
        if spec.start is not None:
            return spec.start == "full"
        if spec.points is None:
            return False
        if any(c.rule.adds and c.rule.takes for c in clauses):
            raise RubricError(T("a rule that both adds and takes needs “start”"), f"{spec.pointer}/start", T("write full or empty"))
        return not any(c.rule.adds for c in clauses)

    def _bound(self, spec: CriterionSpec, which: str, full: Node | None) -> Node | None:
        """The floor or ceiling that closes a criterion: as written, lifted (null), or by its kind."""
        raw = getattr(spec, which)
        if raw != "default":
            return self.formulas.maybe_number(raw, spec.base, f"{spec.pointer}/{which}")
        if spec.kind == "deduction":
            return constant(0) if which == "ceiling" else (None if full is None else Call("negative", (full,)))
        return constant(0) if which == "floor" else full

    def section(self, spec: SectionSpec) -> SectionPlan:
        """A section of the standard."""
        return section_plan(spec, self.standard, self.catalogue, self.formulas)

    def _drawn_up(self, declared: tuple[RankingSpec, ...]) -> tuple[RankingPlan, ...]:
        """The rankings, with those whose places formulas ask; the keys of a ranking may ask for more of them."""
        while True:
            known = len(self.formulas.names.asked)
            self.standard = replace(self.standard, rankings=(*declared, *self._asked()))
            drawn_up = ranking_plans(self.standard.rankings, self.formulas, self.fields)
            if len(self.formulas.names.asked) == known:
                return drawn_up

    def _asked(self) -> tuple[RankingSpec, ...]:
        """A ranking for each item of which some formula asks the rank."""
        own = (self.standard.category,) if self.standard.category else ()
        return asked_rankings(self.formulas.names.asked, self.formulas.names.titles, own, self.where)


def waived(clause: ClausePlan, node: Node) -> ClausePlan:
    """A clause that one condition more lifts."""
    either = node if clause.waived_if is None else Call("or", (clause.waived_if, node))
    return replace(clause, waived_if=either, reads=tuple(sorted({*clause.reads, *names(node)})))


def _leaves_first(sections: tuple[SectionSpec, ...], total: SectionSpec) -> list[SectionSpec]:
    """Deepest sections first, the total last."""
    return [*sorted(sections, key=lambda s: -s.path.count(".")), total]


def _days(period: Mapping[str, str], pointer: str) -> dict[str, Node]:
    """Start and end of the assessment period as constants. Raises RubricError where one is no date."""
    found: dict[str, Node] = {}
    for name in ("start", "end"):
        if name in period:
            try:
                found[f"period.{name}"] = constant(date.fromisoformat(str(period[name])))
            except ValueError:
                raise RubricError(
                    T("“{text}” is no date", text=str(period[name])), f"{pointer}/{name}", T("write it as 2026-12-31")
                ) from None
    return found
