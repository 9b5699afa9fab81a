"""Names of places and services as people type them: whether two are the same but for a slip of the pen.

A letter more or less, two that changed places, one of a neighbouring key or of the same sound: in one word, and not in
a short one. Another letter makes another name, as in Beukenhof and Berkenhof, and so does another number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gehoor.core.text.normalise import normalised, normalised_words

_LITTLE: Final = frozenset(
    (
        "de",
        "het",
        "een",
        "van",
        "op",
        "in",
        "bij",
        "the",
        "of",
        "at",
        "le",
        "la",
        "les",
        "du",
        "des",
        "l",
        "d",
    )
)
"""Words that say nothing of a place or a service, in the languages of those who type it."""
_LONG: Final = 5
"""In a shorter word another letter makes another word."""
_READ: Final = 120
"""A longer text is no name."""
_MOST: Final = 24
"""So many different letters a name has at most: other scripts have more, and no slip is looked for in them."""
_VOWELS: Final = frozenset("aeijouy")
_KEYS: Final = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
)
"""The rows of keys that people here type on."""
_SOUNDS: Final = (
    ("ij", "y"), ("ei", "y"), ("au", "ou"), ("ce", "se"), ("ci", "si"), ("ck", "k"), ("c", "k"), ("ph", "f"),
    ("v", "f"), ("z", "s"), ("gh", "g"),
)  # fmt: skip


def telling_words(text: str) -> frozenset[str]:
    """Return the words by which a place is told from others: no signs, no little words, in no order."""
    return frozenset(normalised_words(text)) - _LITTLE


def same_place(one: str, other: str) -> bool:
    """Say whether two texts name one place or service, also with a slip of the pen in one of their words."""
    words, others = telling_words(one[:_READ]), telling_words(other[:_READ])
    if not words or not others:
        return normalised(one) == normalised(other)
    if words == others or _together(one) == _together(other):
        return True
    mine, theirs = words - others, others - words
    return len(mine) == len(theirs) == 1 and _slip(*mine, *theirs)


def near_signs(text: str) -> tuple[str, ...]:
    """Return signs of a name that it has in common with whatever is the same place, and with little else: the letters
    that are no vowels, in no order, and those without one of them. Nothing for a short name, or one that is no name."""
    words = telling_words(text)
    letters = sorted(sign for word in words for sign in _by_sound(word) if sign not in _VOWELS)
    if (
        len(text) > _READ
        or sum(len(word) for word in words if not word.isdigit()) < _LONG
        or len(set(letters)) > _MOST
    ):
        return ()
    less = {
        "".join((*letters[:at], *letters[at + 1 :])) for at, sign in enumerate(letters) if not sign.isdigit()
    }
    return ("".join(letters), *sorted(less))


def _together(text: str) -> str:
    """Return a name without the spaces in it, which people put there or not."""
    return "".join(word for word in normalised_words(text) if word not in _LITTLE)


def _slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LONG or _digits(one) != _digits(other):
        return False
    left, right = _by_sound(one), _by_sound(other)
    return left == right or any(_one_off(*pair) for pair in ((one, other), (left, right)))


def _one_off(one: str, other: str) -> bool:
    """Say whether two words differ by one letter more, two that changed places, or one of a neighbouring key."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) == len(short) + 1:
        return short[start:] == long[start + 1 :]
    if len(long) != len(short) or start == len(short):
        return False
    rest, others = short[start:], long[start:]
    swapped = rest[1::-1] + rest[2:] == others
    return swapped or (rest[1:] == others[1:] and _beside(rest[0], others[0]))


def _beside(one: str, other: str) -> bool:
    return any(other in near for rows in _KEYS for near in _neighbours(rows, one))


def _neighbours(rows: tuple[str, ...], key: str) -> Iterator[str]:
    for at, row in enumerate(rows):
        place = row.find(key)
        if place < 0:
            continue
        yield row[max(0, place - 1) : place + 2]
        # A row lies half a key to the right of the one above it.
        if at:
            yield rows[at - 1][place : place + 2]
        if at + 1 < len(rows):
            yield rows[at + 1][max(0, place - 1) : place + 1]


def _by_sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return word


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())
