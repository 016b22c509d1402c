"""From the text of a formula to its tree: an allow-list grammar, bounded, with names resolved as they are read."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from scorekit.compiling.tokens import AbsentError, FormulaError, Token, commas, tokens
from scorekit.domain.formula import (
    ARITY,
    CHILDREN,
    LIST_FUNCTIONS,
    OF_CHILD,
    OF_MARK,
    OF_TOTAL,
    PLACED,
    RESULT_FIGURES,
    TIED,
    Call,
    Constant,
    Lookup,
    Name,
    Node,
    Over,
    Result,
    Tied,
    constant,
)
from scorekit.domain.lookups import LookupTable
from scorekit.errors import T, Text

LONGEST = 500
DEEPEST = 20

_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
_FUNCTIONS = sorted({"lookup", *TIED, *ARITY, *LIST_FUNCTIONS, *RESULT_FIGURES})


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

    def elsewhere(self, name: str, base: str) -> str | None:
        """The full path of a criterion or section, or the id of a ranking, that only standards of other categories have."""
        return None

    def is_list(self, path: str) -> bool:
        """Whether a path is a list of records or a panel's marks."""
        raise NotImplementedError

    def is_panel(self, path: str) -> bool:
        """Whether a path is a panel's marks."""
        raise NotImplementedError

    def children(self, path: str) -> tuple[str, ...] | None:
        """The items of which a section ("" the total) is made, None where there is no such section."""
        raise NotImplementedError

    def table(self, name: str) -> LookupTable | None:
        """The lookup table of a name, None where there is none."""
        raise NotImplementedError

    def inside(self, path: str) -> str:
        """The innermost list of records that a path stands in, or is; empty where there is none."""
        raise NotImplementedError

    def near(self, name: str, of: str = "fields") -> str:
        """The nearest known name of *fields*, *items* (criteria and sections), *sections* or *tables*; empty where none is near."""
        raise NotImplementedError


