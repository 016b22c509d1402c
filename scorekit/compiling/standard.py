"""From a rubric's document to its standard: fields, sections, criteria, gates, levels, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from scorekit.compiling.gates import gate_spec
from scorekit.compiling.ladders import ladders
from scorekit.compiling.means import policy
from scorekit.compiling.rankings import rankings
from scorekit.compiling.records import DEEPEST_LISTS, inherited, only_in_records, record_spec, stands_in_record
from scorekit.compiling.sections import completed, left_out_gate, print_digits, rounding_of, scores, scoring, section_spec
from scorekit.compiling.sources import check_long, invited_of, result_of, source_of
from scorekit.domain.figured import figured
from scorekit.domain.rubric import (
    ClauseSpec,
    CriterionSpec,
    Declared,
    FieldSpec,
    GateSpec,
    Rounding,
    Rubric,
    SectionSpec,
    Standard,
    Words,
)
from scorekit.errors import RubricError, T

_KINDS = {"string": "text", "integer": "number", "number": "number", "boolean": "truth", "array": "records", "object": "panel"}
Node = Mapping[str, Any]
_POLICIES = ("missing", "not_applicable", "invalid")
_CHINESE = "〇一二三四五六七八九十"


def standard(document: Mapping[str, Any], rubric: Rubric) -> Standard:
    """Read a document (references expanded, overlay applied) into its standard."""
    return _Reader(document, rubric.where).standard()


_DIGITS = 18
"""Digits of a number that counts; what is longer is a text."""


def printed_order(no: str, place: int) -> tuple[Any, ...]:
    """Sort key of an item: by its number part by part (2 before 10, 二 before 三), items without one after, in document order."""
    parts = [_part(p) for p in re.findall(rf"\d+|[{_CHINESE}]+|[^\d.{_CHINESE}]+", no)]
    return (0 if no else 1, parts, place)


def _part(text: str) -> tuple[int, int, str]:
    if len(text) > _DIGITS:
        return 1, 0, text
    if text.isdecimal():
        return 0, int(text), ""
    if text[0] in _CHINESE:
        tens, ten, ones = text.rpartition("十")
        return 0, 10 * (_digit(tens) or 1) * bool(ten) + _digit(ones), ""
    return 1, 0, text


def _digit(text: str) -> int:
    """The value of Chinese digits read one after the other; 0 for none."""
    return int("".join(str(_CHINESE.index(c)) for c in text if c != "十") or 0)


class _Reader:
    """Walks the tree once and collects what it finds."""

    def __init__(self, document: Mapping[str, Any], where: str, inside: tuple[str, ...] = ()) -> None:
        """*inside* names the lists within which the tree stands, outermost first."""
        self.document = document
        self.frame = document["x-rubric"]
        self.where = where
        self.inside = inside
        self.stages = {} if inside else self.frame.get("rounding", {"criterion": {"decimals": 2}})
        self.fields: list[FieldSpec] = []
        self.sections: list[SectionSpec] = []
        self.criteria: list[CriterionSpec] = []
        self.gates: list[GateSpec] = []
        self.numbers: dict[str, str] = {}

    def standard(self) -> Standard:
        frame = self.frame
        policies = {p: frame[p] for p in _POLICIES if p in frame}
        self._walk(self.document, "", "", "", policies)
        whole = self._total(frame.get("total", {}))
        for gate, spec in frame.get("gates", {}).items():
            self.gates.append(gate_spec(gate, spec, spec.get("title", gate), f"{self.where}#/x-rubric/gates/{gate}", ""))
        identity = frame.get("unit", "unit")
        check_long(frame, identity if isinstance(identity, list) else [identity], self.where)
        caps, total = frame.get("caps", {}), frame.get("total", {})
        stages = frame.get("rounding", {"criterion": {"decimals": 2}, "total": {"decimals": 2}})
        levels = ladders(frame, self.where)
        return Standard(
            title=self.document.get("title", frame["id"]),
            fields=invited_of(self.fields),
            sections=_ordered(self.sections),
            criteria=_ordered(self.criteria),
            gates=_ordered(self.gates),
            levels=levels.main.levels,
            below=levels.main.below,
            cumulative=levels.main.cumulative,
            ladders=levels.more,
            combination=levels.combination,
            rankings=rankings(frame, figured(_ordered(self.sections), self.criteria), self.where),
            identity=tuple(identity) if isinstance(identity, list) else (identity,),
            category=frame.get("category", ""),
            full=frame.get("full"),
            caps={k: v for k, v in caps.items() if k != "groups"} | ({"total": total["cap"]} if "cap" in total else {}),
            groups=caps.get("groups", {}),
            total_rounding=rounding_of(total.get("rounding", stages.get("total"))) or Rounding(2),
            sources=frame.get("sources", {}),
            period=frame.get("period", {}),
            total=whole,
            total_floor=total.get("floor", 0),
            mark_rounding=rounding_of(stages.get("mark")),
            tables=frame.get("tables", {}),
            matters=frame.get("matters", {}),
        )

    # ---------------------------------------------------------------- the tree

    def _walk(
        self, node: Node, path: str, section: str, pointer: str, policies: Node | None, defaults: Node = MappingProxyType({})
    ) -> None:
        """Everything below a node; *policies* are None inside an object that scores as a whole, where only fields are read."""
        required = node.get("required", [])
        for name, child in node.get("properties", {}).items():
            inner = f"{path}.{name}" if path else name
            at = f"{pointer}/properties/{name}"
            if "properties" not in child or child.get("type", "object") != "object":
                self._leaf(child, inner, section, at, name in required, policies, defaults)
            elif policies is None:
                self._walk(child, inner, inner, at, None)
            elif scores(child.get("x-criterion", {})):
                self._whole(child, inner, section, at, policies, defaults)
            else:
                self._section(child, inner, section, at, policies)

    def _section(self, node: Mapping[str, Any], path: str, parent: str, pointer: str, policies: Mapping[str, Any]) -> None:
        spec = self._numbered(node.get("x-criterion", {}), parent)
        self.numbers[path] = str(spec.get("no", ""))
        title, at = spec.get("title", node.get("title", path)), f"{self.where}#{pointer}/x-criterion"
        only_in_records(spec, at)
        self.sections.append(section_spec(path, title, spec, {**self.frame, "rounding": self.stages}, at, parent, _words(spec, node)))
        if "left_out" in spec:
            self.gates.append(left_out_gate(path, title, spec["left_out"], str(spec.get("no", "")), at))
        own = {p: spec[p] for p in _POLICIES if p in spec}
        self._walk(node, path, path, pointer, {**policies, **own}, spec.get("defaults", {}))

    def _whole(self, node: Node, path: str, section: str, pointer: str, policies: Node, defaults: Node) -> None:
        """An object that scores by a rule of its own: its fields are read by it, and nothing below it scores."""
        for at in scoring(node, pointer):
            what = T("“{title}” scores by its own rule, so nothing below it may score", title=node.get("title", path))
            raise RubricError(what, f"{self.where}#{at}", T("take one of the two away"))
        self._scored(node, path, section, pointer, policies, defaults, whole=True)
        self._walk(node, path, path, pointer, None)

    def _leaf(self, node: Node, path: str, section: str, pointer: str, required: bool, policies: Node | None, defaults: Node) -> None:
        if "type" in node or "enum" in node or "x-derive" in node or "const" in node:
            field = _field(node, path, section, f"{self.where}#{pointer}", required)
            self.fields.append(self._listed(field, node, pointer, policies or {}) if field.kind == "records" else field)
        if "x-criterion" in node:
            self._scored(node, path, section, pointer, policies or {}, defaults)

    def _scored(self, node: Node, path: str, section: str, pointer: str, policies: Node, defaults: Node, whole: bool = False) -> None:
        """The criterion or the gate that stands on a node, completed by what its section says of all of its criteria."""
        spec, at, base = self._numbered(node["x-criterion"], section), f"{pointer}/x-criterion", path if whole else section
        if self.inside:
            stands_in_record(spec, f"{self.where}#{at}")
        title = spec.get("title", node.get("title", path))
        if spec.get("kind") == "gate":
            self.gates.append(gate_spec(path, spec, title, f"{self.where}#{at}", base))
            return
        spec = completed(spec, defaults)
        self.criteria.append(replace(self._criterion(spec, node, path, section, title, at, policies), whole=whole))
        if "gate" in spec:
            words = {k: spec[k] for k in ("no", "basis", "reading", "wording") if k in spec}
            self.gates.append(gate_spec(path, {**words, **spec["gate"]}, title, f"{self.where}#{at}/gate", base))

    def _numbered(self, spec: Node, section: str) -> Node:
        """An item whose number is written after that of its section: sections of one definition differ in it."""
        return {**spec, "no": str(spec["no"]).replace("{no}", self.numbers.get(section, ""))} if "no" in spec else spec

    def _total(self, spec: Mapping[str, Any]) -> SectionSpec:
        """The total as the section without a path: its cap and floor close what bonuses and deductions have been put to."""
        title, own = self.document.get("title", ""), {k: v for k, v in spec.items() if k not in ("cap", "floor")}
        at = f"{self.where}#/x-rubric" + ("/total" if spec else "")
        if "left_out" in spec:
            self.gates.append(left_out_gate("", "", spec["left_out"], "", at))
        return section_spec("", title, {**own, "points": self.frame.get("full")}, self.frame, at, "", Words())

    def _listed(self, field: FieldSpec, node: Mapping[str, Any], pointer: str, policies: Mapping[str, Any]) -> FieldSpec:
        """A list with the fields of its records, and how a record is scored."""
        if len(self.inside) == DEEPEST_LISTS:
            what = T("a list stands in a list that stands in a list")
            raise RubricError(what, f"{self.where}#{pointer}", T("a record may hold lists, and theirs hold none"))
        items = node.get("items", {})
        own = items.get("x-criterion", {})
        stands_in_record({k: v for k, v in own.items() if k in _POLICIES}, f"{self.where}#{pointer}/items/x-criterion")
        inner = _Reader(self.document, self.where, (*self.inside, field.path))
        inner._walk(
            items, field.path, field.path, f"{pointer}/items", {**inherited(policies), **{p: own[p] for p in _POLICIES if p in own}}
        )
        at = f"{self.where}#{pointer}/items/x-criterion"
        for gate in inner.gates:
            stands_in_record({"gate": gate.id}, gate.pointer)
        stages = self.frame.get("rounding", {})
        figure = record_spec(field, own, at, stages, tuple(inner.criteria), tuple(inner.sections))
        return replace(field, items=tuple(inner.fields), record=figure)

    # ---------------------------------------------------------------- items

    def _criterion(
        self,
        spec: Mapping[str, Any],
        node: Mapping[str, Any],
        path: str,
        section: str,
        title: str,
        pointer: str,
        policies: Mapping[str, Any],
    ) -> CriterionSpec:
        kind = spec.get("kind", "base")
        rounding = spec.get("rounding", self.stages.get("criterion"))
        blank = "incomplete" if kind == "deduction" else policies.get("missing", "zero")
        apart = policies.get("not_applicable", "renormalise") if kind == "base" else "renormalise"
        missing, not_applicable = policy(spec.get("missing", blank)), policy(spec.get("not_applicable", apart))
        return CriterionSpec(
            path=path,
            no=str(spec.get("no", "")),
            title=title,
            kind=kind,
            points=spec.get("points"),
            clauses=tuple(self._clauses(spec, pointer)),
            pointer=f"{self.where}#{pointer}",
            section=section,
            combine=spec.get("combine", "sum"),
            start=spec.get("start"),
            zero_if=spec.get("zero_if"),
            waived_if=spec.get("waived_if"),
            only_for=spec.get("only_for"),
            not_applicable_if=spec.get("not_applicable_if"),
            missing=missing[0],
            not_applicable=not_applicable[0],
            means={"missing": missing[1], "not_applicable": not_applicable[1]},
            invalid=spec.get("invalid", policies.get("invalid", "incomplete")),
            floor=spec.get("floor", "default"),
            ceiling=spec.get("ceiling", "default"),
            group=spec.get("group", ""),
            charge_to=spec.get("charge_to", ""),
            weight=spec.get("weight", 1),
            rounding=rounding_of(rounding),
            words=_words(spec, node),
            beyond=spec.get("beyond", ""),
            print=print_digits(spec, self.frame),
        )

    def _clauses(self, spec: Mapping[str, Any], pointer: str) -> Iterator[ClauseSpec]:
        if "rule" in spec:
            [(rule, params)] = spec["rule"].items()
            yield ClauseSpec("", rule, params, f"{self.where}#{pointer}/rule/{rule}", within=_within(spec), where=spec.get("where"))
        for clause, found in spec.get("clauses", {}).items():
            [(rule, params)] = found["rule"].items()
            at = f"{self.where}#{pointer}/clauses/{clause}/rule/{rule}"
            compared = {"within": _within(found), "where": found.get("where")}
            yield ClauseSpec(
                clause, rule, params, at, found.get("title", ""), found.get("cap"), found.get("if"), found.get("waived_if"), **compared
            )


def _within(spec: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The fields in which compared units are alike, None where nothing is said."""
    return tuple(spec["within"]) if "within" in spec else None


