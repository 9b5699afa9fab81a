"""How events and summaries are kept: the documents of them, and they again from those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from gehoor.core.dossier.events import Event, EventKind, instant_text, parse_instant
from gehoor.services.ports.instants import to_number, to_text
from gehoor.services.ports.records import OpenTerm, Summary, from_document, to_document


def summary_document(summary: Summary) -> dict[str, Any]:
    """Return a summary as it is kept: terms as bare values, instants in them as numbers, and without what is seldom
    there when it is empty."""
    document = to_document(summary)
    document["terms"] = [_bare_term(term) for term in document["terms"]]
    for name in _SELDOM:
        if not document[name]:
            del document[name]
    return listed(document)


def listed(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a summary in which nothing is longer than lists keep it. One that an earlier Gehoor kept
    may be longer."""
    for name in _SHORTENED:
        if isinstance(said := document.get(name), str) and len(said) > LISTED // _LARGEST_SIGN:
            document = {**document, name: as_listed(said)}
    return document


def as_listed(text: str) -> str:
    """Return a text as lists keep it, sort by it and are narrowed by it: whole, or its beginning."""
    if len(text) <= LISTED // _LARGEST_SIGN or len(text.encode()) <= LISTED:
        return text
    return f"{text.encode()[: LISTED - len(_GOES_ON.encode())].decode(errors='ignore').rstrip()}{_GOES_ON}"


def summary_of(document: Mapping[str, Any]) -> Summary:
    """Return the summary in a document, also in one as an earlier Gehoor kept it."""
    terms = [full_term(term) for term in document.get("terms", ())]
    return from_document(Summary, {**document, "terms": terms})


LISTED: Final = 160
"""How many bytes lists keep of a text: what a list is sorted and narrowed by stands together in one entry of an index
(see ``INDEX_ROOM``)."""
_SHORTENED: Final = ("kind", "phase", "received", "severity", "judgement", "responsible")
"""What may be as long as somebody answered, or as an agreement calls it."""
_GOES_ON: Final = "\u2026"
_LARGEST_SIGN: Final = 4
_SELDOM: Final = ("changed_at", "terms", "assigned", "subject_for", "unanswered", "excluded", "figures")
_IN_TERM: Final = tuple(item.name for item in fields(OpenTerm))
AHEAD: Final = _IN_TERM.index("ahead")
"""The place, in a term as it is kept, of what it still calls for."""


def _bare_term(term: Mapping[str, Any]) -> Any:
    if tuple(term) != _IN_TERM:
        return term
    bare = [_number_or_text(name, value) for name, value in term.items()]
    if term["named"]:
        return bare
    return bare[: _IN_TERM.index("named" if term["row"] else "row")]


def _number_or_text(name: str, value: Any) -> Any:
    number = to_number(value) if name.endswith("_at") else None
    return value if number is None else number


def full_term(kept: Any) -> Mapping[str, Any]:
    """Return a term as it is, of one as it is kept."""
    if isinstance(kept, Mapping):
        return kept
    # An earlier Gehoor kept fewer.
    return {
        name: to_text(value) if name.endswith("_at") and isinstance(value, int) else value
        for name, value in zip(_IN_TERM, kept, strict=False)
    }


def event_document(event: Event) -> dict[str, Any]:
    """Return an event as it is kept."""
    return {
        "dossier": event.dossier,
        "sequence": event.sequence,
        "kind": event.kind.value,
        "at": instant_text(event.at),
        "actor": event.actor,
        "agreement": event.agreement,
        "data": dict(event.data),
        "previous": event.previous,
        "hash": event.hash,
    }


def event_of(document: dict[str, Any]) -> Event:
    """Return the event in a document."""
    return Event(
        dossier=document["dossier"],
        sequence=document["sequence"],
        kind=EventKind(document["kind"]),
        at=parse_instant(document["at"]),
        actor=document["actor"],
        agreement=document["agreement"],
        data=document["data"],
        previous=document["previous"],
        hash=document["hash"],
    )
