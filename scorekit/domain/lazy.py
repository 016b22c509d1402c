"""A table of columns of which each is put together only when someone asks for it, whole or some of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

import numpy as np
import numpy.typing as npt

V = TypeVar("V")
W_co = TypeVar("W_co", covariant=True)
Index = npt.NDArray[np.int64] | slice
PART = 64_000
"""Rows that are looked at together where no column is to be made whole: those of a batch, so that each is read by itself."""


def index_of(rows: Any, size: int) -> Index:
    """What names some of *size* rows (a slice, an index, an array of truths) as an index, or as a slice of them where it is one."""
    if isinstance(rows, slice) and rows.step in (None, 1):
        start, stop, _ = rows.indices(size)
        return slice(start, max(start, stop))
    found: npt.NDArray[np.int64] = np.arange(size)[rows]
    return found


def count_of(index: Index) -> int:
    """How many rows an index or a slice of rows has."""
    return index.stop - (index.start or 0) if isinstance(index, slice) else len(index)


class Shape(NamedTuple):
    """The kind of one column: its type, the kind of its values and their unit, a panel's raters and their roles, the fields of records."""

    type: str
    kind: str
    unit: str
    raters: tuple[str, ...]
    roles: tuple[str, ...]
    columns: tuple[tuple[str, Shape], ...]


Shapes = frozenset[Shape]
"""The kinds of column that a source gives; several where its parts differ."""


class Source(Protocol[W_co]):
    """Where a column comes from."""

    def read(self, rows: Index | None = None) -> W_co:
        """The whole column, or the rows of an index or a slice."""

    def shapes(self) -> Shapes:
        """Of what kinds the whole column is: some rows are given the look that the whole has."""


def rows_of(column: V, rows: Index | None) -> V:
    """Some rows of a column of any kind (an array, or what has ``take``); a constant of one row stands for any."""
    if rows is None:
        return column
    found: Any = column
    if hasattr(found, "spread") and len(found) == 1:
        return cast("V", found.spread(count_of(rows)))
    return cast("V", found[rows] if isinstance(found, np.ndarray) else found.take(rows))


def shape_of(column: object) -> Shape:
    """The kind of one column of any kind."""
    inner = getattr(column, "columns", {})
    raters, roles = getattr(column, "raters", ()), getattr(column, "roles", ())
    measured: Any = next(iter(getattr(column, "marks", ())), column)
    kind, unit = getattr(column, "kind", ""), getattr(measured, "unit", None) or ""
    return Shape(type(column).__name__, kind, unit, raters, roles, tuple((n, shape_of(inner[n])) for n in sorted(inner)))


class Later(Generic[V]):
    """A column to be made whole when it is asked for."""

    def __init__(self, make: Callable[[], V]) -> None:
        self.make = make

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        return rows_of(self.make(), rows)

    def shapes(self) -> Shapes:
        """The kind of the column, which is made for it."""
        return frozenset((shape_of(self.make()),))


class Made(Generic[V]):
    """A column that is there."""

    def __init__(self, column: V) -> None:
        self.column = column

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        return rows_of(self.column, rows)

    def shapes(self) -> Shapes:
        """The kind of the column."""
        return frozenset((shape_of(self.column),))


class Changed(Generic[V]):
    """A column changed row by row when it is asked for."""

    def __init__(self, source: Source[V], change: Callable[[V], V]) -> None:
        self.source, self.change = source, change

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        return self.change(self.source.read(rows))

    def shapes(self) -> Shapes:
        """The kinds of what nobody's rows are changed to."""
        return frozenset((shape_of(self.read(slice(0, 0))),)) if len(self.source.shapes()) == 1 else frozenset((shape_of(self.read()),))


class Marked(Generic[V]):
    """A column changed in some rows when it is asked for; *marks* has one truth a row."""

    def __init__(self, source: Source[V], marks: npt.NDArray[np.bool_], change: Callable[[V, npt.NDArray[np.bool_]], V]) -> None:
        self.source, self.marks, self.change = source, marks, change

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        return self.change(self.source.read(rows), self.marks if rows is None else self.marks[rows])

    def shapes(self) -> Shapes:
        """The kinds of the column, which no change of rows changes."""
        return self.source.shapes()


