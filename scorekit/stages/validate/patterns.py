r"""JSON Schema patterns matched in time linear in the text: a small automaton, since backtracking can be made to hang.

The subset: characters, ``.``, classes, ``\d \w \s`` and their opposites, groups, ``|``, ``* + ? {m,n}``, ``^``, ``$``.
Look-around and back-references are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from scorekit.errors import RubricError, T

_LARGEST = 2000  # instructions
_CACHED = 5000  # states
_DEEPEST = 30  # groups within groups
_SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_ENDS = "\n\r\u2028\u2029"
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_COUNT = re.compile(r"\{([0-9]{1,4})(,?)([0-9]{0,4})\}")

Accepts = Callable[[str], bool]
Step = tuple[str, "Accepts | None", int, int]
"""An instruction: "char" (accepts, next), "split" (two nexts), "start", "end" or "match"."""


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a text contains what *pattern* describes. Raises RubricError for a pattern outside the subset."""
    return _Automaton(_Parser(pattern).program()).search


class _Automaton:
    """Runs all ways through a program at once; sets of places already met are kept."""

    def __init__(self, program: list[Step]) -> None:
        self.program = program
        self.known: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self.first = self._closed({0}, at_start=True)
        self.again = self._closed({0})

    def search(self, text: str) -> bool:
        """Whether the pattern is found anywhere in *text*."""
        state = self.first
        for character in text:
            if self._done(state):
                return True
            state = self.known.get((state, character)) or self._next(state, character)
        return self._done(self._closed(state, at_start=not text, at_end=True))

    def _next(self, state: frozenset[int], character: str) -> frozenset[int]:
        if len(self.known) > _CACHED:
            self.known.clear()
        reached = {
            nxt
            for kind, accepts, nxt, _ in map(self.program.__getitem__, state)
            if kind == "char" and accepts is not None and accepts(character)
        }
        found = self.known[(state, character)] = self._closed(reached) | self.again
        return found

    def _done(self, state: frozenset[int]) -> bool:
        return len(self.program) - 1 in state

    def _closed(self, places: set[int] | frozenset[int], at_start: bool = False, at_end: bool = False) -> frozenset[int]:
        """The places and all that can be reached from them without taking a character."""
        found: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            kind, _, nxt, other = self.program[place]
            if kind == "split":
                waiting += [nxt, other]
            elif (kind == "start" and at_start) or (kind == "end" and at_end):
                waiting.append(nxt)
        return frozenset(found)


