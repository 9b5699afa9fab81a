"""Changing a proposal: it begins, its files change, what was done is undone, and it is discarded."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.merging import Conflict, merge
from gehoor.core.proposals.proposal import Deed, Entry, Proposal, State
from gehoor.core.proposals.sources import SourcesError, is_shared_as, organisation_of, refuse_unfit
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.proposals.looking import overtaken, seen_rights
from gehoor.services.proposals.rights import MakingRights, MayNotError, NoAgreementsError, may_found
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.codes_in_texts import fitting, without_codes
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime

LONGEST_TITLE: Final = 300
"""How many signs a title may have; that of a proposal that takes back another has the title of that in it."""
_LONGEST: Final = 300
"""So many signs of what was done are kept: it may name something of the files."""


class ClosedProposalError(Exception):
    """A proposal that was published or discarded is not changed any more."""


class NoSourcesError(LookupError):
    """The files of what is in force were never kept here: they are to be brought in first."""


class ChangedOtherwiseError(Exception):
    """Somebody else changed the same lines meanwhile: nothing was kept. ``conflicts``: what each made of them."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(f"{len(conflicts)} conflicts")
        self.conflicts = conflicts


@dataclass(frozen=True)
class Edit:
    """What somebody made of a proposal. ``seen``: the tree that they made it from; ``files``: the files that they
    changed, None for one that goes; ``what``: what they did, for people. ``begun``: the question (its name) that this
    begins to answer as is usual; ``read``: the one that they answered, also where nothing changes."""

    proposal: str
    seen: str
    files: Mapping[str, bytes | None]
    what: str = ""
    begun: str = ""
    read: str = ""


@dataclass(frozen=True)
class _Change:
    register: Register
    proposal: Proposal
    rights: MakingRights
    by: str
    now: datetime

    def add(self, deed: Deed, **data: Any) -> Proposal:
        return self.register.add_entry(
            Entry(
                self.proposal.id, self.proposal.version + 1, instant_text(self.now), self.by, deed.value, data
            )
        )

    def tree_at(self, position: int) -> str:
        """Return what the proposal was at another time; where it was nothing, what it is."""
        return (
            self.proposal.trees[position] if 0 <= position < len(self.proposal.trees) else self.proposal.tree
        )

    def refuse_unseen(self, seen: str) -> None:
        if seen != self.proposal.tree:
            raise ChangedOtherwiseError(())

    def refuse(self, action: Action) -> None:
        if not self.rights.any(action):
            raise MayNotError(action)


def begin_proposal(runtime: Runtime, organisation: str, title: str, actor: Actor, now: datetime) -> Proposal:
    """Begin a proposal from what is in force. Raises ``NoAgreementsError``, ``MayNotError`` and ``NoSourcesError``."""
    with writing(runtime.store) as register:
        rights = seen_rights(runtime, register, organisation, actor, now)
        if not rights.any(Action.PROPOSE):
            raise MayNotError(Action.PROPOSE)
        tree = register.tree_in_force(organisation)
        if not tree:
            raise NoSourcesError(organisation)
        return _begin(runtime, register, (organisation, title, tree), actor, now)


def found_organisation(
    runtime: Runtime, organisation: str, title: str, sources: Mapping[str, bytes], actor: Actor, now: datetime
) -> Proposal:
    """Begin a proposal for an organisation from files: one that is not there yet, or of which they were never kept.

    Whoever begins it so wrote it. Raises ``MayNotError`` and ``SourcesError``, also where files are of another
    organisation, or where it is called as a folder that others share."""
    refuse_unfit(sources, organisation)
    with writing(runtime.store) as register:
        organisations = {one for one, _ in register.published_departments()}
        _refuse_of_others(register, organisation, sources, organisations)
        if organisation in organisations:
            rights = seen_rights(runtime, register, organisation, actor, now)
            allowed = rights.everywhere(Action.PROPOSE)
        else:
            allowed = may_found(runtime, register, actor, now)
        if not allowed:
            raise MayNotError(Action.PROPOSE)
        tree = register.save_sources(sources)
        return _begin(runtime, register, (organisation, title, tree), actor, now)


def _title(register: Register, title: str) -> str:
    """Return a title as it is kept: one line. Raises ``TooLongError``."""
    return str(without_codes(register, " ".join(fitting(title, LONGEST_TITLE).split())))


