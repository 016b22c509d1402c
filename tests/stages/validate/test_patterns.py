"""Patterns: what Python's own matcher says, in linear time, for the part of the language that is allowed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.errors import RubricError
from scorekit.stages.validate import patterns
from scorekit.stages.validate.patterns import matcher

ATOMS = st.sampled_from(["a", "b", "1", ".", r"\d", r"\W", r"\s", "[ab]", "[^a]", "[a-b1]", r"[\d-]", "^", "$", r"\.", r"a"])
SIGNS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"])
PATTERNS = st.recursive(
    st.builds(lambda a, s: a + s if a not in "^$" else a, ATOMS, SIGNS),
    lambda inner: st.builds("".join, st.lists(inner, max_size=3)) | st.builds(lambda a, b, s: f"(?:{a}|{b}){s}", inner, inner, SIGNS),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, st.text("ab1.- \n", max_size=8))
def test_a_match_is_what_python_says_it_is(pattern, text):
    expected = re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None
    assert matcher(pattern)(text) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^[\u4e00-\u9fa5]{2,4}$", "张三", True),
        (r"^[\u4e00-\u9fa5]{2,4}$", "Li", False),
        (r"\u{1F600}", "😀", True),
        (r"^\x41\t\n$", "A\t\n", True),
        (r"^\d+$", "１２", False),
        (r"^\w$", "é", False),
        (r"^\s$", "\u3000", True),
        (r"^.$", "\u2028", False),
        (r"^[0-9A-Z]{18}$", "91310000MA1FL5678X", True),
        ("a$", "a\n", False),
        ("(?<n>a)b", "ab", True),
        ("[]", "a", False),
        ("[^]", "a", True),
        ("[a-]", "-", True),
        ("", "", True),
        ("$^", "", True),
        ("(a|)b", "b", True),
    ],
)
def test_the_dialect_is_that_of_json_schema(pattern, text, found):
    assert matcher(pattern)(text) is found


def test_a_pattern_that_hangs_a_backtracking_matcher_is_linear():
    start = time.perf_counter()
    assert not matcher("^(a+)+$")("a" * 100_000 + "b")
    assert time.perf_counter() - start < 5


def test_states_are_forgotten_when_they_are_many(monkeypatch):
    monkeypatch.setattr(patterns, "_CACHED", 2)
    assert matcher("^(ab|cd|ef)*g$")("abcdefabcdefg")


TOO_LARGE = ["a{2001}", "((a{50}){50}){50}", "(" * 40 + ")" * 40, "|".join(["a" * 900] * 3), "a" * 2500]
NOT_ALLOWED = ["(?=a)b", "(?!a)", r"(a)\1", r"\bx", r"\q"]
BROKEN = ["a**", "(", ")", "[a", "[b-a]", r"[a-\d]", "[a-\\", "*", "{2}", "a{3,2}", "a{1}{2}", "\\"]


@pytest.mark.parametrize("pattern", [*TOO_LARGE, *NOT_ALLOWED, *BROKEN])
def test_what_is_outside_the_subset_is_refused(pattern):
    with pytest.raises(RubricError):
        matcher.__wrapped__(pattern)
