"""Which of copies and their originals are read: found out on readers that hold everything in the text of a file."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest

from scorekit.domain.annotated import Lineage
from scorekit.domain.intake import Reader, SourceFile
from scorekit.errors import InputError, T
from scorekit.loading.copies import without_copies
from scorekit.words import say


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def lineage(file: SourceFile) -> Lineage | None:
    """A copy is written ``copy <values> | <values as annotated> | <sha> <sha> …``; a list alone has no values as annotated."""
    text = file.path.read_text()
    if not text.startswith("copy"):
        return None
    _, values, of = text.split("|")
    return Lineage(tuple(of.split()), values.strip())


def values(file: SourceFile) -> str:
    text = file.path.read_text()
    if "damaged" in text:
        raise InputError(T("damaged"), file.name)
    return sha(text.split("|")[0].removeprefix("copy").strip())


READER = Reader("toy", (".toy",), lambda f, r: iter(()), lineage=lineage, values=values)
PLAIN = Reader("plain", (".txt",), lambda f, r: iter(()))


def copy_of(original: str, now: str | None = None, *earlier: str) -> str:
    """A copy of a file with this text, its values *now* (as they were, where nobody changed them)."""
    was = original.split("|", maxsplit=1)[0].removeprefix("copy").strip()
    return f"copy {was if now is None else now} | {sha(was)} | {sha(original)} {' '.join(map(sha, earlier))}"


@pytest.fixture
def read(tmp_path: Path):
    """From texts by name to the names that are read, and the lines about the others."""

    def run(order: tuple[str, ...] = (), **texts: str) -> tuple[list[str], list[str]]:
        files = []
        for name in order or texts:
            path = tmp_path / f"{name}.toy"
            path.write_text(texts[name])
            files.append(SourceFile(path, path.name))
        kept, problems = without_copies(files, {".toy": READER, ".txt": PLAIN})
        assert all(p.severity == "repair" for p in problems)
        return sorted(f.path.stem for f in kept), [f"{p.file}: {say(p.what, 'en')}" for p in problems]

    return run


def test_ordinary_files_are_read_and_not_looked_into(read) -> None:
    assert read(a="1", b="1") == (["a", "b"], [])


def test_a_copy_in_which_nothing_was_changed_is_left_out_beside_its_original(read) -> None:
    kept, said = read(a="1", b=copy_of("1"))
    assert kept == ["a"]
    assert said == ["b.toy: the copy was not changed since it was annotated; “a.toy” counts, the copy is left out"]


def test_a_mended_copy_counts_in_the_place_of_its_original_whatever_it_is_called(read) -> None:
    kept, said = read(a="1", any_name=copy_of("1", "2"))
    assert kept == ["any_name"]
    assert said == ["a.toy: the mended copy “any_name.toy” counts; “a.toy”, of which it was made, is left out"]


@pytest.mark.parametrize("now", [None, "2"])
def test_a_copy_without_its_original_is_read(read, now: str | None) -> None:
    assert read(b=copy_of("1", now), other="9") == (["b", "other"], [])


def test_two_copies_mended_in_different_ways_are_both_read_and_the_original_is_not(read) -> None:
    kept, said = read(a="1", b=copy_of("1", "2"), c=copy_of("1", "3"))
    assert kept == ["b", "c"]
    assert len(said) == 1


def test_of_two_copies_mended_alike_the_first_counts(read) -> None:
    kept, said = read(b=copy_of("1", "2"), c=copy_of("1", "2"))
    assert kept == ["b"]
    assert said == ["c.toy: the copy says the same as “b.toy”, made of the same file, and is left out"]


def test_of_two_unchanged_copies_without_an_original_the_first_counts(read) -> None:
    assert read(b=copy_of("1"), c=copy_of("1"))[0] == ["b"]


def test_an_unchanged_copy_beside_a_mended_one_is_left_out(read) -> None:
    assert read(b=copy_of("1"), c=copy_of("1", "2"))[0] == ["c"]
    assert read(a="1", b=copy_of("1"), c=copy_of("1", "2"))[0] == ["c"]


def test_a_copy_of_a_copy_counts_before_all_that_it_was_made_of(read) -> None:
    first = copy_of("1", "2")
    second = copy_of(first, "3", "1")
    assert read(a="1", b=first, c=second)[0] == ["c"]
    assert read(a="1", c=second)[0] == ["c"]


def test_a_copy_of_a_copy_in_which_nothing_was_changed_gives_way_to_it(read) -> None:
    first = copy_of("1", "2")
    assert read(a="1", b=first, c=copy_of(first, None, "1"))[0] == ["b"]


def test_a_list_of_errors_is_no_submission(read) -> None:
    kept, said = read(a="1", b=f"copy list || {sha('1')}")
    assert kept == ["a"]
    assert said == ["b.toy: this is a list of errors that was written for the sender, and no submission; it is left out"]


def test_a_copy_that_cannot_be_read_leaves_its_original_to_count(read) -> None:
    assert read(a="1", b=copy_of("1", "damaged"))[0] == ["a", "b"]


def test_an_original_that_was_saved_again_is_a_file_of_its_own(read) -> None:
    assert read(a="1 saved again", b=copy_of("1", "2"))[0] == ["a", "b"]


def test_an_original_that_was_only_saved_again_is_known_by_its_values(read) -> None:
    kept, said = read(a="1 ", b=copy_of("1"))
    assert kept == ["a"]
    assert said == ["b.toy: the copy was not changed since it was annotated; “a.toy” counts, the copy is left out"]
    assert read(a="1 ", b=copy_of("1", "2"))[0] == ["b"]
    assert read(a="1 ", b=copy_of("1", "2"), c=copy_of("1"), damaged="damaged")[0] == ["b", "damaged"]


def test_the_order_of_the_files_does_not_matter(read) -> None:
    texts = {"a": "1", "b": copy_of("1"), "c": copy_of("1", "2"), "d": copy_of("1", "2")}
    found = {str(read(order, **texts)) for order in itertools.permutations(texts)}
    assert len(found) == 1


def test_files_of_readers_without_copies_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(copy_of("1"))
    file = SourceFile(path, "a.txt")
    assert without_copies([file], {".txt": PLAIN}) == ([file], [])
