"""A draft as JSON: a submission that names its rubric and holds proposals, none of them taken."""

from __future__ import annotations

from typing import Any

from scorekit.plugin import DRAFT, Draft, Drafter, Proposal, T, hookimpl, pretty, say

_NOTE = T(
    "Nothing here is taken until a person says so: “accepted” is null; true takes the value, false refuses it. "
    "What the report does not say goes beside “$schema”, as in any submission."
)


def render(draft: Draft, lang: str) -> bytes:
    """The document; equal drafts give equal bytes."""
    held: dict[str, Any] = {
        "report": draft.report,
        "sha256": draft.report_digest,
        "rubric": {"version": draft.version, "digest": draft.digest},
        "software": draft.software,
        "note": say(_NOTE, lang),
        "proposals": [_proposal(p, lang) | {"accepted": None} for ps in draft.proposals.values() for p in ps],
    }
    if draft.remarks:
        held["remarks"] = [_proposal(p, lang) for p in draft.remarks]
    return pretty({"$schema": draft.rubric, DRAFT: held})


def _proposal(proposal: Proposal, lang: str) -> dict[str, Any]:
    spot = proposal.spot
    numbers = {n: getattr(spot, n) for n in ("paragraph", "page", "line", "table", "row") if getattr(spot, n)}
    found: dict[str, Any] = {
        "field": proposal.field,
        "title": proposal.title,
        "value": proposal.value,
        "confidence": proposal.confidence,
        "text": proposal.shown,
        "sentence": proposal.sentence,
        "place": numbers | {"start": spot.start, "end": spot.end},
        "matched": list(proposal.matched),
    }
    if proposal.cautions:
        found["cautions"] = [say(c, lang) for c in proposal.cautions]
    return found


@hookimpl
def scorekit_drafters() -> list[Drafter]:
    """The writer of JSON drafts."""
    return [Drafter("json", (".json",), render, "A submission with proposals, none of them taken")]
