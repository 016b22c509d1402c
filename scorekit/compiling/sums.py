"""The derived values of a standard as spreadsheet formulas over the fields they read, to be recomputed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scorekit.domain.formula import Node, names, results
from scorekit.domain.paper import FIRST_SUM, SUM_COLUMN, SumLine
from scorekit.domain.plan import Track
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.spoken import Speaker
from scorekit.domain.spreadsheet import NoSpreadsheetFormError, Sheet, spreadsheet
from scorekit.errors import T
from scorekit.words import say

SINGLE = ("number", "truth", "text", "date")
"""Kinds of values that stand in one cell."""


def sums(track: Track, lang: str) -> tuple[SumLine, ...]:
    """The fields that derived values read, then those values in an order in which each follows what it reads."""
    derived = {spec.path: (spec, node) for spec, node in track.derived}
    read = set().union(*(names(node) for _, node in derived.values())) if derived else set()
    inputs = [f for f in track.standard.fields if f.path in read and f.path not in derived and f.kind in SINGLE]
    ordered = [derived[path] for path in _following({p: n for p, (_, n) in derived.items()})]
    fields = [*inputs, *(spec for spec, _ in ordered)]
    sheet = Sheet(
        {f.path: f"{SUM_COLUMN}{FIRST_SUM + i}" for i, f in enumerate(fields)},
        truths=frozenset(f.path for f in fields if f.kind == "truth"),
        texts=frozenset(f.path for f in fields if f.kind == "text"),
        dates=frozenset(f.path for f in fields if f.kind == "date"),
    )
    speaker = Speaker(track, lang)
    told = [SumLine(f.title, say(T("to be filled in"), lang), "", f.percentage) for f in inputs]
    return (*told, *(_line(spec, node, sheet, speaker) for spec, node in ordered)) if told else ()


def _line(spec: FieldSpec, node: Node, sheet: Sheet, speaker: Speaker) -> SumLine:
    try:
        formula = "" if results(node) else spreadsheet(node, sheet)
    except NoSpreadsheetFormError:
        formula = ""
    return SumLine(spec.title, speaker.formula(node), formula, spec.percentage)


def _following(derived: Mapping[str, Node]) -> Iterator[str]:
    """The paths of derived values, each after those it reads."""
    known: set[str] = set()

    def after(path: str) -> Iterator[str]:
        if path not in known:
            known.add(path)
            for inner in sorted(names(derived[path]) & derived.keys()):
                yield from after(inner)
            yield path

    for path in derived:
        yield from after(path)
