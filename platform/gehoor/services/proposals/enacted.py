"""How what was published came about: who proposed it, who agreed with it and as what, and who let it come into force.

Those are three people, or two: who publishes something did not thereby agree with it, and whom the files name as having
agreed did so with what was in force when that was written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from gehoor.core.proposals.proposal import Deed, Entry, Proposal, State, proposal_of
from gehoor.services.ports.records import Publication
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody (their full name) agreed. ``roles``: as what their word counts, as it stood when they gave it
    (names); ``at``: when (UTC text)."""

    who: str
    roles: tuple[str, ...]
    at: str
    wrote: bool
    """Whether they wrote in it themselves: that approves nothing."""


@dataclass(frozen=True, slots=True)
class Enacted:
    """How a publication came about. Without a proposal (``proposal`` is empty) nothing is known but what was noted when
    it was published (``noted``)."""

    proposal: str = ""
    proposed_by: tuple[str, ...] = ()
    agreed: tuple[Consent, ...] = ()
    named: tuple[str, ...] = ()
    """Whom its files name as having agreed, where they first said so with this publication."""
    published_by: str = ""
    noted: str = ""

    @property
    def agreed_by(self) -> tuple[str, ...]:
        """Return who agreed; empty: nobody else than who published it."""
        return tuple(dict.fromkeys((*self.named, *(one.who for one in self.agreed))))


@dataclass
class PastProposals:
    """The proposals of an organisation that were published, each read once, and only where one is asked for."""

    register: Register
    staff: Staff
    organisation: str
    _by_instant: dict[str, list[str]] | None = None
    _found: dict[tuple[str, str], Enacted] = field(default_factory=dict)

    def of(self, publication: Publication) -> Enacted:
        """Return how a publication came about."""
        key = publication.sources, publication.published_at
        if key not in self._found:
            self._found[key] = self._enacted(publication)
        return self._found[key]

    def _enacted(self, publication: Publication) -> Enacted:
        if publication.sources:
            for proposal in self._published_at(publication.published_at):
                # One that is damaged tells nothing; what was noted is left.
                with suppress(DamagedError, UnknownProposalError, ValueError):
                    entries = self.register.entries(proposal)
                    last = entries[-1]
                    if last.deed == Deed.PUBLISHED and last.data.get("tree") == publication.sources:
                        return self._told(proposal_of(entries), entries, publication)
        return Enacted(noted=publication.by)

    def _published_at(self, instant: str) -> list[str]:
        if self._by_instant is None:
            self._by_instant = {}
            for one in self.register.proposals([self.organisation], [State.PUBLISHED.value]):
                # Nothing happens to a proposal any more once it was published.
                self._by_instant.setdefault(one.changed_at, []).append(one.id)
        return self._by_instant.get(instant, [])

    def _told(self, proposal: Proposal, entries: list[Entry], publication: Publication) -> Enacted:
        name = self.staff.full_name
        last = entries[-1]
        roles = {one.by: tuple(one.data.get("roles", ())) for one in entries if one.deed == Deed.AGREED}
        agreed = tuple(
            Consent(name(one), roles.get(one, ()), at, one in proposal.authors)
            for one, at in proposal.agreed.items()
        )
        people = (*(one.who for one in agreed), name(last.by))
        return Enacted(
            proposal.id,
            tuple(map(name, proposal.authors or (proposal.begun_by,))),
            agreed,
            _named(last.data, publication, people),
            name(last.by),
            publication.by,
        )


def _named(
    published: Mapping[str, object], publication: Publication, people: tuple[str, ...]
) -> tuple[str, ...]:
    """Return whom the files named anew. Of before that was kept by itself it is what was noted beside the people."""
    if isinstance(named := published.get("named"), list):
        return tuple(map(str, named))
    return tuple(one for one in publication.by.split(", ") if one and one not in people)
