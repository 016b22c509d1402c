"""A whole assessment worked out unit by unit with fractions, from the rubric reference: slow, plain and on its own.

``assess(document, units)`` takes a rubric as it is written and what each unit handed in (None a blank, ``BAD`` an invalid
value, ``NA`` one that does not apply) and gives what every unit gets. Nothing here is taken from the engine. It reads the
part of the language that ``tests/test_wholes.py`` generates: criteria by a mark or by so many points off for each thing,
conditions on truths, policies, sections, aggregators, caps, gates, levels and a ranking.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.building import BAD, NA

MISSING, INVALID, APART, OUT = "missing", "invalid", "not applicable", "not part"
ZERO = Fraction(0)
Figure = Fraction | str
Unit = Mapping[str, Any]


def exact(number: Any) -> Fraction:
    return Fraction(str(number))


def minted(number: Fraction, stage: Mapping[str, Any] | None) -> Fraction:
    """A number at the digits of a declared stage; as it is where none is declared."""
    if stage is None:
        return number
    scaled = number * 10 ** stage["decimals"]
    down, size, sign = math.floor(scaled), abs(scaled), 1 if number >= 0 else -1
    whole, rest = math.floor(size), size - math.floor(size)
    up = sign * (whole + 1) if rest else sign * whole
    half = Fraction(1, 2)
    found = {
        "floor": down,
        "ceiling": math.ceil(scaled),
        "toward-zero": sign * whole,
        "away-from-zero": up,
        "half-up": sign * (whole + (rest >= half)),
        "half-even": sign * (whole + (rest > half or (rest == half and whole % 2 == 1))),
    }[stage.get("mode", "half-up")]
    return Fraction(found, 10 ** stage["decimals"])


def root(number: Fraction, degree: int) -> Fraction:
    """The root of a number at ten decimals, a half going up."""
    goal = number * (2 * 10**10) ** degree
    low, high = 0, 1
    while high**degree <= goal:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= goal else (low, middle)
    return Fraction((low + 1) // 2, 10**10)


# -------------------------------------------------------------------- the tree


def walk(node: Mapping[str, Any], path: str = "") -> list[tuple[str, Mapping[str, Any]]]:
    """Every section and item below a node with its path, what is outside before what is inside."""
    found = []
    for name, child in node["properties"].items():
        where = f"{path}.{name}" if path else name
        found.append((where, child))
        if "properties" in child:
            found += walk(child, where)
    return found


def inside(path: str, section: str) -> bool:
    return not section or path.startswith(section + ".")


class Slow:
    """One rubric and the units that are assessed by it."""

    def __init__(self, document: Mapping[str, Any], units: Sequence[Unit]) -> None:
        self.document, self.frame, self.units = document, document["x-rubric"], units
        nodes = walk(document)
        self.sections = {"": {"properties": document["properties"], "x-criterion": {"scale": True, **self.frame.get("total", {})}}}
        self.sections |= {p: n for p, n in nodes if "properties" in n}
        self.items = {p: n["x-criterion"] for p, n in nodes if "properties" not in n and "x-criterion" in n}
        stages = self.frame.get("rounding", {"criterion": {"decimals": 2}, "total": {"decimals": 2}})
        self.stages = {"total": {"decimals": 2}, **stages}
        self.memo: dict[tuple[str, int], Figure] = {}

    # ---------------------------------------------------------------- criteria

    def policy(self, path: str, key: str) -> str:
        """What is done with blanks and the like: the criterion's word, else that of the innermost section, else the rubric's."""
        item = self.items[path]
        if key in item:
            return str(item[key])
        if key == "missing" and item.get("kind") == "deduction":
            return "incomplete"
        if key == "not_applicable" and item.get("kind", "base") != "base":
            return "renormalise"
        outer = path
        while "." in outer:
            outer = outer.rpartition(".")[0]
            own = self.sections[outer].get("x-criterion", {})
            if key in own:
                return str(own[key])
        return str(self.frame.get(key, {"missing": "zero", "not_applicable": "renormalise", "invalid": "incomplete"}[key]))

    def stage(self, path: str) -> Mapping[str, Any] | None:
        return self.items[path].get("rounding", self.stages.get("criterion"))

    def judged(self, path: str, row: int, value: Any = None) -> Figure:
        """What the clauses of a criterion give one unit before any policy; *value* stands in for what was handed in."""
        item, unit = self.items[path], self.units[row]
        for key, away, when in (("only_for", OUT, False), ("not_applicable_if", APART, True)):
            if key in item:
                met = unit[item[key]]
                if met is None:
                    return INVALID if unit[path] is BAD else MISSING
                if met is when:
                    return away
        handed = unit[path] if value is None else value
        if handed is BAD:
            return INVALID
        emptied = "zero_if" in item and unit[item["zero_if"]]
        if emptied is None:
            return MISSING
        if not emptied and (handed is None or handed is NA):
            return MISSING if handed is None else APART
        ((rule, parameters),) = item["rule"].items()
        kind, full = item.get("kind", "base"), exact(item["points"]) if "points" in item else None
        if emptied:
            points = ZERO
        elif rule == "mark":
            points = handed
        else:
            points = (full if kind == "base" else ZERO) - exact(parameters["deduct"]) * handed
        low, high = {"base": (ZERO, full), "bonus": (ZERO, full), "deduction": (None if full is None else -full, ZERO)}[kind]
        low = (None if item["floor"] is None else exact(item["floor"])) if "floor" in item else low
        high = (None if item["ceiling"] is None else exact(item["ceiling"])) if "ceiling" in item else high
        points = points if low is None else max(points, low)
        points = points if high is None else min(points, high)
        return minted(points, self.stage(path))

    def points(self, path: str, row: int) -> Figure:
        """Points of a criterion, or why there are none, after the policies."""
        if (path, row) not in self.memo:
            self.memo[path, row] = self._points(path, row)
        return self.memo[path, row]

    def _points(self, path: str, row: int) -> Figure:
        found = self.judged(path, row)
        if found == INVALID:
            found = MISSING if self.policy(path, "invalid") == "as-missing" else INVALID
        if found not in (MISSING, APART):
            return found
        way = self.policy(path, "missing" if found == MISSING else "not_applicable")
        if way == "zero":
            return ZERO
        if way in ("leave-out", "renormalise"):
            return APART if found == MISSING or way == "renormalise" else OUT
        if way == "full":
            item = self.items[path]
            if "points" not in item:
                return found
            return ZERO if item.get("kind") == "deduction" else minted(exact(item["points"]), self.stage(path))
        if way in ("mean-points", "mean-values"):
            return self._mean(path, row, way, found)
        return found

    def _mean(self, path: str, row: int, way: str, found: Figure) -> Figure:
        """按平均分: of the units of the category that were scored; 指标取平均: of what they handed in, scored as if it were the unit's."""
        peers = [r for r, u in enumerate(self.units) if u["category"] == self.units[row]["category"]]
        scored = [r for r in peers if isinstance(self.judged(path, r), Fraction)]
        if way == "mean-points":
            given = [self.judged(path, r) for r in scored]
            return minted(sum(given, ZERO) / len(given), self.stage(path)) if given else found  # type: ignore[arg-type]
        handed = [v for r in peers if isinstance(v := self.units[r][path], Fraction)]
        return self.judged(path, row, sum(handed, ZERO) / len(handed)) if handed else found

    # ---------------------------------------------------------------- sections

    def children(self, section: str) -> list[str]:
        """The base items and the sections with base items that stand in a section."""
        own = [f"{section}.{n}" if section else n for n in self.sections[section]["properties"]]
        items = [p for p in own if p in self.items and self.items[p].get("kind", "base") == "base"]
        return items + [p for p in own if p in self.sections and self.holds_base(p)]

    def holds_base(self, section: str) -> bool:
        return any(inside(p, section) and i.get("kind", "base") == "base" for p, i in self.items.items())

    def spec(self, path: str) -> Mapping[str, Any]:
        return self.sections[path].get("x-criterion", {}) if path in self.sections else self.items[path]

    def combined(self, section: str, figures: Mapping[str, Fraction], rounded: bool = False) -> Fraction:
        """The aggregator's figure of what applies."""
        spec = self.spec(section)
        name, settings = spec.get("aggregate", "sum"), {}
        if isinstance(name, dict):
            ((name, settings),) = name.items()
        values, weights = list(figures.values()), [exact(self.spec(p).get("weight", 1)) for p in figures]
        pairs, whole = list(zip(weights, values, strict=True)), sum(weights, ZERO)
        if name in ("weighted-sum", "weighted-mean"):
            over = whole if name == "weighted-mean" else 1
            stage = spec.get("rounding_weighted", self.stages.get("weighted")) if rounded else None
            parts = [w * v / over for w, v in pairs]
            return sum((minted(p, stage) for p in parts), ZERO)
        if name in ("best", "best-mean"):
            top = sorted(values, reverse=True)[: settings["k"]]
            return sum(top, ZERO) / (len(top) if name == "best-mean" else 1)
        if name in ("product", "geometric-mean"):
            multiplied = math.prod((v ** int(w) for w, v in pairs), start=Fraction(1))
            return multiplied if name == "product" else values[0] if len(values) == 1 else root(multiplied, int(whole))
        if name == "harmonic-mean":
            return ZERO if 0 in values else whole / sum(w / v for w, v in pairs)
        if name == "power-mean":
            return root(sum((w * v ** settings["p"] for w, v in pairs), ZERO) / whole, settings["p"])
        if name == "formula":
            return sum(values, ZERO) / 2 if rounded else sum(values, ZERO)
        return {"sum": lambda: sum(values, ZERO), "minimum": lambda: min(values), "maximum": lambda: max(values)}[name]()

    def stated(self, path: str, row: int) -> Fraction | None:
        """The full marks of all that is part of a unit's standard; None where nothing is."""
        if path in self.items:
            return None if self.points(path, row) == OUT else exact(self.items[path].get("points", 0))
        spec = self.spec(path)
        parts = {c: full for c in self.children(path) if (full := self.outer(c, row)) is not None}
        if not parts:
            return None
        full = self.combined(path, parts)
        return min(full, exact(spec["cap"])) if path and "cap" in spec else full

    def outer(self, path: str, row: int) -> Fraction | None:
        """What a child's stated full marks count for outside: on the scale that it is put on."""
        full = self.stated(path, row)
        scale = self.spec(path).get("scale_to") if path in self.sections else None
        return exact(scale) if scale is not None and full else full

    def section(self, path: str, row: int) -> tuple[Figure, Fraction, Fraction, Fraction]:
        """A section's figure, its applicable full marks, what of the figure stands in no denominator, and the share left out."""
        spec, found = self.spec(path), {c: self.child(c, row) for c in self.children(path)}
        whys = [f for f, _, _ in found.values() if isinstance(f, str)]
        blocked = next((w for w in (INVALID, MISSING) if w in whys), None)
        there = {c: v for c, v in found.items() if isinstance(v[0], Fraction)}
        stated = self.stated(path, row)
        if not there:
            if not found and not path:
                return ZERO, ZERO, ZERO, ZERO
            return blocked or (OUT if whys and all(w == OUT for w in whys) else APART), ZERO, ZERO, Fraction(1 if stated else 0)
        charged = [f for p, i in self.items.items() if i.get("charge_to") == path and (f := self.points(p, row)) in (MISSING, INVALID)]
        blocked = blocked or next((w for w in (INVALID, MISSING) if w in charged), None)
        points = self.combined(path, {c: v[0] for c, v in there.items()}, rounded=True)  # type: ignore[misc]
        full = self.combined(path, {c: v[1] for c, v in there.items()})
        aside = sum((v[2] for v in there.values()), ZERO) if spec.get("aggregate", "sum") == "sum" else ZERO
        if path and "cap" in spec:
            points, full = min(points, exact(spec["cap"])), min(full, exact(spec["cap"]))
        if path and spec.get("floor") is not None:
            points = max(points, exact(spec["floor"]))
        if any(g["effect"] == {"zero": path} and self.gate(g, row) == "fired" for g in self.gates().values()):
            points = aside = ZERO
        left = 1 - full / stated if stated else ZERO
        if spec.get("scale") and stated and full and stated != full:
            # Only what was earned is converted, not what rounding took away from the rest.
            points, full = (points - aside) * stated / full + aside if points > aside else points, stated
        points, aside = self._charged(path, row, points, aside)
        points = minted(points, spec.get("rounding", self.stages.get("section")) if path else None)
        if "scale_to" in spec and full:
            points, aside, full = points * exact(spec["scale_to"]) / full, aside * exact(spec["scale_to"]) / full, exact(spec["scale_to"])
        if "scale_to" in spec:
            points = minted(points, spec.get("rounding_scaled"))
        return blocked or points, full, aside, left

    def child(self, path: str, row: int) -> tuple[Figure, Fraction, Fraction]:
        if path in self.sections:
            return self.section(path, row)[:3]
        points, full = self.points(path, row), self.items[path].get("points")
        return points, exact(full or 0), points if full is None and isinstance(points, Fraction) else ZERO

    def _charged(self, path: str, row: int, points: Fraction, aside: Fraction) -> tuple[Fraction, Fraction]:
        """Less the deductions charged to the section, down to 0 or its floor."""
        taken = [self.points(p, row) for p, i in self.items.items() if i.get("charge_to") == path]
        off = sum((-t for t in taken if isinstance(t, Fraction)), ZERO)
        off = min(off, max(points - exact(self.spec(path).get("floor") or 0), ZERO))
        return points - off, aside - off

    # ---------------------------------------------------------------- totals

    def extras(self, row: int, sign: int) -> Fraction | None:
        """Bonuses (+1) or deductions (−1) after the caps of groups, sections and all, an amount; None where an item has no points."""
        amounts: dict[str, Fraction] = {}
        for path, item in self.items.items():
            if item.get("kind", "base") == "base":
                continue
            points = self.points(path, row)
            if points in (MISSING, INVALID):
                return None
            charged = "charge_to" in item and self.section(item["charge_to"], row)[0] not in (APART, OUT)
            amounts[path] = ZERO if charged or isinstance(points, str) else max(sign * points, ZERO)
        caps, side = self.frame.get("caps", {}), "bonus" if sign > 0 else "deduction"
        for name, written in caps.get("groups", {}).items():
            group = written if isinstance(written, dict) else {"cap": written}
            members = [p for p in amounts if self.items[p].get("group") == name]
            if group.get("take") == "largest":
                self._largest(amounts, members)
            self._held(amounts, members, group.get("plus" if sign > 0 else "minus", group.get("cap")))
        for section in sorted(self.sections, key=lambda s: -s.count(".")):
            if section:
                self._held(amounts, [p for p in amounts if inside(p, section)], self.spec(section).get(f"{side}_cap"))
        whole = caps.get(side, {})
        whole = whole if isinstance(whole, dict) else {"cap": whole}
        if whole.get("take") == "largest":
            self._largest(amounts, list(amounts))
        return min(sum(amounts.values(), ZERO), exact(whole["cap"])) if "cap" in whole else sum(amounts.values(), ZERO)

    @staticmethod
    def _largest(amounts: dict[str, Fraction], members: Sequence[str]) -> None:
        top = max(members, key=lambda p: amounts[p], default=None)
        for path in members:
            amounts[path] = amounts[path] if path == top else ZERO

    @staticmethod
    def _held(amounts: dict[str, Fraction], members: Sequence[str], cap: Any) -> None:
        room = None if cap is None else exact(cap)
        for path in members if room is not None else ():
            amounts[path] = min(amounts[path], room)
            room -= amounts[path]

    def gates(self) -> dict[str, Mapping[str, Any]]:
        return dict(self.frame.get("gates", {}))

    def gate(self, gate: Mapping[str, Any], row: int) -> str:
        met = self.units[row][gate.get("if", gate.get("require"))]
        if met is None and gate.get("blank") != "no":
            return "open"
        return "fired" if bool(met) is ("if" in gate) else "clear"

    def total(self, row: int) -> dict[str, Any]:
        """The figures of the total; None where there is none."""
        base, bonus, deduction = self.section("", row)[0], self.extras(row, 1), self.extras(row, -1)
        whole = self.frame.get("total", {})
        stage = whole.get("rounding", self.stages["total"])
        if isinstance(base, str) or bonus is None or deduction is None:
            return {"total": None, "base": None if isinstance(base, str) else minted(base, stage)}
        total = base + bonus - deduction
        cap = whole.get("cap", self.frame.get("caps", {}).get("total"))
        total = total if cap is None else min(total, exact(cap))
        floor = whole.get("floor", 0)
        total = minted(total if floor is None else max(total, exact(floor)), stage)
        if any(g["effect"] == "zero total" and self.gate(g, row) == "fired" for g in self.gates().values()):
            total = ZERO
        return {"total": total, "base": minted(base, stage), "bonus": minted(bonus, stage), "deduction": minted(deduction, stage)}

    def status(self, row: int, total: Fraction | None) -> str:
        order = ["ranked", "not awarded", "not ranked", "incomplete"]
        found = ["incomplete" if total is None else "ranked"]
        for gate in self.gates().values():
            answer = self.gate(gate, row)
            found += ["incomplete"] if answer == "open" else [gate["effect"]] if answer == "fired" and gate["effect"] in order else []
        for path in self.sections:
            bound = self.spec(path).get("left_out")
            if bound is not None and self.section(path, row)[3] > exact(bound["at_most"]):
                found.append(bound.get("effect", "incomplete"))
        return max(found, key=order.index)

    def level(self, row: int, total: Fraction) -> str:
        ladder = [*self.frame["levels"], {"id": "none", "title": "未达标"}]
        reached = next(n for n, level in enumerate(ladder) if "at_least" not in level or total >= exact(level["at_least"]))
        for gate in self.gates().values():
            if isinstance(gate["effect"], dict) and "level at most" in gate["effect"] and self.gate(gate, row) == "fired":
                reached = max(reached, next(n for n, level in enumerate(ladder) if level["id"] == gate["effect"]["level at most"]))
        return str(ladder[reached]["title"])


