"""A rubric in plain Python: the document as published, and the specifications read out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["base", "bonus", "deduction", "gate"]
Raw = Any
"""A number, formula text or truth as it stands in the document (numbers as int or Decimal)."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A versioned standard: the JSON document (numbers exact) and where it was read from."""

    id: str
    version: str
    title: str
    document: Mapping[str, Any]
    where: str = ""

    @property
    def frame(self) -> Mapping[str, Any]:
        """The part under ``x-rubric``."""
        frame: Mapping[str, Any] = self.document["x-rubric"]
        return frame


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a stage rounds: digits after the point, and the mode."""

    decimals: int
    mode: str = "half-up"


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """Of a panel: a role and a column's heading for each rater (or none at all), and how often each may give a mark.

    Of a survey ``invited`` is the field that says how many were asked.
    """

    roles: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    quota: Mapping[str, int] = field(default_factory=dict)
    invited: str = ""


@dataclass(frozen=True, slots=True)
class ResultSpec:
    """A figure of an earlier run: which run and figure, the fields that make the key here and there, what is made of several."""

    run: str
    figure: str
    key: tuple[str, ...] = ()
    by: tuple[str, ...] = ("unit",)
    take: str = "one"

    @property
    def is_text(self) -> bool:
        """Whether the figure is a word: a level, a status, an award."""
        return self.figure in ("level", "status", "award", "category") or self.figure.startswith("level:")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a rubric says of a derived value besides its formula: how it is rounded, whether it is put out, digits on paper."""

    rounding: Rounding | None = None
    output: bool = False
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the form. ``kind`` is the column it becomes; ``schema`` its JSON Schema keywords.

    ``derive`` is the formula of a derived value, or the mapping that describes a figure of the population.
    """

    path: str
    title: str
    kind: Literal["number", "truth", "text", "date", "panel", "records"]
    schema: Mapping[str, Any]
    pointer: str
    section: str
    required: bool = False
    unit: str = ""
    derive: Raw = None
    source: str = "unit"
    raters: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    evidence: str = ""
    personal: bool = False
    blank: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    items: tuple[FieldSpec, ...] = ()
    record: RecordSpec | None = None
    panel: PanelSpec = field(default_factory=PanelSpec)
    result: ResultSpec | None = None

    @property
    def mark_kind(self) -> Literal["number", "text"]:
        """What a panel's marks are: grades as texts where their schema says so, else numbers."""
        schema = self.schema.get("additionalProperties")
        schema = schema if isinstance(schema, Mapping) else {}
        kinds = schema.get("type", ())
        texts = [o for o in schema.get("enum", ()) if o is not None]
        return "text" if "string" in kinds or (texts and all(isinstance(o, str) for o in texts)) else "number"

    declared: Declared = Declared()

    @property
    def percentage(self) -> bool:
        """Whether the field is a percentage, seen by formulas as a fraction."""
        return self.unit in ("percent", "fraction")

    @property
    def digits(self) -> int | None:
        """The digits after the point to which a derived value is rounded; of a percentage those of the fraction."""
        rounding = self.declared.rounding
        return None if rounding is None else rounding.decimals + 2 * self.percentage


@dataclass(frozen=True, slots=True)
class ClauseSpec:
    """One clause of a criterion: a rule with its parameters, its own cap and conditions, and whom it compares."""

    id: str
    rule: str
    params: Mapping[str, Raw]
    pointer: str
    title: str = ""
    cap: Raw = None
    condition: str | None = None
    waived_if: str | None = None
    within: tuple[str, ...] | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionSpec:
    """One formula, or several of which all or any must hold: for each its title, its pointer within the condition, its text."""

    parts: tuple[tuple[str, str, str], ...]
    how: Literal["all", "any"] = "all"


