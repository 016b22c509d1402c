"""``scorekit validate``: only the checking."""

from __future__ import annotations

from pathlib import Path

import typer

from scorekit.cli.options import (
    LOCAL,
    OUT,
    Encoding,
    EngineName,
    Fresh,
    NoPlugins,
    NoticePath,
    OutPath,
    PluginFolders,
    ResultFolders,
    RubricName,
    Scheduler,
    Strict,
    SubmissionsPath,
    Workers,
    catalogue_of,
    look_first,
    results_of,
    run_of,
    voice_of,
)
from scorekit.cli.progress import Progress
from scorekit.cli.summary import conclude, problem_lines
from scorekit.errors import OutputError, T

PROBLEMS = "problems"


def validate(
    context: typer.Context,
    submissions: SubmissionsPath,
    rubric: RubricName = None,
    notice: NoticePath = None,
    out: OutPath = OUT,
    encoding: Encoding = None,
    strict: Strict = False,
    fresh: Fresh = False,
    results: ResultFolders = None,
    engine: EngineName = LOCAL,
    workers: Workers = None,
    scheduler: Scheduler = None,
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Check submissions and write the problems; score nothing."""
    look_first(context, submissions, documents=[notice])
    from scorekit.claiming import claimed
    from scorekit.evaluation import validate_path
    from scorekit.loading.keeping import keeping
    from scorekit.loading.request import Request
    from scorekit.saving import save

    voice = voice_of(context, submissions)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    _spare(out)
    earlier = results_of(results)
    run = run_of(catalogue, engine, workers, scheduler)
    with claimed(out, submissions), Progress(voice) as progress, keeping(out, fresh) as kept:
        request = Request(rubric, notice, encoding, voice.lang, earlier, kept)
        outcome = validate_path(submissions, catalogue, request, progress=progress.advance, run=run)
        written = save(outcome, catalogue, out, PROBLEMS, submissions, voice.warn)
    voice.tell(*problem_lines(outcome.problems, voice.lang))
    voice.tell(T("The problems are in {folder}: {files}", folder=out, files=[p.name for p in written]))
    conclude(outcome.problems, strict)


def _spare(out: Path) -> None:
    """Raises OutputError where *out* holds what evaluate wrote: whoever only checks must not lose a ranking."""
    if any(out.glob("standings.*")):
        what = T("the folder holds the results of an evaluation, which a check would replace")
        raise OutputError(what, str(out), T("give another folder with --out"))
