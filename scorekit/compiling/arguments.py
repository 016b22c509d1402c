"""From the parameters of a clause, as written, to the arguments its rule is called with."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorekit.compiling.kinds import WORDS, KindError, Kinds
from scorekit.compiling.names import StandardNames
from scorekit.compiling.parsing import parse
from scorekit.compiling.tokens import FormulaError
from scorekit.domain.formula import EACH, Call, Lookup, Name, Node, Over, Tied, constant, names, results
from scorekit.domain.rubric import ClauseSpec, Raw, Rounding
from scorekit.domain.rule import Band, Knot, Param, Range, Rule
from scorekit.domain.walking import nodes_of
from scorekit.errors import RubricError, T

Arguments = dict[str, tuple[Param, Any]]


LARGEST_NUMBER = 30
"""How many digits a number in a rubric may have before or after the point."""


@dataclass
class Formulas:
    """Reads formulas of one standard; ``period`` holds the constants of the assessment period.

    ``read`` holds the results that they ask for, ``mark_rounding`` is that of the figures of panels. Until ``kinds`` is
    there, formulas are not checked for parts that do not fit together.
    """

    names: StandardNames
    period: Mapping[str, Node]
    kinds: Kinds | None = None
    mark_rounding: Rounding | None = None
    read: set[tuple[str, str]] = field(default_factory=set)

    def number(self, raw: Any, base: str, pointer: str) -> Node:
        """A constant number, or a formula that gives one."""
        return self.checked(self.node(raw, base, pointer), raw, pointer, ("number",), self.names.inside(base))

    def maybe_number(self, raw: Any, base: str, pointer: str) -> Node | None:
        """Like ``number``; nothing for None."""
        return None if raw is None else self.number(raw, base, pointer)

    def condition(self, raw: Any, base: str, pointer: str) -> Node:
        """A formula that is true, false or unknown."""
        return self.checked(self.node(raw, base, pointer), raw, pointer, ("truth",), self.names.inside(base))

    def maybe_condition(self, raw: Any, base: str, pointer: str) -> Node | None:
        """Like ``condition``; nothing for None."""
        return None if raw is None else self.condition(raw, base, pointer)

    def value(self, raw: Any, base: str, pointer: str, *wanted: str) -> Node:
        """A constant or formula of the kinds *wanted*, of any kind where none is named."""
        return self.checked(self.node(raw, base, pointer), raw, pointer, wanted, self.names.inside(base))

    def checked(self, node: Node, raw: Any, pointer: str, wanted: Sequence[str] = (), inside: str = "") -> Node:
        """The formula (of the records of the list *inside*), if its parts fit and it gives what is *wanted*. Raises RubricError."""
        assert self.kinds is not None
        try:
            found = self.kinds.of(node, inside)
        except KindError as error:
            what = T("the parts of the formula “{formula}” do not fit together: {what}", formula=str(raw), what=error.what)
            raise RubricError(what, pointer, T("correct the formula")) from error
        if wanted and found not in wanted:
            what = T(
                "“{formula}” gives {found}, and {wanted} is needed here", formula=str(raw), found=WORDS[found], wanted=WORDS[wanted[0]]
            )
            raise RubricError(what, pointer, T("correct the formula"))
        return node

    def node(self, raw: Any, base: str, pointer: str) -> Node:
        """A constant or the tree of a formula text, unchecked. Raises RubricError at *pointer*."""
        if isinstance(raw, bool):
            return constant(raw)
        if isinstance(raw, (int, Decimal, Fraction)):
            return constant(_sized(raw, pointer))
        if not isinstance(raw, str):
            raise RubricError(
                T("a number or a formula is needed here, not {found}", found=str(raw)), pointer, T("write a number, or a formula as text")
            )
        try:
            node = self._with_period(parse(raw, self.names, base), pointer)
        except FormulaError as error:
            what = T(
                "the formula “{formula}” cannot be read at character {place}: {what}",
                formula=raw,
                place=error.position + 1,
                what=error.what,
            )
            raise RubricError(what, pointer, T("correct the formula")) from error
        self.read |= results(node)
        return node

    def _with_period(self, node: Node, pointer: str) -> Node:
        if not any(n.startswith("period.") for n in names(node)):
            return node
        if isinstance(node, Name):
            if node.path not in self.period:
                raise RubricError(
                    T("the formula reads {name}, but neither notice nor rubric gives a period", name=node.path),
                    pointer,
                    T("give x-rubric.period"),
                )
            return self.period[node.path]
        if isinstance(node, Call):
            return replace(node, arguments=tuple(self._with_period(a, pointer) for a in node.arguments))
        if isinstance(node, Lookup):
            return replace(node, keys=tuple(self._with_period(k, pointer) for k in node.keys))
        if isinstance(node, Tied):
            return replace(node, of=self._with_period(node.of, pointer))
        assert isinstance(node, Over)
        inner, condition, number = (None if n is None else self._with_period(n, pointer) for n in (node.inner, node.condition, node.number))
        return replace(node, inner=inner, condition=condition, number=number)


def arguments(clause: ClauseSpec, rule: Rule, formulas: Formulas, base: str, beside: str | None, full: Node | None) -> Arguments:
    """One argument for each parameter of *rule*: formulas compiled, defaults filled in.

    *beside* is the field the criterion stands beside, *full* the criterion's full marks.
    """
    known = {p.name: p for p in rule.params}
    for name in clause.params:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            cure = T("did you mean “{near}”?", near=near[0]) if near else T("it takes: {names}", names=list(known))
            raise RubricError(T("the rule {rule} has no parameter “{name}”", rule=rule.name, name=name), f"{clause.pointer}/{name}", cure)
    found: Arguments = {}
    for param in rule.params:
        # What is asked of each record is sought in the record first: its list is the rule's first parameter.
        at = found[rule.first.name][1] if param.kind == "each" else base
        value = _argument(param, clause, rule, formulas, at, beside, full)
        found[param.name] = (param, Over(EACH, at, value, None) if param.kind == "each" and value is not None else value)
    _panel_keys(found, formulas, clause)
    _graded(found, rule, formulas, clause)
    if "out_of" in found and found["out_of"][1] is not None and found["points"][1] is None:
        raise RubricError(T("the rule {rule} needs “{name}”", rule=rule.name, name="points"), clause.pointer, T("give the parameter"))
    if any(param.kind == "ranges" and value is not None for param, value in found.values()) and found.get("grade", (None, None))[1] is None:
        raise RubricError(T("nothing says which of the ranges holds"), clause.pointer, T("name the field with the grade: “grade”"))
    return found


def _graded(found: Arguments, rule: Rule, formulas: Formulas, clause: ClauseSpec) -> None:
    """Raise RubricError where a panel's marks are grades and no table gives numbers for them, or they are numbers and one does."""
    param, panel = found[rule.first.name]
    if param.kind != "panel":
        return
    spec = formulas.names.fields[panel]
    tables = [name for name, (param, value) in found.items() if param.kind == "table" and value is not None]
    if spec.mark_kind == "text" and not tables:
        takers = [p.name for p in rule.params if p.kind == "table"]
        cure = T("give each grade a number: {names}", names=takers) if takers else T("take another rule")
        raise RubricError(T("the marks of “{title}” are grades, and the rule takes numbers", title=spec.title), clause.pointer, cure)
    if spec.mark_kind == "number" and tables:
        what = T("the marks of “{title}” are numbers, not grades", title=spec.title)
        raise RubricError(what, f"{clause.pointer}/{tables[0]}", T("leave it out, or let the marks be grades"))


