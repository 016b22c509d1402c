"""What is said after a run: how many units, who leads, how many problems, where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorekit.cli.layout import table
from scorekit.errors import T, Text
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.domain.coded import Coded
    from scorekit.domain.outputs import Outcome
    from scorekit.domain.tables import Problem, Standings

TOP = 3
BLEMISHED = 1
MOST_PROBLEMS = 20
MOST_AHEAD = 5


def summary(outcome: Outcome, written: Sequence[Path], out: Path, lang: str) -> list[str]:
    """The lines after an evaluation, in *lang*."""
    from scorekit.domain.reasons import STATUS_WORDS

    rubric, standings = outcome.plan.rubric, outcome.standings
    return [
        say(T("{title} ({id} {version})", title=rubric.title, id=rubric.id, version=rubric.version), lang),
        say(T("{count} units: {parts}", count=len(standings), parts=_counts(standings.status.counts(), STATUS_WORDS)), lang),
        *_drafts(outcome, lang),
        *_enrolled(outcome.run.get("register"), lang),
        *_leaders(standings, outcome.plan.categories, lang),
        *_of_whole_tables(outcome.problems, lang),
        *counted(outcome.problems, lang),
        say(T("The results are in {folder}: {files}", folder=out, files=[p.name for p in written]), lang),
    ]


def _drafts(outcome: Outcome, lang: str) -> Iterator[str]:
    """How many units are drafts out of reports, of which not all was confirmed."""
    from scorekit.domain.confirming import Standing

    found = [Standing.of(places.draft) for places in outcome.submissions.places if places.draft]
    if found:
        told = {"count": len(found), "fields": sum(s.undecided for s in found), "untouched": sum(s.untouched for s in found)}
        yield say(
            T("drafted from reports: {count} units; fields not confirmed: {fields}; drafts nobody confirmed: {untouched}", **told), lang
        )


def _enrolled(found: Mapping[str, Any] | None, lang: str) -> list[str]:
    """How many units of the register have not sent, and how many stand in no register."""
    if found is None:
        return []
    return [say(T("Register {file}: {units} units, not sent {not_sent}, not in the register {unknown}", **found), lang)]


def problem_lines(problems: Sequence[Problem], lang: str, of_standard: bool = False) -> list[str]:
    """The problems one by one, the gravest first, twenty at most, and how many there are; *of_standard*: of a rubric."""
    from scorekit.domain.problems import Problems
    from scorekit.domain.reasons import NOTED_WORDS, SEVERITY_WORDS

    words = NOTED_WORDS if of_standard else SEVERITY_WORDS
    found = Problems.of(problems)
    gravest = found.take(found.graded(list(words)).argsort(kind="stable")[:MOST_PROBLEMS])
    lines = [_line(problem, lang, words) for problem in gravest]
    if len(problems) > MOST_PROBLEMS:
        lines.append(say(T("… and {count} more", count=len(problems) - MOST_PROBLEMS), lang))
    return [*lines, *counted(problems, lang, words)]


def _line(problem: Problem, lang: str, words: Mapping[str, Text]) -> str:
    place = " ".join(p for p in (problem.file, problem.sheet, problem.cell or problem.field) if p)
    what = " · ".join(p for p in (say(problem.what, lang), problem.unit, place, say(problem.cure, lang)) if p)
    return f"[{say(words[problem.severity], lang)}] {what}"


def _of_whole_tables(problems: Sequence[Problem], lang: str) -> list[str]:
    """The errors of no single unit: such a one leaves many without a total, and nobody should have to look for it."""
    from scorekit.domain.problems import Problems
    from scorekit.domain.reasons import SEVERITY_WORDS

    found = Problems.of(problems)
    ahead = found.take(found.of_no_unit() & (found.graded(list(SEVERITY_WORDS)) == list(SEVERITY_WORDS).index("error")))
    return [_line(p, lang, SEVERITY_WORDS) for p in ahead[:MOST_AHEAD]]


def counted(problems: Sequence[Problem], lang: str, words: Mapping[str, Text] | None = None) -> list[str]:
    """One line that counts the problems by severity, in *words* or the usual ones."""
    from scorekit.domain.problems import Problems
    from scorekit.domain.reasons import SEVERITY_WORDS

    found = Problems.of(problems).counts()
    if not found:
        return [say(T("No problems in the submissions."), lang)]
    return [say(T("Problems: {parts}", parts=_counts(found, words or SEVERITY_WORDS)), lang)]


def conclude(problems: Sequence[Problem], strict: bool) -> None:
    """End with status 1 where *strict* was asked for and there are errors or warnings."""
    from scorekit.domain.problems import Problems

    found = Problems.of(problems).counts()
    if strict and found["error"] + found["warning"]:
        raise typer.Exit(BLEMISHED)


def _counts(found: Counter[str], words: Mapping[str, Text]) -> list[Text]:
    return [T("{name} {count}", name=word, count=found[key]) for key, word in words.items() if found[key]]


def in_order(category: Coded, order: Sequence[str]) -> list[str]:
    """The categories that units are of: in the rubric's *order*, then others as they come."""
    there = category.counts()
    return [*(c for c in order if there[c]), *(c for c in there if c not in order)]


def _leaders(standings: Standings, order: Sequence[str], lang: str) -> Iterator[str]:
    """The first three of each category, in the rubric's order: place, unit, total, level, award, or that a gate took it."""
    import numpy as np

    from scorekit.domain.printing import printed
    from scorekit.domain.reasons import STATUS_WORDS

    for category in in_order(standings.category, order):
        rows = np.flatnonzero(standings.category.rows(category))
        foremost, level = _foremost(standings, rows)
        if category:
            yield say(T("{category}: {count} units", category=category, count=len(rows)), lang)
        totals = printed(standings.figures["total"].spread(len(standings)).take(foremost))
        told = zip(foremost, totals, strict=True)
        kept = say(STATUS_WORDS["not awarded"], lang)
        prize = [kept if standings.status[i] == "not awarded" else standings.award[i] for i in foremost]
        first = [
            [str(standings.rank[i]), standings.unit[i], total, standings.level[i], won] for (i, total), won in zip(told, prize, strict=True)
        ]
        yield from table(first, indent=2, numbers=(0, 2))
        if level:
            yield "  " + say(T("… and {count} more of the same place", count=level), lang)


def _foremost(standings: Standings, rows: Any) -> tuple[list[int], int]:
    """The first three of some *rows* by place and name, and how many more share the place of the last of them."""
    import numpy as np

    ranked = rows[standings.rank[rows] > 0]
    ranked = ranked[np.argsort(standings.rank[ranked], kind="stable")]
    if len(ranked) > TOP:
        ranked = ranked[standings.rank[ranked] <= standings.rank[ranked[TOP - 1]]]
    ranked, _ = standings.unit.in_order(ranked, np.diff(standings.rank[ranked], prepend=0) != 0)
    return ranked[:TOP].tolist(), max(0, len(ranked) - TOP)