class Taken(Generic[V]):
    """Some rows of a column, in the order of their index."""

    def __init__(self, source: Source[V], index: Index) -> None:
        self.source, self.index = source, index

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        if rows is None:
            return self.source.read(self.index)
        if isinstance(self.index, slice):
            start = self.index.start or 0
            inner: Index = slice(start + (rows.start or 0), start + rows.stop) if isinstance(rows, slice) else rows + start
            return self.source.read(inner)
        return self.source.read(self.index[rows])

    def shapes(self) -> Shapes:
        """The kinds of the column they are taken from."""
        return self.source.shapes()


Stack = Callable[[list[V | None], list[int], Shapes], V]


class Stacked(Generic[V]):
    """Columns one under the other, of which only those are made that hold rows asked for.

    ``stack`` puts columns of the given sizes together in the look of all *shapes*; a part without the column is None.
    """

    def __init__(self, parts: Sequence[Source[V] | None], sizes: Sequence[int], stack: Stack[V]) -> None:
        self.parts, self.sizes, self.together = parts, sizes, stack
        self.bounds = np.cumsum([0, *sizes])
        self._shapes: Shapes = frozenset()

    def stack(self, found: list[V | None], sizes: list[int]) -> V:
        """Columns one under the other as the whole is."""
        return self.together(found, sizes, self.shapes())

    def shapes(self) -> Shapes:
        """The kinds of all parts together."""
        if not self._shapes:
            self._shapes = frozenset[Shape]().union(*(p.shapes() for p in self.parts if p is not None))
        return self._shapes

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        if rows is None:
            return self.stack([None if p is None else p.read() for p in self.parts], list(self.sizes))
        if isinstance(rows, slice):
            return self._cut(rows.start or 0, rows.stop)
        if len(rows) < 2 or bool((rows[1:] >= rows[:-1]).all()):
            return self._ordered(rows)
        order = np.argsort(rows, kind="stable")
        back = np.empty(len(rows), dtype=np.int64)
        back[order] = np.arange(len(rows))
        return rows_of(self._ordered(rows[order]), back)

    def _cut(self, start: int, stop: int) -> V:
        """The rows from *start* to before *stop*."""
        first = max(int(np.searchsorted(self.bounds, start, side="right")) - 1, 0)
        found: list[V | None] = []
        sizes = []
        for place in range(min(first, len(self.parts) - 1), len(self.parts)):
            low, high = int(self.bounds[place]), int(self.bounds[place + 1])
            if low >= stop and found:
                break
            inner = slice(max(start - low, 0), max(min(stop, high) - low, 0))
            part = self.parts[place]
            whole = inner.start == 0 and inner.stop == self.sizes[place]
            found.append(None if part is None else part.read() if whole else part.read(inner))
            sizes.append(inner.stop - inner.start)
        return self._together(found, sizes)

    def _ordered(self, rows: npt.NDArray[np.int64]) -> V:
        """Rows in rising order."""
        edges = np.searchsorted(rows, self.bounds)
        found: list[V | None] = []
        sizes = []
        for place in np.flatnonzero(np.diff(edges)).tolist():
            inner = rows[edges[place] : edges[place + 1]] - self.bounds[place]
            part = self.parts[place]
            found.append(None if part is None else part.read(inner))
            sizes.append(len(inner))
        if not found:
            return self._cut(0, 0)
        return self._together(found, sizes)

    def _together(self, found: list[V | None], sizes: list[int]) -> V:
        """What was found, stacked as the whole would be: where all parts lack the column, by the look of one that has it."""
        if any(f is not None for f in found):
            return self.stack(found, sizes)
        model = next(p for p in self.parts if p is not None)
        return self.stack([model.read(slice(0, 0)), *found], [0, *sizes])


