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
    """One row of the table: what is asked, its full marks (None where the row does not say), how it is scored, a note.

    ``kind`` is what its section says it is: bonus, deduction, either of them, or nothing.
    """

    content: str
    points: Decimal | None
    method: str
    no: str = ""
    note: str = ""
    kind: str = ""


_TAKING = frozenset({"shortfall", "excess", "each", "penalty", "repeat", "discretion_off"})
_OF_FULL_MARKS = frozenset(
    {"flag", "pro_rata", "grade", "panel_mean", "votes", "per_place", "percentile", "to_best", "to_mean", "from_mean", "min_max", "panel"}
)
"""Rules that give the full marks or a share of them: without any they give nothing."""
_SCORES = re.compile(r"[得加扣减计赋][^,;，；。]{0,3}\d|[加扣打评]分|得分(?![高低])")


class Namer:
    """Gives fields names that no other has: the Chinese letters of what they hold."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self.taken = taken or set()

    @staticmethod
    def stem(title: str) -> str:
        """The name that a title would have if it were free: its first letters."""
        return re.sub(r"^\d+", "", re.sub(r"\W", "", title))[:12] or "项目"

    def name(self, title: str) -> str:
        """A name for *title*; where there is one already, with a number."""
        stem = self.stem(title)
        name, number = stem, 2
        while name in self.taken:
            name, number = f"{stem}{number}", number + 1
        self.taken.add(name)
        return name


def scores(clause: Clause) -> bool:
    """Whether a row of the table scores or bars at all: levels, ways to break ties and remarks do not."""
    text = clause.method or clause.content
    return clause.points is not None or not clause.method or bool(_SCORES.search(text)) or bool(pieces(text, None)[0])


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
        self.titles: dict[str, str] = {}
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
            name = next((n for n in known if not self._counts(n, piece)), "") or self._named(title)
            self.fields.setdefault(name, {**piece.reads, "title": self.titles.get(name, title)})
        if piece.rule:
            self.scoring.append((piece, name))
        if piece.gate:
            self.gates[name] = {k: v.replace("{f}", name) for k, v in piece.gate.items()}
        keys = {k: v.replace("{f}", name) if isinstance(v, str) else v for k, v in piece.keys.items()}
        if "zero_if" in keys and "zero_if" in self.keys:
            keys["zero_if"] = f"({self.keys['zero_if']}) or ({keys['zero_if']})"
        self.keys |= keys

    def _counts(self, name: str, piece: Piece) -> bool:
        """Whether the field already counts by the rule of this piece: the second count is of something else."""
        same = (p.rule for p, n in self.scoring if n == name and p.rule.keys() == piece.rule.keys())
        return bool(piece.rule) and any("{f} " not in str(rule) for rule in same)

    def _named(self, title: str) -> str:
        """A name for a field; where another clause has one of this title, the field bears the name of its clause too."""
        name = self.namer.name(title)
        if name != self.namer.stem(title) and title != self.title:
            self.namer.taken.discard(name)
            full = f"{self.title}{title}"[:20]
            name = self.namer.name(full)
            self.titles[name] = full
        same = sum(node["title"].rstrip("0123456789") == title for node in self.fields.values())
        if same:
            self.titles[name] = f"{title}{same + 1}"
            self.todo.append(T("name the field “{field}” by what it counts", field=self.titles[name]))
        return name

    def _condition_scores(self) -> None:
        """Where all that is said is when there are no points, the rest is full marks."""
        if self.clause.points is None:
            if self.keys.pop("zero_if", ""):
                self.todo.append(T("say which clause or section gets no points: a gate with the effect “zero”"))
            return
        condition = str(self.keys.pop("zero_if", ""))
        if re.fullmatch(r"not \w+", condition):
            self.scoring.append((Piece({"flag": {}}), condition.removeprefix("not ")))
        elif re.fullmatch(r"\S+ < \S+", condition):
            name, _, line = condition.partition(" < ")
            self.scoring.append((Piece({"flag": {"of": f"{name} >= {line}"}}), name))
        elif condition:
            self.scoring.append((Piece({"flag": {"of": f"not ({condition})"}}), ""))

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
        self._kind(keys, points)
        self._together(keys)
        if points is None and keys.get("kind") == "deduction":
            points = Decimal(str(keys["cap"])) if len(self.scoring) == 1 and "cap" in keys else None
        elif points is None:
            self.todo.append(T("the full marks are not stated"))
        if points is None and any(r in _OF_FULL_MARKS and "points" not in params for p, _ in self.scoring for r, params in p.rule.items()):
            self.todo.append(T("the full marks are not stated"))
            points = Decimal(0)
        if points is not None:
            found["points"] = shortest(points)
        if len(self.scoring) == 1 and "cap" not in keys:
            found["rule"] = _rule(*self.scoring[0], main)
        else:
            found["clauses"] = {f"c{i}": _clause(p, name, main) for i, (p, name) in enumerate(self.scoring, 1)}
        keys.pop("cap", None)
        if keys.get("kind") in ("bonus", "deduction"):
            keys.pop("start", None)
        if keys.get("floor", 0) is None and "扣完为止" in clause.method:
            self.todo.append(
                T("one part of the clause stops at zero, another goes below: the floor is lifted for both; write them apart if not meant")
            )
        if "必备" in clause.note + clause.content:
            found |= self._prerequisite(main)
        return {**found, **keys, **self._words()}

    def _together(self, keys: dict[str, Any]) -> None:
        """Of penalties at several lines of one figure the heaviest counts; gains beside deductions leave the start to the author."""
        rules = [rule for p, _ in self.scoring for rule in p.rule]
        lines = [p for p, _ in self.scoring if "{f} <" in str(p.rule.get("penalty"))]
        if len(lines) == len(rules) > 1 and len({n for _, n in self.scoring}) == 1:
            keys["combine"] = "worst"
        if keys.get("kind", "base") == "base" and "start" not in keys and 0 < sum(r in _TAKING for r in rules) < len(rules):
            self.todo.append(
                T("points are given and taken in one clause: it starts at 0 now; if it starts at full marks, take out what gives them")
            )

    def _kind(self, keys: dict[str, Any], points: Decimal | None) -> None:
        """Bonus or deduction, as the section says; without full marks, what only takes is a deduction: a base could lose nothing."""
        rules = {rule for p, _ in self.scoring for rule in p.rule}
        takes = rules <= _TAKING
        kind = self.clause.kind
        if kind == "either":
            kind = "deduction" if takes else "bonus"
        elif not kind and points is None and takes:
            kind = "deduction"
        if kind == "deduction" and rules == {"mark"}:
            self.scoring = [
                (Piece({"discretion_off": {} if points is not None else {"high": 100}}, p.reads, p.title), n) for p, n in self.scoring
            ]
        elif (kind == "deduction" and not takes) or (kind == "bonus" and rules & _TAKING):
            self.todo.append(
                T("the section says {kind}, the wording does not: write it apart", kind=T("bonus") if kind == "bonus" else T("deduction"))
            )
        if kind:
            keys["kind"] = kind
            keys.pop("floor", None)

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
