"""Own scores (自评分) and first scores (初评分): what a unit, or who looked first, gave an item. They never touch the points.

They are columns of a submission beside its fields, ``own:<path>`` and ``first:<path>``: of a criterion, of a section, or,
where the path is empty, of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scorekit.domain.lazy import columns
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import CriterionSpec, FieldSpec, SectionSpec
from scorekit.domain.tables import Submissions

OWN, FIRST = "own", "first"
KINDS = (OWN, FIRST)
POINT = "分"
"""The unit of scores, which may stand behind a number."""
# What follows is folded, as headers are compared.
_TITLES = {OWN: "自评分", FIRST: "初评分"}
_WORDS = {OWN: ("自评分", "自评得分", "自评", "ownscore"), FIRST: ("初评分", "初评得分", "初评", "firstscore")}
_WHOLE = {OWN: ("自评总分", "自评得分", "自评合计"), FIRST: ("初评总分", "初评得分", "初评合计")}
_TOTALS = ("总分", "合计", "总计", "total")
VALUE_WORDS = ("填报值", "填报数", "填报内容")
"""How the column of an item's value is headed where one of its scores stands beside it."""
Scored = Mapping[str, SectionSpec | CriterionSpec | None]


def score_name(kind: str, path: str) -> str:
    """The name of the column that holds one kind of score of an item."""
    return f"{kind}:{path}"


def parted(name: str) -> tuple[str, str] | None:
    """Kind and item of a column of scores; None where it is none."""
    kind, colon, path = name.partition(":")
    return (kind, path) if colon and kind in KINDS else None


def scored_items(plan: Plan) -> Scored:
    """What may have scores, in printed order: criteria, sections, and last the whole, without a specification."""
    return {**{c.path: c for c in plan.criteria}, **{s.path: s for s in plan.sections if s.path}, "": None}


def given_scores(plan: Plan, submissions: Submissions) -> tuple[str, ...]:
    """The columns of scores that somebody handed in, item by item in printed order."""
    known, fields = columns(submissions.columns), {f.path for f in plan.fields}
    if not any(parted(name) for name in known):
        return ()
    return tuple(name for path in scored_items(plan) for kind in KINDS if (name := score_name(kind, path)) in known and name not in fields)


def score_field(plan: Plan, name: str) -> FieldSpec:
    """A column of scores described as a field of the form is."""
    kind, path = parted(name) or (OWN, "")
    spec = scored_items(plan).get(path)
    title = f"{spec.title}{_TITLES[kind]}" if spec is not None else _WHOLE[kind][0]
    return FieldSpec(name, title, "number", {}, f"#/{name}", "", unit=POINT)


def score_headers(plan: Plan) -> Iterator[tuple[str, str]]:
    """(folded word, column of scores) of every word by which a column of scores may be headed."""
    for kind in KINDS:
        for word in (score_name(kind, ""), *_WHOLE[kind], *(w for total in _TOTALS for w in _around(total, kind))):
            yield word, score_name(kind, "")
    for path, words in _titles(plan).items():
        for kind in KINDS:
            yield folded(score_name(kind, path)), score_name(kind, path)
            yield from ((w, score_name(kind, path)) for word in words for w in _around(word, kind))


def head_words(plan: Plan) -> Iterator[str]:
    """Folded words by which a reader knows a head of two rows, an item over its value and its scores, and the whole's."""
    yield from (_WHOLE[kind][0] for kind in KINDS)
    endings = (*VALUE_WORDS, *(w for kind in KINDS for w in _WORDS[kind]))
    for words in _titles(plan).values():
        yield from (f"{word}/{ending}" for word in words for ending in endings)


def _titles(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """By item the folded words for it: path, title, number and title, what its field is called, and with the section before it."""
    fields, titles = {f.path: f for f in plan.fields}, {s.path: folded(s.title) for s in plan.sections}
    found: dict[str, tuple[str, ...]] = {}
    for path, spec in scored_items(plan).items():
        if spec is None:
            continue
        title, no = folded(spec.title), folded(spec.no)
        own = [title, f"{no}{title}", f"{no}.{title}"]
        own += [folded(w) for f in (fields.get(path),) if f is not None for w in (f.title, *f.aliases)]
        above = titles.get(path.rpartition(".")[0])
        found[path] = tuple(dict.fromkeys([folded(path), *own, *(f"{above}/{w}" for w in own if above)]))
    return found


def _around(word: str, kind: str) -> Iterator[str]:
    """A folded word for an item with each word for a kind of score behind or before it."""
    for score in _WORDS[kind]:
        yield from (f"{word}/{score}", f"{word}({score})", f"{score}/{word}", f"{word}{score}", f"{word}_{score}", f"{score}({word})")
