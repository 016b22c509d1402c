"""What a scoring rule is: a pure function from columns to one column of signed contributions in points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Union

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.rubric import Rounding

Number = Union[Column, int]
"""An exact constant (one row) or a column of numbers; the arithmetic is the same. A default may be a whole number."""


class Band(NamedTuple):
    """One line of a table of bands: from *bound* on (``at_least``) or beyond it (``above``) stand *points*."""

    bound: Column
    inclusive: bool
    points: Column


class Knot(NamedTuple):
    """One point of a broken line: at *value* stand *points*."""

    value: Column
    points: Column


class Range(NamedTuple):
    """From *low* to *high*, both inclusive."""

    low: Column
    high: Column


class ByRole(dict[str, Column]):
    """A table with an entry for each role of the raters of the rule's panel."""


class ByRater(dict[str, Column]):
    """A table whose keys are raters of the rule's panel (options of its survey)."""


Bands = tuple[Band, ...]
Knots = tuple[Knot, ...]
Table = Mapping[str, Column]
Ranges = Mapping[str, Range]
Numbers = tuple[Column, ...]

ParamKind = Literal[
    "column", "panel", "records", "each", "number", "numbers", "bands", "knots", "table", "roles", "raters", "ranges",
    "rounding", "text", "integer", "truth",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a rule, read off its signature."""

    name: str
    kind: ParamKind
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """What a rule may return instead of a column: the points, the value to show for them, and which marks counted.

    ``kept`` gives, of a panel, units × raters; it is asked only where one unit is explained. A rule over records may say of
    each of them what it gives (``each``) and, as ``Counted`` codes, whether it counts.
    """

    points: Column
    value: Column | None = None
    kept: Callable[[], npt.NDArray[np.bool_]] | None = None
    each: Column | None = None
    counted: npt.NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named scoring rule.

    ``adds`` and ``takes`` say which way its contributions go; ``says`` holds its wording by language; a rule of
    scope "cohort" is called once for each group of units and sees all of the group's values.
    """

    name: str
    function: Callable[..., Column | Scored]
    params: tuple[Param, ...]
    adds: bool
    takes: bool
    scope: Literal["row", "cohort"]
    says: Mapping[str, str]
    summary: str = ""
    plugin: str = field(default="", compare=False)

    @property
    def first(self) -> Param:
        """The parameter that takes the field the criterion stands beside."""
        return self.params[0]


@dataclass(frozen=True, slots=True)
class Children:
    """What an aggregator combines: the figures of a section's children that count for each unit.

    ``points``, ``full`` and ``weight`` hold one column a child; a masked figure is not applicable to that unit.
    ``rounding`` is that of weighted parts, None where the rubric rounds none.
    """

    names: tuple[str, ...]
    points: tuple[Column, ...]
    full: tuple[Column, ...]
    weight: tuple[Column, ...]
    rounding: Rounding | None = None

    def part(self, points: Column) -> Column:
        """A weighted part as it is added up: rounded where the rubric declares that stage."""
        return points if self.rounding is None else points.minted(self.rounding.decimals, self.rounding.mode)


@dataclass(frozen=True, slots=True)
class Weighter:
    """A named way to draw weights from the data.

    It is given one column of figures for each child, a row for each unit, and for each the end that is best ("high" or
    "low"); it gives one constant for each.
    """

    name: str
    function: Callable[[Sequence[Column], Sequence[str]], Sequence[Column]]
    says: Mapping[str, str]
    summary: str = ""
    plugin: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Aggregator:
    """A named way to combine a section's children into one figure and its full marks.

    ``params`` are those that a rubric may set, ``{"best": {"k": 3}}``; the function takes them by name.
    """

    name: str
    function: Callable[..., tuple[Column, Column]]
    says: Mapping[str, str]
    summary: str = ""
    plugin: str = field(default="", compare=False)
    params: tuple[Param, ...] = ()
