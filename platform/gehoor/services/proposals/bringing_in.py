"""Publishing a proposal: what it holds comes into force, once who has to agree agrees with exactly that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.proposal import Deed, Entry, Proposal
from gehoor.core.proposals.sources import department_of, organisation_of
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.agreements.comparison import Comparison, bereft, compare, in_force
from gehoor.services.agreements.ended import ended_among, no_longer_in_files
from gehoor.services.agreements.publishing import (
    Publishable,
    Published,
    Validity,
    is_new,
    keep_published,
    prepared,
)
from gehoor.services.ports.drafting import Drafter, Judged
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.changing import ClosedProposalError
from gehoor.services.proposals.discussing import OtherFilesError
from gehoor.services.proposals.looking import overtaken, seen_rights
from gehoor.services.proposals.rights import (
    MakingRights,
    MayNotError,
    NoAgreementsError,
    approvers_named,
    making_rights,
)
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import planned


class UnsoundError(Exception):
    """Files with a mistake in them are not published."""

    def __init__(self, judged: Judged) -> None:
        super().__init__("unsound")
        self.judged = judged


class OvertakenError(Exception):
    """Something else was published since the proposal began: that is to be taken over first."""


class NotApprovedError(Exception):
    """Somebody else has to approve first. ``missing``: each department, with the roles that can (names)."""

    def __init__(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Effect:
    """What publishing does for a department. ``difference``: with what is in force; None: nothing is."""

    department: str
    difference: Comparison | None
    bereft: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The roles (names) that are no more, each with who has it."""
    damaged: bool = False
    """Whether what is in force cannot be read."""


