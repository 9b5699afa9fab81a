"""How a table of documents lies in PostgreSQL, with the words that its documents are found by."""

from __future__ import annotations

from typing import Any, Final

from gehoor.adapters.stores.json_text import from_text
from gehoor.adapters.stores.matching import words_in
from gehoor.adapters.stores.postgres.row_security import PLACE
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.services.ports.store import ColumnKind, TableSchema

WORDS: Final = "words"
"""The column of the words of a document."""
LONGEST: Final = 200
"""So many signs of a word are kept."""
_ROOM: Final = 250_000
"""So many signs of words are kept of a document: PostgreSQL keeps no more than a megabyte. One with more has null in
its column, and is always looked at."""
_CONVERTED: Final = (ColumnKind.BOOLEAN, ColumnKind.HASH)


class PostgresLayout(TableLayout):
    """The columns of one table; for words, and for its organisation, one more is written than is read."""

    def __init__(self, schema: TableSchema) -> None:
        super().__init__(schema)
        #: The member whose words documents are found by; empty: none.
        self.words = schema.words
        if schema.words:
            self.written = (*self.written, f'"{WORDS}"')
        if PLACE in self.by_name and schema.owner is not None and schema.owner.says != (PLACE,):
            raise ValueError(f"{schema.name}: the column {PLACE} says of which organisation a row is")
        #: Whether the organisation of a row stands in a column of its own, and not in one of the document.
        self.placed = schema.owner is not None and PLACE not in self.by_name
        self.schema = schema
        if self.placed:
            self.written = (*self.written, f'"{PLACE}"')
        if schema.owner is not None:
            self.unique = (f'"{PLACE}"', f'"{self.key}"')
        #: The places in a row of what is kept otherwise than it was given.
        self.converted = tuple(
            (place, column) for place, column in enumerate(schema.columns, 1) if column.kind in _CONVERTED
        )

    def lexemes(self, body: str) -> str | None:
        """Return the words of a document (its body as JSON text) as PostgreSQL reads them; None for too many."""
        return lexemes(from_text(body).get(self.words))


def lexemes(texts: Any) -> str | None:
    """Return the different words of a text, or of the texts in a list, as PostgreSQL reads them; None for too many."""
    words = {word[:LONGEST] for word in words_in(texts)}
    if sum(map(len, words)) > _ROOM:
        return None
    # Words are letters and digits: no sign in them means anything.
    return " ".join(f"'{word}'" for word in sorted(words))
