"""The register: what its tables mean, written once for every store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, instant_text
from gehoor.services.ports.attention import Attention
from gehoor.services.ports.documents import event_document, event_of, listed, summary_document, summary_of
from gehoor.services.ports.records import Message, Pending, Summary, from_document, to_document
from gehoor.services.ports.store import SOUND, DamagedError, Document, DuplicateKeyError, Scalar, Store, Where
from gehoor.services.records.clearance_records import ClearanceRecords
from gehoor.services.records.exclusion_records import ExclusionRecords
from gehoor.services.records.keys import event_key, out_of_place
from gehoor.services.records.ledger import LedgerTables
from gehoor.services.records.ledger_entries import count_in, found_in, organisation_of
from gehoor.services.records.ledger_lookup import chain_entered
from gehoor.services.records.left_out import snapshot, transaction
from gehoor.services.records.log_records import LogRecords
from gehoor.services.records.match_records import MatchRecords
from gehoor.services.records.number_series import COUNTERS, counted
from gehoor.services.records.proposal_records import ProposalRecords
from gehoor.services.register.one_moment import end_moment, joined

_UNSENT: Final[Document] = {"dossier": ""}
"""Of a form that was sent to a dossier which was put back from a copy of before."""


class VersionConflictError(Exception):
    """Someone else changed the dossier in between."""


class MovedError(Exception):
    """What a change rests on is no longer so; it is to be judged again."""


class UnknownDossierError(LookupError):
    """There is no such dossier."""


@dataclass(frozen=True)
class Register(ExclusionRecords, ProposalRecords, ClearanceRecords, LogRecords, MatchRecords):
    """The register inside one transaction."""

    def append(self, events: Sequence[Event]) -> None:
        """Add events to dossiers, all or none. Raises ``VersionConflictError`` when another event took a place,
        and ``DamagedError`` when something is there that belongs elsewhere: trying again is no use."""
        try:
            self.tables.insert_many(
                "events", ((event_key(one.dossier, one.sequence), event_document(one)) for one in events)
            )
        except DuplicateKeyError as error:
            for one in events:
                key = event_key(one.dossier, one.sequence)
                found = self.tables.get("events", key)
                if found is not None and out_of_place("events", key, found):
                    raise DamagedError(f"{key} is not the event that stands there", "events", key) from error
            raise VersionConflictError(events[0].dossier) from error

    def replace_events(self, events: Sequence[Event]) -> None:
        """Put a chain in the place of the events of its dossier: only where that is anonymised, or comes back from a
        copy."""
        for one in self.events(events[0].dossier):
            self.tables.delete("events", event_key(one.dossier, one.sequence))
        self.append(events)

    def forget(self, dossier: str) -> None:
        """Let what was entered of a dossier in the ledger count no more: only where it is anonymised."""
        assert isinstance(self.tables, LedgerTables)
        self.tables.forget(dossier)

    def put_back(self, events: Sequence[Event], copy: str) -> None:
        """Put the events of a copy (from when it is) in the place of those of a dossier, and say so in the ledger."""
        assert isinstance(self.tables, LedgerTables)
        self.tables.replaced(events[0].dossier, copy)
        self.replace_events(events)

    def enter_anew(self, dossier: str, salt: str, copy: str) -> None:
        """Have the ledger know a dossier by the salt that it had in a copy (from when that is), as it lost it."""
        assert isinstance(self.tables, LedgerTables)
        self.tables.replaced(dossier, copy)
        self.tables.anew(dossier, salt)

    def events(self, dossier: str) -> list[Event]:
        """Return what happened to a dossier, in order. Raises ``DamagedError``, also where one before another is
        gone."""
        documents = self.tables.select("events", where={"dossier": dossier}, order_by=("sequence",))
        for number, one in enumerate(documents, start=1):
            if one["sequence"] > number:
                key = event_key(dossier, number)
                raise DamagedError(f"events {key} is gone", "events", key)
        return [event_of(document) for document in documents]

    def dossier(self, dossier: str) -> Dossier:
        """Return a dossier as its events add up. Raises ``UnknownDossierError``."""
        events = self.events(dossier)
        if not events:
            raise UnknownDossierError(dossier)
        return fold(events)

    def organisation_of(self, dossier: str) -> str:
        """Return the organisation of a dossier, also where a part of it is damaged; empty where there is none."""
        return organisation_of(self.tables, dossier)

    def refuse_shortened(self, dossier: Dossier) -> None:
        """Refuse a dossier of which more happened than its events tell, as lists or what waits know: the last are gone,
        and what is written then would stand in their place, so that no copy could bring them back. Raises
        ``DamagedError``."""
        if self.is_shortened(dossier):
            key = event_key(dossier.id, dossier.version + 1)
            raise DamagedError(f"events {key} is gone", "events", key)

    def is_shortened(self, dossier: Dossier) -> bool:
        """Say whether more happened to a dossier than its events tell, as lists or what waits know; where its line in
        lists is damaged or gone, as the ledger does."""
        pending, line = (found_in(self.tables, table, dossier.id) for table in ("pending", "dossiers"))
        if any(one is not None and int(one["version"]) > dossier.version for one in (pending, line)):
            return True
        if line is not None or (pending is not None and dossier.version == 1):
            return False
        return count_in(chain_entered(self.tables, dossier.id, "events")[0]) > dossier.version

    def enter_whole(self, table: str, dossier: str, documents: Collection[Document]) -> None:
        """Say which documents are all that a table has of a dossier, after they were written."""
        assert isinstance(self.tables, LedgerTables)
        self.tables.whole(table, dossier, documents)

    def save_summary(self, summary: Summary) -> None:
        """Keep how lists show a dossier."""
        self.tables.put("dossiers", summary.id, summary_document(summary))

    def change_summaries(self, changes: Iterable[tuple[Attention, Document]]) -> None:
        """Keep how lists show dossiers instead of how they did: each as it was, and the document of what it is."""
        self.tables.replace_many(
            "dossiers", ((before.id, listed(before.document), listed(after)) for before, after in changes)
        )

    def save_pending(self, pending: Pending, *, is_new: bool) -> None:
        """Note that the summary of a dossier is to be made anew. ``is_new``: it was just opened."""
        if not is_new and not pending.code_hash:
            before = self.tables.get("pending", pending.dossier)
            if before is not None:
                pending = replace(pending, code_hash=before["code_hash"])
        self.tables.put("pending", pending.dossier, to_document(pending))

    def pending(self, limit: int | None = None, without: Collection[str] = ()) -> list[Pending]:
        """Return dossiers whose summary is to be made anew, the first saved first; ``without`` some."""
        where = Where(without=sorted(without), sound_only=True)
        found = self.tables.select("pending", where=where, order_by=("saved_at",), limit=limit)
        return [from_document(Pending, document) for document in found]

    def code_hash_of(self, dossier: str) -> str | None:
        """Return the hash of the follow-up code of a dossier, as far as it is known."""
        pending, summary = (found_in(self.tables, table, dossier) for table in ("pending", "dossiers"))
        return next((one["code_hash"] for one in (pending, summary) if one and one.get("code_hash")), None)

    def drop_pending(self, dossier: str) -> None:
        """Note that the summary of a dossier is made."""
        self.tables.delete("pending", dossier)

    def summary(self, dossier: str) -> Summary | None:
        """Return how lists show a dossier."""
        document = self.tables.get("dossiers", dossier)
        return summary_of(document) if document else None

    def sound_summary(self, dossier: str) -> Summary | None:
        """Return how lists show a dossier; None also where that is damaged, for who reads many."""
        try:
            return self.summary(dossier)
        except DamagedError:
            return None

    def sound_summaries(self, dossiers: Iterable[str]) -> dict[str, Summary]:
        """Return how lists show dossiers, by their ids; none that is damaged."""
        wanted = Where({"id": sorted({*dossiers})}, sound_only=True)
        return {one["id"]: summary_of(one) for one in self.tables.select("dossiers", where=wanted)}

    def summaries(self, departments: Iterable[tuple[str, str]], *, closed: bool = False) -> list[Summary]:
        """Return the dossiers of departments, the earliest due first, those without a due date last."""
        found = []
        for organisation, names in _grouped(departments).items():
            where: dict[str, Scalar | list[str]] = {
                "organisation": organisation,
                "department": names,
                "closed": closed,
            }
            found += self.tables.select(
                "dossiers", where=Where(where, sound_only=True), order_by=("due_at", "opened_at")
            )
        summaries = [summary_of(document) for document in found]
        # The order of the store, kept when several organisations come together.
        summaries.sort(key=lambda summary: (summary.due_at is None, summary.due_at or "", summary.opened_at))
        return summaries

    def by_number(self, number: str) -> list[Summary]:
        """Return the dossiers with a number; each organisation may have one."""
        found = self.tables.select("dossiers", where=Where({"number": number}, sound_only=True))
        return [summary_of(document) for document in found]

    def by_code(self, code_hash: str) -> Summary | None:
        """Return the dossier whose follow-up code has this hash."""
        found = self.tables.select("dossiers", where={"code_hash": code_hash}, limit=1)
        return summary_of(found[0]) if found else None

    def attention_before(self, now: datetime, limit: int) -> list[Attention]:
        """Return the dossiers about which something has to happen by now, the longest waiting first."""
        found = self.tables.select(
            "dossiers",
            where=SOUND,
            at_most=("attention_at", instant_text(now)),
            order_by=("attention_at",),
            limit=limit,
        )
        return [Attention(document) for document in found]

    def next_number(self, series: str, *, anew: bool = False) -> int:
        """Draw the next number of a series: 1, 2, 3 ... without gaps, because it is part of the save. ``anew``: by the
        numbers that dossiers have, as its counter was put back by something else than Gehoor."""
        following = counted(self.tables, series, anew=anew) + 1
        self.tables.put(COUNTERS, series, {"series": series, "last": following})
        return following

    def submission(self, key_hash: str) -> str | None:
        """Return the dossier that was made from a rendered form, when it was sent before."""
        document = self.tables.get("submissions", key_hash)
        return str(document["dossier"]) or None if document else None

    def remember_submission(self, key_hash: str, dossier: str) -> None:
        """Remember which dossier a rendered form became."""
        if found_in(self.tables, "submissions", key_hash) == _UNSENT:
            self.tables.put("submissions", key_hash, {"dossier": dossier})
        else:
            self.tables.insert("submissions", key_hash, {"dossier": dossier})

    def forget_submission(self, key_hash: str) -> None:
        """Let a form count as one that was never sent: what it brought is gone. That it was there stays known."""
        self.tables.put("submissions", key_hash, _UNSENT)

    def queue(self, message: Message) -> bool:
        """Queue a message; False when one with this key was queued before."""
        try:
            self.tables.insert("messages", message.key, to_document(message))
        except DuplicateKeyError:
            return False
        return True

    def queue_all(self, messages: Sequence[Message]) -> None:
        """Queue messages; not those with a key that was queued before."""
        try:
            self.tables.insert_many("messages", ((one.key, to_document(one)) for one in messages))
        except DuplicateKeyError:
            for message in messages:
                self.queue(message)

    def messages_to_send(self, now: datetime, limit: int, state: str = "waiting") -> list[Message]:
        """Return messages that wait and may be tried now, the oldest first. Not those that a sender claimed for longer
        than now. ``state``: what they wait as."""
        found = self.tables.select(
            "messages",
            where=Where({"state": state}, sound_only=True),
            at_most=("next_at", instant_text(now)),
            order_by=("next_at",),
            limit=limit,
        )
        return [from_document(Message, document) for document in found]

    def messages_astray(self, after: datetime, limit: int, state: str = "waiting") -> list[Message]:
        """Return messages that wait for an instant after this one."""
        where = Where({"state": state}, {"next_at": (instant_text(after), None)}, sound_only=True)
        found = self.tables.select("messages", where=where, order_by=("next_at",), limit=limit)
        return [from_document(Message, document) for document in found]

    def message(self, key: str) -> Message | None:
        """Return a message."""
        document = self.tables.get("messages", key)
        return from_document(Message, document) if document else None

    def save_message(self, message: Message) -> None:
        """Keep what became of a message."""
        self.tables.put("messages", message.key, to_document(message))

    def waiting_messages(self) -> list[Message]:
        """Return all messages that wait, whoever claimed them."""
        found = self.tables.select("messages", where=Where({"state": "waiting"}, sound_only=True))
        return [from_document(Message, document) for document in found]

    def unsent_messages(self, limit: int) -> list[Message]:
        """Return messages that were not sent, the latest first."""
        found = self.tables.select(
            "messages",
            where=Where({"state": ["waiting", "nobody"]}, sound_only=True),
            order_by=("-created_at",),
            limit=limit,
        )
        return [from_document(Message, document) for document in found]

    def messages_of(self, dossier: str) -> list[Message]:
        """Return the messages to people about a dossier, the oldest first."""
        found = self.tables.select(
            "messages", where=Where({"dossier": dossier}, sound_only=True), order_by=("created_at",)
        )
        return [from_document(Message, document) for document in found if document.get("hook") is None]


_last_rows: Final[WeakKeyDictionary[Store, Document]] = WeakKeyDictionary()
"""What this process last entered in the ledger of a store: a help to find its end sooner, and never relied upon."""


@contextmanager
def writing(store: Store) -> Iterator[Register]:
    """Open the register for one transaction: all of it is kept and entered in the ledger, or nothing."""
    end_moment()
    with transaction(store) as tables:
        written = LedgerTables(tables, _last_rows.get(store))
        yield Register(written)
        written.enter()
    if written.last is not None:
        _last_rows[store] = written.last


@contextmanager
def reading(store: Store) -> Iterator[Register]:
    """Open the register at one consistent moment: see also ``one_moment``."""
    moment = joined(store)
    if moment is not None and moment.tables is not None:
        with moment.seen() as tables:
            yield Register(tables, moment.settings)
        return
    with snapshot(store) as tables:
        yield Register(tables)


def _grouped(departments: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for organisation, department in departments:
        groups.setdefault(organisation, []).append(department)
    return groups
