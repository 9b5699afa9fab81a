"""Erasing what a register keeps of a dossier beside its events: files, messages, words, visits, typed drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from gehoor.core.dossier.events import Event
from gehoor.services.ports.store import Document
from gehoor.services.records.keys import key_of
from gehoor.services.register.register import Register

_KEYS: Final[Mapping[str, Callable[[Document], str]]] = {
    "texts": lambda one: key_of("texts", one),
    "messages": lambda one: one["key"],
    "exclusions": lambda one: key_of("exclusions", one),
    "tasks": lambda one: key_of("tasks", one),
    "visits": lambda one: one["id"],
    "unsaved": lambda one: one["id"],
    "repeats": lambda one: one["id"],
}
"""Tables whose documents say in ``dossier`` what they belong to -> the key of such a document."""


def files_of(register: Register, dossiers: Iterable[str]) -> dict[str, set[str]]:
    """Return the files of dossiers, also those that no answer names any more: by reading the table whole."""
    found: dict[str, set[str]] = {one: set() for one in dossiers}
    for file, row in register.tables.scan("attachments"):
        if row is not None and row.get("dossier") in found:
            found[row["dossier"]].add(file)
    return found


def erase_kept(register: Register, events: Iterable[Event], files: Iterable[str] = ()) -> bool:
    """Erase what tables keep of a dossier beside its events, its summary and the keys that it is found by. ``files``:
    its files, beside those that its events name. Says whether all of who opened it could be read."""
    known = tuple(events)
    dossier = known[0].dossier
    for table, key in _KEYS.items():
        for document in register.tables.select(table, where={"dossier": dossier}):
            register.tables.delete(table, key(document))
    for file in {*files, *(file for event in known for file in file_ids(event.data.get("values", {})))}:
        kept: Document | None = register.tables.get("attachments", file)
        if kept is not None and kept.get("dossier") == dossier:
            register.tables.delete("attachments", file)
            register.tables.delete("attachment_contents", file)
    register.drop_pending(dossier)
    register.drop_recount(dossier)
    return register.drop_accesses(dossier)


def file_ids(values: Any) -> Iterator[str]:
    """Give the ids of the files in answers, also in rows."""
    if isinstance(values, dict):
        if isinstance(values.get("id"), str) and "size" in values:
            yield values["id"]
        for one in values.values():
            yield from file_ids(one)
    elif isinstance(values, list):
        for one in values:
            yield from file_ids(one)
