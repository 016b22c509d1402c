"""From a folder or file to tables: what is found, and in which order it is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from scorekit.catalogue import Catalogue
from scorekit.domain.intake import RawTable, Reader, ReadRequest, SourceFile
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.ratings import Ratings
from scorekit.domain.register import Register
from scorekit.domain.tables import Problem
from scorekit.errors import InputError, T
from scorekit.loading.copies import without_copies
from scorekit.loading.earlier import NOBODYS, Earlier, with_results
from scorekit.loading.forms import of_forms
from scorekit.loading.keeping import Kept
from scorekit.loading.lists import list_words, with_lists
from scorekit.loading.long_tables import spread
from scorekit.loading.merging import merged
from scorekit.loading.pooling import pooled
from scorekit.loading.rating import of_raters
from scorekit.loading.recusing import recused
from scorekit.loading.register import with_register
from scorekit.loading.request import NOTHING_SAID, REFUSE, Request
from scorekit.loading.settings import SETTINGS, check_there, found_settings
from scorekit.stages.validate import header_words, name_words

_ASIDE = frozenset({SETTINGS, "thumbs.db", "desktop.ini", "__macosx"})
_RESULTS = ("standings.csv", "standings.parquet", "ranking.xlsx")
_SCHEMA = re.compile(rb'"\$schema"\s*:\s*"([^"\\/:]+)"')
_LOOKED_AT = 32 * 2**20
_BUFFER = 2**16
_SHEETS = frozenset({".xlsx"})
DEEPEST = 60
"""Folders within folders."""
_FIRST = ("csv", "workbook")
"""Readers whose tables may hold lists that belong to the units of other files; they are read first."""


def find(path: Path, suffixes: Iterable[str] | None = None, beside: Path | None = None) -> list[SourceFile]:
    """The files of a submission, sorted by name: *path* itself, or what stands under it, with these endings or any.

    Left aside: hidden and lock files, settings, the notice and the register they name, *beside* (another of the office's
    own files), README files, folders of results.
    Raises InputError where there is nothing at *path*, or a link leads out of it.
    """
    check_there(path)
    return _found(path, _entries(path), suffixes, beside)


def _found(path: Path, entries: Sequence[_Entry], suffixes: Iterable[str] | None, beside: Path | None) -> list[SourceFile]:
    """The files among the *entries* of *path*, as ``find`` gives them."""
    if path.is_file():
        return [SourceFile(path, _printable(path.name))]
    own = _office(path, beside)
    wanted = None if suffixes is None else frozenset(suffixes)
    found = [e for e in entries if not e.odd and (wanted is None or _suffix(e.name) in wanted)]
    root = path.resolve()
    for file in (e.path for e in found if e.linked):
        if not file.resolve().is_relative_to(root):
            raise InputError(T("the link leads out of the folder"), str(file), T("put the file itself into the folder"))
    files = [SourceFile(e.path, _printable(e.name)) for e in found if not own or e.path.resolve() not in own]
    return sorted(files, key=lambda f: f.name)


def _office(path: Path, beside: Path | None) -> set[Path]:
    """The office's own files under *path*, which are no submissions."""
    settings = found_settings(path)
    return {p.resolve() for p in (settings.notice, settings.register, beside) if p is not None}


