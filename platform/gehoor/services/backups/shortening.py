"""Making shorter what lists keep of a dossier, where a register or a dump of before has more of it than lists keep now:
no store has room for more, and none may be without the dossier for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.ports.documents import listed
from gehoor.services.ports.store import Document, Store
from gehoor.services.register.register import writing

_LISTED: Final = "dossiers"


@dataclass
class Shortened:
    """The documents that were made shorter, by their keys."""

    documents: dict[str, Document] = field(default_factory=dict)

    def of(self, table: str, rows: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, Document]]:
        """Give the documents of a table, none longer than lists keep it."""
        if table != _LISTED:
            yield from rows
            return
        for key, document in rows:
            short = listed(document)
            if short is not document:
                self.documents[key] = short
            yield key, short

    def enter(self, store: Store) -> None:
        """Have the ledger of a register know them as they are now."""
        if self.documents:
            with writing(store) as register:
                register.tables.put_many(_LISTED, self.documents.items())
