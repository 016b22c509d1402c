"""The rubric as applied, with its variants, as one JSON document."""

from __future__ import annotations

from pathlib import Path

from scorekit.plugin import Exporter, Outcome, hookimpl, pretty


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write ``rubric.json`` into *folder*, numbers with the digits the rubric has."""
    (folder / "rubric.json").write_bytes(pretty(outcome.plan.rubric.document))
    return ["rubric.json"]


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the exporter of the rubric."""
    return [Exporter("rubric", ("csv", "parquet"), write, "the rubric as applied")]
