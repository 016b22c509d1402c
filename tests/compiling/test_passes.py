"""The passes of several categories together."""

from __future__ import annotations

from tests.building import NUMBER, criterion, fault_of, outcome_of, plain, plan_of, said, section, totals

MEAN = {"over": "mean", "of": "points(a)", "within": []}


def of(formula: str) -> dict[str, object]:
    return criterion({"mark": {"of": formula}}, 100, {})


def test_a_figure_stands_in_the_pass_after_what_it_reads_and_before_its_readers() -> None:
    plan = plan_of(
        {"a": criterion(), "f": {"x-derive": MEAN}, "b": of("points(a) - f"), "g": {"x-derive": {**MEAN, "of": "points(b)"}}, "c": of("g")}
    )
    track = plan.tracks[0]
    assert [(f.node.key, f.step) for f in track.figures] == [("f", 1), ("g", 2)]
    assert {c.spec.path: c.step for c in track.criteria} == {"a": 0, "b": 1, "c": 2}


def test_a_figure_waits_for_every_category_that_counts_in_it() -> None:
    """In 乙 the item rests on its section, so that it comes later; the mean of both waits for it."""
    shape = {"x": NUMBER, "s": section({"k": criterion()}), "a": of("x"), "f": {"x-derive": MEAN}, "b": of("f")}
    variants = {"乙": {"criteria": {"a": {"rule": {"mark": {"of": "points(s) + x"}}}}}}
    plan = plan_of(shape, categories=["甲", "乙"], variants=variants)
    assert {f.step for t in plan.tracks for f in t.figures} == {2}
    found = outcome_of(shape, {"category": ["甲", "乙"], "x": [1, 2], "s.k": [5, 6]}, categories=["甲", "乙"], variants=variants)
    assert plain(found.sheet.points["b"]) == [4.5, 4.5]
    assert totals(found) == [10.5, 18.5]


def test_figures_that_rest_on_one_another_are_refused_with_their_way() -> None:
    error = fault_of({"f": {"x-derive": {**MEAN, "of": "points(b)"}}, "b": of("f")})
    assert said(error.what) == "these read one another in a circle: b → f → b" or "f → b → f" in said(error.what)


def test_a_circle_across_categories_is_refused() -> None:
    shape = {
        "a": criterion(),
        "b": criterion(),
        "f": {"x-derive": {"over": "mean", "of": "points(a)", "within": []}},
        "g": {"x-derive": {"over": "mean", "of": "points(b)", "within": []}},
    }
    variants = {
        "甲": {"criteria": {"a": {"rule": {"mark": {"of": "g"}}}}},
        "乙": {"criteria": {"b": {"rule": {"mark": {"of": "f"}}}}},
    }
    error = fault_of(shape, categories=["甲", "乙"], variants=variants)
    assert said(error.what) == "figures of the population read one another in a circle across categories"