class Columns(Mapping[str, V], Generic[V]):
    """Columns by name; those still to be made are made once, at their first reading.

    ``source`` gives one without keeping it, so that some of its rows can be had without the rest.
    """

    def __init__(self, made: Mapping[str, V], awaited: Mapping[str, Source[V]] | None = None) -> None:
        self._made = dict(made)
        self._awaited = {} if awaited is None else dict(awaited)

    def __getitem__(self, name: str) -> V:
        if name not in self._made and name in self._awaited:
            self._made[name] = self._awaited[name].read()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._awaited
        yield from (name for name in tuple(self._made) if name not in self._awaited)  # another thread may be making one

    def __len__(self) -> int:
        return len({*tuple(self._made), *self._awaited})

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._awaited

    def __reduce__(self) -> tuple[Any, ...]:
        return Columns, (dict(self),)

    def update(self, more: Mapping[str, V]) -> None:
        """Put columns in, each at its name."""
        self._made.update(more)

    def having(self, more: Mapping[str, V]) -> Columns[V]:
        """With more columns, or others in their place; nothing is made for it."""
        awaited = {name: self._heir(name) for name in self._awaited if name not in more}
        return Columns({**{n: c for n, c in self._made.copy().items() if n not in self._awaited}, **more}, awaited)

    def mapped(self, change: Callable[[V], V]) -> Columns[V]:
        """Every column changed, when it is asked for; the change is row by row."""
        return Columns({}, {name: Changed(self._heir(name), change) for name in self})

    def marked(self, marks: npt.NDArray[np.bool_], change: Callable[[V, npt.NDArray[np.bool_]], V]) -> Columns[V]:
        """Every column changed where *marks* (one truth a row) are set, when it is asked for."""
        return Columns({}, {name: Marked(self._heir(name), marks, change) for name in self})

    def parted(self, size: int, most: int = PART) -> Iterator[tuple[slice, Columns[V]]]:
        """The columns of *size* rows in runs of at most *most*, each with the rows it holds; nothing is kept whole."""
        for start in range(0, size, most):
            rows = slice(start, min(start + most, size))
            yield rows, self.taken(rows)

    def beside(self, others: Columns[V]) -> Columns[V]:
        """With the columns of another table, or those in place of their like; nothing is made for it."""
        return Columns({}, {name: others._heir(name) if name in others else self._heir(name) for name in self})

    def only(self, names: Iterable[str]) -> Columns[V]:
        """Some of the columns."""
        return Columns({}, {name: self._heir(name) for name in names if name in self})

    def taken(self, rows: Index) -> Columns[V]:
        """The rows of an index or a slice of every column, when it is asked for; no column is made whole for it."""
        return Columns({}, {name: Taken(self._heir(name), rows) for name in self})

    def source(self, name: str) -> Source[V]:
        """One column as it is now: there, or still awaited."""
        return Made(self._made[name]) if name in self._made else self._awaited[name]

    def _heir(self, name: str) -> Source[V]:
        """One column for a table made from this one: what this one makes whole is not made again for it."""
        return Made(self._made[name]) if name in self._made else _Shared(self, name)


class _Shared(Generic[V]):
    """A column of another table; whole it is made there once and kept, some of its rows are not kept."""

    def __init__(self, table: Columns[V], name: str) -> None:
        self.table, self.name = table, name

    def read(self, rows: Index | None = None) -> V:
        """The whole column, or some of its rows."""
        return self.table[self.name] if rows is None else self.table.source(self.name).read(rows)

    def shapes(self) -> Shapes:
        """The kinds that the other table's column has."""
        return self.table.source(self.name).shapes()


def columns(table: Mapping[str, V]) -> Columns[V]:
    """A table as one whose columns may be made later."""
    return table if isinstance(table, Columns) else Columns(table)


def passing(table: Mapping[str, V], name: str) -> V:
    """One column of a table for once: where it is still to be made, it is not kept. Raises KeyError."""
    return columns(table).source(name).read()
