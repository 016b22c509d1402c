"""The plan that a rubric and a catalogue compile to: what is computed, from what, in which pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorekit.domain.formula import Figure, Node, constant, names
from scorekit.domain.lookups import LookupTable
from scorekit.domain.rubric import (
    ClauseSpec,
    CriterionSpec,
    FieldSpec,
    GateSpec,
    LadderSpec,
    LevelSpec,
    RankingSpec,
    Rubric,
    SectionSpec,
    Standard,
    TieSpec,
)
from scorekit.domain.rule import Aggregator, Param, Rule, Weighter

NOUGHT, ONE = constant(0), constant(1)
Argument = Any
"""A ``Node``, a path (panels and records), a literal, or a tuple or mapping of nodes for tables."""


@dataclass(frozen=True, slots=True)
class ClausePlan:
    """A clause ready to run: the rule, one argument a parameter, its conditions; ``reads`` are the paths it takes.

    A rule that compares units sees those alike in ``within`` for which ``where`` holds. ``given`` are those of the arguments
    that are the same for all units and never missing, as the rule takes them.
    """

    spec: ClauseSpec
    rule: Rule
    arguments: Mapping[str, tuple[Param, Argument]]
    cap: Node | None
    condition: Node | None
    waived_if: Node | None
    reads: tuple[str, ...]
    within: tuple[Node, ...] = ()
    where: Node | None = None
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CriterionPlan:
    """A criterion ready to run. ``step`` is the pass in which all that it reads is there (0: row by row)."""

    spec: CriterionSpec
    clauses: tuple[ClausePlan, ...]
    full: Node | None
    starts_full: bool
    floor: Node | None
    ceiling: Node | None
    zero_if: Node | None
    only_for: Node | None
    not_applicable_if: Node | None
    reads: tuple[str, ...]
    weight: Node = ONE
    step: int = 0
    means: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section ready to combine; the total is the section without a path and comes last."""

    spec: SectionSpec
    criteria: tuple[str, ...]
    sections: tuple[str, ...]
    aggregator: Aggregator
    full: Node | None
    weight: Node
    cap: Node | None
    floor: Node | None
    bonus_cap: Node | None
    deduction_cap: Node | None
    scale_to: Node | None = None
    settings: Mapping[str, tuple[Param, Argument]] = field(default_factory=dict)
    left_out: bool = False
    step: int = 0
    weighter: Weighter | None = None


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What the bonuses (plus) and the deductions (minus) of a group may come to, and whether only the largest counts."""

    plus: Node | None
    minus: Node | None
    largest: bool = False
    title: str = ""

    @property
    def nodes(self) -> list[Node]:
        """The formulas of its caps."""
        return [n for n in (self.plus, self.minus) if n is not None]


@dataclass(frozen=True, slots=True)
class Part:
    """One of several conditions, with the title that the rubric gives it."""

    title: str
    condition: Node


@dataclass(frozen=True, slots=True)
class GatePlan:
    """A gate ready to ask; ``step`` is the first pass after which its condition can be read.

    ``parts`` are those of a condition that is made of several.
    """

    spec: GateSpec
    condition: Node
    reads: tuple[str, ...]
    step: int = 0
    only_for: Node | None = None
    parts: tuple[Part, ...] = ()

    def nodes(self) -> list[Node]:
        """All formulas that it reads."""
        return [self.condition] if self.only_for is None else [self.condition, self.only_for]


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """A level ready to compare."""

    spec: LevelSpec
    of: Node
    at_least: Node | None
    at_most: Node | None
    condition: Node | None
    parts: tuple[Part, ...] = ()

    def nodes(self) -> list[Node]:
        """All formulas that it reads."""
        return [n for n in (self.of, self.at_least, self.at_most, self.condition) if n is not None]


@dataclass(frozen=True, slots=True)
class LadderPlan:
    """A ladder ready to compare."""

    spec: LadderSpec
    levels: tuple[LevelPlan, ...]

    @property
    def column(self) -> str:
        """The name of its levels among the figures of the standings."""
        return f"level:{self.spec.id}"


@dataclass(frozen=True, slots=True)
class TiePlan:
    """One key of a tie chain; a draw goes by no formula."""

    spec: TieSpec
    by: Node | None
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class RankingPlan:
    """A ranking ready to be drawn up. ``step`` is the pass before which formulas need it; None: only after all is scored."""

    spec: RankingSpec
    by: Node
    where: Node | None
    ties: tuple[TiePlan, ...]
    step: int | None = None

    @property
    def column(self) -> str:
        """The name of its places among the figures of the standings."""
        return f"rank:{self.spec.id}" if self.spec.id else "rank"

    @property
    def shape(self) -> tuple[Any, ...]:
        """What must be alike for units to be ranked together: all but the formulas and the words."""
        spec = self.spec
        keys = [(t.how, t.first, t.decimals, t.places, t.condition is None, t.by if t.how == "draw" else "") for t in spec.ties]
        return spec.within, spec.first, spec.decimals, spec.ends, spec.where is None, tuple(keys)

    def nodes(self) -> list[Node]:
        """All formulas that it reads."""
        found = [self.by, self.where, *(n for t in self.ties for n in (t.by, t.condition))]
        return [n for n in found if n is not None]


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """A figure of the whole population ready to be taken in pass ``step``; ``title`` is what people call it."""

    title: str
    node: Figure
    step: int = 1


@dataclass(frozen=True, slots=True)
class FillPlan(FigurePlan):
    """A mean of values that stands in a field where a unit has none; ``absent`` is when the field's criterion does not apply."""

    missing: bool = False
    invalid: bool = False
    not_applicable: bool = False
    absent: Node | None = None


