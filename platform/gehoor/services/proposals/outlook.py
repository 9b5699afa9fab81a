"""What a proposal would come to, or came to: for each department, with what is in force, and who has to approve."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.agreements.comparison import Comparison, bereft, compare, in_force
from gehoor.services.agreements.ended import ended_among, no_longer_in_files
from gehoor.services.agreements.publishing import Publishable
from gehoor.services.ports.drafting import Drafter, Judged, Told
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.approving import Agreeing, missing_approvals, who_agrees
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import planned

_TO_WRITE: Final = "nog-aan-te-vullen"
_AT_ONCE: Final = ("reports", "overview", "standards")
"""The sections of an agreement that are read as they are now, whatever a dossier began under: what is counted."""


@dataclass(frozen=True)
class Effect:
    """What publishing does for a department. ``difference``: with what is in force; None: nothing is."""

    department: str
    difference: Comparison | None
    bereft: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The roles (names) that are no more, each with who has it."""
    damaged: bool = False
    """Whether what is in force cannot be read."""
    counts: frozenset[str] = frozenset()
    """The reports and standards that change."""
    at_once: bool = False
    """Whether nothing else changes than what is counted: no dossier notices."""


@dataclass(frozen=True)
class Outlook:
    """What a proposal would come to. ``judged``: what is said of its files; ``missing``: who has to approve first;
    ``agreeing``: who can, and who may publish."""

    judged: Judged
    effects: tuple[Effect, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreeing: Agreeing = field(default_factory=Agreeing)
    ended: tuple[str, ...] = ()
    """The departments among them that ended, and stay closed."""
    gone: tuple[str, ...] = ()
    """The departments that are no longer in the files, and stay in force: taking a file away ends nothing."""
    planned: Mapping[str, date] = field(default_factory=dict)
    """The departments for which something was published that comes into force on a later day: this takes its place,
    where it does so on that day or before."""

    @property
    def at_once(self) -> bool:
        """Say whether nothing changes but what is counted, which follows at once, also of years gone by."""
        return bool(self.changed) and all(one.at_once for one in self.changed)

    @property
    def counts(self) -> frozenset[str]:
        """Return the reports and standards that change."""
        return frozenset().union(*(one.counts for one in self.effects))

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
        missing = missing_approvals(runtime, register, proposal, names, now)
        return replace(
            found,
            missing=missing,
            agreeing=who_agrees(runtime, register, proposal, names, missing, now),
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
    documents = {one.name: one.document for one in earlier.departments}
    said = {one.name: one.document for one in judged.departments}
    after = {one.name: build_agreement(one.document, one.places) for one in judged.departments}
    return Outlook(
        judged,
        tuple(
            _counting(Effect(name, compare(before[name], agreement)), documents[name], said[name])
            if name in before
            else Effect(name, None)
            for name, agreement in after.items()
        ),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def unfinished(judged: Judged) -> tuple[Told, ...]:
    """Return the lines in files that are still to be written."""
    return tuple(one for one in judged.told if one.code == _TO_WRITE)


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
        stored = register.agreement_document(before.hash)
    found = Effect(one.department, _COMPARED.of(before, after), tuple(bereft(before, after, people)))
    return _counting(found, stored[0], one.document) if stored else found


def _counting(effect: Effect, before: Mapping[str, Any], after: Mapping[str, Any]) -> Effect:
    """Return an effect that says what changes of what is counted."""
    named = [
        (section, set(before.get(section) or {}) | set(after.get(section) or {})) for section in _AT_ONCE
    ]
    counts = {
        name
        for section, names in named
        if section != "overview"
        for name in names
        if (before.get(section) or {}).get(name) != (after.get(section) or {}).get(name)
    }
    rest = [{word: one for word, one in side.items() if word not in _AT_ONCE} for side in (before, after)]
    return replace(effect, counts=frozenset(counts), at_once=before != after and rest[0] == rest[1])


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
