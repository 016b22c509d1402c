"""What a folder of results is made of; nothing that computes is imported here, so that a mistake is said at once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

STAGING = ".scorekit-staging-"
"""How the folder in a folder of results is called, before a number, in which a set is written before it is moved in."""
RECORD = "run.json"

BESIDE = "-new"
"""What the name of a file ends in, before its ending, that is kept beside one which a program held open."""


def records_of(folder: Path) -> list[Path]:
    """The records of a folder of results: its own, and those of sets that runs were moving in when they died."""
    return [folder / RECORD, *sorted(folder.glob(f"{STAGING}*/{RECORD}"))]


def record_in(path: Path) -> dict[str, Any]:
    """The record at *path*; empty where it cannot be read, or where it is a document of somebody else's."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and type(found.get("record")) is int else {}


def files_named(record: dict[str, Any]) -> dict[str, str]:
    """The files of a set, with their digests, as its record names them; nothing that lies elsewhere is one of them."""
    files = record.get("files")
    named = files.items() if isinstance(files, dict) else ()
    return {n: d for n, d in named if isinstance(d, str) and _alone(n)}


def names_of(record: dict[str, Any]) -> frozenset[str]:
    """The names of the files of a set, and of those that were open when it was moved in and so still stand beside it."""
    named = files_named(record)
    return frozenset(named) | {
        Path(name).stem.removesuffix(BESIDE) + Path(name).suffix for name in named if Path(name).stem.endswith(BESIDE)
    }


def _alone(name: str) -> bool:
    return bool(name) and not any(c in name for c in "/\\:\0") and name not in (".", "..", RECORD)
