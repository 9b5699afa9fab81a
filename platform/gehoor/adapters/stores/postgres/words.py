"""Finding documents by their words: PostgreSQL finds those that may be meant, and each is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from gehoor.adapters.stores.postgres.layout import LONGEST
from gehoor.core.text.normalise import plain_words


def wanted_words(words: Sequence[str]) -> list[list[str]]:
    """Return what is searched for: for each word that is typed its parts, which follow on each other."""
    return [parts for word in words if (parts := plain_words(word))]


def query_text(wanted: Sequence[Sequence[str]]) -> str:
    """Return the search for documents that have all these words, the last part of each as it begins."""
    asked = []
    for *whole, last in wanted:
        asked += [f"'{part[:LONGEST]}'" for part in whole]
        asked.append(f"'{last[:LONGEST]}':*")
    return " & ".join(asked)
