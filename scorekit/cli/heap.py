"""One heap for all threads of this process, and what is large apart from it, so that what is given back can be used."""

from __future__ import annotations

import sys

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""What glibc calls the most heaps that it keeps for threads, what is large, and how much it keeps free at a heap's end."""
LARGE = 192 << 10
"""Bytes from which on an array has pages of its own: a column of a batch in 32 bits has more, so that none leaves a hole."""
KEPT = 16 << 20
"""Bytes that may stay free at the heap's end: without any, every block of rows would ask the system for the same pages again."""


def shared() -> bool:
    """Have threads that are still to come share one heap; whether the C library could be asked to (glibc).

    Else each thread that reads or writes a table has a heap of its own, whose holes a large run never fills: 150 MB of 930
    where a million units are scored. And what is large goes back to the system as soon as it is not needed: glibc would soon take
    up to 32 MB for small, and a column of three million units that was given back is a hole that the next does not fit in.

    It is the process that is asked, so only the command line does, which owns it.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is None:
        return False
    return all(option(what, bound) == 1 for what, bound in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, KEPT)))
