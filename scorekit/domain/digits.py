"""Numbers read off the bytes of a file, whole columns at a time: eight characters to a word, and nothing rounded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.room import LIMIT

SPARE = 24
"""Bytes that must stand before the first cell and behind the last one."""
LONGEST = 24
"""Characters of a number that is read here, its sign aside."""

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.signedinteger[Any]]
_EIGHT = 8


def _every(byte: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([byte]) * _EIGHT, "little"))


_ZEROS, _POINTS, _ONES, _HIGHS, _TO_NINE = _every(48), _every(46), _every(1), _every(128), _every(127 - 57)
_ZERO, _ONE, _SEVEN, _BYTE, _TOP, _FULL = (np.uint64(n) for n in (48, 1, 7, 8, 56, 64))
_BEHIND = np.uint64(0x0706050403020100)
_TENS, _PAIRS = np.uint64(10), np.uint64(0x000000FF000000FF)
_UPPER, _LOWER, _HALF, _QUARTER = np.uint64(0x000F424000000064), np.uint64(0x0000271000000001), np.uint64(32), np.uint64(16)
_KEPT = np.array([(2**64 - 1) << (64 - 8 * n) & (2**64 - 1) for n in range(_EIGHT + 1)], dtype=np.uint64)
"""By length, the bytes of a word that belong to a text that ends with it."""
_HALF_KEPT = (_KEPT >> np.uint64(32)).astype(np.uint32)
_HALF_ZEROS, _HALF_HIGHS, _HALF_TO_NINE = (np.uint32(int(w) & (2**32 - 1)) for w in (_ZEROS, _HIGHS, _TO_NINE))
_FOUR, _SHARE = 4, 18
"""Characters of a number that is read in 32 bits, and of one that has a single digit before its point."""
_POINT_SIGN = ord(".")
_POWERS = np.array([10**n for n in range(19)], dtype=np.int64)


class Digits(NamedTuple):
    """Numerators (integers of 32 or 64 bits) over ``10**decimals``, and where a cell is blank (its numerator is 0)."""

    num: Integers
    decimals: int
    blank: npt.NDArray[np.bool_] | None


def words(data: Bytes, ends: Places) -> Words:
    """The eight bytes before each of *ends* as one word, the last of them on top."""
    aligned = data[: len(data) // _EIGHT * _EIGHT].view("<u8")
    first = ends - _EIGHT
    at = first >> 3
    low = ((first & 7) << 3).astype(np.uint64)
    return np.asarray((aligned.take(at) >> low) | (aligned.take(at + 1) << (_FULL - low)), dtype=np.uint64)


def tails(data: Bytes, ends: Places, lengths: Places, filler: np.uint64) -> Words:
    """The last eight bytes of each cell as one word; what a shorter one lacks is *filler*."""
    kept = _KEPT.take(lengths.clip(0, _EIGHT))
    found = words(data, ends) & kept
    return found | (filler & ~kept) if filler else found


def digits(data: Bytes, starts: Places, ends: Places) -> Digits | None:
    """Cells as numbers: ``[+-]digits[.digits]``, ``.digits``, or blank; None where one is anything else or too long."""
    lengths = ends - starts
    found = _unsigned(data, ends, lengths)
    minus = None
    if found is None and int(lengths.max(initial=0)) <= LONGEST + 1:
        first = data.take(starts)
        minus = first == ord("-")
        signed = (minus | (first == ord("+"))) & (lengths > 0)
        lengths = lengths - signed
        if signed.any() and lengths[signed].all():
            found, minus = _unsigned(data, ends, lengths), minus & signed
    if found is None:
        return None
    num, decimals = found
    blank = None if lengths.all() else lengths == 0
    return Digits(num if minus is None else np.where(minus, -num, num), decimals, blank)


def _unsigned(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    longest = int(lengths.max(initial=0))
    if longest <= 1:
        return _single(data, ends, lengths)
    found = _four(data, ends, lengths) if longest <= _FOUR else _shares(data, ends, lengths) if longest <= _SHARE else None
    if found is not None:
        return found
    return _short(data, ends, lengths) if longest <= _EIGHT else _long(data, ends, lengths) if longest <= LONGEST else None


def _four(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    """Cells of up to four characters, all whole or with a point at one place before their ends; None where they are otherwise."""
    aligned = data[: len(data) // _FOUR * _FOUR].view("<u4")
    first = ends - _FOUR
    at, low = first >> 2, ((first & 3) << 3).astype(np.uint32)
    kept = _HALF_KEPT.take(lengths)
    word = ((aligned.take(at) >> low) | (aligned.take(at + 1) << (np.uint32(32) - low))) & kept | (_HALF_ZEROS & ~kept)
    place = int(word[0]).to_bytes(_FOUR, "little").rfind(b".")
    if place >= 0:
        sign = np.uint32(255 << 8 * place)
        if place == _FOUR - 1 or not ((word & sign) == np.uint32(_POINT_SIGN << 8 * place)).all():
            return None
        above, below = np.uint32(2**32 - 256 ** (place + 1)), np.uint32(256**place - 1)
        word = (word & above) | ((word & below) << np.uint32(8)) | np.uint32(48)
    if (((word + _HALF_TO_NINE) | (word - _HALF_ZEROS)) & _HALF_HIGHS).any():
        return None
    word = word - _HALF_ZEROS
    word = word * np.uint32(10) + (word >> np.uint32(8))
    num = (word & np.uint32(255)) * np.uint32(100) + ((word >> np.uint32(16)) & np.uint32(255))
    return num.view(np.int32), _FOUR - 1 - place if place >= 0 else 0


def _shares(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    """Cells of one digit, a point and up to 16 digits, or blank; None where they are otherwise."""
    starts = ends - lengths
    lead, behind = data.take(starts) - np.uint8(48), lengths - 2
    fits = (lead <= 9) & (data.take(starts + 1) == _POINT_SIGN) & (behind > 0)
    if not fits.all():
        blank = lengths == 0
        if not (fits | blank).all():
            return None
        lead, behind = lead * fits, behind * fits
    word = tails(data, ends, behind, _ZEROS)
    if not _all_digits(word):
        return None
    num = lead * _POWERS.take(behind) + _value(word)
    rows = np.flatnonzero(behind > _EIGHT)
    if len(rows):
        word = tails(data, ends[rows] - _EIGHT, behind[rows] - _EIGHT, _ZEROS)
        if not _all_digits(word):
            return None
        num[rows] += _value(word) * 10**_EIGHT
    return _scaled(num, behind)


def _single(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    """Cells of one character."""
    found = data.take(ends - 1) - np.uint8(48)
    if not lengths.all():
        found = np.where(lengths == 0, np.uint8(0), found)
    return (found.astype(np.int64), 0) if int(found.max(initial=0)) <= 9 else None


def _short(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    """Cells of up to eight characters."""
    kept = _KEPT.take(lengths)
    word = (words(data, ends) & kept) | (_ZEROS & ~kept)
    if _all_digits(word):
        return _value(word), 0
    place = int(word[0]).to_bytes(_EIGHT, "little").rfind(b".")
    if place >= 0 and ((word & np.uint64(255 << 8 * place)) == np.uint64(_POINT_SIGN << 8 * place)).all():
        if place == _EIGHT - 1:
            return None
        word = _closed(word, np.uint64(128 << 8 * place), _ZERO)
        return (_value(word), _EIGHT - 1 - place) if _all_digits(word) else None
    point = _point(word)
    if (point >> np.uint64(63)).any():
        return None
    word = np.where(point != 0, _closed(word, point, _ZERO), word)
    return _scaled(_value(word), _characters_behind(point)) if _all_digits(word) else None


def _long(data: Bytes, ends: Places, lengths: Places) -> tuple[Integers, int] | None:
    """Cells of up to 24 characters, in two or three words."""
    size = 2 if int(lengths.max(initial=0)) <= 2 * _EIGHT else 3
    given = [tails(data, ends - _EIGHT * i, lengths - _EIGHT * i, _ZEROS) for i in range(size)]
    behind, met = np.zeros(len(ends), dtype=np.int64), np.zeros(len(ends), dtype=bool)
    num, scale = np.zeros(len(ends), dtype=np.int64), 1
    for place, word in enumerate(given):
        carried = given[place + 1] >> _TOP if place + 1 < size else _ZERO
        point = _point(word)
        if not place and (point >> np.uint64(63)).any():
            return None
        here = (point != 0) & ~met
        found = np.where(met, word << _BYTE | carried, np.where(here, _closed(word, point, carried), word))
        if not _all_digits(found):
            return None
        behind = np.where(here, _characters_behind(point) + _EIGHT * place, behind)
        met |= here
        value = _value(found)
        if int(value.max(initial=0)) * scale > LIMIT // 2:
            return None
        num += value * scale
        scale *= 10**_EIGHT
    return _scaled(num, behind)


def _point(word: Words) -> Words:
    """The top bit of the first byte that holds a point; 0 where none does."""
    unlike = word ^ _POINTS
    found = (unlike - _ONES) & ~unlike & _HIGHS
    return np.asarray(found & (~found + _ONE))


def _closed(word: Words, point: Any, before: Any) -> Words:
    """Words without their point, what stands before it moved up by one place, and *before* as the first character."""
    below = (point >> _SEVEN) - _ONE
    above = ~((point << _ONE) - _ONE)
    return np.asarray((word & above) | ((word & below) << _BYTE) | before)


def _characters_behind(point: Words) -> npt.NDArray[np.int64]:
    return ((point >> _SEVEN) * _BEHIND >> _TOP).astype(np.int64)


def _all_digits(word: Words) -> bool:
    """Whether every byte is a digit: the first that is none leaves its top bit in one of two sums."""
    return not bool((((word + _TO_NINE) | (word - _ZEROS)) & _HIGHS).any())


def _value(word: Words) -> npt.NDArray[np.int64]:
    """Eight digits as the number that they are: pairs, then fours, then all."""
    word = word - _ZEROS
    word = word * _TENS + (word >> _BYTE)
    word = (word & _PAIRS) * _UPPER + ((word >> _QUARTER) & _PAIRS) * _LOWER
    return (word >> _HALF).astype(np.int64)


def _scaled(num: npt.NDArray[np.int64], behind: npt.NDArray[np.int64]) -> tuple[Integers, int] | None:
    """Numerators over one power of ten; None where they might not fit."""
    decimals = int(behind.max(initial=0))
    if decimals >= len(_POWERS):
        return None
    if int(behind.min(initial=decimals)) == decimals:
        return num, decimals
    steps = _POWERS.take(decimals - behind)
    if float((num.astype(np.float64) * steps).max(initial=0)) * 1.01 > LIMIT:
        return None
    return num * steps, decimals
