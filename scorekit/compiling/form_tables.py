"""Tables to fill in: one unit a row with the fields as columns, and the records of a list one a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scorekit.compiling.answers import answer
from scorekit.compiling.form_kinds import criteria_of
from scorekit.compiling.variants import expanded
from scorekit.domain.form import HEADS, Ask, FormHead, FormLine
from scorekit.domain.naming import folded
from scorekit.domain.own_scores import OWN, score_name
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import CriterionSpec, FieldSpec
from scorekit.errors import T
from scorekit.stages.validate.match import dictionary, item_words, list_names
from scorekit.words import say

READY, SPARE = 30, 5
"""Rows made ready where no register says who there is, and beyond those that it names."""
SHEET_NAME = 31
OWN_WIDTH = 8.0
"""The share of the page of a column of own scores, on every form."""
_BAD_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_SHOWN_UNITS = {"percent": "%", "fraction": "%", "duration": ""}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, what may be entered below it, and the published text that it belongs to."""

    title: str
    answer: Ask
    wording: str = ""
    width: float = 0.0
    """Its share of the page, where it is not as wide as what is entered in it."""


def unit_shown(spec: FieldSpec) -> str:
    """A field's unit of measure as people write it."""
    return _SHOWN_UNITS.get(spec.unit, spec.unit)


def own_score(lang: str) -> Ask:
    """What may be entered as a unit's own score of an item, on every form that asks for it."""
    return Ask("number", asks=say(T("the unit's own score for this item"), lang))


