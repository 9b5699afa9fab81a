"""Proposals in the register, and the files that agreements are made from: each content once."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
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
        """Keep files, what is there already once; return the digest of their tree. What was damaged is kept anew."""
        tree = tree_of(sources)
        for file, content in sources.items():
            self._keep("sources", tree[file], _document(content))
        digest = tree_digest(tree)
        self._keep("source_trees", digest, {"files": tree})
        return digest

    def _keep(self, table: str, digest: str, document: Document) -> None:
        if self._found(table, digest) != document:
            self.tables.put(table, digest, document)

    def enter_into_force(self, organisation: str, tree: str) -> None:
        """Keep which tree of files the agreements of an organisation were last published from."""
        self.save_setting(f"{_IN_FORCE}{organisation}", tree)

    def enter_without_tree(self, organisation: str) -> None:
        """Keep that the agreements of an organisation were last published without their files."""
        name = f"{_IN_FORCE}{organisation}"
        document = self._found("settings", name)
        if document is None or document["value"]:
            self.save_setting(name, "")

    def tree_in_force(self, organisation: str) -> str:
        """Return the tree that the agreements of an organisation were last published from; empty where none was kept.
        Where what says so is lost, the last publication does. Raises ``DamagedError``."""
        try:
            found = self.setting(f"{_IN_FORCE}{organisation}")
        except DamagedError:
            found = None
        return self._published_tree(organisation) if found is None else found

    def _published_tree(self, organisation: str) -> str:
        found = [one for place in self._departments(organisation) for one in self.publications(*place)]
        return max(found, key=lambda one: (one.published_at, bool(one.sources))).sources if found else ""

    def publications_of(self, organisation: str) -> str:
        """Return what was published for an organisation, as a text that differs after each publication: the same while
        one of those is damaged."""
        places = self._departments(organisation)
        return " ".join(f"{name[1]}:{self.published_last(*name)}" for name in places)

    def _departments(self, organisation: str) -> list[tuple[str, str]]:
        return [one for one in self.published_departments() if one[0] == organisation]

    def mend_proposals(self) -> list[str]:
        """Make again what lists show of proposals from what happened to them, and what says which files are in force
        from what was published; return what was damaged or gone (table/key)."""
        mended = []
        for proposal in {key.partition("/")[0] for key, _ in self.tables.scan("proposal_log")}:
            with suppress(DamagedError, UnknownProposalError):
                summary, before = _summary(self.proposal(proposal)), self._found("proposals", proposal)
                if before != summary:
                    self.tables.put("proposals", proposal, summary)
                    # A line of before versions were kept only learns its own.
                    if before is None or {**before, "version": summary["version"]} != summary:
                        mended.append(f"proposals/{proposal}")
        for organisation in sorted({one for one, _ in self.published_departments()}):
            name = f"{_IN_FORCE}{organisation}"
            try:
                self.setting(name)
            except DamagedError:
                with suppress(DamagedError):
                    self.save_setting(name, self._published_tree(organisation))
                    mended.append(f"settings/{name}")
        return mended

    def _found(self, table: str, key: str) -> Document | None:
        try:
            return self.tables.get(table, key)
        except DamagedError:
            return None

    def tree(self, digest: str) -> Tree:
        """Return a tree that was kept; of no tree there are no files. Raises ``DamagedError``, also when it is gone."""
        if not digest:
            return {}
        found = self._sound("source_trees", digest)
        files: dict[str, str] = found["files"]
        return files

    def sources(self, digest: str) -> dict[str, bytes]:
        """Return the files of a tree that was kept. Raises ``DamagedError``, also when one of them is gone."""
        return {file: self.source(one) for file, one in self.tree(digest).items()}

    def source(self, digest: str) -> bytes:
        """Return what is in a file that was kept. Raises ``LookupError`` and ``DamagedError``."""
        return content_of(self._sound("sources", digest))

    def add_entry(self, entry: Entry) -> Proposal:
        """Keep that something happened to a proposal, and return it as it is then. Raises ``ProposalChangedError`` when
        something else happened in between, and ``DamagedError`` where what happened after that is gone."""
        self._refuse_shortened(entry.proposal, entry.sequence - 1)
        try:
            self.tables.insert(
                "proposal_log", event_key(entry.proposal, entry.sequence), _entry_document(entry)
            )
        except DuplicateKeyError as error:
            raise ProposalChangedError(entry.proposal) from error
        proposal = self.proposal(entry.proposal)
        self.tables.put("proposals", proposal.id, _summary(proposal))
        return proposal

    def entries(self, proposal: str) -> list[Entry]:
        """Return what happened to a proposal, in order. Raises ``UnknownProposalError`` and ``DamagedError``."""
        found = self.tables.select("proposal_log", where={"proposal": proposal}, order_by=("sequence",))
        if not found:
            raise UnknownProposalError(proposal)
        self._refuse_shortened(proposal, len(found))
        if [one["sequence"] for one in found] != list(range(1, len(found) + 1)):
            raise DamagedError(f"{proposal} has a gap", "proposal_log", proposal)
        return [from_document(Entry, one) for one in found]

    def _refuse_shortened(self, proposal: str, version: int) -> None:
        """Refuse a proposal to which more happened than is there, as lists know: without the last, what was withdrawn
        would hold again. Raises ``DamagedError``."""
        line = self._found("proposals", proposal)
        if line is not None and int(line.get("version") or 0) > version:
            key = event_key(proposal, version + 1)
            if self.tables.get("proposal_log", key) is None:
                raise DamagedError(f"{key} is gone", "proposal_log", key)

    def proposal(self, proposal: str) -> Proposal:
        """Return a proposal. Raises ``UnknownProposalError`` and ``DamagedError``."""
        entries = self.entries(proposal)
        try:
            return proposal_of(entries)
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedError(f"{proposal} does not add up", "proposal_log", proposal) from error

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
            raise DamagedError(f"{table} {digest} is gone", table, digest)
        if out_of_place(table, digest, found):
            raise DamagedError(f"{table} {digest} is another", table, digest)
        return found


def _summary(one: Proposal) -> Document:
    return to_document(
        ProposalSummary(
            one.id,
            one.organisation,
            one.title,
            one.state.value,
            one.begun_by,
            one.begun_at,
            one.changed_at,
            one.version,
        )
    )


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
