"""All that a plugin author imports: markers, hooks, the types that rules, readers and exporters are made of."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pluggy

from scorekit.domain.annotated import AUTHOR, LIST_HEADS, LIST_SHEET, Lineage, is_list, values_digest
from scorekit.domain.annotators import Annotator, Finding, Head, Returned
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why, column, stack, where
from scorekit.domain.comparison import COMPARISON, Comparison, Side, compared, whole_score
from scorekit.domain.confirming import Answer, Confirmed, confirmed, from_document
from scorekit.domain.counted import Choice, Counted, choice, greatest, least, worst_deduction
from scorekit.domain.csv_cells import bare, csv_texts
from scorekit.domain.deciding import Award, Candidates
from scorekit.domain.decimals import Decimals
from scorekit.domain.digits import SPARE, tails, words
from scorekit.domain.documents import digest, pretty
from scorekit.domain.drafts import (
    ABOVE,
    COLUMNS,
    CONFIDENCE_WORDS,
    DRAFT,
    FORM,
    Blank,
    Draft,
    Drafter,
    Proposal,
    Spot,
    place_words,
    value_words,
)
from scorekit.domain.encodings import assured, encodings_of, undecided
from scorekit.domain.engines import Engine, Local, Workforce
from scorekit.domain.errands import opened, sent
from scorekit.domain.form import (
    BESIDE_LABELS,
    GUIDANCE,
    HEADS,
    OPTIONS_SHEET,
    PLACEHOLDERS,
    Ask,
    Edition,
    Form,
    FormHead,
    FormLine,
    FormSheet,
    FormWriter,
    edition_of,
    form_words,
)
from scorekit.domain.functions import power, powers
from scorekit.domain.intake import Grid, Percent, RawTable, Reader, ReadRequest, SourceFile, Unreadable
from scorekit.domain.lazy import passing
from scorekit.domain.listing import (
    Line,
    all_fields,
    applying_reasons,
    declared_digits,
    declared_figures,
    field_titles,
    full_marks,
    group_words,
    line_reasons,
    listed_rows,
    paper_figures,
    row_blocks,
    score_lines,
    standing_figures,
    submitted_fields,
    unit_tracks,
)
from scorekit.domain.marks import Each, Panel, Records
from scorekit.domain.naming import folded, header_forms
from scorekit.domain.ordering import best_of, placed
from scorekit.domain.outputs import Exporter, Outcome
from scorekit.domain.pages import Numerals, Page
from scorekit.domain.paper import FIRST_SUM, PaperLine, PaperTable, PrintedStandard, Printer, SumLine
from scorekit.domain.parcels import Parcel, packed, unpacked
from scorekit.domain.places import Addresses, Piece
from scorekit.domain.placings import ranked_by
from scorekit.domain.plan import Plan, RankingPlan
from scorekit.domain.population import correlation_of, deviation_of, left_behind, logarithm, mean_of
from scorekit.domain.printing import FIGURE_DIGITS, MOST, clock, nearest, percent, plain, printed, shown
from scorekit.domain.problem_table import problem_table
from scorekit.domain.problems import Problems
from scorekit.domain.progress import Progress, progress
from scorekit.domain.publicity import PublicList, Publisher
from scorekit.domain.reasons import REASON_WORDS, SEVERITY_WORDS, STATUS_WORDS, reason_code
from scorekit.domain.reports import Extractor, Narrative, Passage
from scorekit.domain.roll import Names
from scorekit.domain.rubric import CriterionSpec, FieldSpec, GateSpec, Rounding
from scorekit.domain.rule import (
    Aggregator,
    Band,
    Bands,
    ByRater,
    ByRole,
    Children,
    Knot,
    Knots,
    Number,
    Numbers,
    Param,
    ParamKind,
    Range,
    Ranges,
    Rule,
    Scored,
    Table,
    Weighter,
)
from scorekit.domain.spans import Block, Spans
from scorekit.domain.summing import summed
from scorekit.domain.tables import (
    COUNTED_AS_ZERO,
    OUTCOMES,
    Origin,
    Part,
    Places,
    Problem,
    Reason,
    ScoreSheet,
    Standings,
    Submissions,
    outcome_of,
)
from scorekit.domain.telling import reasons_page, reasons_taken, reasons_told
from scorekit.domain.ties import key_words
from scorekit.domain.xml_text import cell_text, xml_text
from scorekit.errors import InputError, OutputError, ScorekitError, T, Text
from scorekit.words import say

__all__ = [
    "COUNTED_AS_ZERO", "Addresses", "Aggregator", "Award", "Band", "Bands", "ByRater", "ByRole", "Candidates", "Children", "Column",
    "CriterionSpec", "Exporter", "FIGURE_DIGITS", "FIRST_SUM", "FieldSpec", "GateSpec", "Grid", "InputError", "Knot", "Knots", "Line",
    "MOST", "Number",
    "Numbers", "OUTCOMES", "Outcome", "OutputError", "Panel", "PaperLine", "PaperTable", "Param", "Percent", "Piece", "Places", "Plan",
    "PrintedStandard", "Printer", "Problem", "REASON_WORDS", "Range", "Ranges", "RankingPlan", "RawTable", "ReadRequest", "Reader",
    "Reason", "Records", "Rounding", "Rule", "SEVERITY_WORDS", "STATUS_WORDS", "ScoreSheet", "Scored", "ScorekitError", "SourceFile",
    "Standings", "Submissions", "SumLine", "T", "Table", "Text", "Unreadable", "Weighter", "Why", "aggregator", "all_fields", "bare",
    "best_of", "clock", "column", "correlation_of", "csv_texts", "declared_digits", "declared_figures", "deviation_of", "digest", "folded",
    "full_marks", "header_forms", "hookimpl", "hookspec", "key_words", "left_behind", "line_reasons", "listed_rows", "logarithm",
    "mean_of", "nearest", "outcome_of", "paper_figures", "passing", "percent", "placed", "plain", "power", "powers", "pretty", "printed",
    "ranked_by", "reason_code", "reasons_told", "row_blocks", "rule", "say", "score_lines", "shown", "standing_figures", "submitted_fields",
    "field_titles", "group_words", "unit_tracks", "weighter", "where",
    "Choice", "Counted", "Each", "OF_RECORD", "choice", "greatest", "least", "worst_deduction",
    "Parcel", "Part", "applying_reasons", "packed", "unpacked", "Coded", "Names", "Engine", "Local", "Workforce", "opened", "sent",
    "Extractor", "Narrative", "Origin", "Passage", "Blank", "DRAFT", "Draft", "Drafter", "Proposal", "Spot", "Answer", "Confirmed",
    "confirmed", "from_document", "ABOVE", "COLUMNS", "CONFIDENCE_WORDS", "FORM", "place_words", "value_words",
    "Problems", "Progress", "progress", "problem_table", "COMPARISON", "Comparison", "Side", "compared", "stack", "summed", "whole_score",
    "AUTHOR", "Annotator", "Finding", "Head", "LIST_HEADS", "LIST_SHEET", "Lineage", "Returned", "is_list", "values_digest",
    "Block", "Decimals", "SPARE", "Spans", "tails", "words",
    "Ask", "BESIDE_LABELS", "Form", "FormHead", "FormLine", "FormSheet", "FormWriter", "HEADS", "OPTIONS_SHEET",
    "PLACEHOLDERS", "Edition", "GUIDANCE", "edition_of", "form_words",
    "PublicList", "Publisher", "Numerals", "Page", "reasons_page", "reasons_taken", "assured", "encodings_of", "undecided",
    "cell_text", "xml_text",
]  # fmt: skip

OF_RECORD = typing.cast("Each", "record()")
"""The default of a parameter for each record: the figure that the record's own criteria give."""