@dataclass(frozen=True, slots=True)
class WeighingPlan:
    """The weights of a section's children, drawn from the data in pass ``step``."""

    key: str
    title: str
    weighter: Weighter
    children: tuple[str, ...]
    titles: Mapping[str, str]
    step: int = 1


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list ready to be read: ``track`` is the standard of its records, whose criteria, sections and lists have passes too.

    ``section`` combines a record's criteria (None where none is scored); ``step`` is the pass in which a record has
    its figure. ``reads`` are the fields outside the list that its records read.
    """

    spec: FieldSpec
    track: Track
    section: SectionPlan | None = None
    cap: Node | None = None
    floor: Node | None = None
    multiplier: Node | None = None
    reads: tuple[str, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True)
class MatterPlan:
    """Records of several lists of which, of those with the same key, only the largest counts: list → (key, value)."""

    id: str
    title: str
    lists: Mapping[str, tuple[Node, Node]]


@dataclass(frozen=True, slots=True)
class Track:
    """The standard as it applies to some categories: its parts in the order in which they are computed.

    ``items`` are its criteria by path; of the sections in ``based`` something counts in the base; ``rests`` has for each
    derived value those that it is derived from; ``whole`` is the standard with what was left out of this one, if anything
    was: what is left may still name it.
    """

    categories: tuple[str, ...]
    standard: Standard
    derived: tuple[tuple[FieldSpec, Node], ...]
    criteria: tuple[CriterionPlan, ...]
    sections: tuple[SectionPlan, ...]
    gates: tuple[GatePlan, ...]
    levels: tuple[LevelPlan, ...]
    rankings: tuple[RankingPlan, ...]
    caps: Mapping[str, Node]
    groups: Mapping[str, GroupPlan]
    steps: int
    total_step: int = 0
    floor: Node | None = NOUGHT
    tables: Mapping[str, LookupTable] = field(default_factory=dict)
    figures: tuple[FigurePlan, ...] = ()
    largest: frozenset[str] = frozenset()
    fills: Mapping[str, FillPlan] = field(default_factory=dict)
    weighings: tuple[WeighingPlan, ...] = ()
    ladders: tuple[LadderPlan, ...] = ()
    lists: Mapping[str, ListPlan] = field(default_factory=dict)
    matters: tuple[MatterPlan, ...] = ()
    whole: Standard | None = None
    items: Mapping[str, CriterionPlan] = field(init=False, repr=False, compare=False)
    based: frozenset[str] = field(init=False, repr=False, compare=False)
    rests: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", {c.spec.path: c for c in self.criteria})
        inside = {c.spec.section for c in self.criteria if c.spec.kind == "base"}
        object.__setattr__(self, "based", frozenset(s.spec.path for s in self.sections if any(below(i, s.spec.path) for i in inside)))
        paths = {spec.path for spec, _ in self.derived}
        read = {spec.path: set() if isinstance(node, Figure) else names(node) for spec, node in self.derived}
        object.__setattr__(self, "rests", {path: tuple(sorted(own & paths)) for path, own in read.items()})


def below(inner: str, outer: str) -> bool:
    """Whether a section is another or stands in it; all stand in the root."""
    return not outer or inner == outer or inner.startswith(outer + ".")


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled rubric: one track for each set of categories with the same standard.

    ``base`` is the standard before variants: it gives identity, category and the order in which things are printed.
    """

    rubric: Rubric
    base: Standard
    categories: tuple[str, ...]
    tracks: tuple[Track, ...]
    fields: tuple[FieldSpec, ...]
    criteria: tuple[CriterionSpec, ...]
    gates: tuple[GateSpec, ...]
    sections: tuple[SectionSpec, ...]
    plugins: Mapping[str, str] = field(default_factory=dict)

    @property
    def rankings(self) -> tuple[RankingPlan, ...]:
        """Those of all tracks, each once, the main one first; formulas of one category may ask for one that others lack."""
        found = {r.spec.id: r for t in reversed(self.tracks) for r in reversed(t.rankings)}
        steps = {r.spec.id: r.step for t in self.tracks for r in t.rankings if r.step is not None}
        return tuple(replace(r, step=steps.get(r.spec.id)) for r in found.values())[::-1]

    @property
    def ladders(self) -> tuple[LadderPlan, ...]:
        """The further ladders of all tracks, each once."""
        return tuple({a.spec.id: a for t in reversed(self.tracks) for a in reversed(t.ladders)}.values())[::-1]

    @property
    def decimals(self) -> int:
        """The digits after the point that the totals of all categories have in a table."""
        return max(t.standard.total_rounding.decimals for t in self.tracks)

    @property
    def steps(self) -> int:
        """How many passes there are; the first is row by row."""
        return max(t.steps for t in self.tracks)
