"""What goes back to the senders: for each file with errors or warnings a marked copy, or the list of its problems alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from scorekit.catalogue import Catalogue
from scorekit.domain.annotated import COPY, LIST, Lineage
from scorekit.domain.annotators import Annotator, Finding, Returned
from scorekit.domain.findings import findings
from scorekit.domain.folders import RECORD, STAGING, files_named, record_in
from scorekit.domain.intake import Reader, SourceFile
from scorekit.domain.outputs import Outcome
from scorekit.errors import InputError, OutputError, T, Text
from scorekit.loading.results import file_digest
from scorekit.loading.submissions import find

_ENDING = ".xlsx"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{d}{i}" for d in ("COM", "LPT") for i in range(10))})
"""What Windows takes for a device, whatever ending follows."""
_LONGEST = 180
"""Bytes of a name before its ending: 255 is the most that file systems take, and mail programs add to it."""


def annotated(outcome: Outcome, catalogue: Catalogue, staging: Path, inputs: Path) -> Iterator[tuple[str, Annotator]]:
    """Write into *staging* what goes back; the name of each file as it is written, and who wrote it. One file at a time.

    Raises PluginError where an annotator that is not ours fails.
    """
    annotators = sorted(catalogue.annotators.values(), key=lambda a: a.name)
    if not annotators:
        return
    readers = {ending: r for r in catalogue.readers.values() for ending in r.suffixes}
    sources: dict[str, SourceFile] = {}
    taken: set[str] = set()
    for name, told, more in findings(outcome):
        sources = sources or {f.name: f for f in find(inputs, readers)}
        file = sources.get(name)
        if file is None:  # evidence, which nobody reads
            continue
        ending = file.path.suffix.lower()
        returned = Returned(file, told, _lineage(file, readers[ending]), outcome.lang, more)
        by = next((a for a in annotators if ending in a.suffixes), annotators[0])
        why: Text | None = None
        if ending in by.suffixes and any(map(_markable, told)):
            copy = _name(name, COPY, taken)
            why = _marked(by, returned, staging / copy, readers[ending], catalogue)
            if why is None:
                taken.add(copy.casefold())
                yield copy, by
                continue
        alone = _name(name, LIST, taken)
        with _blamed(by, catalogue):
            by.alone(replace(returned, why=why), staging / alone)
        taken.add(alone.casefold())
        yield alone, by


def check_copies(out: Path) -> None:
    """Raises OutputError where a marked copy in *out* was changed since it was written: what somebody mended there is not replaced."""
    if any(out.glob(f"{STAGING}*")):
        return  # a run died while it moved its copies in: they are not as its record says, and nobody touched them
    names = files_named(record_in(out / RECORD))
    changed = sorted(n for n, d in names.items() if COPY in n and file_digest(out / n) not in ("", d))
    if changed:
        what = T("marked copies in the folder were changed since they were written: {names}", names=changed[:3])
        raise OutputError(what, str(out), T("put those that were mended among the submissions, or elsewhere, then run again"))


def _markable(finding: Finding) -> bool:
    """Whether a finding has a place to be marked: a cell or the head of a column."""
    return finding.severity != "repair" and bool(finding.sheet) and (bool(finding.cell) or finding.head is not None)


def _lineage(file: SourceFile, reader: Reader) -> Lineage:
    """What a copy of *file* says of itself; its values are put in where it is marked."""
    earlier = reader.lineage(file) if reader.lineage is not None else None
    return Lineage((file_digest(file.path), *(earlier.of if earlier is not None else ())))


def _marked(by: Annotator, returned: Returned, copy: Path, reader: Reader, catalogue: Catalogue) -> Text | None:
    """Write a marked copy that holds what the file holds; else nothing, and why."""
    if reader.values is None:
        return T("its reader does not tell what it holds")
    try:
        values = reader.values(returned.file)
    except InputError as fault:  # the file changed since it was read
        return fault.what
    marked = replace(returned, lineage=replace(returned.lineage, values=values))
    with _blamed(by, catalogue):
        why = by.mark(marked, copy)
    if why is None and not _same(reader, copy, values):
        why = T("a copy would not hold quite the same values")
    if why is None and file_digest(returned.file.path) != returned.lineage.of[0]:
        why = T("the file was changed while it was looked at")
    if why is not None:
        copy.unlink(missing_ok=True)
    return why


def _same(reader: Reader, copy: Path, values: str) -> bool:
    """Whether a copy holds these values: what is written is read once more before it leaves the house."""
    try:
        return reader.values is not None and reader.values(SourceFile(copy, copy.name)) == values
    except InputError:
        return False


def _blamed(by: Annotator, catalogue: Catalogue) -> AbstractContextManager[None]:
    """Within it a fault in an annotator that is not ours names its plugin."""
    return catalogue.blamed(by.plugin, lambda error: T("the annotator {annotator} failed: {error}", annotator=by.name, error=error))


def _name(source: str, suffix: str, taken: set[str]) -> str:
    """A name in the results for what goes back with *source*: one that every system takes, that leaves no folder, and is new.

    Folders stand before the name; letters of either case are one name, as on Windows.
    """
    folder, _, own = source.rpartition("/")
    stem = own.rpartition(".")[0] or own
    stem = stem.removesuffix(COPY) if suffix == COPY else stem
    whole = _FORBIDDEN.sub("_", "_".join(filter(None, (folder, stem)))).strip(" .") or "_"
    if len(whole.encode()) > _LONGEST:
        mark = hashlib.sha256(source.encode()).hexdigest()[:8]
        whole = whole.encode()[: _LONGEST - 9].decode("utf-8", "ignore").strip(" .") + "-" + mark
    if whole.partition(".")[0].upper() in _RESERVED:
        whole = f"_{whole}"
    number = 1
    while (name := f"{whole}{suffix}{f'-{number}' if number > 1 else ''}{_ENDING}").casefold() in taken:
        number += 1
    return name


def counted(names: Sequence[str]) -> tuple[int, int]:
    """How many of some files are marked copies, and how many lists of problems alone."""
    copies = sum(COPY in n for n in names)
    return copies, sum(LIST in n and COPY not in n for n in names)
