"""The catalogues say everything that the code says, in Chinese, with the same parameters, and nothing more."""

from __future__ import annotations

import ast
import gettext
import io
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "scorekit" / "words"


def marked() -> Iterator[tuple[str, int, ast.Call]]:
    """Every call of T in scorekit and its plugins: file, line, call."""
    for path in sorted([*(ROOT / "scorekit").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "T":
                yield path.relative_to(ROOT).as_posix(), node.lineno, node


def template(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def catalogue(lang: str) -> Catalog:
    with (LOCALES / lang / "LC_MESSAGES" / "scorekit.po").open("rb") as file:
        return read_po(file)


def sayings(lang: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue(lang) if m.id}


TEMPLATES = {said for _, _, call in marked() if (said := template(call)) is not None}


def test_every_marked_text_is_a_literal_that_can_be_extracted() -> None:
    assert [f"{path}:{line}" for path, line, call in marked() if template(call) is None] == []


def test_every_text_is_given_the_parameters_it_names_and_no_others() -> None:
    wrong = []
    for path, line, call in marked():
        given = {k.arg for k in call.keywords}
        if None not in given and (said := template(call)) is not None and given and given != fields(said):
            wrong.append(f"{path}:{line}: {sorted(map(str, given ^ fields(said)))}")
    assert wrong == []


def test_no_text_formats_a_parameter_itself() -> None:
    assert [t for t in TEMPLATES if any(spec or conversion for _, _, spec, conversion in string.Formatter().parse(t))] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogues_hold_exactly_the_texts_of_the_code(lang: str) -> None:
    known = set(sayings(lang))
    assert {"missing": sorted(TEMPLATES - known), "unused": sorted(known - TEMPLATES)} == {"missing": [], "unused": []}


def test_every_text_is_translated_into_chinese() -> None:
    assert [t for t, said in sayings("zh").items() if not said] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_translations_have_the_parameters_of_their_texts(lang: str) -> None:
    assert [t for t, said in sayings(lang).items() if said and fields(said) != fields(t)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_compiled_catalogues_agree_with_their_source(lang: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    with (LOCALES / lang / "LC_MESSAGES" / "scorekit.mo").open("rb") as file:
        found, wanted = gettext.GNUTranslations(file), gettext.GNUTranslations(compiled)
    assert {t: found.gettext(t) for t in TEMPLATES} == {t: wanted.gettext(t) for t in TEMPLATES}
