"""Looking at proposals, and at the files that they start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.roles import holds_role
from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.proposal import Entry, Proposal, State
from gehoor.services.access.authorisation import Actor
from gehoor.services.ports.drafting import Judged
from gehoor.services.ports.records import ProposalSummary
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.rights import MakingRights, NoAgreementsError, makers_of, making_rights
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class SeenProposal:
    """A proposal as somebody sees it: its files now, those it started from, what happened, and what they may do."""

    proposal: Proposal
    sources: Mapping[str, bytes]
    base: Mapping[str, bytes]
    entries: tuple[Entry, ...]
    rights: MakingRights
    is_overtaken: bool
    """Whether something else was published since it began."""


def see_proposal(runtime: Runtime, proposal: str, actor: Actor, now: datetime) -> SeenProposal:
    """Return a proposal as somebody sees it. Raises ``NoAgreementsError`` and ``DamagedError``."""
    with reading(runtime.store) as register:
        entries = _entries(register, proposal)
        found = register.proposal(proposal)
        rights = seen_rights(runtime, register, found.organisation, actor, now)
        return SeenProposal(
            found,
            register.sources(found.tree),
            register.sources(found.base),
            tuple(entries),
            rights,
            found.is_open and _seems_overtaken(register, found),
        )


def overtaken(register: Register, proposal: Proposal) -> bool:
    """Say whether something else was published since a proposal began, also without its files. Raises
    ``DamagedError``."""
    organisation = proposal.organisation
    return (
        register.tree_in_force(organisation) != proposal.base
        or register.publications_of(organisation) != proposal.published
    )


def _seems_overtaken(register: Register, proposal: Proposal) -> bool:
    # What is damaged keeps nobody from reading on; whoever publishes asks again.
    with suppress(DamagedError):
        return overtaken(register, proposal)
    return False


@dataclass(frozen=True)
class Waiting:
    """The open proposals that somebody is to do something with, as lists show them, the last changed first.

    ``to_approve``: they may approve them, and did not write or approve yet; ``approved``: they changed something in
    them, and somebody else approved them as they are now.
    """

    to_approve: tuple[ProposalSummary, ...] = ()
    approved: tuple[ProposalSummary, ...] = ()


def waiting_for(runtime: Runtime, name: str, now: datetime) -> Waiting:
    """Return the proposals that wait for somebody."""
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now)
        makers = {one.organisation: one for one in makers_of(runtime, register, name, now)}
        open_ = register.proposals(list(makers), [State.OPEN.value])
        mine = staff.accounts_of(name)
        to_approve, approved = set[str](), set[str]()
        for one in _sound(register, open_):
            rights = makers[one.organisation]
            wrote = not mine.isdisjoint(one.authors)
            if wrote and _is_approved(runtime, register, one, now):
                approved.add(one.id)
            if wrote or not one.authors or name in one.agreed:
                continue
            if any(map(rights.approves, rights.departments)):
                authors = {account for author in one.authors for account in staff.accounts_of(author)}
                rights = making_rights(runtime, register, one.organisation, name, now, authors)
                if any(map(rights.approves, rights.departments)):
                    to_approve.add(one.id)
    return Waiting(
        tuple(one for one in open_ if one.id in to_approve), tuple(one for one in open_ if one.id in approved)
    )


def awaiting(runtime: Runtime, name: str, now: datetime) -> frozenset[str]:
    """Return the open proposals that somebody may approve, and did not write or approve yet."""
    return frozenset(one.id for one in waiting_for(runtime, name, now).to_approve)


def _is_approved(runtime: Runtime, register: Register, proposal: Proposal, now: datetime) -> bool:
    """Say whether somebody who did not write in a proposal approved it, in a department at least."""
    staff = runtime.staff.of(register, now)
    authors = {account for one in proposal.authors for account in staff.accounts_of(one)}
    approving = (
        making_rights(runtime, register, proposal.organisation, one, now, authors)
        for one in proposal.agreed
        if one not in authors
    )
    return any(rights.approves(department) for rights in approving for department in rights.departments)


@dataclass(frozen=True)
class Vacancy:
    """A role (its name) that nobody who can sign in has. ``departments``: where; empty: nowhere is there anybody."""

    role: str
    departments: tuple[str, ...]


def vacant_roles(runtime: Runtime, organisation: str, judged: Judged) -> list[Vacancy]:
    """Return the roles that files give, and that nobody has in some department or in any."""
    with reading(runtime.store) as register:
        held = [role for one in register.accounts() if one.active for role in one.all_roles]
    known: dict[str, dict[str, bool]] = {}
    for department in judged.departments:
        for role, one in department.document["roles"].items():
            of_role = known.setdefault(one["name"], {})
            of_role[department.name] = holds_role(held, organisation, department.name, role)
    return [
        Vacancy(
            role, tuple(name for name, is_held in of_role.items() if not is_held and any(of_role.values()))
        )
        for role, of_role in known.items()
        if not all(of_role.values())
    ]


def sources_seen(runtime: Runtime, seen: SeenProposal, tree: str) -> Mapping[str, bytes]:
    """Return the files as somebody saw them: of a tree that the proposal went through, else those that it has now."""
    if tree == seen.proposal.tree or tree not in seen.proposal.trees:
        return seen.sources
    with reading(runtime.store) as register:
        return register.sources(tree)


@dataclass(frozen=True)
class InForceFiles:
    """The files that what is in force was made from, and what somebody may do with them. ``open``: the proposals of the
    organisation that are open, the last changed first."""

    sources: Mapping[str, bytes]
    rights: MakingRights
    organisations: frozenset[str]
    open: tuple[ProposalSummary, ...]

    def may_change(self, file: str) -> bool:
        """Say whether they may propose another content of a file."""
        return self.rights.covers(Action.PROPOSE, file, self.organisations)


def files_in_force(runtime: Runtime, organisation: str, actor: Actor, now: datetime) -> InForceFiles:
    """Return the files of what is in force, as somebody may change them. Raises ``NoAgreementsError``; without
    ``sources`` they were never kept here."""
    with reading(runtime.store) as register:
        rights = seen_rights(runtime, register, organisation, actor, now)
        tree = register.tree_in_force(organisation)
        return InForceFiles(
            register.sources(tree) if tree else {},
            rights,
            frozenset({one for one, _ in register.published_departments()} | {organisation}),
            tuple(register.proposals([organisation], [State.OPEN.value])),
        )


def seen_rights(
    runtime: Runtime, register: Register, organisation: str, actor: Actor, now: datetime
) -> MakingRights:
    """Return what somebody may do with agreements. Raises ``NoAgreementsError`` where they see none."""
    rights = making_rights(runtime, register, organisation, actor, now)
    if not rights.reads():
        raise NoAgreementsError(organisation)
    return rights


def open_proposals(runtime: Runtime, actor: Actor, now: datetime) -> list[ProposalSummary]:
    """Return the open proposals that somebody sees, the last changed first."""
    return proposals(runtime, actor, now, (State.OPEN,))


def proposals(
    runtime: Runtime, actor: Actor, now: datetime, states: tuple[State, ...] = tuple(State)
) -> list[ProposalSummary]:
    """Return the proposals that somebody sees, the last changed first."""
    with reading(runtime.store) as register:
        mine = [one.organisation for one in makers_of(runtime, register, actor, now)]
        return register.proposals(mine, [one.value for one in states])


def _sound(register: Register, summaries: Iterable[ProposalSummary]) -> Iterator[Proposal]:
    """Yield proposals, without those that are damaged."""
    for one in summaries:
        with suppress(DamagedError, UnknownProposalError):
            yield register.proposal(one.id)


def _entries(register: Register, proposal: str) -> list[Entry]:
    try:
        return register.entries(proposal)
    except UnknownProposalError as error:
        raise NoAgreementsError(proposal) from error
