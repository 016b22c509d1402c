"""The catalogue: what is found, by whom it is offered, and what a broken plugin stops."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from scorekit import __version__, catalogue
from scorekit.catalogue import BUILT_IN, ENTRY_POINT, FOLDER, Catalogue, PluginInfo, discover
from scorekit.errors import InputError, PluginError, T, Text
from scorekit.plugin import Column, Rule, hookimpl, rule
from tests.building import said

NEW_RULE = '''"""A rule of our own."""
from scorekit.plugin import Column, Number, Rule, hookimpl, rule

__version__ = "3.2"


@rule(adds=True, says={"zh": "%(name)s", "en": "%(name)s"})
def %(name)s(of: Column, *, points: Number) -> Column:
    """Twice."""
    return 2 * of * points


@hookimpl
def scorekit_rules() -> list[Rule]:
    return [%(name)s]
'''


@rule(adds=True, says={"zh": "加倍", "en": "twice"})
def twice(of: Column) -> Column:
    """Twice."""
    return of + of


@dataclass(frozen=True)
class Point:
    """An entry point as an installed package would have it."""

    name: str
    load: Callable[[], Any]
    value: str = "package.module"
    dist: Any = None


def plugin(**hooks: Callable[[], Any]) -> ModuleType:
    """A plugin with these hooks."""
    module = ModuleType("package.module")
    for name, function in hooks.items():
        setattr(module, f"scorekit_{name}", hookimpl(function, specname=f"scorekit_{name}"))
    return module


def nothing() -> list[Any]:
    """A hook that offers nothing."""
    return []


def offering(*rules: Rule) -> ModuleType:
    return plugin(rules=lambda: list(rules))


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Catalogue]:
    """Discovery with entry points of one's own: plugins, or functions that give one."""

    def discovered(*points: Any, folders: Sequence[Path] = (), third_party: bool = True) -> Catalogue:
        made = [p if isinstance(p, Point) else Point(f"p{n}", lambda p=p: p) for n, p in enumerate(points)]
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: made if group == "scorekit" else [])
        return discover(folders, third_party)

    return discovered


def faults(catalogue: Catalogue) -> list[str]:
    return [f"{f.plugin}: {said(f.what)}" for f in catalogue.faults]


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(PluginError) as caught:
        act()
    return said(caught.value.what)


# -------------------------------------------------------------------- what is built in


def test_the_built_in_plugins_are_found_each_with_what_it_offers(found: Callable[..., Catalogue]) -> None:
    shipped = found()
    assert {"flag", "shortfall", "place_points"} <= shipped.rules.keys()
    assert {"csv", "workbook"} <= shipped.readers.keys()
    assert {"expand", "shrink", "refuse", "draw"} == shipped.awards.keys()
    assert {"sum", "weighted-mean", "minimum"} <= shipped.aggregators.keys()
    assert PluginInfo("rules.flag", BUILT_IN, __version__, (("rules", "flag"),)) in shipped.plugins
    assert shipped.faults == ()
    assert shipped.contested == {}


def test_what_is_found_says_who_gave_it(found: Callable[..., Catalogue]) -> None:
    shipped = found()
    assert shipped.find("rules", "flag").plugin == "rules.flag"
    assert shipped.version_of("rules.flag") == __version__
    assert shipped.version_of("nobody") == ""


def test_the_order_of_plugins_is_the_same_every_time(found: Callable[..., Catalogue]) -> None:
    assert found().plugins == found().plugins
    assert [p.name for p in found().plugins] == sorted(p.name for p in found().plugins)


def test_two_built_in_plugins_of_one_name_are_an_error_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_built_in", lambda: iter([("one", offering(twice)), ("two", offering(twice))]))
    assert refusal(discover) == "the plugins one and two both offer “twice” of rules"


def test_a_broken_built_in_plugin_is_an_error_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_built_in", lambda: iter([("one", plugin(ruls=nothing))]))
    assert refusal(discover) == "the plugin one has the hook scorekit_ruls, which scorekit does not know"


