"""What rankings went by, for every unit in the order of the submissions."""

from __future__ import annotations

from scorekit.domain.placings import ranked_by
from tests.building import NUMBER, TEXT, criterion, outcome_of


def test_figure_and_groups_of_every_unit_whatever_its_category() -> None:
    shape = {"a": criterion("mark", 100), "n": NUMBER, "area": TEXT}
    found = outcome_of(
        shape,
        {"category": ["乙", "甲", "乙"], "a": [50, 60, 70], "n": [1, 2, None], "area": ["东", "西", None]},
        categories=["甲", "乙"],
        variants={"乙": {"criteria": {"a": {"points": 80}}}},
        rankings={"x": {"by": "rate(a) * 100 + n", "within": ["area"]}},
    )
    figure, [area] = ranked_by(found, found.plan.tracks[0].rankings[1])
    assert figure.listed()[1:] == [62, None]
    assert area.listed() == ["东", "西", None]
