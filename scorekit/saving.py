"""Saving a result: written beside its place, flushed, moved in, the run record last; the old set stays usable until then."""

from __future__ import annotations

import math
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from scorekit.annotating import annotated, check_copies
from scorekit.catalogue import Catalogue
from scorekit.claiming import STALE, claimed
from scorekit.domain.annotators import Annotator
from scorekit.domain.documents import canonical, digest, pretty
from scorekit.domain.folders import BESIDE, RECORD, STAGING, files_named, names_of, record_in
from scorekit.domain.outputs import Exporter, Outcome
from scorekit.domain.record import record
from scorekit.errors import OutputError, PluginError, T, Text, reason_of
from scorekit.loading.results import file_digest, located
from scorekit.loading.submissions import find

__all__ = ["canonical", "claimed", "digest", "move_in", "put_file", "put_set", "save", "sweep"]

Tell = Callable[[Text], object]
PART = ".part"
_LEFT = 60.0
"""Seconds after which a part of a file that nobody finished is taken for what a killed run left."""


def save(
    outcome: Outcome,
    catalogue: Catalogue,
    out: Path,
    format: str = "csv",  # noqa: A002  (what the option is called)
    inputs: Path | None = None,
    tell: Tell | None = None,
    copies: bool = False,
) -> tuple[Path, ...]:
    """Write *outcome* into the folder *out* with every exporter of *format*; the files that were written, the record last.

    *inputs* is the folder or file of the submissions: *out* must not lie in it, and its files' digests are recorded.
    With *copies*, what goes back to the senders of files with problems is written, too (see ``annotating``).
    Where a file cannot be replaced because a program holds it open, the new one is kept beside it and *tell* is told.
    Raises OutputError; the old set is then as it was.
    """
    out = Path(out)
    exporters = sorted((e for e in catalogue.exporters.values() if format in e.formats), key=lambda e: e.name)
    if not exporters:
        other = {"problems", "status"}  # that is what validate and status write
        offered = sorted({f for e in catalogue.exporters.values() for f in e.formats} - other)
        raise OutputError(T("no exporter writes the format “{format}”", format=format), "--format", T("use one of: {names}", names=offered))
    outcome = signed(outcome)
    with claimed(out, inputs), _told(out):
        sweep(out, tell)
        check_copies(out)
        staging = out / f"{STAGING}{os.getpid()}-{next(_RUNS)}"
        _stage(outcome, catalogue, exporters, staging, {"format": format}, inputs, copies)
        return move_in(staging, out, tell)