# -------------------------------------------------------------------- installed plugins


def test_an_installed_plugin_is_found_with_its_version(found: Callable[..., Catalogue]) -> None:
    with_one = found(Point("doubling", lambda: offering(twice), dist=SimpleNamespace(version="1.4")))
    assert with_one.find("rules", "twice").plugin == "doubling"
    assert with_one.plugins[-1] == PluginInfo("doubling", ENTRY_POINT, "1.4", (("rules", "twice"),))
    assert "twice" not in found(offering(twice), third_party=False).rules


def broken(error: BaseException) -> Callable[[], Any]:
    def load() -> Any:
        raise error

    return load


@pytest.mark.parametrize("error", [ImportError("no numpy"), SyntaxError("bad"), SystemExit(3), KeyError("x")])
def test_a_package_that_cannot_be_imported_stops_nothing_else(found: Callable[..., Catalogue], error: BaseException) -> None:
    both = found(Point("bad", broken(error)), Point("good", lambda: offering(twice)))
    assert faults(both) == [f"bad: it cannot be imported: {type(error).__name__}: {error}"]
    assert both.find("rules", "twice").plugin == "good"
    assert "bad" not in {p.name for p in both.plugins}


def failing() -> list[Rule]:
    msg = "dead"
    raise RuntimeError(msg)


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        (plugin(ruls=nothing), "the plugin p0 has the hook scorekit_ruls, which scorekit does not know"),
        (plugin(rules=lambda path: []), "the plugin p0 has a hook that scorekit does not know: "),
        (plugin(rules=failing), "the plugin p0 failed in scorekit_rules: RuntimeError: dead"),
        (plugin(rules=lambda: None), "the plugin p0 failed in scorekit_rules: TypeError: "),
        (plugin(rules=lambda: [twice, 5]), "scorekit_rules of the plugin p0 gave a int, not a Rule"),
        (plugin(rubric_packs=lambda: [5]), "scorekit_rubric_packs of the plugin p0 gave a int, not a str"),
        (plugin(rubric_packs=lambda: ["no_such_pack"]), "the plugin p0 names a pack of rubrics that is no package: no_such_pack"),
        (plugin(rubric_packs=lambda: ["no_such.pack"]), "the plugin p0 names a pack of rubrics that is no package: no_such.pack"),
        (plugin(rubric_packs=lambda: ["this"]), "the plugin p0 names a pack of rubrics that is no package: this"),
        (plugin(rubric_packs=lambda: [""]), "the plugin p0 names a pack of rubrics that is no package: "),
    ],
)
def test_a_plugin_that_breaks_its_contract_is_reported_and_offers_nothing(
    found: Callable[..., Catalogue], module: ModuleType, fault: str
) -> None:
    both = found(module, offering(twice))
    assert [f.startswith(f"p0: {fault}") for f in faults(both)] == [True]
    assert both.find("rules", "twice").plugin == "p1"
    assert both.rubric_packs == ()


def test_a_package_of_rubrics_is_kept(found: Callable[..., Catalogue]) -> None:
    packs = found(plugin(rubric_packs=lambda: ["scorekit_samples"]))
    assert packs.rubric_packs == ("scorekit_samples",)
    assert packs.plugins[-1].offers == (("rubric_packs", "scorekit_samples"),)


def test_a_name_that_two_plugins_offer_is_an_error_only_where_it_is_named(found: Callable[..., Catalogue]) -> None:
    both = found(offering(twice), offering(twice))
    assert faults(both) == ["p1: the plugins p0 and p1 both offer “twice” of rules"]
    assert refusal(lambda: both.find("rules", "twice")) == "the plugin p1 offers “twice” of rules, which another plugin offers, too"
    assert both.find("rules", "flag").plugin == "rules.flag"


