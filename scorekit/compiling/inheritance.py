"""A lower level's tailoring of a base rubric: its changes laid over the base, its own items added, what the base locks kept.

Order: base, lower level, then the variant of a category. The result is a rubric that stands alone and names its base.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.metaschema import check_laid
from scorekit.compiling.variants import NAMED, WHOLE, below, expanded, is_section, item_at, lay, scored_at
from scorekit.domain.documents import digest
from scorekit.domain.rubric import Rubric
from scorekit.errors import RubricError, T

ITEMS = ("criteria", "sections", "gates", "levels", *NAMED)
_OWN = ("extends", "changes", "id", "version", "language")
_FIXED = ("unit", "category", "based_on")
_BY_NAME = ("gates", "sources", "tables", "ladders", "rankings", "matters", "variants", "tables")
"""Parts of the frame that hold things by id: a lower level adds to them; it replaces every other part whole."""


def merged(base: Rubric, lower: Mapping[str, Any], where: str, catalogue: Catalogue) -> dict[str, Any]:
    """The document of *lower* (read from *where*, with ``x-rubric.extends``) laid over its *base*.

    Raises RubricError where it changes what is not there, what the base locks, or who is assessed.
    """
    document = copy.deepcopy(expanded(dict(base.document), base.document, base.where))
    own: Mapping[str, Any] = lower["x-rubric"]
    changes: Mapping[str, Any] = own.get("changes", {})
    at = f"{where}#/x-rubric"
    _refuse_locked(document, lower, changes, where)
    lay(document, changes, f"{at}/changes")
    check_laid(document, changes, f"{at}/changes", catalogue)
    frame = document["x-rubric"]
    _add_variants(frame, changes.get("variants", {}))
    _add_items(document, lower, where, "")
    for key in ("title", "description"):
        if key in lower:
            document[key] = lower[key]
    document["$defs"] = {**document.get("$defs", {}), **lower.get("$defs", {})}
    _add_frame(frame, own, at)
    frame["based_on"] = _origin(base, [*_changed(changes), *_added(lower, ""), *_parts(own)])
    frame.update({key: own[key] for key in ("id", "version", "language")})
    return document if document["$defs"] else {k: v for k, v in document.items() if k != "$defs"}


def _origin(base: Rubric, changed: list[str]) -> dict[str, Any]:
    """What the merged document says of its base: identity, digest, what was changed, and the base's own base."""
    found: dict[str, Any] = {"id": base.id, "version": base.version, "digest": digest(base.document), "changed": changed}
    if "based_on" in base.frame:
        found["based_on"] = base.frame["based_on"]
    return found


def _changed(changes: Mapping[str, Any]) -> Iterator[str]:
    """The ids of what is changed: ``criteria/path``, ``levels/id``; within a category ``variants/category/criteria/path``."""
    for kind in ITEMS:
        yield from (f"{kind}/{name}" for name in changes.get(kind, {}))
    yield from (f"x-rubric/{part}" for part in WHOLE if part in changes)
    for category, overlay in changes.get("variants", {}).items():
        yield from (f"variants/{category}/{inner}" for inner in _changed(overlay or {}))


def _added(node: Mapping[str, Any], path: str) -> Iterator[str]:
    """The items that the lower level adds, as ``criteria/path``."""
    for name, child in below(node).items():
        inner = f"{path}.{name}" if path else name
        if "x-criterion" in child:
            yield f"{'sections' if is_section(child) else 'criteria'}/{inner}"
        if "x-criterion" in child.get("items", {}):
            yield f"sections/{inner}"
        yield from _added(child, inner)
    if not path:
        yield from (f"gates/{gate}" for gate in node["x-rubric"].get("gates", {}))


def _parts(own: Mapping[str, Any]) -> Iterator[str]:
    """The parts of the frame that the lower level says itself, as ``x-rubric/rank``."""
    yield from (f"x-rubric/{key}" for key in own if key not in _OWN and key not in (*_FIXED, "gates"))


