"""How a table lies in a database: which columns it has, and what they are called."""

from __future__ import annotations

import re
from typing import Final

from gehoor.adapters.stores.document_columns import TableColumns
from gehoor.services.ports.store import Column, TableSchema

OWN: Final = ("doc_id", "key", "body", "crc")
"""The columns that a table has of itself: the number of a document, its key, what is in no column, and a checksum."""

_TABLE = re.compile(r"(?!sqlite_)[a-z_]+", re.ASCII)
_MEMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def table_name(name: str) -> str:
    """Return the name of a table, fit to stand between double quotes. Raises ``ValueError``."""
    if not _TABLE.fullmatch(name):
        raise ValueError(f"A table is named with the letters a to z and _, not {name!r}")
    return name


def is_plain(member: object) -> bool:
    """Say whether the name of a member can stand in SQL as it is."""
    return isinstance(member, str) and _MEMBER.fullmatch(member) is not None


class TableLayout(TableColumns):
    """The columns of one table. It is compared by identity: one for each table of a store."""

    def __init__(self, schema: TableSchema) -> None:
        super().__init__(schema)
        table_name(schema.name)
        if schema.narrow and schema.words:
            raise ValueError(f"{schema.name}: a narrow table has no words")
        for column in schema.columns:
            if not is_plain(column.name) or column.name == schema.key or self._reserves(column.name):
                raise ValueError(f"{schema.name}: no column can be called {column.name!r}")
        if not all((found := self.column(name)) and found.required for name in schema.clustered):
            raise ValueError(f"{schema.name}: what it is looked up by first has to be there")
        #: The column in which the key of a document stands.
        self.key = schema.key if schema.narrow and schema.key else "key"
        #: The columns by which a row is the one that is replaced.
        self.unique: tuple[str, ...] = (f'"{self.key}"',)
        names = [f'"{column.name}"' for column in schema.columns]
        #: Which columns there are: part of each checksum, so that no column is taken for another.
        self.said = "\x1f".join(f"{column.name} {column.kind}" for column in schema.columns)
        #: What is read of a row, in order: key, columns, what is left (not of a narrow table), checksum.
        self.row = ", ".join([f'"{self.key}"', *names, *(() if schema.narrow else ("body",)), "crc"])
        #: What is written of a row, in order: what is read of it first.
        self.written = tuple(self.row.split(", "))
        self.width = len(names) + (2 if schema.narrow else 3)

    def column(self, member: str) -> Column | None:
        """Return the column in which a member stands, if there is one."""
        return self.by_name.get(member)

    def _reserves(self, name: str) -> bool:
        return name == "crc" if self.narrow and self.key_member else name in OWN
