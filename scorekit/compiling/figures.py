"""Figures of a population, as a rubric describes them, become nodes of formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.domain.formula import Figure, Name, Node
from scorekit.domain.rubric import Standard
from scorekit.errors import RubricError, T

_ALONE: Mapping[str, tuple[str, ...]] = {
    "with": ("correlation",),
    "q": ("quantile",),
    "method": ("quantile",),
    "first": ("rank", "percentile"),
}
"""Keys that say something of some figures only."""


def is_figure(derive: Any) -> bool:
    """Whether what stands under ``x-derive`` is a figure of the population."""
    return isinstance(derive, Mapping) and "over" in derive


def figure_node(raw: Mapping[str, Any], key: str, formulas: Formulas, standard: Standard, base: str, pointer: str) -> Figure:
    """The figure that *raw* describes, written in the section *base*. Raises RubricError where a key belongs to another figure."""
    over = raw["over"]
    for name, owners in _ALONE.items():
        if name in raw and over not in owners:
            what = T("“{over}” takes no “{name}”: that belongs to {owners}", over=over, name=name, owners=list(owners))
            raise RubricError(what, f"{pointer}/{name}", T("leave it out"))
    for name, wanted in (("of", over != "count"), ("with", over == "correlation"), ("q", over == "quantile")):
        if wanted and name not in raw:
            raise RubricError(T("“{over}” needs “{name}”", over=over, name=name), pointer, T("give it “{name}”", name=name))

    def maybe(name: str) -> Node | None:
        return formulas.node(raw[name], base, f"{pointer}/{name}") if name in raw else None

    return Figure(
        key=key,
        over=over,
        of=maybe("of"),
        within=groups(raw.get("within"), formulas, standard, base, pointer),
        where=maybe("where"),
        beside=maybe("with"),
        first=raw.get("first", "high"),
        q=Fraction(raw.get("q", 0)),
        method=raw.get("method", "linear"),
    )


def groups(within: Sequence[str] | None, formulas: Formulas, standard: Standard, base: str, pointer: str) -> tuple[Node, ...]:
    """What units are alike in: the fields named, the category where nothing is said, nothing (all units) for an empty list."""
    if within is None:
        return (Name(standard.category),) if standard.category else ()
    return tuple(formulas.node(name, base, f"{pointer}/within/{i}") for i, name in enumerate(within))
