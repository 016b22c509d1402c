"""Find plugins, register them, refuse duplicates, and say which plugin gave what."""

from __future__ import annotations

import difflib
import importlib
import importlib.metadata
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from scorekit.domain.errands import FOLDER_PLUGINS
from scorekit.errors import PluginError, ScorekitError, T, Text
from scorekit.plugin import (
    Aggregator,
    Annotator,
    Award,
    Drafter,
    Engine,
    Exporter,
    Extractor,
    FormWriter,
    Hooks,
    Printer,
    Publisher,
    Reader,
    Rule,
    Weighter,
)

KINDS: Mapping[str, type] = {
    "readers": Reader,
    "rules": Rule,
    "aggregators": Aggregator,
    "weighters": Weighter,
    "awards": Award,
    "exporters": Exporter,
    "annotators": Annotator,
    "publishers": Publisher,
    "printers": Printer,
    "forms": FormWriter,
    "engines": Engine,
    "extractors": Extractor,
    "drafters": Drafter,
}
KIND_WORDS: Mapping[str, Text] = {
    "readers": T("readers"),
    "rules": T("rules"),
    "aggregators": T("aggregators"),
    "weighters": T("weighters"),
    "awards": T("award rules"),
    "exporters": T("exporters"),
    "annotators": T("annotators"),
    "publishers": T("writers of public lists"),
    "printers": T("printers of standards"),
    "forms": T("writers of forms"),
    "engines": T("engines"),
    "extractors": T("readers of reports"),
    "drafters": T("writers of drafts"),
    "rubric_packs": T("rubric packs"),
}
BUILT_IN, ENTRY_POINT, FOLDER = "built-in", "entry point", "folder"


_MEND = T("correct the plugin, or run without it")


@dataclass(frozen=True)
class PluginInfo:
    """A plugin that was found: where it came from, its version, and the (kind, name) of what it offers."""

    name: str
    origin: str
    version: str
    offers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fault:
    """A third-party plugin that could not be used, and why; an error only where its offers are named."""

    plugin: str
    what: Text


@dataclass
class Catalogue:
    """Everything that a rubric or a command can name, by kind and name."""

    readers: dict[str, Reader] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    aggregators: dict[str, Aggregator] = field(default_factory=dict)
    weighters: dict[str, Weighter] = field(default_factory=dict)
    awards: dict[str, Award] = field(default_factory=dict)
    exporters: dict[str, Exporter] = field(default_factory=dict)
    annotators: dict[str, Annotator] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    printers: dict[str, Printer] = field(default_factory=dict)
    forms: dict[str, FormWriter] = field(default_factory=dict)
    engines: dict[str, Engine] = field(default_factory=dict)
    extractors: dict[str, Extractor] = field(default_factory=dict)
    drafters: dict[str, Drafter] = field(default_factory=dict)
    rubric_packs: tuple[str, ...] = ()
    plugins: tuple[PluginInfo, ...] = ()
    faults: tuple[Fault, ...] = ()
    contested: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, kind: str, name: str, where: str = "") -> Any:
        """The named thing of a kind. Raises PluginError where there is none or two plugins claim the name."""
        if (kind, name) in self.contested:
            other = self.contested[(kind, name)]
            raise PluginError(
                T(
                    "the plugin {other} offers “{name}” of {kind}, which another plugin offers, too",
                    other=other,
                    name=name,
                    kind=KIND_WORDS[kind],
                ),
                where,
                T("remove one of the two plugins, or rename what it offers"),
            )
        offered: Mapping[str, Any] = getattr(self, kind)
        if name not in offered:
            near = difflib.get_close_matches(name, offered, 1)
            cure = T("did you mean “{near}”?", near=near[0]) if near else T("“scorekit plugins list” shows what there is")
            raise PluginError(T("there is no “{name}” among the {kind}", name=name, kind=KIND_WORDS[kind]), where, cure)
        return offered[name]

    def version_of(self, plugin: str) -> str:
        """The version of a plugin by name."""
        return next((p.version for p in self.plugins if p.name == plugin), "")

    @contextmanager
    def blamed(self, plugin: str, what: Callable[[str], Text]) -> Iterator[None]:
        """Within it a fault in a plugin that is not ours names the plugin: *what* makes the sentence of the error.

        Raises PluginError for such a fault; what scorekit or the system says, and faults of our own, pass through as they are.
        """
        try:
            yield
        except (ScorekitError, OSError):
            raise
        except Exception as fault:
            if next((p.origin for p in self.plugins if p.name == plugin), BUILT_IN) == BUILT_IN:
                raise
            cure = T("run with --no-plugins, or mend the plugin")
            raise PluginError(what(f"{type(fault).__name__}: {fault}"), plugin, cure) from fault


