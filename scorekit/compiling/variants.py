"""The document as it applies to one category: references expanded, the category's overlay laid over it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from scorekit.errors import RubricError, T

_DEFS = "#/$defs/"
DEEPEST = 20
NAMED = ("ladders", "rankings")
"""Parts of the frame of which an overlay changes one thing by its id."""
WHOLE = ("rank", "level", "total", "caps")
"""Parts of the frame of which an overlay changes single keys."""
_ALTERNATIVES = ({"rule", "clauses"}, {"by", "each", "exact"})
"""Keys of which the base's give way to any of them that is written."""


def expanded(node: Any, root: Mapping[str, Any], where: str, depth: int = 0, strict: bool = True) -> Any:
    """A copy with every ``$ref`` into ``$defs`` replaced by what it names; keys beside it override.

    *where* is the file and the JSON pointer of *node*. Raises RubricError where a reference leads back to itself, and, if
    *strict*, where it names nothing; else such a one is left as it is.
    """
    where = where if "#" in where else f"{where}#"
    if isinstance(node, list):
        return [expanded(n, root, f"{where}/{i}", depth, strict) for i, n in enumerate(node)]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    target = _named(reference, root)
    if isinstance(reference, str) and (strict or target is not None):
        if target is None:
            raise RubricError(
                T("“{reference}” names nothing under $defs", reference=reference),
                where,
                T("write #/$defs/ and a name that is defined there"),
            )
        if depth > DEEPEST:
            raise RubricError(T("“{reference}” leads back to itself", reference=reference), where, T("let no definition use itself"))
        node = {**target, **{k: v for k, v in node.items() if k != "$ref"}}
        return expanded(node, root, where, depth + 1, strict)
    kept = {"$defs"} if not depth and where.endswith("#") else set()
    return {k: v if k in kept else expanded(v, root, f"{where}/{k}", depth, strict) for k, v in node.items()}


def _named(reference: Any, root: Mapping[str, Any]) -> dict[str, Any] | None:
    """The definition that a reference names, None where it names none."""
    defs = root.get("$defs")
    if not isinstance(reference, str) or not reference.startswith(_DEFS) or not isinstance(defs, dict):
        return None
    found = defs.get(reference.removeprefix(_DEFS))
    return found if isinstance(found, dict) else None


def as_written(pointer: str, document: Mapping[str, Any]) -> str:
    """The JSON pointer at which stands in *document* what *pointer* says of it with its references expanded."""
    node: Any = document
    at: list[str] = []
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        while isinstance(node, dict) and key not in node and (target := _named(node.get("$ref"), document)) is not None:
            node, at = target, ["$defs", node["$ref"].removeprefix(_DEFS).replace("~", "~0").replace("/", "~1")]
        at.append(step)
        node = node.get(key) if isinstance(node, dict) else node[int(key)] if isinstance(node, list) and key.isdecimal() else None
    return "".join(f"/{step}" for step in at)


def overlaid(document: Mapping[str, Any], category: str, where: str) -> dict[str, Any]:
    """The document with the variant of *category* applied; without one, a copy."""
    result: dict[str, Any] = copy.deepcopy(dict(document))
    variant = result["x-rubric"].get("variants", {}).get(category)
    if not variant:
        return result
    lay(result, variant, f"{where}#/x-rubric/variants/{category}")
    return result


def lay(document: dict[str, Any], overlay: Mapping[str, Any], pointer: str) -> None:
    """Lay the changes of a variant or of a lower level over *document*, in place; *pointer* is where they are written."""
    if "title" in overlay:
        document["title"] = overlay["title"]
    for kind in ("criteria", "sections"):
        for path, changes in overlay.get(kind, {}).items():
            _lay_on_item(document, path, changes, f"{pointer}/{kind}/{path}", kind == "sections")
    for gate, changes in overlay.get("gates", {}).items():
        _lay_on_gate(document, gate, changes, f"{pointer}/gates/{gate}")
    for level, changes in overlay.get("levels", {}).items():
        _lay_on_level(document["x-rubric"], level, changes, f"{pointer}/levels/{level}")
    for part in NAMED:
        for name, changes in overlay.get(part, {}).items():
            _lay_on_named(document["x-rubric"], part, name, changes, f"{pointer}/{part}/{name}")
    for part in WHOLE:
        if part in overlay:
            _replace(document["x-rubric"], part, overlay[part])