def _field(node: Mapping[str, Any], path: str, section: str, pointer: str, required: bool) -> FieldSpec:
    form, derive = node.get("x-form", {}), node.get("x-derive")
    declared = derive if isinstance(derive, Mapping) else {}
    who, raters, panel = source_of(node.get("x-source", "unit"), pointer)
    return FieldSpec(
        path=path,
        title=node.get("title", path),
        kind=_kind(node, pointer),
        schema={k: v for k, v in node.items() if not k.startswith("x-") and k not in ("title", "description", "readOnly")},
        pointer=pointer,
        section=section,
        required=required,
        unit=node.get("x-unit", ""),
        derive=declared.get("formula", derive),
        source=who,
        raters=raters,
        aliases=tuple(form.get("aliases", ())),
        evidence=form.get("evidence", ""),
        personal=bool(form.get("personal", False)),
        blank=tuple(form.get("blank", ())),
        not_applicable=tuple(form.get("not_applicable", ())),
        panel=panel,
        result=result_of(node.get("x-source", "unit"), pointer),
        declared=Declared(
            rounding_of(declared.get("rounding")), bool(declared.get("output", False)), declared.get("print", {}).get("decimals")
        ),
    )


def _kind(node: Mapping[str, Any], pointer: str) -> Any:
    """The column a field becomes; a derived value's kind is found when its formula is compiled."""
    kinds = "number" if node.get("x-unit") == "duration" else node.get("type")
    if isinstance(kinds, list):
        kinds = next((k for k in kinds if k != "null"), "null")
    if kinds is None:
        options = [o for o in node.get("enum", [node.get("const", "")]) if o is not None]
        if "x-derive" in node and not any(options):
            return "number"
        if not options:
            raise RubricError(T("the list of values is empty"), f"{pointer}/enum", T("list at least one value"))
        kinds = "boolean" if isinstance(options[0], bool) else "string" if isinstance(options[0], str) else "number"
    if kinds == "string" and node.get("format") == "date":
        return "date"
    if kinds not in _KINDS:
        raise RubricError(
            T("a field cannot be of the type “{found}”", found=str(kinds)),
            pointer,
            T("use string, number, integer, boolean, array or object"),
        )
    return _KINDS[kinds]


def _words(spec: Mapping[str, Any], node: Mapping[str, Any]) -> Words:
    evidence = spec.get("evidence", node.get("x-form", {}).get("evidence", ""))
    basis = tuple(spec.get("basis", ()))
    return Words(spec.get("wording", ""), basis, spec.get("reading", ""), spec.get("owner", ""), evidence, spec.get("remedy", ""))


def _ordered(items: list[Any]) -> tuple[Any, ...]:
    placed = list(enumerate(items))
    placed.sort(key=lambda p: printed_order(p[1].no, p[0]))
    return tuple(item for _, item in placed)
