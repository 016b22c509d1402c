"""The result as CSV files: standings, scores, problems, and the inputs as they were read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from scorekit.plugin import (
    FIGURE_DIGITS,
    Addresses,
    Column,
    Exporter,
    FieldSpec,
    Line,
    Outcome,
    Panel,
    Reason,
    Records,
    Why,
    compared,
    csv_texts,
    declared_digits,
    declared_figures,
    hookimpl,
    line_reasons,
    listed_rows,
    outcome_of,
    plain,
    printed,
    problem_table,
    reason_code,
    row_blocks,
    score_lines,
    shown,
    standing_figures,
    submitted_fields,
    unit_tracks,
)

from .comparison import comparison_lines
from .wording import handed_in, reasons_texts, value_texts

UNREADABLE = "?"
"""Stands in a record for what could not be read."""

STANDINGS = ("rank", "unit", "category", "total", "base", "bonus", "deduction", "adjusted", "level", "award", "status", "reasons")
SCORES = ("unit", "criterion", "points", "full", "outcome", "reason", "value", "source")
PROBLEMS = ("severity", "unit", "file", "sheet", "cell", "field", "message", "cure")
INPUTS = ("unit", "field", "value", "raw", "file", "sheet", "cell")
_PLAIN = re.compile(r"[\w.@\[\]]*")
"""Names of fields, and of raters as most are; a rater's name may be anything that somebody wrote into a submission."""
_CODES = {int(r): (outcome_of(r), reason_code(r)) for r in Reason}


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write the tables into *folder*: four of them, and the comparison where there is something to compare."""
    made = {"standings.csv": standings, "scores.csv": scores, "problems.csv": problems, "inputs.csv": inputs}
    found = compared(outcome)
    if found is not None:
        made["comparison.csv"] = lambda outcome: comparison_lines(found)
    for name, rows in made.items():
        with open(folder / name, "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
            file.writelines(rows(outcome))
    return list(made)


def standings(outcome: Outcome) -> Iterator[str]:
    """One line a unit."""
    found, figures, more = outcome.standings, standing_figures(outcome), declared_figures(outcome)
    digits = declared_digits(outcome)
    sections = [n for n in figures if n.startswith("section:")]
    yield _line((*STANDINGS, *sections, *more))
    for rows in row_blocks(listed_rows(outcome)):
        columns = {n: printed(c.take(rows), d) for n, (c, d) in figures.items()}
        columns["rank"] = [str(r) if r else "" for r in found.rank[rows].tolist()]
        for name, said in (
            ("unit", found.unit),
            ("category", found.category),
            ("level", found.level),
            ("award", found.award),
            ("status", found.status),
        ):
            columns[name] = csv_texts(said.take(rows).tolist())
        columns["reasons"] = csv_texts(reasons_texts(outcome, rows))
        columns |= {n: csv_texts(_declared(c.take(rows), digits.get(n))) for n, c in more.items()}
        blank = [""] * len(rows)
        yield from _lines([columns.get(n, blank) for n in (*STANDINGS, *sections, *more)])


def _declared(column: Column, digits: int | None) -> list[str]:
    """A declared figure: with all its digits where the rubric rounds it, else up to twelve."""
    return shown(column, most=FIGURE_DIGITS) if digits is None else printed(column, digits)


def scores(outcome: Outcome) -> Iterator[str]:
    """One line a unit and criterion; what is no part of a unit's standard has none."""
    yield _line(SCORES)
    lines, track = score_lines(outcome), unit_tracks(outcome)
    for rows in row_blocks(listed_rows(outcome)):
        addresses = Addresses(outcome.submissions, rows)
        units = csv_texts(outcome.standings.unit.take(rows).tolist())
        columns = [_score_lines(outcome, line, rows, track, units, _sources(addresses, line, track[rows])) for line in lines]
        for unit in zip(*columns, strict=True):
            yield "".join(unit)


