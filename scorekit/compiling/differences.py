"""What has changed from one rubric to another: every change with its class, its place, and old and new in the words of the standard.

Both documents are compared as they apply to each category, key by key: a key nobody has told this page of is reported, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from scorekit.compiling.gates import effects_of
from scorekit.compiling.lists import listed
from scorekit.compiling.table import EFFECTS
from scorekit.compiling.variants import below, expanded, overlaid
from scorekit.domain.documents import canonical
from scorekit.domain.plan import ClausePlan, Plan, Track
from scorekit.domain.spoken import Speaker
from scorekit.errors import T, Text
from scorekit.words import say

Class = Literal["wording", "points", "thresholds", "qualifies", "form"]
CLASSES: Mapping[Class, Text] = {
    "points": T("how many points"),
    "thresholds": T("thresholds"),
    "qualifies": T("who qualifies"),
    "form": T("form"),
    "wording": T("wording only"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``path`` is the item as an overlay names it, ``what`` the key; ``categories`` is empty where all are concerned."""

    kind: Class
    path: str
    title: str
    what: Text | str
    old: str
    new: str
    categories: tuple[str, ...] = ()


_KEYS: Mapping[str, tuple[Class, Text]] = {
    "points": ("points", T("full marks")),
    "kind": ("points", T("kind")),
    "floor": ("points", T("floor")),
    "ceiling": ("points", T("ceiling")),
    "cap": ("points", T("cap")),
    "weight": ("points", T("weight")),
    "aggregate": ("points", T("combination")),
    "multiplier": ("points", T("factor")),
    "multiplied_rounding": ("qualifies", T("rounding after the factor")),
    "zero_if": ("thresholds", T("no marks if")),
    "only_for": ("qualifies", T("only for")),
    "not_applicable_if": ("qualifies", T("does not apply if")),
    "rounding": ("qualifies", T("rounding")),
    "if": ("qualifies", T("fires if")),
    "require": ("qualifies", T("requires")),
    "effect": ("qualifies", T("effect")),
    "blank": ("qualifies", T("a blank means")),
    "at_least": ("qualifies", T("line")),
    "at_most": ("qualifies", T("upper line")),
    "of": ("qualifies", T("figure")),
    "gate": ("qualifies", T("gate")),
    "locked": ("wording", T("lock")),
    "title": ("wording", T("title")),
    "no": ("wording", T("number")),
    "wording": ("wording", T("wording")),
    "basis": ("wording", T("basis")),
    "reading": ("wording", T("reading")),
    "owner": ("wording", T("owner")),
    "evidence": ("wording", T("evidence")),
    "remedy": ("wording", T("remedy")),
}
_FRAME: Mapping[str, tuple[Class, Text]] = {
    "caps": ("points", T("caps")),
    "full": ("points", T("full marks")),
    "total": ("points", T("total")),
    "matters": ("points", T("counted once")),
    "tables": ("thresholds", T("lookup tables")),
    "rounding": ("qualifies", T("rounding")),
    "rank": ("qualifies", T("order and ties")),
    "rankings": ("qualifies", T("rankings")),
    "ladders": ("qualifies", T("ladders")),
    "level": ("qualifies", T("level")),
    "below": ("qualifies", T("below all levels")),
    "category": ("qualifies", T("category")),
    "period": ("qualifies", T("assessment period")),
    "unit": ("form", T("identity")),
    "sources": ("wording", T("sources")),
    "reading": ("wording", T("reading")),
    "notes": ("wording", T("notes")),
    "locked": ("wording", T("lock")),
}
_FIELD: Mapping[str, tuple[Class, Text]] = {
    "x-derive": ("thresholds", T("formula")),
    "title": ("wording", T("title")),
    "description": ("wording", T("description")),
}
_ASIDE = {"id", "version", "language", "variants", "based_on", "levels", "gates", "category_order"}
_POINTS = {
    "points",
    "each",
    "deduct",
    "add",
    "first",
    "further",
    "otherwise",
    "beyond",
    "prices",
    "shares",
    "totals",
    "worth",
    "grades",
    "cap",
}


def differences(old: Plan, new: Plan, lang: str) -> tuple[Change, ...]:
    """Every change from *old* to *new*, by class; one that concerns some categories only names them."""
    found: dict[tuple[str, ...], tuple[Change, list[str]]] = {}
    kept = [c for c in old.categories if c in new.categories]
    for category in kept or [""]:
        for change in _Comparison(_Side(old, category, lang), _Side(new, category, lang)).changes():
            key = (change.kind, change.path, str(change.what), change.old, change.new)
            found.setdefault(key, (change, []))[1].append(category)
    changes = [_categories(old, new)] if old.categories != new.categories else []
    for change, categories in found.values():
        changes.append(change if len(categories) == len(kept or [""]) else replace(change, categories=tuple(categories)))
    order = list(CLASSES)
    return tuple(sorted(changes, key=lambda c: order.index(c.kind)))


