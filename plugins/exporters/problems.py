"""The problems alone, as ``validate`` writes them."""

from __future__ import annotations

from pathlib import Path

from scorekit.plugin import Exporter, Outcome, hookimpl

from .tables import problems


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write the problems into *folder*."""
    with open(folder / "problems.csv", "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        file.writelines(problems(outcome))
    return ["problems.csv"]


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """The exporter of this module."""
    return [Exporter("problems", ("problems",), write, "the problems as CSV, without scores")]
