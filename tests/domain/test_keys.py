"""The keys of many names: each as ``folded`` gives it, and no second copy where nothing changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain import keys
from scorekit.domain.keys import folded_names
from scorekit.domain.naming import folded, folds
from scorekit.domain.roll import Names

ODD = st.text(st.sampled_from("aZ９ＡßİﬁΣς·•・e\u0301\u0345\u200b\ufeff \n\r\0\x85工会。가가\u1100\U0001d400\ud800"), max_size=8)


@pytest.mark.parametrize("block", [1, 3, 1 << 16])
@given(texts=st.lists(st.one_of(ODD, st.text(max_size=12), st.text(st.characters(max_codepoint=127))), max_size=20))
def test_every_key_is_the_folded_name(block, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "BLOCK", block)
        unit, key = folded_names(Names.of(texts))
    assert unit == texts
    assert key == [folded(t) for t in texts]


@given(st.text(max_size=30))
def test_a_text_whose_characters_stay_is_its_own_key(text):
    if keys._stays(text):
        assert folded(text) == text
        assert all(folded(text[i:j]) == text[i:j] for i in range(len(text)) for j in range(i, len(text) + 1))


@pytest.mark.parametrize("texts", [["unit-1", "unit-2"], ["某某公司工会", "甲·乙"], ["", ""], []])
def test_names_that_are_their_own_keys_are_held_once(texts):
    unit, key = folded_names(Names.of(texts))
    assert key is unit


@pytest.mark.parametrize("texts", [["Unit 1", "unit-2"], ["某某 公司工会", "甲"], ["甲•乙"], ["ＡＢ"]])
def test_other_keys_stand_beside_the_names(texts):
    unit, key = folded_names(Names.of(texts))
    assert unit == texts
    assert key == [folded(t) for t in texts]
    assert key is not unit


def test_a_character_that_changes_or_goes_is_seen():
    assert folds("a b")
    assert folds("A")
    assert folds("甲•乙")
    assert not folds("甲·乙1")
