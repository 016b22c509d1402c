"""Work done ahead of its turn on other threads: while one block is looked at, the next ones are read and told apart.

It helps where the work is numpy's on whole arrays, which lets other threads run meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

THREADS = 2
Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """What *work* makes of each item, in their order; no more than two are under way or waiting at a time."""
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def beforehand(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, the next of them made on another thread while one is looked at."""
    source, end = iter(items), object()
    with ThreadPoolExecutor(1) as pool:
        waiting: Future[Any] = pool.submit(next, source, end)
        while (item := waiting.result()) is not end:
            waiting = pool.submit(next, source, end)
            yield item
