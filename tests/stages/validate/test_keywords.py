"""Keywords over columns give the verdict that jsonschema gives value by value."""

from __future__ import annotations

import datetime
import string
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorekit.domain.column import Column
from scorekit.errors import RubricError
from scorekit.stages.validate.fields import instance
from scorekit.stages.validate.keywords import failing, without_column_form
from scorekit.stages.validate.whole import errors, of_units, validator
from scorekit.words import say

NUMBERS = (
    st.integers(-30, 30) | st.decimals(-30, 30, places=2) | st.sampled_from([Decimal("19.99"), Decimal("5.0"), 10**25, Decimal("0.1")])
)
STEPS = st.integers(1, 7) | st.sampled_from([Decimal("0.01"), Decimal("0.5"), Decimal("1.25")])
TEXTS = st.text("ab甲1 ", max_size=6)
LENGTHS = st.integers(0, 6)


def some(**keywords):
    return st.fixed_dictionaries({}, optional=keywords)


NUMBER_SCHEMAS = some(
    type=st.sampled_from(["number", "integer", ["integer", "null"], ["number", "integer"]]),
    minimum=NUMBERS,
    maximum=NUMBERS,
    exclusiveMinimum=NUMBERS,
    exclusiveMaximum=NUMBERS,
    multipleOf=STEPS,
    enum=st.lists(NUMBERS | st.booleans() | st.none() | TEXTS, min_size=1, max_size=4),
    const=NUMBERS | st.booleans(),
    minLength=LENGTHS,
)
TEXT_SCHEMAS = some(
    type=st.sampled_from(["string", ["string", "null"]]),
    minLength=LENGTHS,
    maxLength=LENGTHS,
    pattern=st.sampled_from(["^a", "b$", "[甲1]", "^(a|b)*$", "a{2}"]),
    enum=st.lists(TEXTS | st.integers(0, 3) | st.none(), min_size=1, max_size=4),
    const=TEXTS,
    minimum=NUMBERS,
)
TRUTH_SCHEMAS = some(enum=st.lists(st.booleans() | st.integers(0, 1), min_size=1, max_size=2), const=st.booleans() | st.integers(0, 1))


def rejected(schema, column):
    bad = np.zeros(len(column), dtype=bool)
    for found in failing(schema, column):
        bad |= found.rows
    return bad.tolist()


def agrees(schema, column):
    judge = validator(schema)
    expected = [v is not None and bool(errors(judge, instance(v), "")) for v in column.listed()]
    return rejected(schema, column) == expected


@settings(max_examples=300, deadline=None)
@given(NUMBER_SCHEMAS, st.lists(NUMBERS | st.none(), min_size=1, max_size=8))
def test_numbers_are_judged_alike(schema, values):
    assert agrees(schema, Column.numbers(values))


@settings(max_examples=300, deadline=None)
@given(TEXT_SCHEMAS, st.lists(TEXTS | st.none(), min_size=1, max_size=8))
def test_texts_are_judged_alike(schema, values):
    assert agrees(schema, Column.texts(values))


@settings(max_examples=60, deadline=None)
@given(TRUTH_SCHEMAS, st.lists(st.booleans() | st.none(), min_size=1, max_size=5))
def test_truths_are_judged_alike(schema, values):
    assert agrees(schema, Column.truths(values))


@settings(max_examples=60, deadline=None)
@given(
    some(enum=st.lists(st.dates().map(str), max_size=3), pattern=st.sampled_from(["^20", "-07-"]), minLength=st.just(11)),
    st.lists(st.dates() | st.none(), min_size=1, max_size=5),
)
def test_dates_are_judged_as_their_iso_texts(schema, values):
    assert agrees(schema, Column.dates(values))


def test_multiples_are_exact():
    assert rejected({"multipleOf": Decimal("0.01")}, Column.numbers([Decimal("19.99"), Decimal("19.991"), 10**30])) == [False, True, False]


def test_five_point_nought_is_a_whole_number():
    assert rejected({"type": "integer"}, Column.numbers([Decimal("5.0"), Decimal("5.5")])) == [False, True]
    assert not errors(validator({"type": "integer"}), Decimal("5.0"), "")


