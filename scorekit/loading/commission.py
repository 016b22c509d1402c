"""What one run is asked to do: which rubric, which notice, which tables, all found out before anything is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.domain.deciding import Notice
from scorekit.domain.intake import RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import Rubric
from scorekit.errors import InputError, T
from scorekit.loading.notices import load_notice
from scorekit.loading.rubrics import load_rubric
from scorekit.loading.submissions import found_settings, other_rubric, rubrics_named, submitted

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Commission:
    """A run ready to start: the plan, the round's notice, the tables of units, and the language of its results."""

    plan: Plan
    notice: Notice | None
    tables: Iterable[RawTable]
    lang: str = "zh"


def commission(
    path: Path,
    catalogue: Catalogue,
    *,
    rubric: Rubric | str | Path | None = None,
    notice: Path | None = None,
    encoding: str | None = None,
    lang: str = "zh",
) -> Commission:
    """Find out what a run over the folder or file *path* is to do.

    The rubric is the one asked for, else the one that the submissions name, else that of ``scorekit.toml``.
    Raises InputError where there is none or several, or where nothing is there.
    """
    settings = found_settings(path)
    chosen = rubric or _named(path) or settings.rubric
    if chosen is None:
        raise InputError(T("it is not said which standard applies"), str(path), T("add --rubric ID; “scorekit rubric list” shows the standards"))
    notice = notice or settings.notice
    standard = chosen if isinstance(chosen, Rubric) else load_rubric(chosen, catalogue)
    plan, decided = planned(standard, catalogue, load_notice(notice) if notice is not None else None)
    tables = _noted(submitted(path, catalogue, plan, encoding or settings.encoding), plan.rubric)
    return Commission(plan, decided, tables, lang)


def framed(frame: pd.DataFrame, catalogue: Catalogue, rubric: Rubric, notice: Path | None, lang: str) -> Commission:
    """What a run over a DataFrame is to do."""
    from scorekit.loading.frames import from_frame

    plan, decided = planned(rubric, catalogue, load_notice(notice) if notice is not None else None)
    return Commission(plan, decided, [from_frame(frame)], lang)


def planned(rubric: Rubric, catalogue: Catalogue, notice: Notice | None) -> tuple[Plan, Notice | None]:
    """The plan of a rubric in a round. Raises InputError where the notice is of another rubric or names what the rubric lacks."""
    plan = compile_plan(rubric, catalogue, notice.period if notice is not None else None)
    if notice is None:
        return plan, None
    if notice.rubric != rubric.id:
        raise InputError(T("the notice is of the rubric “{found}”, not “{rubric}”", found=notice.rubric, rubric=rubric.id), "--notice", T("name the notice of this round"))
    named = {*notice.categories, *notice.assess_only_categories}
    for name in sorted(named - set(plan.categories)) if plan.categories else []:
        raise InputError(T("the notice names the category “{name}”", name=name), "--notice", T("the categories are: {names}", names=list(plan.categories)))
    levels = [s.id for t in plan.tracks for s in t.standard.levels]
    if notice.level is not None and notice.level not in levels:
        raise InputError(T("the notice names the level “{name}”", name=notice.level), "--notice", T("the levels are: {names}", names=sorted(set(levels))))
    return plan, replace(notice, assess_only_units=frozenset(map(folded, notice.assess_only_units)))


def _named(path: Path) -> str | None:
    """The one rubric that the submissions name. Raises InputError where they name several."""
    found = rubrics_named(path)
    known = {name: file for name, file in found.items() if not name.startswith("http")}
    if len(known) > 1:
        what = T("the submissions name several rubrics: {names}", names=sorted(known))
        raise InputError(what, "; ".join(known.values()), T("say which one is meant: --rubric ID"))
    return next(iter(known), None)


def _noted(tables: Iterable[RawTable], rubric: Rubric) -> Iterator[RawTable]:
    """The tables, each with a problem where it names another rubric."""
    for table in tables:
        problem = other_rubric(table, rubric.id)
        yield table if problem is None else replace(table, problems=(*table.problems, problem))
