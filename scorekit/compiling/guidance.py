"""What stands beside a form: how it is filled in, and what the rubric's author adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.errors import T, Text
from scorekit.words import say


def guidance(plan: Plan, kind: str, fields: Sequence[FieldSpec], lang: str) -> tuple[str, ...]:
    """The numbered paragraphs of the sheet that tells how a form is filled in."""
    told = [*_common(kind, fields), *_of_kind(kind, fields)]
    own = [str(n) for n in plan.rubric.frame.get("notes", ())]
    nested = [item.title for f in fields for item in f.items if item.kind == "records"]
    if nested:
        told.append(T("A table cannot take the lists within a record ({names}); hand them in as JSON.", names=nested))
    texts = [*(say(t, lang) for t in told), *own]
    sign = "．" if lang == "zh" else ". "
    return (*(f"{i}{sign}{text}" for i, text in enumerate(texts, 1)), *(say(t, lang) for t in _returned()))


def _common(kind: str, fields: Sequence[FieldSpec]) -> Iterator[Text]:
    yield T("Fill in the white cells only. Grey cells are fixed, or computed from the others; leave them as they are.")
    yield T("A blank cell means that nothing was handed in, not 0. Where the figure is 0, enter 0.")
    words = sorted({w for f in fields for w in f.not_applicable})
    if words:
        yield T(
            "Where an item does not apply and its cell allows it, enter: {words}. It is then left out, and not taken for a blank.",
            words=words,
        )
    if any(f.percentage for f in fields) or any(i.percentage for f in fields for i in f.items):
        yield T("Percentages: 92.28 and 92.28% both mean 92.28%. Do not enter 0.9228.")
    yield T("Numbers stand without their unit; dates as 2026-07-30; where there is a list, choose from it.")
    yield T("Enter values, no formulas: what a formula gives is not read. Paste copied cells as values only.")
    yield T("Long numbers (ID cards, accounts) belong into cells for text, which keep all their digits.")
    if kind in ("unit", "units"):
        yield T("The own score is the unit's own judgement. It is shown beside the assessed score and never changes it.")
    if kind == "unit":
        yield T("Do not change the codes in the last column: by them the form is read. The examples are not read.")
    else:
        yield T("One unit a row, its name written alike in every table. What stands above the heads is not read.")
    if any(f.kind == "records" for f in fields):
        yield T("Lists have sheets of their own, one thing a row. A sheet left empty means that there is none; more rows may be added.")


def _of_kind(kind: str, fields: Sequence[FieldSpec]) -> Iterator[Text]:
    if kind == "panel":
        yield T("One workbook for each rater: choose the rater above the table.")
        yield T("A blank cell is no mark, and not 0. A rater leaves blank the units whose marking would concern himself.")
    if kind == "survey":
        yield T("Enter how many ballots chose each option; where nobody did, enter 0.")


def _returned() -> Iterator[Text]:
    yield T("To be returned to:                                   by (date):")
    yield T("Questions to (name, telephone):")
