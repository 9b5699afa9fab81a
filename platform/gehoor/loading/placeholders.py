"""Places in braces in numbers and letters: ``{nummer}``. No expressions, no objects: a word, and that is all."""

from __future__ import annotations

import re

from gehoor.loading.vocabulary import Vocabulary

NUMBER_PLACES = frozenset({"department", "year", "sequence"})
LETTER_PLACES = frozenset({"department", "number", "term", "due", "recipient", "link", "reason"})

_PLACE = re.compile(r"\{([^{}:]*)((?::[1-9])?)\}")


def canonical_places(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with its places in canonical words; unknown words stay as they are."""
    return _PLACE.sub(lambda match: f"{{{vocabulary.placeholders.get(match[1], match[1])}{match[2]}}}", text)


def is_number_pattern(value: object) -> bool:
    """Say whether a text is a number pattern: known places only, and exactly one sequence."""
    if not isinstance(value, str):
        return True
    names = [match[1] for match in _PLACE.finditer(value)]
    rest = _PLACE.sub("", value)
    return names.count("sequence") == 1 and set(names) <= NUMBER_PLACES and "{" not in rest and "}" not in rest


def is_letter(value: object) -> bool:
    """Say whether a letter text has known places only."""
    if not isinstance(value, str):
        return True
    names = [match[1] + match[2] for match in _PLACE.finditer(value)]
    rest = _PLACE.sub("", value)
    return set(names) <= LETTER_PLACES and "{" not in rest and "}" not in rest
