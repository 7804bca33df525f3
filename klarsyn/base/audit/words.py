"""A tree head that can be read out, written in a diary and typed back: twelve words anyone can pronounce.

Each word is sixteen bits (proquints, arXiv 0901.4016): consonant, vowel, consonant, vowel, consonant. Eleven
words carry the first 176 bits of the root; the twelfth is a check, so that a slip of the pen is noticed.
"""

from __future__ import annotations

import hashlib
from typing import Final

_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aiou"
_CARRIED: Final = 22  # bytes of the root


def words_of(root: bytes) -> str:
    """Twelve words for a root of 32 bytes."""
    body = root[:_CARRIED] + _check(root[:_CARRIED])
    return " ".join(_word(int.from_bytes(body[i : i + 2], "big")) for i in range(0, len(body), 2))


def key_words(public: bytes) -> str:
    """Four words for a public key, to be read out: who lets a colleague in hears that it is theirs."""
    mark = hashlib.sha256(b"klarsyn-1 key words\0" + public).digest()
    return " ".join(_word(int.from_bytes(mark[i : i + 2], "big")) for i in range(0, 8, 2))


def beginning_of(words: str) -> bytes:
    """The first 22 bytes of the root that the words stand for. ValueError when one is wrong."""
    numbers = [_number(word) for word in words.lower().split()]
    body = b"".join(n.to_bytes(2, "big") for n in numbers)
    if len(numbers) != _CARRIED // 2 + 1 or _check(body[:_CARRIED]) != body[_CARRIED:]:
        raise ValueError("the words do not fit together: one is wrong, missing or one too many")
    return body[:_CARRIED]


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"klarsyn-1 words\0" + body).digest()[:2]


def _word(number: int) -> str:
    signs, rest = "", number
    for alphabet in (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS):
        signs = alphabet[rest % len(alphabet)] + signs
        rest //= len(alphabet)
    return signs


def _number(word: str) -> int:
    alphabets = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)
    if len(word) != len(alphabets) or any(s not in a for s, a in zip(word, alphabets, strict=True)):
        raise ValueError(f"{word!r} is not one of the log's words")
    number = 0
    for sign, alphabet in zip(word, alphabets, strict=True):
        number = number * len(alphabet) + alphabet.index(sign)
    return number
