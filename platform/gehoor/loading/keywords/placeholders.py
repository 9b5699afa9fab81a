"""Places in braces in numbers and letters, such as ``{nummer}``. No expressions, no objects: only a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.letters.places import DUE, PLACE, loose_braces, places_in
from gehoor.loading.keywords.vocabulary import Vocabulary

NUMBER_PLACES = frozenset({"department", "year", "sequence"})
LETTER_PLACES = frozenset({"department", "number", "term", "due", "recipient", "link", "reason"})


def canonical_places(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with its places in canonical words; unknown words stay as they are."""
    return _with_words(text, vocabulary.placeholders)


def written_places(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with canonical places in the words of a language."""
    return _with_words(text, vocabulary.written_placeholders)


def _with_words(text: str, words: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: f"{{{_word(match[1], words)}{match[2]}}}", text)


def _word(place: str, words: Mapping[str, str]) -> str:
    """Return the word of a place in other words. The name of a term follows on one of them, and stays."""
    first, blank, rest = place.partition(" ")
    due = words.get(first, first)
    return f"{due} {rest}" if blank and DUE in (first, due) else words.get(place, place)


def is_outgoing_letter(value: str) -> bool:
    """Say whether the text of a letter to a complainant has no loose brace; which places there are, its agreement
    says."""
    return not any(":" in word for _, word in places_in(value)) and not list(loose_braces(value))


def is_number_pattern(value: str) -> bool:
    """Say whether a text is a number pattern: known places only, and exactly one sequence."""
    names = [match[1] for match in PLACE.finditer(value)]
    # Only a year or a sequence can be given a width.
    wide = {match[1] for match in PLACE.finditer(value) if match[2]}
    known = set(names) <= NUMBER_PLACES and "department" not in wide
    return names.count("sequence") == 1 and known and not list(loose_braces(value))


def is_letter(value: str) -> bool:
    """Say whether a letter text has known places only."""
    names = {match[1] + match[2] for match in PLACE.finditer(value)}
    return names <= LETTER_PLACES and not list(loose_braces(value))


def unclear_places(value: str) -> Iterator[tuple[int, str]]:
    """Give what is wrong in the text of a letter to a complainant whatever was agreed: a place with a width, and each
    loose brace."""
    yield from ((position, f"{{{word}}}") for position, word in places_in(value) if ":" in word)
    yield from ((position, value[position]) for position in loose_braces(value))


def unknown_places(value: str) -> Iterator[tuple[int, str]]:
    """Give each place of a letter that is not known, with its position, and each loose brace."""
    for match in PLACE.finditer(value):
        if match[1] + match[2] not in LETTER_PLACES:
            yield match.start(), match[0]
    yield from ((position, value[position]) for position in loose_braces(value))
