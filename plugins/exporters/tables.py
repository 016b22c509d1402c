"""The result as CSV files: standings, scores, problems, and the inputs as they were read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
    Piece,
    Reason,
    Records,
    ScoreSheet,
    Submissions,
    Why,
    applying_reasons,
    compared,
    csv_texts,
    declared_digits,
    declared_figures,
    hookimpl,
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
from .csv_lines import each, in_lines, same, unsigned
from .wording import handed_in, reasons_texts, value_texts

RUN = 1 << 16
"""Units of which the columns are in memory at a time; as text only those of a block are."""
UNREADABLE = "?"
"""Stands in a record for what could not be read."""

BOM = "\ufeff"
"""What tells Excel that the file is UTF-8."""
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
        with open(folder / name, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(BOM)
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
        yield from in_lines([columns.get(n, blank) for n in (*STANDINGS, *sections, *more)], len(rows))


def _declared(column: Column, digits: int | None) -> list[str]:
    """A declared figure: with all its digits where the rubric rounds it, else up to twelve."""
    return shown(column, most=FIGURE_DIGITS) if digits is None else printed(column, digits)


def scores(outcome: Outcome) -> Iterator[str]:
    """One line a unit and criterion; what is no part of a unit's standard has none."""
    yield _line(SCORES)
    lines, track = score_lines(outcome), unit_tracks(outcome)
    for run in row_blocks(listed_rows(outcome), RUN):
        order = np.argsort(run)
        sheet, places = outcome.sheet.take(run[order]), np.argsort(order)  # what stands in rising order is read in one go
        for inner in row_blocks(places):
            rows = run[order[inner]]
            block = _Scores(sheet, inner, track[rows], Addresses(outcome.submissions, rows))
            units = csv_texts(outcome.standings.unit.take(rows).tolist())
            yield from each([piece for line in lines for piece in block.line(line, units)], len(rows))


class _Scores:
    """Writes the lines of one block of units, the rows *rows* of *sheet*, which follow the tracks *follows*."""

    def __init__(self, sheet: ScoreSheet, rows: np.ndarray, follows: np.ndarray, addresses: Addresses) -> None:
        self.sheet, self.rows, self.follows, self.addresses = sheet, rows, follows, addresses
        self.tracks = sorted(set(follows.tolist()))
        self.calm = unsigned(addresses.prefix)

    def line(self, line: Line, units: list[str]) -> list[Piece]:
        """One criterion's line of every unit, in pieces: "" where it is no part of the unit's standard."""
        sheet, rows = self.sheet, self.rows
        reasons = applying_reasons(line, sheet.reasons[line.id][rows], self.follows)
        words = {code: f",{_CODES[code][0]},{_CODES[code][1]}," for code in np.flatnonzero(np.bincount(reasons)).tolist()}
        if list(words) == [Reason.NOT_PART]:
            return []
        points = printed(sheet.points[line.id].take(rows), line.decimals) if line.id in sheet.points else ""
        full = _full(sheet.full[line.id].take(rows)) if line.id in sheet.full else ""
        value = self._value(sheet.values[line.id]) if line.id in sheet.values else ""
        told: Piece = [words[code] for code in reasons.tolist()] if len(words) > 1 else next(iter(words.values()))
        [name] = csv_texts([line.id])
        pieces: list[Piece] = [units, f",{name},", points, ",", full, told, value, ",", *self._sources(line), "\n"]
        if Reason.NOT_PART not in words:
            return pieces
        return [[said if code != Reason.NOT_PART else "" for said, code in zip(each(pieces, len(rows)), reasons.tolist(), strict=True)]]

    def _value(self, value: Column | Panel | Records) -> list[str]:
        """What the line was given; numbers, truths and dates are written as they are in CSV."""
        texts = value_texts(value, self.rows)
        return texts if isinstance(value, Column) and value.kind != "text" else csv_texts(texts)

    def _sources(self, line: Line) -> list[Piece]:
        """Where what a line rests on was read, in each unit's own track."""
        reads = sorted({line.reads[t] for t in self.tracks})
        if len(reads) == 1 and self.calm and all(map(_PLAIN.fullmatch, reads[0])):
            found = [self.addresses.pieces(path) for path in reads[0]]
            known = [[self.addresses.prefix, *pieces] for pieces in found if pieces is not None]
            if len(known) == len(found):
                return [piece for pieces in known for piece in ("; ", *pieces)][1:]
        by_track = {t: self.addresses.sources(line.reads[t]) for t in self.tracks}
        return [csv_texts([by_track[t][i] for i, t in enumerate(self.follows.tolist())])]