def test_what_is_wrong_is_said_with_the_limit():
    schema = {
        "type": "integer",
        "minimum": 1,
        "maximum": Decimal("1E+1"),
        "exclusiveMinimum": 1,
        "exclusiveMaximum": 10,
        "multipleOf": 2,
        "enum": [2, None],
    }
    found = [say(f.what("X"), "en") for f in failing(schema, Column.numbers([0, Decimal("11.5"), 3, 4]))]
    assert found == [
        "X is no whole number",
        "X is less than 1",
        "X is more than 10",
        "X is not more than 1",
        "X is not less than 10",
        "X is no multiple of 2",
        "“X” is none of the values that may be entered",
    ]
    texts = {"minLength": 2, "maxLength": 3, "pattern": "^a", "const": "ab"}
    assert [say(f.what("X"), "en") for f in failing(texts, Column.texts(["b", "aaaa"]))] == [
        "“X” is none of the values that may be entered",
        "“X” is shorter than 2 characters",
        "“X” is longer than 3 characters",
        "“X” is not in the form asked for",
    ]


@pytest.mark.parametrize(
    ("schema", "cure"),
    [
        ({"minimum": 1}, "enter a number from 1 on"),
        ({"minimum": 1, "exclusiveMaximum": 5}, "enter a number between 1 and 5"),
        ({"maximum": -1}, "enter a number up to -1"),
    ],
)
def test_the_cure_names_the_range(schema, cure):
    [found] = list(failing(schema, Column.numbers([0 if "maximum" in schema or "exclusiveMaximum" not in schema else 9])))
    assert say(found.cure, "en") == cure


def test_keywords_without_a_column_form_are_told_apart():
    schema = {"type": "string", "title": "x", "format": "date", "x-unit": "人", "anyOf": [], "items": {}}
    assert without_column_form(schema, "items") == {"anyOf": []}


def test_no_reference_leaves_the_rubric():
    for reference in ("http://127.0.0.1/x.json", "file:///etc/passwd", "#/$defs/none"):
        with pytest.raises(RubricError):
            errors(validator({"$ref": reference}), 1, "rubric.json")


def test_patterns_are_ours_wherever_they_stand():
    judge = validator({"patternProperties": {"^(a+)+$": {"type": "integer"}}, "propertyNames": {"pattern": "^[a-z]+$"}})
    assert not errors(judge, {"aa": 1}, "")
    assert len(errors(judge, {"aa": "x", "A": 1}, "")) == 2
    assert not errors(judge, "no object", "")
    assert not errors(validator({"multipleOf": 2, "pattern": "^a"}), True, "")
    assert errors(validator({"multipleOf": 2}), 3, "")
    assert errors(validator({"pattern": "^a"}), "b", "")


def test_numbers_in_a_document_are_exact():
    judge = validator({"properties": {"n": {"type": "number", "maximum": 100, "multipleOf": Decimal("0.01")}}})
    assert not errors(judge, {"n": Decimal("19.99")}, "")
    assert errors(judge, {"n": Decimal("100.01")}, "")
    assert errors(judge, {"n": datetime.date(2026, 1, 1)}, "")


def test_demands_on_units_and_sections_are_found():
    section = {"type": "object", "properties": {"x": {"type": "integer"}}, "dependentRequired": {"x": ["y"]}}
    document = {
        "$defs": {"s": section},
        "properties": {"a": {"$ref": "#/$defs/s"}, "b": {"properties": {}}, "c": {"type": "string", "anyOf": []}},
        "if": {},
    }
    found = of_units(document)
    assert found == {"if": {}, "properties": {"a": {"dependentRequired": {"x": ["y"]}}}, "$defs": {"s": section}}
    assert of_units({"properties": {}}) is None


def test_letters_of_every_kind_are_judged_by_length():
    assert rejected({"maxLength": 1}, Column.texts(["😀", "ab", string.ascii_letters])) == [False, True, True]


@pytest.mark.parametrize(("count", "named"), [(2, 2), (100, 100), (101, 101), (100_000, 101)])
def test_of_very_many_choices_the_first_hundred_are_named(count, named):
    (fault,) = failing({"enum": [f"级{i}" for i in range(count)]}, Column.texts(["无"]))
    names = fault.cure.params["names"]
    assert len(names) == named
    assert (names[-1] == "…") is (count > 100)
