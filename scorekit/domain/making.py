"""How a section's figure was made for one unit, in words: its parts with their weights, which of them count, and the scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from scorekit.domain.column import Column
from scorekit.domain.extras import Side, strays
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import SectionPlan
from scorekit.domain.scope import TrackScope
from scorekit.domain.spoken import Speaker
from scorekit.errors import T, Text

Plain = Callable[[Column], str]
POWERS = ("product", "geometric-mean")
WEIGHTED = ("weighted-sum", "weighted-mean", "harmonic-mean", "power-mean")
ALONE = {"minimum": min, "maximum": max}


def making(section: SectionPlan, scope: TrackScope, speaker: Speaker, plain: Plain) -> Iterator[Text]:
    """The lines that say how the figure came about; none where the items are simply added up. *plain* prints a figure."""
    parts = _parts(section, scope)
    if section.aggregator.name != "sum" and parts:
        counted = _counted(section, [p for _, p, _ in parts])
        told = [
            _part(speaker.items.get(name, name), plain(points), weight, section, plain, index in counted)
            for index, (name, points, weight) in enumerate(parts)
        ]
        yield T("{way}: {parts}", way=speaker.aggregate(section), parts=told)


def converting(section: SectionPlan, scope: TrackScope, plain: Plain) -> Iterator[Text]:
    """The line that says how the figure, with all that is taken from it, was put on another scale; none where it was not."""
    path = section.spec.path
    before, full = scope.sheet.workings.get(f"earned:{path}"), scope.sheet.workings.get(f"applicable:{path}")
    if section.scale_to is not None and before is not None and full is not None and not before.masked[0] and not full.masked[0]:
        yield T(
            "put on a scale of {scale} points: {earned} ÷ {full} × {scale} = {points}",
            scale=plain(evaluate(section.scale_to, scope)),
            earned=plain(before),
            full=plain(full),
            points=plain(scope.sheet.sections[path]),
        )


def charging(section: SectionPlan, scope: TrackScope, speaker: Speaker, plain: Plain) -> Iterator[Text]:
    """The deductions that are charged to a section, or that find nothing there that applies and fall on the total (no path)."""
    for criterion in scope.track.criteria:
        spec = criterion.spec
        points = scope.sheet.points[spec.path]
        if not spec.charge_to or points.masked[0] or not points.values.num[0]:
            continue
        stray = bool(strays(spec, scope.sheet).values[0])
        if spec.charge_to == section.spec.path and not stray:
            yield T("charged to it: {item} {points}", item=spec.title, points=plain(points))
        if not section.spec.path and stray:
            title = speaker.items.get(spec.charge_to, spec.charge_to)
            yield T(
                "nothing of “{section}” applies, so {item} {points} falls on the total",
                section=title,
                item=spec.title,
                points=plain(points),
            )


def unheeded(side: Side, scope: TrackScope, plain: Plain) -> Iterator[Text]:
    """The bonuses, or deductions, of which nothing counts although something was earned or lost."""
    titles = {c.spec.path: c.spec.title for c in scope.track.criteria}
    for path, earned in side.earned.items():
        counted = side.counted[path]
        if not earned.masked[0] and not counted.masked[0] and earned.values.num[0] and not counted.values.num[0]:
            yield T("{item} ({points}) does not count beside the others of its group", item=titles[path], points=plain(earned))


def _parts(section: SectionPlan, scope: TrackScope) -> list[tuple[str, Column, Column]]:
    """Name, points and weight of each item that counts for the unit."""
    sheet = scope.sheet
    plans = {c.spec.path: c.weight for c in scope.track.criteria if c.spec.kind == "base"}
    weights = plans | {s.spec.path: s.weight for s in scope.track.sections}
    found = [(c, sheet.points[c]) for c in section.criteria if c in plans] + [(s, sheet.sections[s]) for s in section.sections]
    drawn = section.weighter is not None
    there = [(name, points) for name, points in found if not points.masked[0]]
    return [(name, points, scope.figure(f"weight:{name}") if drawn else evaluate(weights[name], scope)) for name, points in there]


def _counted(section: SectionPlan, points: list[Column]) -> set[int]:
    """Which parts count, where an aggregator takes only some."""
    values: list[Fraction] = [p.values.fractions()[0] for p in points]
    if section.aggregator.name in ALONE:
        return {values.index(ALONE[section.aggregator.name](values))}
    _, k = section.settings.get("k", (None, None))
    if not section.aggregator.name.startswith("best") or k is None:
        return set(range(len(points)))
    return set(sorted(range(len(points)), key=lambda i: -values[i])[:k])


def _part(title: str, points: str, weight: Column, section: SectionPlan, plain: Plain, counts: bool) -> Text:
    if not counts:
        return T("{title} {points} (does not count)", title=title, points=points)
    if section.aggregator.name in POWERS and weight.values.fractions()[0] != 1:
        return T("{title} {points} to the power of {weight}", title=title, points=points, weight=plain(weight))
    if section.aggregator.name in WEIGHTED:
        return T("{title} {points} × {weight}", title=title, points=points, weight=plain(weight))
    return T("{title} {points}", title=title, points=points)
