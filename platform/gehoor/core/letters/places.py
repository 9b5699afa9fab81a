"""Places in letters, such as ``{nummer}``: a word in braces, for which something of the dossier comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

PLACE: Final = re.compile(r"\{([^{}:]*)((?::[1-9])?)\}")
"""A place; group 1 is its word, group 2 its width (of numbers only)."""

DUE: Final = "due"
"""The word before the name of a term, for the day on which that is due."""

GENERAL: Final = frozenset(
    {
        "number", "department", "organisation", "today", "link", "phone", "email", "address", "sender",
        "handler", "second-line",
    }
)  # fmt: skip
"""The places in a letter that are no field of the dossier, but for ``DUE``."""

IF_ANY: Final = frozenset({"second-line"})
"""The places of ``GENERAL`` for which an organisation may have nothing: a passage with one is then left out."""

CODE: Final = "code"
"""The place of the follow-up code; only in e-mails that nobody here reads."""

SIGNED: Final = frozenset({"sender", "handler"})
"""The places of ``GENERAL`` that tell of who works here: in what goes out by itself nobody signs."""

CODE_SPOT: Final = "{code}"
"""What stands for the code in an e-mail until it goes out."""


def places_in(text: str) -> Iterator[tuple[int, str]]:
    """Give the word of each place in a text, with its position."""
    yield from ((match.start(), match[1] + match[2]) for match in PLACE.finditer(text))


def loose_braces(text: str) -> Iterator[int]:
    """Give the position of each brace that belongs to no place."""
    rest = PLACE.sub(lambda match: "_" * len(match[0]), text)
    yield from (position for position, sign in enumerate(rest) if sign in "{}")


def term_of(word: str) -> str:
    """Return the term of which a place gives the due day; an empty text when it is about something else."""
    first, _, rest = word.partition(" ")
    return rest.strip() if first == DUE else ""


def filled_in(text: str, told: Callable[[str], str]) -> str:
    """Return a text with for each place what ``told`` gives for its word, which is never read as a place itself."""
    return PLACE.sub(lambda match: told(match[1] + match[2]), text)
