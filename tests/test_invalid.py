"""Every folder of samples/invalid is a mistake someone makes, with the message that it must bring: a folder more is a test more.

``python -m tests.test_invalid --update [CASE…]`` writes what is said now into ``expected.txt``, to be read before it is kept.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import importlib.util
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorekit.catalogue import discover
from scorekit.cli import main

ROOT = Path(__file__).parents[1]
INVALID = ROOT / "samples" / "invalid"
CASES = sorted(p.parent.name for p in INVALID.glob("*/command.txt"))
OUT = "scorekit-results"
LAID_OUT = {"problems.csv": (), "standings.csv": ("rank", "unit", "total", "status", "reasons")}
GOOD_UNIT = "东风机械厂工会"
NOBODY_IS_SCORED = {
    "csv-duplicate-header",
    "csv-missing-column",
    "csv-two-columns-one-field",
    "plugin-raises-on-all",
    "xlsx-duplicate-header",
}
SAYS_WHAT_PYTHON_SAID = {"plugin-import-error", "plugin-syntax-error", "plugin-without-direction", "plugin-wrong-annotation"}
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
SHOWN_AS_THEY_ARE = re.compile(r"“[^”]*”|\"[^\"]*\"|scorekit( [a-z-]+)+|--[a-z-]+|\{[^}]*\}|[\w./-]+\.(json|csv|xlsx|py|toml)\S*")


@contextlib.contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Work in *folder* for a while, with no language asked for."""
    before, language = Path.cwd(), os.environ.pop("SCOREKIT_LANG", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        if language is not None:
            os.environ["SCOREKIT_LANG"] = language


def said(case: str, folder: Path) -> str:
    """What the commands of a case bring when they are given in a copy of it: the last status, both streams, the tables."""
    shutil.copytree(INVALID / case, folder, dirs_exist_ok=True)
    if not (folder / "rubric.json").exists():
        shutil.copy(INVALID / "rubric.json", folder)
    with standing_in(folder):
        status, out, err = 0, io.StringIO(), io.StringIO()
        for command in (folder / "command.txt").read_text(encoding="utf-8").splitlines():
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = main(shlex.split(command))
    sections = [f"status {status}\n", *section("stderr", err.getvalue()), *section("stdout", out.getvalue())]
    for name, columns in LAID_OUT.items():
        sections += section(name, laid_out(folder / OUT / name, columns))
    return without_lists("".join(sections))


def section(name: str, text: str) -> list[str]:
    return [f"\n[{name}]\n{text}"] if text else []


def laid_out(path: Path, columns: tuple[str, ...]) -> str:
    """A table of results, one row a line, what is empty left out."""
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[row[c] for c in columns or row] for row in csv.DictReader(file)]
    return "".join(" · ".join(v for v in row if v) + "\n" for row in rows)


def without_lists(text: str) -> str:
    """With the lists of all there is shortened, since they grow with every rubric, sample and rule."""
    for names in all_there_is():
        text = text.replace(names, "〈全部〉")
    return text


@functools.cache
def all_there_is() -> list[str]:
    """The ids of all rubrics and samples, and the names of all rules, as messages list them."""
    rubrics = sorted(p.parent.name for p in (ROOT / "rubrics").glob("*/rubric.json"))
    samples = sorted(p.parent.name for p in (ROOT / "samples").glob("*/submissions"))
    return ["、".join(names) for names in (rubrics, samples, sorted(discover(third_party=False).rules))]


def expected(case: str) -> str:
    """What a case must bring; nothing where that was not written yet."""
    path = INVALID / case / "expected.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def part(case: str, name: str) -> list[str]:
    """The lines of one section of what is expected."""
    found = re.search(rf"\n\[{re.escape(name)}\]\n(.*?)(?=\n\[[a-z.]+\]\n|\Z)", expected(case), re.DOTALL)
    return found[1].splitlines() if found else []


@pytest.mark.parametrize("case", CASES)
def test_the_mistake_brings_the_message(case: str, tmp_path: Path) -> None:
    assert said(case, tmp_path) == expected(case)


@pytest.mark.parametrize("case", CASES)
def test_the_message_is_chinese_and_no_traceback(case: str) -> None:
    assert "Traceback" not in expected(case)
    assert not re.search(r"/tmp/|/home/|0x[0-9a-f]{6}", expected(case))
    if case not in SAYS_WHAT_PYTHON_SAID:
        told = [*part(case, "stderr"), *part(case, "problems.csv"), *part(case, "standings.csv")]
        assert [line for line in told if ENGLISH.search(SHOWN_AS_THEY_ARE.sub("", line))] == []


@pytest.mark.parametrize("case", [c for c in CASES if expected(c).startswith("status 2")])
def test_what_cannot_be_done_is_one_line_that_says_what_to_do(case: str) -> None:
    [line] = part(case, "stderr")
    assert len(line.split(" · ")) >= 2
    assert re.search("请|是不是|可以|可用|现有|只能|有：|列有", line.split(" · ")[-1]), line


@pytest.mark.parametrize("case", [c for c in CASES if part(c, "standings.csv") and c not in NOBODY_IS_SCORED])
def test_a_good_unit_is_scored_beside_the_bad_one(case: str) -> None:
    lines = [line.split(" · ") for line in part(case, "standings.csv")]
    assert [line[1] for line in lines if line[0].isdigit() and GOOD_UNIT in line and "ranked" in line] == [GOOD_UNIT]


@pytest.mark.parametrize("case", sorted(NOBODY_IS_SCORED))
def test_where_nobody_is_scored_a_problem_says_why(case: str) -> None:
    assert not any("ranked" in line for line in part(case, "standings.csv"))
    assert any(line.startswith("error") for line in part(case, "problems.csv"))


def test_the_generated_files_are_what_their_program_writes(tmp_path: Path) -> None:
    """Byte for byte; only of the packed bomb, which depends on the packing library, no more than that it is there."""
    spec = importlib.util.spec_from_file_location("generate_invalid", INVALID / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    made = [p.relative_to(tmp_path) for p in sorted(tmp_path.rglob("*")) if p.is_file()]
    differing = [str(p) for p in made if (tmp_path / p).read_bytes() != (INVALID / p).read_bytes() and p.parts[0] != "xlsx-bomb"]
    assert (len(made) > 40, differing) == (True, [])


def update(cases: list[str]) -> None:
    """Write the messages as they are now."""
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            (INVALID / case / "expected.txt").write_text(said(case, Path(folder)), encoding="utf-8", newline="\n")


if __name__ == "__main__" and sys.argv[1:2] == ["--update"]:
    update(sys.argv[2:] or CASES)
