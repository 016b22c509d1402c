"""A catalogue of the exporters that come with scorekit, and plain ones for tests of saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from scorekit_plugins.exporters import documents, parquet, tables, workbook

from scorekit.catalogue import BUILT_IN, FOLDER, Catalogue, PluginInfo
from scorekit.domain.outputs import Exporter, Outcome


def exporters() -> Catalogue:
    """All exporters, as discovering them would give."""
    found = [e for module in (documents, parquet, tables, workbook) for e in module.scorekit_exporters()]
    return Catalogue(exporters={e.name: e for e in found})


def only(*writers: tuple[str, Callable[[Outcome, Path], Sequence[str]]], plugin: str = "") -> Catalogue:
    """A catalogue of plain exporters of the format csv; *plugin* names a third-party plugin that they come from."""
    found = {name: Exporter(name, ("csv",), write, plugin=plugin) for name, write in writers}
    infos = (PluginInfo("ours", BUILT_IN, "1"), PluginInfo(plugin, FOLDER, "2.1")) if plugin else ()
    return Catalogue(exporters=found, plugins=infos)


def writes(name: str, text: str = "x") -> tuple[str, Callable[[Outcome, Path], Sequence[str]]]:
    """An exporter that writes one file."""

    def write(outcome: Outcome, folder: Path) -> list[str]:
        (folder / name).write_text(text)
        return [name]

    return name, write
