"""Proposals in the register, and the files that agreements are made from: each content once."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.proposals.proposal import Entry, Proposal, proposal_of
from gehoor.core.proposals.sources import Sources, Tree, tree_digest, tree_of
from gehoor.services.ports.records import ProposalSummary, from_document, to_document
from gehoor.services.ports.store import DamagedError, Document, DuplicateKeyError, Where
from gehoor.services.records.agreement_records import AgreementRecords
from gehoor.services.records.keys import content_of, event_key, out_of_place

_IN_FORCE: Final = "sources/"


class UnknownProposalError(LookupError):
    """There is no such proposal."""


class ProposalChangedError(Exception):
    """Somebody else did something with a proposal in between."""


@dataclass(frozen=True)
class ProposalRecords(AgreementRecords):
    """The proposals and sources inside one transaction."""

    def save_sources(self, sources: Sources) -> str:
        """Keep files, what is there already once; return the digest of their tree."""
        tree = tree_of(sources)
        for file, content in sources.items():
            if self.tables.get("sources", tree[file]) is None:
                self.tables.insert("sources", tree[file], _document(content))
        digest = tree_digest(tree)
        if self.tables.get("source_trees", digest) is None:
            self.tables.insert("source_trees", digest, {"files": tree})
        return digest

    def enter_into_force(self, organisation: str, tree: str) -> None:
        """Keep which tree of files the agreements of an organisation were last published from."""
        self.save_setting(f"{_IN_FORCE}{organisation}", tree)

    def tree_in_force(self, organisation: str) -> str:
        """Return the tree that the agreements of an organisation were last published from; empty where none was kept.
        Raises ``DamagedError``."""
        return self.setting(f"{_IN_FORCE}{organisation}") or ""

    def tree(self, digest: str) -> Tree:
        """Return a tree that was kept. Raises ``LookupError`` and ``DamagedError``."""
        found = self._sound("source_trees", digest)
        files: dict[str, str] = found["files"]
        return files

    def sources(self, digest: str) -> dict[str, bytes]:
        """Return the files of a tree that was kept. Raises ``LookupError`` and ``DamagedError``."""
        return {file: self.source(one) for file, one in self.tree(digest).items()}

    def source(self, digest: str) -> bytes:
        """Return what is in a file that was kept. Raises ``LookupError`` and ``DamagedError``."""
        return content_of(self._sound("sources", digest))

    def add_entry(self, entry: Entry) -> Proposal:
        """Keep that something happened to a proposal, and return it as it is then. Raises ``ProposalChangedError`` when
        something else happened in between."""
        try:
            self.tables.insert(
                "proposal_log", event_key(entry.proposal, entry.sequence), _entry_document(entry)
            )
        except DuplicateKeyError as error:
            raise ProposalChangedError(entry.proposal) from error
        entries = self.entries(entry.proposal)
        proposal = proposal_of(entries)
        summary = ProposalSummary(
            proposal.id,
            proposal.organisation,
            proposal.title,
            proposal.state.value,
            entries[0].by,
            proposal.begun_at,
            proposal.changed_at,
        )
        self.tables.put("proposals", proposal.id, to_document(summary))
        return proposal

    def entries(self, proposal: str) -> list[Entry]:
        """Return what happened to a proposal, in order. Raises ``UnknownProposalError`` and ``DamagedError``."""
        found = self.tables.select("proposal_log", where={"proposal": proposal}, order_by=("sequence",))
        if not found:
            raise UnknownProposalError(proposal)
        if [one["sequence"] for one in found] != list(range(1, len(found) + 1)):
            raise DamagedError(f"{proposal} has a gap", "proposal_log", proposal)
        return [from_document(Entry, one) for one in found]

    def proposal(self, proposal: str) -> Proposal:
        """Return a proposal. Raises ``UnknownProposalError`` and ``DamagedError``."""
        return proposal_of(self.entries(proposal))

    def proposals(self, organisations: Iterable[str], states: Iterable[str]) -> list[ProposalSummary]:
        """Return the proposals of organisations that stand so, the last changed first."""
        where = Where({"organisation": sorted(organisations), "state": sorted(states)}, sound_only=True)
        found = [from_document(ProposalSummary, one) for one in self.tables.select("proposals", where=where)]
        return sorted(found, key=lambda one: one.changed_at, reverse=True)

    def organisations_with_proposals(self) -> list[str]:
        """Return the organisations for which something was ever proposed, also of what nothing came."""
        found = self.tables.select("proposals", where=Where(sound_only=True))
        return sorted({one["organisation"] for one in found})

    def _sound(self, table: str, digest: str) -> Document:
        found = self.tables.get(table, digest)
        if found is None:
            raise LookupError(digest)
        if out_of_place(table, digest, found):
            raise DamagedError(f"{table} {digest} is another", table, digest)
        return found


def _document(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return {"base64": b64encode(content).decode("ascii")}
    return {"text": text}


def _entry_document(entry: Entry) -> dict[str, Any]:
    return {**to_document(entry), "data": dict(entry.data)}