def assess(document: Mapping[str, Any], units: Sequence[Unit]) -> list[dict[str, Any]]:
    """What every unit gets: points, sections, base, bonus, deduction, total, status, level and rank."""
    slow = Slow(document, units)
    found = []
    for row in range(len(units)):
        figures = slow.total(row)
        status = slow.status(row, figures["total"])
        level = slow.level(row, figures["total"]) if status != "incomplete" else ""
        parts = {"points": {p: slow.points(p, row) for p in slow.items}, "sections": {p: slow.section(p, row)[0] for p in slow.sections}}
        found.append({**parts, **figures, "status": status, "level": level, "rank": 0})
    key = document["x-rubric"]["rank"]["tie_break"][0]["by"]
    for row, own in enumerate(found):
        if own["status"] in ("ranked", "not awarded"):
            rivals = [
                r for r, other in enumerate(found)
                if other["status"] in ("ranked", "not awarded") and units[r]["category"] == units[row]["category"]
            ]  # fmt: skip
            own["rank"] = 1 + sum(_place(found[r], units[r][key]) > _place(own, units[row][key]) for r in rivals)
    return found


def _place(own: Mapping[str, Any], tie: Any) -> tuple[Any, ...]:
    """What is compared: the total, and of equal totals the tie key; a blank one stands behind every other."""
    return (own["total"], isinstance(tie, Fraction), tie if isinstance(tie, Fraction) else 0)
