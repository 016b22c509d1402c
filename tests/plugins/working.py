"""Work for engines: a plugin of a folder whose rule takes its time and says which process ran it, with a rubric and forty units."""

from __future__ import annotations

from pathlib import Path

from scorekit.cli import main

SLOW = '''"""A rule that says which process runs it, and takes its time."""
import os
import time
from pathlib import Path

from scorekit.plugin import Column, Number, Rule, hookimpl, rule

HERE = Path(__file__).parent


@rule(adds=True, says={"zh": "{of}", "en": "{of}"})
def slow(of: Column, *, points: Number) -> Column:
    """The figure, slowly; a fatal one kills whoever reads it."""
    if (HERE / "fatal").exists():
        os._exit(1)
    (HERE / f"{os.getpid()}.pid").touch()
    time.sleep(0.1 if not (HERE / "long").exists() else 5)
    return of.clip(0, points)


@hookimpl
def scorekit_rules() -> list[Rule]:
    return [slow]
'''
RUBRIC = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "t", "type": "object", "properties": {
"unit": {"type": "string", "title": "单位"}, "a": {"type": "number", "title": "a", "x-criterion": {"points": 50, "rule": {"slow": {}}}},
"b": {"type": "number", "title": "b", "x-criterion": {"points": 9, "rule": {"to_best": {}}}}},
"x-rubric": {"language": 1, "id": "t", "version": "1", "unit": "unit"}}"""


def slow_work(folder: Path) -> Path:
    """A folder with the plugin, its rubric, and forty units to be scored slowly."""
    (folder / "plugins").mkdir()
    (folder / "plugins" / "slowly.py").write_text(SLOW, encoding="utf-8")
    (folder / "rubric.json").write_text(RUBRIC, encoding="utf-8")
    (folder / "in").mkdir()
    rows = "".join(f"U{n},{n % 37 + n / 8},{n % 11}\n" for n in range(40))
    (folder / "in" / "all.csv").write_text("unit,a,b\n" + rows, encoding="utf-8")
    return folder


def processes(work: Path) -> set[int]:
    """The ids of the processes that ran the rule."""
    return {int(path.stem) for path in (work / "plugins").glob("*.pid")}


def command(work: Path, out: str) -> list[str]:
    """The words that have the work done."""
    own = ["--rubric", str(work / "rubric.json"), "--plugins", str(work / "plugins")]
    return ["evaluate", str(work / "in"), "--out", str(work / out), *own]


def evaluated(submissions: Path, out: Path, *words: str, status: int = 0) -> Path:
    """The results of an evaluation that ends with this status."""
    assert main(["evaluate", str(submissions), "--out", str(out), *words]) == status
    return out


def slowly(work: Path, out: str, *words: str, status: int = 0) -> Path:
    """The results of the slow work."""
    assert main([*command(work, out), *words]) == status
    return work / out