class _Parser:
    """Turns a pattern into a program, left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def program(self) -> list[Step]:
        """The whole program; its last instruction is the match."""
        steps = self._either()
        if self.at < len(self.pattern):
            raise self._refused()
        return [*steps, ("match", None, 0, 0)]

    def _either(self) -> list[Step]:
        left = self._sequence()
        while self._take("|"):
            right = self._sequence()
            over = len(left) + 2
            end = over + len(right)
            if end > _LARGEST:
                raise self._refused()
            left = [("split", None, 1, over), *_moved(left, 1), ("split", None, end, end), *_moved(right, over)]
        return left

    def _sequence(self) -> list[Step]:
        steps: list[Step] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            steps += _moved(self._repeated(), len(steps))
            if len(steps) > _LARGEST:
                raise self._refused()
        return steps

    def _repeated(self) -> list[Step]:
        atom = self._atom()
        counted = _COUNT.match(self.pattern, self.at)
        if counted:
            self.at = counted.end()
            least = int(counted[1])
            most = least if not counted[2] else int(counted[3]) if counted[3] else None
        elif self.pattern[self.at : self.at + 1] in _SIGNS:
            least, most = _SIGNS[self.pattern[self.at]]
            self.at += 1
        else:
            return atom
        self._take("?")  # greedy or not makes no difference to whether there is a match
        return self._times(atom, least, most)

    def _times(self, atom: list[Step], least: int, most: int | None) -> list[Step]:
        if (max(least, most or 0) + 1) * (len(atom) + 2) > _LARGEST or (most is not None and most < least):
            raise self._refused()
        steps: list[Step] = []
        for _ in range(least):
            steps += _moved(atom, len(steps))
        if most is None:
            here, size = len(steps), len(atom)
            return [*steps, ("split", None, here + 1, here + size + 2), *_moved(atom, here + 1), ("split", None, here, here)]
        end = len(steps) + (most - least) * (len(atom) + 1)
        for _ in range(most - least):
            here = len(steps)
            steps += [("split", None, here + 1, end), *_moved(atom, here + 1)]
        return steps

    def _atom(self) -> list[Step]:
        character = self.pattern[self.at]
        self.at += 1
        if character == "^":
            return [("start", None, 1, 0)]
        if character == "$":
            return [("end", None, 1, 0)]
        if character == "(":
            return self._group()
        if character in "*+?{":
            raise self._refused()
        if character == ".":
            return [("char", lambda c: c not in _ENDS, 1, 0)]
        if character == "[":
            return [("char", self._class(), 1, 0)]
        if character == "\\":
            return [("char", self._escape()[0], 1, 0)]
        return [("char", character.__eq__, 1, 0)]

    def _group(self) -> list[Step]:
        if self._take("?") and not self._take(":"):
            named = re.compile(r"<[A-Za-z_]\w*>").match(self.pattern, self.at)
            if named is None:
                raise self._refused()
            self.at = named.end()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._refused()
        steps = self._either()
        if not self._take(")"):
            raise self._refused()
        self.depth -= 1
        return steps

    def _escape(self) -> tuple[Accepts, str]:
        """What the escape after a backslash accepts, and the one character it stands for ("" for a class)."""
        if self.at >= len(self.pattern):
            raise self._refused()
        letter = self.pattern[self.at]
        self.at += 1
        kind = {"d": _digit, "w": _word, "s": _space}.get(letter.lower())
        if kind is not None:
            return (kind if letter.islower() else lambda c: not kind(c)), ""
        code = re.compile(r"u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})").match(self.pattern, self.at - 1)
        if code:
            self.at = code.end()
            character = chr(min(int(code[1] or code[2] or code[3], 16), 0x10FFFF))
        elif letter in _ESCAPES:
            character = _ESCAPES[letter]
        elif letter.isalnum():
            raise self._refused()
        else:
            character = letter
        return character.__eq__, character

    def _class(self) -> Accepts:
        negated = self._take("^")
        accepted: list[Accepts] = []
        while not self._take("]"):
            accepts, first = self._member()
            if first and self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self._member()[1]
                if not last or last < first:
                    raise self._refused()
                accepts = _between(first, last)
            accepted.append(accepts)
        return lambda c: any(a(c) for a in accepted) != negated

    def _member(self) -> tuple[Accepts, str]:
        if self.at >= len(self.pattern):
            raise self._refused()
        character = self.pattern[self.at]
        self.at += 1
        return self._escape() if character == "\\" else (character.__eq__, character)

    def _take(self, character: str) -> bool:
        found = self.pattern[self.at : self.at + 1] == character
        self.at += found
        return found

    def _refused(self) -> RubricError:
        what = T("the pattern “{pattern}” cannot be used", pattern=self.pattern[:100])
        return RubricError(what, "pattern", T("use characters, classes, groups and repetition; no look-around, no back-references"))


def _moved(steps: list[Step], by: int) -> list[Step]:
    """A piece of program placed *by* instructions later."""
    return [(kind, accepts, nxt + by, other + by) for kind, accepts, nxt, other in steps]


def _between(first: str, last: str) -> Accepts:
    return lambda c: first <= c <= last


def _digit(character: str) -> bool:
    return "0" <= character <= "9"


def _word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _space(character: str) -> bool:
    return character.isspace() or character == "\ufeff"
