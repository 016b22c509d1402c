"""How well a figure of a report fits a field: by the words beside it, those of its sentence, and those of the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scorekit.domain.drafts import CONFIDENCES, Confidence, cell
from scorekit.drafting.cautions import cautions, planned
from scorekit.drafting.labels import Asked, Label, agree, pairs
from scorekit.drafting.phrases import Cover, Phrase, bare, cover, explained, noun_of, phrase_of
from scorekit.drafting.quantities import Quantity, days, quantities
from scorekit.drafting.report_text import Sentence

WHOLE = 0.99
MOST_OF_IT = 0.66
MUCH = 0.75
PLAIN = 0.6
HALF = 0.5
SHORT = 2
"""Signs of a label that is said of many things (职工, 会员): the whole clause must speak of nothing else."""
PEOPLE = re.compile(r"职工|员工|人员|干部|选手|群众|同志|工人|会员|代表")
BODIES = re.compile(r"企业|单位|企事业|公司|工会")
_HEAVY = frozenset({"change", "other year", "others", "part", "loose"})


@dataclass(frozen=True, slots=True)
class Match:
    """A value that a sentence gives for a field, from character ``start`` to ``end`` of it; ``strength`` orders matches.

    ``beside`` says that all words of the field stand right beside it.
    """

    asked: Asked
    sentence: Sentence
    value: Any
    start: int
    end: int
    confidence: Confidence
    strength: float
    pieces: tuple[str, ...]
    cautions: tuple[str, ...]
    beside: bool = True


def numbers(sentence: Sentence, fields: Sequence[Asked], year: int | None, own: Sequence[str]) -> Iterator[Match]:
    """The figures of a sentence with the fields that they fit; what is still to come fits none."""
    text = sentence.text
    found = list(quantities(text))
    for index, quantity in enumerate(found):
        if planned(sentence, text[: quantity.start]):
            continue
        phrase = _phrase(text, found, index)
        held = tuple(cautions(sentence, quantity, year, own))
        yield from _fitting(sentence, quantity, phrase, fields, held)


def dates(sentence: Sentence, fields: Sequence[Asked]) -> Iterator[Match]:
    """The whole dates of a sentence with the fields whose title stands in it."""
    for day in days(sentence.text):
        for asked in fields:
            got = max((cover(label, sentence.text) for label in asked.labels), key=lambda c: c.share, default=None)
            if asked.spec.kind == "date" and got is not None and got.share >= WHOLE:
                yield Match(asked, sentence, day.iso, day.start, day.end, "medium", got.share, got.pieces, ())


def _phrase(text: str, found: Sequence[Quantity], index: int) -> Phrase:
    """The phrase of a number; of one in a table what stands before it in its row or above it."""
    label, tab, _ = text.partition("\t")
    return Phrase(label, "", "", label, "") if tab else phrase_of(text, found, index)


def _fitting(sentence: Sentence, quantity: Quantity, phrase: Phrase, fields: Sequence[Asked], held: tuple[str, ...]) -> Iterator[Match]:
    said = pairs(f"{phrase.left}\n{phrase.right}")
    for asked in fields:
        value = valued(asked, quantity) if asked.spec.kind == "number" else None
        if value is None:
            continue
        judged = [
            m
            for label in asked.labels
            if label.pairs & said and (m := _judged(sentence, quantity, phrase, asked, label, held, value)) is not None
        ]
        if judged:
            yield min(judged, key=lambda m: (CONFIDENCES.index(m.confidence), -m.strength))


def valued(asked: Asked, quantity: Quantity) -> Any:
    """What a number is in the unit of a field; None where it is counted in something else or the form does not allow it."""
    if quantity.unit and not agree(asked.unit, quantity.unit):
        return None
    value = quantity.value
    if asked.spec.unit == "fraction":
        value /= 100
    if asked.spec.unit == "万元":
        value /= 10_000
    schema = asked.spec.schema
    whole = "integer" in schema.get("type", ()) if not isinstance(schema.get("type"), str) else schema["type"] == "integer"
    if whole and value != value.to_integral_value():
        return None
    low, high = schema.get("minimum"), schema.get("maximum")
    if (low is not None and value < Decimal(str(low))) or (high is not None and value > Decimal(str(high))):
        return None
    return cell(value.normalize() if value != value.to_integral_value() else value.to_integral_value())


def _judged(
    sentence: Sentence, quantity: Quantity, phrase: Phrase, asked: Asked, label: Label, held: tuple[str, ...], value: Any
) -> Match | None:
    """How well a number fits one wording of a field; None where hardly any of it is said."""
    near = cover(label, f"{phrase.left}\n{phrase.right}")
    if not near.share:
        return None
    far = cover(label, f"{phrase.topic}\n{phrase.clause}")
    wide = cover(label, "\n".join([sentence.text, *sentence.headings]))
    grade = _grade(label, phrase, near, wide, far, asked)
    if grade is None:
        return None
    confidence, more = grade
    codes = tuple(dict.fromkeys([*held, *more]))
    if asked.twins and not _of_section(asked, sentence):
        codes = (*codes, "shared")
        confidence = "low"
    if any(c in _HEAVY for c in codes):
        confidence = "low"
    elif codes and confidence == "high":
        confidence = "medium"
    got = near if near.share >= far.share else far if far.share >= wide.share else wide
    strength = near.share * label.whole + 0.2 * (far.share - near.share) * label.whole
    return Match(asked, sentence, value, quantity.start, quantity.end, confidence, strength, got.pieces, codes, near.share >= WHOLE)


def _grade(label: Label, phrase: Phrase, near: Cover, wide: Cover, far: Cover, asked: Asked) -> tuple[Confidence, tuple[str, ...]] | None:
    """How sure a match is, and what is to be said against it; None where there is none."""
    short = len(label.text) <= SHORT
    if not near.told or near.share <= 0:
        return None
    foreign = _foreign(label, phrase, asked)
    if near.share >= WHOLE:
        plain = _plainness(label, phrase, near, asked)
        if plain >= (WHOLE if short else PLAIN) and not foreign:
            return ("medium", ("narrower",)) if _newly(label, phrase) else ("high", ())
        if short:
            return ("low", ("narrower",)) if plain >= HALF and not foreign else None
        return "low" if foreign else "medium", ("narrower",)
    if short:
        return None
    if far.share >= WHOLE:
        plain = explained(label, near.pieces, f"{phrase.left}\n{phrase.right}", asked.around)
        return "medium" if plain >= PLAIN and not foreign else "low", ("elsewhere",)
    if near.share >= MOST_OF_IT:
        return "medium" if near.share >= MUCH and len(label.text) >= 4 and not foreign else "low", ("narrower",)
    return ("low", ("elsewhere",)) if wide.share >= WHOLE and not foreign else None


def _foreign(label: Label, phrase: Phrase, asked: Asked) -> bool:
    """Whether the number counts a thing of which the field does not speak: 6个街道 are no disputes."""
    noun = bare(phrase.right_noun)
    people = asked.unit in ("人", "名", "人次")
    return bool(noun) and not set(noun) & set(label.text) and not (PEOPLE if people else BODIES).search(noun)


def _newly(label: Label, phrase: Phrase) -> bool:
    """Whether the report speaks of what is new where the field asks for all."""
    return "新" not in label.text and re.search(r"新(?:建|签|增|续|发展|成立|组建)", phrase.left + phrase.right) is not None


def _plainness(label: Label, phrase: Phrase, near: Cover, asked: Asked) -> float:
    """The share of the phrase that the field explains: of the side on which it stands, or of both; of the whole clause of a short label."""
    left, right = cover(label, phrase.left), cover(label, phrase.right)
    if len(label.text) <= SHORT:
        return explained(label, near.pieces, phrase.clause, asked.around)
    if left.share >= WHOLE and left.told:
        noun = "" if right.share > 0 else phrase.right_noun
        return explained(label, left.pieces, f"{phrase.left}\n{noun}", asked.around)
    if right.share >= WHOLE and right.told:
        return explained(label, right.pieces, _up_to(phrase.right, right.pieces), asked.around)
    return explained(label, near.pieces, f"{phrase.left}\n{_up_to(phrase.right, near.pieces)}", asked.around)


def _up_to(text: str, pieces: Sequence[str]) -> str:
    """The text behind a number as far as the last piece of the label, and on to the end of the noun there."""
    end = max((text.find(p) + len(p) for p in pieces if p in text), default=0)
    return text[:end] + noun_of(text[end:])


def _of_section(asked: Asked, sentence: Sentence) -> bool:
    """Whether the section of a field is named where the sentence stands."""
    parts = [p for p in re.split(r"\s+", asked.section) if p]
    return bool(parts) and any(parts[-1] in text for text in (sentence.text, *sentence.headings))