@dataclass(frozen=True)
class Outlook:
    """What a proposal would come to. ``judged``: what is said of its files; ``missing``: who has to approve first."""

    judged: Judged
    effects: tuple[Effect, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: tuple[str, ...] = ()
    """The departments among them that ended, and stay closed."""
    gone: tuple[str, ...] = ()
    """The departments that are no longer in the files, and stay in force: taking a file away ends nothing."""
    planned: Mapping[str, date] = field(default_factory=dict)
    """The departments for which something was published that comes into force on a later day: this takes its place,
    where it does so on that day or before."""

    @property
    def changed(self) -> tuple[Effect, ...]:
        """Return the departments for which something changes."""
        return tuple(one for one in self.effects if one.difference is None or not one.difference.equal)


def outlook(
    runtime: Runtime,
    drafter: Drafter,
    proposal: Proposal,
    sources: Mapping[str, bytes],
    now: datetime,
) -> Outlook:
    """Return what a proposal would come to. Raises ``TooHeavySourcesError``."""
    judged = drafter.judge(sources, proposal.organisation)
    if not judged.is_sound:
        return Outlook(judged)
    with reading(runtime.store) as register:
        ended = ended_departments(register, proposal.organisation, judged, now)
        present = [(proposal.organisation, one.name) for one in judged.departments]
        gone = no_longer_in_files(register, {proposal.organisation}, present, now)
    offered = [one for one in publishables(proposal.organisation, judged) if one.department not in ended]
    found = Outlook(
        judged,
        tuple(_effect(runtime, one, now) for one in offered),
        ended=tuple(ended),
        gone=tuple(name for _, name in gone),
    )
    with reading(runtime.store) as register:
        names = [one.department for one in found.changed]
        return replace(
            found,
            missing=missing_approvals(runtime, register, proposal, names, now),
            planned=_planned(register, proposal.organisation, [one.department for one in offered], now),
        )


def _planned(
    register: Register, organisation: str, departments: Iterable[str], now: datetime
) -> dict[str, date]:
    days = {one: planned(register.sound_publications(organisation, one), now) for one in departments}
    return {one: day for one, day in days.items() if day is not None}


def achieved(
    drafter: Drafter, proposal: Proposal, sources: Mapping[str, bytes], base: Mapping[str, bytes]
) -> Outlook:
    """Return what a proposal that is closed changed, or would have, to what was in force when it began. Raises
    ``TooHeavySourcesError``."""
    judged = drafter.judge(sources, proposal.organisation)
    earlier = drafter.judge(base, proposal.organisation) if base and judged.is_sound else None
    if earlier is None or not earlier.is_sound:
        return Outlook(judged)
    before = {one.name: build_agreement(one.document, one.places) for one in earlier.departments}
    after = {one.name: build_agreement(one.document, one.places) for one in judged.departments}
    return Outlook(
        judged,
        tuple(
            Effect(name, compare(before[name], agreement) if name in before else None)
            for name, agreement in after.items()
        ),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def ended_departments(register: Register, organisation: str, judged: Judged, now: datetime) -> list[str]:
    """Return the departments in files that ended: publishing a proposal opens none of them again."""
    places = [(organisation, one.name) for one in judged.departments]
    return [name for _, name in ended_among(register, places, now)]


def publishables(organisation: str, judged: Judged) -> list[Publishable]:
    """Return what files would publish."""
    return [Publishable(organisation, one.name, one.document, one.places) for one in judged.departments]


def _effect(runtime: Runtime, one: Publishable, now: datetime) -> Effect:
    try:
        before = in_force(runtime, one.organisation, one.department, now)
    except DamagedError:
        return Effect(one.department, None, damaged=True)
    after = build_agreement(one.document, one.places)
    if before is None:
        return Effect(one.department, None)
    with reading(runtime.store) as register:
        people = register.accounts()
    return Effect(one.department, _COMPARED.of(before, after), tuple(bereft(before, after, people)))


@dataclass
class _Compared:
    """What differs between agreements that were compared lately: who reads on asks it again and again."""

    found: OrderedDict[tuple[str, str], Comparison] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, before: Agreement, after: Agreement) -> Comparison:
        key = before.hash, after.hash
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        made = compare(before, after)
        with self.lock:
            self.found[key] = made
            while len(self.found) > _MOST_COMPARED:
                self.found.popitem(last=False)
        return made


_MOST_COMPARED: Final = 200
_COMPARED: Final = _Compared()


def missing_approvals(
    runtime: Runtime, register: Register, proposal: Proposal, departments: Iterable[str], now: datetime
) -> dict[str, tuple[str, ...]]:
    """Return the departments, of those that change, that somebody has to approve first, with the roles that can. Who
    changed something in it does not approve it, with none of their accounts. One that is not in force is approved by
    who approves for the organisation: in each department that asks it."""
    named = approvers_named(runtime, register, proposal.organisation, now)
    staff = runtime.staff.of(register, now)
    authors = {account for one in proposal.authors for account in staff.accounts_of(one)}
    approving = [
        making_rights(runtime, register, proposal.organisation, one, now)
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


NOW: Final = Validity()


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to publish: a proposal with exactly the files that they read (``tree``), and from when on."""

    proposal: str
    tree: str
    validity: Validity = NOW


def publish_proposal(
    runtime: Runtime, drafter: Drafter, wanted: Wanted, actor: Actor, now: datetime
) -> list[Published]:
    """Let a proposal come into force, for all departments that it changes or for none.

    Raises ``NoAgreementsError``, ``MayNotError``, ``ClosedProposalError``, ``OtherFilesError``, ``OvertakenError``,
    ``UnsoundError``, ``NotApprovedError``, ``TooHeavySourcesError``, and as ``publish`` does.
    """
    with reading(runtime.store) as register:
        found, _ = _judged_open(runtime, register, wanted, actor, now)
        sources = register.sources(found.tree)
    # Outside the transaction: reading files takes a while, and others want to write.
    judged = drafter.judge(sources, found.organisation)
    if not judged.is_sound:
        raise UnsoundError(judged)
    offered = prepared(runtime, publishables(found.organisation, judged), wanted.validity, now)
    with writing(runtime.store) as register:
        found, rights = _judged_open(runtime, register, wanted, actor, now)
        closed = ended_departments(register, found.organisation, judged, now)
        offered = [one for one in offered if one[0].department not in closed]
        # As what is in force says: what is offered gives nobody a right to offer it.
        changed = [
            one.department for one, agreement in offered if _is_new(register, agreement, wanted.validity, now)
        ]
        _refuse_unapproved(runtime, register, found, rights, changed, now)
        by = _by(runtime, register, found, actor, now)
        trees = {found.organisation: found.tree}
        published = keep_published(register, offered, now, by, wanted.validity, trees)
        start = wanted.validity.valid_from
        data = {"tree": found.tree, "valid_from": start.isoformat() if start else ""}
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


def _by(runtime: Runtime, register: Register, found: Proposal, actor: Actor, now: datetime) -> str:
    """Return who agreed, by name: as it stands with the publication for good."""
    staff = runtime.staff.of(register, now)
    names = dict.fromkeys((*found.agreed, name_of(actor)))
    return ", ".join(staff.full_name(one) for one in names)
