"""Which of several submissions of one unit is the latest, and what goes with those that are set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scorekit.domain.intake import RawTable
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Origin
from scorekit.loading.register import keys_of
from scorekit.stages.validate.match import Dictionary
from scorekit.stages.validate.numerals import whole

_NUMBERED = re.compile("第([^第]+?)[版稿次]")
_NUMBER = re.compile(r"\d+(?:\.\d+)*|[零〇一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was sent (an ISO date, "" where it is not said), and which version it is; None where that cannot be told."""

    sent: str = ""
    version: tuple[int, ...] | None = None

    @classmethod
    def of(cls, table: RawTable) -> Stamp:
        """What stands beside a table."""
        return cls(table.beside.get("sent", ("", ""))[0], version_of(table.beside.get("version", ("", ""))[0]))

    def later(self, other: Stamp) -> bool:
        """Whether this is known to be later: by the date, or, where the dates do not tell, by the version."""
        if self.sent and other.sent and self.sent != other.sent:
            return self.sent > other.sent
        return self.version is not None and other.version is not None and self.version > other.version


def version_of(text: str) -> tuple[int, ...] | None:
    """The number that a version has, in parts: 第2版, 第十版, V1.10; None where there is none, or more than one."""
    plain = unicodedata.normalize("NFKC", text)
    named = _NUMBERED.search(plain)
    found = _NUMBER.findall(named[1] if named else plain)
    if len(found) != 1:
        return None
    if not found[0][0].isdigit():
        number = whole(found[0])
        return None if number is None else (number,)
    parts = [int(p) for p in found[0].split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)


def latest(stamps: Sequence[Stamp]) -> int:
    """The place of the one that is later than each other one; −1 where that cannot be told."""
    found = (i for i, one in enumerate(stamps) if all(one.later(other) for j, other in enumerate(stamps) if j != i))
    return next(found, -1)


@dataclass(slots=True)
class SetAside:
    """The units (by key) whose submission was set aside, by the file that it stood in."""

    plan: Plan
    known: Dictionary
    units: dict[str, set[str]] = field(default_factory=dict)

    def add(self, file: str, key: str) -> None:
        """Take note of a submission that does not count."""
        self.units.setdefault(file, set()).add(key)

    def without(self, records: Iterable[RawTable], units: Iterable[RawTable]) -> Iterator[RawTable]:
        """Tables of records without those of the submissions set aside; *units* are the tables that count."""
        counting = {t.files[f] for t in units for f in set(t.file)} if self.units else set()
        yield from (self._without(table, counting) for table in records)

    def _without(self, table: RawTable, counting: set[str]) -> RawTable:
        aside: Mapping[str, set[str]] = {f: self.units[f] for f in table.files if f in self.units}
        if not aside:
            return table
        keys = list(keys_of(table, self.plan.base.identity, self.known))
        of = [table.files[f] for f in table.file]
        kept = [
            row
            for row, (key, file) in enumerate(zip(keys, of, strict=True))
            if file not in aside or (key not in aside[file] if key else file in counting)
        ]
        return table if len(kept) == len(table) else some(table, kept)


def some(table: RawTable, rows: Sequence[int]) -> RawTable:
    """Some rows of a table."""
    chosen, back = list(rows), {row: place for place, row in enumerate(rows)}
    columns = {h: c[chosen] if isinstance(c, np.ndarray) else [c[r] for r in chosen] for h, c in table.columns.items()}
    elsewhere: dict[str, dict[int, Origin]] = {}
    for name, found in table.elsewhere.items():
        elsewhere[name] = {back[r]: o for r, o in found.items() if r in back}
    sent = None if table.sent is None else [table.sent[r] for r in chosen]
    file, row = [int(table.file[r]) for r in chosen], [int(table.row[r]) for r in chosen]
    return replace(table, columns=columns, file=file, row=row, elsewhere=elsewhere, sent=sent)
