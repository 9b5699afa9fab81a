"""Publishing a proposal: what it holds comes into force, once who has to agree agrees with exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.proposal import Deed, Entry, Proposal
from gehoor.core.proposals.sources import department_of, organisation_of
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.agreements.publishing import (
    Published,
    Validity,
    is_new,
    keep_published,
    prepared,
)
from gehoor.services.ports.drafting import Drafter, Judged, Told
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.approving import missing_approvals
from gehoor.services.proposals.changing import ClosedProposalError
from gehoor.services.proposals.discussing import OtherFilesError
from gehoor.services.proposals.looking import overtaken, seen_rights
from gehoor.services.proposals.outlook import ended_departments, publishables, unfinished
from gehoor.services.proposals.rights import MakingRights, MayNotError, NoAgreementsError
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime


class UnsoundError(Exception):
    """Files with a mistake in them are not published."""

    def __init__(self, judged: Judged) -> None:
        super().__init__("unsound")
        self.judged = judged


class UnfinishedError(Exception):
    """Something in the files is still to be written, and nobody said that it is to be published so.
    ``lines``: where."""

    def __init__(self, lines: tuple[Told, ...]) -> None:
        super().__init__("unfinished")
        self.lines = lines


class NothingNewError(Exception):
    """A proposal says what is in force, sign for sign: there is nothing to publish."""


class OvertakenError(Exception):
    """Something else was published since the proposal began: that is to be taken over first."""


class NotApprovedError(Exception):
    """Somebody else has to approve first. ``missing``: each department, with the roles that can (names)."""

    def __init__(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


NOW: Final = Validity()


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to publish: a proposal with exactly the files that they read (``tree``), and from when on.
    ``unfinished``: also with texts that are still to be written."""

    proposal: str
    tree: str
    validity: Validity = NOW
    unfinished: bool = False


def publish_proposal(
    runtime: Runtime, drafter: Drafter, wanted: Wanted, actor: Actor, now: datetime
) -> list[Published]:
    """Let a proposal come into force, for all departments that it changes or for none.

    Raises ``NoAgreementsError``, ``MayNotError``, ``ClosedProposalError``, ``OtherFilesError``, ``OvertakenError``,
    ``UnsoundError``, ``UnfinishedError``, ``NothingNewError``, ``NotApprovedError``, ``TooHeavySourcesError``, and as
    ``publish`` does.
    """
    with reading(runtime.store) as register:
        found, _ = _judged_open(runtime, register, wanted, actor, now)
        sources = register.sources(found.tree)
    # Outside the transaction: reading files takes a while, and others want to write.
    judged = drafter.judge(sources, found.organisation)
    if not judged.is_sound:
        raise UnsoundError(judged)
    if not wanted.unfinished and (lines := unfinished(judged)):
        raise UnfinishedError(lines)
    offered = prepared(runtime, publishables(found.organisation, judged), wanted.validity, now)
    with writing(runtime.store) as register:
        found, rights = _judged_open(runtime, register, wanted, actor, now)
        if found.tree == register.tree_in_force(found.organisation):
            raise NothingNewError
        closed = ended_departments(register, found.organisation, judged, now)
        offered = [one for one in offered if one[0].department not in closed]
        # As what is in force says: what is offered gives nobody a right to offer it.
        changed = [
            one.department for one, agreement in offered if _is_new(register, agreement, wanted.validity, now)
        ]
        _refuse_unapproved(runtime, register, found, rights, changed, now)
        told = [agreement for one, agreement in offered if one.department in changed]
        named = _named_anew(runtime, register, told, now)
        by = _by(runtime, register, found, named, (actor, now))
        trees = {found.organisation: found.tree}
        published = keep_published(register, offered, now, by, wanted.validity, trees)
        start = wanted.validity.valid_from
        data = {
            "tree": found.tree,
            "valid_from": start.isoformat() if start else "",
            "named": list(named),
        }
        register.add_entry(
            Entry(
                found.id,
                found.version + 1,
                instant_text(now),
                name_of(actor),
                Deed.PUBLISHED.value,
                data,
            )
        )
    return published


def _is_new(register: Register, agreement: Agreement, validity: Validity, now: datetime) -> bool:
    earlier = register.publications(agreement.organisation, agreement.department)
    return is_new(earlier, agreement, validity, now)


def _judged_open(
    runtime: Runtime, register: Register, wanted: Wanted, actor: Actor, now: datetime
) -> tuple[Proposal, MakingRights]:
    try:
        found = register.proposal(wanted.proposal)
    except UnknownProposalError as error:
        raise NoAgreementsError(wanted.proposal) from error
    rights = seen_rights(runtime, register, found.organisation, actor, now)
    if not rights.any(Action.PUBLISH):
        raise MayNotError(Action.PUBLISH)
    if not found.is_open:
        raise ClosedProposalError(found.id)
    if found.tree != wanted.tree:
        raise OtherFilesError(found.id)
    if overtaken(register, found):
        raise OvertakenError(found.id)
    organisations = {one for one, _ in register.published_departments()} | {found.organisation}
    before, after = register.tree(found.base), register.tree(found.tree)
    for file in sorted({*before, *after}):
        if before.get(file) != after.get(file) and not _may_publish(rights, file, organisations):
            raise MayNotError(Action.PUBLISH, file)
    return found, rights


def _may_publish(rights: MakingRights, file: str, organisations: Iterable[str]) -> bool:
    if rights.covers(Action.PUBLISH, file, organisations):
        return True
    # What organisations share was changed by who may change it; who publishes has only this organisation to answer for.
    shared = organisation_of(file, organisations) is None and department_of(file) is None
    return shared and rights.everywhere(Action.PUBLISH)


def _refuse_unapproved(
    runtime: Runtime,
    register: Register,
    found: Proposal,
    rights: MakingRights,
    changed: Sequence[str],
    now: datetime,
) -> None:
    if others := [one for one in changed if not rights.within(Action.PUBLISH, one)]:
        raise MayNotError(Action.PUBLISH, f"{found.organisation}/{others[0]}")
    if missing := missing_approvals(runtime, register, found, changed, now):
        raise NotApprovedError(missing)


def _named_anew(
    runtime: Runtime, register: Register, offered: Iterable[Agreement], now: datetime
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one for agreement in offered for one in _agreed_anew(runtime, register, agreement, now))
    )


def _by(
    runtime: Runtime,
    register: Register,
    found: Proposal,
    named: Iterable[str],
    who: tuple[Actor, datetime],
) -> str:
    """Return who agreed, as it stands with the publication for good: whom the files name, where they say so anew, and
    by name who agreed here. Who published it stands there where nobody else agreed: it is what they decided alone."""
    actor, now = who
    staff = runtime.staff.of(register, now)
    agreed = tuple(dict.fromkeys((*named, *map(staff.full_name, found.agreed))))
    return ", ".join(agreed or (staff.full_name(name_of(actor)),))


def _agreed_anew(
    runtime: Runtime, register: Register, agreement: Agreement, now: datetime
) -> tuple[str, ...]:
    """Return by whom files say that this was agreed; nobody where they say no more than what is in force: that was
    written about something else."""
    try:
        before = runtime.library.in_force(
            register, agreement.organisation, agreement.department, now
        ).complaint
    except (NothingPublishedError, DamagedError):
        return agreement.complaint.agreed_by
    after = agreement.complaint
    same = (before.agreed_by, before.agreed_on) == (after.agreed_by, after.agreed_on)
    return () if same else after.agreed_by
