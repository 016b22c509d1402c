"""What scorekit can explain to the person who ran it, and the text it is explained in."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """A message that is worded only at the edges: an English template and its parameters.

    ``template`` is the gettext msgid; parameters may themselves be texts or (zh, en) mappings.
    """

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The text in plain English, as an exception shows it to a programmer."""
        return self.template.format_map(_Lenient(self.params))


def T(template: str, /, **params: Any) -> Text:
    """Mark *template* for translation and bind its parameters."""
    return Text(template, params)


_OF_THE_SYSTEM = {
    text.template: text
    for text in (
        T("No such file or directory"),
        T("Permission denied"),
        T("Operation not permitted"),
        T("No space left on device"),
        T("Disk quota exceeded"),
        T("Is a directory"),
        T("Not a directory"),
        T("File exists"),
        T("File name too long"),
        T("Read-only file system"),
        T("Device or resource busy"),
        T("Input/output error"),
        T("File too large"),
        T("Too many open files"),
    )
}
"""What operating systems say most often, to be said in the language of the run."""


def reason_of(fault: OSError) -> Text | str:
    """Why the system refused, as a text where it is known, else in the system's own words.

    A library may have put the number into a sentence of its own; then the system's words for the number are taken.
    """
    said = os.strerror(fault.errno) if fault.errno else fault.strerror or str(fault)
    said = said if said in _OF_THE_SYSTEM else fault.strerror or str(fault)
    return _OF_THE_SYSTEM.get(said, said)


def refusal_in(fault: Exception) -> OSError | None:
    """What the system refused, where a library wrapped it: lxml gives only the number's name, as ``IO_ENOSPC``."""
    said = str(fault)
    number = getattr(errno, said.removeprefix("IO_"), None) if said.startswith("IO_E") else None
    if said == "IO_WRITE":  # a write of which no more is known
        number = errno.EIO
    return OSError(number, os.strerror(number), tempfile.gettempdir()) if isinstance(number, int) else None


class ScorekitError(Exception):
    """A fault that the person at the keyboard can mend: what is wrong, where, and what to do."""

    def __init__(self, what: Text, where: str = "", cure: Text | None = None) -> None:
        super().__init__(str(what))
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
