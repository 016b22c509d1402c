"""What the wordings of the scoring rules say, worked out for one unit with fractions: slow, plain and on its own.

Nothing here is taken from the engine. Values are what one unit handed in (None: nothing), parameters are what the
rubric says, and the points of a clause are signed; None is "no points can be given".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Points = Fraction | None
ZERO = Fraction(0)


def exact(number: Any) -> Fraction:
    """A number of a rubric as it is written: 0.02 is two hundredths."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


# -------------------------------------------------------------------- rules that add


def flag(met: bool, *, points: Any, otherwise: Any = 0) -> Points:
    """达标得N分,未达标得M分。"""
    return exact(points) if met else exact(otherwise)


def pro_rata(done: Fraction, *, points: Any, full_at: Any = 1, over: Any = 1) -> Points:
    """按完成比例计分,最多得满分;任务为0的不适用。"""
    if over is None or over == 0 or exact(full_at) == 0:
        return None
    share = done / Fraction(over) / exact(full_at)
    return exact(points) * max(ZERO, min(Fraction(1), share))


def tiers(value: Fraction, *, bands: Sequence[Mapping[str, Any]], otherwise: Any = 0) -> Points:
    """分档计分,只取达到的最高一档。"""
    best, got = None, exact(otherwise)
    for band in bands:
        bound = exact(band.get("at_least", band.get("above")))
        reached = value >= bound if "at_least" in band else value > bound
        if reached and (best is None or (bound, "above" in band) >= best):
            best, got = (bound, "above" in band), exact(band["points"])
    return got


def grade(letter: str, *, points: Any, shares: Mapping[str, Any], otherwise: Any = None) -> Points:
    """A得100%,B得80%……,没有列出的等级无效。"""
    share = shares.get(letter, otherwise)
    return None if share is None else exact(points) * exact(share)


def priced(text: str, *, prices: Mapping[str, Any], otherwise: Any = None) -> Points:
    """按级别得分。"""
    price = prices.get(text, otherwise)
    return None if price is None else exact(price)


def count(number: Fraction, *, each: Any, free: Any = 0) -> Points:
    """每项得N分,前M项不计。"""
    return exact(each) * max(number - exact(free), ZERO)


def first_further(number: Fraction, *, first: Any, further: Any) -> Points:
    """第一项得N分,每增加一项得M分。"""
    if number <= 0:
        return ZERO
    return exact(first) * number if number < 1 else exact(first) + (number - 1) * exact(further)


def mark(entered: Fraction) -> Points:
    """按打分计分。"""
    return entered


def interpolate(value: Fraction, *, at: Sequence[Mapping[str, Any]]) -> Points:
    """各点之间按线性插值。"""
    line = [(exact(k["value"]), exact(k["points"])) for k in at]
    reached = [k for k in line if k[0] <= value]
    ahead = [k for k in line if k[0] > value]
    if not reached or not ahead:
        return max(line)[1] if not ahead else min(line)[1]
    (x, low), (to, high) = max(reached), min(ahead)
    return low + (high - low) * (value - x) / (to - x)


def panel_mean(marks: Sequence[Fraction | None], *, points: Any, out_of: Any = 100, drop: int = 1, fewest: int = 0) -> Points:
    """去掉k个最高分、k个最低分后取平均,空白不算打分。"""
    given = sorted(m for m in marks if m is not None)
    if len(given) < max(fewest, 2 * drop + 1):
        return None
    for _ in range(drop):
        given.pop(0)
        given.pop(-1)
    return sum(given, ZERO) / len(given) / exact(out_of) * exact(points)


