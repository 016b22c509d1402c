"""排名表: one sheet a category, with the seat line, as it lies on the table of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scorekit.plugin import STATUS_WORDS, Outcome, T, all_fields, declared_figures, paper_figures, shown

from .wording import reasons_texts
from .workbook_choice import Choice, Rows
from .workbook_paper import Cell, Page, Paper, joined, legible, numbers, widest

_HEADS = {"total": T("total"), "bonus": T("bonus"), "deduction": T("deduction"), "adjusted": T("adjusted")}
_RESULTS = {"考核结果": T("Assessment results"), "推荐名单": T("List of recommendations"), "表彰": T("Commendation")}


def write_ranking(paper: Paper, choice: Choice) -> None:
    """One sheet for each category, or a single one."""
    name = paper.say(T("Ranking"))
    for category, places in choice.categories():
        _Sheet(paper, choice, category, places).write(f"{name}-{category}" if category else name)
    if not choice.names:
        page = paper.page(name, [100])
        page.title(paper.outcome.plan.base.title)
        page.line(paper.say(T("There are no units.")))


class _Sheet:
    """One category's ranking."""

    def __init__(self, paper: Paper, choice: Choice, category: str, places: Rows) -> None:
        self.paper, self.choice, self.category = paper, choice, category
        self.outcome, self.rows = choice.outcome, places
        self.names = [choice.names[i] for i in places.tolist()]
        self.awards = [self.outcome.standings.award[i] for i in self.rows.tolist()]

    def write(self, name: str) -> None:
        """Headings, table, signatures."""
        heads, columns, widths = self._columns()
        page = self.paper.page(name, widths, 2)
        page.title(self.outcome.plan.base.title)
        page.title(_result(self.paper, self.category), 15)
        page.line(joined(self._facts()))
        note = joined(self._notes())
        if note:
            page.line(note)
        page.heads(heads)
        page.freeze(2)
        page.fill(columns)
        _signatures(page)

    def _columns(self) -> tuple[list[str], list[tuple[Sequence[Cell], Sequence[Any]]], list[float]]:
        """Heads, columns of cells with their formats, and widths."""
        say, standings = self.paper.say, self.outcome.standings
        index = self.rows.tolist()
        heads, columns, widths = [say(T("rank")), say(T("unit"))], [], [6.0, widest(self.names, 16, 34)]
        columns.append(self._texts([str(standings.rank[i]) if standings.rank[i] else "—" for i in index], align="center", bold=True))
        columns.append(self._texts(self.names, align="left"))
        for head, values, decimals in self._figures():
            heads.append(head)
            widths.append(8.2)
            columns.append(self._numbers(values, decimals, bold=len(heads) == 3))
        levels, status = [standings.level[i] for i in index], [say(STATUS_WORDS[standings.status[i]]) for i in index]
        told = [(T("level"), levels, "center", 8, 14), (T("award"), self.awards, "center", 8, 16), (T("status"), status, "center", 8, 12)]
        for title, texts, align, least, most in told:
            if any(texts):
                heads.append(say(title))
                widths.append(widest([heads[-1], *texts], least, most))
                columns.append(self._texts(texts, align=align, bold=title.template == "award"))
        for head, texts in _declared(self.paper, self.outcome, self.rows):
            if any(texts):
                heads.append(head)
                widths.append(widest([head[: len(head) // 2 + 1], *texts], 7, 14))
                columns.append(self._texts([t or "—" for t in texts], align="center"))
        reasons = reasons_texts(self.outcome, self.rows)
        heads.append(say(T("remarks")))
        widths.append(widest(reasons, 16, 40))
        columns.append(self._texts(reasons, align="left", font_size=9))
        return heads, columns, widths

    def _figures(self) -> Iterator[tuple[str, list[float | None], int]]:
        """Total, the sections of the first level, then bonus, deduction and what caps and gates changed, where there is any."""
        figures = paper_figures(self.outcome)
        titles = {f"section:{s.path}": s.title for s in self.outcome.plan.sections if not s.parent}
        kinds = {c.kind for c in self.outcome.plan.criteria}
        sections = [n for n in figures if n in titles]
        for name in ("total", *sections, "bonus", "deduction", "adjusted"):
            if name not in figures:
                continue
            column, decimals = figures[name]
            values = numbers(column.take(self.rows), decimals)
            used = (
                any(values)
                if name == "adjusted"
                else name in kinds or any(values)
                if name in ("bonus", "deduction")
                else any(v is not None for v in values)
            )
            if used or name == "total":
                yield titles.get(name) or self.paper.say(_HEADS[name]), values, decimals
        yield from self._declared()

    def _declared(self) -> Iterator[tuple[str, list[float | None], int]]:
        """The derived numbers that the rubric marks for output, a percentage as one."""
        fields, total = all_fields(self.outcome.plan), self.outcome.plan.base.total_rounding.decimals
        for name, column in declared_figures(self.outcome).items():
            spec = fields.get(name.removeprefix("figure:"))
            if not name.startswith("figure:") or spec is None or column.kind != "number":
                continue
            taken, rounding = column.take(self.rows), spec.declared.rounding
            stated = spec.declared.decimals if spec.declared.decimals is not None else rounding.decimals if rounding else total
            values = numbers(taken * 100 if spec.percentage else taken, stated)
            yield f"{spec.title}（%）" if spec.percentage else spec.title, values, stated

    def _texts(self, texts: Sequence[str], **wanted: Any) -> tuple[Sequence[Cell], Sequence[Any]]:
        return legible(texts), self._formats(self.paper.style(**wanted), self.paper.style(bottom=5, **wanted))

    def _numbers(self, values: Sequence[float | None], decimals: int, **wanted: Any) -> tuple[Sequence[Cell], Sequence[Any]]:
        shown = [v if v is not None else "—" for v in values]
        return shown, self._formats(self.paper.points(decimals, **wanted), self.paper.points(decimals, bottom=5, **wanted))

    def _formats(self, usual: Any, line: Any) -> list[Any]:
        """The same format in every row, but for the row above the seat line."""
        formats = [usual] * len(self.rows)
        last = max((i for i, award in enumerate(self.awards) if award), default=-1)
        if last >= 0:
            formats[last] = line
        return formats

    def _facts(self) -> Iterator[str]:
        """Standard, period, units, seats."""
        say, rubric, notice = self.paper.say, self.outcome.plan.rubric, self.outcome.notice
        yield say(T("Standard: {id}, version {version}", id=rubric.id, version=rubric.version))
        yield from period(self.paper)
        yield say(T("Units: {count}", count=self.choice.whole[self.category]))
        seats = notice.categories.get(self.category) if notice is not None else None
        if seats is not None:
            yield say(T("Seats: {count}", count=seats.seats))

    def _notes(self) -> Iterator[str]:
        """What the seat line is, the basis, and that not all units are shown."""
        say, notice = self.paper.say, self.outcome.notice
        if any(self.awards):
            yield say(T("The seats end at the thick line."))
        if notice is not None and notice.basis:
            yield say(T("Basis: {basis}", basis=notice.basis))
        left_out = self.choice.left_out("standings", self.category)
        if left_out is not None:
            yield say(left_out)


def _declared(paper: Paper, outcome: Outcome, rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """The further ladders and rankings of the rubric: the title of each and what it gives the units in *rows*."""
    track, figures = outcome.plan.tracks[0], declared_figures(outcome)
    told = [(ladder.column, T("level ({title})", title=ladder.spec.title)) for ladder in track.ladders]
    told += [(ranking.column, T("rank ({title})", title=ranking.spec.title)) for ranking in outcome.plan.rankings[1:]]
    for name, head in told:
        if name in figures:
            yield paper.say(head), shown(figures[name].take(rows))


def period(paper: Paper) -> Iterator[str]:
    """The assessment period and the date of the data."""
    plan, notice = paper.outcome.plan, paper.outcome.notice
    dates = {**plan.base.period, **(notice.period if notice is not None else {})}
    if dates.get("start") and dates.get("end"):
        yield paper.say(T("Period: {start} to {end}", start=str(dates["start"]), end=str(dates["end"])))
    if dates.get("data_date"):
        yield paper.say(T("Data of {date}", date=str(dates["data_date"])))


def _result(paper: Paper, category: str) -> str:
    """The wording of the result with its category."""
    wording = paper.outcome.notice.result if paper.outcome.notice is not None else "考核结果"
    told = paper.say(_RESULTS.get(wording, wording))
    return paper.say(T("{result} ({category})", result=told, category=category)) if category else told


def _signatures(page: Page) -> None:
    """The line on which the panel, the reviewer and the date are signed."""
    page.line("", 10)
    page.line(
        page.paper.say(T("Panel: ____________________    Reviewed by: ____________________    Date: ______________")), 30, font_size=11
    )
