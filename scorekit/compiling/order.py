"""What reads what: the pass in which each criterion, section and gate can be computed; a cycle is a rubric error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorekit.compiling.lists import all_names, listed, nodes_of_matters, reads_results
from scorekit.domain.formula import Figure, Node, parts, results
from scorekit.domain.imputing import takes_points
from scorekit.domain.plan import CriterionPlan, FillPlan, GatePlan, ListPlan, MatterPlan, RankingPlan, SectionPlan, WeighingPlan
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.walking import bounds_of, criterion_nodes, figure_nodes
from scorekit.errors import RubricError, T

Derived = Sequence[tuple[FieldSpec, Node]]
RANK, MAIN, BASE, WEIGHT = "rank:", "ranking", "base:", "weight:"
LONGEST = 100


def steps(
    derived: Derived,
    criteria: Sequence[CriterionPlan],
    sections: Sequence[SectionPlan],
    gates: Sequence[GatePlan],
    caps: Sequence[Node],
    rankings: Sequence[RankingPlan],
    where: str,
    least: Mapping[str, int] | None = None,
    fills: Mapping[str, FillPlan] | None = None,
    weighings: Sequence[WeighingPlan] = (),
    lists: Mapping[str, ListPlan] | None = None,
    matters: Sequence[MatterPlan] = (),
) -> dict[str, int]:
    """The pass of each item, in an order in which each follows what it reads.

    Keys are criterion paths, ``section:<path>`` (``base:`` is the total before bonuses, ``section:`` after them), ``gate:<id>``,
    ``list:<path>`` (a record's figure), ``figure:<path>`` of a population and, of rankings that these read, ``rank:<id>``: one
    is drawn up before its pass. Pass 0 is row by row; what needs a whole population, or a section's or record's figure, opens
    a later one. *caps* are those of the total; of *rankings* the first is the main one. *least* is the earliest pass of an
    item that other categories allow; *fills* are the fields that a mean of values fills.
    """
    within = list(listed(lists or {}))
    derived, inside = [*derived, *(d for plan in within for d in plan.track.derived)], frozenset(plan.spec.path for plan in within)
    graph = _Graph({f.path: n for f, n in derived}, where, inside, least=dict(least or {}), fills=fills or {})
    graph.at = {c.spec.path: c.spec.pointer for c in criteria} | {"gate:" + g.spec.id: g.spec.pointer for g in gates}
    graph.at |= {graph.derivation(f.path): f.pointer for f, _ in derived} | {"section:" + s.spec.path: s.spec.pointer for s in sections}
    _add_fills(graph)
    for plan in within:
        _add_list(graph, plan)
    for criterion in criteria:
        _add_criterion(graph, criterion, matters)
    _add_weighings(graph, weighings)
    for gate in gates:
        graph.needs["gate:" + gate.spec.id] = graph.of(gate.nodes())
    _add_sections(graph, criteria, sections, gates, caps, weighings)
    _add_derived(graph, derived)
    scored = [item for item in graph.needs if not item.startswith("derived:")]
    ranked = _add_rankings(graph, rankings)
    return _found(graph, scored, ranked)


def _add_fills(graph: _Graph) -> None:
    """The means of values that stand in fields where units have none; a mean does not rest on itself."""
    for fill in graph.fills.values():
        item = "figure:" + fill.node.key
        graph.needs[item] = [n for n in graph.of([*parts(fill.node)]) if n != item]
        graph.compares(item)


def _add_weighings(graph: _Graph, weighings: Sequence[WeighingPlan]) -> None:
    """The weights that are drawn from the data: from all that is weighed."""
    for weighing in weighings:
        graph.needs["figure:" + weighing.key] = [c if c in graph.needs else f"section:{c}" for c in weighing.children]
        graph.compares("figure:" + weighing.key)


def _add_sections(
    graph: _Graph,
    criteria: Sequence[CriterionPlan],
    sections: Sequence[SectionPlan],
    gates: Sequence[GatePlan],
    caps: Sequence[Node],
    weighings: Sequence[WeighingPlan],
) -> None:
    """The sections with all that makes them, the total among them, and the weights of all that is combined."""
    base = {c.spec.path for c in criteria if c.spec.kind == "base"}
    weights = {s.spec.path: s.weight for s in sections} | {c.spec.path: c.weight for c in criteria}
    for section in sections:
        path = section.spec.path
        inner = [*(c for c in section.criteria if c in base), *("section:" + s for s in section.sections)]
        inner += ["gate:" + g.spec.id for g in gates if g.spec.does("zero", path)]
        inner += ["figure:" + w.key for w in weighings if w.key == f"weights:{path}"]
        inner += graph.of([*bounds_of(section), *(weights[c] for c in (*section.criteria, *section.sections))])
        if path:
            inner += [c.spec.path for c in criteria if c.spec.charge_to == path]
        else:
            graph.needs[BASE] = inner
            inner = [*inner, *(c.spec.path for c in criteria), *("gate:" + g.spec.id for g in gates if g.spec.does("zero total"))]
            inner += graph.of([*caps, *(n for s in sections for n in (s.bonus_cap, s.deduction_cap) if n is not None)])
            inner.append(BASE)
        graph.needs["section:" + path] = inner
    for path, weight in weights.items():
        graph.needs[WEIGHT + path] = graph.of([weight])


def _add_derived(graph: _Graph, derived: Derived) -> None:
    """The derived values; figures of the population see all units together."""
    for spec, node in derived:
        item = graph.derivation(spec.path)
        graph.needs[item] = graph.of([*parts(node)] if isinstance(node, Figure) else [node], graph.home(spec.path))
        if isinstance(node, Figure):
            graph.compares(item)


def _add_rankings(graph: _Graph, rankings: Sequence[RankingPlan]) -> list[str]:
    """The rankings, each of which stands behind the barrier; their keys."""
    found = []
    for ranking in rankings:
        item = RANK + ranking.spec.id if ranking.spec.id else MAIN
        graph.needs[item] = graph.of(ranking.nodes())
        graph.least[item], graph.at[item] = max(graph.least.get(item, 0), 1), ranking.spec.pointer
        found.append(item)
    return found


def _found(graph: _Graph, scored: Sequence[str], ranked: Sequence[str]) -> dict[str, int]:
    """The passes of all that is scored and of what rankings read; what only the end needs is looked at for circles."""
    for item in scored:
        graph.step(item, ())
    for item in ranked:  # the places that a ranking's keys read are there before it
        for needed in graph.needs[item]:
            graph.step(needed, (item,))
    found = {k: v for k, v in graph.found.items() if not k.startswith("derived:")}
    for item in graph.needs:
        graph.step(item, ())
    return found


def _add_criterion(graph: _Graph, criterion: CriterionPlan, matters: Sequence[MatterPlan], inside: str = "") -> None:
    path = criterion.spec.path
    nodes = criterion_nodes(criterion)
    for clause in criterion.clauses:
        nodes += [n for param, value in clause.arguments.values() if param.kind == "records" for n in nodes_of_matters(matters, value)]
    graph.needs[path] = graph.of(nodes, inside)
    if any(clause.rule.scope == "cohort" for clause in criterion.clauses):
        graph.compares(path)
    if takes_points(criterion):
        graph.compares(path)
        graph.late.add(path)


def _add_list(graph: _Graph, plan: ListPlan) -> None:
    """The records of a list: their criteria and sections, and the figure made of them."""
    path, track = plan.spec.path, plan.track
    graph.at["list:" + path] = plan.spec.pointer
    kinds = {c.spec.path: c.spec.kind for c in track.criteria}
    weights = {s.spec.path: s.weight for s in track.sections} | {c.spec.path: c.weight for c in track.criteria}
    for criterion in track.criteria:
        graph.at[criterion.spec.path] = criterion.spec.pointer
        _add_criterion(graph, criterion, (), path)
    for section in track.sections:
        inner = [*(c for c in section.criteria if kinds[c] == "base"), *("section:" + s for s in section.sections)]
        inner += graph.of([*bounds_of(section), *(weights[c] for c in (*section.criteria, *section.sections))], path)
        graph.needs["section:" + section.spec.path] = inner
    figure = [*kinds, *("section:" + s.spec.path for s in track.sections), *("list:" + inner for inner in track.lists)]
    extra = [n for s in track.sections for n in (s.bonus_cap, s.deduction_cap) if n is not None]
    graph.needs["list:" + path] = [*figure, *graph.of([*figure_nodes(plan), *extra], path)]


@dataclass
class _Graph:
    derived: Mapping[str, Node]
    where: str
    lists: frozenset[str] = frozenset()
    at: dict[str, str] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    together: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    fills: Mapping[str, FillPlan] = field(default_factory=dict)

    def of(self, nodes: list[Node], inside: str = "") -> list[str]:
        """What formulas need, as keys; *inside* is the list of whose records they speak."""
        needed: dict[str, None] = {}
        for node in nodes:
            for name in sorted(all_names(node)):
                of = self.beyond(name, inside)
                if name in self.derived:
                    needed[self.derivation(name)] = None
                    if of and reads_results(self.derived[name], self.derived, of):
                        needed["list:" + of] = None
                if name in self.fills:
                    needed["figure:" + self.fills[name].node.key] = None
            for figure, path in sorted(results(node)):
                of = path if figure == "record" and not self.beyond(path, inside) else self.beyond(path, inside)
                needed["list:" + of if of else _key(figure, path)] = None
        return list(needed)

    def derivation(self, path: str) -> str:
        """The key of a derived value, or of the population's figure that it is."""
        return ("figure:" if isinstance(self.derived[path], Figure) else "derived:") + path

    def compares(self, item: str) -> None:
        """All units are seen together in *item*: it stands behind the barrier, and all that it reads is there for every unit."""
        self.least[item] = max(self.least.get(item, 0), 1)
        self.together.add(item)

    def home(self, key: str) -> str:
        """The innermost list that an item stands in, or whose records' figure it is; empty for the units' own."""
        path = key.partition(":")[2] if ":" in key else key
        while path and path not in self.lists:
            path = path.rpartition(".")[0]
        return path if key.startswith(("section:", "list:")) or path != key else self.home(path.rpartition(".")[0])

    def beyond(self, path: str, inside: str) -> str:
        """The outermost list that a path stands in and *inside* does not; empty where its records are those of *inside*."""
        names = path.split(".")
        outward = [".".join(names[:i]) for i in range(1, len(names))]
        return next((p for p in outward if p in self.lists and p != inside and not inside.startswith(p + ".")), "")

    def opens(self, item: str, needed: str) -> bool:
        """Whether what an item needs opens another pass: a section's or a record's figure, unless it is made in the same go."""
        if item in self.together and not needed.startswith("figure:"):
            return True
        if needed in self.late and not item.startswith(("section:", BASE)):
            return True
        if item.startswith(RANK):
            return not needed.startswith(RANK)
        if not needed.startswith(("section:", "list:", BASE)) and needed in self.needs:
            return False
        if not item.startswith(("section:", "list:", BASE)):
            return True
        home, path = self.home(item), needed.partition(":")[2] if ":" in needed else needed
        return home != "" and path != home and not path.startswith(home + ".")

    def step(self, item: str, way: tuple[str, ...]) -> int:
        """The pass of an item: after all it needs; a section's figure read by a criterion opens another pass."""
        if item in self.found:
            return self.found[item]
        if item not in self.needs and "section:" + item in self.needs:
            item = "section:" + item
            if item in self.found:
                return self.found[item]
        if item == RANK:
            return self._ranked(way)
        if item in way:
            cycle = " → ".join(_shown(i) for i in (*way[way.index(item) :], item))
            raise RubricError(
                T("these read one another in a circle: {cycle}", cycle=cycle),
                self.at.get(item, self.where),
                T("let one of them read something else"),
            )
        if len(way) > LONGEST:
            chain = " → ".join(_shown(i) for i in (*way[:3], "…", item))
            raise RubricError(
                T("more than {most} values rest on one another: {chain}", most=LONGEST, chain=chain), self.where, T("shorten the chain")
            )
        step = self.least.get(item, 0)
        for needed in self.needs[item]:
            before = self.step(needed, (*way, item))
            step = max(step, before + 1 if self.opens(item, needed) else before)
        self.found[item] = step
        return step

    def _ranked(self, way: tuple[str, ...]) -> int:
        """The rank is there only after all is scored: levels may read it, and derived values that only levels read."""
        reader = next((i for i in way if not i.startswith("derived:")), None)
        if reader is not None:
            what = T("“{item}” reads rank(), which is known only after ranking", item=_shown(reader))
            raise RubricError(what, self.at.get(reader, self.where), T("only levels may read the rank"))
        return 0


def _key(figure: str, path: str) -> str:
    """The item that a figure of the score sheet comes from."""
    if figure in ("rank", "weight"):
        return f"{figure}:{path}"
    return BASE if figure == "base" else path or "section:"


def _shown(item: str) -> str:
    """An item as formulas name it."""
    if item == MAIN:
        return "tie_break"
    if item == BASE:
        return "base()"
    if item.startswith(WEIGHT):
        return f"weight({item.removeprefix(WEIGHT)})"
    if item.startswith(RANK):
        return f"rank({item.removeprefix(RANK)})"
    if item.startswith(("derived:", "gate:", "figure:", "list:")):
        return item.partition(":")[2]
    return item.removeprefix("section:") or "points()"
