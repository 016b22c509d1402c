"""A formula as a spreadsheet says it, so that anyone can recompute a figure in Excel or WPS without scorekit.

What is not there is an error inside (``NA()``), so that missing in gives missing out as in the formula itself; the whole
is empty where no figure can be given. A spreadsheet reckons in floats: what is compared or cut is rounded to ten digits
before, so that only figures within 1e-10 of a line can come out otherwise than the exact ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scorekit.domain.column import Column, Kind
from scorekit.domain.formula import Call, Constant, Lookup, Name, Node, Over, Result

DIGITS = 10
"""Digits after the point to which figures are rounded before they are compared or cut."""
LONGEST = 8000
"""Characters that a cell's formula may have (Excel takes 8 192)."""
MOST_ROWS = 60
"""Rows of a table that a formula can hold (64 levels at the most)."""
_NEAREST = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
_PLAIN = {"abs": "ABS", "ln": "LN", "exp": "EXP", "sqrt": "SQRT", "year": "YEAR", "month": "MONTH", "day": "DAY", "sign": "SIGN"}
_ORDER = {"<": "<0", "<=": "<=0", ">": ">0", ">=": ">=0"}


class NoSpreadsheetFormError(Exception):
    """A formula that a spreadsheet cannot say; the message names the part."""


@dataclass(frozen=True)
class Sheet:
    """Where a formula's names stand: ``cells`` by path (a record's field as a range), results by ``figure:path``.

    A percentage stands in its cell as the fraction, shown as a percent. ``truths``, ``texts`` and ``dates`` name the paths
    of those kinds; a truth is TRUE, FALSE, 是 or 否.
    """

    cells: Mapping[str, str]
    truths: frozenset[str] = field(default_factory=frozenset)
    texts: frozenset[str] = field(default_factory=frozenset)
    dates: frozenset[str] = field(default_factory=frozenset)


def spreadsheet(node: Node, sheet: Sheet) -> str:
    """The formula with its ``=``, empty where there is no figure. Raises NoSpreadsheetFormError."""
    text = f'=IFERROR({_Writer(sheet).of(node)},"")'
    if len(text) > LONGEST:
        raise NoSpreadsheetFormError(f"longer than {LONGEST} characters")
    return text


def _literal(value: Column) -> str:
    if value.kind == "truth":
        return "TRUE" if bool(value.values[0]) else "FALSE"
    if value.kind == "text":
        return '"' + str(value.values[0]).replace('"', '""') + '"'
    [given] = value.listed()
    if value.kind == "date":
        return f"DATE({given.year},{given.month},{given.day})"  # type: ignore[union-attr]
    assert isinstance(given, Fraction)
    if given.denominator == 1:
        return str(given.numerator)
    ten = given.denominator
    for prime in (2, 5):
        while ten % prime == 0:
            ten //= prime
    if ten == 1:
        digits = next(d for d in range(1, 400) if (given * 10**d).denominator == 1)
        sign, whole = "-" * (given < 0), str(abs(given) * 10**digits).rjust(digits + 1, "0")
        return f"{sign}{whole[:-digits]}.{whole[-digits:]}"
    return f"({given.numerator}/{given.denominator})"