def _begin(
    runtime: Runtime, register: Register, what: tuple[str, str, str], actor: Actor, now: datetime
) -> Proposal:
    organisation, title, tree = what
    data = {
        "organisation": organisation,
        "title": _title(register, title),
        "tree": tree,
        "base": register.tree_in_force(organisation),
        "published": register.publications_of(organisation),
    }
    return register.add_entry(
        Entry(runtime.new_id(), 1, instant_text(now), name_of(actor), Deed.BEGUN.value, data)
    )


def _refuse_of_others(
    register: Register, organisation: str, sources: Mapping[str, bytes], organisations: AbstractSet[str]
) -> None:
    for file in sources:
        if organisation_of(file, organisations) not in (organisation, None):
            raise SourcesError(file, "place")
    if organisation in organisations:
        return
    # A folder that others share would be its own from then on.
    for other in organisations:
        for file in register.tree(register.tree_in_force(other)):
            if is_shared_as(file, organisation):
                raise SourcesError(file, "place")


def change_files(runtime: Runtime, edit: Edit, actor: Actor, now: datetime) -> Proposal:
    """Change files of a proposal. What somebody else did meanwhile is kept beside it.

    Raises ``NoAgreementsError``, ``ClosedProposalError``, ``MayNotError``, ``SourcesError`` and
    ``ChangedOtherwiseError``; nothing is kept then.
    """
    with writing(runtime.store) as register:
        change = _open(runtime, register, edit.proposal, actor, now)
        before = register.sources(edit.seen) if edit.seen in change.proposal.trees else None
        if before is None:
            raise ChangedOtherwiseError(())
        mine = {file: one for file, one in {**before, **edit.files}.items() if one is not None}
        refuse_unfit(mine, change.proposal.organisation)
        merged = merge(before, mine, register.sources(change.proposal.tree))
        if merged.conflicts:
            raise ChangedOtherwiseError(merged.conflicts)
        refuse_unfit(merged.sources, change.proposal.organisation)
        organisations = {one for one, _ in register.published_departments()} | {change.proposal.organisation}
        for file in edit.files:
            if before.get(file) != edit.files[file] and not change.rights.covers(
                Action.PROPOSE, file, organisations
            ):
                raise MayNotError(Action.PROPOSE, file)
        tree = register.save_sources(merged.sources)
        if tree == change.proposal.tree and edit.read not in change.proposal.unread:
            return change.proposal
        about = {name: one for name, one in (("begun", edit.begun), ("read", edit.read)) if one}
        return change.add(Deed.CHANGED, tree=tree, what=edit.what[:_LONGEST], **about)


def undo(runtime: Runtime, proposal: str, seen: str, actor: Actor, now: datetime) -> Proposal:
    """Take back the last change: the files are what they were, byte for byte. Without one nothing happens. ``seen``:
    the tree that somebody saw; with another one ``ChangedOtherwiseError`` is raised, as nobody takes back what they did
    not see."""
    with writing(runtime.store) as register:
        change = _open(runtime, register, proposal, actor, now)
        change.refuse_unseen(seen)
        _refuse_others(register, change, change.tree_at(change.proposal.position - 1))
        return change.add(Deed.UNDONE) if change.proposal.can_undo else change.proposal


def redo(runtime: Runtime, proposal: str, seen: str, actor: Actor, now: datetime) -> Proposal:
    """Do again what was taken back. ``seen``: as for ``undo``."""
    with writing(runtime.store) as register:
        change = _open(runtime, register, proposal, actor, now)
        change.refuse_unseen(seen)
        _refuse_others(register, change, change.tree_at(change.proposal.position + 1))
        return change.add(Deed.REDONE) if change.proposal.can_redo else change.proposal


def rename(runtime: Runtime, proposal: str, title: str, actor: Actor, now: datetime) -> Proposal:
    """Give a proposal another title. Raises ``TooLongError``."""
    with writing(runtime.store) as register:
        change = _open(runtime, register, proposal, actor, now)
        said = _title(register, title)
        return change.add(Deed.RENAMED, title=said) if said != change.proposal.title else change.proposal


