"""What follows from a plan alone is found once, however many batches ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Thing = TypeVar("Thing")
More = ParamSpec("More")
Found = TypeVar("Found")
MOST = 64
"""Results that are kept; no more than so many plans or fields stay in memory for it."""


class _Own:
    """A thing as the key of a cache: that very one, whatever is equal to it, hashable or not."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Own) and self.it is other.it


def remembered(make: Callable[Concatenate[Thing, More], Found]) -> Callable[Concatenate[Thing, More], Found]:
    """*make*, its last results kept by its first argument (the very one) and the others (by their values).

    Nobody changes what is found, and the first argument never changes.
    """

    @lru_cache(maxsize=MOST)
    def kept(own: _Own, *more: Any, **named: Any) -> Found:
        return make(own.it, *more, **named)

    @wraps(make)
    def found(thing: Thing, /, *more: More.args, **named: More.kwargs) -> Found:
        return kept(_Own(thing), *more, **named)  # type: ignore[arg-type]

    return found
