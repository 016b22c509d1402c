"""The public list of a result, as publishers are given it: texts that may be shown to everybody, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list to be put up: ``title`` and ``result`` above, ``lines`` below them, then ``rows`` under ``heads``, then ``below``.

    ``names`` are the columns as programs know them (``rank``, ``unit``, …), ``heads`` the same in the run's language. Each row
    has a text for each column. ``subject`` is the rubric's id and version.
    """

    title: str
    result: str
    lines: tuple[str, ...]
    names: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """A named form of the public list: from the list to the content of the file of the name ``file``."""

    name: str
    file: str
    render: Callable[[PublicList], bytes]
    summary: str = ""
    plugin: str = field(default="", compare=False)
