"""The criteria as expressions of rule engines, points only: text for Python, CEL and ZEN, trees for JSONLogic."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from benchmarks.measure import needed
from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, PANELS, RATES, STEP
from benchmarks.peers import VETOES as GATES
from benchmarks.workload import RATERS

Unit = dict[str, Any]
Points = list[list[Any]]
NAMES = (*BOOLS, *RATES, *BANDS, *COUNTS, *PANELS, *EXTRAS, *GATES)


def variables(given: list[Unit]) -> list[Unit]:
    """The units with names and numbers that every engine can read: ``b0``, ``n0`` and ``d0``, ``j0`` a list."""
    found = []
    for unit in given:
        plain = {name.rpartition(".")[2]: value for name, value in unit.items() if not isinstance(value, tuple)}
        for i, line in enumerate(RATES):
            plain[f"n{i}"], plain[f"d{i}"] = unit[line]
        found.append(plain)
    return found


def texts(chosen: dict[str, list[int]], language: str) -> dict[str, str]:
    """An expression for each criterion in ``python``, ``cel`` or ``zen``."""
    choice = "({1} if {0} else {2})" if language == "python" else "({0} ? {1} : {2})"
    whole = "floor({})" if language == "zen" else "int({})"
    double = "double({})" if language == "cel" else "{}"
    mean = {"cel": "mean({0})"}.get(language, "((sum({0}) - max({0}) - min({0})) / 5)")
    found = {line: choice.format(f"{_own(line)} == 1", worth, 0) for line, worth in zip(BOOLS, chosen["bool"], strict=True)}
    for i, (line, target, deduct) in enumerate(zip(RATES, chosen["target"], chosen["deduct"], strict=True)):
        n, d = double.format(f"n{i}"), double.format(f"d{i}")
        below = f"{target}.0 - {n} * 100.0 / {d}"
        points = f"{FULL_RATE}.5 - ({below}) * {deduct}.0"
        some = choice.format(f"{points} < 0.0", 0, whole.format(points))
        found[line] = choice.format(f"d{i} == 0", 0, choice.format(f"{below} <= 0.0", FULL_RATE, some))
    for line in BANDS:
        own = _own(line)
        inner = choice.format(f"{own} < {CUTS[2]}", 2 * STEP, 3 * STEP)
        found[line] = choice.format(f"{own} < {CUTS[0]}", 0, choice.format(f"{own} < {CUTS[1]}", STEP, inner))
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = choice.format(f"{_own(line)} * {EACH} > {cap}", cap, f"{_own(line)} * {EACH}")
    for line in PANELS:
        found[line] = whole.format(f"{mean.format(_own(line))} * {FULL_PANEL // 10}.0 + 0.5")
    found |= {line: f"{_own(line)} * {EXTRA}" for line in EXTRAS}
    return found | {line: choice.format(f"{_own(line)} == 1", 0, 0) for line in GATES}


def trees(chosen: dict[str, list[int]]) -> dict[str, Any]:
    """A JSONLogic rule for each criterion; it has no floor, so a remainder is taken away."""

    def floored(x: Any) -> Any:
        return {"-": [x, {"%": [x, 1]}]}

    found: dict[str, Any] = {}
    for line, worth in zip(BOOLS, chosen["bool"], strict=True):
        found[line] = {"if": [{"==": [_var(line), 1]}, worth, 0]}
    for i, (line, target, deduct) in enumerate(zip(RATES, chosen["target"], chosen["deduct"], strict=True)):
        below = {"-": [float(target), {"/": [{"*": [{"var": f"n{i}"}, 100.0]}, {"var": f"d{i}"}]}]}
        points = {"max": [0, {"-": [FULL_RATE + 0.5, {"*": [below, deduct]}]}]}
        found[line] = {"if": [{"==": [{"var": f"d{i}"}, 0]}, 0, {"<=": [below, 0]}, FULL_RATE, floored(points)]}
    for line in BANDS:
        cuts = [part for place, cut in enumerate(CUTS) for part in ({"<": [_var(line), cut]}, place * STEP)]
        found[line] = {"if": [*cuts, len(CUTS) * STEP]}
    for line, cap in zip(COUNTS, chosen["cap"], strict=True):
        found[line] = {"min": [{"*": [_var(line), EACH]}, cap]}
    for line in PANELS:
        marks = [{"var": f"{_own(line)}.{i}"} for i in range(len(RATERS))]
        rest = {"-": [{"-": [{"+": marks}, {"max": marks}]}, {"min": marks}]}
        found[line] = floored({"+": [{"*": [{"/": [rest, 5]}, FULL_PANEL // 10]}, 0.5]})
    found |= {line: {"*": [_var(line), EXTRA]} for line in EXTRAS}
    return found | {line: {"if": [{"==": [_var(line), 1]}, 0, 0]} for line in GATES}


def _own(line: str) -> str:
    return line.rpartition(".")[2]


def _var(line: str) -> dict[str, str]:
    return {"var": _own(line)}


def python_compiled(chosen: dict[str, list[int]]) -> Callable[[list[Unit]], Points]:
    """``eval`` of compiled expressions."""
    codes = [compile(text, line, "eval") for line, text in texts(chosen, "python").items()]
    names = {"int": int, "sum": sum, "min": min, "max": max, "__builtins__": {}}
    return lambda units: [[eval(code, names, unit) for code in codes] for unit in units]


def cel_rust(chosen: dict[str, list[int]]) -> Callable[[list[Unit]], Points]:
    """CEL in Rust (common-expression-language); the mean of a panel is a function of Python, CEL has no sum."""
    needed("cel")
    import cel

    programs = [cel.compile(text) for text in texts(chosen, "cel").values()]
    functions = {"mean": lambda marks: (sum(marks) - max(marks) - min(marks)) / 5}

    def run(units: list[Unit]) -> Points:
        found = []
        for unit in units:
            context = cel.Context(variables=unit, functions=functions)
            found.append([program.execute(context) for program in programs])
        return found

    return run


def zen_graph(chosen: dict[str, list[int]]) -> Callable[[list[Unit]], Points]:
    """ZEN: one decision graph with a node of all expressions."""
    needed("zen")
    import zen

    keys = {line: f"p_{_own(line)}" for line in texts(chosen, "zen")}
    place = {"x": 0, "y": 0}
    given = [{"id": keys[line], "key": keys[line], "value": text} for line, text in texts(chosen, "zen").items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "all", "type": "expressionNode", "name": "all", "position": place, "content": {"expressions": given}},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("in", "all"), ("all", "out"))]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def run(units: list[Unit]) -> Points:
        results = (decision.evaluate(unit)["result"] for unit in units)
        return [[result[key] for key in keys.values()] for result in results]

    return run


def json_logic(chosen: dict[str, list[int]]) -> Callable[[list[Unit]], Points]:
    """JSONLogic (json-logic-qubit), in Python."""
    needed("json_logic")
    from json_logic import jsonLogic

    rules = list(trees(chosen).values())
    return lambda units: [[jsonLogic(rule, unit) for rule in rules] for unit in units]
