"""Sheets for rankings that are not within categories: each by its own groups, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scorekit.plugin import Column, RankingPlan, T, declared_figures, key_words, ranked_by, shown

from .workbook_choice import MOST_ROWS, MOST_UNITS, Rows
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
    figure, fields = ranked_by(outcome, ranking)
    numbers = np.where(places.masked, 0, places.values.num)
    until = _until(numbers)
    rows = np.flatnonzero((numbers > 0) & (numbers <= until))
    sheet = _columns(paper, ranking, rows, numbers[rows].tolist(), figure, fields)
    page = paper.page(say(T("ranking {title}", title=ranking.spec.title)), [widest([head, *texts], 10, 44) for head, texts in sheet])
    page.title(outcome.plan.base.title)
    page.title(ranking.spec.title, 15)
    notes = [*_notes(paper, ranking), *_left_out(paper, int((numbers > 0).sum()), len(sheet[0][1]), until)]
    if notes:
        page.line(("；" if outcome.lang == "zh" else "; ").join(notes))
    page.heads([head for head, _ in sheet])
    page.freeze()
    centred, left = paper.style(align="center"), paper.style(align="left")
    page.fill([styled(texts, left if head == say(T("unit")) else centred) for head, texts in sheet])


def _until(numbers: Rows) -> int:
    """The last place that is shown, whole places only: the first one in any case."""
    ends = np.cumsum(np.bincount(np.minimum(numbers, MOST_UNITS + 1))[1:])
    return max(1, int(np.searchsorted(ends, MOST_UNITS, side="right")))


def _columns(
    paper: Paper, ranking: RankingPlan, rows: Rows, ranks: list[int], figure: Column, fields: Sequence[Column]
) -> list[tuple[str, list[str]]]:
    """The heads with their columns: the ranked units, each group from its first place on."""
    say, standings, category = paper.say, paper.outcome.standings, paper.outcome.plan.base.category
    groups = list(zip(*(_texts(f, rows) for f in fields), strict=True)) or [()] * len(rows)
    units = [standings.unit[r] for r in rows.tolist()]
    order = sorted(range(len(rows)), key=lambda i: (groups[i], ranks[i], units[i]))[:MOST_ROWS]
    told: list[tuple[str, Sequence[str]]] = [(say(T("group")), [" / ".join(g) for g in groups])] if fields else []
    told += [(say(T("rank")), [str(r) for r in ranks]), (say(T("unit")), units)]
    if category and category not in ranking.spec.within:
        told.append((say(T("category")), [standings.category[r] for r in rows.tolist()]))
    told.append((say(T("compared by")), _texts(figure, rows)))
    return [(head, legible([texts[i] for i in order])) for head, texts in told]


def _left_out(paper: Paper, count: int, rows: int, until: int) -> Iterator[str]:
    """That not all units are shown, and where they are."""
    if rows < count:
        yield paper.say(
            T(
                "only the first {until} places of each group are shown, {shown} of {count} units; {table} beside this file has them all",
                until=until,
                shown=rows,
                count=count,
                table="standings.csv / standings.parquet",
            )
        )


def _texts(column: Column, rows: Rows) -> list[str]:
    return shown(column.take(rows), percentage=column.unit in ("percent", "fraction"), most=6)


def _notes(paper: Paper, ranking: RankingPlan) -> Iterator[str]:
    """Where the ranking ends, and what parts equal figures."""
    if ranking.spec.ends is not None:
        yield paper.say(T("only the first {count} places", count=ranking.spec.ends))
    yield from (paper.say(T("equal ones by {key}", key=key_words(tie.spec))) for tie in ranking.ties)
