"""A draft read back: what a person took of it, what nobody decided, and what is to be said of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorekit.domain.drafts import DRAFT
from scorekit.domain.intake import Unreadable
from scorekit.domain.problem import Problem
from scorekit.errors import T, Text


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one proposal: its field and value, True taken, False refused, None undecided, and its place in the file."""

    field: str
    value: Any
    accepted: bool | None
    cell: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands: the fields still undecided, those that were answered, the report that it was drafted from."""

    undecided: int
    answered: int
    report: str

    @property
    def text(self) -> str:
        """As it stands beside a table, under ``draft``."""
        return f"{self.undecided} {self.answered} {self.report}"

    @classmethod
    def of(cls, text: str) -> Standing:
        """What ``text`` said; a text of another form is a draft of which nothing was answered."""
        undecided, _, rest = text.partition(" ")
        answered, _, report = rest.partition(" ")
        if not (undecided.isdecimal() and answered.isdecimal()):
            return cls(0, 0, text)
        return cls(int(undecided), int(answered), report)

    @property
    def untouched(self) -> bool:
        """Whether nobody took, refused or entered anything."""
        return not self.answered

    @property
    def what(self) -> Text:
        """That it is a draft, and how much of it nobody decided."""
        if self.untouched:
            return T("this is a draft out of {report} that nobody confirmed; it is not ranked", report=self.report)
        told = {"report": self.report, "count": self.undecided}
        return T("this was drafted from {report}; {count} fields have proposals that nobody confirmed and count as blank", **told)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The values of a draft that count, by field path, each with its cell; how it stands; the faults found in it, each with its cell."""

    values: Mapping[str, Any]
    cells: Mapping[str, str]
    standing: Standing
    faults: Sequence[tuple[Text, Text, str]] = ()

    def problems(self, file: str, within: str = "", sheet: str = "") -> Iterator[Problem]:
        """What is to be reported of the draft in *file*; *within* is the pointer of a unit that is not alone in it."""
        for what, cure, cell in self.faults:
            yield Problem("error", what, cure, file=file, sheet=sheet, cell=within + cell)
        if self.standing.untouched:
            yield Problem("error", self.standing.what, T("have a person take or refuse each proposal"), file=file, sheet=sheet)
        elif self.standing.undecided:
            yield Problem("warning", self.standing.what, T("take or refuse the proposals that are left"), file=file, sheet=sheet)


@dataclass
class _Taken:
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    undecided: set[str] = field(default_factory=set)


def confirmed(answers: Sequence[Answer], own: Mapping[str, Any], report: str) -> Confirmed:
    """What counts of a draft with these answers, beside the values of a person's *own* by field path.

    A field that was given twice, by hand and by a proposal or by two, counts as neither.
    """
    taken, twice = _Taken(), T("the field is filled in twice: by hand and by a proposal, or by two proposals")
    for answer in answers:
        if answer.accepted is None:
            taken.undecided.add(answer.field)
        elif not answer.accepted:
            taken.refused.add(answer.field)
        elif taken.values.get(answer.field, own.get(answer.field)) not in (None, answer.value):
            taken.values[answer.field] = Unreadable(str(answer.value), twice, T("leave one of them"))
            taken.cells[answer.field] = answer.cell
        else:
            taken.values[answer.field], taken.cells[answer.field] = answer.value, answer.cell
    given = {path for path, value in own.items() if value is not None}
    undecided = taken.undecided - taken.values.keys() - given
    answered = len(taken.values.keys() | taken.refused | given)
    return Confirmed(taken.values, taken.cells, Standing(len(undecided), answered, report))


def from_document(held: Any, own: Mapping[str, Any]) -> Confirmed:
    """What counts of a draft in JSON: *held* is what stands under ``x-draft``, *own* the rest of the submission by path."""
    proposals = held.get("proposals") if isinstance(held, Mapping) else None
    report = str(held.get("report") or "") if isinstance(held, Mapping) else ""
    faults: list[tuple[Text, Text, str]] = []
    answers = []
    if not isinstance(proposals, list):
        faults.append((T("the draft holds no list of proposals"), T("draft it again with “scorekit extract”"), f"/{DRAFT}"))
        proposals = []
    for number, proposal in enumerate(proposals):
        cell = f"/{DRAFT}/proposals/{number}"
        if not isinstance(proposal, Mapping) or not isinstance(proposal.get("field"), str) or "value" not in proposal:
            faults.append((T("this is no proposal: it needs “field”, “value” and “accepted”"), T("leave it out"), cell))
            continue
        accepted = proposal.get("accepted")
        if accepted is not None and not isinstance(accepted, bool):
            faults.append((T("“accepted” must be true, false or null"), T("write true to take the value, false to refuse it"), cell))
            accepted = None
        answers.append(Answer(proposal["field"], proposal["value"], accepted, f"{cell}/value"))
    found = confirmed(answers, own, report)
    return Confirmed(found.values, found.cells, found.standing, tuple(faults))
