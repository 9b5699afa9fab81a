"""Of which organisation a row is: found by the one place that writes, so that nobody who writes has to say it."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from gehoor.services.ports.belonging import UNKNOWN, WAITING, Owner, Place, Within
from gehoor.services.ports.store import Document, TableSchema

Ask: TypeAlias = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]
"""Reads rows: the SQL, and the values that are bound in it."""


class Owners:
    """The organisations of what is written in one transaction."""

    def __init__(self, ask: Ask, schemas: Mapping[str, TableSchema], within: Within) -> None:
        self.within = within
        self._ask, self._schemas = ask, schemas
        self._known: dict[tuple[tuple[Place, ...], str], str] = {}
        #: Where a table stands for now, while it is being made anew.
        self.instead: dict[str, str] = {}

    def of(self, schema: TableSchema, documents: Sequence[tuple[str, Document]]) -> list[str]:
        """Return the organisation of each document that is to be written under its key: what it says itself, else that
        of what it hangs on, else the one within which all is done, else the one that it was of."""
        owner = schema.owner
        assert owner is not None
        said = [_said(owner, key, document) for key, document in documents]
        names = [_name(owner, key, document) for key, document in documents]
        self._learn(owner, names, said)
        found = [one or self._of_name(owner, name) for one, name in zip(said, names, strict=True)]
        unsure = [key for (key, _), one in zip(documents, found, strict=True) if one is None]
        stood = self._stood(schema, unsure) if unsure and (owner.or_all or not self.within.only) else {}
        usual = WAITING if owner.or_all else self.within.only or UNKNOWN
        return [
            stood.get(key, usual) if one is None else one
            for (key, _), one in zip(documents, found, strict=True)
        ]

    def _learn(self, owner: Owner, names: Sequence[str], said: Sequence[str]) -> None:
        for name, one in zip(names, said, strict=True):
            if one and name:
                self._known[owner.through, name] = one
        if self.within.only and not owner.is_open:
            # Nothing of another is written here, and nothing of another is found.
            return
        wanted = {
            name
            for name, one in zip(names, said, strict=True)
            if name and not one and (owner.through, name) not in self._known
        }
        for place in owner.through:
            if wanted:
                found = self._looked_up(place, wanted)
                wanted -= found.keys()
                self._known |= {(owner.through, name): one for name, one in found.items()}

    def _of_name(self, owner: Owner, name: str) -> str | None:
        if not name:
            return WAITING if owner.waits else None
        found = self._known.get((owner.through, name))
        if found == WAITING:
            # It will be somebody's: next time, it is looked up again.
            del self._known[owner.through, name]
        return found

    def _looked_up(self, place: Place, names: Collection[str]) -> dict[str, str]:
        table, member = place
        schema = self._schemas.get(table)
        if schema is None:
            return {}
        column = f'"{member or (schema.key if schema.narrow and schema.key else "key")}"'
        there = self.instead.get(table, table)
        text = f'SELECT DISTINCT {column}, "organisation" FROM "{there}" WHERE {column} = ANY(%s)'
        return {name: one for name, one in self._ask(text, (sorted(names),)) if one != UNKNOWN}

    def _stood(self, schema: TableSchema, keys: Sequence[str]) -> dict[str, str]:
        column = f'"{schema.key if schema.narrow and schema.key else "key"}"'
        table = self.instead.get(schema.name, schema.name)
        text = f'SELECT {column}, "organisation" FROM "{table}" WHERE {column} = ANY(%s)'
        return {str(key): str(one) for key, one in self._ask(text, (list(keys),))}


def _said(owner: Owner, key: str, document: Document) -> str:
    if owner.in_key:
        return key.partition("/")[0]
    found: Any = document if owner.says else None
    for step in owner.says:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _name(owner: Owner, key: str, document: Document) -> str:
    if not owner.through:
        return ""
    name = document.get(owner.by) if owner.by else key.partition("/")[0]
    return name if isinstance(name, str) else ""
