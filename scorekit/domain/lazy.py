"""A table of columns of which each is put together only when someone asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class Columns(Mapping[str, V], Generic[V]):
    """Columns by name; those still to be made are made once, at their first reading."""

    def __init__(self, made: Mapping[str, V], awaited: Mapping[str, Callable[[], V]] | None = None) -> None:
        self._made = dict(made)
        self._awaited = {} if awaited is None else dict(awaited)

    def __getitem__(self, name: str) -> V:
        if name not in self._made and name in self._awaited:
            self._made[name] = self._awaited[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._awaited
        yield from (name for name in self._made if name not in self._awaited)

    def __len__(self) -> int:
        return len(self._made.keys() | self._awaited.keys())

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._awaited

    def update(self, more: Mapping[str, V]) -> None:
        """Put columns in, each at its name."""
        self._made.update(more)

    def having(self, more: Mapping[str, V]) -> Columns[V]:
        """With more columns, or others in their place; nothing is made for it."""
        awaited = {name: self._later(name) for name in self._awaited if name not in more}
        return Columns({**{n: c for n, c in self._made.items() if n not in self._awaited}, **more}, awaited)

    def mapped(self, change: Callable[[V], V]) -> Columns[V]:
        """Every column changed, when it is asked for."""
        return Columns({}, {name: self._changed(name, change) for name in self})

    def _later(self, name: str) -> Callable[[], V]:
        return lambda: self[name]

    def _changed(self, name: str, change: Callable[[V], V]) -> Callable[[], V]:
        return lambda: change(self[name])


def columns(table: Mapping[str, V]) -> Columns[V]:
    """A table as one whose columns may be made later."""
    return table if isinstance(table, Columns) else Columns(table)
