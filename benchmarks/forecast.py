"""What a nation would need, reckoned from the constants of one machine; nothing here is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.scaling import Constants

NATION = 100_000_000
DISTRICTS = 10_000
CORES = (2, 16, 64, 256)


def hours(constants: Constants, cores: int, units: int = NATION) -> float:
    """Hours for so many units on so many cores that have all they can do: the processor's time, divided."""
    return constants.cpu * units / cores / 3600


def told(constants: Constants, units: int = NATION, districts: int = DISTRICTS) -> str:
    """A hundred million rows in one run, and ten thousand districts by themselves, as a table."""
    each = units // districts
    own = constants.seconds(each)
    rows = [
        ("单位", f"{units:,}", f"{districts:,} × {each:,}"),
        ("处理器小时", f"{hours(constants, 1):,.2f}", f"{constants.processor(each) * districts / 3600:,.2f}"),
        *(
            (f"{cores} 核，小时", f"{hours(constants, cores):,.2f}", f"{own * districts / max(cores / 2, 1) / 3600:,.2f}")
            for cores in CORES
        ),
        ("内存 GB（合起来的一处；各区各自）", f"{constants.memory(units) / 1e9:,.1f}", f"{constants.memory(each) / 1e9:,.2f}"),
        ("读入 GB", f"{constants.given * units / 1e9:,.0f}", f"{constants.given * each / 1e9:,.3f}"),
        ("写出 GB", f"{constants.written * units / 1e9:,.0f}", f"{constants.written * each / 1e9:,.3f}"),
    ]
    head = ["| 60 条 | 一次合并评定 | 各区各自评定 |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {name} | {one} | {many} |" for name, one, many in rows)])