def panel(
    marks: Sequence[Any], *, points: Any, grades: Mapping[str, Any] | None = None, drop: int = 0, drop_high: int = 0, drop_low: int = 0,
    how: str = "mean", weights: Mapping[str, Any] | None = None, role_missing: str = "renormalise", fewest: int = 0,
    mean_decimals: Any = None, multiplier: Any = 1, out_of: Any = None, roles: Sequence[str] = (),
) -> Points:  # fmt: skip
    """评委打分:按类别(或合在一起)去高去低后取平均、总和或中位数,各类加权,折合。"""
    if grades is not None:
        marks = [None if m is None else exact(grades[m]) for m in marks]
    groups = {"": 1} if weights is None else weights
    total, over = ZERO, ZERO
    for role, weight in groups.items():
        given = sorted(
            m for m, r in zip(marks, roles or [""] * len(marks), strict=True) if m is not None and (r == role or weights is None)
        )
        if weights is not None and role_missing == "renormalise" and not given:
            continue
        if len(given) < max(fewest, 2 * drop + drop_high + drop_low + 1):
            return None
        given = given[drop + drop_low : len(given) - drop - drop_high]
        middle = (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2
        figure = {"mean": sum(given, ZERO) / len(given), "sum": sum(given, ZERO), "median": middle}[how]
        total, over = total + figure * exact(weight), over + exact(weight)
    if over == 0:
        return None
    found = total / over if mean_decimals is None else half_up(total / over, mean_decimals)
    return found * exact(multiplier) if out_of is None else found * exact(multiplier) / exact(out_of) * exact(points)


def votes(counts: Sequence[Fraction | None], *, points: Any, worth: Mapping[str, Any], out_of: Any = 100, options: Sequence[str]) -> Points:
    """(满意票×100+……)÷有效票,折合;有一项空着的不算。"""
    given = [(c, exact(worth[o])) for o, c in zip(options, counts, strict=True) if o in worth]
    if any(c is None for c, _ in given) or sum(c for c, _ in given) == 0:
        return None
    return sum(c * w for c, w in given) / sum(c for c, _ in given) / exact(out_of) * exact(points)


def discretion(entered: Fraction, *, points: Any = None, low: Any = 0, high: Any = None) -> Points:
    """区间内打分,区间之外无效。"""
    most = points if high is None else high
    return entered if entered >= exact(low) and (most is None or entered <= exact(most)) else None


def discretion_off(entered: Fraction, *, points: Any = None, low: Any = 0, high: Any = None) -> Points:
    """酌情扣分,区间之外无效。"""
    given = discretion(entered, points=points, low=low, high=high)
    return None if given is None else -given


def best_honour(records: Sequence[Mapping[str, Any]], *, level: str, prices: Mapping[str, Any], key: str | None = None) -> Points:
    """同一奖项只取最高;没有奖项的得0分。"""
    matters: dict[Any, Fraction] = {}
    for record in records:
        price = prices.get(record[level])
        matter = "" if key is None else record[key]
        if price is None or matter is None:
            return None
        matters[matter] = max(matters.get(matter, exact(price)), exact(price))
    return sum(matters.values(), ZERO)


def records(
    found: Sequence[Mapping[str, Any]],
    *,
    combine: str = "sum",
    value: str,
    where: str | None = None,
    matter: str | None = None,
    only: str = "all",
    k: int = 1,
    weight: str | None = None,
    first: str | None = None,
    further: str | None = None,
) -> Points:
    """各条记录合成；同一事由只计最大的一条，加分、扣分分别比较；扣分可以只计最重的一条。值、条件、事由都是记录里的栏目。"""
    counts: list[Mapping[str, Any]] = []
    for record in found:
        meant = True if where is None else record[where]
        if meant is None or (meant and (record[value] is None or (matter is not None and record[matter] is None))):
            return None
        if not meant:
            continue
        rival = next((r for r in counts if matter and r[matter] == record[matter] and (r[value] < 0) == (record[value] < 0)), None)
        if rival is None:
            counts.append(record)
        elif abs(record[value]) > abs(rival[value]):
            counts[counts.index(rival)] = record
    counts = [r for r in found if any(r is c for c in counts)]
    minus = [r for r in counts if r[value] < 0]
    if only == "worst-deduction" and minus:
        worst = min(minus, key=lambda r: r[value])
        counts = [r for r in counts if r is worst or r[value] >= 0]
    if combine in ("best", "worst"):
        counts = sorted(counts, key=lambda r: r[value], reverse=combine == "best")[:k]
    ahead = max(counts, key=lambda r: r[value], default=None)
    amounts = [r[value] for r in counts]
    if combine == "first-further":
        amounts = [r[(first or value) if r is ahead else (further or value)] for r in counts]
    if None in amounts or (weight is not None and combine == "weighted-mean" and None in [r[weight] for r in counts]):
        return None
    if combine == "product":
        return Fraction(math.prod(amounts))
    if combine in ("mean", "weighted-mean"):
        weights = [r[weight] if weight is not None and combine == "weighted-mean" else Fraction(1) for r in counts]
        return sum((a * w for a, w in zip(amounts, weights, strict=True)), ZERO) / sum(weights) if sum(weights) else None
    return sum(amounts, ZERO)


# -------------------------------------------------------------------- rules that take


def _steps(missing: Fraction, step: Fraction, how: str) -> Fraction:
    if missing <= 0:
        return ZERO
    return {"full": Fraction(math.floor(missing / step)), "started": Fraction(math.ceil(missing / step)), "proportional": missing / step}[
        how
    ]


def shortfall(
    value: Fraction, *, target: Any, step: Any, deduct: Any, steps: str = "full", per: str = "auto", percentage: bool = False
) -> Points:
    """每少N%扣M分:百分率指标按百分点,其余按目标值的比例;一档为1及以上的按指标本身的单位。"""
    goal, one = exact(target), exact(step)
    shares = per == "target" or (per == "auto" and not percentage and one < 1)
    if shares and goal == 0:
        return None
    return -_steps((goal - value) / goal if shares else goal - value, one, steps) * exact(deduct)


def excess(value: Fraction, *, limit: Any, step: Any, deduct: Any, steps: str = "full") -> Points:
    """每超N扣M分。"""
    return -_steps(value - exact(limit), exact(step), steps) * exact(deduct)


def each(number: Fraction, *, deduct: Any, free: Any = 0) -> Points:
    """每项扣N分,前M项不扣。"""
    return -exact(deduct) * max(number - exact(free), ZERO)


def penalty(fact: bool, *, deduct: Any, when: bool = True) -> Points:
    """有(无)某情形的扣N分。"""
    return -exact(deduct) if fact is when else ZERO


def repeat(times: Fraction, *, totals: Sequence[Any]) -> Points:
    """第一次、第二次……累计扣分,更多的按最后一档。"""
    place = min(math.floor(times), len(totals))
    return -exact(totals[place - 1]) if place >= 1 else ZERO


def around(value: Fraction, *, target: Any, step: Any, add: Any, deduct: Any, up_to: Any = None, down_to: Any = None) -> Points:
    """每增加N加A分(最多加P分),每减少N扣B分(最多扣Q分)。"""
    off = value - exact(target)
    whole = math.floor(abs(off) / exact(step))
    rate, most = (add, up_to) if off > 0 else (deduct, down_to)
    amount = whole * exact(rate)
    amount = amount if most is None else min(amount, exact(most))
    return amount if off > 0 else -amount


# -------------------------------------------------------------------- rules that compare the units of a group


def _better(one: Fraction, other: Fraction, first: str) -> bool:
    return one > other if first == "high" else one < other


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, ZERO) / len(values)


