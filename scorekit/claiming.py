"""Claiming an output folder: that it is a place for results, that it holds nothing else, that no other run writes there."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scorekit.domain.folders import RECORD, names_of, record_in, records_of
from scorekit.errors import OutputError, T, reason_of

LOCK = ".scorekit-lock"
HOLDER = ".scorekit-holder"
TABLES = ("standings", "scores", "problems", "inputs", "comparison")
STALE = frozenset(
    {f"{t}{new}.{e}" for t in TABLES for e in ("csv", "parquet") for new in ("", "-new")}
    | {f"{n}{new}{e}" for n, e in (("ranking", ".xlsx"), ("rubric", ".json")) for new in ("", "-new")}
)
"""The names that some run of scorekit may have left in its folder."""
_SYSTEM = frozenset({"Thumbs.db", "desktop.ini"})


@contextmanager
def claimed(out: Path, inputs: Path | None = None) -> Iterator[Path]:
    """Hold the folder *out* for one run; a claim within a claim of the same run is no second one.

    Raises OutputError where *out* lies in the submissions, holds files that are not scorekit's, cannot be written to, or
    is held by another run (which is named). A folder made for the claim goes again if nothing was written.
    """
    from filelock import FileLock, Timeout

    try:
        check_place(out, inputs)
    except OSError as fault:
        raise _unwritable(out, fault) from fault
    made = _made(out)
    lock = FileLock(out.resolve() / LOCK, is_singleton=True)
    if lock.is_locked:
        yield out
        return
    try:
        lock.acquire(timeout=0)
    except (Timeout, RuntimeError) as fault:
        what = T("another run is writing to this folder: {holder}", holder=_holder(out))
        raise OutputError(what, str(out), T("wait until it is done, or give another folder with --out")) from fault
    except OSError as fault:
        raise _unwritable(out, fault) from fault
    try:
        _hold(out)
        yield out
    finally:
        (out / HOLDER).unlink(missing_ok=True)
        lock.release()
        _unmade(out, made)


def _hold(out: Path) -> None:
    """Say who holds the folder; nothing else would fit where not even that does."""
    try:
        (out / HOLDER).write_text(json.dumps({"pid": os.getpid(), "host": platform.node()}), encoding="utf-8")
    except OSError as fault:
        raise _unwritable(out, fault) from fault


def check_place(out: Path, inputs: Path | None) -> None:
    """Raises OutputError where *out* is no place for results."""
    place = out.resolve()
    if inputs is not None and inputs.is_dir() and place.is_relative_to(inputs.resolve()):
        raise OutputError(T("the results must not be written into the submissions"), str(out), T("give another folder with --out"))
    if out.exists() and not out.is_dir():
        raise OutputError(T("there is a file where the results should go"), str(out), T("give another folder with --out"))
    strange = sorted(p.name for p in out.iterdir() if not _ours(p, _named(out))) if out.is_dir() else []
    if strange:
        what = T("the folder holds files that are not scorekit's: {names}", names=strange[:3])
        raise OutputError(what, str(out), T("give an empty or new folder with --out"))


def _ours(path: Path, named: frozenset[str]) -> bool:
    """Files of a result, and what programs and systems leave about; a folder that bears such a name is none of them."""
    name = path.name
    if path.is_dir() and not name.startswith("."):
        return False
    if name == RECORD:
        return bool(record_in(path))
    return name in STALE or name in named or name in _SYSTEM or name.startswith((".", "~$"))


def _named(out: Path) -> frozenset[str]:
    """The files that the record in *out* names: marked copies and exporters of other plugins have names of their own.

    So do those that a run was moving in when it died: its record is still in its staging folder.
    """
    return frozenset(name for path in records_of(out) for name in names_of(record_in(path)))


def _made(out: Path) -> list[Path]:
    """Make the folder; those that were made, innermost first."""
    missing = [p for p in (out, *out.parents) if not p.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unwritable(out, fault) from fault
    return missing


def _unmade(out: Path, made: list[Path]) -> None:
    """Remove the folders that were made for a run that wrote nothing."""
    if not made or any(p.name != LOCK for p in out.iterdir()):
        return
    (out / LOCK).unlink(missing_ok=True)
    for folder in made:
        try:
            folder.rmdir()
        except OSError:
            return


def _holder(out: Path) -> str:
    try:
        found = json.loads((out / HOLDER).read_text(encoding="utf-8"))
        return f"{found['host']}, PID {found['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _unwritable(out: Path, fault: OSError) -> OutputError:
    return OutputError(T("the folder cannot be written to: {error}", error=reason_of(fault)), str(out), T("give another folder with --out"))
