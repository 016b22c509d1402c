"""The exact points of the measured work, held against fractions, and what a comparison says."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import exact, reference, workload
from benchmarks.peers import LINES, VETOES

UNITS = 3_000


@given(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from((60, 70, 80, 90)), st.sampled_from((10, 15, 20)))
def test_a_rate_is_what_fractions_say(n: int, d: int, target: int, deduct: int) -> None:
    [found] = exact.rate(np.array([n]), np.array([d]), target, deduct).tolist()
    lost = max(target - Fraction(100 * n, d), Fraction(0)) * deduct if d else Fraction(300)
    assert found == max(floor(300 - lost + Fraction(1, 2)), 0)


def test_every_cell_equals_the_program_by_hand_but_for_its_floats() -> None:
    for seed in (workload.SEED, workload.OTHER_SEED):
        data, chosen = workload.columns(UNITS, seed), workload.parameters(seed)
        right, floats = exact.score(data, chosen), reference.score(data, chosen)
        rates = slice(workload.BOOL, workload.BOOL + workload.RATIO)
        other = right["points"] != floats["points"]
        assert not np.delete(other, np.s_[rates], axis=0).any()
        assert (np.abs(right["points"][rates] - floats["points"][rates]) <= 1).all()
        assert other.sum() < UNITS / 100


def test_a_comparison_counts_what_differs_and_shows_the_first_cells() -> None:
    data, chosen = workload.columns(UNITS), workload.parameters()
    right = exact.score(data, chosen)
    assert str(exact.compare(right, right, data, chosen)) == "all equal to the exact figures"
    wrong = {name: values.copy() for name, values in right.items()}
    wrong["points"][workload.BOOL, 7] += 1
    wrong["points"][0, 2] += 100
    wrong["rank"][:3] += 1
    found = exact.compare(wrong, right, data, chosen)
    assert str(found) == "differ: 2 points, 0 reasons, 0 totals, 0 levels, 3 ranks"
    assert found.cells[0].startswith("unit 2, basic.b0: ")
    assert f"{data['rates.n0'][7]} of {data['rates.d0'][7]}, target {chosen['target'][0]} %" in found.cells[1]


def test_ranks_are_shared_by_equals_and_nobody_who_is_out_has_one() -> None:
    data, chosen = workload.columns(UNITS), workload.parameters()
    found = exact.score(data, chosen)
    out = np.any([data[v] == 1 for v in VETOES], axis=0)
    assert (found["rank"][out] == 0).all()
    assert (found["level"][out] == 0).all()
    for category in range(len(workload.CATEGORIES)):
        mine = np.flatnonzero((data["category"] == category) & ~out)
        order = mine[np.argsort(found["rank"][mine], kind="stable")]
        assert found["rank"][order[0]] == 1
        assert (np.diff(found["total"][order]) <= 0).all()
    assert found["points"].shape == (len(LINES), UNITS)
