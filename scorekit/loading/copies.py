"""Copies that were sent back with marks, lying beside what they were made of: which of them are read, and which left out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from scorekit.domain.annotated import Lineage
from scorekit.domain.intake import Reader, SourceFile
from scorekit.domain.tables import Problem
from scorekit.errors import InputError, T, Text
from scorekit.loading.results import file_digest


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy: its file, what it says of itself, and the digest of its values as they are now."""

    file: SourceFile
    lineage: Lineage
    now: str

    @property
    def mended(self) -> bool:
        """Whether anything in it was changed since it was made."""
        return self.now != self.lineage.values


def without_copies(files: Sequence[SourceFile], readers: Mapping[str, Reader]) -> tuple[list[SourceFile], list[Problem]]:
    """The files to be read (*readers* by ending), and a line for each that is left out.

    A mended copy counts in the place of what it was made of; a copy in which nothing was changed does not count beside
    what it was made of; of several that say the same the first counts. An original that was only saved again is known by
    what its cells hold. Two copies mended in different ways both stay. A list of problems alone is no submission.
    Without any copy nothing but their document properties is looked at.
    """
    found = dict(_copies(files, readers))
    if not found:
        return list(files), []
    out = {file.name: _list_alone() for file, copy in found.items() if copy is None}
    copies = sorted((c for c in found.values() if c is not None), key=lambda c: c.file.name)
    if copies:
        digests = {f.name: file_digest(f.path) for f in files if f.name not in out}
        out |= _superseded(copies, digests, _saved_again(files, found, readers, digests))
    problems = [Problem("repair", what, T("nothing needs to be done if this is what was meant"), file=name) for name, what in out.items()]
    return [f for f in files if f.name not in out], sorted(problems, key=lambda p: p.file)


def _copies(files: Sequence[SourceFile], readers: Mapping[str, Reader]) -> Iterator[tuple[SourceFile, _Copy | None]]:
    """The copies among the files; None where a file is a list of problems alone. One that cannot be read is left to its reader."""
    for file in files:
        reader = readers.get(PurePath(file.name).suffix.lower())
        if reader is None or reader.lineage is None or reader.values is None:
            continue
        lineage = reader.lineage(file)
        if lineage is None:
            continue
        if not lineage.values:
            yield file, None
            continue
        try:
            yield file, _Copy(file, lineage, reader.values(file))
        except InputError:
            continue


def _saved_again(
    files: Sequence[SourceFile], copies: Mapping[SourceFile, object], readers: Mapping[str, Reader], digests: Mapping[str, str]
) -> Mapping[str, list[str]]:
    """Files that are no copies, by the digest of their values; none where each copy lies beside what it was made of."""
    there, found = set(digests.values()), dict[str, list[str]]()
    if all(copy.lineage.of[0] in there for copy in copies.values() if isinstance(copy, _Copy)):
        return found
    for file in sorted(files, key=lambda f: f.name):
        reader = readers.get(PurePath(file.name).suffix.lower())
        if file not in copies and reader is not None and reader.values is not None:
            with contextlib.suppress(InputError):
                found.setdefault(reader.values(file), []).append(file.name)
    return found


def _superseded(copies: Sequence[_Copy], digests: Mapping[str, str], by_values: Mapping[str, list[str]]) -> dict[str, Text]:
    """The names of files in whose place others count, each with why; what a program only saved again is what it was."""
    out: dict[str, Text] = {}
    mended = _first_of_each([c for c in copies if c.mended], lambda c: (c.lineage.of[0], c.now), out)
    for copy in mended:
        made_of = [n for n, d in digests.items() if d in copy.lineage.of and n != copy.file.name]
        for name in made_of or by_values.get(copy.lineage.values, []):
            out.setdefault(
                name,
                T("the mended copy “{copy}” counts; “{original}”, of which it was made, is left out", copy=copy.file.name, original=name),
            )
    for copy in (c for c in copies if not c.mended):
        origin = copy.lineage.of[0]
        others = [c.file.name for c in mended if origin in c.lineage.of or digests[copy.file.name] in c.lineage.of]
        others = others or [n for n, d in digests.items() if d == origin and n != copy.file.name]
        others = others or [n for n in by_values.get(copy.lineage.values, []) if n not in out]
        if others:
            what = T("the copy was not changed since it was annotated; “{original}” counts, the copy is left out", original=others[0])
            out.setdefault(copy.file.name, what)
    _first_of_each([c for c in copies if not c.mended and c.file.name not in out], lambda c: c.lineage, out)
    return out


def _first_of_each(copies: Sequence[_Copy], key: Callable[[_Copy], object], out: dict[str, Text]) -> list[_Copy]:
    """The first copy of each *key*; the others go into *out*."""
    first: dict[object, _Copy] = {}
    for copy in copies:
        kept = first.setdefault(key(copy), copy)
        if kept is not copy:
            out[copy.file.name] = T("the copy says the same as “{other}”, made of the same file, and is left out", other=kept.file.name)
    return list(first.values())


def _list_alone() -> Text:
    return T("this is a list of errors that was written for the sender, and no submission; it is left out")