def _panel_keys(found: Arguments, formulas: Formulas, clause: ClauseSpec) -> None:
    """Raise RubricError where a table of roles is not that of the panel's roles, or one of raters names somebody else."""
    panel = next((value for param, value in found.values() if param.kind == "panel" and value), None)
    spec = formulas.names.fields[panel] if panel is not None else None
    for name, (param, table) in found.items():
        if spec is None or table is None or param.kind not in ("roles", "raters"):
            continue
        known = dict.fromkeys(spec.panel.roles if param.kind == "roles" else spec.raters)
        lacking = [k for k in known if k not in table] if param.kind == "roles" else []
        strange = [k for k in table if k not in known] if known or param.kind == "roles" else []
        for key, what in (
            *((k, T("“{name}” has no entry for “{key}”", name=name, key=k)) for k in lacking),
            *((k, T("“{panel}” knows no “{key}”", panel=spec.title, key=k)) for k in strange),
        ):
            pointer = f"{clause.pointer}/{name}" + (f"/{key}" if key in table else "")
            raise RubricError(what, pointer, T("it may be: {names}", names=list(known)))


def _argument(param: Param, clause: ClauseSpec, rule: Rule, formulas: Formulas, base: str, beside: str | None, full: Node | None) -> Any:
    pointer = f"{clause.pointer}/{param.name}"
    if param.name in clause.params:
        return _given(param, clause.params[param.name], formulas, base, pointer)
    if param is rule.first and beside is not None:
        return (
            formulas.checked(Name(beside), beside, clause.pointer, (), formulas.names.inside(base))
            if param.kind == "column"
            else _list(param, beside, formulas, clause.pointer)
        )
    if param.name == "points" and full is not None:
        return full
    if param.kind == "rounding":
        return formulas.mark_rounding
    if not param.required:
        default = param.default
        return formulas.value(default, base, pointer) if param.kind == "each" and default is not None else _default(param)
    if param is rule.first:
        raise RubricError(
            T("the criterion stands beside no field, so the rule {rule} needs “{name}”", rule=rule.name, name=param.name),
            clause.pointer,
            T("name the field or formula it reads"),
        )
    raise RubricError(T("the rule {rule} needs “{name}”", rule=rule.name, name=param.name), clause.pointer, T("give the parameter"))


