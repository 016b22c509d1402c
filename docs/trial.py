"""Try a document as a reader would: make its files, run its commands in an empty folder, compare what they print.

``python -m docs.trial [FILE…]`` says what differs in these documents, or in all that have something to try;
``--write`` puts what was printed into the document, unless a command failed.
A comment above a fenced block says what the block is:

    <!-- folder: checkout -->   the folder holds samples/ and rubrics/ of the checkout (stands above no block)
    <!-- file: NAME -->         the block is the content of a file
    <!-- run -->                commands after "$ ", each with what it prints; <!-- run: 2 --> where they end with status 2
    <!-- python -->             a program, run as it stands
    <!-- prints -->             what the program before it prints
    <!-- output: COMMAND -->    what a command prints

A line "…" in what is printed stands for any number of lines, "…" within a line for any text.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMPARED = ("run", "prints", "output")
_FAILED = re.compile(r"^\(status \d+, expected \d+\)$", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!-- (\w+)(?:: (.*?))? -->\s*$")


@dataclass(frozen=True)
class Block:
    """A fenced block under a comment: what the comment says, and the block's text with its place (line numbers from 0)."""

    kind: str
    argument: str
    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Finding:
    """A block whose text is not what came out."""

    block: Block
    actual: str


def blocks(text: str) -> Iterator[Block]:
    """The marked blocks of a document, in their order; comments above no block have an empty one."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        comment = _COMMENT.match(line)
        if comment is None:
            continue
        first = last = number + 1
        if first < len(lines) and lines[first].lstrip().startswith("```"):
            last = next(i for i in range(first + 1, len(lines)) if lines[i].lstrip().startswith("```"))
        yield Block(comment[1], comment[2] or "", "\n".join(lines[first + 1 : last]), first + 1, last)


def documents() -> list[Path]:
    """The documents of the checkout that have something to try."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*/README.md")]
    return sorted(p for p in found if any(b.kind in COMPARED for b in blocks(p.read_text(encoding="utf-8"))))


def tried(document: Path, folder: Path) -> list[Finding]:
    """What differs when *document* is followed in the empty *folder*."""
    runner = _Runner(folder)
    found = []
    for block in blocks(document.read_text(encoding="utf-8")):
        actual = runner.follow(block)
        if actual is not None and not _fits(block.text, actual):
            found.append(Finding(block, actual))
    return found


def rewritten(document: Path, findings: Sequence[Finding]) -> str:
    """The document with what came out in the blocks that differ; lines with "…" stay where they still fit."""
    lines = document.read_text(encoding="utf-8").splitlines()
    for finding in sorted(findings, key=lambda f: -f.block.first):
        open_lines = [line for line in finding.block.text.splitlines() if "…" in line and line.strip() != "…"]
        lines[finding.block.first : finding.block.last] = [_as_before(line, open_lines) for line in finding.actual.splitlines()]
    return "\n".join(lines) + "\n"


def _as_before(line: str, open_lines: Sequence[str]) -> str:
    return next((o for o in open_lines if re.fullmatch(_pattern(o), line + "\n")), line)


class _Runner:
    """Follows the blocks of one document in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = ""
        self.environ = {k: v for k, v in os.environ.items() if not k.startswith(("SCOREKIT_", "PYTEST_", "COV_"))}
        bin_ = Path(tempfile.mkdtemp(prefix="trial-"))
        for name, words in (("scorekit", "-m scorekit "), ("python", "")):
            (bin_ / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words}"$@"\n', encoding="utf-8")
            (bin_ / name).chmod(0o755)
        self.environ |= {
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(str(Path(p).resolve()) for p in sys.path if p),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
            "LANG": "C.UTF-8",
        }

    def follow(self, block: Block) -> str | None:
        """Do what a block says; what its text should be, None where nothing is to be compared."""
        if block.kind == "folder":
            self._check_out()
        elif block.kind == "file":
            target = self.folder / block.argument
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text + "\n", encoding="utf-8")
        elif block.kind == "run":
            commands = [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]
            return "\n".join(f"$ {c}\n{self._run(c, int(block.argument or 0))}".rstrip() for c in commands)
        elif block.kind == "python":
            (self.folder / ".program.py").write_text(block.text + "\n", encoding="utf-8")
            self.printed = self._run("python .program.py", 0)
        elif block.kind == "prints":
            return self.printed
        elif block.kind == "output":
            return self._run(block.argument, 0)
        return None

    def _check_out(self) -> None:
        for name in ("samples", "rubrics"):
            leave = shutil.ignore_patterns("__pycache__", "scorekit-results")
            shutil.copytree(ROOT / name, self.folder / name, ignore=leave)

    def _run(self, command: str, status: int) -> str:
        done = subprocess.run(  # noqa: S602 - the commands are the document's own
            command, shell=True, cwd=self.folder, env=self.environ, capture_output=True, encoding="utf-8", check=False
        )
        printed = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines()).rstrip()
        if done.returncode != status:
            return f"{printed}\n(status {done.returncode}, expected {status})"
        return printed


def _fits(wanted: str, actual: str) -> bool:
    """Whether a text is what is wanted, where "…" stands for anything."""
    pattern = "".join(map(_pattern, wanted.rstrip().splitlines()))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in actual.rstrip().splitlines())) is not None


def _pattern(line: str) -> str:
    """The lines that a line of a document stands for, as a regular expression."""
    if line.strip() == "…":
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.rstrip().split("…"))) + r"\n"


def main(words: Sequence[str]) -> int:
    """Try the documents named, or all; status 1 where one differs and is not rewritten."""
    status = 0
    for document in [Path(w) for w in words if w != "--write"] or documents():
        with tempfile.TemporaryDirectory() as folder:
            findings = tried(document, Path(folder))
        for finding in findings:
            sys.stdout.write(f"{document}:{finding.block.first}\n{finding.actual}\n\n")
        told = [f for f in findings if not _FAILED.search(f.actual)]
        if "--write" in words:
            document.write_text(rewritten(document, told), encoding="utf-8", newline="\n")
        if "--write" not in words or told != findings:
            status = 1 if findings else status
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
