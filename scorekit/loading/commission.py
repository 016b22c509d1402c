"""What one run is asked to do: which rubric, which notice, which tables, all found out before anything is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.domain.deciding import Notice
from scorekit.domain.intake import RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.ratings import Ratings
from scorekit.domain.register import Register
from scorekit.domain.rubric import Rubric
from scorekit.errors import InputError, T, Text
from scorekit.loading.earlier import earlier, with_results
from scorekit.loading.notices import load_notice
from scorekit.loading.register import load_register
from scorekit.loading.request import NOTHING_SAID, Request
from scorekit.loading.rubrics import load_rubric
from scorekit.loading.settings import found_settings
from scorekit.loading.submissions import other_rubric, rubrics_named, submitted

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Commission:
    """A run ready to start: the plan, the round's notice, the tables of units, the language of its results.

    ``results`` names the earlier runs that it reads, with the digests of their records; ``register`` lists the units;
    ``ratings`` is whole once all tables were read.
    """

    plan: Plan
    notice: Notice | None
    tables: Iterable[RawTable]
    lang: str = "zh"
    results: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    register: Register | None = None
    ratings: Ratings = field(default_factory=Ratings)


def commission(
    path: Path,
    catalogue: Catalogue,
    request: Request = NOTHING_SAID,
) -> Commission:
    """Find out what a run over the folder or file *path* is to do, as it was requested.

    The rubric is the one asked for, else the one that the submissions name, else that of ``scorekit.toml``.
    Raises InputError where there is none or several, or where nothing is there.
    """
    settings = found_settings(path)
    request = request.beside(settings)
    chosen = request.rubric or _named(path, catalogue) or settings.rubric
    if chosen is None:
        raise InputError(
            T("it is not said which standard applies"), str(path), T("add --rubric ID; “scorekit rubric list” shows the standards")
        )
    plan, decided = planned(_loaded(chosen, catalogue), catalogue, request.notice)
    found = earlier(plan, request.results, plan.rubric.where)
    register = None if request.register is None else load_register(request.register, catalogue, plan, request.encoding)
    ratings = ratings_of(register)
    tables = _noted(submitted(path, catalogue, plan, request, found, register, ratings), plan.rubric)
    return Commission(plan, decided, tables, request.lang, found.runs, register, ratings)


def ratings_of(register: Register | None) -> Ratings:
    """What is known of raters before anything is read."""
    return Ratings(list(register.recusals) if register is not None else [])


def framed(frame: pd.DataFrame, catalogue: Catalogue, request: Request) -> Commission:
    """What a run over a DataFrame is to do. Raises InputError where no rubric is named."""
    from scorekit.loading.frames import from_frame

    if request.rubric is None:
        raise InputError(T("it is not said which standard applies"), "DataFrame", T("name the rubric"))
    plan, decided = planned(_loaded(request.rubric, catalogue), catalogue, request.notice)
    found = earlier(plan, request.results, plan.rubric.where)
    return Commission(plan, decided, with_results([from_frame(frame)], plan, found), request.lang, found.runs)


def _loaded(rubric: Rubric | str | Path, catalogue: Catalogue) -> Rubric:
    return rubric if isinstance(rubric, Rubric) else load_rubric(rubric, catalogue)


def planned(rubric: Rubric, catalogue: Catalogue, path: Path | None) -> tuple[Plan, Notice | None]:
    """The plan of a rubric in the round of the notice at *path*.

    Raises InputError where the notice is of another rubric, or names a category, level or tie policy that is not there.
    """
    notice = load_notice(path) if path is not None else None
    plan = compile_plan(rubric, catalogue, notice.period if notice is not None else None)
    if notice is None:
        return plan, None
    levels = {s.id for t in plan.tracks for s in t.standard.levels}
    for what, pointer, cure in _faults(notice, rubric.id, plan.categories, levels, catalogue.awards):
        raise InputError(what, f"{path}#{pointer}", cure)
    return plan, replace(notice, assess_only_units=frozenset(map(folded, notice.assess_only_units)))


def _faults(
    notice: Notice, rubric: str, categories: Sequence[str], levels: Iterable[str], ties: Iterable[str]
) -> Iterator[tuple[Text, str, Text]]:
    """What a notice names and the rubric does not have, each with its JSON pointer and what to do."""
    if notice.rubric != rubric:
        what = T("the notice is of the rubric “{found}”, not “{rubric}”", found=notice.rubric, rubric=rubric)
        yield what, "/rubric", T("name the notice of this round")
    named = [(n, f"/categories/{n}") for n in notice.categories]
    named += [(n, "/assess_only/categories") for n in sorted(notice.assess_only_categories)]
    for name, pointer in named:
        if name not in (categories or ("",)):
            cure = (
                T("the categories are: {names}", names=list(categories))
                if categories
                else T('the standard has none: write "" for all units')
            )
            yield T("the notice names the category “{name}”", name=name), pointer, cure
    if notice.level is not None and notice.level not in levels:
        what = T("the notice names the level “{name}”", name=notice.level)
        yield what, "/award/level", T("the levels are: {names}", names=sorted(levels))
    for name, seats in notice.categories.items():
        if seats.tie not in ties:
            what = T("there is no tie policy “{name}”", name=seats.tie)
            yield what, f"/categories/{name}/tie", T("it may be: {names}", names=sorted(ties))


def _named(path: Path, catalogue: Catalogue) -> str | None:
    """The one rubric that the submissions name. Raises InputError where they name several."""
    found = rubrics_named(path, catalogue.readers.values())
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
