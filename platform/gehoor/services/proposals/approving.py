"""Who approves a proposal, and who lets it come into force: as the agreements in force say, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.proposals.rights import (
    EVERY_ORGANISATION,
    agreements_made,
    approvers_named,
    making_rights,
)
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


def missing_approvals(
    runtime: Runtime, register: Register, proposal: Proposal, departments: Iterable[str], now: datetime
) -> dict[str, tuple[str, ...]]:
    """Return the departments, of those that change, that somebody has to approve first, with the roles that can. Who
    changed something in it does not approve it, with none of their accounts, nor who acts by their choice. One that is
    not in force is approved by who approves for the organisation: in each department that asks it."""
    named = approvers_named(runtime, register, proposal.organisation, now)
    staff = runtime.staff.of(register, now)
    authors = {account for one in proposal.authors for account in staff.accounts_of(one)}
    approving = [
        making_rights(runtime, register, proposal.organisation, one, now, authors)
        for one in proposal.agreed
        if one not in authors
    ]
    known = making_rights(runtime, register, proposal.organisation, Operator(""), now).departments
    open_ = {one for one in named if not any(rights.approves(one) for rights in approving)}
    missing = {one: open_ & {one} if one in known else open_ for one in departments}
    return {
        department: tuple(dict.fromkeys(role for other in sorted(others) for role in named[other]))
        for department, others in missing.items()
        if others
    }


def approving_roles(
    runtime: Runtime, register: Register, proposal: Proposal, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Return the roles (names) by which somebody approves a proposal; none where they wrote in it, or nobody asked
    their role."""
    staff = runtime.staff.of(register, now)
    authors = {account for one in proposal.authors for account in staff.accounts_of(one)}
    if isinstance(actor, Operator) or actor in authors:
        return ()
    rights = making_rights(runtime, register, proposal.organisation, actor, now, authors)
    holders = staff.holders(proposal.organisation).chosen_by_others_than(authors)
    found: dict[str, None] = {}
    for one in agreements_made(runtime, register, proposal.organisation, now):
        if rights.approves(one.department):
            acting = holders.roles_of(one, actor)
            named = [role for role in one.rights.get(Action.APPROVE, ()) if role in acting]
            found.update(dict.fromkeys(one.roles[role].name for role in named if role in one.roles))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Who has a part in letting a proposal come into force, by account, as the agreements in force say."""

    publish: tuple[str, ...] = ()
    """Who may publish all that it changes."""
    approve: tuple[str, ...] = ()
    """Of whom the approval that is missing can come."""
    wrote: tuple[str, ...] = ()
    """Who might approve, had they not written in it themselves."""
    asked: bool = False
    """Whether somebody else has to approve at all."""


def who_agrees(
    runtime: Runtime,
    register: Register,
    proposal: Proposal,
    departments: Iterable[str],
    missing: Iterable[str],
    now: datetime,
) -> Agreeing:
    """Return who has a part in a proposal that changes departments, of which some miss an approval."""
    staff = runtime.staff.of(register, now)
    authors = {account for one in proposal.authors for account in staff.accounts_of(one)}
    changed, lacking = list(departments), set(missing)
    named = approvers_named(runtime, register, proposal.organisation, now)
    publish, approve, wrote = list[str](), list[str](), list[str]()
    for name in _candidates(runtime, register, proposal.organisation, staff, now):
        rights = making_rights(runtime, register, proposal.organisation, name, now)
        if rights.any(Action.PUBLISH) and all(rights.within(Action.PUBLISH, one) for one in changed):
            publish.append(name)
        # One that is not in force is approved by who approves elsewhere in the organisation.
        approving = making_rights(runtime, register, proposal.organisation, name, now, authors)
        if lacking and any(map(approving.approves, (lacking & named.keys()) or named)):
            (wrote if name in authors else approve).append(name)
    return Agreeing(tuple(publish), tuple(approve), tuple(wrote), bool(named))


def _candidates(
    runtime: Runtime, register: Register, organisation: str, staff: Staff, now: datetime
) -> Iterator[str]:
    """Yield the accounts that may have such a right: by a role, also one that they deputise for, or as coordinator."""
    holders = staff.holders(organisation)
    acting = {
        name
        for agreement in agreements_made(runtime, register, organisation, now)
        for action in (Action.APPROVE, Action.PUBLISH)
        for role in agreement.rights.get(action, ())
        for name in holders.acting(agreement, role)[1]
    }
    for name, account in sorted(staff.accounts.items()):
        if account.active and (
            name in acting or not {organisation, EVERY_ORGANISATION}.isdisjoint(account.coordinates)
        ):
            yield name
