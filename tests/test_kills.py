"""No kill leaves anything torn: a few here, hundreds with ``python -m tests.kills N``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kills import JOBS, Prepared, state, visible

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked off, which is a thing of POSIX")
@pytest.mark.parametrize("number", [12, pytest.param(250, marks=pytest.mark.long)])
def test_no_kill_leaves_anything_torn_and_the_next_run_heals(number: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "tests.kills", str(number), "3"], capture_output=True, env=environment, check=False)
    told = done.stdout.decode()
    assert done.returncode == 0, told + done.stderr.decode()
    assert told.startswith(f"kills {number} · torn 0 · healed {number} · ")
    assert re.search(r"reads as new \d|between \d", told)


def test_what_is_torn_is_seen(tmp_path: Path) -> None:
    """The judge of the kills itself: it knows whole sets, sets in between, and files that are neither old nor new."""
    job = JOBS[-1]
    ready = Prepared(job, tmp_path, {"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new"}, 0, 0, 0.0, 0)
    for content, verdict in (("old old", "old"), ("new new", "new"), ("new old", "between"), ("ne old", "TORN ['a']")):
        for name, text in zip("ab", content.split(), strict=True):
            (tmp_path / name).write_text(text)
        assert state(ready, tmp_path) == verdict
    (tmp_path / ".hidden").write_text("x")
    assert visible(tmp_path) == {"a": b"ne", "b": b"old"}
