"""What the sheets of raters say beside their marks, gathered while tables go by: whose they are, and where a mark was left blank."""

from __future__ import annotations

from dataclasses import dataclass, field

from scorekit.domain.register import Recusal
from scorekit.domain.tables import Origin

MOST = 1000
"""Blank marks of one rater in one panel whose places are kept."""


@dataclass(slots=True)
class Ratings:
    """Filled in while the tables of a run are read, and whole once they all are.

    ``recusals`` say which rater belongs to which unit, those of the register first. ``sheets`` has by rater where his first
    sheet begins; ``blanks`` by panel and rater, and by the folded key of a unit, where the mark would stand.
    """

    recusals: list[Recusal] = field(default_factory=list)
    sheets: dict[str, Origin] = field(default_factory=dict)
    blanks: dict[tuple[str, str], dict[str, Origin]] = field(default_factory=dict)

    def blank(self, path: str, rater: str, unit: str, place: Origin) -> None:
        """Note where a mark was left blank; of very many only the first are kept."""
        found = self.blanks.setdefault((path, rater), {})
        if len(found) < MOST:
            found.setdefault(unit, place)