def parse(text: str, names: Names, base: str) -> Node:
    """The tree of a formula written beside *base*. Raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(T("the formula is longer than {most} characters", most=LONGEST), LONGEST)
    parser = _Parser(tokens(text), names, [base])
    node = parser.either()
    if parser.here.kind != "end":
        raise FormulaError(T("“{found}” was not expected here", found=parser.here.text), parser.here.position)
    return node


@dataclass
class _Parser:
    tokens: list[Token]
    names: Names
    bases: list[str]
    place: int = 0
    depth: int = field(default=0)

    @property
    def here(self) -> Token:
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
        if token.kind == "quoted" or (token.kind == "name" and token.text not in WORDS):
            if token.kind == "name" and self.here.text == "(":
                return self.call(token)
            return Name(self._resolved(token))
        raise FormulaError(T("a value is missing here"), token.position)

    def _date(self, token: Token) -> Node:
        try:
            return constant(datetime.date.fromisoformat(token.text))
        except ValueError:
            raise FormulaError(T("{text} is no date", text=token.text), token.position) from None

    def _resolved(self, token: Token) -> str:
        name = token.text.strip("`")
        if self.bases[-1].startswith(CHILDREN) and name in OF_CHILD:
            return self._of_child(name)
        if name in OF_MARK and self.names.is_panel(self.bases[-1]):
            return f"{self.bases[-1]}.{name}"
        path = self._nearest(name, self.names.field)
        if path is None:
            raise FormulaError(_unknown(T("there is no field “{name}”", name=name), self.names.near(name)), token.position)
        return path

    def _of_child(self, name: str) -> str:
        """A figure of each child of a section; ranks are asked of all of them."""
        if name == "rank":
            for item in self.names.children(self.bases[-1].removeprefix(CHILDREN)[:-1]) or ():
                self.names.ranking(item, "")
        return f"{self.bases[-1]}.{name}"

    def _nearest(self, name: str, find: Callable[[str, str], str | None]) -> str | None:
        """What *find* knows by a name: in the innermost list first, then outward, then from where the formula stands."""
        *lists, base = reversed(self.bases)
        inner = (path for of in lists if (path := find(name, of)) is not None and path.startswith(of + "."))
        return next(inner, None) or find(name, base)

    def call(self, token: Token) -> Node:
        function = token.text
        self.expect("(")
        if function in RESULT_FIGURES:
            return self.result(token)
        if function == "lookup":
            return self.lookup(token)
        if function in TIED:
            return self.tied(token)
        if function in LIST_FUNCTIONS and self.here.text == "children" and self.tokens[self.place + 1].text == "(":
            return self.over(token, *self.children())
        if function in LIST_FUNCTIONS and (path := self._list_ahead()) is not None:
            self.place += 1
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

    def tied(self, token: Token) -> Node:
        """What a tie key asks of those who share a place, of one value."""
        start = self.place
        found = self.listed(")")
        if len(found) != 1:
            raise FormulaError(T("{name} takes one value, not {found}", name=token.text, found=len(found)), token.position)
        return Tied(token.text, found[0], " ".join(t.text for t in self.tokens[start : self.place - 1]))

    def _list_ahead(self) -> str | None:
        if self.here.kind not in ("name", "quoted"):
            return None
        path = self._nearest(self.here.text.strip("`"), self.names.field)
        return path if path is not None and self.names.is_list(path) else None

    def listed(self, end: str) -> list[Node]:
        """Values with commas between them, up to *end*."""
        found = [self.deeper(self.either)]
        while self.taken(","):
            found.append(self.deeper(self.either))
        self.expect(end)
        return found

    def children(self) -> tuple[str, tuple[str, ...]]:
        """``children(section)`` as a list: what its elements' names begin with, and the items that they are."""
        self.place += 2
        named = self.here
        path = ""
        if not self.taken(")"):
            self.place += 1
            found = self.names.item(named.text.strip("`"), self.bases[0]) if named.kind in ("name", "quoted") else None
            self.expect(")")
            path = found or named.text
        items = self.names.children(path)
        if items is None:
            what = T("there is no section “{name}”", name=named.text)
            raise FormulaError(_unknown(what, self.names.near(named.text, "sections")), named.position)
        return f"{CHILDREN}{path})", items

    def over(self, token: Token, path: str, items: tuple[str, ...] = ()) -> Node:
        """A function over a list: what to take of each element (not for count), how many of them, and a condition.

        The number belongs to the unit, so its names are sought outside the list. Of marks what to take may be left out:
        they themselves.
        """
        function = token.text
        left_out = self.names.is_panel(path) and function in PLACED and commas(self.tokens[self.place :]) < 2
        taken = [] if function == "count" or left_out else [self._inside]
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
        return Over(function, path, inner, found[0] if found else None, number, items)

    def _inside(self, path: str) -> Node:
        """A value whose names are sought in the elements of a list first."""
        self.bases.append(path)
        node = self.deeper(self.either)
        self.bases.pop()
        return node

    def _outside(self, path: str) -> Node:
        return self.deeper(self.either)

    def lookup(self, token: Token) -> Node:
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

    def result(self, token: Token) -> Node:
        if token.text == "record":
            return self._record(token)
        if self.taken(")"):
            return Result(token.text, "")
        if token.text in OF_TOTAL:
            raise FormulaError(T("{name}() is that of the total and names nothing", name=token.text), self.here.position)
        named = self.here
        self.place += 1
        sought = self.names.ranking if token.text == "rank" else self.names.item
        path = self._nearest(named.text.strip("`"), sought) if named.kind in ("name", "quoted") else None
        if path is None:
            if self._nearest(named.text.strip("`"), self.names.elsewhere) is not None:
                raise AbsentError(T("“{name}” is no part of this standard", name=named.text), named.position)
            what = T("there is no criterion or section “{name}”", name=named.text)
            if token.text == "rank":
                what = T("there is no ranking, criterion or section “{name}”", name=named.text)
            raise FormulaError(_unknown(what, self.names.near(named.text, "items")), named.position)
        self.expect(")")
        return Result(token.text, path)

    def _record(self, token: Token) -> Node:
        """The figure of the record that the formula is about."""
        path = self.bases[-1] if len(self.bases) > 1 else self.names.inside(self.bases[0])
        if not path:
            raise FormulaError(T("record() is the figure of one record and is asked over a list"), token.position)
        self.expect(")")
        return Result("record", path)


def _unknown(what: Text, near: str) -> Text:
    return T("{what}; did you mean “{near}”?", what=what, near=near) if near else what
