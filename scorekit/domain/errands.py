"""A local function as bytes, which any process with the same scorekit can open: a spawned one, or one on another machine.

Functions go by the names of their modules. Plugins of ``--plugins`` stand in modules that no other process can import:
their source goes along, and is run once there. Errands hold pickles and code; they are made and opened within one run.
"""

from __future__ import annotations

import importlib
import io
import pickle
import sys
import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from scorekit.domain.engines import Local
from scorekit.errors import PluginError, ScorekitError, T

FOLDER_PLUGINS = "scorekit_folder_plugins"
"""The package in whose name plugins of folders are imported."""
_SOURCE = "__scorekit_source__"
_lock = threading.RLock()


class Home(NamedTuple):
    """Where a function or class is defined: the module; for a plugin of a folder its path and source, too."""

    module: str
    path: str = ""
    source: str = ""


def sent(local: Local) -> bytes:
    """The function as bytes. Raises PluginError where something in it has no name by which another process finds it."""
    out = io.BytesIO()
    try:
        _Packer(out, protocol=5).dump(local)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        what = T("what a plugin offers cannot be handed to another process: {error}", error=str(error))
        raise PluginError(what, "", T("define it at the top level of a module, or run without --engine and --workers")) from error
    return pickle.dumps((_version(), out.getvalue()))


@lru_cache(maxsize=8)
def opened(errand: bytes) -> Local:
    """The function of an errand; opened once a process.

    Raises ScorekitError where this process has another scorekit than the one that sent it, or lacks a package it needs.
    """
    version, inner = pickle.loads(errand)  # noqa: S301 - of our own making, see above
    if version != _version():
        what = T("a worker has scorekit {found}, but this run is of scorekit {own}", found=_version(), own=version)
        raise ScorekitError(what, "", T("install the same version everywhere"))
    try:
        with _lock:
            local: Local = pickle.loads(inner)  # noqa: S301 - of our own making, see above
    except (ImportError, AttributeError) as error:
        what = T("a worker lacks the package {name}", name=error.name or str(error))
        raise ScorekitError(what, "", T("install the same packages everywhere")) from error
    return local


class _Packer(pickle.Pickler):
    """Pickles functions that a declaration stands before, and those of folders of plugins."""

    def __init__(self, out: io.BytesIO, protocol: int) -> None:
        super().__init__(out, protocol)
        self._homes: dict[str, Home] = {}

    def reducer_override(self, obj: Any) -> Any:
        """How functions and classes are packed; NotImplemented where their module's name is enough."""
        if not isinstance(obj, (FunctionType, type)):
            return NotImplemented
        module = sys.modules.get(obj.__module__)
        named = _named(module, obj.__qualname__)
        declared = named is not obj and getattr(named, "function", None) is obj
        if declared or (named is obj and obj.__module__.startswith(f"{FOLDER_PLUGINS}.")):
            return _found, (self._home(obj.__module__), obj.__qualname__, declared)
        return NotImplemented

    def _home(self, name: str) -> Home:
        """The home of a module's functions, the same one each time, so that its source is packed once."""
        if name not in self._homes:
            path = sys.modules[name].__file__ or ""
            ours = name.startswith(f"{FOLDER_PLUGINS}.")
            self._homes[name] = Home(name, path, _source(sys.modules[name])) if ours else Home(name)
        return self._homes[name]


def _named(module: ModuleType | None, path: str) -> Any:
    """What stands in a module under a name, or under a name in a class; None where there is none."""
    found: Any = module
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _found(home: Home, path: str, declared: bool) -> Any:
    """A function or class by its home and name; where it is *declared*, what the declaration was made from."""
    module = _settled(home) if home.source else importlib.import_module(home.module)
    named = _named(module, path)
    return named.function if declared else named


def _settled(home: Home) -> ModuleType:
    """The module of a plugin that came along: the one that is here where its source is the same, else run anew."""
    known = sys.modules.get(home.module)
    if known is not None and _source(known) == home.source:
        return known
    spec = spec_from_loader(home.module, loader=None, origin=home.path)
    assert spec is not None
    module = module_from_spec(spec)
    vars(module).update({"__file__": home.path, _SOURCE: home.source})
    sys.modules[home.module] = module
    try:
        exec(compile(home.source, home.path, "exec"), vars(module))  # noqa: S102 - the plugin that the person at the keyboard named
    except Exception as error:
        del sys.modules[home.module]
        name = home.module.rpartition(".")[2]
        what = T("the plugin {plugin} cannot be imported: {error}", plugin=name, error=f"{type(error).__name__}: {error}")
        raise PluginError(what, home.path, T("it is run anew in each worker, from its own file alone")) from error
    return module


def _source(module: ModuleType) -> str:
    """The source of a plugin's module."""
    kept: Mapping[str, Any] = vars(module)
    return str(kept[_SOURCE]) if _SOURCE in kept else Path(str(module.__file__)).read_text(encoding="utf-8")


def _version() -> str:
    from scorekit import __version__

    return __version__
