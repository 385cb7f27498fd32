"""Which texts are nearly alike: exact edit distance, worked out for the few pairs that can be close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import Final

EDITED_PAIRS: Final = 4
"""One edit takes away at most two pairs of neighbouring characters and brings at most two new ones."""
_BITS: Final = 1021
"""A prime: pairs of Vietnamese letters spread over it."""


def distance(first: str, second: str) -> int:
    """Levenshtein distance: the fewest insertions, deletions and replacements of one character."""
    first, second = _trimmed(first, second)
    first, second = _trimmed(first[::-1], second[::-1])
    return _distance(first, second)


def _trimmed(first: str, second: str) -> tuple[str, str]:
    """The two without the beginning that they share."""
    same = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        same += 1
    return first[same:], second[same:]


def clusters(texts: Sequence[str], *, percent: int) -> list[list[int]]:
    """Positions of texts linked by a similarity over `percent`, two and more to a cluster, in order.

    The similarity of two texts is 1 - distance / length of the longer one. Links carry on: a text belongs to
    a cluster when it is close to one of its members. Exact: pairs are left out by lower bounds only.
    """
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    pairs = [_pairs(text) for text in texts]
    parents = list(range(len(texts)))
    first = 0
    for rank, place in enumerate(order):
        size, own = len(texts[place]), pairs[place]
        reach = ((100 - percent) * size - 1) // 100
        while len(texts[order[first]]) < size - reach:
            first += 1
        edited = EDITED_PAIRS * reach
        close = [other for other in order[first:rank] if (own ^ pairs[other]).bit_count() <= edited]
        _link(texts, parents, place, close, reach)
    return _groups(parents)


def _link(texts: Sequence[str], parents: list[int], place: int, close: Sequence[int], reach: int) -> None:
    """Join a text with those of `close` that are at most `reach` edits away."""
    for other in close:
        here, there = _root(parents, place), _root(parents, other)
        if here != there and distance(texts[place], texts[other]) <= reach:
            parents[max(here, there)] = min(here, there)


def _pairs(text: str) -> int:
    """The set of pairs of neighbouring characters, with a blank at both ends of the text, as bits.

    Pairs across words hold a blank, so that a text has those of its words; words come again and again.
    """
    return reduce(or_, map(_pairs_of_word, text.split(" ")))


@lru_cache(maxsize=8192)
def _pairs_of_word(word: str) -> int:
    """The pairs of a word and the blanks round it; two that share a bit only hide a difference."""
    return reduce(or_, (1 << (ord(one) * 31 + ord(other)) % _BITS for one, other in pairwise(f" {word} ")))


def _distance(first: str, second: str) -> int:
    """Distance by a table whose columns are two integers: where the value rises and falls by rows.

    Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46, 1999.
    """
    if not first:
        return len(second)
    places = _places(first)
    ones, last = (1 << len(first)) - 1, 1 << (len(first) - 1)
    rises, falls, score = ones, 0, len(first)
    for character in second:
        match = places.get(character, 0)
        same = (((match & rises) + rises) ^ rises) | match | falls
        up, down = falls | (ones & ~(same | rises)), rises & same
        if up & last:
            score += 1
        elif down & last:
            score -= 1
        up, down = (up << 1) | 1, down << 1
        rises, falls = (down | ~(same | up)) & ones, up & same & ones
    return score


def _places(text: str) -> dict[str, int]:
    """Each character with the places where it stands, as bits."""
    places: dict[str, int] = {}
    bit = 1
    for character in text:
        places[character] = places.get(character, 0) | bit
        bit <<= 1
    return places


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        parents[place] = place = parents[parents[place]]
    return place


def _groups(parents: list[int]) -> list[list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(parents)):
        members[_root(parents, place)].append(place)
    return [group for group in members.values() if len(group) > 1]
