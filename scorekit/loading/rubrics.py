"""Rubrics by id or path: shipped packs searched, the document checked against the meta-schema."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.inheritance import merged
from scorekit.compiling.metaschema import check_document
from scorekit.domain.rubric import Rubric
from scorekit.errors import RubricError, T
from scorekit.loading.documents import load_document
from scorekit.loading.packs import found, one, packed
from scorekit.loading.table_files import with_tables

DEEPEST = 10
"""Levels of rubrics that extend one another."""


def load_rubric(reference: str | Path, catalogue: Catalogue) -> Rubric:
    """The rubric of an id (shipped or in a pack) or of a path to a file or its folder.

    Raises RubricError with the file, a JSON pointer and the cure where it is none.
    """
    return _loaded(found(str(reference), catalogue.rubric_packs), catalogue, ())


def shipped(catalogue: Catalogue) -> tuple[Rubric, ...]:
    """All rubrics of the packs, by id."""
    return tuple(load_rubric(path, catalogue) for _, path in sorted(packed(catalogue.rubric_packs)))


def rubric_of(document: dict[str, Any], where: str, catalogue: Catalogue) -> Rubric:
    """A rubric from a document at hand (a results folder keeps one)."""
    return _checked(document, Path(where), catalogue)


def _loaded(path: Path, catalogue: Catalogue, below: tuple[Path, ...]) -> Rubric:
    """The rubric in *path*, laid over the one that it extends; *below* are the files that led here."""
    document = load_document(path, RubricError)
    frame = document.get("x-rubric")
    if not isinstance(frame, dict) or "extends" not in frame:
        return _checked(document, path, catalogue)
    check_document(document, str(path), catalogue)
    base = _base(document["x-rubric"]["extends"], path, catalogue)
    if base in (*below, path) or len(below) > DEEPEST:
        what = T("“{name}” leads back to itself", name=document["x-rubric"]["extends"])
        raise RubricError(what, f"{path}#/x-rubric/extends", T("extend a rubric that does not rest on this one"))
    return _checked(merged(_loaded(base, catalogue, (*below, path)), document, str(path), catalogue), path, catalogue)


def _base(name: str, path: Path, catalogue: Catalogue) -> Path:
    """The file of the rubric that one extends: in the same folder, or by a shipped id; never elsewhere."""
    where = f"{path}#/x-rubric/extends"
    if name.endswith(".json"):
        beside = path.parent / name
        if beside.is_file() and beside.resolve().parent == path.parent.resolve():
            return beside
        raise RubricError(T("there is no file “{name}” in the rubric's folder", name=name), where, T("put the base beside the rubric"))
    known = [file for own, file in packed(catalogue.rubric_packs) if own == name]
    if not known:
        names = sorted(own for own, _ in packed(catalogue.rubric_packs))
        raise RubricError(
            T("there is no rubric “{name}”", name=name), where, T("name a file of the same folder, or one of: {names}", names=names)
        )
    return one(name, known)


def _checked(written: dict[str, Any], path: Path, catalogue: Catalogue) -> Rubric:
    document = with_tables(written, path)
    check_document(document, str(path), catalogue)
    frame = document["x-rubric"]
    return Rubric(frame["id"], _text(frame["version"]), document.get("title", frame["id"]), document, str(path))


def _text(value: Any) -> str:
    return str(value) if not isinstance(value, Decimal) else format(value, "f")
