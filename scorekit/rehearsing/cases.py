"""Worked cases: a few fields given, the figures expected written beside them; each case is evaluated as any submission is."""

from __future__ import annotations

import difflib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.metaschema import first_fault
from scorekit.domain.documents import pretty
from scorekit.domain.listing import declared_figures, score_lines, standing_figures
from scorekit.domain.naming import folded
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import Plan
from scorekit.domain.printing import plain, printed, shown
from scorekit.domain.reasons import reason_code
from scorekit.errors import InputError, T, Text
from scorekit.evaluation import evaluate
from scorekit.loading.commission import Commission
from scorekit.loading.documents import load_document
from scorekit.loading.submissions import submitted

Found = tuple[Any, str]
"""A figure, exact (Fraction, text, or None where there is none), and how it is printed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: units with what they hand in, and what each must come to; ``where`` is its place in the file."""

    name: str
    units: Mapping[str, Mapping[str, Any]]
    expected: Mapping[str, Mapping[str, Any]]
    where: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of a case that came out otherwise."""

    unit: str
    figure: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case and all that came out otherwise in it; the case holds where there is nothing."""

    case: Case
    differences: tuple[Difference, ...]


def cases_beside(rubric: Path) -> Path:
    """The file of a rubric's cases: ``cases.json`` beside ``rubric.json``, ``city.cases.json`` beside ``city.json``."""
    return rubric.with_name("cases.json" if rubric.name == "rubric.json" else f"{rubric.stem}.cases.json")


def load_cases(path: Path, plan: Plan) -> tuple[Case, ...]:
    """The cases in *path* for the rubric of *plan*.

    Raises InputError with a JSON pointer where the file is none, or a case expects what the rubric does not have.
    """
    document = load_document(path)
    schema = json.loads(files("scorekit.schemas").joinpath("cases.json").read_text(encoding="utf-8"))
    fault = first_fault(document, schema)
    if fault is not None:
        raise InputError(fault.what, f"{path}#{fault.pointer}", fault.cure)
    shared = _nested(document.get("given", {}))
    found = tuple(_case(case, f"{path}#/cases/{i}", shared, plan) for i, case in enumerate(document["cases"]))
    for case in found:
        for what, where, cure in _strangers(case, plan):
            raise InputError(what, where, cure)
    return found


def rehearsed(cases: tuple[Case, ...], plan: Plan, catalogue: Catalogue) -> Iterator[Verdict]:
    """Each case with what came out otherwise; every case is a small assessment of its own."""
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="scorekit-case-") as folder:
            for i, given in enumerate(case.units.values()):
                (Path(folder) / f"{i:04}.json").write_bytes(pretty(given))
            outcome = evaluate(Commission(plan, None, submitted(Path(folder), catalogue, plan)), catalogue)
        yield Verdict(case, tuple(_differences(case, outcome)))


def figures_of(outcome: Outcome, row: int) -> dict[str, Found]:
    """Every figure of one unit by its name: ``criteria/path``, ``sections/path``, ``total``, ``level``, ``reasons/path``."""
    found: dict[str, Found] = {}
    decimals = outcome.plan.decimals
    for line in score_lines(outcome):
        if not line.gate:
            found[f"criteria/{line.id}"] = _number(outcome.sheet.points[line.id].spread(outcome.sheet.size), row, None)
        found[f"reasons/{line.id}"] = _text(reason_code(int(outcome.sheet.reasons[line.id][row])))
    for name, (column, digits) in standing_figures(outcome).items():
        found[name.replace("section:", "sections/")] = _number(column, row, digits if not name.startswith("section:") else decimals)
    for name, column in declared_figures(outcome).items():
        exact = column.take(slice(row, row + 1)).listed()[0]
        found[f"figures/{name}"] = exact, shown(column.take(slice(row, row + 1)))[0]
    standings = outcome.standings
    rank = int(standings.rank[row])
    found["rank"] = (Fraction(rank), str(rank)) if rank else (None, "")
    found |= {"level": _text(standings.level[row]), "status": _text(standings.status[row]), "award": _text(standings.award[row])}
    return found


def _number(column: Any, row: int, digits: int | None) -> Found:
    own = column.take(slice(row, row + 1))
    exact = own.listed()[0]
    text = plain(own)[0] if digits is None else printed(own, digits)[0]
    return (exact, text) if isinstance(exact, Fraction) else (None, "")


def _text(text: str) -> Found:
    return text or None, text


# -------------------------------------------------------------------- reading


def _case(case: Mapping[str, Any], where: str, shared: Mapping[str, Any], plan: Plan) -> Case:
    given = _nested(case.get("given", {}))
    units = {name: _laid(given, _nested(own)) for name, own in case.get("units", {case["name"]: {}}).items()}
    handed_in = {name: _identified(_laid(shared, own), name, plan) for name, own in units.items()}
    expected = case["expected"] if "units" in case else {case["name"]: case["expected"]}
    return Case(case["name"], handed_in, expected, where)


