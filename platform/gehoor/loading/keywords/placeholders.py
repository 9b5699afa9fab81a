"""Places in braces in numbers and letters, such as ``{nummer}``. No expressions, no objects: only a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gehoor.loading.keywords.vocabulary import Vocabulary

NUMBER_PLACES = frozenset({"department", "year", "sequence"})
LETTER_PLACES = frozenset({"department", "number", "term", "due", "recipient", "link", "reason"})

PLACE = re.compile(r"\{([^{}:]*)((?::[1-9])?)\}")
"""A place; group 1 is its word, group 2 its width."""


def canonical_places(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with its places in canonical words; unknown words stay as they are."""
    return _with_words(text, vocabulary.placeholders)


def written_places(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with canonical places in the words of a language."""
    return _with_words(text, vocabulary.written_placeholders)


def _with_words(text: str, words: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: f"{{{words.get(match[1], match[1])}{match[2]}}}", text)


def is_number_pattern(value: str) -> bool:
    """Say whether a text is a number pattern: known places only, and exactly one sequence."""
    names = [match[1] for match in PLACE.finditer(value)]
    # Only a year or a sequence can be given a width.
    wide = {match[1] for match in PLACE.finditer(value) if match[2]}
    known = set(names) <= NUMBER_PLACES and "department" not in wide
    return names.count("sequence") == 1 and known and not _loose_braces(value)


def is_letter(value: str) -> bool:
    """Say whether a letter text has known places only."""
    names = {match[1] + match[2] for match in PLACE.finditer(value)}
    return names <= LETTER_PLACES and not _loose_braces(value)


def unknown_places(value: str) -> Iterator[tuple[int, str]]:
    """Give each place of a letter that is not known, with its position, and each loose brace."""
    for match in PLACE.finditer(value):
        if match[1] + match[2] not in LETTER_PLACES:
            yield match.start(), match[0]
    rest = PLACE.sub(lambda match: "_" * len(match[0]), value)
    yield from ((position, sign) for position, sign in enumerate(rest) if sign in "{}")


def _loose_braces(value: str) -> bool:
    rest = PLACE.sub("", value)
    return "{" in rest or "}" in rest
