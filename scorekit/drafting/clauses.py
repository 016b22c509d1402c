"""One clause of a table of clauses becomes a criterion with its fields; what is not recognised is marked to be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import Piece, shortest
from scorekit.drafting.wordings import pieces
from scorekit.errors import T, Text


@dataclass(frozen=True)
class Clause:
    """One row of the table: what is asked, its full marks (None where the row does not say), how it is scored, a note."""

    content: str
    points: Decimal | None
    method: str
    no: str = ""
    note: str = ""


class Namer:
    """Gives fields names that no other has: the Chinese letters of what they hold."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self.taken = taken or set()

    def name(self, title: str) -> str:
        """A name for *title*; where there is one already, with a number."""
        stem = re.sub(r"^\d+", "", re.sub(r"\W", "", title))[:12] or "项目"
        name, number = stem, 2
        while name in self.taken:
            name, number = f"{stem}{number}", number + 1
        self.taken.add(name)
        return name


def drafted(clause: Clause, namer: Namer, say: Callable[[Text], str]) -> dict[str, dict[str, Any]]:
    """The nodes of a clause by name; *say* words what is to be done, which stands in ``x-todo`` of the criterion."""
    return _Drafting(clause, namer, say).nodes()


class _Drafting:
    """Turns the pieces of one clause into fields, a criterion, and gates."""

    def __init__(self, clause: Clause, namer: Namer, say: Callable[[Text], str]) -> None:
        self.clause, self.namer, self.say = clause, namer, say
        self.pieces, rest = pieces(clause.method or clause.content, clause.points)
        self.todo = [t for p in self.pieces for t in p.todo]
        if rest:
            self.todo.append(T("not recognised: {wording}", wording=rest))
        self.title = _title(clause.content)
        self.fields: dict[str, dict[str, Any]] = {}
        self.scoring: list[tuple[Piece, str]] = []
        self.keys: dict[str, Any] = {}
        self.gates: dict[str, dict[str, str]] = {}
        for piece in self.pieces:
            self._take(piece)

    def nodes(self) -> dict[str, dict[str, Any]]:
        """The fields, then the criterion; a clause that only bars has none."""
        if not self.scoring:
            self._condition_scores()
        if not self.scoring and self.clause.points is None and self.fields:
            return self._finished(next(iter(self.fields)))
        if not self.scoring:
            self._by_hand()
        main = self._main()
        spec = self._criterion(main)
        node = self.fields.pop(main, {"title": self.title})
        if node["title"] != self.title:
            spec = {"title": self.title, **spec}
        self.fields[main] = {**node, "x-criterion": spec}
        return self._finished(main)

    def _take(self, piece: Piece) -> None:
        """The field that a piece reads (one for all pieces that read the same), and what it says of the criterion."""
        name = ""
        if piece.reads:
            title = piece.title or self.title
            known = (n for n, node in self.fields.items() if node["title"] == title and node.get("type") == piece.reads.get("type"))
            name = next(known, "") or self.namer.name(title)
            self.fields.setdefault(name, {**piece.reads, "title": title})
        if piece.rule:
            self.scoring.append((piece, name))
        if piece.gate:
            self.gates[name] = {k: v.replace("{f}", name) for k, v in piece.gate.items()}
        self.keys |= {k: v.replace("{f}", name) if isinstance(v, str) else v for k, v in piece.keys.items()}

    def _condition_scores(self) -> None:
        """Where all that is said is when there are no points, the rest is full marks."""
        condition = str(self.keys.pop("zero_if", ""))
        if condition.startswith("not "):
            self.scoring.append((Piece({"flag": {}}), condition.removeprefix("not ")))
        elif condition:
            name, _, line = condition.partition(" < ")
            self.scoring.append((Piece({"flag": {"of": f"{name} >= {line}"}}), name))

    def _by_hand(self) -> None:
        """What no wording scores is entered by a person until the author says more."""
        name = self.namer.name(self.title)
        most = {} if self.clause.points is None else {"maximum": shortest(self.clause.points)}
        self.fields[name] = {"type": "number", "minimum": 0, **most, "x-source": "office", "title": self.title}
        self.scoring.append((Piece({"mark": {}}), name))
        self.todo = self.todo or [T("say how it is scored")]

    def _main(self) -> str:
        """The field that the criterion stands beside: the one that all its rules read, else a node of its own."""
        names = {name for _, name in self.scoring}
        main = names.pop()
        return main if not names and main else self.namer.name(self.title)

    def _criterion(self, main: str) -> dict[str, Any]:
        clause, keys = self.clause, dict(self.keys)
        stated = keys.pop("points", None)
        points = clause.points if clause.points is not None else _stated([p for p, _ in self.scoring], stated)
        found: dict[str, Any] = {"no": clause.no} if clause.no else {}
        if points is None:
            self.todo.append(T("the full marks are not stated"))
        else:
            found["points"] = shortest(points)
        if len(self.scoring) == 1 and "cap" not in keys:
            found["rule"] = _rule(*self.scoring[0], main)
        else:
            found["clauses"] = {f"c{i}": _clause(p, name, main) for i, (p, name) in enumerate(self.scoring, 1)}
        keys.pop("cap", None)
        if keys.get("kind") == "bonus":
            keys.pop("start", None)
        if "必备" in clause.note + clause.content:
            found |= self._prerequisite(main)
        return {**found, **keys, **self._words()}

    def _words(self) -> dict[str, str]:
        return {"wording": self.clause.method or self.clause.content, "reading": self.say(T("drafted from the wording, to be checked"))}

    def _prerequisite(self, main: str) -> dict[str, Any]:
        """必备: the condition decides the gate, a yes or the stated target, and the points count either way."""
        [rule, params], name = next(iter(self.scoring[0][0].rule.items())), self.scoring[0][1]
        condition = ""
        if len(self.scoring) == 1 and rule == "shortfall":
            condition = f"{name} >= {params['target']}"
        elif len(self.scoring) == 1 and rule == "flag":
            condition = str(params.get("of", "")).replace("{f}", name) or name
        if not condition:
            self.todo.append(T("a prerequisite needs its condition: write a gate with “require”"))
            return {}
        return {"gate": {"require": condition, "effect": "not awarded"}}

    def _finished(self, main: str) -> dict[str, dict[str, Any]]:
        for name, gate in self.gates.items():
            if "x-criterion" not in self.fields[name]:
                self.fields[name]["x-criterion"] = {"kind": "gate", **self._words(), **gate}
        if self.todo:
            self.fields[main]["x-todo"] = list(dict.fromkeys(self.say(t) for t in self.todo))
        return self.fields


