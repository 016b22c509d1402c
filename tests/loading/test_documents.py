"""JSON documents: numbers exact, faults named with their line, nothing taken that another reader would read otherwise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.errors import InputError, RubricError, ScorekitError
from scorekit.loading import documents
from scorekit.loading.documents import DEEPEST, LONGEST, load_document
from tests.building import said


def fault(path: Path, text: str | bytes) -> ScorekitError:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InputError) as caught:
        load_document(path)
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def test_numbers_are_exact(path: Path) -> None:
    path.write_text('{"a": 0.1, "b": 12345678901234567890, "c": 1e2, "d": "0.1", "e": -0.90}', encoding="utf-8")
    found = load_document(path)
    assert found == {"a": Decimal("0.1"), "b": 12345678901234567890, "c": 100, "d": "0.1", "e": Decimal("-0.90")}
    assert isinstance(found["a"], Decimal)


def test_the_longest_numbers_are_taken(path: Path) -> None:
    path.write_text('{"a": 1e307, "b": 0e400, "c": -' + "9" * 308 + ', "d": 1e-999}', encoding="utf-8")
    assert load_document(path) == {"a": 10**307, "b": 0, "c": -(10**308) + 1, "d": Decimal("1e-999")}


def test_a_byte_order_mark_is_no_part_of_the_document(path: Path) -> None:
    path.write_bytes('\ufeff{"甲": 1}'.encode())
    assert load_document(path) == {"甲": 1}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("", "the file is empty", ""),
        (" \n ", "the file is empty", ""),
        ("[1, 2]", "the file must hold one JSON object", ""),
        ("3", "the file must hold one JSON object", ""),
        ('{\n "a": 1,\n "b" 2}', 'this is no valid JSON, near “: 1, "b" 2}”', ":3"),
        ('{"a": 1}\n{"b": 2}', 'this is no valid JSON, near “{"a": 1} {"b": 2}”', ":2"),
        ('{\n "a": 1,\n "a": 2}', "the key “a” stands twice in one object", ":3"),
        ('{"x": [{"k": 1}, {"k": 1}],\n "y": {"x": 1, "z": "{", "x": 2}}', "the key “x” stands twice in one object", ":2"),
        ('{"甲": 1,\n "\\u7532": 2}', "the key “甲” stands twice in one object", ":2"),
        ('{"a":\n NaN}', "NaN is no number", ":2"),
        ('{"a": "NaN",\n "b": -Infinity}', "-Infinity is no number", ":2"),
        ('{"a": Infinity}', "Infinity is no number", ":1"),
        ('{"a": ' + "1" * (LONGEST + 1) + "}", f"a number has more than {LONGEST} digits", ":1"),
        ('{"a": "' + "x" * (LONGEST + 1) + '",\n"b": 0.' + "1" * LONGEST + "}", f"a number has more than {LONGEST} digits", ":2"),
        ('{"a":\n 1e400}', "a number has more than 308 digits before the point", ":2"),
        ('{"a": -1' + "0" * 308 + "}", "a number has more than 308 digits before the point", ":1"),
        ('{"a": ' + "1" * 309 + ".5}", "a number has more than 308 digits before the point", ":1"),
        ('{"a": "1e400",\n"b": 1e-99999999}', f"a number has more than {LONGEST} digits", ":2"),
        ('{"a": 1e999999999999}', f"a number has more than {LONGEST} digits", ":1"),
        ('{"a": ' + "[" * 100 + "1" + "]" * 100 + "}", f"the JSON is nested deeper than {DEEPEST} levels", ""),
        ('{"a": ' + "[" * 100_000, f"the JSON is nested deeper than {DEEPEST} levels", ":1"),
        (b'{"a": "\xb9\xa4"}', "the file is no UTF-8 text", ""),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_line(path: Path, text: str | bytes, what: str, line: str) -> None:
    found = fault(path, text)
    assert said(found.what) == what
    assert found.where == f"{path}{line}"
    assert found.cure is not None


def test_what_is_nested_as_deep_as_may_be_is_taken(path: Path) -> None:
    path.write_text('{"a": ' + "[" * (DEEPEST - 2) + "1" + "]" * (DEEPEST - 2) + "}", encoding="utf-8")
    assert "a" in load_document(path)


def test_a_file_that_is_not_there_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_document(tmp_path / "none.json")
    assert said(caught.value.what) == "the file cannot be read: No such file or directory"
    with pytest.raises(InputError, match="cannot be read"):
        load_document(tmp_path)


def test_a_file_larger_than_is_sensible_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 10)
    assert said(fault(path, '{"a": 12345}').what) == "the file is larger than 32 MB"


def test_the_error_is_of_the_kind_that_was_asked_for(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(RubricError):
        load_document(path, RubricError)


@given(st.text(alphabet='{}[]:,"\\ \n1aNI-.e', max_size=40))
def test_whatever_a_file_holds_is_an_object_or_an_error_that_is_explained(text: str) -> None:
    path = Path(documents.__file__).with_name("no.json")

    class Held:
        """A file of this text."""

        def stat(self) -> object:
            return type("Stat", (), {"st_size": len(text)})

        def read_text(self, encoding: str) -> str:
            return text

        def __str__(self) -> str:
            return str(path)

    try:
        assert isinstance(load_document(Held()), dict)  # type: ignore[arg-type]
    except InputError as error:
        assert error.where.startswith(str(path))  # noqa: PT017
