"""Vietnamese text: one form for storing, one order for lists, one form for searching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS: Final = "aăâeêioôơuưy"
TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng: the order of the dictionary."""

Word = tuple[int, ...]
SortKey = tuple[Word, Word, tuple[Word, ...], tuple[Word, ...], str]


def nfc(text: str) -> str:
    """`text` in Unicode normal form C, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def _letter_table() -> dict[str, tuple[int, int]]:
    table = {letter: (rank, 0) for rank, letter in enumerate(ALPHABET)}
    for vowel in VOWELS:
        for tone, mark in enumerate(TONE_MARKS):
            table[nfc(vowel + mark)] = (ALPHABET.index(vowel), tone)
    table["ð"] = table["đ"]
    return table


_LETTERS: Final = _letter_table()
VIETNAMESE_LETTERS: Final = frozenset(_LETTERS) - {"ð"} - frozenset("fjwz")
"""Every small letter of the Vietnamese alphabet with every tone."""


def _place(char: str) -> tuple[int, int]:
    """Rank of a small letter and its tone; signs come before letters, foreign accents after tones."""
    known = _LETTERS.get(char)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", char)[0]
    if base in _LETTERS:
        return _LETTERS[base][0], len(TONE_MARKS)
    return (len(ALPHABET) + ord(char) if char.isalpha() else ord(char) - 0x110000), 0


def _split(word: str) -> tuple[Word, Word]:
    """Letters, and the tone wherever it is written: Hòa and Hoà are one name."""
    places = [_place(char) for char in word]
    return tuple(rank for rank, _ in places), tuple(tone for _, tone in places if tone)


@lru_cache(maxsize=8192)
def sort_key(name: str) -> SortKey:
    """Order of class lists: given name (last word) first, then family and middle names.

    Letters are compared first (a ă â b c d đ e ê …), tones only between equal letters: Dũng before
    Duy, Ái before An. Case and repeated spaces do not count.
    """
    words = nfc(name).lower().split()
    if not words:
        return (), (), (), (), ""
    letters, tones = zip(*(_split(word) for word in words), strict=True)
    return letters[-1], tones[-1], letters[:-1], tones[:-1], " ".join(words)


def search_form(text: str) -> str:
    """`text` for searching: no case, no diacritics, đ = d, single spaces."""
    plain = unicodedata.normalize("NFD", text).casefold().replace("đ", "d").replace("ð", "d")
    kept = (char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def match_key(text: str) -> str:
    """Looser than `search_form`, for headers and code words: letters and digits only, y = i (lý = lí)."""
    return "".join(char for char in search_form(text) if char.isalnum()).replace("y", "i")


_LEGACY_SIGNS: Final = frozenset("¡¢£¤¥¦§¨©ª¬®µ¶¸¹¾") | frozenset(
    char
    for code in range(0xC0, 0x100)
    if (char := chr(code)).isalpha() and char.lower() not in VIETNAMESE_LETTERS
)
"""Latin-1 characters that Unicode Vietnamese never uses: TCVN3 and VNI text read as Latin-1, and Ð for Đ."""

_VNI_PAIR: Final = re.compile("a[âàáãêèéúùõ]|e[âàáãùõ]|o[âùõ]|[ôuy][ùõ]", re.IGNORECASE)
"""Vowel and VNI mark that cannot stand together in Vietnamese ("Vaên", "Nguyeãn")."""


def legacy_letters(text: str) -> str:
    """Characters that betray an old encoding (TCVN3, VNI) or U+00D0 for Đ; empty when there are none."""
    pairs = [found[0] for found in _VNI_PAIR.finditer(text)]
    return "".join(dict.fromkeys([*(char for char in text if char in _LEGACY_SIGNS), *pairs]))
