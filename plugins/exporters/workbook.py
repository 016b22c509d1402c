"""ranking.xlsx: the result for people, to be read, printed and put on the table of a meeting."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scorekit.plugin import Exporter, Outcome, hookimpl, xml_text

from .workbook_choice import chosen
from .workbook_comparison import write_comparison
from .workbook_details import write_details
from .workbook_losses import write_losses
from .workbook_notes import write_notes, write_problems
from .workbook_paper import Paper
from .workbook_places import write_places
from .workbook_ranking import write_ranking

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed date, so that equal results are equal bytes."""


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write ``ranking.xlsx`` into *folder*. Raises OSError where there is no room for it."""
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    try:
        with xlsxwriter.Workbook(str(folder / "ranking.xlsx"), {**_OPTIONS, "tmpdir": str(folder)}) as book:
            _fill(book, outcome)
    except FileCreateError as fault:  # no OSError, though it holds one
        raise fault.args[0] if isinstance(fault.args[0], OSError) else OSError(str(fault)) from fault
    return ["ranking.xlsx"]


def _fill(book: Any, outcome: Outcome) -> None:
    """The sheets, one after another."""
    rubric = outcome.plan.rubric
    book.set_properties(
        {"title": xml_text(rubric.title)[:255], "comments": xml_text(f"{rubric.id} {rubric.version}")[:255], "created": _CREATED}
    )
    paper, (ranked, detailed) = Paper(book, outcome), chosen(outcome)
    write_ranking(paper, ranked)
    write_places(paper)
    write_details(paper, detailed)
    write_losses(paper, detailed)
    write_comparison(paper, ranked)
    write_problems(paper)
    write_notes(paper)


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the workbook."""
    return [Exporter("workbook", ("csv", "parquet"), write, "ranking.xlsx, for people")]
