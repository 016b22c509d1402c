"""``scorekit explain``: one unit, from the cells to the rank."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scorekit.cli.options import NoPlugins, PluginFolders, catalogue_of, look_first, voice_of
from scorekit.errors import T


def explain(
    context: typer.Context,
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help=T("The folder that evaluate wrote.").template)],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=T("The unit's name, or enough of it.").template)],
    plugins: PluginFolders = None,
    no_plugins: NoPlugins = False,
) -> None:
    """Explain every figure of one unit."""
    from scorekit.loading.results import load_results

    look_first(context)
    found = load_results(results)
    from scorekit.explaining import explain as explained

    voice = voice_of(context)
    catalogue = catalogue_of(plugins, no_plugins, voice)
    voice.tell(*explained(found, unit, catalogue, voice.lang))
