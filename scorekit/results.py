"""What the Python API gives back: the result of a run as tables, with the exact figures behind them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from scorekit.catalogue import Catalogue
from scorekit.domain.naming import folded
from scorekit.domain.outputs import Exporter, Outcome
from scorekit.errors import InputError, T

if TYPE_CHECKING:
    import pandas as pd

    from scorekit.loading.results import Results


class Result:
    """A finished evaluation. The tables hold what the command line would have written: float64 nearest to each figure."""

    def __init__(self, outcome: Outcome, catalogue: Catalogue) -> None:
        self.outcome = outcome
        self._catalogue = catalogue

    @cached_property
    def _held(self) -> Results:
        """The tables as the command line writes them, in a folder that goes when this result does."""
        from scorekit.loading.results import load_results
        from scorekit.saving import save

        folder = Path(tempfile.mkdtemp(prefix="scorekit-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        tables = {name: e for name, e in self._catalogue.exporters.items() if name != "workbook"}
        save(self.outcome, _only(self._catalogue, tables), folder / "results", "csv")
        return load_results(folder / "results")

    @property
    def standings(self) -> pd.DataFrame:
        """One row a unit: rank, unit, category, total, base, bonus, deduction, adjusted, level, award, status, reasons, sections."""
        return self._held.frame("standings")

    @property
    def scores(self) -> pd.DataFrame:
        """One row a unit and criterion: points, full, outcome, reason, value, source."""
        return self._held.frame("scores")

    @property
    def problems(self) -> pd.DataFrame:
        """One row a fault or repair: severity, unit, file, sheet, cell, field, message, cure."""
        return self._held.frame("problems")

    @property
    def comparison(self) -> pd.DataFrame:
        """One row a unit and item with an own or first score: unit, criterion ("" is the whole), own, first, points, difference."""
        return self._held.frame("comparison")

    def exact(self, unit: str, criterion: str | None = None) -> Fraction | None:
        """The exact points of a unit's criterion, or its total; None where there is no figure.

        Raises InputError for a unit or criterion that is not there.
        """
        wanted = folded(unit)
        there = self.outcome.submissions.key.among([wanted]) | self.outcome.standings.unit.among([unit])
        row = int(there.argmax()) if there.any() else None
        sheet = self.outcome.sheet
        if row is None or (criterion is not None and criterion not in sheet.points):
            raise InputError(
                T("there is no unit “{unit}” in these results", unit=unit)
                if row is None
                else T("there is no criterion “{name}”", name=criterion)
            )
        column = sheet.totals["total"] if criterion is None else sheet.points[criterion]
        found = column.take(slice(row, row + 1)).listed()[0]
        return found if isinstance(found, Fraction) else None

    def explain(self, unit: str) -> str:
        """Every figure of one unit, from the cell to the rank, in the words of the standard."""
        from scorekit.explaining import explain

        return "\n".join(explain(self._held, unit, self._catalogue, self.outcome.lang))

    def to_excel(self, path: str | Path) -> Path:
        """Write the workbook of the ranking to *path*; an existing file is replaced only when the new one is whole."""
        from scorekit.saving import put_file, signed

        with tempfile.TemporaryDirectory(prefix="scorekit-") as folder:
            [made] = self._catalogue.exporters["workbook"].write(signed(self.outcome), Path(folder))
            return put_file(Path(path), (Path(folder) / made).read_bytes())


def _only(catalogue: Catalogue, exporters: dict[str, Exporter]) -> Catalogue:
    """The catalogue with some of its exporters."""
    return replace(catalogue, exporters=exporters)