def test_two_plugins_with_one_name_leave_the_first_as_it_is(found: Callable[..., Catalogue]) -> None:
    both = found(Point("one", lambda: offering(twice)), Point("one", lambda: plugin(rules=nothing)))
    assert faults(both) == ["one: two plugins are called one"]
    assert both.find("rules", "twice").plugin == "one"


def test_one_plugin_under_two_names_is_taken_once(found: Callable[..., Catalogue]) -> None:
    module = offering(twice)
    both = found(Point("one", lambda: module), Point("two", lambda: module))
    assert faults(both) == ["two: the plugin two is one under another name"]
    assert both.find("rules", "twice").plugin == "one"


# -------------------------------------------------------------------- folders


def test_a_folder_of_plugins_is_loaded_only_when_it_is_named(tmp_path: Path, found: Callable[..., Catalogue]) -> None:
    (tmp_path / "thrice.py").write_text(NEW_RULE % {"name": "thrice"}, encoding="utf-8")
    for other in ("_draft.py", "test_thrice.py", "conftest.py", "notes.txt"):
        (tmp_path / other).write_text("raise SystemExit", encoding="utf-8")
    assert "thrice" not in found().rules
    with_folder = found(folders=[tmp_path])
    assert with_folder.plugins[-1] == PluginInfo("thrice", FOLDER, "3.2", (("rules", "thrice"),))
    assert with_folder.find("rules", "thrice").plugin == "thrice"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert refusal(lambda: discover([tmp_path / "none"])) == "there is no folder of plugins"


@pytest.mark.parametrize(
    ("text", "line"),
    [("import os\nimport no_such_thing\n", 2), ("x = 1\n\ndef (:\n", 3), ("import json\njson.loads('')\n", 2), ("\nraise SystemExit\n", 2)],
)
def test_a_file_that_cannot_be_imported_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "bad.py").write_text(text, encoding="utf-8")
    with pytest.raises(PluginError) as caught:
        discover([tmp_path])
    assert said(caught.value.what).startswith("the plugin bad cannot be imported: ")
    assert caught.value.where == f"{tmp_path / 'bad.py'}:{line}"


def test_a_file_that_offers_a_name_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(NEW_RULE % {"name": "flag"}, encoding="utf-8")
    assert refusal(lambda: discover([tmp_path])) == "the plugins rules.flag and mine both offer “flag” of rules"


def test_a_folder_that_is_named_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "thrice.py").write_text(NEW_RULE % {"name": "thrice"}, encoding="utf-8")
    assert refusal(lambda: discover([tmp_path, tmp_path])) == "two plugins are called thrice"


# -------------------------------------------------------------------- names


@pytest.mark.parametrize(("name", "cure"), [("flagg", "did you mean “flag”?"), ("xyzzy", "“scorekit plugins list” shows what there is")])
def test_a_name_that_nobody_offers_is_an_error_with_a_cure(found: Callable[..., Catalogue], name: str, cure: str) -> None:
    with pytest.raises(PluginError) as caught:
        found().find("rules", name, "rubric.json#/x")
    assert said(caught.value.what) == f"there is no “{name}” among the rules"
    assert (caught.value.where, said(caught.value.cure)) == ("rubric.json#/x", cure)


def test_a_fault_in_a_plugin_that_is_not_ours_names_it_and_others_pass_through() -> None:
    infos = tuple(PluginInfo(name, origin, "1") for name, origin in (("ours", BUILT_IN), ("theirs", FOLDER)))
    known = Catalogue(plugins=infos)

    def failed(error: str) -> Text:
        return T("it failed: {error}", error=error)

    with pytest.raises(PluginError, match="it failed: ValueError: x") as found, known.blamed("theirs", failed):
        raise ValueError("x")
    assert found.value.where == "theirs"
    for plugin, fault in (("ours", ValueError("x")), ("theirs", OSError("full")), ("theirs", InputError(T("it"), ""))):
        with pytest.raises(type(fault)) as passed, known.blamed(plugin, failed):
            raise fault
        assert passed.value is fault
