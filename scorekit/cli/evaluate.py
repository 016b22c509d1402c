"""``scorekit evaluate``: the main job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scorekit.cli.options import (
    LOCAL,
    OUT,
    Encoding,
    EngineName,
    Format,
    Fresh,
    NoPlugins,
    NoticePath,
    OutPath,
    PluginFolders,
    RegisterPath,
    ResultFolders,
    RubricName,
    Scheduler,
    Strict,
    SubmissionsPath,
    Twice,
    Workers,
    catalogue_of,
    look_first,
    results_of,
    run_of,
    voice_of,
)
from scorekit.cli.progress import Progress
from scorekit.cli.summary import conclude, summary
from scorekit.cli.voice import Voice

if TYPE_CHECKING:
    from scorekit.catalogue import Catalogue
    from scorekit.domain.engines import Run
    from scorekit.domain.outputs import Outcome
    from scorekit.loading.request import Request


def evaluate(
    context: typer.Context,
    submissions: SubmissionsPath,
    rubric: RubricName = None,
    notice: NoticePath = None,
    out: OutPath = OUT,
    format: Format = "csv",
    encoding: Encoding = None,
    register: RegisterPath = None,
    twice: Twice = None,
    strict: Strict = False,
    fresh: Fresh = False,
    results: ResultFolders = None,
    engine: EngineName = LOCAL,
    workers: Workers = None,
    scheduler: Scheduler = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Validate, score, rank, decide and export."""
    look_first(context, submissions, register, documents=[notice])
    from scorekit.loading.request import Request

    voice = voice_of(context, submissions)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    request = Request(rubric, notice, encoding, voice.lang, results_of(results), register=register, twice=twice)
    run = run_of(catalogue, engine, workers, scheduler)
    outcome = carry_out(voice, catalogue, submissions, out, request, format=format, fresh=fresh, run=run)
    conclude(outcome.problems, strict)


def carry_out(
    voice: Voice,
    catalogue: Catalogue,
    submissions: Path,
    out: Path,
    request: Request,
    *,
    format: str = "csv",
    fresh: bool = False,
    run: Run = map,
) -> Outcome:
    """Evaluate *submissions* into *out* and print the summary; *fresh*: read what did not change since the last run, too."""
    from scorekit.claiming import claimed
    from scorekit.cli.heap import shared
    from scorekit.evaluation import evaluate_path
    from scorekit.loading.keeping import keeping
    from scorekit.saving import save

    shared()
    with claimed(out, submissions), Progress(voice) as progress, keeping(out, fresh) as kept:
        outcome = evaluate_path(submissions, catalogue, replace(request, kept=kept), progress=progress.advance, run=run)
        written = save(outcome, catalogue, out, format, submissions, voice.warn)
    voice.tell(*summary(outcome, written, out, voice.lang))
    return outcome
