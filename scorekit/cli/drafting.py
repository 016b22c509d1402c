"""``rubric new``: a rubric to begin with, from options or from a table of clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorekit.errors import OutputError, ScorekitError, T
from scorekit.words import say

if TYPE_CHECKING:
    from scorekit.catalogue import Catalogue


def begun(
    name: str,
    parent: Path,
    catalogue: Catalogue,
    lang: str,
    *,
    title: str | None,
    table: Path | None,
    sections: Sequence[str],
    categories: Sequence[str],
    levels: Sequence[str],
) -> tuple[Path, dict[str, Any]]:
    """Write the rubric *name* into a new folder of *parent*; its file and its document.

    Raises ScorekitError where the name is none, the folder is there already, or an option or the table cannot be read.
    """
    from scorekit.domain.documents import pretty
    from scorekit.drafting.sheets import parts_of
    from scorekit.drafting.skeleton import document, sketched
    from scorekit.loading.grids import grids_of

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise OutputError(T("“{name}” cannot be the id of a rubric", name=name), "", T("use small letters, digits and -"))
    folder = parent / name
    if folder.exists():
        raise OutputError(T("the folder is there already"), str(folder), T("choose another name, or another folder with -o"))
    asked = [_valued("--section", s) for s in sections]
    lines = [(level, line) for level, line in (_valued("--level", s, needed=True) for s in levels) if line is not None]
    if table is not None:
        found, parts = parts_of(grids_of(table, catalogue), str(table))
    else:
        found, parts = name, sketched(asked, lambda text: say(text, lang))
    made = document(name, title or found, parts, lambda text: say(text, lang), categories, lines)
    folder.mkdir(parents=True)
    (folder / "rubric.json").write_bytes(pretty(made))
    return folder / "rubric.json", made


def _valued(option: str, text: str, needed: bool = False) -> tuple[str, Decimal | None]:
    """A name with a number, as 组织建设=40."""
    name, sign, value = text.partition("=")
    try:
        number = Decimal(value) if sign else None
    except InvalidOperation:
        number = None
    if not name or (number is None and (sign or needed)):
        raise ScorekitError(
            T("“{text}” is not what is wanted here", text=text), option, T("write it like this: {example}", example="组织建设=40")
        )
    return name, number
