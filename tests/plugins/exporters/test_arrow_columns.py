"""Columns as Arrow arrays: texts and numbers are handed over as they lie in memory, and are what Arrow would make of a list."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.exporters import arrow_columns
from scorekit_plugins.exporters.arrow_columns import decimals, encoding, measured, plain, readable, texts, typed, word

from scorekit.domain.coded import Coded
from scorekit.domain.column import Column
from scorekit.domain.roll import Names

pa = pytest.importorskip("pyarrow")
SAID = st.lists(st.sampled_from(["", "a", "某某公司工会", "\U00020bb7"]), max_size=20)
KINDS = [pa.string(), pa.decimal128(18, 2), pa.struct([("n", pa.decimal128(18, 2))])]


def _wide(array, kind):
    """An array in the type in which it is read back."""
    if pa.types.is_struct(kind):
        return pa.StructArray.from_arrays([array.field(0).cast(kind.field(0).type)], names=["n"])
    return array.cast(kind)


@pytest.mark.parametrize("made", [Names.of, Coded.of])
@pytest.mark.parametrize("blank", [False, True])
@given(said=SAID)
def test_names_and_coded_texts_are_written_as_lists_of_texts_are(made, blank, said):
    found = texts(made(said), blank)
    assert found.cast("string").equals(texts(said, blank))
    assert found.null_count == (said.count("") if blank else 0)


@pytest.mark.parametrize("asked", [1, 3, 256])
@pytest.mark.parametrize("blank", [False, True])
@given(said=SAID, order=st.permutations(["", "a", "某某公司工会", "\U00020bb7", "nobody", "a"]))
def test_how_texts_are_numbered_shows_in_no_array(asked, blank, said, order):
    codes = np.array([order.index(t) if i % 2 else len(order) - 1 - order[::-1].index(t) for i, t in enumerate(said)], dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrow_columns, "_ASKED", asked)
        found = texts(Coded(codes, order), blank)
    assert found.to_pylist() == [t if t or not blank else None for t in said]
    assert found.dictionary.to_pylist() == [t for t in dict.fromkeys(said) if t or not blank]


@given(said=SAID, numbers=st.lists(st.integers(-(10**9), 10**9), min_size=20, max_size=20), blank=st.booleans())
def test_a_file_of_codes_and_narrow_figures_is_byte_for_byte_one_of_texts_and_decimals(said, numbers, blank):
    from pyarrow import parquet

    figures = decimals(Column.numbers(numbers[: len(said)]), 2)
    arrays = [texts(Coded.of(said), blank), figures, pa.StructArray.from_arrays([figures], names=["n"])]
    fields = [measured(name, a.type, "percent") for name, a in zip("abc", arrays, strict=True)]
    known = [field.with_type(kind) for field, kind in zip(fields, KINDS, strict=True)]
    files = []
    for schema, stored in ((pa.schema(fields), False), (pa.schema(known), True)):
        columns = [a if a.type == f.type else _wide(a, f.type) for a, f in zip(arrays, schema, strict=True)]
        options = {"use_dictionary": True, "store_decimal_as_integer": True, "write_statistics": ["a"]}
        with BytesIO() as file:
            with parquet.ParquetWriter(file, schema, store_schema=stored, **options) as writer:
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
                if not stored:
                    writer.add_key_value_metadata(readable(schema))
            files.append(file.getvalue())
    assert parquet.read_schema(BytesIO(files[0])).equals(pa.schema(known), check_metadata=True)
    assert files[0] == files[1]


def test_the_texts_of_names_are_not_copied():
    names = Names.of(["甲", "乙", "丙"])
    assert texts(names[1:]).buffers()[2].address == names.data.ctypes.data + 3


def test_half_a_character_is_refused_as_it_is_in_a_list():

    for said in (["\ud800"], Names.of(["a", "\ud800"])):
        with pytest.raises((UnicodeEncodeError, pa.ArrowInvalid)):
            texts(said)


NUMBERS = st.lists(st.none() | st.integers(0, 99), max_size=20)


@pytest.mark.parametrize("width", [np.uint8, np.int32, np.int64, np.float64, bool])
@given(values=NUMBERS)
def test_numbers_and_truths_handed_over_are_those_of_a_list(width, values):
    cells, mask = np.array([v or 0 for v in values]).astype(width), np.array([v is None for v in values], dtype=bool)
    found = plain(cells, mask)
    found.validate(full=True)
    assert found.equals(pa.array(cells, mask=mask))
    assert plain(cells[::2]).equals(pa.array(cells[::2]))


@pytest.mark.parametrize("text", ["", "某某公司工会", None])
def test_a_word_is_the_scalar_of_it(text):
    assert word(text).equals(pa.scalar(text, pa.string()))


@given(said=st.lists(st.none() | st.sampled_from(["", "a", "某某公司工会"]), max_size=9))
def test_texts_that_are_missing_are_null_and_empty_ones_are_not(said):
    assert typed(Column.texts(said)).to_pylist() == said


def test_doubles_are_written_place_by_place_whole_numbers_by_their_steps_and_all_else_as_arrow_does():
    whole = [pa.uint8(), pa.int64(), pa.date32(), pa.decimal64(18, 2)]
    other = [pa.bool_(), pa.string(), pa.decimal128(38, 2), pa.list_(pa.int64()), texts(Coded.of(["a"])).type]
    assert encoding(pa.float64()) == "BYTE_STREAM_SPLIT"
    assert [encoding(kind) for kind in whole] == ["DELTA_BINARY_PACKED"] * len(whole)
    assert [encoding(kind) for kind in other] == [None] * len(other)


def test_names_beyond_what_32_bits_count_are_read_as_texts():
    names = Names.of(["a", "b"])
    wide = Names(names.data, names.offsets.astype(np.int64))
    assert texts(wide).to_pylist() == ["a", "b"]
