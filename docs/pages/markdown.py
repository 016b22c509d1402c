"""Markdown made from rows and texts: tables, fenced blocks, headings with a note that the page is generated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

NOTE = "<!-- 本页由 python -m docs.generate 从代码生成，请勿手改。 -->"


def page(title: str, *parts: str) -> str:
    """A whole page: title, the note, and its parts with blank lines between."""
    return "\n\n".join([f"# {title}", NOTE, *(p.strip("\n") for p in parts if p)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars and line breaks in cells are escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(c) for c in line) + " |" for line in lines)


def fenced(text: str, language: str = "") -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```"


def code(text: str) -> str:
    """A word of code; empty stays empty."""
    return f"`{text}`" if text else ""


def as_json(value: Any) -> str:
    """JSON as people write it: short things on one line, long ones spread."""
    return _spread(value, 0)


def _spread(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or len(flat) + 2 * depth <= 100:
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + _spread(v, depth + 1) for v in value) + f"\n{end}]"
    inner = (f"{pad}{json.dumps(k, ensure_ascii=False)}: {_spread(v, depth + 1)}" for k, v in value.items())
    return "{\n" + ",\n".join(inner) + f"\n{end}}}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
