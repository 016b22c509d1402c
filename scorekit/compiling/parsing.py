"""From the text of a formula to its tree: an allow-list grammar, bounded, with names resolved as they are read."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from scorekit.domain.formula import (
    ARITY,
    LIST_FUNCTIONS,
    OF_TOTAL,
    PLACED,
    RESULT_FIGURES,
    Call,
    Constant,
    Lookup,
    Name,
    Node,
    Over,
    Result,
    constant,
)
from scorekit.domain.lookups import LookupTable
from scorekit.errors import T, Text

LONGEST = 500
DEEPEST = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<number>\d+(?:\.\d+)?)|(?P<quoted>`[^`]+`)|(?P<text>'[^']*')"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(?P<op>\*\*|==|!=|<=|>=|[-+*/<>(),\[\]]))"
)
_MEANT = {
    "=": "==",
    "×": "*",
    "÷": "/",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "&": "and",
    "|": "or",
    "!": "not",
    "%": "/ 100",
    "（": "(",
    "）": ")",
    "，": ",",
    "＋": "+",
    "－": "-",
    "＊": "*",
    "／": "/",
    "＞": ">",
    "＜": "<",
    "＝": "==",
    "。": ".",
    "‘": "'",
    "’": "'",
    '"': "'",
    "“": "'",
    "”": "'",
}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
_FUNCTIONS = sorted({"lookup", *ARITY, *LIST_FUNCTIONS, *RESULT_FIGURES})


class FormulaError(Exception):
    """A formula that cannot be read: what is wrong, and the 0-based position in its text."""

    def __init__(self, what: Text, position: int) -> None:
        super().__init__(what.template)
        self.what = what
        self.position = position


class Names:
    """Where names are sought: ``base`` first, then outward to the root. Subclassed by what knows the rubric's tree."""

    def field(self, name: str, base: str) -> str | None:
        """The full path of a field or derived value, None where there is none."""
        raise NotImplementedError

    def item(self, name: str, base: str) -> str | None:
        """The full path of a criterion or section."""
        raise NotImplementedError

    def ranking(self, name: str, base: str) -> str | None:
        """The id of a ranking, or the path of a criterion or section."""
        raise NotImplementedError

    def is_list(self, path: str) -> bool:
        """Whether a path is a list of records or a panel's marks."""
        raise NotImplementedError

    def is_panel(self, path: str) -> bool:
        """Whether a path is a panel's marks."""
        raise NotImplementedError

    def table(self, name: str) -> LookupTable | None:
        """The lookup table of a name, None where there is none."""
        raise NotImplementedError

    def near(self, name: str, of: str = "fields") -> str:
        """The nearest known name of *fields*, *items* (criteria and sections) or *tables*; empty where none is near."""
        raise NotImplementedError


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse(text: str, names: Names, base: str) -> Node:
    """The tree of a formula written beside *base*. Raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(T("the formula is longer than {most} characters", most=LONGEST), LONGEST)
    parser = _Parser(_tokens(text), names, [base])
    node = parser.either()
    if parser.here.kind != "end":
        raise FormulaError(T("“{found}” was not expected here", found=parser.here.text), parser.here.position)
    return node


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(_stray(text[start]), start)
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return [*found, _Token("end", "", len(text))]


def _stray(sign: str) -> Text:
    """What is wrong with a sign that stands in no formula; many come from a Chinese keyboard."""
    meant = _MEANT.get(sign)
    if meant is None:
        return T("“{found}” is no part of a formula", found=sign)
    return T("“{found}” is no part of a formula; did you mean “{near}”?", found=sign, near=meant)


@dataclass
class _Parser:
    tokens: list[_Token]
    names: Names
    bases: list[str]
    place: int = 0
    depth: int = field(default=0)

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def taken(self, *texts: str) -> str | None:
        if self.here.kind in ("op", "name") and self.here.text in texts:
            self.place += 1
            return self.tokens[self.place - 1].text
        return None

    def expect(self, text: str) -> None:
        if not self.taken(text):
            raise FormulaError(self._lacking(text), self.here.position)

    def _lacking(self, text: str) -> Text:
        if self.here.kind == "end":
            return T("“{wanted}” is missing at the end", wanted=text)
        return T("“{wanted}” is missing before “{found}”", wanted=text, found=self.here.text)

    def either(self) -> Node:
        return self._chain(self.both, "or")

    def both(self) -> Node:
        return self._chain(self.negated, "and")

    def negated(self) -> Node:
        if self.here.text == "not" and self.taken("not"):
            return Call("not", (self.deeper(self.negated),))
        return self.compared()

    def deeper(self, inner: Callable[[], Node]) -> Node:
        """What *inner* reads, one level down. Raises FormulaError where that is too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(T("the formula is nested deeper than {most} levels", most=DEEPEST), self.here.position)
        node = inner()
        self.depth -= 1
        return node

    def compared(self) -> Node:
        left = self.sum()
        found: list[Node] = []
        while True:
            if self.taken("in"):
                return Call("in", (left, *self.options()))
            if self.here.text == "not" and self.taken("not"):
                self.expect("in")
                return Call("not", (Call("in", (left, *self.options())),))
            operator = self.taken(*_COMPARISONS)
            if operator is None:
                break
            right = self.sum()
            found.append(Call(operator, (left, right)))
            left = right
        if not found:
            return left
        result = found[0]
        for more in found[1:]:
            result = Call("and", (result, more))
        return result

    def options(self) -> tuple[Node, ...]:
        self.expect("[")
        return tuple(self.listed("]"))

    def sum(self) -> Node:
        return self._chain(self.product, "+", "-")

    def product(self) -> Node:
        return self._chain(self.signed, "*", "/")

    def signed(self) -> Node:
        if self.taken("-"):
            inner = self.deeper(self.signed)
            if isinstance(inner, Constant) and inner.value.kind == "number":
                return Constant(-inner.value)
            return Call("negative", (inner,))
        return self.power()

    def power(self) -> Node:
        base = self.atom()
        return Call("**", (base, self.deeper(self.signed))) if self.taken("**") else base

    def _chain(self, inner: Callable[[], Node], *operators: str) -> Node:
        node = inner()
        while operator := self.taken(*operators):
            node = Call(operator, (node, inner()))
        return node

    def atom(self) -> Node:
        token = self.here
        self.place += 1
        if token.kind == "number":
            return constant(Fraction(token.text))
        if token.kind == "date":
            return self._date(token)
        if token.kind == "text":
            return constant(token.text[1:-1])
        if token.text == "(":
            node = self.deeper(self.either)
            self.expect(")")
            return node
        if token.text in ("true", "false"):
            return constant(token.text == "true")
        if token.kind == "quoted" or (token.kind == "name" and token.text not in _WORDS):
            if token.kind == "name" and self.here.text == "(":
                return self.call(token)
            return Name(self._resolved(token))
        raise FormulaError(T("a value is missing here"), token.position)

    def _date(self, token: _Token) -> Node:
        try:
            return constant(datetime.date.fromisoformat(token.text))
        except ValueError:
            raise FormulaError(T("{text} is no date", text=token.text), token.position) from None

    def _resolved(self, token: _Token) -> str:
        name = token.text.strip("`")
        *lists, base = reversed(self.bases)
        inner = (path for of in lists if (path := self.names.field(name, of)) is not None and path.startswith(of + "."))
        path = next(inner, None) or self.names.field(name, base)
        if path is None:
            raise FormulaError(_unknown(T("there is no field “{name}”", name=name), self.names.near(name)), token.position)
        return path

    def call(self, token: _Token) -> Node:
        function = token.text
        self.expect("(")
        if function in RESULT_FIGURES:
            return self.result(token)
        if function == "lookup":
            return self.lookup(token)
        if function in LIST_FUNCTIONS and (path := self._list_ahead()) is not None:
            return self.over(token, path)
        if function not in ARITY:
            what = (
                T("{name} takes a list first", name=function)
                if function in LIST_FUNCTIONS
                else T("there is no function “{name}”", name=function)
            )
            near = difflib.get_close_matches(function, _FUNCTIONS, 1)
            raise FormulaError(_unknown(what, near[0] if near and near[0] != function else ""), token.position)
        arguments = self.listed(")")
        least, most = ARITY[function]
        if not least <= len(arguments) <= most:
            what = T("{name} takes {least} to {most} values, not {found}", name=function, least=least, most=most, found=len(arguments))
            raise FormulaError(what, token.position)
        return Call(function, tuple(arguments))

    def _list_ahead(self) -> str | None:
        if self.here.kind not in ("name", "quoted"):
            return None
        path = self.names.field(self.here.text.strip("`"), self.bases[0])
        return path if path is not None and self.names.is_list(path) else None

    def listed(self, end: str) -> list[Node]:
        """Values with commas between them, up to *end*."""
        found = [self.deeper(self.either)]
        while self.taken(","):
            found.append(self.deeper(self.either))
        self.expect(end)
        return found

    def over(self, token: _Token, path: str) -> Node:
        """A function over a list: what to take of each element (not for count or marks), how many of them, and a condition.

        The number belongs to the unit, so its names are sought outside the list.
        """
        function = token.text
        self.place += 1
        taken = [] if function == "count" or self.names.is_panel(path) else [self._inside]
        asked = [*taken, *([self._outside] if function in PLACED else []), self._inside]
        found: list[Node] = []
        while self.taken(","):
            if len(found) == len(asked):
                raise FormulaError(T("{name} over a list takes at most {most} more", name=function, most=len(asked)), token.position)
            found.append(asked[len(found)](path))
        self.expect(")")
        if function in PLACED and len(found) <= len(taken):
            raise FormulaError(T("{name} needs a number: how many, or which place", name=function), token.position)
        inner = found.pop(0) if taken and found else None
        number = found.pop(0) if function in PLACED else None
        return Over(function, path, inner, found[0] if found else None, number)

    def _inside(self, path: str) -> Node:
        """A value whose names are sought in the elements of a list first."""
        self.bases.append(path)
        node = self.deeper(self.either)
        self.bases.pop()
        return node

    def _outside(self, path: str) -> Node:
        return self.deeper(self.either)

    def lookup(self, token: _Token) -> Node:
        """A value of a table, the table by its bare name, then as many keys as it has."""
        named = self.here
        self.place += 1
        name = named.text.strip("`")
        table = self.names.table(name) if named.kind in ("name", "quoted") else None
        if table is None:
            what = T("there is no table “{name}”", name=name)
            raise FormulaError(_unknown(what, self.names.near(name, "tables")), named.position)
        keys = self.listed(")") if self.taken(",") else []
        if not keys:
            self.expect(")")
        if len(keys) != len(table.keys):
            what = T("the table “{name}” has {wanted} keys, not {found}", name=name, wanted=len(table.keys), found=len(keys))
            raise FormulaError(what, token.position)
        return Lookup(table, tuple(keys))

    def result(self, token: _Token) -> Node:
        if self.taken(")"):
            return Result(token.text, "")
        if token.text in OF_TOTAL:
            raise FormulaError(T("{name}() is that of the total and names nothing", name=token.text), self.here.position)
        named = self.here
        self.place += 1
        sought = self.names.ranking if token.text == "rank" else self.names.item
        path = sought(named.text.strip("`"), self.bases[0]) if named.kind in ("name", "quoted") else None
        if path is None:
            what = T("there is no criterion or section “{name}”", name=named.text)
            if token.text == "rank":
                what = T("there is no ranking, criterion or section “{name}”", name=named.text)
            raise FormulaError(_unknown(what, self.names.near(named.text, "items")), named.position)
        self.expect(")")
        return Result(token.text, path)


def _unknown(what: Text, near: str) -> Text:
    return T("{what}; did you mean “{near}”?", what=what, near=near) if near else what
