"""What kind of value a formula gives: a number, truth, text or date; parts that do not fit together are refused before a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorekit.domain.column import Kind
from scorekit.domain.formula import CHILDREN, OF_MARK, Call, Constant, Figure, Lookup, Name, Node, Over, Result, Tied
from scorekit.domain.over import OF_TRUTHS, OF_VALUES
from scorekit.domain.rubric import FieldSpec
from scorekit.errors import T, Text

WORDS: Mapping[str, Text] = {
    "number": T("a number"),
    "truth": T("yes or no"),
    "text": T("a text"),
    "date": T("a date"),
    "records": T("a list"),
    "panel": T("a panel's marks"),
}
_NUMBERS = ("number", "truth")
_ORDERED = ("<", "<=", ">", ">=")
_SAME = ("==", "!=", "in")
_LOGIC = ("and", "or", "not")
_MOST_DIGITS = 10


class KindError(Exception):
    """Parts of a formula that do not fit together."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.template)
        self.what = what


@dataclass
class Kinds:
    """Finds kinds: ``fields`` (records' items among them) by path, derived values by their formulas.

    ``unmarked`` are the criteria without full marks, of which nobody can ask a rate; ``lists`` the lists of records,
    with whether their records are scored. ``tying`` is true while a tie key is read.
    """

    fields: Mapping[str, FieldSpec]
    derived: Mapping[str, Node]
    unmarked: frozenset[str]
    lists: Mapping[str, bool] = field(default_factory=dict)
    tying: bool = False
    known: dict[str, Kind] = field(default_factory=dict)
    asking: list[str] = field(default_factory=list)

    def of(self, node: Node, inside: str = "") -> Kind:
        """The kind of a formula, within the list *inside*. Raises KindError."""
        if isinstance(node, Constant):
            return node.value.kind
        if isinstance(node, Name):
            return self._name(node.path, inside)
        if isinstance(node, Result):
            return self._result(node, inside)
        if isinstance(node, Lookup):
            return self._lookup(node, inside)
        if isinstance(node, Figure):
            return self._figure(node)
        if isinstance(node, Tied):
            return self._tied(node, inside)
        return self._over(node, inside) if isinstance(node, Over) else self._call(node, inside)

    def _name(self, path: str, inside: str) -> Kind:
        self._within_reach(path, inside)
        if path in self.derived:
            return self._derived(path)
        if path.startswith(CHILDREN):
            return "number"
        if "@" in path:
            return self.fields[path.partition("@")[0]].mark_kind
        panel, _, said = path.rpartition(".")
        if path not in self.fields and panel in self.fields and said in OF_MARK:
            return self.fields[panel].mark_kind if said == "mark" else "text"
        spec = self.fields[path]
        if spec.kind == "records" or spec.kind == "panel":
            raise KindError(T("“{name}” is a list: take count, sum, max … over it", name=path))
        return spec.kind

    def _within_reach(self, path: str, inside: str) -> None:
        """What stands in a record is read in that record, or in a list of its own."""
        of = self._list_of(path.rpartition(".")[0])
        if of and of != inside and not inside.startswith(of + "."):
            raise KindError(T("“{name}” stands in every record: take count, sum, max … over the list “{list}”", name=path, list=of))

    def _list_of(self, path: str) -> str:
        while path and path not in self.lists:
            path = path.rpartition(".")[0]
        return path

    def _derived(self, path: str) -> Kind:
        """Found once; a value that rests on itself is named when the order is sought."""
        if path not in self.known:
            if path in self.asking:
                kind = self.fields[path].kind
                return "number" if kind in ("records", "panel") else kind  # type: ignore[return-value]
            self.asking.append(path)
            self.known[path] = self.of(self.derived[path], self._list_of(path))
            self.asking.pop()
        return self.known[path]

    def _result(self, node: Result, inside: str) -> Kind:
        if node.figure == "record":
            if not self.lists[node.path]:
                raise KindError(T("the records of “{list}” have no criterion, so none has a figure", list=node.path))
            return "number"
        self._within_reach(node.path, inside)
        if node.path in self.unmarked and node.figure in ("full", "rate"):
            raise KindError(T("“{name}” has no full marks, so {figure}() says nothing of it", name=node.path, figure=node.figure))
        return "text" if node.figure == "outcome" else "number"

    def _lookup(self, node: Lookup, inside: str) -> Kind:
        """Each key must be able to stand in its column: of one kind with the cells there."""
        for place, (key, asked) in enumerate(zip(node.table.keys, node.keys, strict=True)):
            kind = self.of(asked, inside)
            if key.match != "equal":
                self._only(("number", "date"), kind)
            try:
                node.table.lines(place, kind)
            except ValueError as error:
                what = T(
                    "the key “{key}” of the table “{table}” is {kind}; the cell “{cell}” is not",
                    key=key.name,
                    table=node.table.id,
                    kind=WORDS[kind],
                    cell=str(error),
                )
                raise KindError(what) from error
        return node.table.values.kind

    def _tied(self, node: Tied, inside: str) -> Kind:
        """Only a tie key knows who shares a place; how many of them a value outdoes is asked of the unit itself."""
        if not self.tying:
            raise KindError(T("{name}() compares units that are tied: it stands only in a tie key", name=node.function))
        kind = self.of(node.of, inside)
        if node.function == "among":
            self._only(("text",), kind)
            return "truth"
        if inside:
            raise KindError(T("{name}() is asked of the unit, not of each of its records", name=node.function))
        self._only((*_NUMBERS, "date"), kind)
        return "number"

    def _figure(self, node: Figure) -> Kind:
        """A figure of the population is a number; the least and the greatest of dates are dates."""
        for key in node.within:
            self.of(key)
        if node.where is not None:
            self._only(("truth",), self.of(node.where))
        if node.beside is not None:
            self._only(_NUMBERS, self.of(node.beside))
        kind: Kind = "number" if node.of is None else self.of(node.of)
        if node.over in ("min", "max", "rank", "percentile") and kind == "date":
            return kind if node.over in ("min", "max") else "number"
        if node.over != "count":
            self._only(_NUMBERS, kind)
        return "number"

    # ---------------------------------------------------------------- lists

    def _over(self, node: Over, inside: str) -> Kind:
        if inside and not node.path.startswith(inside + "."):
            raise KindError(T("inside a list only the record's own lists and marks can be taken, and “{name}” is none", name=node.path))
        self._within_reach(node.path, inside)
        if node.number is not None:
            self._number(node, inside)
        if not node.path.startswith(CHILDREN) and self.fields[node.path].kind == "panel":
            return self._marks(node)
        if node.condition is not None:
            self._only(("truth",), self.of(node.condition, node.path))
        if node.function == "count":
            return "number"
        if node.inner is None:
            raise KindError(T("{name} needs what to take of each record of “{list}”", name=node.function, list=node.path))
        return self._elements(node.function, self.of(node.inner, node.path))

    def _marks(self, node: Over) -> Kind:
        """A function over a panel's marks; what it takes are the marks themselves where nothing else is said."""
        marks = self.fields[node.path].mark_kind
        if node.condition is not None:
            self._only(("truth",), self.of(node.condition, node.path))
        if node.function == "count":
            return "number"
        if node.inner is None and node.function in OF_TRUTHS:
            raise KindError(T("{name} needs what to ask of each mark, for example mark >= 60", name=node.function))
        if node.inner is None and marks == "text" and node.function not in OF_VALUES:
            raise KindError(T("the marks of “{name}” are grades: say what each of them counts, for example by a table", name=node.path))
        return self._elements(node.function, marks if node.inner is None else self.of(node.inner, node.path))

    def _elements(self, function: str, kind: Kind) -> Kind:
        """What a function gives over elements of one kind."""
        if function in OF_TRUTHS:
            return self._only(("truth",), kind)
        if function in OF_VALUES:
            return "number"
        dates = ("date",) if function in ("min", "max", "nth") else ()
        return "date" if self._only((*_NUMBERS, *dates), kind) == "date" else "number"

    def _number(self, node: Over, inside: str) -> None:
        """How many, or which place: a whole number; nth counts from 1."""
        assert node.number is not None
        self._only(("number",), self.of(node.number, inside))
        least = 1 if node.function == "nth" else 0
        value = node.number.value.values.fractions()[0] if isinstance(node.number, Constant) else None
        if value is not None and (value.denominator != 1 or value < least):
            raise KindError(T("the number of {name}() is a whole number from {least} on", name=node.function, least=least))

    # ---------------------------------------------------------------- operators and functions

    def _call(self, node: Call, inside: str) -> Kind:
        name = node.function
        if name == "given":
            return self._given(node.arguments[0], inside)
        kinds = [self.of(a, inside) for a in node.arguments]
        if name in ("+", "-"):
            return self._sum(name, kinds)
        if name in _LOGIC:
            for kind in kinds:
                self._only(("truth",), kind)
            return "truth"
        if name in _ORDERED:
            self._alike(kinds, dates=True)
            return "truth"
        if name in _SAME:
            self._alike(kinds)
            return "truth"
        if name == "if":
            self._only(("truth",), kinds[0])
            return self._alike(kinds[1:])
        if name == "coalesce":
            return self._alike(kinds)
        if name in ("min", "max", "clip"):
            return self._alike(kinds, dates=True)
        if name in ("year", "month", "day"):
            self._only(("date",), kinds[0])
            return "number"
        if name == "round" and len(kinds) == 2:
            self._digits(node.arguments[1])
        for kind in kinds:
            self._only(_NUMBERS, kind)
        return "number"

    def _given(self, asked: Node, inside: str) -> Kind:
        if not (isinstance(asked, Name) and self.fields[asked.path].kind in ("records", "panel")):
            self.of(asked, inside)
        return "truth"

    def _sum(self, name: str, kinds: Sequence[Kind]) -> Kind:
        left, right = kinds
        if "date" not in kinds:
            self._only(_NUMBERS, left)
            self._only(_NUMBERS, right)
            return "number"
        if name == "-" and left == "date":
            return "number" if right == "date" else self._dated(right)
        if name == "+" and kinds != ["date", "date"]:
            return self._dated(left if right == "date" else right)
        raise KindError(T("{a} and {b} cannot be put together by “{name}”", a=WORDS[left], b=WORDS[right], name=name))

    def _dated(self, days: Kind) -> Kind:
        self._only(("number",), days)
        return "date"

    def _digits(self, node: Node) -> None:
        value = node.value.values.fractions()[0] if isinstance(node, Constant) and node.value.kind == "number" else None
        if value is None or value.denominator != 1 or not 0 <= value <= _MOST_DIGITS:
            raise KindError(T("the digits of round() are a whole number from 0 to {most}", most=_MOST_DIGITS))

    def _only(self, wanted: Sequence[str], found: Kind) -> Kind:
        if found not in wanted:
            raise KindError(T("{wanted} is needed, not {found}", wanted=WORDS[wanted[0]], found=WORDS[found]))
        return found

    def _alike(self, kinds: Sequence[Kind], dates: bool = False) -> Kind:
        """All of one kind; with *dates*, of one that has an order."""
        first = kinds[0]
        for kind in kinds[1:]:
            if kind != first:
                raise KindError(T("{a} and {b} cannot be compared", a=WORDS[first], b=WORDS[kind]))
        if dates:
            self._only(("number", "date"), first)
        return first


__all__ = ["WORDS", "KindError", "Kinds"]
