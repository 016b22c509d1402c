"""The records of a list combined by what each of them gives (多条记录合成：合计、平均、取优、首项增项、只扣最重一项)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import (
    OF_RECORD,
    Column,
    Counted,
    Each,
    Records,
    Rule,
    Scored,
    Why,
    choice,
    greatest,
    hookimpl,
    least,
    rule,
    worst_deduction,
)

Ways = Literal["sum", "mean", "weighted-mean", "product", "best", "worst", "first-further"]


@rule(
    adds=True,
    takes=True,
    says={
        "zh": "{of}每条记录计{value}",
        "en": "each record of {of} gives {value}",
        "zh:combine=sum": "，相加",
        "en:combine=sum": ", added up",
        "zh:combine=mean": "，取平均",
        "en:combine=mean": ", the mean is taken",
        "zh:combine=weighted-mean": "，按{weight}加权平均",
        "en:combine=weighted-mean": ", the mean weighted by {weight} is taken",
        "zh:combine=product": "，相乘",
        "en:combine=product": ", multiplied",
        "zh:combine=best": "，取最高的{k}条相加",
        "en:combine=best": ", the {k} greatest are added up",
        "zh:combine=worst": "，取最低的{k}条相加",
        "en:combine=worst": ", the {k} least are added up",
        "zh:combine=first-further": "，取最高的一条",
        "en:combine=first-further": ", the greatest one stands first",
        "zh:first": "，计{first}",
        "en:first": " and gives {first}",
        "zh:further": "，其余每条计{further}",
        "en:further": ", each further one gives {further}",
        "zh:where": "；只计{where}的",
        "en:where": "; only those with {where}",
        "zh:matter": "；同一“{matter}”只计最大的一条，加分、扣分分别比较",
        "en:matter": "; of the same “{matter}” only the largest counts, plus and minus apart",
        "zh:only=worst-deduction": "；扣分只计最重的一条",
        "en:only=worst-deduction": "; of deductions only the heaviest counts",
        "zh:counted=false": "；不问其他列表里的同一事由",
        "en:counted=false": "; whatever other lists say of the same matter",
    },
)
def records(
    of: Records,
    *,
    combine: Ways = "sum",
    value: Each = OF_RECORD,
    where: Each | None = None,
    matter: Each | None = None,
    only: Literal["all", "worst-deduction"] = "all",
    k: int = 1,
    weight: Each | None = None,
    first: Each | None = None,
    further: Each | None = None,
    counted: bool = True,
) -> Scored:
    """What the records that count give together; of none the sum is 0, the product 1, and a mean is missing."""
    found = choice(of, value, where, matter, counted)
    found = worst_deduction(found, value) if only == "worst-deduction" else found
    each = value.spread(len(of.owners))
    if combine in ("best", "worst"):
        leading = greatest if combine == "best" else least
        found = found.only(leading(of, each, k, found.counts), Counted.BEYOND)
    if combine == "first-further":
        ahead = greatest(of, each, 1, found.counts)
        each = (value if first is None else first).where(Column("truth", ahead), each if further is None else further)
    points = found.product(each) if combine == "product" else found.total(each)
    if combine in ("mean", "weighted-mean"):
        heavy = Column.of(1) if weight is None or combine == "mean" else weight
        nobody = (found.number() == 0).values
        points = found.total(each * heavy).masked_where(nobody, Why.MISSING) / found.total(heavy)
    return Scored(points, found.number(), each=each, counted=found.codes)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [records]
