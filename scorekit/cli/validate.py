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
    """Check submissions and write the problems; score nothing.

    A workbook with errors or warnings comes back as a marked copy (…_批注.xlsx), any other file, and a workbook that a copy
    could not hold whole, as a list of errors (…_错误清单.xlsx).
    """
    look_first(context, submissions, register, documents=[notice])
    from scorekit.annotating import counted
    from scorekit.claiming import claimed
    from scorekit.evaluation import validate_path
    from scorekit.loading.keeping import keeping
    from scorekit.loading.request import Request
    from scorekit.loading.results import FOR_PEOPLE
    from scorekit.saving import save

    voice = voice_of(context, submissions)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    _spare(out)
    earlier = results_of(results)
    run = run_of(catalogue, engine, workers, scheduler)
    with claimed(out, submissions), Progress(voice) as progress, keeping(out, fresh) as kept:
        request = Request(rubric, notice, encoding, voice.lang, earlier, kept, register, twice)
        outcome = validate_path(submissions, catalogue, request, progress=progress.advance, run=run)
        written = save(outcome, catalogue, out, PROBLEMS, submissions, voice.warn, copies=True)
    voice.tell(*problem_lines(outcome.problems, voice.lang))
    back = [p.name for p in written if p.suffix == FOR_PEOPLE]
    voice.tell(T("The problems are in {folder}: {files}", folder=out, files=[p.name for p in written if p.name not in back]))
    if back:
        copies, lists = counted(back)
        voice.tell(T("To be sent back: {copies} marked copies, {lists} lists of errors", copies=copies, lists=lists))
    conclude(outcome.problems, strict)


def _spare(out: Path) -> None:
    """Raises OutputError where *out* holds what evaluate wrote, or what somebody mended: whoever only checks must not lose it."""
    from scorekit.annotating import check_copies

    check_copies(out)
    if any(out.glob("standings.*")):
        what = T("the folder holds the results of an evaluation, which a check would replace")
        raise OutputError(what, str(out), T("give another folder with --out"))
