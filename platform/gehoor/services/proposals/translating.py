"""Translations that may no longer hold, by what was published for a department, and who says that they do."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.proposal import Deed, Entry, Proposal, State
from gehoor.core.proposals.stale_translations import Stale, Translated, stale, translated
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.changing import ClosedProposalError
from gehoor.services.proposals.looking import seen_rights
from gehoor.services.proposals.rights import MayNotError, NoAgreementsError
from gehoor.services.records.proposal_records import UnknownProposalError
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime

_MOST_KEPT: Final = 64
_MOST_VERSIONS: Final = 50
_COUNTING: Final = tuple(one.value for one in State if one is not State.DISCARDED)
"""What was said in a proposal that is thrown away, is asked again."""
"""So many publications are looked back, the last of a department."""


def stale_in_force(register: Register, organisation: str) -> list[Stale]:
    """Return the translations of what was published last, of an organisation, that may no longer hold."""
    return _held_against(
        register, organisation, [list(_versions(register, one)) for one in _of(register, organisation)]
    )


def stale_in(
    register: Register, organisation: str, documents: Mapping[str, Mapping[str, Any]]
) -> list[Stale]:
    """Return those of departments as they would become (their canonical documents)."""
    return _held_against(
        register,
        organisation,
        [
            [*_versions(register, (organisation, name)), translated(document)]
            for name, document in documents.items()
        ],
    )


def say_it_holds(runtime: Runtime, proposal: str, one: Stale, actor: Actor, now: datetime) -> Proposal:
    """Say that a translation says what its text says, for good. Raises ``NoAgreementsError``, ``ClosedProposalError``
    and ``MayNotError``."""
    with writing(runtime.store) as register:
        try:
            found = register.proposal(proposal)
        except UnknownProposalError as error:
            raise NoAgreementsError(proposal) from error
        if not seen_rights(runtime, register, found.organisation, actor, now).any(Action.PROPOSE):
            raise MayNotError(Action.PROPOSE)
        if not found.is_open:
            raise ClosedProposalError(proposal)
        if one.key in found.holding:
            return found
        data = {"translation": one.key, "language": one.language, "text": one.text[:60]}
        number = found.version + 1
        return register.add_entry(
            Entry(found.id, number, instant_text(now), name_of(actor), Deed.HOLDS.value, data)
        )


def _held_against(
    register: Register, organisation: str, departments: Iterable[list[Translated]]
) -> list[Stale]:
    # Departments say the same in each of their forms.
    found = dict.fromkeys(one for versions in departments for one in stale(versions))
    if not found:
        return []
    holding = {key for one in _proposals(register, organisation) for key in one.holding}
    return [one for one in found if one.key not in holding]


def _of(register: Register, organisation: str) -> list[tuple[str, str]]:
    return [one for one in register.published_departments() if one[0] == organisation]


def _versions(register: Register, place: tuple[str, str]) -> Iterator[Translated]:
    for one in register.sound_publications(*place)[-_MOST_VERSIONS:]:
        if (found := _TRANSLATED.of(register, one.agreement)) is not None:
            yield found


def _proposals(register: Register, organisation: str) -> Iterator[Proposal]:
    for one in register.proposals([organisation], _COUNTING):
        with suppress(DamagedError, UnknownProposalError):
            yield register.proposal(one.id)


@dataclass
class _Translated:
    """What is translated in agreements that were read lately: they never change."""

    found: OrderedDict[str, Translated | None] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, register: Register, digest: str) -> Translated | None:
        with self.lock:
            if digest in self.found:
                self.found.move_to_end(digest)
                return self.found[digest]
        made = None
        with suppress(DamagedError):
            stored = register.agreement_document(digest)
            made = translated(stored[0]) if stored else None
        with self.lock:
            self.found[digest] = made
            while len(self.found) > _MOST_KEPT:
                self.found.popitem(last=False)
        return made


_TRANSLATED: Final = _Translated()
