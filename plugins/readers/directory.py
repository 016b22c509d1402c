"""The directory of a package, and the bytes of its parts as they come out: where the two tell different stories it is refused."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

CHUNK = 2**20
_END, _END64, _LOCATOR, _LOCAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x03\x04"
_END_SIZE, _END64_SIZE, _LOCATOR_SIZE, _LOCAL_SIZE = 22, 56, 20, 30
_COMMENT = 2**16
_ONES = {0xFFFF, 0xFFFFFFFF}
_DESCRIPTOR, _UNICODE = 1 << 3, 1 << 11
_PATCHED, _STRONG, _MASKED = 1 << 5, 1 << 6, 1 << 13
_OTHER_NAME = 0x7075
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Unsound(Exception):
    """The package can be read in more than one way."""


class Cut(Exception):
    """The package has no end."""


def entries(source: IO[bytes], size: int, most: int) -> int:
    """How many parts the directory lists. Raises Cut and Unsound; *most* bounds what is read of it."""
    start = max(0, size - _END_SIZE - _COMMENT)
    source.seek(start)
    tail = source.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Cut
    total: int
    disk, here, listed, total, long, offset, comment = struct.unpack_from("<HHHHIIH", tail, at + 4)
    end = start + at
    if end + _END_SIZE + comment != size or disk or here or listed != total:
        raise Unsound
    if _ONES & {total, long, offset} or tail[max(0, at - _LOCATOR_SIZE) :].startswith(_LOCATOR):
        total, long, offset, end = _large(source, end, (total, long, offset))
    if offset + long != end or (total <= most and long > most * 2**17):
        raise Unsound
    return total


def _large(source: IO[bytes], end: int, told: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The same from the records for large packages, which must not contradict what was *told* before."""
    at = end - _LOCATOR_SIZE - _END64_SIZE
    if at < 0:
        raise Unsound
    source.seek(at)
    data = source.read(_END64_SIZE + _LOCATOR_SIZE)
    if not data.startswith(_END64) or data[_END64_SIZE:] != _LOCATOR + struct.pack("<IQI", 0, at, 1):
        raise Unsound
    found = struct.unpack_from("<QQQ", data, 32)
    if any(short not in _ONES and short != large for short, large in zip(told, found, strict=True)):
        raise Unsound
    return *found, at


def sound(source: IO[bytes], parts: list[zipfile.ZipInfo], total: int) -> None:
    """Raise Unsound where the parts' own headers say something else than the directory, or where parts overlap."""
    if len(parts) != total:
        raise Unsound
    spans = sorted(_span(source, part) for part in parts)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise Unsound


def _span(source: IO[bytes], part: zipfile.ZipInfo) -> tuple[int, int]:
    """Where a part's header begins and its bytes end."""
    if part.flag_bits & (_PATCHED | _STRONG | _MASKED) or _renamed(part.extra):
        raise Unsound
    source.seek(part.header_offset)
    data = source.read(_LOCAL_SIZE)
    if len(data) < _LOCAL_SIZE or not data.startswith(_LOCAL):
        raise Unsound
    flags, method, _, crc, packed, size, long, extra = struct.unpack_from("<HHIIIIHH", data, 6)
    name = source.read(long).decode("utf-8" if flags & _UNICODE else "cp437", "replace")
    if name != part.orig_filename or method != part.compress_type or (flags ^ part.flag_bits) & (1 | _DESCRIPTOR):
        raise Unsound
    stated = ((crc, part.CRC), (packed, part.compress_size), (size, part.file_size))
    later = flags & _DESCRIPTOR
    if any(own != listed and own not in _ONES and not (later and own == 0) for own, listed in stated):
        raise Unsound
    return part.header_offset, part.header_offset + _LOCAL_SIZE + long + extra + part.compress_size


def _renamed(extra: bytes) -> bool:
    """Whether an extra field gives the part another name, which some programs take."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _OTHER_NAME:
            return True
        extra = extra[4 + size :]
    return False


def unpacked(source: IO[bytes], part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """What comes out of a part, piece by piece, each with the number of bytes that went in so far.

    Raises Unsound where more, less or something else comes out than the directory says. No piece is larger than CHUNK.
    """
    source.seek(part.header_offset + 26)
    at = part.header_offset + _LOCAL_SIZE + sum(struct.unpack("<HH", source.read(4)))
    left, gone, out, crc = part.compress_size, 0, 0, 0
    packer = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    held = b""
    while left or held:
        if not held:
            source.seek(at)
            held = source.read(min(left, CHUNK // 8))
            if not held:
                raise Unsound
            at, left, gone = at + len(held), left - len(held), gone + len(held)
        if packer is None:
            data, held = held, b""
        else:
            data, held = packer.decompress(held, CHUNK), packer.unconsumed_tail
            if packer.eof and (left or packer.unused_data):
                raise Unsound
        out += len(data)
        if out > part.file_size:
            raise Unsound
        if data:
            crc = zlib.crc32(data, crc)
            yield data, gone
    if out != part.file_size or crc != part.CRC or (packer is not None and not packer.eof):
        raise Unsound