hookspec = pluggy.HookspecMarker("scorekit")
hookimpl = pluggy.HookimplMarker("scorekit")

_KINDS: dict[Any, ParamKind] = {
    Column: "column",
    Number: "number",
    Panel: "panel",
    Records: "records",
    Each: "each",
    Numbers: "numbers",
    Bands: "bands",
    Knots: "knots",
    Table: "table",
    ByRole: "roles",
    Ranges: "ranges",
    ByRater: "raters",
    Rounding: "rounding",
    str: "text",
    int: "integer",
    bool: "truth",
}


def rule(
    *,
    adds: bool = False,
    takes: bool = False,
    says: dict[str, str],
    scope: Literal["row", "cohort"] = "row",
) -> Callable[[Callable[..., Column | Scored]], Rule]:
    """Declare a function as a scoring rule; its parameters are read off its signature.

    Positional parameters take columns, keyword-only ones take numbers and literals. Raises TypeError where a
    parameter's annotation is none that a rubric can fill, or where the rule neither adds nor takes.
    """
    if not (adds or takes):
        raise TypeError("a rule adds points, takes points, or both: say which")

    def declare(function: Callable[..., Column | Scored]) -> Rule:
        summary = (inspect.getdoc(function) or "").split("\n", 1)[0]
        return Rule(function.__name__, function, _params(function), adds, takes, scope, says, summary)

    return declare