def discover(folders: Sequence[Path] = (), third_party: bool = True) -> Catalogue:
    """The built-in plugins, then those installed (entry points of group ``scorekit``), then those in *folders*.

    Raises PluginError for a fault in a built-in plugin or in *folders*; other faults are recorded.
    """
    collector = _Collector()
    for name, module in _built_in():
        collector.add(name, _hooks_of(module), BUILT_IN, _own_version())
    if third_party:
        for point in sorted(importlib.metadata.entry_points(group="scorekit"), key=lambda p: (p.name, p.value)):
            collector.load(point)
    for folder in folders:
        for name, module in _in_folder(folder):
            collector.add(name, module, FOLDER, str(getattr(module, "__version__", "")))
    return collector.catalogue()


class _Collector:
    """Registers plugins one by one and indexes what they offer."""

    def __init__(self) -> None:
        self.manager = pluggy.PluginManager("scorekit")
        self.manager.add_hookspecs(Hooks)
        self.found = Catalogue()
        self.infos: list[PluginInfo] = []
        self.faults: list[Fault] = []

    def load(self, point: importlib.metadata.EntryPoint) -> None:
        """Import one entry point; a broken package stops nothing else."""
        try:
            module = point.load()
        except (Exception, SystemExit) as error:
            self.faults.append(Fault(point.name, T("it cannot be imported: {error}", error=f"{type(error).__name__}: {error}")))
            return
        self.add(point.name, module, ENTRY_POINT, point.dist.version if point.dist else "")

    def add(self, name: str, plugin: Any, origin: str, version: str) -> None:
        """Register one plugin and index its offers."""
        try:
            offers = list(self._offers(name, plugin))
            for kind, item in offers:
                self._claim(kind, item, name, origin)
        except PluginError as error:
            if origin != ENTRY_POINT:
                raise
            self.faults.append(Fault(name, error.what))
            return
        self.infos.append(PluginInfo(name, origin, version, tuple((k, i if isinstance(i, str) else i.name) for k, i in offers)))

    def _offers(self, name: str, plugin: Any) -> Iterator[tuple[str, Any]]:
        if self.manager.has_plugin(name):
            raise PluginError(T("two plugins are called {plugin}", plugin=name), name, T("rename one of the two"))
        if self.manager.is_registered(plugin):
            raise PluginError(
                T("the plugin {plugin} is {other} under another name", plugin=name, other=self.manager.get_name(plugin)), name
            )
        try:
            self.manager.register(plugin, name=name)
            self.manager.check_pending()
        except pluggy.PluginValidationError as error:
            self.manager.unregister(name=name)
            raise _unknown_hook(name, str(error)) from error
        for kind in (*KINDS, "rubric_packs"):
            hook = getattr(self.manager.hook, f"scorekit_{kind}")
            for implementation in hook.get_hookimpls():
                if implementation.plugin_name == name:
                    yield from ((kind, item) for item in self._called(name, kind, implementation.function))

    def _called(self, name: str, kind: str, function: Any) -> list[Any]:
        wanted = KINDS.get(kind, str)
        try:
            items = list(function())
        except Exception as error:
            what = T(
                "the plugin {plugin} failed in scorekit_{kind}: {error}", plugin=name, kind=kind, error=f"{type(error).__name__}: {error}"
            )
            raise PluginError(what, name, _MEND) from error
        for item in items:
            if not isinstance(item, wanted):
                found = type(item).__name__
                what = T(
                    "scorekit_{kind} of the plugin {plugin} gave a {found}, not a {wanted}",
                    kind=kind,
                    plugin=name,
                    found=found,
                    wanted=wanted.__name__,
                )
                raise PluginError(what, name, _MEND)
            if isinstance(item, str) and not _is_package(item):
                raise PluginError(T("the plugin {plugin} names a pack of rubrics that is no package: {pack}", plugin=name, pack=item), name)
        return [item if isinstance(item, str) else replace(item, plugin=name) for item in items]

    def _claim(self, kind: str, item: Any, name: str, origin: str) -> None:
        if kind == "rubric_packs":
            self.found.rubric_packs = (*self.found.rubric_packs, item)
            return
        offered = getattr(self.found, kind)
        if item.name not in offered:
            offered[item.name] = item
            return
        what = T(
            "the plugins {first} and {second} both offer “{name}” of {kind}",
            first=offered[item.name].plugin,
            second=name,
            name=item.name,
            kind=KIND_WORDS[kind],
        )
        if origin != ENTRY_POINT:
            raise PluginError(what, name, T("rename one of the two"))
        self.found.contested[(kind, item.name)] = name
        self.faults.append(Fault(name, what))

    def catalogue(self) -> Catalogue:
        self.found.plugins = tuple(self.infos)
        self.found.faults = tuple(self.faults)
        return self.found


