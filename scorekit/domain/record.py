"""The run record: all that is needed to recompute a result, and nothing that differs between two equal runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorekit.domain.documents import digest
from scorekit.domain.listing import full_marks, layouts, score_lines, unit_tracks
from scorekit.domain.outputs import Outcome
from scorekit.domain.problems import Problems
from scorekit.domain.reasons import REASON_WORDS, reason_code
from scorekit.domain.rubric import Rubric
from scorekit.domain.tables import STATUSES, Reason, outcome_of
from scorekit.domain.ties import draws
from scorekit.words import LANGUAGES, say

VERSION = 1
SEVERITIES = ("error", "warning", "repair")


def record(
    outcome: Outcome, *, inputs: Mapping[str, str], plugins: Mapping[str, str], software: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    """The record of a run but for the digests of its files, which are known last."""
    run = outcome.run
    rubric = outcome.plan.rubric
    own = ("inputs", "options", "plugins")
    return {
        "record": VERSION,
        "software": software,
        "rubric": {
            "id": rubric.id,
            "version": rubric.version,
            "title": rubric.title,
            "digest": digest(rubric.document),
            **_base(rubric),
            **_table_files(rubric.frame.get("tables", {})),
        },
        "notice": None if outcome.notice is None else {"digest": digest(outcome.notice.document), "document": outcome.notice.document},
        "inputs": _sorted({**inputs, **run.get("inputs", {})}),
        "plugins": _sorted({**plugins, **outcome.plan.plugins, **run.get("plugins", {})}),
        "options": _sorted({"lang": outcome.lang, **options, **run.get("options", {})}),
        "population": outcome.population,
        "counts": counts(outcome),
        "tracks": [list(track.categories) for track in outcome.plan.tracks],
        "criteria": criteria(outcome),
        "reasons": reasons(),
        "columns": layouts(outcome.submissions),
        "draws": draws(outcome.standings.partings, outcome.standings.unit, outcome.submissions.key),
        **{name: value for name, value in run.items() if name not in own},
    }


def _table_files(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The files that lookup tables came from, with their digests; nothing where there is none."""
    found = {name: {"file": t["file"], "digest": t["digest"]} for name, t in tables.items() if "digest" in t}
    return {"tables": found} if found else {}


def counts(outcome: Outcome) -> dict[str, Any]:
    """How many units there are, how many of each status, how many problems of each severity."""
    status, severity = outcome.standings.status.counts(), Problems.of(outcome.problems).counts()
    by_status = {s.replace(" ", "_"): status[s] for s in STATUSES}
    return {"units": len(outcome.standings), **by_status, "problems": {s: severity[s] for s in SEVERITIES}}


def criteria(outcome: Outcome) -> dict[str, dict[str, Any]]:
    """The lines of the score sheet: number, title, digits, and by category what it reads and its full marks ("" where there are none).

    Where a category's full marks differ from unit to unit they are null here.
    """
    tracks, follows = outcome.plan.tracks, unit_tracks(outcome)
    found: dict[str, dict[str, Any]] = {}
    for line in score_lines(outcome):
        marks = full_marks(outcome, line, follows)
        full = {c: marks[i] for i, t in enumerate(tracks) if line.specs[i] is not None for c in t.categories or ("",)}
        reads = {c: list(line.reads[i]) for i, t in enumerate(tracks) if line.specs[i] is not None for c in t.categories or ("",)}
        item = {"no": line.spec.no, "title": line.spec.title, "decimals": line.decimals, "reads": reads}
        found[line.id] = item if line.gate else {**item, "full": full}
    return found


def reasons() -> dict[str, dict[str, Any]]:
    """The code table: number, outcome and text of every reason."""
    return {
        reason_code(r): {"number": int(r), "outcome": outcome_of(r), **{lang: say(REASON_WORDS[r], lang) for lang in LANGUAGES}}
        for r in Reason
    }


def _base(rubric: Rubric) -> dict[str, Any]:
    """What a lower level's rubric rests on: id, version and digest of its base, and what it changed there."""
    return {"based_on": rubric.frame["based_on"]} if "based_on" in rubric.frame else {}


def _sorted(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(mapping.items()))