@dataclass(frozen=True)
class _Writer:
    """Writes the parts of one formula."""

    sheet: Sheet

    def of(self, node: Node) -> str:
        if isinstance(node, Constant):
            return _literal(node.value)
        if isinstance(node, Name):
            return self._cell(node.path)
        if isinstance(node, Result):
            return self._cell(f"{node.figure}:{node.path}")
        if isinstance(node, Over):
            return self._over(node)
        if isinstance(node, Lookup):
            return self._looked_up(node)
        if isinstance(node, Call):
            return self._call(node.function, node)
        raise NoSpreadsheetFormError(type(node).__name__)

    def _cell(self, path: str) -> str:
        at = self.sheet.cells.get(path)
        if at is None:
            raise NoSpreadsheetFormError(path)
        value = f'(({at}=TRUE)+({at}="是")>0)' if path in self.sheet.truths else at
        return f"IF(ISBLANK({at}),NA(),{value})"

    # ---------------------------------------------------------------- operators and functions

    def _call(self, name: str, node: Call) -> str:
        if name == "given":
            return self._given(node.arguments[0])
        if name in ("==", "!=", "in"):
            return self._same(name, node)
        given = [self.of(a) for a in node.arguments]
        if name in _PLAIN:
            return f"{_PLAIN[name]}({given[0]})"
        if name in _ORDER:
            return f"(ROUND({given[0]}-({given[1]}),{DIGITS}){_ORDER[name]})"
        write = _CALLS.get(name)
        if write is None:
            raise NoSpreadsheetFormError(name)
        return write(*given)

    def _given(self, asked: Node) -> str:
        if not isinstance(asked, Name):
            return f"NOT(ISERROR({self.of(asked)}))"
        at = self.sheet.cells.get(asked.path)
        if at is None:
            raise NoSpreadsheetFormError(asked.path)
        return f"NOT(ISBLANK({at}))"

    def _same(self, name: str, node: Call) -> str:
        left, *options = node.arguments
        written = self.of(left)
        tests = [self._equal(written, self.of(o), self._text(left) or self._text(o)) for o in options]
        together = tests[0] if len(tests) == 1 else f"({'+'.join(tests)}>0)"
        return f"NOT({together})" if name == "!=" else together

    def _equal(self, left: str, right: str, text: bool) -> str:
        return f"EXACT({left},{right})" if text else f"(ROUND(({left})-({right}),{DIGITS})=0)"

    def _text(self, node: Node) -> bool:
        if isinstance(node, Constant):
            return node.value.kind == "text"
        if isinstance(node, Name):
            return node.path in self.sheet.texts
        if isinstance(node, Call) and node.function in ("if", "coalesce"):
            return any(self._text(a) for a in node.arguments[node.function == "if" :])
        return False

    # ---------------------------------------------------------------- tables

    def _looked_up(self, node: Lookup) -> str:
        """The value of the first row that fits, rows with the nearer line first; only the last key may be matched by lines."""
        table, last = node.table, node.table.keys[-1]
        if len(table) > MOST_ROWS or any(k.match != "equal" for k in table.keys[:-1]):
            raise NoSpreadsheetFormError(table.title)
        keys, kinds = [self.of(k) for k in node.keys], ["text" if self._text(k) else "number" for k in node.keys]
        lines = [table.lines(place, self._kind(k)) for place, k in enumerate(node.keys)]
        order = list(range(len(table)))
        if last.match != "equal":
            nearest = lines[-1].values.fractions()
            order.sort(key=nearest.__getitem__, reverse=last.match in ("at_least", "above"))
        found = "NA()" if table.otherwise is None else _literal(table.otherwise)
        for row in reversed(order):
            cells = [_literal(line.take([row])) for line in lines]
            tests = [self._equal(k, c, kind == "text") for k, c, kind in zip(keys, cells, kinds, strict=True)]
            if last.match != "equal":
                tests[-1] = f"(ROUND(({keys[-1]})-({cells[-1]}),{DIGITS}){_NEAREST[last.match]}0)"
            found = f"IF({tests[0] if len(tests) == 1 else 'AND(' + ','.join(tests) + ')'},{_literal(table.values.take([row]))},{found})"
        return found

    def _kind(self, node: Node) -> Kind:
        if self._text(node):
            return "text"
        if isinstance(node, Constant):
            return node.value.kind
        return "date" if isinstance(node, Name) and node.path in self.sheet.dates else "number"

    # ---------------------------------------------------------------- lists

    def _over(self, node: Over) -> str:
        """A function over a range of records; it is to be written as an array formula."""
        condition = "TRUE" if node.condition is None else self.of(node.condition)
        if node.function == "count":
            if node.condition is None:
                raise NoSpreadsheetFormError("count without a condition")
            return f"SUM(IF({condition},1,0))"
        if node.inner is None:
            return self._marks(node)
        value = self.of(node.inner)
        if node.function in ("any", "all"):
            hit = f"IF({value},1,0)" if node.function == "any" else f"IF({value},0,1)"
            sure, unsure = f"SUM(IFERROR(IF({condition},{hit},0),0))>0", f"SUM(IF({condition},{hit},0))>0"
            found = f"IF({sure},TRUE,{unsure})"
            return found if node.function == "any" else f"NOT({found})"
        return self._reduced(node.function, f'IF({condition},IFERROR({value},""),"")')

    def _marks(self, node: Over) -> str:
        at = self.sheet.cells.get(node.path)
        if at is None:
            raise NoSpreadsheetFormError(node.path)
        return f"COUNT({at})" if node.function == "count" else self._reduced(node.function, at)

    def _reduced(self, function: str, values: str) -> str:
        """A function over the numbers among *values*; nothing to take a mean, least or greatest of is an error."""
        if function == "sum":
            return f"SUM({values})"
        if function == "product":
            return f"IF(COUNT({values})=0,1,PRODUCT({values}))"
        name = {"mean": "AVERAGE", "median": "MEDIAN", "min": "MIN", "max": "MAX"}.get(function)
        if name is None:
            raise NoSpreadsheetFormError(function)
        return f"IF(COUNT({values})=0,NA(),{name}({values}))"


def _and(a: str, b: str) -> str:
    """False where either is surely false, whatever the other is."""
    return f"IF(NOT(IFERROR({a},TRUE)),FALSE,IF(NOT(IFERROR({b},TRUE)),FALSE,IF({a},{b})))"


def _or(a: str, b: str) -> str:
    """True where either is surely true, whatever the other is."""
    return f"IF(IFERROR({a},FALSE),TRUE,IF(IFERROR({b},FALSE),TRUE,IF({a},TRUE,{b})))"


def _round(value: str, digits: str = "0") -> str:
    return f"ROUND(ROUND({value},{DIGITS + 2}),{digits})"


_CALLS: Mapping[str, Callable[..., str]] = {
    "+": lambda a, b: f"({a}+{b})",
    "-": lambda a, b: f"({a}-({b}))",
    "*": lambda a, b: f"({a}*{b})",
    "/": lambda a, b: f"({a}/({b}))",
    "**": lambda a, b: f"IF(({b})=0,1+0*({a}),POWER({a},{b}))",
    "negative": lambda a: f"(0-{a})",
    "and": _and,
    "or": _or,
    "not": lambda a: f"NOT({a})",
    "min": lambda *a: f"MIN({','.join(a)})",
    "max": lambda *a: f"MAX({','.join(a)})",
    "round": _round,
    "floor": lambda a: f"INT(ROUND({a},{DIGITS}))",
    "ceil": lambda a: f"(0-INT(0-ROUND({a},{DIGITS})))",
    "clip": lambda a, low, high: f"MIN(MAX({a},{low}),{high})",
    "if": lambda c, a, b: f"IF({c},{a},{b})",
    "coalesce": lambda first, *more: first if not more else f"IFERROR({first},{_CALLS['coalesce'](*more)})",
    "mod": lambda a, b: f"({a}-({b})*INT(ROUND({a}/({b}),{DIGITS})))",
}

__all__ = ["DIGITS", "NoSpreadsheetFormError", "Sheet", "spreadsheet"]