def problems(outcome: Outcome) -> Iterator[str]:
    """One line a problem."""
    yield _line(PROBLEMS)
    table = problem_table(outcome.problems, outcome.lang)
    for rows in row_blocks(np.arange(len(outcome.problems))):
        yield from _lines([csv_texts(column.tolist()) for column in table.take(rows)])


def inputs(outcome: Outcome) -> Iterator[str]:
    """One line for every field of every unit as it was read, in the order of the submissions."""
    yield _line(INPUTS)
    raw: dict[str, dict[int, str]] = {}
    for (row, path), text in outcome.submissions.raw.items():
        raw.setdefault(path, {})[row] = text
    for rows in row_blocks(np.arange(len(outcome.submissions))):
        addresses = Addresses(outcome.submissions, rows)
        units = csv_texts(outcome.submissions.unit.take(rows).tolist())
        files = [f",{f},{s}," for f, s in zip(csv_texts(addresses.file.tolist()), csv_texts(addresses.sheet.tolist()), strict=True)]
        writer = _Inputs(rows, addresses, units, files, raw)
        columns = [column for spec, value in submitted_fields(outcome) for column in writer.field(spec, value)]
        for unit in zip(*columns, strict=True):
            yield "".join(unit)


class _Inputs:
    """Writes the fields of one block of units."""

    def __init__(self, rows: np.ndarray, addresses: Addresses, units: list[str], files: list[str], raw: dict[str, dict[int, str]]) -> None:
        self.rows, self.addresses, self.units, self.files, self.raw = rows, addresses, units, files, raw

    def field(self, spec: FieldSpec, value: Column | Panel | Records) -> Iterator[list[str]]:
        """The lines of a field, one (or, for a list of records, several) a unit."""
        if isinstance(value, Column):
            yield self._column(spec.path, value, spec.percentage)
        elif isinstance(value, Panel):
            for rater, marks in zip(value.raters, value.marks, strict=True):
                yield self._column(f"{spec.path}@{rater}", marks, spec.percentage)
        else:
            yield self._column(spec.path, handed_in(value), False)
            yield self._records(spec, value.take(self.rows))

    def _column(self, path: str, column: Column, percentage: bool) -> list[str]:
        texts = shown(column.take(self.rows), percentage=percentage, most=30)
        raw = self.raw.get(path)
        before = csv_texts([raw.get(r, "") for r in self.rows.tolist()]) if raw else [""] * len(texts)
        values = csv_texts(texts) if column.kind == "text" else texts
        [name] = csv_texts([path])
        cells = self._cells(path)
        return [f"{u},{name},{v},{b}{f}{c}\n" for u, v, b, f, c in zip(self.units, values, before, self.files, cells, strict=True)]

    def _cells(self, path: str) -> list[str]:
        """The addresses of a field's values; whoever names a rater writes a part of the address."""
        found = self.addresses.cells(path)
        return found if _PLAIN.fullmatch(path) and not self.addresses.elsewhere(path) else csv_texts(found)

    def _records(self, spec: FieldSpec, records: Records) -> list[str]:
        units: list[list[str]] = [[] for _ in self.units]
        owners, starts = records.owners.tolist(), records.offsets.tolist()
        cells, known = self.addresses.cells(spec.path), _record_texts(spec, records)
        at = [""] * len(owners) if records.at is None else csv_texts(records.at.values.tolist())
        odd = self.addresses.elsewhere(spec.path) or not all(map(_PLAIN.fullmatch, {name for entry in known for name, _ in entry}))
        for place, owner in enumerate(owners):
            inner = place - starts[owner]
            for name, text in known[place]:
                cell = f"{cells[owner]}/{inner}/{name}" if cells[owner].startswith("/") else cells[owner]
                field = f"{spec.path}[{inner}].{name}"
                if odd:
                    field, cell = csv_texts([field, cell])
                cell = at[place] or cell
                units[owner].append(f"{self.units[owner]},{field},{text}{self.files[owner]}{cell}\n")
        return ["".join(lines) for lines in units]


