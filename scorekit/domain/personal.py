"""Personal information: which fields a rubric marks, and texts about them that do not repeat what stands there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from scorekit.domain.rubric import FieldSpec, with_items
from scorekit.errors import T, Text

HIDDEN = T("personal data, not shown")
_INNER = re.compile(r"\[\d+\]|@.*")


def marked(fields: Collection[FieldSpec]) -> frozenset[str]:
    """The paths of the marked fields, those of records included; of a marked list all that its records hold."""
    found: set[str] = set()
    for spec in with_items(fields):
        if spec.personal or any(spec.path.startswith(f"{path}.") for path in found):
            found.add(spec.path)
    return frozenset(found)


def touched(fields: Collection[FieldSpec]) -> frozenset[str]:
    """The marked fields, and the lists whose records hold some."""
    hidden = marked(fields)
    return hidden | {path.rpartition(".")[0] for path in hidden} & {f.path for f in with_items(fields) if f.kind == "records"}


def field_path(name: str) -> str:
    """The path of the field that ``honours[0].name`` or ``talk@rater`` belongs to."""
    return _INNER.sub("", name)


class Veils:
    """What may be said of each marked field: its own words; any other value in a message about it is not repeated."""

    def __init__(self, fields: Sequence[FieldSpec]) -> None:
        self._known: dict[str, frozenset[str]] = {}
        hidden, quoting = marked(fields), touched(fields)
        for spec in with_items(fields):
            within = [f for f in with_items(spec.items) if f.path in hidden]
            if spec.path in quoting or within:
                self._known[spec.path] = frozenset(word for f in (spec, *within) for word in _words(f))

    def __bool__(self) -> bool:
        return bool(self._known)

    def over(self, path: str, text: Text) -> Text:
        """A message about the field *path* without what was submitted there."""
        known = self._known.get(field_path(path)) if self._known else None
        return text if known is None else _veiled(text, known)


def _words(spec: FieldSpec) -> Iterable[str]:
    """What the rubric itself says of a field."""
    yield from (spec.path, spec.path.rpartition(".")[2], spec.title, spec.unit, *spec.aliases, *spec.blank, *spec.not_applicable)
    yield from _leaves(spec.schema)


def _leaves(node: Any) -> Iterable[str]:
    if isinstance(node, Mapping):
        for child in node.values():
            yield from _leaves(child)
    elif isinstance(node, (list, tuple)):
        for child in node:
            yield from _leaves(child)
    else:
        yield str(node)


def _veiled(text: Text, known: frozenset[str]) -> Text:
    return Text(text.template, {name: _param(value, known) for name, value in text.params.items()})


def _param(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, Text):
        return _veiled(value, known)
    if isinstance(value, (list, tuple)):
        return [_param(child, known) for child in value]
    if isinstance(value, Mapping) or value is None or str(value) in known:
        return value
    return HIDDEN
