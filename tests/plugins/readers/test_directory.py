"""A package is read in one way only: what its directory says is what its parts say and what comes out of them."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.directory import CHUNK, Cut, Unsound, entries, sound, unpacked

from tests.hostile.making import both, central, end, local, packed, raw_entry, raw_package

NAME = "a.xml"


def looked(data: bytes, most: int = 100) -> dict[str, bytes]:
    """All parts of a package that is sound."""
    source = io.BytesIO(data)
    total = entries(source, len(data), most)
    with zipfile.ZipFile(source) as package:
        parts = package.infolist()
    sound(source, parts, total)
    return {part.filename: b"".join(piece for piece, _ in unpacked(source, part)) for part in parts}


contents = st.dictionaries(st.text("abc/甲", min_size=1, max_size=5), st.binary(max_size=300), max_size=5)


@given(contents, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_what_was_packed_comes_out(content: dict[str, bytes], method: int) -> None:
    assert looked(packed(content, method)) == content


def test_a_package_written_as_a_stream_is_sound() -> None:
    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[call-overload]
        with package.open(NAME, "w", force_zip64=True) as part:
            part.write(b"x" * 1000)
        package.writestr("b.xml", b"y" * 10)
    assert looked(stream.data) == {NAME: b"x" * 1000, "b.xml": b"y" * 10}


@given(st.data())
def test_any_cut_is_refused(data: st.DataObject) -> None:
    whole = packed({NAME: b"<a>" + bytes(range(256)) + b"</a>", "b.xml": "<b/>"})
    size = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises((Cut, Unsound, zipfile.BadZipFile)):
        looked(whole[:size])


@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing_that_is_read(data: st.DataObject) -> None:
    content = {NAME: b"<a>" + bytes(range(200)) + b"</a>", "b.xml": b"<b/>"}
    whole = bytearray(packed(content))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    try:
        found = looked(bytes(whole))
    except (Cut, Unsound, zipfile.BadZipFile, NotImplementedError, zlib.error, ValueError):
        return
    assert list(found.values()) == list(content.values())


@pytest.mark.parametrize(
    "lie",
    [
        lambda d: d + b"x",
        lambda d: b"x" + d,
        lambda d: d + d,
        lambda d: end(d, entries=1, here=1),
        lambda d: end(d, disk=1),
        lambda d: end(d, comment=3) + b"more",
        lambda d: local(d, NAME, crc=1),
        lambda d: local(d, NAME, size=1),
        lambda d: both(d, NAME, flags=0x20),
        lambda d: central(d, "b.xml", offset=0),
        lambda d: d.replace(NAME.encode(), b"c.xml", 1),
        lambda d: both(d, NAME, size=5),
        lambda d: both(d, NAME, crc=7),
    ],
)
def test_two_stories_are_unsound(lie: object) -> None:
    whole = packed({NAME: "<a>甲</a>", "b.xml": "<b/>"})
    with pytest.raises(Unsound):
        looked(lie(whole))  # type: ignore[operator]


def test_what_comes_out_is_counted_and_not_believed() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(b" " * 10_000_000) + packer.flush()
    data = raw_package([raw_entry(NAME.encode(), body, 1000, zlib.crc32(b" " * 1000))])
    source = io.BytesIO(data)
    with zipfile.ZipFile(source) as package:
        [part] = package.infolist()
    pieces: list[int] = []
    with pytest.raises(Unsound):
        pieces.extend(len(piece) for piece, _ in unpacked(source, part))
    assert sum(pieces) <= CHUNK


def test_large_records_are_read_where_they_say_the_same() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package, pytest.MonkeyPatch.context() as patch:
        package.writestr(NAME, "<a/>")
        patch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 0)
        package.close()
    data = stream.getvalue()
    assert b"PK\x06\x06" in data
    assert looked(data) == {NAME: b"<a/>"}
    with pytest.raises(Unsound):
        looked(data.replace(b"PK\x06\x07\0\0\0\0", b"PK\x06\x07\1\0\0\0"))


def test_many_parts_are_counted_before_any_is_looked_at() -> None:
    data = packed({f"{i}": "" for i in range(50)})
    assert entries(io.BytesIO(data), len(data), 10) == 50
