"""A results folder read back: its tables as rows of text, its rubric and its run record; a set that disagrees is refused."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorekit.domain.csv_cells import bare
from scorekit.domain.folders import RECORD, STAGING
from scorekit.errors import InputError, T

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
FOR_PEOPLE = ".xlsx"
_PIECE = 4 << 20
"""Bytes that are read at a time: of few pieces the threads that are at work besides are seldom asked to let one go on."""
_NUMBERS = ("total", "base", "bonus", "deduction", "adjusted", "points", "full", "own", "first", "difference")


@dataclass(frozen=True)
class Results:
    """One finished run. ``paths`` holds the data files by the names that ``run.json`` gives them."""

    folder: Path
    run: Mapping[str, Any]
    paths: Mapping[str, Path]

    @cached_property
    def rubric(self) -> dict[str, Any]:
        """The rubric as applied, numbers exact."""
        document: dict[str, Any] = _document(self._path("rubric.json"))
        return document

    @cached_property
    def standings(self) -> list[Row]:
        """One row a unit."""
        return self.rows("standings")

    @cached_property
    def problems(self) -> list[Row]:
        """One row a problem."""
        return self.rows("problems")

    @cached_property
    def scores(self) -> list[Row]:
        """One row a unit and criterion."""
        return self.rows("scores")

    @cached_property
    def inputs(self) -> list[Row]:
        """One row for every field of every unit."""
        return self.rows("inputs")

    def rows(self, table: str, unit: str | None = None) -> list[Row]:
        """The rows of a table ("standings", "scores", "problems", "inputs") as text, of all units or of one.

        A missing figure is "". Parquet tables give the rows that the CSV tables would.
        """
        path = self._found(f"{table}.csv")
        if path is not None:
            return [row for row in _csv_rows(path) if unit is None or row["unit"] == unit]
        from scorekit.loading.wide_tables import wide_rows

        return wide_rows(table, self._path(f"{table}.parquet"), self._found("inputs.parquet"), self.run, unit)

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a DataFrame: points and figures as float64 (missing is NaN), ranks as Int64, the rest as text.

        Without own and first scores the "comparison" has no rows.
        """
        import pandas as pd

        from scorekit.domain.comparison import COMPARISON

        path = self._found(f"{table}.parquet") if table in ("standings", "problems", "comparison") else None
        if path is not None:
            from scorekit.loading.wide_tables import frame_of

            return frame_of(path)
        nothing = table == "comparison" and self._found("comparison.csv") is None
        frame = pd.DataFrame(columns=list(COMPARISON)) if nothing else pd.DataFrame(self.rows(table), dtype=object)
        for name in frame.columns:
            if name in _NUMBERS or name.startswith("section:"):
                frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("float64")
            elif name == "rank" or name.startswith("rank:"):
                frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("Int64")
        return frame

    def _found(self, name: str) -> Path | None:
        stem, _, ending = name.rpartition(".")
        return self.paths.get(name) or self.paths.get(f"{stem}-new.{ending}")

    def _path(self, name: str) -> Path:
        path = self._found(name)
        if path is None:
            raise InputError(T("the results hold no {name}", name=name), str(self.folder), T("run “scorekit evaluate” again"))
        return path


def load_results(folder: Path) -> Results:
    """The results in *folder*. Raises InputError where there are none or where a file is not the one the run wrote.

    Where a run died while it moved its files in, what it left in its staging folder completes the set.
    """
    folder = Path(folder)
    if not (folder / RECORD).is_file() and not any(_staged(folder)):
        raise InputError(T("there are no results in this folder"), str(folder), T("name the folder that “scorekit evaluate” wrote"))
    disagrees = ""
    for staging in (None, *_staged(folder)):
        run = _record(staging or folder)
        paths = located(folder, staging, run.get("files", {}))
        wrong = [n for n, d in run.get("files", {}).items() if not n.endswith(FOR_PEOPLE) and file_digest(paths[n]) != d]
        if run and not wrong:
            return Results(folder, run, paths)
        disagrees = disagrees or (wrong[0] if wrong else RECORD)
    raise InputError(
        T("the results do not belong together: {name} is not the file that the run wrote", name=disagrees),
        str(folder / disagrees),
        T("run “scorekit evaluate” again; to keep changes of your own, save them in another folder"),
    )


def located(folder: Path, staging: Path | None, names: Mapping[str, Any]) -> dict[str, Path]:
    """Where each file of a set stands: still in *staging*, or in its place."""
    return {n: staging / n if staging is not None and (staging / n).is_file() else folder / n for n in names}


def file_digest(path: Path) -> str:
    """The sha256 of a file in hexadecimal; "" where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            found, piece = hashlib.sha256(), memoryview(bytearray(min(_PIECE, os.fstat(file.fileno()).st_size + 1)))
            while size := file.readinto(piece):
                found.update(piece[:size])
            return found.hexdigest()
    except OSError:
        return ""


def _staged(folder: Path) -> list[Path]:
    """Staging folders whose run had finished writing: their record is the last thing that was put there."""
    return sorted(p.parent for p in folder.glob(f"{STAGING}*/{RECORD}"))


def _record(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _document(folder / RECORD)
    except InputError:
        return {}
    return found if isinstance(found.get("files"), dict) else {}


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as fault:
        raise InputError(T("the file cannot be read: {error}", error=str(fault)), str(path), T("run “scorekit evaluate” again")) from fault


def _csv_rows(path: Path) -> Iterator[Row]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: bare(text) for name, text in row.items()}
