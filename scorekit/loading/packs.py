"""Packs of rubrics: folders by id. Nothing that computes is imported here, so that a mistaken name is said at once."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from scorekit.errors import RubricError, T

PACK = "scorekit_rubrics"


def packed(packs: Iterable[str] = ()) -> Iterator[tuple[str, Path]]:
    """The id and the file of every rubric that comes with scorekit, then of those in *packs*, by import name."""
    for pack in (PACK, *packs):
        root = importlib.resources.files(pack)
        for folder in sorted(root.iterdir(), key=lambda f: f.name):
            path = Path(str(folder)) / "rubric.json"
            if path.is_file():
                yield folder.name, path


def found(reference: str, packs: Iterable[str] = ()) -> Path:
    """The file of the rubric of an id or path. Raises RubricError where there is none, or several packs hold it."""
    known: dict[str, list[Path]] = {}
    for name, path in packed(packs):
        known.setdefault(name, []).append(path)
    if reference in known:
        return one(reference, known[reference])
    path = Path(reference)
    with suppress(OSError, ValueError):  # no name of a file at all: too long, or with characters that none may have
        if path.is_dir() and (path / "rubric.json").is_file():
            return path / "rubric.json"
        if path.is_file():
            return path
    from difflib import get_close_matches

    near = get_close_matches(reference, known, 1)
    cure = T("did you mean “{near}”?", near=near[0]) if near else T("the rubrics are: {names}; or name a file", names=sorted(known))
    raise RubricError(T("there is no rubric “{name}”", name=reference), reference, cure)


def one(name: str, paths: list[Path]) -> Path:
    """The only file of an id: a pack never takes the place of another's rubric unnoticed. Raises RubricError."""
    if len(paths) > 1:
        where = [str(p) for p in paths]
        raise RubricError(
            T("several packs hold the rubric “{name}”: {paths}", name=name, paths=where), name, T("name the file that is meant")
        )
    return paths[0]


def check_named(reference: str, third_party: bool) -> None:
    """Raises RubricError where no plugin is there that could bring the rubric; *third_party*: installed ones are asked."""
    try:
        found(reference)
    except RubricError:
        if not third_party or not importlib.metadata.entry_points(group="scorekit"):
            raise
