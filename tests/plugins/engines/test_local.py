"""The engine of this machine: one batch after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorekit.cli import main
from tests.test_samples import SAMPLES

WORK = str(SAMPLES / "model-home" / "submissions")


def test_this_machine_has_no_scheduler(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "evaluate", WORK, "--out", str(tmp_path / "out"), "--scheduler", "tcp://10.0.0.5:8786"]) == 2
    assert capsys.readouterr().err.startswith("the engine “local” has no scheduler · --scheduler · add --engine dask")
    assert not (tmp_path / "out").exists()
