"""Errands: what another process opens does what was sent, with the plugins of folders, or says why it cannot."""

from __future__ import annotations

import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.domain import errands
from scorekit.domain.errands import FOLDER_PLUGINS, opened, sent
from scorekit.errors import PluginError, ScorekitError, T
from tests.building import said

PLUGIN = '''"""A rule, a function beside it, and a class."""
from dataclasses import dataclass
from scorekit.plugin import Column, Rule, hookimpl, rule

TIMES = {times}


@dataclass
class Pair:
    first: int

    class Inner:
        pass


def beside(n):
    return TIMES * n


@rule(adds=True, says={{"zh": "x", "en": "x"}})
def errand_rule(of: Column) -> Column:
    """So many times."""
    return of * beside(1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    return [errand_rule]
'''
OPENING = """
import pathlib, sys
from scorekit.plugin import Column, opened
rule, beside, pair, inner = opened(pathlib.Path(sys.argv[1]).read_bytes())
print(rule.function(Column.numbers([5])).listed(), beside(1), pair, inner.__name__, rule.plugin)
"""


def folder(path: Path, times: int = 3, name: str = "errand_plugin") -> Path:
    path.mkdir(exist_ok=True)
    (path / f"{name}.py").write_text(PLUGIN.format(times=times), encoding="utf-8")
    return path


def loaded(path: Path, name: str = "errand_plugin") -> Any:
    """The module of a folder's plugin, and the rule that it offers."""
    rule = discover([path], third_party=False).rules["errand_rule"]
    return sys.modules[f"{FOLDER_PLUGINS}.{name}"], rule


def elsewhere(errand: bytes, path: Path) -> str:
    """What another process prints of an errand."""
    (path / "errand").write_bytes(errand)
    done = subprocess.run([sys.executable, "-c", OPENING, str(path / "errand")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_is_opened_here_is_what_was_sent() -> None:
    rules = discover(third_party=False).rules
    found = opened(sent(partial(dict, rules)))
    assert found.func is dict  # type: ignore[attr-defined]
    assert found.args == (rules,)  # type: ignore[attr-defined]
    assert found.args[0]["flag"].function is rules["flag"].function  # type: ignore[attr-defined]


def test_another_process_runs_the_plugins_of_a_folder(tmp_path: Path) -> None:
    module, rule = loaded(folder(tmp_path / "plugins"))
    errand = sent((rule, module.beside, module.Pair(4), module.Pair.Inner))  # type: ignore[arg-type]
    assert elsewhere(errand, tmp_path) == "[Fraction(15, 1)] 3 Pair(first=4) Inner errand_plugin"


def test_a_plugin_changed_since_is_run_anew_where_an_older_one_is(tmp_path: Path) -> None:
    old = loaded(folder(tmp_path / "plugins", 3))[0]
    errands_ = [sent(old.beside)]
    errands_.append(sent(loaded(folder(tmp_path / "plugins", 7))[0].beside))
    found = [opened(e)(1) for e in (*errands_, errands_[0])]  # type: ignore[arg-type]
    assert found == [3, 7, 3]


def test_a_plugin_that_is_here_already_is_not_run_again(tmp_path: Path) -> None:
    module, rule = loaded(folder(tmp_path / "plugins"))
    assert opened(sent(rule)).function is rule.function  # type: ignore[arg-type, attr-defined]
    assert sys.modules[module.__name__] is module


def test_the_source_of_a_plugin_goes_along_once(tmp_path: Path) -> None:
    module, rule = loaded(folder(tmp_path / "plugins"))
    assert sent((rule, module.beside, module.Pair)).count(b"TIMES = 3") == 1  # type: ignore[arg-type]


def test_what_has_no_name_is_not_sent() -> None:
    with pytest.raises(PluginError, match="cannot be handed to another process"):
        sent(lambda table: table)  # type: ignore[arg-type, return-value]


def test_an_errand_of_another_scorekit_is_refused() -> None:
    _, inner = pickle.loads(sent(len))  # type: ignore[arg-type]
    with pytest.raises(ScorekitError) as error:
        opened(pickle.dumps(("0.0.1", inner)))
    assert "but this run is of scorekit 0.0.1" in said(error.value.what)


@pytest.mark.parametrize("name", ["no_such_package", "json"])
def test_a_worker_without_a_package_says_which(name: str) -> None:
    """Not there at all, or of a version that lacks the function."""
    with pytest.raises(ScorekitError) as error:
        opened(finding(errands.Home(name), "twice", declared=True))
    assert said(error.value.what).startswith("a worker lacks the package ")


def finding(home: errands.Home, name: str, *, declared: bool) -> bytes:
    """An errand that finds a function of another process."""
    version, _ = pickle.loads(sent(len))  # type: ignore[arg-type]
    return pickle.dumps((version, pickle.dumps(_Finds(partial(errands._found, home, name, declared)))))


class _Finds:
    """Pickles as what its function finds."""

    def __init__(self, find: Any) -> None:
        self.find = find

    def __reduce__(self) -> tuple[Any, ...]:
        return self.find.func, self.find.args


def test_a_plugin_that_cannot_be_run_elsewhere_is_named(tmp_path: Path) -> None:
    home = errands.Home(f"{FOLDER_PLUGINS}.lonely", "lonely.py", "import a_file_beside_it")
    with pytest.raises(PluginError) as error:
        opened(finding(home, "x", declared=False))
    assert said(error.value.what) == "the plugin lonely cannot be imported: ModuleNotFoundError: No module named 'a_file_beside_it'"
    assert home.module not in sys.modules


def test_errors_come_back_from_another_process_as_they_were() -> None:
    error = PluginError(T("the plugin {plugin} failed", plugin="ours"), "here", T("mend it"))
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.what, back.where, back.cure) == (PluginError, error.what, "here", error.cure)
