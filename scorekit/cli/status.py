"""``scorekit status``: who has sent what, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorekit.cli.options import (
    Encoding,
    NoPlugins,
    PluginFolders,
    RegisterPath,
    RubricName,
    Strict,
    SubmissionsPath,
    Twice,
    catalogue_of,
    look_first,
    voice_of,
    where_to,
)
from scorekit.cli.summary import in_order
from scorekit.errors import T
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.domain.progress import Progress

STATUS = "status"
NAMED = 8
"""How many units are named in one line."""


def status(
    context: typer.Context,
    submissions: SubmissionsPath,
    register: RegisterPath = None,
    rubric: RubricName = None,
    out: Annotated[Path | None, where_to("DIR", T("Write status.xlsx and status.csv into this folder, too."))] = None,
    encoding: Encoding = None,
    twice: Twice = None,
    strict: Strict = False,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Say who has sent what, and what is missing; nothing is scored."""
    look_first(context, submissions, register)
    from scorekit.claiming import claimed
    from scorekit.domain.progress import progress
    from scorekit.evaluation import validate_path
    from scorekit.loading.request import Request
    from scorekit.saving import save

    voice = voice_of(context, submissions)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    request = Request(rubric, None, encoding, voice.lang, register=register, twice=twice)
    outcome = validate_path(submissions, catalogue, request)
    found = progress(outcome, outcome.register)
    voice.tell(*overview(found, outcome.plan.categories, voice.lang))
    if out is not None:
        with claimed(out, submissions):
            written = save(outcome, catalogue, out, STATUS, submissions, voice.warn)
        voice.tell(T("The overview is in {folder}: {files}", folder=out, files=[p.name for p in written]))
    if strict and any((~found.sent | found.unknown | found.twice).tolist() + [bool(found.owing(s).any()) for s in found.sources]):
        raise typer.Exit(1)


def overview(found: Progress, order: Sequence[str], lang: str) -> list[str]:
    """The lines of the overview, in *lang*; categories in the rubric's *order*."""
    return [say(line, lang) for line in _lines(found, order, lang)]


def _lines(found: Progress, order: Sequence[str], lang: str) -> Iterator[Any]:
    faulty = found.errors > 0
    for category in in_order(found.category, order):
        own = found.category.rows(category)
        told = {"units": int(own.sum()), "sent": int((own & found.sent).sum()), "faulty": int((own & faulty & found.sent).sum())}
        name = category or say(T("without a category"), lang)
        yield T(
            "{category}: {units} units, sent {sent}, with errors {faulty}, not sent {missing}",
            category=name,
            missing=told["units"] - told["sent"],
            **told,
        )
    if found.sent.sum() < len(found):
        yield T("Not sent ({count}): {units}", **_told(found, ~found.sent))
    if found.unknown.any():
        yield T("Not in the register ({count}): {units}", **_told(found, found.unknown))
    if found.twice.any():
        yield T("Sent twice ({count}): {units}", **_told(found, found.twice))
    yield from _owing(found)
    if not any(rows.any() for rows in (~found.sent, found.unknown, found.twice, *(found.owing(s) for s in found.sources))):
        yield T("Everything is there.")


def _owing(found: Progress) -> Iterator[Any]:
    """What each source that gave not everything owes."""
    for source in found.sources:
        rows = found.owing(source) & ~found.unknown
        if not rows.any():
            continue
        told = _told(found, rows)
        if source.who == "panel" and not source.given.any():
            yield T("Rater {name} has given no mark", name=source.name)
        elif source.who == "panel":
            yield T("Rater {name} left out {count} units: {units}", name=source.name, **told)
        elif source.who == "survey":
            yield T("Survey {name}: {count} units are missing: {units}", name=source.name, **told)
        elif source.name:
            yield T("Office {name}: {count} units are missing: {units}", name=source.name, **told)
        else:
            yield T("Offices: {count} units are missing: {units}", **told)


def _told(found: Progress, rows: Any) -> dict[str, Any]:
    """How many units, and which."""
    return {"count": int(rows.sum()), "units": _named(found, rows.nonzero()[0].tolist())}


def _named(found: Progress, rows: Sequence[int]) -> list[str]:
    names = sorted(found.unit[row] for row in rows[: NAMED + 1]) if len(rows) <= NAMED else [found.unit[row] for row in rows[:NAMED]]
    return names if len(rows) <= NAMED else [*names, "…"]