class Tables:
    """Makes columns whose heads a reader knows again without fail."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.plan, self.lang = plan, lang
        self.known = dictionary(plan)
        self.fields = {f.path: f for f in plan.fields}
        document = plan.rubric.document
        self.place = {path: i for i, path in enumerate(_in_order(expanded(dict(document), document, ""), ""))}
        """Where each field and item stands in the document; what only a variant has is missing."""

    def title(self, path: str, rater: str = "", bare: bool = False) -> str:
        """A head that means this field (this rater's mark) and no other; *bare* without its unit of measure."""
        spec = self.fields[path]
        sections = {s.path: s.title for s in self.plan.sections} | {c.path: c.title for c in self.plan.criteria if c.whole}
        section, shown = sections.get(spec.section, spec.section), unit_shown(spec)
        at = f"@{rater}" if rater else ""
        names = [f"{spec.title}（{shown}）", spec.title] if shown and not at and not bare else [f"{spec.title}{at}"]
        names += [f"{section}/{spec.title}{at}"] if section else []
        return next((n for n in names if self.known.slots(n) == {(path, rater)} and "\n" not in n), f"{path}{at}")

    def identity(self, category: bool, beside: FieldSpec | None = None) -> list[Column]:
        """The columns that say which unit a row is of, and perhaps of which category; *beside* the records of a list."""
        paths = [*self.plan.base.identity, *([self.plan.base.category] if category and self.plan.base.category else [])]
        words = item_words(beside) if beside is not None else {}
        heads = {p: self.title(p) for p in paths}
        heads = {p: p if folded(head) in words else head for p, head in heads.items()}
        return [Column(head, answer(self.fields[p], self.lang, self.fields[p].title)) for p, head in heads.items()]

    def columns(self, fields: Iterable[FieldSpec], category: str | None, one_rater: bool) -> list[Column]:
        """A column for each field; for a panel one for each rater, or for the *one_rater* whose form it is."""
        wordings = {c.path: c.words.wording for c in criteria_of(self.plan, category)}
        found = []
        for spec in fields:
            entered, wording = answer(spec, self.lang, spec.title), self._wording(spec, wordings)
            raters = spec.raters if spec.kind == "panel" and not one_rater else ("",)
            found += [Column(self.title(spec.path, rater), entered, wording) for rater in raters]
        return found

    def with_own_scores(self, fields: Sequence[FieldSpec], category: str | None) -> list[Column]:
        """A column for each field, and behind the last one of each item a column for the unit's own score of it."""
        found = [(i, 0, column) for i, f in enumerate(fields) for column in self.columns([f], category, one_rater=False)]
        last, asked = -1, {f.path for f in fields}
        for item in criteria_of(self.plan, category):
            inner = (i for p, i in self.place.items() if p.startswith(item.path + ".")) if item.whole else ()
            end = max(inner, default=self.place.get(item.path, -1))
            before = (i for i, f in enumerate(fields) if self.place.get(f.path, end + 1) <= end)
            last = max(before, default=last)
            wording = "" if item.path in asked else item.words.wording
            found.append((last, 1, Column(self.own_title(item), own_score(self.lang), wording, 0.0 if wording else OWN_WIDTH)))
        return [column for _, _, column in sorted(found, key=lambda f: f[:2])]

    def own_title(self, item: CriterionSpec) -> str:
        """A head that means the own score of this item and nothing else."""
        section = {s.path: s.title for s in self.plan.sections}.get(item.section, "")
        name, word = score_name(OWN, item.path), say(HEADS["own"], self.lang)
        heads = [f"{item.title}/{word}", *([f"{section}/{item.title}/{word}"] if section else [])]
        return next((h for h in heads if self.known.slots(h) == {(name, "")} and "\n" not in h), name)

    def _wording(self, spec: FieldSpec, wordings: Mapping[str, str]) -> str:
        return wordings.get(spec.path) or wordings.get(spec.section, "")

    # ---------------------------------------------------------------- lists

    def list_columns(self, spec: FieldSpec) -> list[Column]:
        """The columns of a list's records, in their order."""
        words = item_words(spec)
        taken = {slot for p in self.plan.base.identity for slot in [(p, "")]}
        found = []
        for item in spec.items:
            if item.derive is not None or item.kind == "records":
                continue
            name = item.path[len(spec.path) + 1 :]
            for rater in item.raters if item.kind == "panel" else ("",):
                at, shown = f"@{rater}" if rater else "", unit_shown(item)
                heads = [f"{item.title}（{shown}）", item.title] if shown and not at else [f"{item.title}{at}"]
                fits = (h for h in [*heads, f"{name}{at}"] if self._means(h, f"{name}{at}", words) and not self.known.slots(h) & taken)
                found.append(Column(next(fits, f"{item.path}{at}"), answer(item, self.lang, item.title)))
        return found

    def _means(self, head: str, name: str, words: Mapping[str, str]) -> bool:
        bare = head.partition("（")[0]
        return words.get(folded(head), words.get(folded(bare))) == name and "\n" not in head

    def sheet_name(self, spec: FieldSpec, taken: set[str]) -> str:
        """A name for a list's sheet, by which it is known if possible; *taken* are the names (folded) that others have."""
        lists = [f for f in self.plan.fields if f.kind == "records" and f.path != spec.path]
        others = {w for f in lists for w in list_names(f)}
        names = (n for n in (spec.title, *spec.aliases, spec.path.rpartition(".")[2], spec.path) if _fits(n) and folded(n) not in others)
        return free_name(next(names, spec.title), taken)


def _in_order(node: Mapping[str, Any], path: str) -> Iterator[str]:
    """The paths of everything in the tree, as it is written."""
    for name, child in node.get("properties", {}).items():
        inner = f"{path}.{name}" if path else name
        yield inner
        if isinstance(child, Mapping):
            yield from _in_order(child, inner)


def _fits(name: str) -> bool:
    return 0 < len(name) <= SHEET_NAME and not _BAD_NAME.search(name) and name.strip("' ") == name


def free_name(name: str, taken: set[str]) -> str:
    """A sheet's name that spreadsheets take and no other sheet has; it is added to those *taken*."""
    stem = _BAD_NAME.sub(" ", name).strip("' ")[:SHEET_NAME] or "1"
    tried, again = stem, 1
    while folded(tried) in taken:
        again += 1
        tried = f"{stem[: SHEET_NAME - 4]}({again})"
    taken.add(folded(tried))
    return tried


def table_lines(columns: Sequence[Column], presets: Sequence[Sequence[str]] = (), ready: int = READY) -> tuple[FormLine, ...]:
    """Rows ready to be filled in: those whose first cells a register gives, then blank ones."""
    given = [FormLine(tuple(replace(c.answer, value=v) if v else c.answer for c, v in _paired(columns, row)), "ready") for row in presets]
    return (*given, FormLine(tuple(c.answer for c in columns), "ready", times=SPARE if presets else ready))


def _paired(columns: Sequence[Column], row: Sequence[str]) -> Iterator[tuple[Column, str]]:
    return zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=True)


def heads(columns: Sequence[Column]) -> tuple[FormHead, ...]:
    """Column heads, as wide as what is entered below them."""
    widths = {"text": 16.0, "date": 12.0, "choice": 12.0}
    return tuple(
        FormHead(c.title, c.width or (24.0 if i == 0 else max(widths.get(c.answer.kind, 11.0), min(16.0, 2.0 * len(c.title) / 2))))
        for i, c in enumerate(columns)
    )


def above(columns: Sequence[Column], lang: str) -> tuple[FormLine, ...]:
    """What stands over the heads: the published text, what to enter, an example; nobody takes it for a unit there."""
    rows = (
        (say(HEADS["wording"], lang), [c.wording for c in columns]),
        (say(T("what to enter"), lang), [c.answer.asks for c in columns]),
        (say(HEADS["example"], lang), [c.answer.example for c in columns]),
    )
    sign = "：" if lang == "zh" else ": "
    return tuple(FormLine((f"{label}{sign}{texts[0]}", *texts[1:]), "above") for label, texts in rows if any(texts))