def _record_texts(spec: FieldSpec, records: Records) -> list[list[tuple[str, str]]]:
    """For each record its fields as ``value,raw``: marks as ``panel@rater``, those of a list of its own as ``list[0].field``."""
    found: list[list[tuple[str, str]]] = [[] for _ in records.owners]
    items = {f.path[len(spec.path) + 1 :]: f for f in spec.items}
    for name, value in records.columns.items():
        if isinstance(value, Records):
            _add_inner(found, name, value, _record_texts(items[name], value))
            continue
        parts = [(name, value)]
        if isinstance(value, Panel):
            parts = [(f"{name}@{rater}", marks) for rater, marks in zip(value.raters, value.marks, strict=True)]
        for title, column in parts:
            texts = csv_texts(shown(column, percentage=items[name].percentage, most=30))
            for entry, text, raw in zip(found, texts, csv_texts(_instead(items[name], column)), strict=True):
                entry.append((title, f"{text},{raw}"))
    return found


def _instead(spec: FieldSpec, column: Column) -> list[str]:
    """What stands for a value that does not apply or cannot be read, so that it is read back as such."""
    if column.why is None:
        return [""] * len(column)
    away = {int(Why.NOT_APPLICABLE): next(iter(spec.not_applicable), "")} | dict.fromkeys((int(Why.INVALID), int(Why.ERROR)), UNREADABLE)
    return [away.get(code, "") for code in column.why.tolist()]


def _add_inner(found: list[list[tuple[str, str]]], name: str, records: Records, inner: list[list[tuple[str, str]]]) -> None:
    """Put a list of each record's own behind it: how many there are, and their fields."""
    bounds = zip(records.offsets[:-1].tolist(), records.offsets[1:].tolist(), shown(handed_in(records)), strict=True)
    for entry, (start, end, count) in zip(found, bounds, strict=True):
        entry.append((name, f"{count},"))
        entry += [(f"{name}[{place - start}].{title}", text) for place in range(start, end) for title, text in inner[place]]


def _score_lines(outcome: Outcome, line: Line, rows: np.ndarray, track: np.ndarray, units: list[str], sources: list[str]) -> list[str]:
    """The lines of one criterion, one a unit, "" where it is no part of the unit's standard."""
    sheet, blank = outcome.sheet, [""] * len(units)
    points = printed(sheet.points[line.id].take(rows), line.decimals) if line.id in sheet.points else blank
    full = plain(sheet.full[line.id].spread(sheet.size).take(rows)) if line.id in sheet.full else blank
    value = csv_texts(value_texts(sheet.values[line.id], rows)) if line.id in sheet.values else blank
    reasons = line_reasons(outcome, line, track)[rows].tolist()
    [name] = csv_texts([line.id])
    words = {code: "" if code == Reason.NOT_PART else f",{_CODES[code][0]},{_CODES[code][1]}," for code in set(reasons)}
    told = [words[code] for code in reasons]
    return [
        f"{u},{name},{p},{f}{w}{v},{s}\n" if w else ""
        for u, p, f, w, v, s in zip(units, points, full, told, value, csv_texts(sources), strict=True)
    ]


def _sources(addresses: Addresses, line: Line, track: np.ndarray) -> list[str]:
    """Where what a line rests on was read, in each unit's own track."""
    reads = sorted({line.reads[t] for t in set(track.tolist())})
    if len(reads) <= 1:
        return addresses.sources(reads[0]) if reads else []
    found = {r: addresses.sources(r) for r in reads}
    by_track = [found.get(r, []) for r in line.reads]
    return [by_track[t][i] for i, t in enumerate(track.tolist())]


def _line(texts: Iterable[str]) -> str:
    return ",".join(csv_texts(list(texts))) + "\n"


def _lines(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    return (",".join(row) + "\n" for row in zip(*columns, strict=True))


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the CSV exporter."""
    return [Exporter("csv", ("csv",), write, "standings, scores, problems and inputs as CSV")]