def _lay_on_item(document: dict[str, Any], path: str, changes: Mapping[str, Any] | None, pointer: str, section: bool = False) -> None:
    node = scored_at(document, path, section)
    if node is None or (section != is_section(node)) or (not section and "x-criterion" not in node):
        what = (
            T("the changes name “{path}”, which is no section", path=path)
            if section
            else T("the changes name “{path}”, which is no criterion", path=path)
        )
        raise RubricError(what, pointer, T("use a path of the base"))
    if changes is None:
        _strip(node)
    else:
        node["x-criterion"] = _laid(node.get("x-criterion", {}), changes)


def is_section(node: Mapping[str, Any]) -> bool:
    """Whether a node collects what stands below it, and does not score by a rule of its own."""
    return "properties" in node and not {"rule", "clauses"} & node.get("x-criterion", {}).keys()


def _strip(node: dict[str, Any]) -> None:
    """Take out the scoring of an item and of all below it; its fields stay in the form."""
    node.pop("x-criterion", None)
    node.get("items", {}).pop("x-criterion", None)
    for inner in below(node).values():
        _strip(inner)


def _lay_on_gate(document: dict[str, Any], gate: str, changes: Mapping[str, Any] | None, pointer: str) -> None:
    gates = document["x-rubric"].get("gates", {})
    if gate not in gates:
        _lay_on_item(document, gate, changes, pointer)
    elif changes is None:
        del gates[gate]
    else:
        gates[gate] = _laid(gates[gate], changes)


def _lay_on_level(frame: dict[str, Any], level: str, changes: Mapping[str, Any] | None, pointer: str) -> None:
    levels = frame.get("levels", [])
    index = next((i for i, found in enumerate(levels) if found.get("id") == level), None)
    if index is None:
        raise RubricError(
            T("the changes name the level “{level}”, which the base does not have", level=level),
            pointer,
            T("use the id of a level of the base"),
        )
    if changes is None:
        del levels[index]
    else:
        levels[index] = _laid(levels[index], changes)


def _lay_on_named(frame: dict[str, Any], part: str, name: str, changes: Mapping[str, Any] | None, pointer: str) -> None:
    known = frame.get(part, {})
    if name not in known:
        what = (
            T("the changes name the ladder “{name}”, which the base does not have", name=name)
            if part == "ladders"
            else T("the changes name the ranking “{name}”, which the base does not have", name=name)
        )
        raise RubricError(what, pointer, T("it may be: {names}", names=sorted(known)))
    frame[part] = dict(known)
    _replace(frame[part], name, changes)


def _replace(holder: dict[str, Any], name: str, changes: Mapping[str, Any] | None) -> None:
    """Change some keys of a thing, or take it away."""
    if changes is None:
        holder.pop(name, None)
    else:
        holder[name] = _laid(holder.get(name, {}), changes)


def _laid(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Named keys replace the base's whole, null removes; there is no deep merge."""
    for keys in _ALTERNATIVES:
        if keys & changes.keys():
            base = {k: v for k, v in base.items() if k not in keys}
    return {k: v for k, v in {**base, **changes}.items() if v is not None or k in ("floor", "ceiling")}


def item_at(document: Mapping[str, Any], path: str) -> dict[str, Any] | None:
    """The node of a dotted path, None where there is none; the path goes on into the records of a list."""
    node: Any = document
    for name in path.split("."):
        node = below(node).get(name)
        if not isinstance(node, dict):
            return None
    return node  # type: ignore[no-any-return]


def scored_at(document: Mapping[str, Any], path: str, section: bool) -> dict[str, Any] | None:
    """The node whose ``x-criterion`` an overlay changes; as a *section* a list is what combines each of its records."""
    node = item_at(document, path)
    return node["items"] if node is not None and section and _is_list(node) else node


def below(node: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a node by name: the parts of a section, the fields of a list's records."""
    found: dict[str, Any] = node["items"]["properties"] if _is_list(node) else node.get("properties", {})
    return found


def _is_list(node: Mapping[str, Any]) -> bool:
    return "properties" not in node and "properties" in node.get("items", {})
