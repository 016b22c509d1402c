"""What passes by in the bytes of a part is the same however they are cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.markup import Passing, is_markup, usual

TOKEN = 40


def passed(data: bytes, size: int, **more: object) -> Passing:
    found = Passing(token=TOKEN, **more)  # type: ignore[arg-type]
    for at in range(0, len(data), size):
        found.take(data[at : at + size])
    found.close()
    return found


pieces = st.lists(
    st.sampled_from([b"<row>", b"</row>", b"<c r='A1'>", b"</c>", b"<!-- x -->", b"<?x y?>", b"text", b"x" * 30, b"<![CDATA[<]]>", b"\n"]),
    max_size=40,
)


@given(pieces, st.integers(41, 200))
def test_how_it_is_cut_makes_no_difference(found: list[bytes], size: int) -> None:
    data = b"".join(found)
    whole, cut = passed(data, 10**9), passed(data, size)
    assert (cut.tags, cut.endless, cut.typed, cut.mixed) == (whole.tags, whole.endless, whole.typed, whole.mixed)
    assert whole.tags == data.count(b"<")


@given(st.binary(max_size=400).map(lambda b: b.replace(b"!", b"x").replace(b"?", b"x")), st.integers(1, 90))
def test_a_run_without_a_tag_is_endless_when_it_is_longer_than_allowed(data: bytes, size: int) -> None:
    plain = data.replace(b"\0", b"")
    longest = max(map(len, plain.split(b"<")))
    if longest > TOKEN + 1:
        assert passed(plain, size).endless
    if longest < TOKEN:
        assert not passed(plain, size).endless


@pytest.mark.parametrize("aside", ["<!--{}-->", "<![CDATA[{}]]>", "<?x {}?>"])
def test_what_stands_aside_is_bounded_though_it_holds_tags(aside: str) -> None:
    assert not passed(f"<a>{aside.format('<b/>')}</a>".encode(), 1000).endless
    assert passed(f"<a>{aside.format('<b/>' * 20)}</a>".encode(), 1000).endless
    assert passed(f"<a>{aside.format('<b/>' * 20)}".encode()[:-3], 50).endless


@pytest.mark.parametrize(
    ("xml", "mixed"),
    [
        ("<v>9<!-- x -->5</v>", True),
        ("<v>9<?x y?></v>", True),
        ("<v><!-- x -->5</v>", True),
        ("<!-- x --><v>95</v>", False),
        ("<v>95</v>\n<!-- x -->\n", False),
        ("<?xml version='1.0'?>\n<v>95</v>", False),
        ("<t><![CDATA[a]]>b</t>", False),
    ],
)
def test_a_comment_inside_a_value_is_seen(xml: str, mixed: bool) -> None:
    assert passed(xml.encode(), 1000).mixed is mixed


def test_a_document_type_is_seen_across_pieces_and_in_wide_characters() -> None:
    for size in range(1, 40):
        assert passed(b"<?xml version='1.0'?><!DOCTYPE a><a/>", size).typed
    assert passed("<!DOCTYPE a><a/>".encode("utf-16-le"), 1000).typed
    assert not passed(b"<a>&lt;!DOCTYPE&gt;</a>", 1000).typed


def test_cells_are_counted_with_and_without_a_prefix() -> None:
    xml = b'<row><c r="A1"/><c/><c>1</c><x:c\tr="B1"/><cols/><col/></row>'
    assert passed(xml, 1000, cells=True).cells == 4
    assert passed(xml, 1000).cells == 0


def test_tags_at_once_are_those_between_two_ends() -> None:
    xml = b"<a><row><c/><c/></row><row><c/></row></a>"
    assert passed(xml, 1000, end=b"</row").at_once == 4
    assert passed(xml, 1000).at_once == xml.count(b"<")


@pytest.mark.parametrize(
    ("start", "markup", "known"),
    [
        (b"<a/>", True, True),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>", True, True),
        ("<?xml version='1.0' encoding='UTF-16'?>".encode("utf-16"), True, True),
        (b"<?xml version='1.0' encoding='cp037'?>", True, False),
        (b"\x89PNG", False, False),
        (b"", False, False),
    ],
)
def test_markup_is_known_by_how_it_begins(start: bytes, markup: bool, known: bool) -> None:
    assert (is_markup(start), usual(start)) == (markup, known)