@dataclass(frozen=True, slots=True)
class GateSpec:
    """A condition that bars, zeroes or limits; ``fires_when`` is the truth of the condition at which it fires.

    ``effects`` are all that it does, each with the item or level it names, "" where it names none.
    """

    id: str
    no: str
    title: str
    condition: ConditionSpec
    fires_when: bool
    effects: tuple[tuple[str, str], ...]
    blank: Literal["incomplete", "no"]
    pointer: str
    section: str = ""
    wording: str = ""
    basis: tuple[Mapping[str, str], ...] = ()
    reading: str = ""
    only_for: str | None = None

    def does(self, effect: str, target: str = "") -> bool:
        """Whether an effect (on a *target*) is among those it has."""
        return (effect, target) in self.effects


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed beside an item and never read by the scoring."""

    wording: str = ""
    basis: tuple[Mapping[str, str], ...] = ()
    reading: str = ""
    owner: str = ""
    evidence: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """One item that earns or loses points; policies are those that apply after inheritance.

    ``print`` are the digits on paper, None for all. ``whole`` is one that stands on an object: it scores what is below it as a whole.

    ``means`` holds, for each policy that takes a mean, in what units of one group are alike (None: the category).
    """

    path: str
    no: str
    title: str
    kind: Kind
    points: Raw
    clauses: tuple[ClauseSpec, ...]
    pointer: str
    section: str
    combine: Literal["sum", "best", "worst", "first"] = "sum"
    start: str | None = None
    zero_if: str | None = None
    waived_if: str | None = None
    only_for: str | None = None
    not_applicable_if: str | None = None
    missing: str = "zero"
    not_applicable: str = "renormalise"
    means: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    invalid: str = "incomplete"
    floor: Raw = "default"
    ceiling: Raw = "default"
    group: str = ""
    charge_to: str = ""
    weight: Raw = 1
    rounding: Rounding | None = None
    words: Words = field(default_factory=Words)
    whole: bool = False
    beyond: str = ""
    print: int | None = None

    @property
    def base(self) -> str:
        """Where its formulas seek their names first."""
        return self.path if self.whole else self.section


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A branch of the rubric with its own subtotal; ``path`` is empty for the total."""

    path: str
    no: str
    title: str
    points: Raw
    pointer: str
    parent: str
    aggregate: str = "sum"
    weights: str = ""
    settings: Mapping[str, Raw] = field(default_factory=dict)
    weight: Raw = 1
    cap: Raw = None
    floor: Raw = None
    bonus_cap: Raw = None
    deduction_cap: Raw = None
    scale: bool = False
    scale_to: Raw = None
    rounding: Rounding | None = None
    rounding_weighted: Rounding | None = None
    rounding_scaled: Rounding | None = None
    words: Words = field(default_factory=Words)
    print: int | None = None

    @property
    def minted(self) -> Rounding | None:
        """The last stage that rounds its figure; None where it goes on exact."""
        return self.rounding_scaled if self.scale_to is not None else self.rounding


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """How the records of a list are scored: as submissions are, and then made one figure a record.

    ``section`` (its path is the list's) combines the criteria; ``cap``, ``floor`` and ``rounding`` close the record's
    figure, which ``multiplier`` is applied to and ``multiplied`` rounds once more. Without a criterion nothing is scored.
    """

    section: SectionSpec
    sections: tuple[SectionSpec, ...] = ()
    criteria: tuple[CriterionSpec, ...] = ()
    cap: Raw = None
    floor: Raw = None
    multiplier: Raw = None
    rounding: Rounding | None = None
    multiplied: Rounding | None = None


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """One level of a ladder, best first: the figure it reads, its line, and further conditions."""

    id: str
    title: str
    pointer: str
    of: str = "points()"
    at_least: Raw = None
    at_most: Raw = None
    condition: ConditionSpec | None = None
    all_of: ConditionSpec | None = None
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class LadderSpec:
    """Levels, best first, and what is below all of them; the main ladder has no id."""

    id: str
    title: str
    pointer: str
    levels: tuple[LevelSpec, ...]
    below: LevelSpec
    cumulative: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class CombinationSpec:
    """How the main level rests on those of the ladders ``of``; ``rows`` hold a level of each and the result."""

    how: Literal["lowest", "highest", "lookup"]
    of: tuple[str, ...]
    pointer: str
    rows: tuple[tuple[str, ...], ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TieSpec:
    """One key of a tie chain: a formula and which end comes first, or an end: a run-off's result, a seeded draw.

    ``decimals`` are the digits at which values are compared; ``places`` and ``condition`` say which ties it parts.
    """

    by: str
    first: Literal["high", "low"]
    title: str
    pointer: str
    how: Literal["key", "run_off", "draw"] = "key"
    decimals: int | None = None
    places: tuple[int, int] | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class RankingSpec:
    """One ranking: what it goes by, among whom, and its tie chain; the main one has no id.

    ``within`` names fields (empty: all units together); from place ``ends`` + 1 on no place is given.
    """

    id: str
    title: str
    pointer: str
    within: tuple[str, ...]
    by: Raw = "points()"
    where: str | None = None
    first: Literal["high", "low"] = "high"
    decimals: int | None = None
    ends: int | None = None
    ties: tuple[TieSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """A rubric read for one category, its variant applied."""

    title: str
    fields: tuple[FieldSpec, ...]
    sections: tuple[SectionSpec, ...]
    criteria: tuple[CriterionSpec, ...]
    gates: tuple[GateSpec, ...]
    levels: tuple[LevelSpec, ...]
    below: LevelSpec
    rankings: tuple[RankingSpec, ...]
    identity: tuple[str, ...]
    category: str
    full: Raw
    caps: Mapping[str, Raw]
    groups: Mapping[str, Raw]
    total_rounding: Rounding
    sources: Mapping[str, Mapping[str, str]]
    period: Mapping[str, str]
    total: SectionSpec = SectionSpec("", "", "", None, "", "", scale=True)
    total_floor: Raw = 0
    mark_rounding: Rounding | None = None
    tables: Mapping[str, Any] = field(default_factory=dict)
    cumulative: bool = False
    ladders: tuple[LadderSpec, ...] = ()
    combination: CombinationSpec | None = None
    matters: Mapping[str, Raw] = field(default_factory=dict)

    @property
    def ranking(self) -> RankingSpec:
        """The main ranking."""
        return self.rankings[0]


def with_items(fields: Iterable[FieldSpec]) -> Iterator[FieldSpec]:
    """Fields, and after each list those of its records."""
    for spec in fields:
        yield spec
        yield from with_items(spec.items)
