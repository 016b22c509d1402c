"""How the records of a list are scored, as the rubric has it; and what may not stand in a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorekit.compiling.sections import rounding_of, section_spec
from scorekit.domain.rubric import CriterionSpec, FieldSpec, RecordSpec, SectionSpec, Words
from scorekit.errors import RubricError, T

DEEPEST_LISTS = 2
"""How many lists may stand in one another."""

POLICIES = ("missing", "not_applicable")
_OF_RECORDS = ("multiplier", "multiplied_rounding")


def record_spec(
    field: FieldSpec,
    spec: Mapping[str, Any],
    pointer: str,
    stages: Mapping[str, Any],
    criteria: tuple[CriterionSpec, ...],
    sections: tuple[SectionSpec, ...],
) -> RecordSpec:
    """The scoring of one list's records: *spec* is the ``x-criterion`` of its items, *stages* what the rubric rounds.

    What stands in a record is rounded only where it says so itself, so that nothing is rounded twice unasked.
    """
    if spec and not criteria:
        what = T("the records of “{list}” have no criterion to combine", list=field.title)
        raise RubricError(what, pointer, T("give a field of the record x-criterion"))
    if "weights" in spec:
        raise RubricError(T("weights drawn from the data are those of a unit's section"), f"{pointer}/weights", T("write each weight"))
    own = {k: v for k, v in spec.items() if k not in ("cap", "floor", "rounding", *_OF_RECORDS)}
    section = section_spec(field.path, spec.get("title", field.title), {**own, "scale": True}, {}, pointer, "", Words())
    return RecordSpec(
        section=section,
        sections=sections,
        criteria=criteria,
        cap=spec.get("cap"),
        floor=spec.get("floor"),
        multiplier=spec.get("multiplier"),
        rounding=rounding_of(spec.get("rounding", stages.get("record"))),
        multiplied=rounding_of(spec.get("multiplied_rounding")),
    )


def stands_in_record(spec: Mapping[str, Any], pointer: str) -> None:
    """Raise RubricError for a gate, or for what reaches beyond the record that a criterion stands in."""
    if spec.get("kind") == "gate" or "gate" in spec:
        what = T("a gate is asked of a unit and cannot stand in a record")
        raise RubricError(what, pointer, T("write it beside the list, with any() or count() over it"))
    for key in POLICIES:
        if key in spec and is_mean(spec[key]):
            what, cure = T("a record has no group of which a mean could be taken"), T("write another policy")
            raise RubricError(what, f"{pointer}/{key}", cure)
    for key in ("group", "charge_to"):
        if key in spec:
            what = T("“{key}” reaches beyond the record that the criterion stands in", key=key)
            raise RubricError(what, f"{pointer}/{key}", T("say it at the criterion of the list"))


def inherited(policies: Mapping[str, Any]) -> dict[str, Any]:
    """The policies around a list that its records follow: all but means of a group."""
    return {key: value for key, value in policies.items() if not is_mean(value)}


def is_mean(policy: Any) -> bool:
    """Whether a policy, as it is written, takes the mean of a group."""
    return not isinstance(policy, str) or policy.startswith("mean-")


def only_in_records(spec: Mapping[str, Any], pointer: str) -> None:
    """Raise RubricError where a section has what only a record has."""
    for key in _OF_RECORDS:
        if key in spec:
            raise RubricError(T("only a record has “{key}”, not a section", key=key), f"{pointer}/{key}", T("write it under items"))
