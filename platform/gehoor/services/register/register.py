"""The register: what its tables mean, written once for every store."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, instant_text
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.documents import event_document, event_of, summary_document, summary_of
from gehoor.services.ports.records import (
    Account,
    Message,
    Publication,
    SecondStep,
    Sighting,
    SignIn,
    Summary,
    Tries,
    from_document,
    to_document,
)
from gehoor.services.ports.store import DuplicateKeyError, Scalar, Store, Tables

PUBLICATIONS = "publications"
"""The setting that is another text after each publication, of whatever department."""


class VersionConflictError(Exception):
    """Someone else changed the dossier in between."""


class UnknownDossierError(LookupError):
    """There is no such dossier."""


@dataclass(frozen=True)
class Register:
    """The register inside one transaction."""

    tables: Tables

    def append(self, events: Sequence[Event]) -> None:
        """Add events to a dossier. Raises ``VersionConflictError`` when another event took their place."""
        try:
            self.tables.insert_many(
                "events", ((f"{one.dossier}/{one.sequence:06}", event_document(one)) for one in events)
            )
        except DuplicateKeyError as error:
            raise VersionConflictError(events[0].dossier) from error

    def events(self, dossier: str) -> list[Event]:
        """Return what happened to a dossier, in order."""
        documents = self.tables.select("events", where={"dossier": dossier}, order_by=("sequence",))
        return [event_of(document) for document in documents]

    def dossier(self, dossier: str) -> Dossier:
        """Return a dossier as its events add up. Raises ``UnknownDossierError``."""
        events = self.events(dossier)
        if not events:
            raise UnknownDossierError(dossier)
        return fold(events)

    def save_summary(self, summary: Summary, excluded: Iterable[str] | None = None) -> None:
        """Keep how lists show a dossier, and for whom it does not exist; ``excluded``: for whom before, if known."""
        self.tables.put("dossiers", summary.id, summary_document(summary))
        if excluded is None:
            found = self.tables.select("exclusions", where={"dossier": summary.id})
            excluded = [document["account"] for document in found]
        before = set(excluded)
        for account in before.symmetric_difference(summary.excluded):
            key = f"{summary.id}/{account}"
            if account in before:
                self.tables.delete("exclusions", key)
            else:
                self.tables.put("exclusions", key, {"dossier": summary.id, "account": account})

    def excluded_dossiers(self, account: str) -> frozenset[str]:
        """Return the dossiers that do not exist for an account."""
        found = self.tables.select("exclusions", where={"account": account})
        return frozenset(document["dossier"] for document in found)

    def summary(self, dossier: str) -> Summary | None:
        """Return how lists show a dossier."""
        document = self.tables.get("dossiers", dossier)
        return summary_of(document) if document else None

    def summaries(
        self,
        departments: Iterable[tuple[str, str]],
        *,
        closed: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Summary]:
        """Return the dossiers of departments, the earliest due first, those without a due date last."""
        found = []
        for organisation, names in _grouped(departments).items():
            where: dict[str, Scalar | list[str]] = {
                "organisation": organisation,
                "department": names,
                "closed": closed,
            }
            found += self.tables.select(
                "dossiers", where=where, order_by=("due_at", "opened_at"),
                limit=None if limit is None else limit + offset,
            )  # fmt: skip
        summaries = [summary_of(document) for document in found]
        # The order of the store, kept when several organisations come together.
        summaries.sort(key=lambda summary: (summary.due_at is None, summary.due_at or "", summary.opened_at))
        return summaries[offset:] if limit is None else summaries[offset : offset + limit]

    def by_number(self, number: str) -> list[Summary]:
        """Return the dossiers with a number; each organisation may have one."""
        return [summary_of(d) for d in self.tables.select("dossiers", where={"number": number})]

    def by_code(self, code_hash: str) -> Summary | None:
        """Return the dossier whose follow-up code has this hash."""
        found = self.tables.select("dossiers", where={"code_hash": code_hash}, limit=1)
        return summary_of(found[0]) if found else None

    def attention_before(self, now: datetime, limit: int) -> list[Summary]:
        """Return the dossiers about which something has to happen by now, the longest waiting first."""
        found = self.tables.select(
            "dossiers", at_most=("attention_at", instant_text(now)), order_by=("attention_at",), limit=limit
        )
        return [summary_of(document) for document in found]

    def next_number(self, series: str) -> int:
        """Draw the next number of a series: 1, 2, 3 ... without gaps, because it is part of the save."""
        counter = self.tables.get("counters", series) or {"last": 0}
        following = int(counter["last"]) + 1
        self.tables.put("counters", series, {"series": series, "last": following})
        return following

    def submission(self, key_hash: str) -> str | None:
        """Return the dossier that was made from a rendered form, when it was sent before."""
        document = self.tables.get("submissions", key_hash)
        return document["dossier"] if document else None

    def remember_submission(self, key_hash: str, dossier: str) -> None:
        """Remember which dossier a rendered form became."""
        self.tables.insert("submissions", key_hash, {"dossier": dossier})

    def queue(self, message: Message) -> bool:
        """Queue a message; False when one with this key was queued before."""
        try:
            self.tables.insert("messages", message.key, to_document(message))
        except DuplicateKeyError:
            return False
        return True

    def messages_to_send(self, now: datetime, limit: int) -> list[Message]:
        """Return messages that wait and may be tried now, the oldest first."""
        found = self.tables.select(
            "messages", where={"state": "waiting"}, at_most=("next_at", instant_text(now)), order_by=("next_at",),
            limit=limit,
        )  # fmt: skip
        return [from_document(Message, document) for document in found]

    def save_message(self, message: Message) -> None:
        """Keep what became of a message."""
        self.tables.put("messages", message.key, to_document(message))

    def messages_of(self, dossier: str) -> list[Message]:
        """Return the messages about a dossier, the oldest first."""
        found = self.tables.select("messages", where={"dossier": dossier}, order_by=("created_at",))
        return [from_document(Message, document) for document in found]

    def save_sighting(self, sighting: Sighting) -> None:
        """Keep by what a dossier is found again."""
        document = to_document(sighting)
        # The id begins with it.
        del document["dossier"]
        self.tables.put("match_keys", sighting.id, document)

    def drop_sighting(self, sighting: str) -> None:
        """Forget that a dossier is found by this."""
        self.tables.delete("match_keys", sighting)

    def sightings(self, key: str, first: int, limit: int) -> list[Sighting]:
        """Return what is kept under a key from a day (an ordinal) on, the latest first."""
        found = self.tables.select(
            "match_keys", where={"key": key}, at_most=("ago", -first), order_by=("ago",), limit=limit
        )
        return [
            Sighting(one["id"], one["key"], one["id"].partition("/")[0], one["kind"], one["ago"])
            for one in found
        ]

    def save_agreement(self, digest: str, document: dict[str, Any], places: dict[str, str]) -> None:
        """Keep a published agreement; the same content is kept once and never changed."""
        if self.tables.get("agreements", digest) is None:
            self.tables.insert("agreements", digest, {"document": dump(document), "places": places})

    def agreement_document(self, digest: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        """Return a published agreement's canonical document, and where its parts stood."""
        stored = self.tables.get("agreements", digest)
        return (load(stored["document"]), stored["places"]) if stored else None

    def publish(self, publication: Publication) -> None:
        """Add a publication, after the earlier ones of its department."""
        self.publications_change()
        key = f"{publication.organisation}/{publication.department}/{publication.sequence:06}"
        self.tables.insert("publications", key, to_document(publication))

    def publications(self, organisation: str, department: str) -> list[Publication]:
        """Return what was published for a department, the first first."""
        where = {"organisation": organisation, "department": department}
        found = self.tables.select("publications", where=where, order_by=("sequence",))
        return [from_document(Publication, document) for document in found]

    def publications_change(self) -> None:
        """Let everyone see that other things were published than before."""
        # Never a count: a register that was put back from a copy would count the same again.
        self.save_setting(PUBLICATIONS, secrets.token_hex(8))

    def published_departments(self) -> list[tuple[str, str]]:
        """Return the departments for which something was published, also when it is valid from a later day."""
        found = self.tables.select("publications", where={"sequence": 1})
        return sorted((document["organisation"], document["department"]) for document in found)

    def account(self, name: str) -> Account | None:
        """Return an account by its sign-in name."""
        document = self.tables.get("accounts", name)
        return from_document(Account, document) if document else None

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""
        return [
            from_document(Account, document)
            for document in self.tables.select("accounts", order_by=("name",))
        ]

    def save_account(self, account: Account) -> None:
        """Add or change an account."""
        self.tables.put("accounts", account.name, to_document(account))

    def session(self, token_hash: str) -> SignIn | None:
        """Return a signed-in session."""
        document = self.tables.get("sessions", token_hash)
        return from_document(SignIn, document) if document else None

    def save_session(self, session: SignIn) -> None:
        """Begin or refresh a session."""
        self.tables.put("sessions", session.token_hash, to_document(session))

    def end_session(self, token_hash: str) -> None:
        """End a session."""
        self.tables.delete("sessions", token_hash)

    def sessions_of(self, account: str) -> list[SignIn]:
        """Return the sessions of an account, the one that began first first."""
        found = self.tables.select("sessions", where={"account": account}, order_by=("created_at",))
        return [from_document(SignIn, document) for document in found]

    def second_step(self, account: str) -> SecondStep | None:
        """Return the second step of an account, also one that is not confirmed yet."""
        document = self.tables.get("second_steps", account)
        return from_document(SecondStep, document) if document else None

    def save_second_step(self, step: SecondStep) -> None:
        """Keep the second step of an account."""
        self.tables.put("second_steps", step.account, to_document(step))

    def drop_second_step(self, account: str) -> None:
        """Take the second step of an account away."""
        self.tables.delete("second_steps", account)

    def tries(self, key: str) -> Tries | None:
        """Return how often something was tried in vain."""
        document = self.tables.get("tries", key)
        return from_document(Tries, document) if document else None

    def save_tries(self, tries: Tries) -> None:
        """Keep how often something was tried in vain."""
        self.tables.put("tries", tries.key, to_document(tries))

    def forget_tries(self, *keys: str) -> None:
        """Forget what was tried in vain."""
        for key in keys:
            self.tables.delete("tries", key)

    def old_tries(self, before: datetime, limit: int) -> list[str]:
        """Return the keys of what was last tried no later than an instant."""
        found = self.tables.select("tries", at_most=("last_at", instant_text(before)), limit=limit)
        return [document["key"] for document in found]

    def setting(self, name: str) -> str | None:
        """Return a setting of this register."""
        document = self.tables.get("settings", name)
        return document["value"] if document else None

    def save_setting(self, name: str, value: str) -> None:
        """Keep a setting of this register."""
        self.tables.put("settings", name, {"value": value})


@contextmanager
def writing(store: Store) -> Iterator[Register]:
    """Open the register for one transaction: all of it is kept, or nothing."""
    with store.transaction() as tables:
        yield Register(tables)


@contextmanager
def reading(store: Store) -> Iterator[Register]:
    """Open the register at one consistent moment."""
    with store.snapshot() as tables:
        yield Register(tables)


def _grouped(departments: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for organisation, department in departments:
        groups.setdefault(organisation, []).append(department)
    return groups
