"""Every scoring rule that comes with scorekit keeps the laws."""

from __future__ import annotations

import importlib
import pkgutil
from string import Formatter
from typing import Any

import pytest
import scorekit_plugins.rules

from scorekit.plugin import Column, Rule
from scorekit.testing import check_rule

EXAMPLES: dict[str, Any] = {
    "panel": {"grades": [None]},
    "discretion": {"grade": ["A", "B"], "reason": ["因为"]},
    "discretion_off": {"grade": ["A", "B"], "reason": ["因为"]},
    "place_points": {"prices": [(Column.of(10), Column.of(8)), (Column.of(5),)]},
}


def rules() -> list[Rule]:
    """Every rule of every module of the family."""
    modules = [importlib.import_module(f"scorekit_plugins.rules.{m.name}") for m in pkgutil.iter_modules(scorekit_plugins.rules.__path__)]
    return [found for module in modules for found in module.scorekit_rules()]


@pytest.mark.parametrize("wanted", rules(), ids=lambda r: r.name)
def test_a_rule_keeps_every_law(wanted) -> None:
    check_rule(wanted, examples=EXAMPLES.get(wanted.name), max_examples=200)


def test_a_module_is_called_as_its_rule_is() -> None:
    assert [m.name for m in pkgutil.iter_modules(scorekit_plugins.rules.__path__)] == sorted(r.name for r in rules())


def test_every_rule_says_itself_in_both_languages_with_its_own_parameters() -> None:
    for wanted in rules():
        names = {p.name for p in wanted.params}
        assert {"zh", "en"} <= wanted.says.keys()
        assert wanted.summary
        for key, text in wanted.says.items():
            other = {"zh": "en", "en": "zh"}[key[:2]] + key[2:]
            assert other in wanted.says, f"{wanted.name} says {key} in one language only"
            assert key[3:].partition("=")[0] in {"", *names}, f"{wanted.name} has no parameter for {key}"
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= names, f"{wanted.name} says {text}"
