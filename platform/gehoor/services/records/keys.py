"""Keys of documents that follow from what they say: under another one a document is out of place, and not found."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Final

from gehoor.core.access.account_log import AccountEntry
from gehoor.core.dossier.access_log import Access
from gehoor.core.proposals.sources import digest_of, tree_digest
from gehoor.core.text.canonical_json import content_hash
from gehoor.services.ports.records import from_document
from gehoor.services.ports.store import Document, Scalar


def event_key(dossier: str, sequence: int) -> str:
    """Return the key of an event."""
    return f"{dossier}/{sequence:06}"


def content_of(document: Document) -> bytes:
    """Return what is in a file of an organisation, of the document that keeps it."""
    return document["text"].encode() if "text" in document else b64decode(document["base64"])


_KEYS: Final[Mapping[str, Callable[[Document], str]]] = {
    "events": lambda one: event_key(one["dossier"], one["sequence"]),
    "exclusions": lambda one: f"{one['dossier']}/{one['account']}",
    "tasks": lambda one: "/".join((one["dossier"], one["task"], one["row"], one["account"])),
    "texts": lambda one: f"{one['dossier']}/{one['audience']}",
    "access_log": lambda one: from_document(Access, one).key,
    "account_log": lambda one: from_document(AccountEntry, one).key,
    "agreements": lambda one: content_hash(one["document"]),
    "sources": lambda one: digest_of(content_of(one)),
    "source_trees": lambda one: tree_digest(one["files"]),
    "proposal_log": lambda one: event_key(one["proposal"], one["sequence"]),
    "publications": lambda one: f"{one['organisation']}/{one['department']}/{one['sequence']:06}",
}


def key_of(table: str, document: Document) -> str:
    """Return the key that a document says it has, in a table where it says so. Raises ``KeyError``."""
    return _KEYS[table](document)


def out_of_place(table: str, key: str, document: Document) -> bool:
    """Say whether a document stands under another key than it says itself, or says too little to tell."""
    said = _KEYS.get(table)
    try:
        return said is not None and said(document) != key
    except (AttributeError, KeyError, TypeError, ValueError):
        return True


_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "events": ("dossier", "sequence"),
    "exclusions": ("dossier", "account"),
    "tasks": ("dossier", "", "", "account"),
    "texts": ("dossier", "audience"),
    "access_log": ("dossier", "", "", ""),
    "account_log": ("account", "sequence"),
    "proposal_log": ("proposal", "sequence"),
    "publications": ("organisation", "department", "sequence"),
    "messages": ("dossier", ""),
}
"""What the parts of a key say; a part in the middle may hold a slash itself, and is not named."""


def members_in(table: str, key: str) -> dict[str, Scalar]:
    """Return the members of a document that its key says; none where it is no key of that table."""
    names = _NAMES.get(table, ())
    parts = key.split("/")
    if not names or len(parts) < len(names) or (len(parts) > len(names) and all(names)):
        return {}
    found: dict[str, Scalar] = {}
    # What stands at the end is told from the end.
    for name, part in [*zip(names, parts, strict=False), *zip(names[-1:], parts[-1:], strict=True)]:
        if name == "sequence":
            if not part.isdecimal():
                return {}
            found[name] = int(part)
        elif name:
            found[name] = part
    return found