def place_points(
    values: Sequence[Fraction], *, prices: Sequence[Any], beyond: Any = 0, ties: str = "better", first: str = "high"
) -> list[Points]:
    """第一名得N分,第二名得M分……;并列的都按较高名次、都按较低名次,或平分所占各名次的分。"""

    def price(place: int) -> Fraction:
        return exact(prices[place - 1]) if place <= len(prices) else exact(beyond)

    found: list[Points] = []
    for value in values:
        ahead = sum(_better(v, value, first) for v in values)
        alike = sum(v == value for v in values)
        held = [price(ahead + n) for n in range(1, alike + 1)]
        found.append({"better": held[0], "worse": held[-1], "mean": _mean(held)}[ties])
    return found


def per_place(values: Sequence[Fraction], *, points: Any, deduct: Any, first: str = "high") -> list[Points]:
    """第一名得满分,每落后一名扣N分,扣完为止。"""
    return [max(ZERO, exact(points) - exact(deduct) * sum(_better(v, value, first) for v in values)) for value in values]


def to_best(values: Sequence[Fraction], *, points: Any, first: str = "high") -> list[Points]:
    """第一名满分,其余按与第一名的比例(越少越好的:第一名÷本单位);最优不大于0的没有比例。"""
    best = max(values) if first == "high" else min(values)
    if best <= 0:
        return [None] * len(values)
    return [exact(points) * max(ZERO, value / best if first == "high" else best / value) for value in values]


