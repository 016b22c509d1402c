"""``scorekit publish``: the public list of a result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scorekit.cli.options import NoPlugins, PluginFolders, catalogue_of, look_first, voice_of, where_to
from scorekit.errors import ScorekitError, T

PUBLIC = Path("scorekit-public")
ResultsPath = Annotated[Path, typer.Argument(metavar="RESULTS", help=T("The folder that evaluate wrote.").template)]
PublicPath = Annotated[Path, where_to("DIR", T("Where the list goes (./scorekit-public unless said)."))]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="total|status", help=T("Show the total or the status, too. May be repeated.").template),
]
Order = Annotated[
    str, typer.Option("--order", metavar="rank|name", help=T("By rank (default), or by name (code points) and without ranks.").template)
]


def publish(
    context: typer.Context,
    results: ResultsPath,
    out: PublicPath = PUBLIC,
    more: With = None,
    order: Order = "rank",
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Write the public list, without what the rubric marks as personal."""
    look_first(context)
    from scorekit.loading.results import load_results
    from scorekit.publishing import MORE, ORDERS, Wish
    from scorekit.publishing import publish as published

    for given, known, option in ((more or [], MORE, "--with"), ([order], ORDERS, "--order")):
        strange = [g for g in given if g not in known]
        if strange:
            raise ScorekitError(T("“{text}” cannot be asked for", text=strange[0]), option, T("use one of: {names}", names=list(known)))
    voice = voice_of(context)
    found = load_results(results)
    written, notes = published(found, catalogue_of(plugins, no_plugins, voice), out, Wish(tuple(more or ()), order), voice.lang, voice.warn)
    voice.warn(*(T("note: {what}", what=note) for note in notes))
    voice.tell(T("The public list is in {folder}: {files}", folder=out, files=[p.name for p in written]))
