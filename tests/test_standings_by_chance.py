"""Population figures, rankings with their chains, and ladders by chance: the engine and a slow program in fractions agree."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from scorekit.compiling.planning import compile_plan
from scorekit.domain.outputs import Outcome
from tests.building import assessed, catalogue, document, rubric_of, units
from tests.slow import minted, root

UNITS = 14
ORDINARY = range(60)
"""The seeds of the ordinary run."""
Row = dict[str, Any]
NUMBER, TRUTH = {"type": "number"}, {"type": "boolean"}
FIELDS = {"region": {"enum": ["东", "西"]}, "x": NUMBER, "y": NUMBER, "z": NUMBER, "p": TRUTH, "q": TRUTH}
GROUPS: tuple[Any, ...] = (None, [], ["category"], ["region"], ["category", "region"])


class Chance(Random):
    """Units of which many tie, with gaps."""

    def some(self, share: float, **more: Any) -> dict[str, Any]:
        return {name: value for name, value in more.items() if self.random() < share}

    def rows(self) -> list[Row]:
        return [
            {
                "unit": f"U{i}",
                "category": self.choice("甲乙"),
                "region": self.gap(self.choice("东西"), 0.05),
                **{n: self.gap(Fraction(self.randint(0, 4), self.choice([1, 1, 2])), 0.15) for n in "xyz"},
                **{t: self.gap(self.random() < 0.7, 0.1) for t in "pq"},
            }
            for i in range(UNITS)
        ]

    def gap(self, value: Any, share: float) -> Any:
        return None if self.random() < share else value


def assess(properties: dict[str, Any], rows: Sequence[Row], **frame: Any) -> Outcome:
    plan = compile_plan(rubric_of(document({**FIELDS, **properties}, categories=["甲", "乙"], **frame)), catalogue())
    return assessed(plan, units(plan, {name: [row[name] for row in rows] for name in rows[0]}))


def group(row: Row, within: Any) -> tuple[Any, ...] | None:
    """Where a unit belongs; nowhere where it does not say."""
    found = tuple(row[name] for name in (["category"] if within is None else within))
    return None if None in found else found


# -------------------------------------------------------------------- population figures


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def spread(values: Sequence[Fraction], less: int) -> Fraction | None:
    if len(values) <= less:
        return None
    return root(sum(((v - mean(values)) ** 2 for v in values), Fraction(0)) / (len(values) - less), 2)


def quantile(values: Sequence[Fraction], q: Fraction, method: str) -> Fraction:
    ordered, at = sorted(values), q * (len(values) - 1)
    low, high = ordered[math.floor(at)], ordered[math.ceil(at)]
    return {"linear": low + (high - low) * (at - math.floor(at)), "lower": low, "higher": high, "midpoint": (low + high) / 2}[method]


def geometric(values: Sequence[Fraction]) -> Fraction:
    return values[0] if len(values) == 1 else root(math.prod(values, start=Fraction(1)), len(values))


def correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    both = sum(((x - mean(xs)) * (y - mean(ys)) for x, y in pairs), Fraction(0))
    squares = sum(((x - mean(xs)) ** 2 for x in xs), Fraction(0)) * sum(((y - mean(ys)) ** 2 for y in ys), Fraction(0))
    return None if squares == 0 else root(both**2 / squares, 2) * (1 if both >= 0 else -1)


WHOLE: dict[str, Callable[[list[Fraction]], Any]] = {
    "count": lambda v: Fraction(len(v)),
    "sum": lambda v: sum(v, Fraction(0)),
    "mean": lambda v: mean(v) if v else None,
    "min": lambda v: min(v, default=None),
    "max": lambda v: max(v, default=None),
    "median": lambda v: quantile(v, Fraction(1, 2), "linear") if v else None,
    "deviation": lambda v: spread(v, 0),
    "sample-deviation": lambda v: spread(v, 1),
    "geometric-mean": lambda v: geometric(v) if v else None,
}


def figure(spec: dict[str, Any], rows: Sequence[Row], row: Row) -> Any:
    """What one unit reads of a population figure."""
    own = group(row, spec.get("within"))
    if own is None:
        return None
    peers = [
        r for r in rows if group(r, spec.get("within")) == own and r[spec["of"]] is not None and r.get(spec.get("where"), True) is True
    ]
    values, over = [r[spec["of"]] for r in peers], spec["over"]
    if over in WHOLE:
        return WHOLE[over](values)
    if over == "quantile":
        return quantile(values, Fraction(str(spec["q"])), spec.get("method", "linear")) if values else None
    if over == "correlation":
        pairs = [(r["x"], r["y"]) for r in peers if r["y"] is not None]
        return correlation(pairs) if pairs else None
    if row not in peers:
        return None
    ahead = sum((v < row[spec["of"]]) if spec.get("first") == "low" else (v > row[spec["of"]]) for v in values)
    behind = len(values) - ahead - sum(v == row[spec["of"]] for v in values)
    if over == "rank":
        return Fraction(ahead + 1)
    return Fraction(behind, len(values) - 1) if len(values) > 1 else Fraction(1)


def figures(seed: int) -> int:
    """Population figures of every sort over one set of units."""
    chance = Chance(seed)
    specs = []
    for over in (*WHOLE, "quantile", "correlation", "rank", "percentile"):
        spec: dict[str, Any] = {"over": over, "of": "x", **chance.some(0.5, where="p")}
        within = chance.choice(GROUPS)
        spec |= {} if within is None else {"within": within}
        spec |= {"q": chance.choice([0, 0.25, 0.3, 0.5, 1])} if over == "quantile" else {}
        spec |= chance.some(0.7, method=chance.choice(["linear", "lower", "higher", "midpoint"])) if over == "quantile" else {}
        spec |= {"with": "y"} if over == "correlation" else {}
        specs.append(spec | (chance.some(0.5, first="low") if over in ("rank", "percentile") else {}))
    rows = chance.rows()
    criterion = {"kind": "bonus", "floor": None, "missing": "incomplete"}
    properties: dict[str, Any] = {f"f{i}": {"x-derive": spec} for i, spec in enumerate(specs)}
    properties |= {f"c{i}": {"x-criterion": {**criterion, "rule": {"mark": {"of": f"f{i}"}}}} for i in range(len(specs))}
    found = assess(properties, rows, rounding={"total": {"decimals": 2}})
    for i, spec in enumerate(specs):
        told, wanted = found.sheet.points[f"c{i}"].spread(UNITS).listed(), [figure(spec, rows, row) for row in rows]
        assert told == wanted, f"seed {seed}: {spec}\n{told}\n{wanted}"
    return len(specs) * UNITS


def test_population_figures_are_what_the_units_of_a_group_give() -> None:
    assert sum(map(figures, ORDINARY)) >= 10_000


# -------------------------------------------------------------------- rankings


def refined(rows: list[Row], chain: Sequence[dict[str, Any]], place: int) -> dict[str, int]:
    """The places of units that are equal so far, from *place* on."""
    if len(rows) == 1 or not chain:
        return {row["unit"]: place for row in rows}
    tie, rest = chain[0], chain[1:]
    values = {row["unit"]: row.get(tie.get("by", tie.get("run_off"))) for row in rows}
    if "draw" in tie:
        lots = {u: hashlib.sha256(f"{tie['draw']}:{u.casefold()}".encode()).hexdigest() for u in values}
        return {u: place + sum(lots[v] < lots[u] for v in lots) for u in lots}
    first, last = (int(n) for n in (tie["places"].split("-") * 2)[:2]) if "places" in tie else (1, UNITS)
    asked = first <= place <= last and all(row[tie["if"]] is True for row in rows) if "if" in tie else first <= place <= last
    if not asked or ("run_off" in tie and None in values.values()):
        return refined(rows, rest, place)
    sign = 1 if tie.get("first", "high") == "high" else -1
    exact = {u: None if v is None else minted(v, {"decimals": tie["decimals"]} if "decimals" in tie else None) for u, v in values.items()}
    keys = {u: (v is not None, (v or 0) * sign) for u, v in exact.items()}
    found: dict[str, int] = {}
    for key in sorted(set(keys.values()), reverse=True):
        alike = [row for row in rows if keys[row["unit"]] == key]
        found |= refined(alike, rest, place + sum(k > key for k in keys.values()))
    return found


def placed(spec: dict[str, Any], rows: Sequence[Row]) -> dict[str, int]:
    """The places of a ranking: equal ones share the better place, the next is skipped."""
    there = [r for r in rows if r["x"] is not None and group(r, spec.get("within")) is not None and r.get(spec.get("where"), True) is True]
    found: dict[str, int] = {}
    main = {"by": "x", **{k: spec[k] for k in ("first", "decimals") if k in spec}}
    for own in {group(r, spec.get("within")) for r in there}:
        found |= refined([r for r in there if group(r, spec.get("within")) == own], [main, *spec.get("tie_break", ())], 1)
    return {u: p for u, p in found.items() if p <= spec.get("ends", UNITS)}


def chain(chance: Chance) -> list[dict[str, Any]]:
    keys = []
    for name in chance.sample(["y", "z"], chance.randint(0, 2)):
        key: dict[str, Any] = {"by": name, **chance.some(0.3, first="low", decimals=0)}
        keys.append({**key, **chance.some(0.3, places=chance.choice(["1", "1-3", "2-5"])), **chance.some(0.25, **{"if": "q"})})
    if len(keys) == 1 and chance.random() < 0.5:
        other = "z" if keys[0]["by"] == "y" else "y"
        keys.append({"run_off": other, **chance.some(0.4, first="low")})
    return [*keys, *([{"draw": "公开7"}] if chance.random() < 0.3 else [])]


def rankings(seed: int) -> int:
    """Some rankings over one set of units, whatever their order."""
    chance = Chance(seed)
    specs = {}
    for i in range(4):
        within = chance.choice(GROUPS)
        spec = {"by": "x", **chance.some(0.4, where="p", first="low", decimals=0, ends=chance.randint(1, 6)), "tie_break": chain(chance)}
        specs[f"r{i}"] = spec | ({} if within is None else {"within": within})
    rows = chance.rows()
    found = assess({"a": {**NUMBER, "x-criterion": {"points": 1, "rule": {"mark": {}}}}}, [{**r, "a": 1} for r in rows], rankings=specs)
    for name, spec in specs.items():
        column, wanted = found.sheet.totals[f"rank:{name}"].spread(UNITS).listed(), placed(spec, rows)
        told = {row["unit"]: int(rank) for row, rank in zip(rows, column, strict=True) if rank is not None}
        assert told == wanted, f"seed {seed}: {spec}\n{told}\n{wanted}\n{rows}"
    return len(specs) * UNITS


def test_places_are_what_parting_the_units_step_by_step_gives() -> None:
    assert sum(map(rankings, ORDINARY)) >= 3_000


# -------------------------------------------------------------------- ladders


def reached(ladder: dict[str, Any], row: Row) -> str:
    """The best level of which all holds, and, on a cumulative ladder, of which all below it do, too."""

    def holds(level: dict[str, Any]) -> bool:
        value = row[level.get("of", ladder.get("of"))]
        low, high = level.get("at_least"), level.get("at_most")
        return (
            value is not None
            and (low is None or value >= Fraction(str(low)))
            and (high is None or value <= Fraction(str(high)))
            and all(row[c] is True for c in level.get("all", ()))
        )

    levels = ladder["levels"]
    for i, level in enumerate(levels):
        if all(map(holds, levels[i:] if ladder.get("cumulative") else [level])):
            return str(level["id"])
    return "none"


def ladders(seed: int) -> int:
    """Two ladders, and a main level made of them."""
    chance = Chance(seed)

    def ladder() -> dict[str, Any]:
        lines = sorted({chance.randint(0, 8) / 2 for _ in range(3)}, reverse=True)
        levels = [
            {"id": n, "title": n, "at_least": line, **chance.some(0.3, at_most=line + 1, all=chance.choice([["p"], ["p", "q"]]), of="z")}
            for n, line in zip("abc", lines, strict=False)
        ]
        return {"of": chance.choice(["x", "y"]), "levels": levels, **chance.some(0.4, cumulative=True)}

    both = {"one": ladder(), "other": ladder()}
    how = chance.choice(["lowest", "highest", "lookup"])
    ids = ["a", "b", "c", "none"]
    pairs = [[i, j, chance.choice("abc")] for i in ids for j in ids if chance.random() < 0.6] or [["a", "a", "a"]]
    held = [{l["id"] for l in x["levels"]} | {"none"} for x in both.values()]  # noqa: E741
    pairs = [p for p in pairs if p[0] in held[0] and p[1] in held[1]] or [["none", "none", "c"]]
    level: dict[str, Any] = {"combine": how, "of": ["one", "other"]}
    level |= {"pairs": pairs, **chance.some(0.5, otherwise="c")} if how == "lookup" else {}
    rows = chance.rows()
    titles = [{"id": n, "title": n} for n in "abc"]
    scored = {"a": {**NUMBER, "x-criterion": {"points": 1, "rule": {"mark": {}}}}}
    found = assess(scored, [{**r, "a": 1} for r in rows], ladders=both, level=level, levels=titles, below={"id": "none", "title": "none"})
    for row, main, one, other in zip(
        rows, found.standings.level, *(found.standings.figures[f"level:{n}"].listed() for n in both), strict=True
    ):
        places = reached(both["one"], row), reached(both["other"], row)
        assert (one, other) == places, f"seed {seed}: {both} {row}"
        first = next((r for i, j, r in pairs if (i, j) == places), level.get("otherwise", "none"))
        wanted = {"lowest": max(places, key=ids.index), "highest": min(places, key=ids.index), "lookup": first}[how]
        assert main == wanted, f"seed {seed}: {level} {places}"
    return 3 * UNITS


def test_levels_are_the_best_that_hold_and_the_main_one_is_made_of_them_as_declared() -> None:
    assert sum(map(ladders, ORDINARY)) >= 2_000


@pytest.mark.long
def test_all_of_it_many_times() -> None:
    assert sum(figures(s) + rankings(s) + ladders(s) for s in range(1000, 3000)) >= 500_000