def aggregator(*, says: dict[str, str], name: str = "") -> Callable[[Callable[..., tuple[Column, Column]]], Aggregator]:
    """Declare a function from children to (points, full marks) as an aggregator.

    It is called *name*, else as the function is, with ``-`` for ``_``. What follows the children, by name only, are
    parameters that a rubric may set. Raises TypeError where a parameter's annotation is none that a rubric can fill.
    """

    def declare(function: Callable[..., tuple[Column, Column]]) -> Aggregator:
        summary = (inspect.getdoc(function) or "").split("\n", 1)[0]
        return Aggregator(name or function.__name__.replace("_", "-"), function, says, summary, params=_settings(function))

    return declare


def weighter(*, says: dict[str, str], name: str = "") -> Callable[[Callable[..., Sequence[Column]]], Weighter]:
    """Declare a function from columns and their best ends to one weight a column as a weighter.

    It is called *name*, else as the function is, with ``-`` for ``_``.
    """

    def declare(function: Callable[..., Sequence[Column]]) -> Weighter:
        summary = (inspect.getdoc(function) or "").split("\n", 1)[0]
        return Weighter(name or function.__name__.replace("_", "-"), function, says, summary)

    return declare


class Hooks:
    """The hooks of scorekit: each returns named things, all are collected."""

    @hookspec
    def scorekit_readers(self) -> list[Reader]:  # type: ignore[empty-body]
        """Readers of submissions, by file name ending."""

    @hookspec
    def scorekit_rules(self) -> list[Rule]:  # type: ignore[empty-body]
        """Scoring rules that a rubric may name."""

    @hookspec
    def scorekit_aggregators(self) -> list[Aggregator]:  # type: ignore[empty-body]
        """Ways to combine a section's children."""

    @hookspec
    def scorekit_weighters(self) -> list[Weighter]:  # type: ignore[empty-body]
        """Ways to draw the weights of a section's children from the data."""

    @hookspec
    def scorekit_awards(self) -> list[Award]:  # type: ignore[empty-body]
        """What a tie at the cut line does to the seats."""

    @hookspec
    def scorekit_exporters(self) -> list[Exporter]:  # type: ignore[empty-body]
        """Writers of result files."""

    @hookspec
    def scorekit_annotators(self) -> list[Annotator]:  # type: ignore[empty-body]
        """Writers of what goes back with a file that has problems."""

    @hookspec
    def scorekit_publishers(self) -> list[Publisher]:  # type: ignore[empty-body]
        """Forms of the public list of a result."""

    @hookspec
    def scorekit_printers(self) -> list[Printer]:  # type: ignore[empty-body]
        """Forms in which a standard is printed."""

    @hookspec
    def scorekit_forms(self) -> list[FormWriter]:  # type: ignore[empty-body]
        """Writers of forms to fill in, by the ending of their files."""

    @hookspec
    def scorekit_engines(self) -> list[Engine]:  # type: ignore[empty-body]
        """Ways to have batches done, here or elsewhere."""

    @hookspec
    def scorekit_extractors(self) -> list[Extractor]:  # type: ignore[empty-body]
        """Readers of narrative reports, by file name ending."""

    @hookspec
    def scorekit_drafters(self) -> list[Drafter]:  # type: ignore[empty-body]
        """Forms in which the draft of a submission is written, by file name ending."""

    @hookspec
    def scorekit_rubric_packs(self) -> list[str]:  # type: ignore[empty-body]
        """Import names of packages that hold rubrics, one folder each."""


def _params(function: Callable[..., Any]) -> tuple[Param, ...]:
    found = _described(function, inspect.signature(function).parameters)
    if not found or found[0].kind not in ("column", "panel", "records"):
        raise TypeError(f"rule {function.__name__}: its first parameter must be a Column, Panel or Records")
    return found


def _settings(function: Callable[..., Any]) -> tuple[Param, ...]:
    """What an aggregator takes beside the children."""
    _, *more = inspect.signature(function).parameters.items()
    return _described(function, dict(more))


def _described(function: Callable[..., Any], parameters: Mapping[str, inspect.Parameter]) -> tuple[Param, ...]:
    hints = typing.get_type_hints(function) if parameters else {}
    found = []
    for name, parameter in parameters.items():
        hint = hints.get(name)
        empty = parameter.default is inspect.Parameter.empty
        default = None if empty else parameter.default
        choices = typing.get_args(hint) if typing.get_origin(hint) is Literal else ()
        kind = "text" if choices else _kind(hint, function.__name__, name)
        if kind == "column" and parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            kind = "number"
        found.append(Param(name, kind, empty, default, choices))
    return tuple(found)


def _kind(hint: Any, rule_name: str, name: str) -> ParamKind:
    inner = tuple(a for a in typing.get_args(hint) if a is not type(None))
    if inner and type(None) in typing.get_args(hint):
        hint = typing.Union[inner]
    try:
        return _KINDS[hint]
    except (KeyError, TypeError):
        raise TypeError(f"rule {rule_name}: parameter {name} needs one of the types of scorekit.plugin, not {hint!r}") from None
