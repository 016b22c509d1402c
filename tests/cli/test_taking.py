"""Taking: texts, paths and lists of them as they are typed; everything else as the framework takes it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import pytest

from scorekit.cli.taking import plainly

ASIDE = object()


class Param(SimpleNamespace):
    """A parameter of the framework, which gives ``ASIDE`` for every value that is left to it."""

    name: str
    required = False
    callback: Any = None

    def process_value(self, context, value):
        return ASIDE


def taken(hint, value, **more):
    def callback(x):
        pass

    callback.__annotations__ = {"x": hint}
    [param] = plainly(SimpleNamespace(callback=callback), [Param(name="x", **more)])
    return param.process_value(None, value)


@pytest.mark.parametrize(
    ("hint", "value", "found"),
    [
        (str, "甲", "甲"),
        (str, "", ""),
        (str | None, "x", "x"),
        (str | None, None, None),
        (Path, "a/b", Path("a/b")),
        (Path, Path("a"), Path("a")),
        (Path | None, None, None),
        (Annotated[Path, "told"], "a", Path("a")),
        (list[str] | None, ("a", "b"), ["a", "b"]),
        (list[Path] | None, ["a"], [Path("a")]),
        (list[Path] | None, None, ()),
        (bool, None, None),
        (bool, True, ASIDE),
        (int, "7", ASIDE),
        (str, 7, ASIDE),
        (list[str], "a", ASIDE),
        (list[str], (), ASIDE),
        (list[str], (1,), ASIDE),
        (list[int], ("1",), ASIDE),
        (str | Path, "a", ASIDE),
        (None, "a", ASIDE),
    ],
)
def test_plain_values_are_taken_here_and_the_rest_is_left(hint, value, found):
    got = taken(hint, value)
    assert got is ASIDE if found is ASIDE else (got, type(got)) == (found, type(found))


def test_a_required_value_that_is_missing_is_worded_by_the_framework():
    assert taken(Path, None, required=True) is ASIDE


def test_what_is_to_be_told_of_a_value_is_told():
    told = []
    assert taken(str, "a", callback=lambda context, param, value: told.append(value) or "b") == "b"
    assert told == ["a"]


def test_a_parameter_is_changed_once():
    def callback(x: str):
        pass

    command, params = SimpleNamespace(callback=callback), [Param(name="x")]
    first = plainly(command, params)[0].process_value
    assert plainly(command, params)[0].process_value is first


def test_a_group_without_a_function_has_no_hints():
    [param] = plainly(SimpleNamespace(callback=None), [Param(name="x")])
    assert (param.process_value(None, None), param.process_value(None, "a")) == (None, ASIDE)
