"""Options that several commands share, and what they lead to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorekit.cli.voice import Voice
from scorekit.errors import InputError, PluginError, ScorekitError, T, Text

if TYPE_CHECKING:
    from scorekit.catalogue import Catalogue
    from scorekit.domain.engines import Engine, Run


def where_to(metavar: str, told: Text) -> Any:
    """The option that says where a command writes, in the same words for every command (``--output`` is taken, too)."""
    return typer.Option("--out", "-o", "--output", metavar=metavar, help=told.template)


SubmissionsPath = Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help=T("A folder of submissions, or one file.").template)]
RubricName = Annotated[
    str | None, typer.Option("--rubric", metavar="ID|PATH", help=T("The rubric, where the submissions do not name it.").template)
]
NoticePath = Annotated[
    Path | None, typer.Option("--notice", metavar="FILE", help=T("The notice of this round: seats, ties, bars.").template)
]
OutPath = Annotated[Path, where_to("DIR", T("Where the results go (./scorekit-results unless said)."))]
Format = Annotated[
    str, typer.Option("--format", metavar="csv|parquet", help=T("The form of the tables: csv (default) or parquet.").template)
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help=T("Encoding of CSV files, where it is not recognised.").template)
]
Strict = Annotated[bool, typer.Option("--strict", help=T("End with status 1 where errors or warnings were found.").template)]
Fresh = Annotated[
    bool,
    typer.Option("--fresh", help=T("Read every file again; otherwise workbooks that did not change since the last run are not.").template),
]
RegisterPath = Annotated[
    Path | None,
    typer.Option("--register", metavar="FILE", help=T("The register of the office: the units there are, with their categories.").template),
]
Twice = Annotated[
    str | None,
    typer.Option(
        "--twice", metavar="refuse|latest", help=T("Of two files that one unit sent: refuse both (default), or take the latest.").template
    ),
]
PluginFolders = Annotated[
    list[Path] | None,
    typer.Option("--plugins", metavar="DIR", help=T("A folder of plugins to load: it is code that runs. May be repeated.").template),
]
NoPlugins = Annotated[bool, typer.Option("--no-plugins", help=T("Leave out installed plugins; only the built-in ones are used.").template)]

ResultFolders = Annotated[
    list[str] | None,
    typer.Option("--results", metavar="NAME=DIR", help=T("The results of an earlier run that the rubric reads. May be repeated.").template),
]

EngineName = Annotated[str, typer.Option("--engine", metavar="NAME", help=T("Who does the batches: local (default) or dask.").template)]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help=T("At most so many processes (as many as there are cores unless said).").template),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help=T("The scheduler of a cluster, such as tcp://10.0.0.5:8786, for --engine dask.").template
    ),
]

OUT = Path("scorekit-results")
LOCAL = "local"


def voice_of(context: typer.Context, submissions: Path | None = None) -> Voice:
    """The voice that the run speaks with: the one asked for, else the language that the submissions' settings name."""
    voice: Voice = context.find_root().obj
    if submissions is None or voice.asked:
        return voice
    from scorekit.loading.settings import found_settings

    return Voice(found_settings(submissions).lang or voice.lang)


def look_first(context: typer.Context, *paths: Path | None, documents: Sequence[Path | None] = ()) -> None:
    """Raises ScorekitError for what is plainly wrong in a command line, before anything that computes is imported for it.

    That is: one of *paths* or *documents* that is not there; options that contradict each other; a rubric that no plugin there
    could bring.
    """
    from scorekit.loading.documents import load_document
    from scorekit.loading.packs import check_named
    from scorekit.loading.settings import check_there

    given = context.params
    for path in paths:
        if path is not None:
            check_there(path)
    for path in documents:
        if path is not None and not path.exists():
            load_document(path)
    if given.get("twice") not in (None, "refuse", "latest"):
        what = T("there is no “{value}” for {option}", value=given["twice"], option="--twice")
        raise InputError(what, "--twice", T("it may be: {names}", names=["refuse", "latest"]))
    folders, bare = given.get("plugins"), given.get("no_plugins", False)
    _consistent(folders, bare)
    references = [given.get(name) for name in ("rubric", "reference", "old", "new")]
    for reference in references if not folders else ():
        if reference is not None:
            check_named(reference, not bare)


def _consistent(folders: Sequence[Path] | None, bare: bool) -> None:
    if bare and folders:
        raise ScorekitError(T("--plugins and --no-plugins contradict each other"), "", T("leave one of the two out"))


def results_of(named: list[str] | None) -> dict[str, Path]:
    """The folders of earlier runs by name. Raises InputError for one that is not written NAME=DIR, or named twice."""
    found: dict[str, Path] = {}
    for text in named or ():
        name, sign, folder = text.partition("=")
        if not sign or not name or not folder or name in found:
            raise InputError(
                T("“{text}” is no name and folder, or names a run twice", text=text), "--results", T("write --results 初赛=FOLDER")
            )
        found[name] = Path(folder)
    return found


def catalogue_of(folders: list[Path] | None, bare: bool, voice: Voice) -> Catalogue:
    """The plugins there are; those that cannot be used are named on stderr. Raises ScorekitError for a folder that cannot be."""
    from scorekit.catalogue import discover

    _consistent(folders, bare)
    catalogue = discover(tuple(folders or ()), third_party=not bare)
    for fault in catalogue.faults:
        voice.caution(PluginError(fault.what, fault.plugin, T("it is left out; what it offers cannot be used")))
    return catalogue


def run_of(catalogue: Catalogue, engine: str, workers: int | None, scheduler: str | None) -> Run:
    """How the batches are done. Raises ScorekitError for an engine that is not there, or fewer workers than one."""
    from scorekit.domain.engines import Workforce

    if workers is None and scheduler is None:
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found: Engine = catalogue.find("engines", engine, "--engine")
    return found.employing(Workforce(workers, scheduler))