def _categories(old: Plan, new: Plan) -> Change:
    return Change("qualifies", "x-rubric/category", "", T("categories"), "、".join(old.categories), "、".join(new.categories))


class _Side:
    """One of the two rubrics as it applies to one category: its document by item, and its words."""

    def __init__(self, plan: Plan, category: str, lang: str) -> None:
        self.lang = lang
        rubric = plan.rubric
        document = overlaid(expanded(dict(rubric.document), rubric.document, rubric.where), category, rubric.where)
        self.title = str(document.get("title", ""))
        self.frame: Mapping[str, Any] = document["x-rubric"]
        self.track: Track = next((t for t in plan.tracks if category in t.categories), plan.tracks[0])
        self.speaker = Speaker(self.track, lang)
        self.fields: dict[str, Mapping[str, Any]] = {}
        self.items: dict[str, Mapping[str, Any]] = {}
        self.titles: dict[str, str] = {}
        self._walk(document, "")
        for gate, spec in self.frame.get("gates", {}).items():
            self._item(f"gates/{gate}", spec, spec.get("title", gate))
        for level in self.frame.get("levels", []):
            self._item(f"levels/{level['id']}", level, level["title"])
        scored = [*self.track.criteria, *(c for of in listed(self.track.lists) for c in of.track.criteria)]
        self.clauses = {f"criteria/{c.spec.path}": {k.spec.id: k for k in c.clauses} for c in scored}
        self.plans = {f"criteria/{c.spec.path}": c for c in scored}

    def _walk(self, node: Mapping[str, Any], path: str) -> None:
        for name, child in below(node).items():
            inner = f"{path}.{name}" if path else name
            spec = child.get("x-criterion")
            section, record = "properties" in child, child.get("items", {})
            if spec is not None:
                kind = "sections" if section else "gates" if spec.get("kind") == "gate" else "criteria"
                self._item(f"{kind}/{inner}", spec, spec.get("title", child.get("title", inner)))
            if not section:
                self.fields[f"fields/{inner}"] = _of_form(child)
                self.titles[f"fields/{inner}"] = child.get("title", inner)
            if "x-criterion" in record:
                self._item(f"sections/{inner}", record["x-criterion"], record["x-criterion"].get("title", child.get("title", inner)))
            self._walk(child, inner)

    def _item(self, path: str, spec: Mapping[str, Any], title: str) -> None:
        self.items[path] = spec
        self.titles[path] = f"{spec.get('no', '')} {title}".strip()

    def words(self, path: str, key: str) -> str:
        """The value of a key in the words of the standard; "" where there is none."""
        spec = self.items.get(path, {})
        plan = self.plans.get(path)
        node = getattr(plan, {"points": "full"}.get(key, key), None) if plan is not None and key in spec else None
        if node is not None and key in ("points", "floor", "ceiling", "zero_if", "only_for", "not_applicable_if"):
            return self.speaker.formula(node)
        if path.startswith("gates/") and key in ("if", "require") and key in spec:
            gate = next((g for g in self.track.gates if f"gates/{g.spec.id}" == path), None)
            return self.speaker.gate(gate) if gate is not None else str(spec[key])
        if key == "effect" and key in spec:
            return self._effect(spec[key])
        return _shown(spec.get(key))

    def _effect(self, effect: Any) -> str:
        levels = {s.id: s.title for s in (*self.track.standard.levels, self.track.standard.below)}
        named = [(name, levels.get(at) or self.speaker.items.get(at, at)) for name, at in effects_of(effect)]
        told = [say(Text(EFFECTS.get(name, Text(name)).template, {"target": target}), self.lang) for name, target in named]
        return ("；" if self.lang == "zh" else "; ").join(told)


