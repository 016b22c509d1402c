"""How much of what reports say is proposed, and how much of what is proposed is right: over the reports of tests/reports.

    python -m benchmarks.extraction [-v]

Each report stands with the facts that it holds for a rubric. A proposal is right where its value is the fact's; of a field for
which no fact stands it is wrong. ``-v`` lists what is wrong and what is missed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scorekit.catalogue import Catalogue, discover
from scorekit.compiling import compile_plan
from scorekit.domain.drafts import CONFIDENCES, Draft
from scorekit.drafting.proposing import drafted
from scorekit.loading.reports import narrative
from scorekit.loading.rubrics import load_rubric

FOLDER = Path(__file__).parents[1] / "tests" / "reports"


class Verdict(NamedTuple):
    """What became of one fact or proposal: right, wrong, missed; how sure the proposal was ("" where there is none)."""

    case: str
    field: str
    what: str
    confidence: str
    told: str


def cases() -> list[Mapping[str, Any]]:
    """The reports with the facts that they hold for a rubric."""
    found: list[Mapping[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


def draft_of(report: Path, rubric: str, catalogue: Catalogue) -> Draft:
    """The draft out of a report for a rubric."""
    plan = compile_plan(load_rubric(rubric, catalogue), catalogue)
    return drafted(plan, narrative(report, catalogue).passages, report.name, "")


def judged(case: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Verdict]:
    """The foremost proposal of each field, held against the facts; the facts for which there is none."""
    draft, name = draft_of(FOLDER / case["report"], case["rubric"], catalogue), f"{case['report']} {case['rubric']}"
    facts = case["facts"]
    for field, proposals in draft.proposals.items():
        first = proposals[0]
        right = (
            field in facts and float(first.value) == facts[field] if not isinstance(first.value, str) else first.value == facts.get(field)
        )
        told = f"{first.title} = {first.value} ({first.shown}); stated: {facts.get(field)}; {list(first.matched)}"
        yield Verdict(name, field, "right" if right else "wrong", first.confidence, told)
    for field in facts:
        if field not in draft.proposals:
            yield Verdict(name, field, "missed", "", f"{facts[field]}")


def verdicts() -> list[Verdict]:
    """Those of all cases."""
    catalogue = discover(third_party=False)
    return [v for case in cases() for v in judged(case, catalogue)]


def main(arguments: list[str]) -> int:
    """Print the figures."""
    found = verdicts()
    facts = sum(len(c["facts"]) for c in cases())
    counts = Counter((v.confidence, v.what) for v in found)
    print(f"{len(cases())} reports with rubrics, {facts} facts")
    for confidence in CONFIDENCES:
        right, wrong = counts[confidence, "right"], counts[confidence, "wrong"]
        share = f"{right / (right + wrong):.1%}" if right + wrong else "-"
        print(f"{confidence:>7}: {right + wrong} proposals, {right} right, {wrong} wrong, precision {share}")
    taken = counts["high", "right"] + counts["medium", "right"]
    print(f"recall: high {counts['high', 'right'] / facts:.1%}, high and medium {taken / facts:.1%}, missed {counts['', 'missed']}")
    if "-v" in arguments:
        for verdict in found:
            if verdict.what != "right" and verdict.confidence != "low":
                print(verdict.case, verdict.confidence or "-", verdict.what, verdict.field, verdict.told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