def put_set(out: Path, made: Mapping[str, bytes], document: Mapping[str, Any], tell: Tell | None = None) -> tuple[Path, ...]:
    """Write files that were made already into the folder *out* as one set, with *document* as its record, as ``save`` does."""
    with claimed(out), _told(out):
        sweep(out, tell)
        staging = out / f"{STAGING}{os.getpid()}-{next(_RUNS)}"
        staging.mkdir()
        try:
            for name, content in made.items():
                _put(staging, name, content)
            files = {name: file_digest(staging / name) for name in sorted(made)}
            _put(staging, RECORD, pretty({**document, "files": files}))
            _flush_folder(staging)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        return move_in(staging, out, tell)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the system refuses, as an OutputError."""
    try:
        yield
    except OSError as fault:
        raise OutputError(
            T("the results could not be written: {error}", error=reason_of(fault)),
            fault.filename or str(out),
            T("check the free space and your rights on the folder, then run again"),
        ) from fault


def signed(outcome: Outcome) -> Outcome:
    """The outcome with the version of the software that found it, for exporters to print."""
    software = str(outcome.run.get("software") or _own_version())
    return replace(outcome, run={**outcome.run, "software": software})


def sweep(out: Path, tell: Tell | None = None) -> None:
    """Clear what runs that died left in *out*: a set that was written whole is moved in, anything else is removed."""
    for staging in sorted(out.glob(f"{STAGING}*")):
        names = _names(staging)
        if names and all(file_digest(p) == names[n] for n, p in located(out, staging, names).items()):
            move_in(staging, out, tell)
        shutil.rmtree(staging, ignore_errors=True)


def move_in(staging: Path, out: Path, tell: Tell | None = None) -> tuple[Path, ...]:
    """Move a whole set from *staging* into *out*, remove what no longer belongs to it, and move its record in last.

    Until then the record in *staging* says whose the files are: of one that no record names nobody would know it was ours.
    """
    names = _names(staging)
    moved: dict[str, str] = {}
    for name in sorted(names):
        if (staging / name).is_file():
            moved[_moved(staging, out, name, tell)] = names[name]
        else:
            moved[name] = names[name]
    if moved.keys() != names.keys():
        document = record_in(staging / RECORD)
        _put(staging, RECORD, pretty({**document, "files": dict(sorted(moved.items()))}))
    for name in sorted((STALE | names_of(record_in(out / RECORD))) - moved.keys()):
        _removed(out / name, moved)
    os.replace(staging / RECORD, out / RECORD)
    _flush_folder(out)
    shutil.rmtree(staging, ignore_errors=True)
    return (*(out / n for n in sorted(moved)), out / RECORD)


def _stage(
    outcome: Outcome,
    catalogue: Catalogue,
    exporters: Sequence[Exporter],
    staging: Path,
    options: Mapping[str, str],
    inputs: Path | None,
    copies: bool,
) -> None:
    """Write the whole set into *staging*, its record last; nothing is left there if anything fails."""
    staging.mkdir()
    try:
        files: dict[str, str] = {}
        for exporter, made in zip(exporters, _all_made(outcome, catalogue, exporters, staging), strict=True):
            for name, found in made:
                if found is None or name in files:
                    what = T("the exporter {exporter} names a file that is not its own: {name}", exporter=exporter.name, name=name)
                    raise PluginError(
                        what, exporter.plugin, T("an exporter returns the names of the files it made in the folder it was given")
                    )
                files[name] = found
        writers: list[Exporter | Annotator] = list(exporters)
        for name, annotator in annotated(outcome, catalogue, staging, inputs) if copies and inputs is not None else ():
            files[name] = _finished(staging, name) or ""
            writers.append(annotator)
        plugins = {w.plugin: catalogue.version_of(w.plugin) for w in writers if w.plugin}
        document = record(
            outcome, inputs=input_digests(inputs, catalogue), plugins=plugins, software=str(outcome.run["software"]), options=options
        )
        _put(staging, RECORD, pretty({**document, "files": dict(sorted(files.items()))}))
        _flush_folder(staging)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


Made = list[tuple[str, str | None]]
"""The names of the files that an exporter made, each with its digest; None where it names what it cannot have made."""


_RUNS = count()
_ASKED, _GRACE = 0.2, 1.0
"""Seconds after which it is looked whether the run was interrupted, and for which others may say what failed, too."""


def _all_made(outcome: Outcome, catalogue: Catalogue, exporters: Sequence[Exporter], staging: Path) -> list[Made]:
    """What each exporter made, all at work at a time: while one words what people read, others encode and compress.

    What has failed first by name is raised. Nobody waits then, or when the run is interrupted, for the files of the others,
    which go anyway: an exporter cannot be stopped half-way, but it ends by itself, for want of its folder, or with the process.
    """
    told: SimpleQueue[tuple[int, Made | BaseException]] = SimpleQueue()

    def made(place: int, exporter: Exporter) -> None:
        try:
            told.put((place, [(name, _finished(staging, name)) for name in _exported(exporter, outcome, staging, catalogue)]))
        except BaseException as fault:  # noqa: BLE001 - raised again by the thread that waits
            told.put((place, fault))

    for place, exporter in enumerate(exporters):
        try:
            Thread(target=made, args=(place, exporter), name=exporter.name, daemon=True).start()
        except RuntimeError:  # the machine has no thread to give: this one does it then
            made(place, exporter)
    found: dict[int, Made] = {}
    faults: dict[int, BaseException] = {}
    until = math.inf
    while len(found) + len(faults) < len(exporters) and time.monotonic() < until:
        with suppress(Empty):
            place, answer = told.get(timeout=_ASKED)
            if isinstance(answer, BaseException):
                faults[place] = answer
                until = min(until, time.monotonic() + _GRACE)
            else:
                found[place] = answer
    if faults:
        raise faults[min(faults)]
    return [found[place] for place in sorted(found)]


def _finished(staging: Path, name: str) -> str | None:
    """The digest of a file that was made, once it is sure to last."""
    if name != Path(name).name or name == RECORD or not (staging / name).is_file():
        return None
    _flush(staging / name)
    return file_digest(staging / name)


def _exported(exporter: Exporter, outcome: Outcome, staging: Path, catalogue: Catalogue) -> list[str]:
    """Run one exporter; a fault in a plugin that is not ours names the plugin."""
    with catalogue.blamed(exporter.plugin, lambda error: T("the exporter {exporter} failed: {error}", exporter=exporter.name, error=error)):
        return list(exporter.write(outcome, staging))


def input_digests(inputs: Path | None, catalogue: Catalogue) -> dict[str, str]:
    """The sha256 of every file of the submissions that a reader takes, by the name that reports print."""
    if inputs is None:
        return {}
    endings = {ending for reader in catalogue.readers.values() for ending in reader.suffixes}
    return {file.name: file_digest(file.path) for file in find(inputs, endings)}


def _moved(staging: Path, out: Path, name: str, tell: Tell | None) -> str:
    """Move one file in; where a program holds the old one open, beside it. The name it has now."""
    try:
        os.replace(staging / name, out / name)
        return name
    except PermissionError:
        beside = _new(name)
        os.replace(staging / name, out / beside)
    if tell is not None:
        tell(_beside(name, beside))
    return beside


def _removed(path: Path, moved: Mapping[str, str]) -> None:
    """Remove a file of an earlier set, unless the new one had to be kept beside it."""
    if _new(path.name) not in moved:
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            return


def _names(folder: Path) -> dict[str, str]:
    """The files of the set in *folder* with their digests; empty where it was not written to its end."""
    return files_named(record_in(folder / RECORD))


def put_file(path: Path, content: bytes, tell: Tell | None = None) -> Path:
    """Write one file that was named by a person: beside its place, flushed, moved in; the file that has the content now, as named.

    A link is followed. Where a program holds the file open the new one is kept beside it and *tell* is told. What a killed run
    left beside the file is cleared. Raises OutputError; an older file is then as it was.
    """
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise OutputError(T("there is a folder where the file should go"), str(path), T("name a file with -o"))
        if target.exists() and not target.is_file():  # a device or a pipe holds nothing that could be torn
            target.write_bytes(content)
            return Path(path)
        _clear_parts(target)
        written = _put_beside(target, content, tell)
        return Path(path) if written == target else Path(path).with_name(written.name)
    except OSError as fault:
        raise OutputError(
            T("the file cannot be written: {error}", error=reason_of(fault)),
            str(path),
            T("check the path, the free space and your rights there"),
        ) from fault


def _put_beside(target: Path, content: bytes, tell: Tell | None) -> Path:
    part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        part.write_bytes(content)
        _flush(part)
        try:
            os.replace(part, target)
        except PermissionError:
            if not target.exists():
                raise
            beside = target.with_name(_new(target.name))
            os.replace(part, beside)
            if tell is not None:
                tell(_beside(target.name, beside.name))
            target = beside
        _flush_folder(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return target


def _clear_parts(target: Path) -> None:
    """Remove what runs that were killed left beside *target*; a young part may be another run's."""
    import time

    for part in target.parent.iterdir() if target.parent.is_dir() else ():
        if part.name.startswith(f".{target.name}.") and part.name.endswith(PART):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _LEFT:
                    part.unlink()


def _new(name: str) -> str:
    """The name of a file that is kept beside one that a program holds open."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{BESIDE}{dot}{ending}" if stem else f"{name}{BESIDE}"


def _beside(name: str, beside: str) -> Text:
    return T("{name} is open in another program; the new one was kept beside it as {beside}", name=name, beside=beside)


def _put(folder: Path, name: str, content: bytes) -> None:
    """Write a small file so that it is there whole or not at all."""
    part = folder / f"{name}.part"
    part.write_bytes(content)
    _flush(part)
    os.replace(part, folder / name)


def _flush(path: Path) -> None:
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the names in a folder last; Windows has no such thing for folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _own_version() -> str:
    try:
        return version("scorekit")
    except PackageNotFoundError:
        return ""
