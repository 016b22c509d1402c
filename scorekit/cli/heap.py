"""One heap for all threads of this process, so that what one gives back another can use."""

from __future__ import annotations

import sys

_ARENA_MAX = -8
"""What glibc calls the most heaps that it keeps for threads."""


def shared() -> bool:
    """Have threads that are still to come share one heap; whether the C library could be asked to (glibc).

    Else each thread that reads or writes a table has a heap of its own, whose holes a large run never fills: 150 MB of 930
    where a million units are scored. It is the process that is asked, so only the command line does, which owns it.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    option = getattr(ctypes.CDLL(None), "mallopt", None)
    return option is not None and option(_ARENA_MAX, 1) == 1
