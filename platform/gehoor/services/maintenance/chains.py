"""Chains: the events of dossiers and the logs, each entry with the hash of the one before it, and what follows from
them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import BrokenChainError, Event, EventKind
from gehoor.core.dossier.events import verify as verify_chain
from gehoor.core.dossier.halves import says_alone
from gehoor.core.dossier.log_chain import Chained, verify_entries
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.holding import LOGS, Held
from gehoor.services.maintenance.register_reading import Reading
from gehoor.services.ports.store import DamagedError, Document, StoreUnavailableError
from gehoor.services.records.ledger_entries import FILES, REGISTER, Name, chain_value, count_in, last_of
from gehoor.services.register.register import Register
from gehoor.services.retention.erasing import file_ids

_REWRITTEN: Final = "rewritten"


@dataclass
class Chains:
    """What is wrong with the chains of a register that was read and held against its ledger."""

    reading: Reading
    held: Held
    _named: dict[str, set[str]] = field(default_factory=dict)
    """Dossiers of which the events are sound, and the ids of the files that their answers name."""
    _related: dict[str, Dossier] = field(default_factory=dict)
    """Those of them that say to belong with another, without what this needs not."""

    def __post_init__(self) -> None:
        self._register = Register(self.reading.tables)

    def of_dossiers(self) -> Iterator[Finding]:
        """Say which dossiers have other events than were written."""
        for dossier, whole in self.reading.dossiers.items():
            if whole and (found := self._of_dossier(dossier)):
                yield found

    def files(self) -> Iterator[Finding]:
        """Say which files are not named by the dossier that they belong to, and which are named and gone. Asks for
        ``of_dossiers`` first."""
        kept, keys = self.held.files, self.reading.keys
        for file, dossier in kept.items():
            if file not in self._named.get(dossier, (file,)):
                yield Finding(Kind.ORPHAN, FILES, file, f"events {dossier}")
            yield from self.held.gone_of_file(dossier, file, keys)
        for dossier, files in self._named.items():
            for file in sorted(files - kept.keys()):
                yield from self.held.gone_of_file(dossier, file, keys)

    def halves(self) -> Iterator[Finding]:
        """Say which dossiers belong with another that does not say so. Asks for ``of_dossiers`` first."""
        for one in self._related.values():
            for other in sorted(one.relations.named & self._named.keys()):
                there = self._related.get(other) or self._register.dossier(other)
                if one.frozen is None and there.frozen is None and says_alone(one, there):
                    yield Finding(Kind.HALF, "events", one.id, there.number)

    def logs(self, lost: Collection[str]) -> Iterator[Finding]:
        """Say which logs are not as they were written. ``lost``: the dossiers of which no event is left."""
        for table, kind in LOGS.items():
            keys = {one.key for one in self.reading.findings if one.table == table}
            hurt, there = _about(table, keys), _about(table, self.reading.keys[table])
            gone = {
                about or name.partition("/")[2] for about, name in self.held.chains if _is_of(table, name)
            }
            for about in sorted((there | gone) - hurt - set(lost)):
                detail = self._log(table, about)
                if detail:
                    yield Finding(kind, table, about, detail)

    def summaries(self, told: Collection[tuple[str, str]]) -> Iterator[Finding]:
        """Say which dossiers lists do not know as they are; but for tables and keys that were told of already."""
        for dossier, whole in self.reading.dossiers.items():
            if not whole or ("dossiers", dossier) in told or ("events", dossier) in told:
                # Of what is damaged, nobody knows how lists have to know it.
                continue
            summary, pending = (self.reading.found(table, dossier) for table in ("dossiers", "pending"))
            last = last_of(self.reading.tables, "events", dossier)
            if pending is None and last and not _is_of_last(summary, last):
                yield Finding(Kind.SUMMARY, "dossiers", dossier)

    def _of_dossier(self, dossier: str) -> Finding | None:
        try:
            events = self._register.events(dossier)
            verify_chain(events)
            folded = fold(events)
            self._named[dossier] = set(file_ids(folded.values))
            if folded.frozen is not None or folded.relations.named:
                self._related[dossier] = replace(folded, values={}, history=(), conversation=(), letters=())
        except (BrokenChainError, StoreUnavailableError) as error:
            return Finding(Kind.CHAIN, "events", dossier, str(error))
        except (LookupError, TypeError, ValueError) as error:
            # Of a kind that nobody wrote.
            return Finding(Kind.CHAIN, "events", dossier, f"{type(error).__name__}: {error}")
        if self._is_rewritten((dossier, "events"), {one.sequence: one.hash for one in events}):
            return Finding(Kind.CHAIN, "events", dossier, _REWRITTEN)
        kind, detail = self._wrong((dossier, "events"))
        if kind is not None:
            return Finding(
                Kind.EVENTS_LOST if kind is Kind.MISSING else Kind.CHAIN, "events", dossier, detail
            )
        if not self._is_proven(events[-1]):
            return Finding(Kind.CHAIN, "retention", dossier, "anonymised")
        return None

    def _is_proven(self, last: Event) -> bool:
        """Say whether a dossier that was anonymised is what was left of it then, and any other was not anonymised."""
        record = self.reading.found("retention", last.dossier)
        proof = record.get("head") if record is not None and record.get("state") == "done" else None
        is_anonymised = last.kind is EventKind.ANONYMISED
        was_forgotten = last.dossier in self.held.entered.forgotten
        return proof == (last.hash if is_anonymised else None) and (is_anonymised or not was_forgotten)

    def _log(self, table: str, about: str) -> str:
        """Return what is wrong with a log; nothing: it is as it was written."""
        try:
            entries: Sequence[Chained] = (
                self._register.access_log(about)
                if table == "access_log"
                else self._register.account_log(about)
            )
            verify_entries(entries, about, given_up=f"{table}/{about}" in self.held.entered.places)
        except (BrokenChainError, DamagedError, TypeError) as error:
            return str(error)
        name = (about, table) if table == "access_log" else (REGISTER, f"{table}/{about}")
        if self._is_rewritten(name, {one.sequence: one.hash for one in entries}):
            return _REWRITTEN
        return self._wrong(name)[1]

    def _is_rewritten(self, name: Name, hashes: Mapping[int, str]) -> bool:
        """Say whether a chain was another once: it goes on, and never begins anew."""
        salt = self.held.salt_of(name[0])
        return salt is not None and any(
            chain_value(salt, {"sequence": count, "hash": hashes[count]}) != value
            for value in self.held.entered.heads.get(name, ())
            # With fewer than there were, that is told already; what was given up is not there.
            if (count := count_in(value)) in hashes
        )

    def _wrong(self, name: Name) -> tuple[Kind | None, str]:
        """Return in what a chain is not as it was entered, and how many there are of how many that were written, or in
        a word what it is."""
        if name in self.held.chains:
            kind, there, written = self.held.chains[name]
            return kind, f"{there}/{written}" if kind is Kind.MISSING else kind.value
        if name in self.held.entered.shortened:
            return Kind.MISSING, "{}/{}".format(*self.held.entered.shortened[name])
        return None, ""


def _is_of_last(summary: Document | None, last: Document) -> bool:
    """Say whether a summary was made after this event, as far as it tells: its hash stands in most."""
    return (
        summary is not None
        and summary.get("version") == last["sequence"]
        and summary.get("head") in (None, last["hash"])
    )


def _about(table: str, keys: Collection[str]) -> set[str]:
    return {key.partition("/")[0] if table == "access_log" else key.rpartition("/")[0] for key in keys}


def _is_of(table: str, name: str) -> bool:
    return name.partition("/")[0] == table
