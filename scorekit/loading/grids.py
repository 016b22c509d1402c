"""The sheets of a file as they stand, through the reader of its ending: how a table of clauses is read."""

from __future__ import annotations

from pathlib import Path

from scorekit.catalogue import Catalogue
from scorekit.domain.intake import Grid, SourceFile
from scorekit.errors import InputError, T


def grids_of(path: Path, catalogue: Catalogue) -> list[Grid]:
    """The sheets of *path*. Raises InputError where it is not there, or no reader gives sheets of its ending."""
    if not path.is_file():
        raise InputError(T("there is no such file or folder"), str(path), T("look at the path"))
    reading = {suffix: r.grids for r in catalogue.readers.values() if r.grids is not None for suffix in r.suffixes}
    grids = reading.get(path.suffix.lower())
    if grids is None:
        what = T("files with the ending “{suffix}” are not read", suffix=path.suffix or path.name)
        raise InputError(what, str(path), T("these endings are read: {names}", names=sorted(reading)))
    return grids(SourceFile(path, path.name))
