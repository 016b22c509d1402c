"""Threads of the command line share one heap where the C library lets them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scorekit.cli import heap

HEAPS = """
import ctypes, sys, threading
from scorekit.cli.heap import shared
if sys.argv[1] == "shared":
    shared()
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
thread = threading.Thread(target=library.malloc, args=(100_000,))
thread.start()
thread.join()
library.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""
"""Prints what glibc says of its heaps after a thread has asked for memory."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_a_thread_has_no_heap_of_its_own() -> None:
    if not heap.shared():
        pytest.skip("the C library cannot be asked")
    found = {}
    for how in ("shared", "apart"):
        run = subprocess.run([sys.executable, "-c", HEAPS, how], capture_output=True, check=True, timeout=60, text=True)
        found[how] = run.stdout.count("<heap nr=")
    assert found["shared"] == 1
    assert found["apart"] > 1


LARGE = """
import ctypes
from scorekit.cli.heap import LARGE, shared
shared()
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes, library.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
resident = lambda: int(open("/proc/self/statm").read().split()[1])
library.free(library.malloc(7 * LARGE))  # as glibc sees one given back, it takes the next of its size for small
block, above = library.malloc(4 * LARGE), library.malloc(LARGE // 8)
ctypes.memset(block, 1, 4 * LARGE)
before = resident()
library.free(block)
print(before - resident() > 3 * LARGE // 4096)
"""
"""Prints whether a large block below one that stays goes back to the system when it is given back."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_what_is_large_goes_back_to_the_system_though_something_above_it_stays() -> None:
    if not heap.shared():
        pytest.skip("the C library cannot be asked")
    run = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, check=True, timeout=60, text=True)
    assert run.stdout.strip() == "True"


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not heap.shared()
