"""Sheets for rankings that are not within categories: each by its own groups, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scorekit.plugin import Column, RankingPlan, T, declared_figures, key_words, plain, ranked_by, shown

from .workbook_paper import Paper, legible, styled, widest


def write_places(paper: Paper) -> None:
    """One sheet for each further ranking whose groups are not the categories; the others are columns of 排名表."""
    plan, figures = paper.outcome.plan, declared_figures(paper.outcome)
    own = (plan.base.category,) if plan.base.category else ()
    for ranking in plan.rankings[1:]:
        places = figures.get(ranking.column)
        if ranking.spec.within != own and places is not None and not places.masked.all():
            _write(paper, ranking, places)


def _write(paper: Paper, ranking: RankingPlan, places: Column) -> None:
    say, outcome = paper.say, paper.outcome
    rows = np.flatnonzero(~places.masked)
    figure, fields = ranked_by(outcome, ranking)
    groups = list(zip(*(_texts(f, rows) for f in fields), strict=True)) or [()] * len(rows)
    ranks = [int(t) for t in plain(places.take(rows))]
    order = sorted(range(len(rows)), key=lambda i: (groups[i], ranks[i], outcome.standings.unit[rows[i]]))
    category = outcome.plan.base.category
    told: list[tuple[str, Sequence[str]]] = [(say(T("group")), [" / ".join(g) for g in groups])] if fields else []
    told += [(say(T("rank")), [str(r) for r in ranks]), (say(T("unit")), [outcome.standings.unit[r] for r in rows.tolist()])]
    if category and category not in ranking.spec.within:
        told.append((say(T("category")), [outcome.standings.category[r] for r in rows.tolist()]))
    told.append((say(T("compared by")), _texts(figure, rows)))
    sheet = [(head, legible([texts[i] for i in order])) for head, texts in told]
    page = paper.page(say(T("ranking {title}", title=ranking.spec.title)), [widest([head, *texts], 10, 44) for head, texts in sheet])
    page.title(outcome.plan.base.title)
    page.title(ranking.spec.title, 15)
    note = "；".join(_notes(paper, ranking)) if outcome.lang == "zh" else "; ".join(_notes(paper, ranking))
    if note:
        page.line(note)
    page.heads([head for head, _ in sheet])
    page.freeze()
    centred, left = paper.style(align="center"), paper.style(align="left")
    page.fill([styled(texts, left if head == say(T("unit")) else centred) for head, texts in sheet])


def _texts(column: Column, rows: np.ndarray) -> list[str]:
    return shown(column.take(rows), percentage=column.unit in ("percent", "fraction"), most=6)


def _notes(paper: Paper, ranking: RankingPlan) -> Iterator[str]:
    """Where the ranking ends, and what parts equal figures."""
    if ranking.spec.ends is not None:
        yield paper.say(T("only the first {count} places", count=ranking.spec.ends))
    yield from (paper.say(T("equal ones by {key}", key=key_words(tie.spec))) for tie in ranking.ties)