def problems(outcome: Outcome) -> Iterator[str]:
    """One line a problem."""
    yield _line(PROBLEMS)
    table = problem_table(outcome.problems, outcome.lang)
    for rows in row_blocks(np.arange(len(outcome.problems))):
        yield from in_lines([csv_texts(column.tolist()) for column in table.take(rows)], len(rows))


def inputs(outcome: Outcome) -> Iterator[str]:
    """One line for every field of every unit as it was read, in the order of the submissions."""
    yield _line(INPUTS)
    raw = _Raw(outcome.submissions.raw)
    whole = replace(outcome.submissions, raw={})
    for run in row_blocks(np.arange(len(whole)), RUN):
        some = replace(outcome, submissions=whole.take(slice(int(run[0]), int(run[-1]) + 1)))
        for inner in row_blocks(np.arange(len(run))):
            writer = _Inputs(some.submissions, inner, raw.within(int(run[inner[0]]), len(inner)))
            yield from each([piece for spec, value in submitted_fields(some) for piece in writer.field(spec, value)], len(inner))


class _Raw:
    """What a repair or fault replaced, to be had for some units after the other."""

    def __init__(self, raw: Mapping[tuple[int, str], str]) -> None:
        self.raw, self.keys = raw, sorted(raw)
        self.rows = np.fromiter((row for row, _ in self.keys), dtype=np.int64, count=len(self.keys))

    def within(self, start: int, size: int) -> dict[str, dict[int, str]]:
        """By field and unit, of *size* units from *start* on, which count from 0."""
        found: dict[str, dict[int, str]] = {}
        first, last = np.searchsorted(self.rows, (start, start + size))
        for row, path in self.keys[first:last]:
            found.setdefault(path, {})[row - start] = self.raw[row, path]
        return found


class _Inputs:
    """Writes the fields of one block of units, the rows *rows* of *submissions*; *raw* is theirs."""

    def __init__(self, submissions: Submissions, rows: np.ndarray, raw: dict[str, dict[int, str]]) -> None:
        self.rows, self.raw, self.addresses = rows, raw, Addresses(submissions, rows)
        self.units = csv_texts(submissions.unit.take(rows).tolist())
        named = zip(csv_texts(self.addresses.file.tolist()), csv_texts(self.addresses.sheet.tolist()), strict=True)
        self.files = [f",{file},{sheet}," for file, sheet in named]

    def field(self, spec: FieldSpec, value: Column | Panel | Records) -> list[Piece]:
        """The lines of a field, one (or, for a list of records, several) a unit."""
        if isinstance(value, Column):
            return self._column(spec.path, value, spec.percentage)
        if isinstance(value, Panel):
            marks = zip(value.raters, value.marks, strict=True)
            return [piece for rater, own in marks for piece in self._column(f"{spec.path}@{rater}", own, spec.percentage)]
        return [*self._column(spec.path, handed_in(value), False), self._records(spec, value.take(self.rows))]

    def _column(self, path: str, column: Column, percentage: bool) -> list[Piece]:
        texts = shown(column.take(self.rows), percentage=percentage, most=30)
        raw = self.raw.get(path)
        before: Piece = csv_texts([raw.get(i, "") for i in range(len(texts))]) if raw else ""
        values = csv_texts(texts) if column.kind == "text" else texts
        [name] = csv_texts([path])
        return [self.units, f",{name},", values, ",", before, self.files, *self._cells(path), "\n"]

    def _cells(self, path: str) -> list[Piece]:
        """The addresses of a field's values; whoever names a rater writes a part of the address."""
        found = self.addresses.pieces(path) if _PLAIN.fullmatch(path) else None
        return [csv_texts(self.addresses.cells(path))] if found is None else found

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


def _full(full: Column) -> Piece:
    """Full marks, one for all where they are the same for all."""
    return plain(full.take(slice(0, 1)))[0] if same(full) else plain(full)


def _line(texts: Iterable[str]) -> str:
    return ",".join(csv_texts(list(texts))) + "\n"


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """Offer the CSV exporter."""
    return [Exporter("csv", ("csv",), write, "standings, scores, problems and inputs as CSV")]
