"""Discussing a proposal: comments at its sentences, and who agrees with exactly what stands there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.proposal import Deed, Entry, Proposal
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.proposals.approving import approving_roles
from gehoor.services.proposals.changing import ClosedProposalError
from gehoor.services.proposals.looking import seen_rights
from gehoor.services.proposals.rights import MakingRights, MayNotError, NoAgreementsError
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.codes_in_texts import fitting, without_codes
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 4000
"""How many signs a remark may have."""
LONGEST_PLACE: Final = 2000
"""How many signs the key of a sentence may have."""
MOST_COMMENTS: Final = 500
"""So many remarks can be made at a proposal."""


class TooManyCommentsError(Exception):
    """Enough was said about this proposal."""


class OtherFilesError(Exception):
    """The files are no longer those that somebody read and agreed with."""


def comment(
    runtime: Runtime, proposal: str, text: str, actor: Actor, now: datetime, about: str = ""
) -> Proposal:
    """Say something about a proposal, or about one sentence of it (its key). Raises ``NoAgreementsError`` and
    ``ClosedProposalError``, and ``TooLongError``."""
    text, about = fitting(text, LONGEST), fitting(about, LONGEST_PLACE)
    with writing(runtime.store) as register:
        found, _ = _open(runtime, register, proposal, actor, now)
        if len(found.comments) >= MOST_COMMENTS:
            raise TooManyCommentsError(proposal)
        return _add(
            register, found, actor, now, Deed.COMMENTED, text=without_codes(register, text), about=about
        )


def settle(runtime: Runtime, proposal: str, number: int, actor: Actor, now: datetime) -> Proposal:
    """Say that a comment is dealt with: whoever made it, or whoever proposes."""
    with writing(runtime.store) as register:
        found, rights = _open(runtime, register, proposal, actor, now)
        one = next((one for one in found.comments if one.number == number), None)
        if one is None or one.settled:
            return found
        if one.by != name_of(actor) and not rights.any(Action.PROPOSE):
            raise MayNotError(Action.PROPOSE)
        return _add(register, found, actor, now, Deed.SETTLED, comment=number)


def agree(runtime: Runtime, proposal: str, tree: str, actor: Actor, now: datetime) -> Proposal:
    """Agree by name with a proposal as it was read (``tree``): with any change that lapses. Raises as ``comment`` does,
    ``MayNotError``, ``OtherFilesError`` where it was changed meanwhile, and ``DamagedError``."""
    with writing(runtime.store) as register:
        found, rights = _open(runtime, register, proposal, actor, now)
        if not rights.any(Action.APPROVE) and not rights.any(Action.PROPOSE):
            raise MayNotError(Action.APPROVE)
        if found.tree != tree:
            raise OtherFilesError(proposal)
        if name_of(actor) in found.agreed:
            return found
        # Nobody read what cannot be read.
        register.sources(tree)
        roles = approving_roles(runtime, register, found, actor, now)
        return _add(register, found, actor, now, Deed.AGREED, tree=tree, roles=list(roles))


def withdraw(runtime: Runtime, proposal: str, actor: Actor, now: datetime) -> Proposal:
    """No longer agree. Raises as ``comment`` does."""
    with writing(runtime.store) as register:
        found, _ = _open(runtime, register, proposal, actor, now)
        if name_of(actor) not in found.agreed:
            return found
        return _add(register, found, actor, now, Deed.WITHDRAWN)


def _open(
    runtime: Runtime, register: Register, proposal: str, actor: Actor, now: datetime
) -> tuple[Proposal, MakingRights]:
    try:
        found = register.proposal(proposal)
    except UnknownProposalError as error:
        raise NoAgreementsError(proposal) from error
    rights = seen_rights(runtime, register, found.organisation, actor, now)
    if not found.is_open:
        raise ClosedProposalError(proposal)
    return found, rights


def _add(
    register: Register, found: Proposal, actor: Actor, now: datetime, deed: Deed, **data: Any
) -> Proposal:
    return register.add_entry(
        Entry(found.id, found.version + 1, instant_text(now), name_of(actor), deed.value, data)
    )