def set_back(
    runtime: Runtime, proposal: str, words: tuple[str, str], actor: Actor, now: datetime
) -> Proposal:
    """Begin a proposal that takes back what a published one changed; what was published since stays as it is. It comes
    into force as any other, once it is agreed on. ``words``: its title, and what it does, for people.

    Raises ``NoAgreementsError`` where there is no such proposal that was published, ``MayNotError``, ``NoSourcesError``
    where what it began from or what is in force has no files here, and ``ChangedOtherwiseError`` where the same was
    changed since; nothing is kept then."""
    title, what = words
    with writing(runtime.store) as register:
        try:
            done = register.proposal(proposal)
        except UnknownProposalError as error:
            raise NoAgreementsError(proposal) from error
        rights = seen_rights(runtime, register, done.organisation, actor, now)
        if done.state is not State.PUBLISHED:
            raise NoAgreementsError(proposal)
        if not rights.any(Action.PROPOSE):
            raise MayNotError(Action.PROPOSE)
        current = register.tree_in_force(done.organisation)
        if not done.base or not current:
            raise NoSourcesError(done.organisation)
        merged = merge(register.sources(done.tree), register.sources(done.base), register.sources(current))
        if merged.conflicts:
            raise ChangedOtherwiseError(merged.conflicts)
        refuse_unfit(merged.sources, done.organisation)
        tree = register.save_sources(merged.sources)
        for one in register.proposals([done.organisation], [State.OPEN]):
            if one.title == title and one.begun_by == name_of(actor):
                again = register.proposal(one.id)
                # Pressed twice, it is one.
                if (again.base, again.tree) == (current, tree):
                    return again
        begun = _begin(runtime, register, (done.organisation, title, current), actor, now)
        change = _Change(register, begun, rights, name_of(actor), now)
        if tree == current:
            return begun
        _refuse_others(register, change, tree)
        return change.add(Deed.CHANGED, tree=tree, what=what[:_LONGEST])


def discard(runtime: Runtime, proposal: str, seen: str, actor: Actor, now: datetime) -> Proposal:
    """Give a proposal up, for who alone wrote it or may change all that it changes. What it held stays readable.
    ``seen``: as for ``undo``."""
    with writing(runtime.store) as register:
        change = _open(runtime, register, proposal, actor, now)
        change.refuse_unseen(seen)
        if {change.proposal.begun_by, *change.proposal.authors} != {change.by}:
            _refuse_others(register, change, change.proposal.base)
        return change.add(Deed.DISCARDED)


def bring_up_to_date(runtime: Runtime, proposal: str, actor: Actor, now: datetime) -> Proposal:
    """Take over in a proposal what was published since it began. Raises as ``change_files`` does, and
    ``NoSourcesError`` where that has no files here."""
    with writing(runtime.store) as register:
        change = _open(runtime, register, proposal, actor, now)
        if not overtaken(register, change.proposal):
            return change.proposal
        newest = register.tree_in_force(change.proposal.organisation)
        if not newest:
            raise NoSourcesError(change.proposal.organisation)
        mine = register.sources(change.proposal.tree)
        merged = merge(register.sources(change.proposal.base), mine, register.sources(newest))
        if merged.conflicts:
            raise ChangedOtherwiseError(merged.conflicts)
        refuse_unfit(merged.sources, change.proposal.organisation)
        tree = register.save_sources(merged.sources)
        published = register.publications_of(change.proposal.organisation)
        return change.add(Deed.BROUGHT_UP_TO_DATE, base=newest, tree=tree, published=published)


def _open(runtime: Runtime, register: Register, proposal: str, actor: Actor, now: datetime) -> _Change:
    try:
        found = register.proposal(proposal)
    except UnknownProposalError as error:
        raise NoAgreementsError(proposal) from error
    rights = seen_rights(runtime, register, found.organisation, actor, now)
    change = _Change(register, found, rights, name_of(actor), now)
    change.refuse(Action.PROPOSE)
    if not found.is_open:
        raise ClosedProposalError(proposal)
    return change


def _refuse_others(register: Register, change: _Change, other: str) -> None:
    """Refuse to let a proposal become another tree for who may not change what differs: it is of another department."""
    before, after = register.tree(change.proposal.tree), register.tree(other)
    organisations = {one for one, _ in register.published_departments()} | {change.proposal.organisation}
    for file in {*before, *after}:
        if before.get(file) != after.get(file) and not change.rights.covers(
            Action.PROPOSE, file, organisations
        ):
            raise MayNotError(Action.PROPOSE, file)
