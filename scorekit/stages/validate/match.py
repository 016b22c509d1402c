"""Which column of a file fills which field: by path, by section and title, by title or alias, folded, and never by guessing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scorekit.domain.naming import folded, header_forms
from scorekit.domain.own_scores import VALUE_WORDS, head_words, score_field, score_headers
from scorekit.domain.plan import Plan
from scorekit.domain.remembered import remembered
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Severity
from scorekit.errors import T, Text

from .measures import factor, is_unit

Slot = tuple[str, str]
"""A field's path and, in a panel, the rater."""
_BESIDE = frozenset({"序号", "编号", "备注", "no", "no.", "#", "remark", "remarks", "note", "notes"})
_VOTES = ("{}票", "{}票数", "{}人数", "投票{}")
"""How columns are headed that hold the votes for an option."""
_NEAR = 6
"""Words that may be meant by a header that is unknown."""
_UNITS = {"percent": "%", "fraction": "%"}


@dataclass(slots=True)
class Matched:
    """Headers by slot; slots that several columns claim or that one column could mean; what is to be reported."""

    headers: dict[Slot, str] = field(default_factory=dict)
    lost: dict[Slot, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[tuple[str, Severity, Text, Text]] = field(default_factory=list)
    """(header, severity, what, cure)."""
    written: dict[Slot, str] = field(default_factory=dict)
    """The unit in which a column is headed, where it is another than the field's and turns into it exactly."""


class Dictionary:
    """The words by which the fields of a plan are known, in tiers: the first tier that knows a word decides."""

    def __init__(self, plan: Plan) -> None:
        self.fields = {f.path: f for f in plan.fields}
        titles = {s.path: s.title for s in plan.sections} | {c.path: c.title for c in plan.criteria if c.whole}
        self.open_panels = {
            f"{word}{sign}": f.path
            for f in plan.fields
            if f.kind == "panel" and not f.raters
            for tier, word, _ in _words(f, titles)
            for sign in (".@" if tier == 0 else "@/")
        }
        self.panels = frozenset(f.path for f in plan.fields if f.kind == "panel")
        self._plan, self._scores = plan, dict[str, set[Slot]]()
        self.tiers: tuple[dict[str, set[Slot]], ...] = ({}, {}, {}, {})
        for spec in plan.fields:
            for tier, word, rater in _words(spec, titles):
                self.tiers[tier].setdefault(folded(word), set()).add((spec.path, rater))

    def slots(self, header: str) -> set[Slot]:
        """The slots that a header may mean; a remark in brackets must be the field's unit."""
        for word, remark in header_forms(header):
            for tier in self.tiers:
                found = {s for s in tier.get(word, ()) if not remark or self._is_unit(s, remark)}
                if found:
                    fillable = {s for s in found if self.fields[s[0]].derive is None}
                    return fillable or found
        over, _, last = header.rpartition("/")
        if over and folded(last) in map(folded, VALUE_WORDS):
            return self.slots(over)
        open_panel = {(p, header[len(w) :]) for w, p in self.open_panels.items() if header.startswith(w) and len(header) > len(w)}
        return open_panel or self._score_slots(header)

    def _score_slots(self, header: str) -> set[Slot]:
        """The own or first scores that a header may mean; their words are put together when one is asked for."""
        if not self._scores:
            scores: dict[str, set[Slot]] = {}
            for word, name in score_headers(self._plan):
                scores.setdefault(word, set()).add((name, ""))
            self._scores = scores  # whole at once: threads share it
        known = self._scores
        return set(next((known[word] for word, remark in header_forms(header) if not remark and word in known), ()))

    def panel(self, header: str) -> FieldSpec | None:
        """The panel that a header means and nothing else, without a rater; None of any other, of own scores too."""
        slots = self.slots(header) if self.panels else set()
        paths = {path for path, rater in slots if not rater and path in self.panels}
        return self.fields[paths.pop()] if len(slots) == len(paths) == 1 else None

    def spec(self, path: str) -> FieldSpec:
        """The field of a slot; one of scores is described as a field is."""
        return self.fields[path] if path in self.fields else score_field(self._plan, path)

    def nearest(self, header: str, taken: Collection[str] = ()) -> str:
        """The known word most like a header, as a person would write it; empty where none is like it that is not *taken* (by path)."""
        word = header_forms(header)[-1][0]
        for close in difflib.get_close_matches(word, [w for tier in self.tiers for w in tier], _NEAR, 0.6):
            path = min(next(tier[close] for tier in self.tiers if close in tier))[0]
            if path not in taken:
                return self.fields[path].title
        return ""

    def in_another_unit(self, header: str) -> tuple[FieldSpec, str] | None:
        """The field that a header names with a unit behind it that is not its own, and that unit."""
        for word, remark in header_forms(header):
            for tier in self.tiers if remark and (is_unit(remark) or remark == "%") else ():
                if len(tier.get(word, ())) == 1:
                    [(path, rater)] = tier[word]
                    return (self.fields[path], remark) if not rater and path in self.fields else None
        return None

    def written(self, header: str, path: str) -> str:
        """The unit in a header's brackets, where it is another than the field's."""
        if path not in self.fields:  # a column of scores is headed in no unit
            return ""
        remark = next((r for w, r in header_forms(header) if r and any(w in tier for tier in self.tiers)), "")
        return another_unit(remark, self.fields[path].unit)

    def _is_unit(self, slot: Slot, remark: str) -> bool:
        return may_stand_behind(remark, self.fields[slot[0]].unit)


def may_stand_behind(remark: str, unit: str) -> bool:
    """Whether a remark in brackets may stand behind the title of a field of that unit: it is the unit, or one that turns into it."""
    own = (folded(unit), _UNITS.get(unit), "必填", "必填项")
    return remark in own or (unit not in _UNITS and is_unit(remark) and factor(remark, unit) is not None)


def another_unit(remark: str, unit: str) -> str:
    """The unit that a remark in brackets says, where it is another than the field's *unit* and turns into it; else nothing."""
    return remark if remark and is_unit(remark) and factor(remark, unit) not in (None, 1) else ""


def long_headings(plan: Plan) -> tuple[str, ...]:
    """The headings of a long table: of the unit's name in parts, of the item, of the value; none where none is declared."""
    long = plan.rubric.document["x-rubric"].get("long")
    if long is None:
        return ()
    unit = long["unit"]
    return (*((unit,) if isinstance(unit, str) else unit), long["item"], long["value"])


@remembered
def header_words(plan: Plan) -> frozenset[str]:
    """All folded words that may stand in a header: of fields, of a list's records, of raters."""
    words = {w for tier in dictionary(plan).tiers for w in tier} | {folded(w) for w in long_headings(plan)} | set(head_words(plan))
    for spec in plan.fields:
        for item in spec.items:
            words.update(folded(w) for w in (item.path, item.path.rpartition(".")[2], item.title, *item.aliases, *item.raters))
    return frozenset(words)


def list_names(spec: FieldSpec) -> set[str]:
    """The folded names that the sheet or file of a list may have."""
    return {folded(w) for w in (spec.title, spec.path, spec.path.replace(".", "/"), spec.path.rpartition(".")[2], *spec.aliases)}


def item_words(spec: FieldSpec) -> dict[str, str]:
    """The folded words by which the fields of a list's records are known, each with the field's name (``name@rater``) in a record."""
    words: dict[str, str] = {}
    for item in spec.items:
        name = item.path[len(spec.path) + 1 :]
        words.update({folded(w): name for w in (item.path, item.title, *item.aliases, name)})
        for rater in item.raters:
            forms = [f"{w}{sign}{rater}" for w in (item.path, item.title, *item.aliases, name) for sign in "@/."]
            words.update({folded(w): f"{name}@{rater}" for w in (*forms, rater)})
    return words


@remembered
def name_words(plan: Plan) -> tuple[str, ...]:
    """The words of the one field that names a unit, its path first; none where several fields do."""
    if len(plan.base.identity) != 1:
        return ()
    [spec] = [f for f in plan.fields if f.path == plan.base.identity[0]]
    return (spec.path, *(folded(w) for w in (spec.title, *spec.aliases)))


@remembered
def dictionary(plan: Plan) -> Dictionary:
    """The words for the fields of *plan*."""
    return Dictionary(plan)


def matched(plan: Plan, columns: Sequence[str], in_sheet: bool = True) -> Matched:
    """Assign each column to the slot it fills. Outside of a sheet the columns are of many files: what one lacks may be another's.

    Nobody changes what is found: batches of like columns share it.
    """
    return _matched(plan, tuple(columns), in_sheet)


@remembered
def _matched(plan: Plan, columns: tuple[str, ...], in_sheet: bool) -> Matched:
    known, result = dictionary(plan), Matched()
    claims: dict[Slot, list[str]] = {}
    unclear: list[tuple[str, set[Slot]]] = []
    unknown: list[str] = []
    for header in columns:
        slots = known.slots(header)
        if not slots:
            unknown.append(header)
        elif len(slots) > 1:
            unclear.append((header, slots))
        else:
            claims.setdefault(slots.pop(), []).append(header)
    for slot, headers in claims.items():
        if known.spec(slot[0]).derive is not None:
            what = T("“{title}” is computed; what was entered is not used", title=known.spec(slot[0]).title)
            result.remarks.append((headers[0], "warning", what, T("leave the column out")))
        elif len(headers) > 1:
            result.lost[slot] = tuple(headers)
            what = T("several columns fill the field “{title}”: {headers}", title=known.spec(slot[0]).title, headers=headers)
            result.remarks.append((headers[0], "error", what, T("keep one of them")))
        else:
            result.headers[slot] = headers[0]
            _note_unit(slot, headers[0], known, result)
    for header, slots in unclear:
        _unclear(header, slots, result)
    taken = {path for path, _ in claims if in_sheet} | {f.path for f in plan.fields if f.derive is not None}
    for header in unknown:
        _unknown(header, known, taken, result)
    place = {header: i for i, header in enumerate(columns)}
    result.remarks.sort(key=lambda r: place[r[0]])
    return result


def _words(spec: FieldSpec, titles: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """(tier, word, rater) of all words for a field."""
    yield 0, spec.path, ""
    yield 0, spec.path.replace(".", "/"), ""
    names = (spec.title, *spec.aliases)
    section = _outward(spec.section, titles)
    for name in names:
        yield 2, name, ""
        for start in range(len(section)):
            yield 1, "/".join((*section[start:], name)), ""
        if section:
            yield 1, f"{section[0]}/{name}", ""
    for rater, heading in zip(spec.raters, spec.panel.columns, strict=False):
        yield 2, heading, rater
    for rater in spec.raters if spec.source == "survey" else ():
        yield from ((2, pattern.format(rater), rater) for pattern in _VOTES)
    for rater in spec.raters:
        yield 0, f"{spec.path}@{rater}", rater
        yield 0, f"{spec.path}.{rater}", rater
        for name in names:
            yield 1, f"{name}@{rater}", rater
            yield 1, f"{name}/{rater}", rater
        yield 3, rater, rater


def _outward(section: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The titles of a section and those around it, outermost first."""
    parts = section.split(".") if section else []
    paths = [".".join(parts[: i + 1]) for i in range(len(parts))]
    return tuple(titles.get(p, p) for p in paths)


def _note_unit(slot: Slot, header: str, known: Dictionary, result: Matched) -> None:
    """Where a column is headed in another unit that turns exactly into the field's: say so, once for the column."""
    written = known.written(header, slot[0])
    if written:
        unit = known.fields[slot[0]].unit
        result.written[slot] = written
        what = T("the column “{header}” is given in {written} and read as {unit}", header=header, written=written, unit=unit)
        result.remarks.append((header, "repair", what, T("nothing needs to be done if this is what was meant")))


def _unknown(header: str, known: Dictionary, taken: Collection[str], result: Matched) -> None:
    """Report a column that fills no field, with what it may have been meant for."""
    if any(word in _BESIDE for word, _ in header_forms(header)):
        result.remarks.append((header, "repair", T("the column “{header}” is not read", header=header), T("nothing needs to be done")))
        return
    other = known.in_another_unit(header)
    if other is not None:
        spec, unit = other
        what = T(
            "the column “{header}” is given in {written}, and {unit} is asked for; it is not read",
            header=header,
            written=unit,
            unit=_UNITS.get(spec.unit, spec.unit) or T("a number without a unit"),
        )
        cure = T("turn the figures into the unit that is asked for, and head the column “{title}”", title=spec.title)
        result.remarks.append((header, "error", what, cure))
        if spec.path not in taken:
            result.lost[spec.path, ""] = (header,)
        return
    near = known.nearest(header, taken)
    cure = (
        T("did you mean “{near}”? Otherwise leave the column out", near=near)
        if near
        else T("leave the column out, or use a title of the form")
    )
    result.remarks.append((header, "warning", T("“{header}” is no field of the form and is not read", header=header), cure))


def _unclear(header: str, slots: set[Slot], result: Matched) -> None:
    """A word that may mean several slots fills none of them."""
    names = [f"{p}@{r}" if r else p for p, r in sorted(slots)]
    what = T("“{header}” may mean several fields: {names}", header=header, names=names)
    result.remarks.append((header, "error", what, T("write the section before the title (section/title), or the path")))
    result.lost.update({s: (header,) for s in slots if s not in result.headers})


def misplaced(columns: Iterable[str], fields: Mapping[str, FieldSpec]) -> Iterator[tuple[str, str]]:
    """(column, field) of objects given where a single value is asked for: their inner names have the field's path before them."""
    for column in columns:
        path = column
        while "." in path:
            path = path.rpartition(".")[0]
            if path in fields and fields[path].kind != "panel":
                yield column, path
                break