def _clause(piece: Piece, name: str, main: str) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": _rule(piece, name, main)}
    if piece.title:
        found["title"] = piece.title
    if "cap" in piece.keys:
        found["cap"] = piece.keys["cap"]
    return found


def _rule(piece: Piece, name: str, main: str) -> dict[str, Any]:
    """The rule, naming its field where it is not the criterion's own."""
    [(rule, params)] = piece.rule.items()
    own = {k: v.replace("{f}", name) if isinstance(v, str) else v for k, v in params.items()}
    return {rule: own if "of" in own or name == main or not name else {"of": name, **own}}


def _stated(scoring: Sequence[Piece], most: Any) -> Decimal | None:
    """Full marks that the wording itself gives: the best of what it can come to."""
    if most is not None:
        return Decimal(str(most))
    found: list[Any] = []
    for piece in scoring:
        [params] = piece.rule.values()
        prices = params.get("prices", ())
        found += [b["points"] for b in params.get("bands", params.get("at", ()))]
        found += prices.values() if isinstance(prices, dict) else prices
        found += [params[k] for k in ("points", "up_to") if k in params]
    return Decimal(str(max(found))) if found else None


def _title(content: str) -> str:
    """A short title: the first part of what is asked, without its number."""
    first = re.split(r"[，,；;。\n（(：:]", content.strip())[0]
    first = re.sub(r"^(?:[\d.]+|[一二三四五六七八九十]+(?=[、.．）)])|[（()）①-⑳、.．])+", "", first)
    return re.sub(r"(?:达到?|不低于|应达)?\d+%(?:以上)?$", "", first)[:20] or content[:20] or "项目"