def setting(param: Param, written: Mapping[str, Raw], formulas: Formulas, base: str, pointer: str) -> Any:
    """One argument as it is written under its name, else by its default."""
    return _given(param, written[param.name], formulas, base, pointer) if param.name in written else _default(param)


def _default(param: Param) -> Any:
    if param.default is None or param.kind in ("text", "integer", "truth"):
        return param.default
    return constant(param.default) if param.kind in ("number", "column") else param.default


def _sized(raw: int | Decimal | Fraction, pointer: str) -> Fraction:
    """A number as a rubric may state it. Raises RubricError where it is beyond all measure."""
    if (isinstance(raw, Decimal) and (not raw.is_finite() or abs(raw.adjusted()) > LARGEST_NUMBER)) or (
        isinstance(raw, int) and abs(raw) >= 10**LARGEST_NUMBER
    ):
        raise RubricError(
            T("this number is beyond all measure"), pointer, T("write a number of at most {most} digits", most=LARGEST_NUMBER)
        )
    return Fraction(raw)


def _given(param: Param, raw: Any, formulas: Formulas, base: str, pointer: str) -> Any:
    kind = param.kind
    if raw is None:
        return None
    if kind in ("column", "each"):
        return formulas.value(raw, base, pointer)
    if kind == "number":
        return _number(param, raw, formulas, base, pointer)
    if kind in ("panel", "records"):
        return _list(param, formulas.names.field(str(raw), base) or str(raw), formulas, pointer)
    if kind == "text":
        if param.choices and raw not in param.choices:
            raise RubricError(
                T("“{found}” is none of {choices}", found=str(raw), choices=list(param.choices)), pointer, T("choose one of them")
            )
        return raw
    if kind in ("integer", "truth"):
        return int(raw) if kind == "integer" else raw
    if kind == "rounding":
        return Rounding(int(raw["decimals"]), raw.get("mode", "half-up")) if isinstance(raw, Mapping) else Rounding(int(raw))
    return _nested(kind, raw, formulas, base, pointer)


def _number(param: Param, raw: Any, formulas: Formulas, base: str, pointer: str) -> Node:
    """A number. Raises RubricError for a step of 0 or less: in every rule it is what a difference is divided by."""
    if param.name == "step" and isinstance(raw, (int, Decimal)) and raw <= 0:
        raise RubricError(
            T("a step must be more than 0, not {found}", found=raw), pointer, T("write how far one step reaches, for example 0.02")
        )
    return formulas.number(raw, base, pointer)


def _list(param: Param, path: str, formulas: Formulas, pointer: str) -> str:
    """The path of a list of records, or of a panel's marks, as the parameter needs it."""
    spec = formulas.names.fields.get(path)
    if spec is None or spec.kind != param.kind:
        wanted = T("a list of records") if param.kind == "records" else T("a panel's marks")
        raise RubricError(T("“{name}” is not {wanted}", name=path, wanted=wanted), pointer, T("name a field of that kind"))
    return path


def _nested(kind: str, raw: Any, formulas: Formulas, base: str, pointer: str) -> Any:
    if kind == "numbers":
        return tuple(formulas.number(r, base, f"{pointer}/{i}") for i, r in enumerate(raw))
    if kind in ("table", "roles", "raters"):
        return {str(k): formulas.number(r, base, f"{pointer}/{k}") for k, r in raw.items()}
    if kind == "ranges":
        return {str(k): Range(*(formulas.number(r, base, f"{pointer}/{k}/{i}") for i, r in enumerate(pair))) for k, pair in raw.items()}  # type: ignore[arg-type]
    if kind == "knots":
        return tuple(_knot(r, formulas, base, f"{pointer}/{i}") for i, r in enumerate(raw))
    return tuple(_band(r, formulas, base, f"{pointer}/{i}") for i, r in enumerate(raw))


def _band(raw: Mapping[str, Any], formulas: Formulas, base: str, pointer: str) -> Band:
    inclusive = "at_least" in raw
    line = "at_least" if inclusive else "above"
    bound = formulas.value(raw[line], base, f"{pointer}/{line}", "number", "date")
    return Band(bound, inclusive, formulas.number(raw["points"], base, f"{pointer}/points"))  # type: ignore[arg-type]


def _knot(raw: Mapping[str, Any], formulas: Formulas, base: str, pointer: str) -> Knot:
    value = formulas.value(raw["value"], base, f"{pointer}/value", "number", "date")
    return Knot(value, formulas.number(raw["points"], base, f"{pointer}/points"))  # type: ignore[arg-type]


def read_by(found: Arguments) -> set[str]:
    """The paths that compiled arguments read."""
    paths: set[str] = set()
    for param, value in found.values():
        if param.kind in ("panel", "records"):
            paths |= {value} if value else set()
        else:
            paths |= set().union(*(names(n) for n in nodes_of(value)), set())
    return paths