def to_mean(values: Sequence[Fraction], *, points: Any, first: str = "high") -> list[Points]:
    """等于平均值的得N分,其余按比例;平均值不大于0的没有比例。"""
    middle = _mean(values)
    if middle < 0:
        return [None] * len(values)
    over = [(value, middle) if first == "high" else (middle, value) for value in values]
    return [None if low == 0 else exact(points) * top / low for top, low in over]


def from_mean(
    values: Sequence[Fraction], *, points: Any, step: Any, deduct: Any, add: Any = 0, most: Any = None, first: str = "high",
    steps: str = "full", per: str = "auto", percentage: bool = False,
) -> list[Points]:  # fmt: skip
    """不低于平均值的得满分,每低N扣M分(扣到0);每高N加A分(最多加P分)。"""
    middle = _mean(values)
    shares = per == "mean" or (per == "auto" and not percentage and exact(step) < 1)
    if shares and middle == 0:
        return [None] * len(values)
    found: list[Points] = []
    for value in values:
        away = value - middle if first == "high" else middle - value
        away = away / abs(middle) if shares else away
        more = _steps(away, exact(step), "full" if steps == "started" else steps) * exact(add)
        more = more if most is None else min(more, exact(most))
        found.append(max(ZERO, exact(points) - _steps(-away, exact(step), steps) * exact(deduct)) + more)
    return found


def min_max(values: Sequence[Fraction], *, points: Any, first: str = "high", alike: Any = None) -> list[Points]:
    """(值－最低)÷(最高－最低)×满分;各单位都相同的得另写的分,没有写的没有得数。"""
    low, high = min(values), max(values)
    if low == high:
        return [None if alike is None else exact(alike)] * len(values)
    return [exact(points) * (value - low if first == "high" else high - value) / (high - low) for value in values]


def z_score(
    values: Sequence[Fraction], *, at_mean: Any, per_deviation: Any, first: str = "high", sample: bool = False
) -> list[Points]:  # fmt: skip
    """等于平均值得N分,每高(低)一个标准差加(减)M分;标准差取到10位小数。"""
    middle, over = _mean(values), len(values) - 1 if sample else len(values)
    spread = root(sum(((v - middle) ** 2 for v in values), ZERO) / over) if over else ZERO
    away = [value - middle if first == "high" else middle - value for value in values]
    return [exact(at_mean) + (exact(per_deviation) * a / spread if spread else ZERO) for a in away]


def percentile(values: Sequence[Fraction], *, points: Any, first: str = "high") -> list[Points]:
    """按超过其余单位的比例得分;只有一个单位的得满分。"""
    others = len(values) - 1
    if not others:
        return [exact(points)] * len(values)
    return [exact(points) * sum(_better(value, v, first) for v in values) / others for value in values]


def root(number: Fraction) -> Fraction:
    """The square root at ten decimals, a half going up."""
    twice = math.isqrt(4 * 10**20 * number.numerator // number.denominator)
    return Fraction((twice + 1) // 2, 10**10)


# -------------------------------------------------------------------- a criterion


def closed(
    parts: Sequence[tuple[Points, Any]], *, kind: str, full: Any, start: str, floor: Any = "default", ceiling: Any = "default"
) -> Points:
    """Points of a criterion: its start, each clause within its cap, added up, within floor and ceiling, at two digits.

    None where a clause has no points.
    """
    if any(points is None for points, _ in parts):
        return None
    total = exact(full) if start == "full" else ZERO
    for points, cap in parts:
        assert points is not None
        total += points if cap is None else max(-exact(cap), min(exact(cap), points))
    lowest, highest = {"base": (0, full), "bonus": (0, full), "deduction": (-full, 0)}[kind]
    lowest = lowest if floor == "default" else floor
    highest = highest if ceiling == "default" else ceiling
    total = total if lowest is None else max(total, exact(lowest))
    total = total if highest is None else min(total, exact(highest))
    return half_up(total, 2)


def half_up(number: Fraction, digits: int) -> Fraction:
    """四舍五入: a half goes away from nought."""
    scaled = abs(number) * 10**digits
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if number >= 0 else -whole, 10**digits)