class _Comparison:
    def __init__(self, old: _Side, new: _Side) -> None:
        self.old, self.new = old, new

    def changes(self) -> Iterator[Change]:
        if self.old.title != self.new.title:
            yield Change("wording", "title", "", T("title"), self.old.title, self.new.title)
        for path in dict.fromkeys([*self.old.items, *self.new.items]):
            yield from self._item(path)
        for path in dict.fromkeys([*self.old.fields, *self.new.fields]):
            yield from self._field(path)
        yield from self._frame()
        order = [[p for p in side.items if p.startswith("levels/")] for side in (self.old, self.new)]
        if order[0] != order[1] and sorted(order[0]) == sorted(order[1]):
            names = [" > ".join(side.titles[p] for p in paths) for side, paths in zip((self.old, self.new), order, strict=True)]
            yield Change("qualifies", "levels", "", T("order of the levels"), names[0], names[1])

    def _item(self, path: str) -> Iterator[Change]:
        old, new = self.old.items.get(path), self.new.items.get(path)
        title = (self.new if new is not None else self.old).titles[path]
        if old is None or new is None:
            own: Class = "points" if path.startswith(("criteria/", "sections/")) else "qualifies"
            here, there = _summary(self.old, path), _summary(self.new, path)
            yield Change(own, path, title, T("removed") if new is None else T("added"), here, there)
            return
        for key in dict.fromkeys([*old, *new]):
            if key in ("rule", "clauses") or _same(old.get(key), new.get(key)):
                continue
            kind, label = _known(_KEYS, key, "qualifies" if path.startswith(("gates/", "levels/")) else "points")
            yield Change(kind, path, title, label, self.old.words(path, key), self.new.words(path, key))
        if not _same([old.get("rule"), old.get("clauses")], [new.get("rule"), new.get("clauses")]):
            yield from self._clauses(path, title)

    def _clauses(self, path: str, title: str) -> Iterator[Change]:
        """Each clause in words; of one that keeps its rule, the class is that of the parameters that changed."""
        old, new = self.old.clauses.get(path, {}), self.new.clauses.get(path, {})
        for name in dict.fromkeys([*old, *new]):
            was, now = old.get(name), new.get(name)
            before, after = self.old.speaker.clause(was) if was else "", self.new.speaker.clause(now) if now else ""
            for kind in _kinds(was, now):
                yield Change(kind, f"{path}/{name}".rstrip("/"), title, T("method"), before, after)

    def _field(self, path: str) -> Iterator[Change]:
        old, new = self.old.fields.get(path), self.new.fields.get(path)
        title = (self.new if new is not None else self.old).titles[path]
        if old is None or new is None:
            yield Change(
                "form", path, title, T("removed") if new is None else T("added"), "" if old is None else title, "" if new is None else title
            )
            return
        for key in dict.fromkeys([*old, *new]):
            if not _same(old.get(key), new.get(key)):
                kind, label = _known(_FIELD, key, "form")
                yield Change(kind, path, title, label, _shown(old.get(key)), _shown(new.get(key)))

    def _frame(self) -> Iterator[Change]:
        old, new = self.old.frame, self.new.frame
        for key in dict.fromkeys([*old, *new]):
            if key not in _ASIDE and not _same(old.get(key), new.get(key)):
                kind, label = _known(_FRAME, key, "points")
                yield Change(kind, f"x-rubric/{key}", "", label, _shown(old.get(key)), _shown(new.get(key)))


def _known(table: Mapping[str, tuple[Class, Text]], key: str, otherwise: Class) -> tuple[Class, Text | str]:
    """Class and label of a key; one that this page was not told of is of the class *otherwise*."""
    return table.get(key, (otherwise, key))


def _summary(side: _Side, path: str) -> str:
    """An item that only one side has: its full marks, line or condition."""
    spec = side.items.get(path)
    if spec is None:
        return ""
    key = next((k for k in ("points", "at_least", "at_most", "if", "require") if k in spec), None)
    return side.words(path, key) if key else side.titles[path]


def _kinds(old: ClausePlan | None, new: ClausePlan | None) -> list[Class]:
    """The classes of a change to one clause; none where nothing of it changed."""
    if old is None or new is None or old.rule.name != new.rule.name:
        return ["points"]
    found: set[Class] = set()
    for name in {*old.spec.params, *new.spec.params}:
        was, now = old.spec.params.get(name), new.spec.params.get(name)
        if not _same(was, now):
            found |= _parameter(name, was, now)
    if not _same(old.spec.cap, new.spec.cap):
        found.add("points")
    if (old.spec.condition, old.spec.waived_if) != (new.spec.condition, new.spec.waived_if):
        found.add("thresholds")
    if old.spec.title != new.spec.title:
        found.add("wording")
    return sorted(found)


def _parameter(name: str, old: Any, new: Any) -> set[Class]:
    """Bands and knots hold both a line and its points; other parameters are known by name."""
    if isinstance(old, list) and isinstance(new, list) and all(isinstance(b, Mapping) and "points" in b for b in (*old, *new)):
        lines = [[{k: v for k, v in b.items() if k != "points"} for b in side] for side in (old, new)]
        points = [[b["points"] for b in side] for side in (old, new)]
        found: set[Class] = {"thresholds"} if not _same(*lines) else set()
        return found | ({"points"} if not _same(*points) else set())
    return {"points"} if name in _POINTS else {"thresholds"}


def _of_form(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A field without its scoring; the fields of a list's records are compared one by one."""
    found = {k: v for k, v in node.items() if k != "x-criterion"}
    if below(node) and "items" in found:
        found["items"] = {k: v for k, v in found["items"].items() if k not in ("properties", "x-criterion")}
    return found


def _same(old: Any, new: Any) -> bool:
    return canonical(old) == canonical(new)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (bool, int, Decimal)) or not isinstance(value, str):
        return canonical(value).decode("utf-8")
    return value
