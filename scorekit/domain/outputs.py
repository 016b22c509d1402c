"""What exporters are given and give: the whole outcome of a run, and the files made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scorekit.domain.deciding import Notice
from scorekit.domain.plan import Plan
from scorekit.domain.register import Recusal, Register
from scorekit.domain.tables import Problem, ScoreSheet, Standings, Submissions


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run found: the plan that was applied, what was read, every cell's points, the standings, the problems.

    Rows of ``submissions``, ``sheet`` and ``standings`` are the same units in the same order. ``recusals`` say which rater
    gives no mark to which unit.
    """

    plan: Plan
    notice: Notice | None
    submissions: Submissions
    sheet: ScoreSheet
    standings: Standings
    problems: Sequence[Problem]
    population: Mapping[str, Any] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)
    lang: str = "zh"
    register: Register | None = None
    recusals: Sequence[Recusal] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """A named writer of result files; ``formats`` are the values of ``--format`` for which it runs.

    ``write`` writes into a staging folder and returns the names of the files it made there.
    """

    name: str
    formats: tuple[str, ...]
    write: Callable[[Outcome, Path], Sequence[str]]
    summary: str = ""
    plugin: str = field(default="", compare=False)
