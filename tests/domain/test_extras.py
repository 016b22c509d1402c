"""What bonuses and deductions count for: by item, group, section and in all, plus and minus apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.extras import sides, strays, unscaled
from scorekit.domain.outputs import Outcome
from scorekit.domain.scope import TrackScope
from tests.building import NA, criterion, outcome_of, plain, section, totals

DEDUCTION = {"each": {"deduct": 1}}


def bonuses(names: str, **more: Any) -> dict[str, Any]:
    return {n: criterion("mark", None, kind="bonus", **more) for n in names}


def deductions(names: str, **more: Any) -> dict[str, Any]:
    return {n: criterion(DEDUCTION, None, kind="deduction", **more) for n in names}


def scope_of(found: Outcome) -> TrackScope:
    return TrackScope(found.plan.tracks[0], found.submissions, found.sheet)


def test_of_a_group_only_the_largest_bonus_and_the_heaviest_deduction_count() -> None:
    """同一事由只计最高一次: one matter named by several items counts once on either side."""
    shape = {"b": criterion("mark", 100), **bonuses("pq", group="g"), **deductions("de", group="g"), **bonuses("r")}
    columns = {"b": [50] * 4, "p": [3, 4, 4, NA], "q": [5, 4, 0, 2], "d": [1, 0, 2, 9], "e": [2, 0, 2, 1], "r": [1] * 4}
    found = outcome_of(shape, columns, caps={"groups": {"g": {"take": "largest"}}})
    assert totals(found, "bonus") == [6, 5, 5, 3]
    assert totals(found, "deduction") == [2, 0, 2, 9]
    plus, _ = sides(found.plan.tracks[0], scope_of(found))
    assert [plain(plus.counted[n]) for n in "pqr"] == [[0, 4, 4, 0], [5, 0, 0, 2], [1] * 4]
    assert plain(plus.earned["p"]) == [3, 4, 4, 0]


def test_what_a_cap_cuts_and_which_of_equal_ones_counts_goes_by_the_printed_order_whatever_is_scored_first() -> None:
    """p is scored in a later pass than q, since it reads a mean of all units, and is printed before it."""
    items = {"b": criterion("mark", 100), **bonuses("p", missing="mean-values"), **bonuses("q")}
    columns = {"s.b": [50], "s.p": [Fraction(3, 8)], "s.q": [Fraction(3, 4)]}
    found = outcome_of(
        {"s": section(items, bonus_cap=1)}, columns, caps={"bonus": {"take": "largest"}}, rounding={"criterion": {"decimals": 3}}
    )
    assert [c.spec.path for c in found.plan.tracks[0].criteria] == ["s.b", "s.q", "s.p"]
    plus, _ = sides(found.plan.tracks[0], scope_of(found))
    assert [plus.counted[n].listed() for n in ("s.p", "s.q")] == [[0], [Fraction(5, 8)]]
    tied = {"b": criterion("mark", 100), **bonuses("p", group="g", missing="mean-values"), **bonuses("q", group="g")}
    found = outcome_of(tied, {"b": [50], "p": [2], "q": [2]}, caps={"groups": {"g": {"take": "largest"}}})
    plus, _ = sides(found.plan.tracks[0], scope_of(found))
    assert [plain(plus.counted[n]) for n in "pq"] == [[2], [0]]


def test_a_group_has_caps_of_its_own_for_plus_and_for_minus() -> None:
    shape = {"b": criterion("mark", 100), **bonuses("pq", group="g"), **deductions("de", group="g")}
    columns = {"b": [50], "p": [4], "q": [4], "d": [4], "e": [4]}
    for group, expected in (
        ({"plus": 5, "minus": 3}, ([5], [3])),
        ({"cap": 6, "minus": 3}, ([6], [3])),
        ({"plus": 5}, ([5], [8])),
        ({"cap": 3, "take": "largest"}, ([3], [3])),
        (7, ([7], [7])),
    ):
        found = outcome_of(shape, columns, caps={"groups": {"g": group}})
        assert (totals(found, "bonus"), totals(found, "deduction")) == expected


def test_of_all_deductions_only_the_heaviest_may_count() -> None:
    """只扣最重一项."""
    shape = {"b": criterion("mark", 100), **deductions("def"), **bonuses("pq")}
    columns = {"b": [50, 50], "d": [3, 1], "e": [5, 1], "f": [4, None], "p": [1, 1], "q": [2, 2]}
    found = outcome_of(shape, columns, caps={"deduction": {"take": "largest"}})
    assert (totals(found, "deduction"), totals(found)) == ([5, None], [48, None])
    found = outcome_of(shape, columns, caps={"deduction": {"take": "largest", "cap": 4}, "bonus": {"take": "largest"}})
    assert (totals(found, "deduction"), totals(found, "bonus")) == ([4, None], [2, None])


def test_a_deduction_charged_to_a_section_in_which_nothing_applies_falls_on_the_total() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10, not_applicable_if="a > 90")}),
        "b": criterion("mark", 10),
        "d": criterion(DEDUCTION, 20, kind="deduction", charge_to="s"),
    }
    found = outcome_of(shape, {"s.a": [8, 99, 8], "b": [5, 5, 5], "d": [3, 3, 0]})
    (spec,) = [c for c in found.plan.criteria if c.path == "d"]
    assert strays(spec, found.sheet).listed() == [False, True, False]
    assert totals(found, "deduction") == [0, 3, 0]
    assert totals(found) == [10, 7, 13]


def test_what_stands_in_no_denominator_and_what_is_charged_are_not_converted_with_the_rest() -> None:
    """10 of 20 apply: 8 of them are 16; the 3 without full marks and the 2 charged stay what they are."""
    inner = {"a": criterion("mark", 10), "b": criterion("mark", 10), "u": criterion("mark", None)}
    shape = {"s": section(inner), "d": criterion(DEDUCTION, 9, kind="deduction", charge_to="s")}
    columns = {"s.a": [8, 8], "s.b": [NA, 5], "s.u": [3, 3], "d": [2, 2]}
    found = outcome_of(shape, columns)
    assert plain(found.sheet.sections["s"]) == [9, 14]
    assert totals(found) == [17, 14]
    assert plain(unscaled(found.plan.tracks[0].sections[-1], scope_of(found))) == [1, 1]
    scaled = outcome_of({**shape, "s": section(inner, scale=True)}, columns)
    assert plain(scaled.sheet.sections["s"]) == [17, 14]
    assert totals(scaled) == [17, 14]


def test_on_another_scale_what_stands_aside_is_converted_too() -> None:
    inner = {"a": criterion("mark", 10), "b": criterion("mark", 10)}
    shape = {"s": section(inner, scale_to=10), "t": criterion("mark", 10), "d": criterion(DEDUCTION, 9, kind="deduction", charge_to="s")}
    found = outcome_of(shape, {"s.a": [8], "s.b": [8], "t": [NA], "d": [2]})
    assert plain(found.sheet.workings["aside:s"]) == [-1]
    assert totals(found) == [8 * 2 - 1]


AMOUNTS = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(AMOUNTS, AMOUNTS, st.integers(0, 12), st.integers(0, 12), st.integers(0, 20), st.booleans())
def test_the_order_is_item_group_section_and_all_as_a_plain_program_has_it(
    gained: list[int], lost: list[int], group: int, inner: int, whole: int, largest: bool
) -> None:
    """Items 0 and 1 stand in the section, 1 and 2 in the group, 3 in neither; each has at most 7 points."""

    def item(kind: str, index: int) -> dict[str, Any]:
        rule = "mark" if kind == "bonus" else DEDUCTION
        return criterion(rule, 7, kind=kind, **({"group": "g"} if index in (1, 2) else {}))

    kinds = {"p": "bonus", "d": "deduction"}
    inside = {f"{k}{i}": item(kind, i) for k, kind in kinds.items() for i in (0, 1)}
    shape = {
        "b": criterion("mark", 100),
        "s": section(inside, bonus_cap=inner, deduction_cap=inner),
        **{f"{k}{i}": item(kind, i) for k, kind in kinds.items() for i in (2, 3)},
    }
    given_amounts = {"p": gained, "d": lost}
    columns = {(f"s.{k}{i}" if i < 2 else f"{k}{i}"): [given_amounts[k][i]] for k in kinds for i in range(4)}
    caps = {"bonus": whole, "deduction": whole, "groups": {"g": {"cap": group, "take": "largest" if largest else "all"}}}
    found = outcome_of(shape, {"b": [50], **columns}, caps=caps)
    expected = [_plainly(v, group, inner, whole, largest) for v in (gained, lost)]
    assert [totals(found, "bonus"), totals(found, "deduction")] == [[e] for e in expected]
    assert totals(found) == [50 + expected[0] - expected[1]]


def _plainly(amounts: list[int], group: int, inner: int, whole: int, largest: bool) -> int:
    """One side; the printed order is s.0, s.1, 2, 3 (without numbers, the document's)."""
    held = [min(a, 7) for a in amounts]
    if largest:
        held[1], held[2] = (held[1], 0) if held[1] >= held[2] else (0, held[2])
    held[1] = min(held[1], group)
    held[2] = min(held[2], group - held[1])
    held[0] = min(held[0], inner)
    held[1] = min(held[1], inner - held[0])
    return min(sum(held), whole)


@given(AMOUNTS, st.integers(0, 3), st.integers(1, 12))
def test_more_earned_never_counts_for_less(gained: list[int], index: int, cap: int) -> None:
    def counted(amounts: list[int]) -> Fraction:
        shape = {"b": criterion("mark", 100), **bonuses("pqrs", group="g")}
        columns = {"b": [50], **{n: [a] for n, a in zip("pqrs", amounts, strict=True)}}
        return totals(outcome_of(shape, columns, caps={"groups": {"g": {"cap": cap}}, "bonus": 15}), "bonus")[0]  # type: ignore[no-any-return]

    assert counted(gained) <= counted([a + (i == index) for i, a in enumerate(gained)])
