"""What stands in a register, as its ledger names it: each document, or what together makes one thing, by a digest.

What belongs to a dossier is named under it, and its digests are keyed with a salt of that dossier. Once that is gone,
nobody can try what the digests were of.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final, TypeAlias

from gehoor.core.text.canonical_json import dump
from gehoor.services.ports.store import DamagedError, Document, Tables, Where
from gehoor.services.records.keys import event_key
from gehoor.services.records.tables import LEFT_OUT

LEDGER: Final = "ledger"
SALTS: Final = "salts"
CONTENTS: Final = "attachment_contents"
FILES: Final = "attachments"
REGISTER: Final = ""
"""Under this stands what belongs to no dossier."""
FORGOTTEN: Final = "*"
"""Says of a dossier that all that was entered before counts no more: it was anonymised."""
REPLACED: Final = "~"
"""Says of a dossier that its events were put back from a copy, which may have fewer: from which."""
ANEW: Final = "!"
"""Says of a dossier that its salt was lost, so that nothing can be held against what was entered before: what stood
there was entered anew. With ``ACCEPTED`` beside it somebody said that this has to do."""
ACCEPTED: Final = "accepted"

BEGUN: Final = "ledger"
"""The setting that says that all that stands in a register is entered in its ledger."""
GIVEN_UP: Final = "given-up/"
"""Settings that begin so say what was given up, when, and why."""

Name: TypeAlias = tuple[str, str]
"""The dossier that something belongs to (or ``REGISTER``), and what it is called in there."""


class How(StrEnum):
    """How the documents of a table are entered."""

    ONE = "one"
    """One for each dossier, under its id."""
    CHAIN = "chain"
    """By the last of a chain of hashes: how many there are, and its hash."""
    GROUP = "group"
    """All of a dossier together."""
    EACH = "each"


OF_DOSSIER: Final[Mapping[str, How]] = {
    "events": How.CHAIN,
    "dossiers": How.ONE,
    "exclusions": How.GROUP,
    "tasks": How.GROUP,
    "confidential": How.ONE,
    "texts": How.GROUP,
    "access_log": How.CHAIN,
    "messages": How.EACH,
    "match_keys": How.GROUP,
    "retention": How.ONE,
    FILES: How.EACH,
    CONTENTS: How.EACH,
}
OF_REGISTER: Final[Mapping[str, How]] = {
    "clearances": How.EACH,
    "account_log": How.CHAIN,
    "counters": How.EACH,
    "submissions": How.EACH,
    "agreements": How.EACH,
    "publications": How.EACH,
    "sources": How.EACH,
    "source_trees": How.EACH,
    "proposals": How.EACH,
    "proposal_log": How.EACH,
    "reports": How.EACH,
    "accounts": How.EACH,
    "second_steps": How.EACH,
    "settings": How.EACH,
}
HOW: Final[Mapping[str, How]] = {**OF_DOSSIER, **OF_REGISTER}
"""Every table that is entered."""
PASSING: Final = frozenset(
    {
        *(LEDGER, SALTS, LEFT_OUT, "pending", "recounts", "searches", "sessions", "tries"),
        *("unsaved", "unsent", "visits", "repeats"),
    }
)
"""Tables that are not: the ledger and what it needs, and what passes. Nothing that was agreed, told or decided rests on
those; files that wait for a form to be sent pass too. What was left out of a copy, the ledger misses by itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that stands in a register: its name and value in the ledger, and the key of its document (the last of a
    chain), or the dossier of a group."""

    name: Name
    value: str
    key: str


def new_salt() -> str:
    """Return a salt, for the digests of one dossier."""
    return secrets.token_hex(16)


def digest(salt: str, text: str) -> str:
    """Return the digest of a text: 128 bits, keyed unless there is no salt."""
    made = blake2b(text.encode(), digest_size=16, key=salt.encode()[:64]).digest()
    return urlsafe_b64encode(made).decode("ascii").rstrip("=")


def content(document: Document) -> str:
    """Return what a document says, as one text: the same however a store gives it back."""
    return dump({name: value for name, value in document.items() if value is not None}, sort=True)


def chain_value(salt: str, last: Document) -> str:
    """Return the value of a chain: how many there are, in the open, and the digest of the hash of the last."""
    return f"{last['sequence']}:{digest(salt, last['hash'])}"


def count_in(value: str | None) -> int:
    """Return how many a chain has by its value; none: 0."""
    return int(value.partition(":")[0]) if value else 0


def group_value(salt: str, documents: Iterable[Document]) -> str:
    """Return the value of documents that belong together; empty when there are none."""
    return group_of(salt, map(row_digest, documents))


def row_digest(document: Document) -> bytes:
    """Return the digest of one document of a group, without salt."""
    return blake2b(content(document).encode(), digest_size=16).digest()


def group_of(salt: str, digests: Iterable[bytes]) -> str:
    """Return what ``group_value`` does, of the digests of its documents."""
    found = b"".join(sorted(digests))
    return digest(salt, found.hex()) if found else ""


def each_of(tables: Tables, table: str, dossier: str, files: Mapping[str, str]) -> dict[str, Document]:
    """Return the documents of a dossier in a table that enters each, by key, without what is damaged: by reading the
    table whole. ``files``: the dossiers of files, by id."""
    if table == CONTENTS:
        mine = [file for file, about in files.items() if about == dossier]
        found = {key: found_in(tables, table, key) for key in mine}
    else:
        found = {
            key: one for key, one in tables.scan(table) if one and owner_of(table, key, one, files) == dossier
        }
    return {key: one for key, one in found.items() if one is not None}


def found_in(tables: Tables, table: str, key: str) -> Document | None:
    """Return a document; None also for one that is damaged."""
    try:
        return tables.get(table, key)
    except DamagedError:
        return None


def organisation_of(tables: Tables, dossier: str) -> str:
    """Return the organisation of a dossier, also where a part of it is damaged; empty where there is none."""
    for table, key in (("events", event_key(dossier, 1)), ("dossiers", dossier), ("retention", dossier)):
        found = found_in(tables, table, key)
        if found is not None:
            return str(found.get("data", found)["organisation"])
    return ""


def group(tables: Tables, table: str, dossier: str) -> list[Document]:
    """Return the documents of a dossier in a table of groups, without what is damaged."""
    if table == "match_keys":
        # By the key, which begins with the dossier; the sign after a slash is 0.
        between = {"id": (f"{dossier}/", f"{dossier}0")}
        return tables.select(table, where=Where(between=between, sound_only=True))
    return tables.select(table, where=Where({"dossier": dossier}, sound_only=True))


def last_of(tables: Tables, table: str, about: str) -> Document | None:
    """Return the last entry of a chain that is not damaged."""
    member = "account" if table in OF_REGISTER else "dossier"
    where = Where({member: about}, sound_only=True)
    found = tables.select(table, where=where, order_by=("-sequence",), limit=1)
    return found[0] if found else None


def owner_of(table: str, key: str, document: Document | None, files: Mapping[str, str]) -> str | None:
    """Return the dossier that a document of a table belongs to, or ``REGISTER``; None for a file that waits, or where
    that is not known. ``files``: the dossiers of files, by id."""
    if table in OF_REGISTER:
        return REGISTER
    if table == FILES:
        return (document or {}).get("dossier") or files.get(key) or None
    if table == CONTENTS:
        return files.get(key) or None
    return key.partition("/")[0]


def called(key: str) -> str:
    """Return a key, or of a hash enough to know it by."""
    return key[:16] if len(key) == 64 else key


def name_of(table: str, key: str, salt: str) -> str:
    """Return what a document, or what it is part of, is called in the ledger: without the names of people that a key
    may hold, once the salt is gone."""
    how = HOW[table]
    if table in OF_DOSSIER:
        return f"{table}/{digest(salt, key)[:11]}" if how is How.EACH else table
    if how is How.CHAIN:
        return f"{table}/{key.rpartition('/')[0]}"
    return f"{table}/{called(key)}"


def standing(
    rows: Iterable[tuple[str, Document | None]],
    table: str,
    salt_of: Callable[[str], str],
    files: dict[str, str],
    damaged: Callable[[str], None] = lambda _: None,
) -> Iterator[Standing]:
    """Give all that stands in a table, of its rows as ``scan`` gives them, as the ledger names it. ``damaged`` hears
    the keys of what is damaged. ``files`` learns the dossiers of files: read ``FILES`` before ``CONTENTS``."""
    how = HOW[table]
    chains: dict[Name, tuple[int, str, str]] = {}
    groups: dict[str, list[bytes]] = {}
    for key, document in rows:
        if document is None:
            damaged(key)
            continue
        about = owner_of(table, key, document, files)
        if about is None:
            continue
        salt = salt_of(about)
        name = about, name_of(table, key, salt)
        if table == FILES:
            files[key] = about
        if how is How.CHAIN:
            if document["sequence"] > chains.get(name, (0,))[0]:
                chains[name] = document["sequence"], chain_value(salt, document), key
        elif how is How.GROUP:
            groups.setdefault(about, []).append(row_digest(document))
        else:
            yield Standing(name, digest(salt, content(document)), key)
    for name, (_, value, key) in chains.items():
        yield Standing(name, value, key)
    for about, digests in groups.items():
        yield Standing((about, table), group_of(salt_of(about), digests), about)