def _hooks_of(module: ModuleType) -> ModuleType:
    """A module of our own with nothing but its hooks: pluggy looks long at every name of what it registers."""
    bare = ModuleType(module.__name__)
    vars(bare).update({name: found for name, found in vars(module).items() if name.startswith("scorekit_")})
    return bare


def _is_package(name: str) -> bool:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return False
    return spec is not None and spec.submodule_search_locations is not None


def _own_version() -> str:
    from scorekit import __version__

    return __version__


def _built_in() -> Iterator[tuple[str, ModuleType]]:
    package = importlib.import_module("scorekit_plugins")
    for found in sorted(pkgutil.walk_packages(package.__path__, "scorekit_plugins."), key=lambda m: m.name):
        if not found.ispkg:
            yield found.name.removeprefix("scorekit_plugins."), importlib.import_module(found.name)


def _in_folder(folder: Path) -> Iterator[tuple[str, ModuleType]]:
    if not folder.is_dir():
        raise PluginError(T("there is no folder of plugins"), str(folder), T("name a folder that holds .py files"))
    for path in sorted(folder.glob("*.py")):
        if not path.name.startswith(("_", "test_", "conftest")):
            yield path.stem, _imported(path)


def _imported(path: Path) -> ModuleType:
    name = f"{FOLDER_PLUGINS}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        what = T("the plugin {plugin} cannot be imported: {error}", plugin=path.stem, error=f"{type(error).__name__}: {error}")
        raise PluginError(what, f"{path}:{_line(error, path)}", _MEND) from error
    return module


def _unknown_hook(plugin: str, said: str) -> PluginError:
    """The error of a hook that is none of ours, or takes what ours does not give; pluggy says it at length and with addresses."""
    found = re.search(r"unknown hook '(\w+)'", said)
    if found is None:
        first = said.splitlines()[0]
        return PluginError(T("the plugin {plugin} has a hook that scorekit does not know: {error}", plugin=plugin, error=first), plugin)
    hooks = [f"scorekit_{kind}" for kind in (*KINDS, "rubric_packs")]
    near = difflib.get_close_matches(found[1], hooks, 1)
    cure = T("did you mean “{near}”?", near=near[0]) if near else T("the hooks are: {names}", names=hooks)
    return PluginError(
        T("the plugin {plugin} has the hook {hook}, which scorekit does not know", plugin=plugin, hook=found[1]), plugin, cure
    )


def _line(error: BaseException, path: Path) -> int:
    """The last line of *path* on the way to the error."""
    if isinstance(error, SyntaxError) and Path(error.filename or "").resolve() == path.resolve():
        return error.lineno or 1
    line, trace = 1, error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).resolve() == path.resolve():
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
