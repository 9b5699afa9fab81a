"""What stands in a register file that we did not put there, and what is gone from its index on words."""
# ruff: noqa: S608

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.tables.words import triggers_of, word_statements, words_table
from gehoor.services.ports.store import TableSchema

_EVERYTHING: Final = " OR ".join(f'"{sign}" *' for sign in string.ascii_lowercase + string.digits)
"""The search for texts with a word that begins with a letter or digit."""


def strange(session: Session, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """Yield the triggers and views that are not ours, as we made them: they can change or keep back what is written."""
    ours = {
        _plain(sql)
        for table, schema in schemas.items()
        if schema.words
        for sql in word_statements(table, f"$.{schema.words}", ())
    }
    asked = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name"
    for kind, name, sql in session.rows(asked):
        if _plain(str(sql)) not in ours:
            yield f"{kind} {name}: not made by Gehoor"


def lost_words(session: Session, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """Yield the tables of which not every document is in the index on words, or nothing can be found by it."""
    present = {str(name) for (name,) in session.rows("SELECT name FROM sqlite_schema")}
    for table, schema in schemas.items():
        index = words_table(table)
        if not schema.words or table not in present:
            continue
        if index not in present or not present.issuperset(triggers_of(table)):
            yield f"{index}: missing"
            continue
        documents, entered = (
            _count(session, f'SELECT count(*) FROM "{name}"') for name in (table, f"{index}_docsize")
        )
        text = f"json_extract(body, '$.{schema.words}') GLOB '*[a-z]*'"
        worded = _count(session, f'SELECT count(*) FROM (SELECT 1 FROM "{table}" WHERE {text} LIMIT 1)')
        found = _count(session, f'SELECT count(*) FROM "{index}" WHERE "{index}" MATCH \'{_EVERYTHING}\'')
        if documents != entered or (worded and not found):
            yield f"{index}: {entered} of {documents} documents"


def _count(session: Session, sql: str) -> int:
    return next(int(number) for (number,) in session.rows(sql))


def _plain(sql: str) -> str:
    return " ".join(sql.split())
