"""What goes back with a file, and who writes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scorekit.domain.annotated import Lineage
from scorekit.domain.annotators import Annotator, Finding, Head, Returned
from scorekit.domain.intake import SourceFile


def test_an_annotator_is_the_same_whatever_plugin_it_came_from() -> None:
    one = Annotator("workbook", (".xlsx",), lambda r, p: None, lambda r, p: None)
    assert replace(one, plugin="annotators.workbook") == one


def test_what_goes_back_is_not_changed_by_who_writes_it() -> None:
    finding = Finding("error", "甲", "表", "A1", "单位名称", "", "空", "填上", Head("A", frozenset({"单位名称"}), 4))
    returned = Returned(SourceFile(Path("a.xlsx"), "a.xlsx"), (finding,), Lineage(("a" * 64,)), "zh")
    assert returned.more == 0
    assert returned.why is None
    with pytest.raises(AttributeError):
        returned.more = 1  # type: ignore[misc]
