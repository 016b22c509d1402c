"""A fault in what was submitted, as it is recorded: what, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scorekit.errors import Text

Severity = Literal["error", "warning", "repair"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A recorded fault in what was submitted: what, where and how to mend it; text is worded at the edges."""

    severity: Severity
    what: Text
    cure: Text
    unit: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
