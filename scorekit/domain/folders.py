"""What a folder of results is made of; nothing that computes is imported here, so that a mistake is said at once."""

from __future__ import annotations

from pathlib import Path

STAGING = ".scorekit-staging-"
"""How the folder in a folder of results is called, before a number, in which a set is written before it is moved in."""
RECORD = "run.json"


def records_of(folder: Path) -> list[Path]:
    """The records of a folder of results: its own, and those of sets that runs were moving in when they died."""
    return [folder / RECORD, *sorted(folder.glob(f"{STAGING}*/{RECORD}"))]
