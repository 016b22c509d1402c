"""What a form says of itself, in small print and in any language."""

from __future__ import annotations

import pytest

from scorekit.domain.form import BESIDE_LABELS, FORMS, HEADS, PLACEHOLDERS, Edition, edition_line, edition_of, form_words

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(FORMS))
@pytest.mark.parametrize("path", ["", "extra.honours"])
def test_the_small_print_is_read_as_it_was_written(lang, kind, path):
    text = edition_line(kind, "model-home", "2026.1", DIGEST, path, lang)
    assert edition_of(text) == Edition("model-home", "2026.1", kind, DIGEST[:16], path)


def test_the_small_print_is_chinese_by_default():
    assert edition_line("unit", "a", "1", DIGEST, "", "zh") == "表样：a | 1 | unit | 0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    ["", "表样", "表样：a", "表样：a | 1 | other | 00", "评委：a | 1 | unit | 00", "a | 1 | unit | 00", "表样：a | 1 | unit | 0 | b | c"],
)
def test_anything_else_is_no_small_print(text):
    assert edition_of(text) is None


@pytest.mark.parametrize("words", [HEADS, BESIDE_LABELS, PLACEHOLDERS])
def test_words_are_known_in_both_languages_and_none_means_two_things(words):
    assert sorted(form_words(words).values()) == sorted([*words, *words])


def test_heads_are_known_however_they_are_spaced():
    assert form_words(HEADS)["填报值"] == "value"
