"""From a report and a rubric to a draft: every figure and fact that fits a field, with how sure that is; nothing is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scorekit.domain.documents import digest
from scorekit.domain.drafts import CONFIDENCES, Blank, Confidence, Draft, Proposal, Spot
from scorekit.domain.plan import Plan
from scorekit.domain.reports import Passage
from scorekit.drafting.cautions import WORDS, own_levels
from scorekit.drafting.labels import Asked, asked
from scorekit.drafting.matching import Match, dates, numbers
from scorekit.drafting.report_text import Sentence, sentences, year_of
from scorekit.drafting.statements import choices, truths

MOST = 6
"""Proposals that are listed for one field."""
_NAME = re.compile(
    r"^[|#*]*(?:标题:)?((?!\d|关于|工会|年度)[^,。:;]{1,24}(?:工会联合会|总工会|工会委员会|工会工委|工会|集团|公司|厂|街道|乡|镇))(?=\S{0,30}(?:总结|汇报|情况|报告|材料))"
)


def drafted(plan: Plan, passages: Sequence[Passage], report: str, report_digest: str, software: str = "") -> Draft:
    """The draft of a submission out of the passages of a report."""
    fields = asked(plan)
    found = settled([*_named(plan, passages, fields), *_matches(passages, fields)])
    proposals: dict[str, list[Proposal]] = {}
    remarks: list[Proposal] = []
    for match in found:
        proposal = _proposal(match, passages)
        if match.asked.fillable:
            proposals.setdefault(match.asked.spec.path, []).append(proposal)
        elif match.confidence != "low":
            remarks.append(proposal)
    order = {a.spec.path: i for i, a in enumerate(fields)}
    return Draft(
        rubric=plan.rubric.id,
        title=plan.rubric.title,
        version=plan.rubric.version,
        digest=digest(plan.rubric.document),
        report=report,
        report_digest=report_digest,
        blanks=tuple(_blank(a) for a in fields if a.fillable),
        proposals={path: tuple(proposals[path][:MOST]) for path in sorted(proposals, key=order.__getitem__)},
        remarks=tuple(sorted(remarks, key=lambda r: order[r.field])),
        software=software,
    )


def _matches(passages: Sequence[Passage], fields: Sequence[Asked]) -> Iterator[Match]:
    said = list(sentences(passages))
    year, own = year_of(passages), own_levels([s.text for s in said])
    for sentence in said:
        yield from numbers(sentence, fields, year, own)
        yield from dates(sentence, fields)
        yield from truths(sentence, fields)
        yield from choices(sentence, fields)


def _named(plan: Plan, passages: Sequence[Passage], fields: Sequence[Asked]) -> Iterator[Match]:
    """The name of the unit as the title of the report has it."""
    name = next(
        (a for a in fields if len(plan.base.identity) == 1 and a.spec.path == plan.base.identity[0] and a.spec.kind == "text"), None
    )
    if name is None or not re.search("单位|工会|企业|公司", name.spec.title):
        return
    first = next(sentences(passages), None)
    match = _NAME.match(first.text) if first is not None else None
    if first is not None and match:
        yield Match(name, first, match[1], match.start(1), match.end(1), "medium", 1.0, (match[1],), ())


def settled(matches: Sequence[Match]) -> list[Match]:
    """What is left when figures have gone to the fields that say most about them, and contradictions are seen; the surest first."""
    by_figure: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        by_figure.setdefault((id(match.sentence), match.start), []).append(match)
    kept = [m for group in by_figure.values() for m in _contested(group)]
    by_field: dict[str, list[Match]] = {}
    for match in kept:
        by_field.setdefault(match.asked.spec.path, []).append(match)
    return [m for group in by_field.values() for m in _agreed(group)]


def _contested(group: Sequence[Match]) -> Iterator[Match]:
    """Of the fields that one figure fits, those of which another says all and more are less sure."""
    figures = [m for m in group if m.asked.spec.kind == "number"]
    sure = [m for m in figures if m.confidence == "high"]
    for match in group:
        wider = [m for m in figures if m is not match and m.beside and m.strength > match.strength and _within(match.pieces, m.pieces)]
        aside = not match.beside and any(m is not match for m in sure)
        if match.asked.spec.kind == "number" and (wider or aside) and match.confidence != "low":
            yield _lowered(match, "low", "shared")
        elif match.asked.spec.kind != "number" or not (wider or aside) or match.beside:
            yield match


def _within(pieces: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(p in o for o in others) for p in pieces)


def _agreed(group: Sequence[Match]) -> list[Match]:
    """The proposals of one field, the surest first; where the surest contradict one another, none of them is sure."""
    owned = {id(m.sentence) for m in group if m.beside and m.confidence != "low"}
    group = [m for m in group if m.beside or id(m.sentence) not in owned]
    sure = [m for m in group if m.confidence == "high"]
    joined = [m for m in sure if len(m.pieces) == 1]
    if len({m.value for m in sure}) > 1 and len({m.value for m in joined}) == 1:
        group = [_lowered(m, "medium", "several") if m in sure and m not in joined else m for m in group]
    elif len({m.value for m in sure}) > 1:
        group = [_lowered(m, "medium", "several") if m.confidence == "high" else m for m in group]
    order = sorted(enumerate(group), key=lambda e: (CONFIDENCES.index(e[1].confidence), -e[1].strength, e[0]))
    found: dict[Any, Match] = {}
    for _, match in order:
        found.setdefault((type(match.value), match.value), match)
    return list(found.values())


def _lowered(match: Match, confidence: Confidence, code: str) -> Match:
    return replace(match, confidence=confidence, cautions=tuple(dict.fromkeys([*match.cautions, code])))


def _blank(field: Asked) -> Blank:
    spec = field.spec
    options = tuple(o for o in spec.schema.get("enum", ()) if isinstance(o, str))
    return Blank(spec.path, spec.title, "%" if spec.unit == "percent" else spec.unit, options, spec.required)


def _proposal(match: Match, passages: Sequence[Passage]) -> Proposal:
    sentence = match.sentence
    first, start = sentence.origin[match.start]
    last, end = sentence.origin[match.end - 1]
    passage = passages[first]
    spot = Spot(
        passage.paragraph, passage.page, passage.line, passage.table, passage.row, start, end + 1 if last == first else len(passage.text)
    )
    return Proposal(
        field=match.asked.spec.path,
        title=match.asked.spec.title,
        value=match.value,
        shown=sentence.text[match.start : match.end],
        sentence=_original(sentence, passages),
        spot=spot,
        confidence=match.confidence,
        matched=match.pieces,
        cautions=tuple(WORDS[c] for c in match.cautions),
        fillable=match.asked.fillable,
        unit="%" if match.asked.spec.unit == "percent" else match.asked.spec.unit,
    )


def _original(sentence: Sentence, passages: Sequence[Passage]) -> str:
    """A sentence as it stands in the report, lines put together."""
    spans: dict[int, tuple[int, int]] = {}
    for index, place in sentence.origin:
        low, high = spans.get(index, (place, place))
        spans[index] = min(low, place), max(high, place)
    return "".join(passages[i].text[a : b + 1] for i, (a, b) in spans.items())