def read(
    path: Path,
    catalogue: Catalogue,
    request: ReadRequest,
    lists: frozenset[str] = frozenset(),
    kept: Kept | None = None,
    beside: Path | None = None,
) -> Iterator[RawTable]:
    """All tables under *path*, each file through the reader of its ending; files named in *lists* (folded) come first.

    What *kept* holds of files that did not change is not read again; the office's own file *beside* is no submission.
    Copies beside what they were made of: see ``without_copies``.
    Raises InputError where nothing can be read, or two readers claim an ending.
    """
    readers = _by_suffix(catalogue.readers)
    reports = frozenset(suffix for extractor in catalogue.extractors.values() for suffix in extractor.suffixes)
    by_suffix: dict[str, list[SourceFile]] = {}
    check_there(path)
    entries = _entries(path)  # walked once: there may be ten thousand files
    files, left_out = without_copies(_found(path, entries, None, beside), readers)
    for file in files:
        by_suffix.setdefault(_suffix(file.name), []).append(file)
    if left_out:
        yield RawTable({}, (), (), (), problems=tuple(left_out))
    if not left_out and not by_suffix.keys() & readers.keys():
        what = T("there is nothing here that can be read")
        names = sorted(s for s, r in readers.items() if r.name != "foreign")
        cure = T("these endings are read: {names}; from a narrative report a submission is drafted with “scorekit extract”", names=names)
        raise InputError(what, str(path), cure if by_suffix.keys() & reports else T("these endings are read: {names}", names=names))
    known = {r.name: sorted((f for s in r.suffixes for f in by_suffix.get(s, ())), key=lambda f: f.name) for r in readers.values()}
    for listed in (True, False) if lists else (False,):
        for reader in _in_turn(readers.values()):
            own = [f for f in known[reader.name] if not lists or (folded(f.path.stem) in lists) == listed]
            if own:
                yield from _through(reader, catalogue, own, request, kept)
    unread = sorted((f for s, files in by_suffix.items() if s not in readers for f in files), key=lambda f: f.name)
    problems = [*(_unread(f, reports) for f in unread), *_odd(entries, readers)]
    if problems:
        yield RawTable({}, (), (), (), problems=tuple(problems))


def submitted(
    path: Path,
    catalogue: Catalogue,
    plan: Plan,
    request: Request = NOTHING_SAID,
    found: Earlier = NOBODYS,
    register: Register | None = None,
    ratings: Ratings | None = None,
) -> Iterator[RawTable]:
    """The tables of units under *path* as *plan* asks for them: lists and earlier results joined to their units, small tables pooled.

    By the register each unit has its category. What the sheets of raters say beside their marks goes into *ratings*.
    """
    asked = ReadRequest(request.encoding, header_words(plan), name_words(plan))
    tables = read(path, catalogue, asked, list_words(plan), request.kept, request.register)
    alone = _one_table(path, request.register)
    rated = of_raters(of_forms(tables, plan), plan, Ratings() if ratings is None else ratings, alone)
    tables = merged(rated, plan, request.twice or REFUSE, alone)
    together = pooled(with_results(with_lists(spread(tables, plan), plan), plan, found))
    return recused(with_register(together, plan, register), plan, register)


def _one_table(path: Path, beside: Path | None) -> bool:
    """Whether there is one file only, and it is no workbook of several sheets."""
    check_there(path)
    if path.is_file():
        return _suffix(path.name) not in _SHEETS
    own = _office(path, beside)
    files = list(islice((e for e in _under(path) if not e.odd and (not own or e.path.resolve() not in own)), 2))
    return len(files) == 1 and _suffix(files[0].name) not in _SHEETS


def rubrics_named(path: Path, readers: Iterable[Reader] = ()) -> dict[str, str]:
    """The ids of rubrics that files name, each with a file that does; a quick look without parsing.

    JSON files name one as ``$schema``, of NDJSON only the first line is looked at; of others their *readers* know. What a unit
    really names is in its table (see ``other_rubric``).
    """
    found: dict[str, str] = {}
    knowing = {suffix: reader.names for reader in readers if reader.names is not None for suffix in reader.suffixes}
    for file in find(path, knowing) if knowing else ():
        if (name := knowing[_suffix(file.name)](file)) is not None:
            found.setdefault(name, file.name)
    for file in find(path, (".json", ".ndjson", ".jsonl")):
        with open(file.path, "rb", buffering=_BUFFER) as source:
            data = source.read(_LOOKED_AT) if _suffix(file.name) == ".json" else source.readline(_LOOKED_AT)
        for name in _SCHEMA.findall(data):
            found.setdefault(name.decode("utf-8", "replace"), file.name)
    return dict(sorted(found.items()))


def other_rubric(table: RawTable, rubric: str) -> Problem | None:
    """The warning that a table's submissions name another rubric than the one applied."""
    if table.rubric is None or table.rubric == rubric:
        return None
    what = T("the submission names the rubric “{found}”, but “{rubric}” is applied", found=table.rubric, rubric=rubric)
    return Problem("warning", what, T("look whether it was meant for this assessment"), file=table.files[0] if table.files else "")


