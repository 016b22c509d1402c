"""What scorekit can explain to the person who ran it, and the text it is explained in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping


@dataclass(frozen=True)
class Text:
    """A message that is worded only at the edges: an English template and its parameters.

    ``template`` is the gettext msgid; parameters may themselves be texts or (zh, en) mappings.
    """

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)


def T(template: str, /, **params: Any) -> Text:
    """Mark *template* for translation and bind its parameters."""
    return Text(template, params)


class ScorekitError(Exception):
    """A fault that the person at the keyboard can mend: what is wrong, where, and what to do."""

    def __init__(self, what: Text, where: str = "", cure: Text | None = None) -> None:
        super().__init__(what.template.format_map(_Lenient(what.params)))
        self.what = what
        self.where = where
        self.cure = cure


class RubricError(ScorekitError):
    """A rubric cannot be used; ``where`` is the file and a JSON pointer."""


class PluginError(ScorekitError):
    """A plugin broke its contract; the text names the plugin and, where known, rule and criterion."""


class InputError(ScorekitError):
    """A file or folder that was named cannot be read at all."""


class OutputError(ScorekitError):
    """A result could not be written; the old set is still whole."""


class _Lenient(dict[str, Any]):
    """Parameters for the plain text of an exception: a missing one stays as its name."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
