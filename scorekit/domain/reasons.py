"""The words of codes: why a cell has its points, what a unit's status means."""

from __future__ import annotations

from collections.abc import Mapping

from scorekit.domain.rubric import CriterionSpec
from scorekit.domain.tables import Reason
from scorekit.errors import T, Text

REASON_WORDS: Mapping[Reason, Text] = {
    Reason.NOT_PART: T("no part of this unit's standard"),
    Reason.NOT_APPLICABLE: T("not applicable"),
    Reason.MISSING: T("not submitted"),
    Reason.DIVIDED_BY_ZERO: T("the divisor is 0, so there is no figure"),
    Reason.OUT_OF_DOMAIN: T("outside the range for which the formula has a figure"),
    Reason.TOO_FEW: T("too few marks"),
    Reason.INVALID: T("invalid, to be corrected"),
    Reason.ERROR: T("the rule failed"),
    Reason.FULL: T("full marks"),
    Reason.PART: T("part of the full marks"),
    Reason.ZERO: T("no points earned"),
    Reason.CAPPED: T("limited by a cap"),
    Reason.EMPTIED: T("emptied by its zero condition"),
    Reason.MISSING_AS_ZERO: T("not submitted, counted as 0"),
    Reason.NO_FIGURE_AS_ZERO: T("no figure from what was submitted, counted as 0"),
    Reason.NOT_APPLICABLE_FULL: T("not applicable, full marks given"),
    Reason.MISSING_AS_MEAN: T("not submitted, the group's mean taken"),
    Reason.NOT_APPLICABLE_MEAN: T("not applicable, the group's mean taken"),
    Reason.BELOW_ZERO: T("below zero"),
    Reason.ADDED: T("points added"),
    Reason.TAKEN: T("points taken away"),
    Reason.NONE: T("nothing to add or take away"),
    Reason.GATE_CLEAR: T("the gate did not fire"),
    Reason.GATE_FIRED: T("the gate fired"),
    Reason.GATE_OPEN: T("the gate cannot be decided"),
    Reason.ZEROED: T("zeroed by a gate"),
}

_EARNED = {Reason.ADDED: T("points earned"), Reason.NONE: REASON_WORDS[Reason.ZERO], Reason.TAKEN: REASON_WORDS[Reason.BELOW_ZERO]}
"""An item of the base without full marks earns its points; it adds nothing beside the base."""

STATUS_WORDS: Mapping[str, Text] = {
    "ranked": T("ranked"),
    "not awarded": T("not awarded"),
    "not ranked": T("not ranked"),
    "incomplete": T("incomplete"),
    "invalid": T("invalid"),
}

SEVERITY_WORDS: Mapping[str, Text] = {"error": T("error"), "warning": T("warning"), "repair": T("repair")}
NOTED_WORDS: Mapping[str, Text] = {**SEVERITY_WORDS, "repair": T("remark")}
"""The same where nothing was submitted and so nothing is mended: of a standard the slightest finding is only worth a look."""


def reason_words(reason: int, spec: CriterionSpec) -> Text:
    """Why a criterion has its points, in words."""
    code = Reason(reason)
    return _EARNED.get(code, REASON_WORDS[code]) if spec.kind == "base" else REASON_WORDS[code]


def reason_code(reason: int) -> str:
    """The name of a reason as files spell it: ``missing-as-zero``."""
    return Reason(reason).name.lower().replace("_", "-")