def _add_variants(frame: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Variants of categories: what is named for an item replaces what the base said of it; null removes the whole variant."""
    variants = dict(frame.get("variants", {}))
    for category, overlay in changes.items():
        if overlay is None:
            variants.pop(category, None)
            continue
        old = variants.get(category, {})
        variants[category] = {**old, **{k: {**(old.get(k) or {}), **v} if isinstance(v, Mapping) else v for k, v in overlay.items()}}
    if variants:
        frame["variants"] = variants


def _add_items(document: dict[str, Any], lower: Mapping[str, Any], where: str, path: str) -> None:
    """Fields, criteria and sections of the lower level's own; a name that the base has is changed, not written again."""
    target = document if not path else item_at(document, path)
    assert target is not None
    for name, child in lower.get("properties", {}).items():
        inner = f"{path}.{name}" if path else name
        known = target.setdefault("properties", {}).get(name)
        if known is None:
            target["properties"][name] = child
        elif "properties" in known and child.keys() <= {"properties", "required", "type", "title"}:
            _add_items(document, child, where, inner)
        else:
            pointer = f"{where}#" + "".join(f"/properties/{step}" for step in inner.split("."))
            raise RubricError(T("the base has “{path}” already", path=inner), pointer, T("change it under x-rubric.changes"))
    if "required" in lower:
        target["required"] = [*dict.fromkeys([*target.get("required", []), *lower["required"]])]


def _add_frame(frame: dict[str, Any], own: Mapping[str, Any], at: str) -> None:
    """The rest of the lower level's frame: things by id are added, other parts replaced whole."""
    for key, value in own.items():
        if key in _OWN:
            continue
        if key in _FIXED and value != frame.get(key, {"unit": "unit"}.get(key)):
            raise RubricError(T("a lower level cannot change “{key}”", key=key), f"{at}/{key}", T("leave it out; the base says it"))
        if key == "locked" and isinstance(value, list) and isinstance(frame.get(key), list):
            frame[key] = [*dict.fromkeys([*frame[key], *value])]
        elif key in _BY_NAME:
            frame[key] = {**frame.get(key, {}), **value}
        elif key not in _FIXED:
            frame[key] = value


# -------------------------------------------------------------------- locks


def _refuse_locked(document: Mapping[str, Any], lower: Mapping[str, Any], changes: Mapping[str, Any], where: str) -> None:
    """Raise RubricError for the first thing the lower level says that the base has locked."""
    at = f"{where}#/x-rubric"
    own = lower["x-rubric"]
    overlays = [(changes, f"{at}/changes")]
    overlays += [(v, f"{at}/changes/variants/{c}") for c, v in changes.get("variants", {}).items() if v is not None]
    overlays += [(v, f"{at}/variants/{c}") for c, v in own.get("variants", {}).items()]
    parts = document["x-rubric"].get("locked", [])
    for overlay, pointer in overlays:
        for kind in (k for k in ("title", *ITEMS, *WHOLE) if k in overlay):
            if parts is True or kind in parts:
                raise _locked(kind, [kind], f"{pointer}/{kind}")
            if kind in ITEMS:
                _refuse_items(document, kind, overlay[kind], f"{pointer}/{kind}")
    for key in own:
        if key not in _OWN and key not in _FIXED and (parts is True or key in parts):
            raise _locked(key, [key], f"{at}/{key}")
    for kind in ("gates", "levels", "ladders"):
        given = own.get(kind, {})
        replaced = list(given) if kind != "levels" else [s["id"] for s in document["x-rubric"].get("levels", [])] if kind in own else []
        _refuse_items(document, kind, dict.fromkeys(replaced), f"{at}/{kind}")
    if lower.get("properties") and (parts is True or "properties" in parts):
        raise _locked("properties", ["properties"], f"{where}#/properties")
    for name in _added(lower, ""):
        path = name.partition("/")[2]
        holder = _holder(document, path, strict=True)
        if holder and not name.startswith("gates/"):
            raise _locked(holder, ["properties"], f"{where}#" + "".join(f"/properties/{step}" for step in path.split(".")))


def _refuse_items(document: Mapping[str, Any], kind: str, items: Mapping[str, Any], pointer: str) -> None:
    for name, changed in items.items():
        lock = _lock(document, kind, name)
        if not lock:
            continue
        keys = list(changed) if isinstance(changed, Mapping) else []
        hit = keys if lock is True else [k for k in keys if k in _widened(lock)]
        if hit or changed is None:
            raise _locked(name, hit, f"{pointer}/{name}" + (f"/{hit[0]}" if hit else ""))


def _lock(document: Mapping[str, Any], kind: str, name: str) -> Any:
    """What the base locks on an item: True for all of it, or the keys; a section locked whole locks what stands in it."""
    frame = document["x-rubric"]
    if kind == "levels":
        return next((s.get("locked") for s in frame.get("levels", []) if s["id"] == name), None)
    if kind in NAMED:
        return ["levels"] if any(s.get("locked") for s in frame.get(kind, {}).get(name, {}).get("levels", [])) else None
    if kind == "gates" and name in frame.get("gates", {}):
        return frame["gates"][name].get("locked")
    node = scored_at(document, name, kind == "sections")
    if node is None:
        return None
    own = node.get("x-criterion", {}).get("locked")
    return True if own is True or _holder(document, name, strict=node is item_at(document, name)) else own or _inside(node)


def _holder(document: Mapping[str, Any], path: str, strict: bool) -> str:
    """The section or list around *path* (or at it, unless *strict*) that is locked whole, "" where there is none."""
    steps = path.split(".")
    around = [".".join(steps[:i]) for i in range(1, len(steps) + (not strict))]
    return next((p for p in around if any(lock is True for lock in _own_locks(item_at(document, p) or {}))), "")


def _inside(node: Mapping[str, Any]) -> list[str]:
    """A section that holds something locked may not be removed, though its own keys may be changed."""
    inner = [*below(node).values(), *([node["items"]] if "items" in node else [])]
    return [""] if any(any(_own_locks(child)) or _inside(child) for child in inner) else []


def _own_locks(node: Mapping[str, Any]) -> list[Any]:
    """The locks of a node, and of a list's records."""
    return [part.get("x-criterion", {}).get("locked") for part in (node, node.get("items", {}))]


def _widened(lock: list[str]) -> set[str]:
    """The keys that a lock holds: a rule may not be got round by clauses, nor the lock itself be taken off."""
    return {*lock, "locked", *({"rule", "clauses"} if {"rule", "clauses"} & set(lock) else ())}


def _locked(name: str, keys: list[str], pointer: str) -> RubricError:
    what = (
        T("the base locks “{name}”: {keys} may not be changed", name=name, keys=keys) if keys else T("the base locks “{name}”", name=name)
    )
    return RubricError(what, pointer, T("leave it as the base has it, or ask those who issued the base"))