def _nested(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by dotted path put where they stand in a submission."""
    found: dict[str, Any] = {}
    for path, value in given.items():
        node = found
        *steps, last = path.split(".")
        for step in steps:
            node = node.setdefault(step, {})
        own = _nested(value) if isinstance(value, Mapping) else value
        node[last] = _laid(node[last], own) if isinstance(own, Mapping) and isinstance(node.get(last), dict) else own
    return found


def _laid(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A submission with more fields, or others in their place; null takes one out."""
    found = dict(base)
    for name, value in more.items():
        old = found.get(name)
        found[name] = _laid(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return {name: value for name, value in found.items() if value is not None}


def _identified(given: dict[str, Any], name: str, plan: Plan) -> dict[str, Any]:
    """A unit that does not say who it is bears the case's name; one without a category is of the first."""
    defaults = dict.fromkeys(plan.base.identity, name)
    if plan.categories:
        defaults[plan.base.category] = plan.categories[0]
    return _laid(_nested(defaults), given)


def _strangers(case: Case, plan: Plan) -> Iterator[tuple[Text, str, Text]]:
    """What a case gives or expects that no category of the rubric has."""
    fields = {f.path: f for f in plan.base.fields}
    spelt = {folded(word) for f in fields.values() for word in (f.path.rpartition(".")[2], f.title, *f.aliases)}
    for given in case.units.values():
        for path in _leaves(given, fields):
            if path not in fields and folded(path.rpartition(".")[2]) not in spelt and not path.startswith("$"):
                yield T("the rubric has no field “{name}”", name=path), f"{case.where}/given/{path}", _near(path, list(fields))
    criteria = [c.path for c in plan.criteria]
    known = {
        "criteria": criteria,
        "sections": [s.path for s in plan.sections if s.path],
        "reasons": [*criteria, *(f"gate:{g.id}" for g in plan.gates)],
    }
    levels = [s.title for t in plan.tracks for s in (*t.standard.levels, t.standard.below)]
    for unit, expected in case.expected.items():
        at = f"{case.where}/expected" + (f"/{unit}" if len(case.units) > 1 or unit != case.name else "")
        if unit not in case.units:
            yield T("the case expects figures of “{unit}”, which is none of its units", unit=unit), at, _near(unit, list(case.units))
        for kind, names in known.items():
            for name in expected.get(kind, {}):
                if name not in names:
                    yield T("the rubric has no “{name}”", name=name), f"{at}/{kind}/{name}", _near(name, names)
        level = expected.get("level")
        if level is not None and level not in levels:
            yield T("the rubric has no level “{name}”", name=level), f"{at}/level", _near(level, list(dict.fromkeys(levels)))


def _leaves(given: Mapping[str, Any], fields: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The paths of the fields that are given: what stands in sections, but not in panels and surveys."""
    for name, value in given.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping) and path not in fields and any(f.startswith(f"{path}.") for f in fields):
            yield from _leaves(value, fields, f"{path}.")
        else:
            yield path


def _near(name: str, known: list[str]) -> Text:
    near = difflib.get_close_matches(name, known, 1)
    return T("did you mean “{near}”?", near=near[0]) if near else T("use one of: {names}", names=known)


# -------------------------------------------------------------------- comparing


def _differences(case: Case, outcome: Outcome) -> Iterator[Difference]:
    rows = {given_name: row for row, given_name in enumerate(outcome.standings.unit)}
    for place, (unit, given) in enumerate(case.units.items()):
        if unit not in case.expected:
            continue
        row = rows.get(_printed_name(given, outcome.plan), place)
        found = figures_of(outcome, row)
        for name, wanted in _flat(case.expected[unit]):
            exact, text = found.get(name, (None, ""))
            if not _same(wanted, exact, text):
                yield Difference(unit, name, "" if wanted is None else _spelt(wanted), text)


def _printed_name(given: Mapping[str, Any], plan: Plan) -> str:
    parts = []
    for path in plan.base.identity:
        node: Any = given
        for step in path.split("."):
            node = node.get(step, "") if isinstance(node, Mapping) else ""
        parts.append(str(node))
    return " / ".join(parts)


def _flat(expected: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in expected.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}/{inner}", wanted) for inner, wanted in value.items())
        else:
            yield name, value


def _same(wanted: Any, exact: Any, text: str) -> bool:
    """Whether a figure is the one expected: exactly, or as it is printed."""
    if wanted is None or exact is None or isinstance(wanted, str):
        return bool(wanted == (exact if not isinstance(exact, Fraction) else text))
    if isinstance(exact, Fraction) and Fraction(wanted) == exact:
        return True
    return text != "" and _is_number(text) and Decimal(text) == Decimal(wanted)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _spelt(wanted: Any) -> str:
    return format(wanted, "f") if isinstance(wanted, Decimal) else str(wanted)