class _Entry(NamedTuple):
    """A file below a folder: where it is, its name from there on, and whether it is a link."""

    path: Path
    name: str
    linked: bool
    odd: bool = False
    """It is no file that can be read."""


def _entries(path: Path) -> list[_Entry]:
    """Every file below *path*; none where it is a file itself."""
    return list(_under(path)) if path.is_dir() else []


def _under(folder: Path, above: str = "") -> Iterator[_Entry]:
    """Every file below a folder that is not left aside."""
    if above.count("/") > DEEPEST:
        yield _Entry(folder, above.removesuffix("/"), False, True)
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda e: e.name)
    for entry in entries:
        low = entry.name.lower()
        if low.startswith((".", "~$", "readme")) or low in _ASIDE:
            continue
        if _is_folder(entry):
            if not _is_result(folder / entry.name):
                yield from _under(folder / entry.name, f"{above}{entry.name}/")
        else:
            yield _Entry(folder / entry.name, above + entry.name, entry.is_symlink(), not _readable(entry))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() and not entry.is_symlink()
    except OSError:  # a link that leads round in a circle
        return False


def _readable(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file that may be opened."""
    try:
        return entry.is_file() and os.access(entry.path, os.R_OK)
    except OSError:
        return False


def odd(path: Path, suffixes: Iterable[str]) -> list[Problem]:
    """What stands under *path* with one of these endings, or is a folder too deep, and cannot be read; each is a problem."""
    return _odd(_entries(path), suffixes)


def _odd(entries: Iterable[_Entry], suffixes: Iterable[str]) -> list[Problem]:
    found = [e for e in entries if e.odd and (_suffix(e.name) in suffixes or e.path.is_dir())]
    what = T("this is no file that can be read: a link, a device, a folder too deep, or a file that may not be opened")
    cure = T("put the file itself into the folder, and let it be read")
    return [Problem("error", what, cure, file=_printable(e.name)) for e in sorted(found, key=lambda e: e.name)]


def _suffix(name: str) -> str:
    """The ending of a file's name, as ``Path.suffix`` has it, in lower case; many thousands of files are asked for it."""
    own = name.rpartition("/")[2]
    dot = own.rfind(".")
    return own[dot:].lower() if 0 < dot < len(own) - 1 else ""


def _is_result(folder: Path) -> bool:
    return (folder / "run.json").is_file() and any((folder / name).is_file() for name in _RESULTS)


def _printable(name: str) -> str:
    """A file's name as text that every report can hold."""
    return os.fsencode(name).decode("utf-8", "replace")


def _through(
    reader: Reader, catalogue: Catalogue, files: Sequence[SourceFile], request: ReadRequest, kept: Kept | None
) -> Iterator[RawTable]:
    """The tables of one reader's files."""
    if kept is None or reader.rests_on is None:
        return reader.read(files, request)
    return kept.read(reader, catalogue.version_of(reader.plugin), files, request)


def _by_suffix(readers: Mapping[str, Reader]) -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for reader in sorted(readers.values(), key=lambda r: r.name):
        for suffix in reader.suffixes:
            if suffix in found:
                what = T("the readers {first} and {second} both read {suffix}", first=found[suffix].name, second=reader.name, suffix=suffix)
                raise InputError(what, "", T("remove one of the two plugins"))
            found[suffix] = reader
    return found


def _in_turn(readers: Iterable[Reader]) -> Sequence[Reader]:
    distinct = {r.name: r for r in readers}
    return [*(distinct[n] for n in _FIRST if n in distinct), *(distinct[n] for n in sorted(distinct) if n not in _FIRST)]


def _unread(file: SourceFile, reports: frozenset[str]) -> Problem:
    """That a file of a foreign ending is left out; one of *reports* may be a narrative report."""
    what = T("files with the ending “{suffix}” are not read", suffix=file.path.suffix or file.name)
    cure = T("if it is evidence, nothing needs to be done; a submission is to be saved as .xlsx, .csv or .json")
    if _suffix(file.name) in reports:
        cure = T("if it is evidence, nothing needs to be done; if it is a narrative report, draft a submission from it: scorekit extract")
    return Problem("warning", what, cure, file=file.name)
