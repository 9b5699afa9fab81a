"""Names of people: whether two names that came with the same address or number can be those of one person."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from gehoor.core.text.normalise import normalised, normalised_words

_ELIDED: Final = re.compile(r"\b([dlt])'")
TITLES: Final = frozenset(
    {
        "mevrouw", "mevr", "mw", "mvr", "juffrouw", "juf", "meneer", "mijnheer", "heer", "dhr", "mr",
        "mrs", "ms", "dr", "prof", "ir", "ing", "madame", "mme", "monsieur",
    }
)  # fmt: skip
"""Words by which people are addressed; none is part of a name."""
PARTICLES: Final = frozenset(
    {
        "de", "den", "der", "van", "vande", "vanden", "vander", "ter", "ten", "te", "el", "al", "ben",
        "bin", "di", "da", "la", "le", "du", "des", "von", "zu",
    }
)  # fmt: skip
"""Words that are the beginning of a family name, written apart or not."""
_SLIP: Final = 0.8
"""Two parts of a name of which so much is the same differ by a slip of the pen."""
_LONG: Final = 4
"""Shorter parts differ when a letter does."""


class Name(NamedTuple):
    """A name as it was given: the first name, where it was asked apart, and all else."""

    first: str
    last: str


def one_person(one: Name, other: Name) -> bool:
    """Say whether two names can be of one person. Names that were not given can be anybody's.

    A title, an initial, a family name alone or written otherwise, and one more after it are no other person; another
    first name is. Who has the same first name and another family name can have married.
    """
    if one == other:
        return True
    mine, theirs = _parts(one), _parts(other)
    if not mine or not theirs:
        return True
    fewer, more = sorted((mine, theirs), key=len)
    if _all_among(fewer, more):
        return True
    return _same_first_name(one, other)


def tells_apart(name: Name) -> bool:
    """Say whether a name tells somebody apart from their family: it has more than a family name, and initials."""
    first, whole = _parts(Name(name.first, "")), _parts(name)
    return any(len(part) > 1 for part in first) or sum(len(part) > 1 for part in whole) > 1


def _all_among(parts: list[str], others: list[str]) -> bool:
    """Say whether each part is the same as one of the others, and no two as the same one."""
    left = list(others)
    for part in parts:
        same = next((it for it in left if _same(part, it)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _same_first_name(one: Name, other: Name) -> bool:
    mine, theirs = normalised_words(one.first), normalised_words(other.first)
    if mine and theirs:
        return all(any(_same(part, it) for it in theirs) for part in mine)
    # Written in one box, the first name stands in front, more often than not; a family name is shared by many.
    first, others = (mine, _parts(other)) if mine else (theirs, _parts(one))
    return bool(first) and all(_same(part, it) for part, it in zip(first, others, strict=False))


def _parts(name: Name) -> list[str]:
    """Return the parts that tell people apart, a family name in one piece."""
    words = [
        word
        for given in name
        for word in normalised_words(_ELIDED.sub(r"\1", normalised(given)))
        if word not in TITLES
    ]
    parts: list[str] = []
    begun = ""
    for word in words:
        if word in PARTICLES:
            begun += word
        else:
            parts.append(begun + word)
            begun = ""
    return [*parts, begun] if begun else parts


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if len(short) < _LONG:
        return short == long
    return SequenceMatcher(None, short, long, autojunk=False).ratio() >= _SLIP
