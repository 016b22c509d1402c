"""A rubric printed as a standard for one category: sections, clauses with method and basis, gates, levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scorekit.cli.layout import line_width, width, wrapped
from scorekit.errors import RubricError, T, Text
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.compiling.table import Row
    from scorekit.domain.plan import LadderPlan, LevelPlan, Plan, RankingPlan, Track
    from scorekit.domain.rubric import RankingSpec

KIND_WORDS = {"bonus": T("bonus"), "deduction": T("deduction")}

APART = {
    "gate": T("Gates:"),
    "figure": T("Figures put out beside the total:"),
    "matter": T("What counts only once:"),
    "table": T("Tables:"),
}
"""What is printed under a heading of its own."""


def standard(plan: Plan, category: str | None, lang: str) -> list[str]:
    """The lines of the standard that applies to *category*, without what is for others (the first, whole, where none is named).

    Raises RubricError where the rubric has no such category.
    """
    known_category(plan, category)
    return list(_lines(plan, category, lang))


def known_category(plan: Plan, category: str | None) -> None:
    """Raise RubricError where the rubric has no such category."""
    if category is not None and category not in plan.categories:
        what = T("the rubric has no category “{name}”", name=category)
        raise RubricError(what, plan.rubric.where, T("use one of: {names}", names=plan.categories))


def _lines(plan: Plan, category: str | None, lang: str) -> Iterator[str]:
    from scorekit.compiling import standard_table
    from scorekit.compiling.one_category import standard_of
    from scorekit.compiling.paper import changed_items, made_up

    rubric, track = plan.rubric, standard_of(plan, category)
    yield say(T("{title} ({id} {version})", title=rubric.title, id=rubric.id, version=rubric.version), lang)
    if plan.categories:
        yield say(T("As it applies to: {categories}", categories=track.categories), lang)
    others = [c for c in plan.categories if c not in track.categories]
    if others:
        yield say(T("It differs for: {categories} (see --category)", categories=others), lang)
    yield from (say(text, lang) for text in _origins(plan))
    changed = changed_items(plan, track)
    rows = standard_table(plan, lang, category)
    rows = [replace(row, title=_marked(row.title, row.id in changed, lang)) for row in rows]
    for row in rows:
        if row.kind not in APART:
            yield from _row(row, lang)
    for kind, heading in APART.items():
        apart = [row for row in rows if row.kind == kind]
        if apart:
            yield from ["", say(heading, lang)]
        for row in apart:
            yield from _row(replace(row, kind="", depth=1), lang)
    if track.levels:
        yield from ["", say(T("Levels:"), lang)]
        yield from ("  " + say(text, lang) for text in made_up(track))
        listed = track.levels if track.standard.combination is None else ()
        levels = (_level(level, track, lang, f"levels/{level.spec.id}" in changed) for level in listed)
        for text in (*levels, T("{title}: all others", title=track.standard.below.title)):
            yield from ("  " + line for line in wrapped(say(text, lang), line_width() - 2))
    for ladder in track.ladders:
        yield from ["", say(T("Levels by {title}:", title=ladder.spec.title), lang)]
        yield from ("  " + line for text in _beside(ladder, lang) for line in wrapped(text, line_width() - 2))
        for text in (*(_level(level, track, lang) for level in ladder.levels), T("{title}: all others", title=ladder.spec.below.title)):
            yield from ("  " + line for line in wrapped(say(text, lang), line_width() - 2))
    if len(track.rankings) > 1 or not _usual(track.rankings[0].spec, plan.base.category):
        yield from ["", say(T("Rankings:"), lang)]
        for ranking in track.rankings:
            yield from ("  " + line for line in wrapped(say(_ranking(ranking, plan, track, lang), lang), line_width() - 2))


def _usual(main: RankingSpec, category: str) -> bool:
    """Whether the main ranking says nothing but that the higher total comes first, within the category."""
    said = (main.by, main.where, main.first, main.decimals, main.ends, main.ties)
    return said == ("points()", None, "high", None, None, ()) and main.within == ((category,) if category else ())


def _row(row: Row, lang: str) -> Iterator[str]:
    """A heading with number, title, kind and full marks; method and basis indented under it."""
    if row.kind == "section" and row.depth == 0:
        yield ""
    indent = "  " * row.depth
    marks = T("{points} points", points=row.points) if row.points else ""
    parts: list[Text | str] = [row.no, row.title, KIND_WORDS.get(row.kind, ""), marks]
    yield indent + "  ".join(said for part in parts if (said := say(part, lang)))
    inner = indent + "    "
    for text in (row.method, say(T("basis: {basis}", basis=row.basis), lang) if row.basis else ""):
        for line in wrapped(text, line_width() - width(inner)) if text else ():
            yield inner + line


def _origins(plan: Plan) -> Iterator[Text]:
    """The base that the rubric is laid over, and the base's own."""
    base = plan.rubric.frame.get("based_on")
    while base:
        yield T("Tailored from: {id} {version}", id=base["id"], version=base["version"])
        base = base.get("based_on")


def _marked(title: str, changed: bool, lang: str) -> str:
    return title + (say(T(" (changed here)"), lang) if changed else "")


def _ranking(ranking: RankingPlan, plan: Plan, track: Track, lang: str) -> Text:
    """A ranking in words: what it goes by, among whom, and its chain."""
    from scorekit.domain.spoken import Speaker

    return Speaker(track, lang).ranking(ranking, plan.base.category)


def _beside(ladder: LadderPlan, lang: str) -> list[str]:
    """The published text of a ladder and on what it rests."""
    from scorekit.compiling.table import beside

    return beside(ladder.spec.words, lang)


def _level(level: LevelPlan, track: Track, lang: str, changed: bool = False) -> Text:
    """A level's title and what it asks for."""
    from scorekit.compiling.table import beside
    from scorekit.domain.spoken import Speaker

    asks = [*Speaker(track, lang).level(level), *beside(level.spec.words, lang)]
    return T("{title}: {asks}", title=_marked(level.spec.title, changed, lang), asks=("；" if lang == "zh" else "; ").join(asks))
