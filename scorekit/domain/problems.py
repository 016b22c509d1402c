"""Millions of problems: each message held once, with the units and places at which it holds; a problem is made when it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from scorekit.domain.problem import Problem, Severity
from scorekit.domain.roll import Names
from scorekit.domain.sites import Sites
from scorekit.errors import Text

BLOCK = 1 << 14


class Message(NamedTuple):
    """What is said of all the places at which it holds."""

    severity: Severity
    what: Text
    cure: Text

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for messages that say the same."""
        return self.severity, repr(self.what), repr(self.cure)


class Problems(Sequence[Problem]):
    """Problem *i* is ``messages[message[i]]``, of ``unit[i]`` (empty: of none), at row *i* of ``sites``."""

    __slots__ = ("message", "messages", "sites", "unit")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, messages: Sequence[Message], message: npt.NDArray[np.int32], unit: Names, sites: Sites) -> None:
        self.messages, self.message, self.unit, self.sites = tuple(messages), message, unit, sites

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Problems:
        """From problems one by one; those that are columns already stay as they are."""
        if isinstance(problems, Problems):
            return problems
        listed, known = list(problems), _Messages()
        codes = np.array([known.code(Message(p.severity, p.what, p.cure)) for p in listed], dtype=np.int32)
        sites = Sites.of([(p.file, p.sheet, p.cell, p.field) for p in listed])
        return cls(known.messages, codes, Names.of([p.unit for p in listed]), sites)

    @classmethod
    def saying(cls, severity: Severity, what: Text, cure: Text, unit: Names, sites: Sites) -> Problems:
        """The same of several units, each at its place."""
        return cls((Message(severity, what, cure),), np.zeros(len(unit), dtype=np.int32), unit, sites)

    @classmethod
    def joined(cls, parts: Iterable[Iterable[Problem]]) -> Problems:
        """Problems one under the other."""
        found, known = [p for p in map(cls.of, parts) if len(p)], _Messages()
        if len(found) == 1:
            return found[0]
        codes = [np.array([known.code(m) for m in p.messages], dtype=np.int32)[p.message] for p in found]
        unit, sites = Names.joined([Names.blank(0), *(p.unit for p in found)]), Sites.joined([p.sites for p in found])
        return cls(known.messages, np.concatenate([np.zeros(0, dtype=np.int32), *codes]), unit, sites)

    def __len__(self) -> int:
        return len(self.message)

    @overload
    def __getitem__(self, row: SupportsIndex) -> Problem: ...
    @overload
    def __getitem__(self, row: slice) -> Problems: ...
    def __getitem__(self, row: SupportsIndex | slice) -> Problem | Problems:
        if isinstance(row, slice):
            return self.take(row)
        at = range(len(self))[row]
        return next(iter(self.take(slice(at, at + 1))))

    def __iter__(self) -> Iterator[Problem]:
        for start in range(0, len(self), BLOCK):
            own = slice(start, start + BLOCK)
            sites = self.sites.take(own)
            columns = (self.message[own].tolist(), self.unit[own], sites.place.tolist(), sites.file.tolist(), sites.number.tolist())
            for message, unit, place, file, number in zip(*columns, strict=True):
                spot = sites.places[place]
                severity, what, cure = self.messages[message]
                yield Problem(severity, what, cure, unit, sites.files[file], spot.sheet, *spot.spelt(number))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (Problems, tuple, list)) else NotImplemented

    def __repr__(self) -> str:
        return f"Problems({list(self[:3])}{'…' if len(self) > 3 else ''})"

    def take(self, rows: Any) -> Problems:
        """The problems named by an index, a slice or a truth array."""
        return Problems(self.messages, self.message[rows], self.unit.take(rows), self.sites.take(rows))

    def graded(self, grades: Sequence[str]) -> npt.NDArray[np.int64]:
        """For each problem the place of its severity among *grades*."""
        return np.array([grades.index(m.severity) for m in self.messages] or [0], dtype=np.int64)[self.message]

    def counts(self) -> Counter[str]:
        """How many problems there are of each severity."""
        found: Counter[str] = Counter()
        for message, count in zip(self.messages, np.bincount(self.message, minlength=len(self.messages)).tolist(), strict=True):
            if count:
                found[message.severity] += count
        return found

    def of_no_unit(self) -> npt.NDArray[np.bool_]:
        """Which problems are those of no single unit."""
        return np.asarray(self.unit.lengths == 0)

    def distinct(self) -> Problems:
        """Those of whole tables (without unit and cell) once only, however many batches repeat them."""
        rows = np.flatnonzero(self.of_no_unit() & ~self.sites.celled())
        seen: set[tuple[Any, ...]] = set()
        again = np.zeros(len(self), dtype=bool)
        for row, problem in zip(rows.tolist(), self.take(rows), strict=True):
            said = (problem.severity, repr(problem.what), problem.file, problem.sheet, problem.field)
            again[row] = said in seen
            seen.add(said)
        return self.take(~again) if again.any() else self


class _Messages:
    """Messages in the order in which they are first met, each once."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._known: dict[tuple[str, ...], int] = {}

    def code(self, message: Message) -> int:
        """The number of a message."""
        code = self._known.setdefault(message.key, len(self.messages))
        if code == len(self.messages):
            self.messages.append(message)
        return code
