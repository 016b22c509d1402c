"""The keys of many names at once: each folded as ``folded`` does it, without making a text of those that stay as they are."""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

from scorekit.domain.naming import all_folded, folded, folds
from scorekit.domain.roll import Bytes, Names

BLOCK = 1 << 16
_FOLDED = np.frombuffer(bytes(ord(folded(chr(c)) or "\0") for c in range(128)), dtype=np.uint8)
"""What each ASCII character becomes; 0 where it goes."""


def folded_names(names: Names) -> tuple[Names, Names]:
    """Names beside their keys; where no name has another key, the keys are the names, held once."""
    keys = [_folded(names[i : i + BLOCK]) for i in range(0, len(names), BLOCK)]
    same = all(k is None for k in keys)
    return names, names if same else Names.joined([names[i * BLOCK : (i + 1) * BLOCK] if k is None else k for i, k in enumerate(keys)])


def _folded(names: Names) -> Names | None:
    """The keys of one block; None where each is its name."""
    text = names.text
    if not np.any(text & 0x80):
        return _ascii(names, text)
    if _stays(text.tobytes().decode("utf-8", "surrogatepass")):
        return None
    keys = Names.of(all_folded(names.tolist()))
    return None if keys == names else keys


def _ascii(names: Names, text: Bytes) -> Names | None:
    """Each character by itself."""
    known: npt.NDArray[np.uint8] = _FOLDED[text]
    if np.array_equal(known, text):
        return None
    stays = (known > 0) | (text == 0)
    offsets = np.concatenate([[0], np.cumsum(stays)])[names.offsets].astype(names.offsets.dtype)
    return Names(np.concatenate([known[stays], np.zeros(8, dtype=np.uint8)]), offsets)


def _stays(text: str) -> bool:
    """Whether *text*, and with it every part of it, is folded already: parts of a normalised text are normalised."""
    return unicodedata.is_normalized("NFKC", text) and not folds(text)
