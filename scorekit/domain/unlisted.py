"""Keys for which a lookup table has no row: which units asked for them, and what they asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from scorekit.domain.column import Column
from scorekit.domain.formula import Lookup, Node, Over, Scope, elements, evaluate, names, parts
from scorekit.domain.lookups import LookupTable
from scorekit.domain.marks import Panel, Records
from scorekit.domain.printing import shown


class Unlisted(NamedTuple):
    """One unit's key without a row; ``reads`` are the fields that the key was made of."""

    row: int
    table: LookupTable
    key: str
    reads: tuple[str, ...]


def unlisted(node: Node, scope: Scope, rows: Any, size: int) -> Iterator[Unlisted]:
    """Of the units marked in *rows* (a truth array) those for which a table read by a formula has no row."""
    if isinstance(node, Lookup) and node.table.otherwise is None:
        yield from _without_row(node, scope, rows, size)
    if not isinstance(node, Over):
        for part in parts(node):
            yield from unlisted(part, scope, rows, size)
        return
    if node.number is not None:
        yield from unlisted(node.number, scope, rows, size)
    found = elements(node, scope)
    if isinstance(found, Panel):
        found = found.listed()
    if isinstance(found, Records):
        yield from _of_records(node, found, scope, rows)


def _of_records(node: Over, records: Records, scope: Scope, rows: Any) -> Iterator[Unlisted]:
    """The same within a list, but not for records that its condition leaves out."""
    inner, count, owners = scope.within(node.path, records), int(records.offsets[-1]), records.owners
    asked = rows[owners]
    if node.condition is not None:
        yield from (u._replace(row=int(owners[u.row])) for u in unlisted(node.condition, inner, asked, count))
        counted = evaluate(node.condition, inner).spread(count)
        asked = asked & np.asarray(counted.values, dtype=bool) & ~counted.masked
    if node.inner is not None:
        yield from (u._replace(row=int(owners[u.row])) for u in unlisted(node.inner, inner, asked, count))


def _without_row(node: Lookup, scope: Scope, rows: Any, size: int) -> Iterator[Unlisted]:
    keys = [evaluate(k, scope).spread(size) for k in node.keys]
    none = (node.table.rows(keys) < 0) & rows
    for key in keys:
        none = none & ~key.masked
    reads = tuple(sorted(set().union(*(names(k) for k in node.keys))))
    for row in np.flatnonzero(none).tolist():
        yield Unlisted(row, node.table, "、".join(_shown(k, row) for k in keys), reads)


def _shown(column: Column, row: int) -> str:
    return shown(column.take([row]), truths=("否", "是"))[0]
