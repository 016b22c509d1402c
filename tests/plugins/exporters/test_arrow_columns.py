"""Texts as Arrow arrays: names are handed over as they stand, few texts by their codes; both as a list of texts would be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.exporters.arrow_columns import texts

from scorekit.domain.coded import Coded
from scorekit.domain.roll import Names

pytest.importorskip("pyarrow")
SAID = st.lists(st.sampled_from(["", "a", "某某公司工会", "\U00020bb7"]), max_size=20)


@pytest.mark.parametrize("made", [Names.of, Coded.of])
@pytest.mark.parametrize("blank", [False, True])
@given(said=SAID)
def test_names_and_coded_texts_are_written_as_lists_of_texts_are(made, blank, said):
    found = texts(made(said), blank)
    assert found.equals(texts(said, blank))
    assert found.null_count == (said.count("") if blank else 0)


def test_the_texts_of_names_are_not_copied():
    names = Names.of(["甲", "乙", "丙"])
    assert texts(names[1:]).buffers()[2].address == names.data.ctypes.data + 3


def test_half_a_character_is_refused_as_it_is_in_a_list():
    import pyarrow as pa

    for said in (["\ud800"], Names.of(["a", "\ud800"])):
        with pytest.raises((UnicodeEncodeError, pa.ArrowInvalid)):
            texts(said)


def test_names_beyond_what_32_bits_count_are_read_as_texts():
    names = Names.of(["a", "b"])
    wide = Names(names.data, names.offsets.astype(np.int64))
    assert texts(wide).to_pylist() == ["a", "b"]
