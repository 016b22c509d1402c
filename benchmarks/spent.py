"""Where the time of the main job goes: ``python -m benchmarks.spent [--units N] [--page FOLDER]``, Parquet in and out, in one process.

The functions of ``scorekit/evaluation.py`` and the exporters are timed as they are called; what one calls of another is taken off.
Several work at a time, each on a thread of its own, so what is counted is the processor's time of the thread that does the work.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock, local
from typing import Any
from unittest.mock import patch

from benchmarks import page, workload

UNITS = 300_000
STEPS = {
    "commission": "读标准、编译",
    "read": "读入",
    "validate": "校验",
    "score": "评分",
    "aggregate": "汇总",
    "gathered": "合并各批",
    "settle": "重复、认领",
    "rank": "排名",
    "declare": "标准所声明的数",
    "decide": "等次、名额",
    "distinct": "合并问题",
    "blanks": "没有填的",
    "strangers": "通知里不认识的单位",
    "over_quota": "名额以外的申报",
    "export parquet": "写 Parquet",
    "export workbook": "写给人看的工作簿",
    "export rubric": "写标准的副本",
    "save": "摘要、记录、落盘",
    "evaluate": "其余",
    "other": "别的线程（多是先读后面的）",
}


class Clock:
    """Processor seconds by step, each without those that it called on the same thread."""

    def __init__(self) -> None:
        self.own: dict[str, float] = {}
        self.lock = Lock()
        self.thread = local()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what this thread does within."""
        mine: list[list[float]] = self.thread.__dict__.setdefault("open", [])
        start, inner = time.thread_time(), [0.0]
        mine.append(inner)
        try:
            yield
        finally:
            mine.pop()
            taken = time.thread_time() - start
            with self.lock:
                self.own[name] = self.own.get(name, 0.0) + taken - inner[0]
            if mine:
                mine[-1][0] += taken

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """*work*, its time kept under *name*."""

        def run(*given: Any, **named: Any) -> Any:
            with self.step(name):
                return work(*given, **named)

        return run

    def each(self, name: str, items: Iterable[Any]) -> Iterator[Any]:
        """The items, the time of making each kept under *name*."""
        iterator = iter(items)
        while True:
            with self.step(name):
                item = next(iterator, None)
            if item is None:
                return
            yield item


def spent(units: int, seed: int = workload.SEED) -> tuple[dict[str, float], float]:
    """Processor seconds by step of one run, and how long it took."""
    from scorekit import evaluation, saving
    from scorekit.catalogue import discover
    from scorekit.loading.request import Request

    clock, catalogue = Clock(), discover(third_party=False)
    stages = [n for n in STEPS if hasattr(evaluation, n) and n not in ("evaluate", "commission")]
    exported = saving._exported
    with tempfile.TemporaryDirectory() as name, ExitStack() as patched:
        folder = Path(name)
        source = workload.write_parquet(folder / "units.parquet", units, seed)
        rubric = workload.write_rubric(folder / "rubric.json", seed)
        for stage in stages:
            patched.enter_context(patch.object(evaluation, stage, clock.timed(stage, getattr(evaluation, stage))))

        def export(exporter: Any, *given: Any) -> Any:
            with clock.step(f"export {exporter.name}"):
                return exported(exporter, *given)

        patched.enter_context(patch.object(saving, "_exported", export))
        for exporter in catalogue.exporters.values():  # one that writes its tables on threads of its own
            module = sys.modules[exporter.write.__module__]
            if exporter.name == "parquet" and hasattr(module, "write_table"):
                patched.enter_context(patch.object(module, "write_table", clock.timed("export parquet", module.write_table)))
        began, before = time.perf_counter(), time.process_time()
        with clock.step("commission"):
            work = evaluation.commission(source, catalogue, Request(rubric=str(rubric)))
        work = replace(work, tables=clock.each("read", work.tables))
        with clock.step("evaluate"):
            outcome = evaluation.evaluate(work, catalogue)
        with clock.step("save"):
            saving.save(outcome, catalogue, folder / "out", "parquet", source)
        whole = time.process_time() - before
        clock.own["other"] = max(whole - sum(clock.own.values()), 0.0)
        return clock.own, time.perf_counter() - began


def table(found: dict[str, float], units: int, taken: float) -> str:
    """Shares of the processor's time, the largest first."""
    whole = sum(found.values())
    said = f"{units:,} 个单位 × 60 条，用了 {taken:.2f} 秒，处理器 {whole:.2f} 秒："
    lines = [said, "", "| 步骤 | 处理器秒 | 占 | 每单位每条 ns |", "|---|---|---|---|"]
    for name, seconds in sorted(found.items(), key=lambda item: -item[1]):
        each = seconds / units / workload.CRITERIA * 1e9
        lines.append(f"| {STEPS.get(name, name)} | {seconds:.2f} | {seconds / whole:.0%} | {each:,.0f} |")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spent")
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--page", type=Path, default=page.FOLDER, help="the folder of the page to write")
    given = parser.parse_args(words)
    found, taken = spent(given.units)
    body = table(found, given.units, taken)
    print(body)
    page.write(given.page / page.PAGE.name, {"spent": body})
    return 0


if __name__ == "__main__":
    sys.exit(main())
