"""Dossiers that are like another one, earlier and later, as far as someone may see them, with what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.dossier.match_keys import CONTACTS
from gehoor.core.dossier.promises import Made, promises_in
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.confidentiality import exists_for
from gehoor.services.access.found_dossiers import unknown_to
from gehoor.services.access.summary_rights import sees_there, summary_for
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.projection.register_lookup import came_later
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.retention.records import is_anonymised
from gehoor.services.search.dossier_access import dossier_for

_LISTED: Final = 20
"""So many are told of, the latest."""
_OPENED: Final = 10
"""Of so many, the latest, it is told what came of them: each is opened for it."""
_TOLD: Final = 50
"""Of more dossiers than this nobody is told the number: the register itself stops counting, and what it counts beyond
that may be dossiers that one may not know of."""

_Reading = tuple[Library, Register, Staff]


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a dossier, as its own agreement says. ``outcome``: label and answer; ``still_open``: what was
    promised and is not done; ``kept``: how many promises are."""

    outcome: tuple[tuple[str, str], ...] = ()
    still_open: tuple[str, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class SeenDossier:
    """A dossier as a line that tells of it; ``ended`` is absent where it was not looked into."""

    summary: Summary
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """What was asked, which dossiers someone may see, and how many there are beside those. ``later``: they came after
    the one that they are like."""

    asked: str
    seen: tuple[SeenDossier, ...]
    others: int
    later: bool = False


def related(runtime: Runtime, opened: OpenedDossier, account: Account, now: datetime) -> list[Related]:
    """Return what the register gave for a dossier, and for which later ones it would give this: of dossiers that
    someone may open, what they may see there; of others only the number."""
    with reading_projection(runtime) as register:
        known = (runtime.library, register, runtime.staff.of(register, now))
        found = [*_earlier(known, opened, account), *_later(known, opened, account, now)]
    summaries = {one.summary.id: one.summary for group in found for one in group.seen}
    latest = sorted(summaries.values(), key=lambda one: (one.received, one.opened_at), reverse=True)[:_OPENED]
    ended = {one.id: _ended(runtime, account, one.id, now) for one in latest}
    return [
        replace(group, seen=tuple(SeenDossier(one.summary, ended.get(one.summary.id)) for one in group.seen))
        for group in found
    ]


def _earlier(known: _Reading, opened: OpenedDossier, account: Account) -> Iterator[Related]:
    for fact, question in opened.agreement.register_questions.items():
        given = opened.dossier.found.get(fact)
        if given is not None and given.count:
            yield _related(known, opened, question, account, given.dossiers, later=False)


def _later(known: _Reading, opened: OpenedDossier, account: Account, now: datetime) -> Iterator[Related]:
    library, register, staff = known
    if opened.dossier.frozen is not None:
        return
    for question in opened.agreement.register_questions.values():
        # By the answers that they see: what they do not see leads nowhere.
        later = () if opened.rights.asks_unseen(question) else (
            came_later(register, opened.agreement, opened.dossier, question, now)
        )  # fmt: skip
        unknown = unknown_to(register, library, staff, account.name, later)
        if there := [one for one in later if one not in unknown]:
            yield _related(known, opened, question, account, there, later=True)


def _related(
    known: _Reading,
    opened: OpenedDossier,
    question: RegisterQuestion,
    account: Account,
    dossiers: Sequence[str],
    *,
    later: bool,
) -> Related:
    library, register, staff = known
    seen = [
        SeenDossier(summary_for(account, one, register=register, library=library, staff=staff))
        for one in _sound(register, dossiers)
        if exists_for(register, library, staff, account, one)
        # That it is of the same person tells who told it; that answers are the same tells answers.
        and sees_there(
            account,
            one,
            () if question.same else CONTACTS,
            question.same,
            register=register,
            library=library,
            staff=staff,
        )
        # Of whom an anonymised dossier was, nobody is to learn from another of the same person.
        and not is_anonymised(register, one.id)
    ][:_LISTED]
    words = sentences_of(opened.agreement)
    fields, values = opened.agreement.dossier_form.fields, opened.decision.values
    answers = [
        fields[name].type.show(values[name], fields[name], words.formats)
        for name in question.same
        if name in fields and name in values and name not in opened.rights.unseen
    ]
    # All of them or none: part of what is the same says something else.
    known_all = answers if len(answers) == len(question.same) else []
    asked = words.questions.heading(opened.agreement, question, known_all, later)
    return Related(asked, tuple(seen), max(min(len(dossiers), _TOLD) - len(seen), 0), later)


def _sound(register: Register, dossiers: Iterable[str]) -> Iterator[Summary]:
    yield from (found for one in dossiers if (found := register.sound_summary(one)) is not None)


def _ended(runtime: Runtime, account: Account, dossier: str, now: datetime) -> Ended | None:
    """Return what came of a dossier, by its own agreement and the rights that this account has there."""
    try:
        opened = dossier_for(runtime, account, dossier, now)
    except UNDECIDABLE:
        return None
    return ended(opened)


def ended(opened: OpenedDossier) -> Ended:
    """Return what came of a dossier, as far as whoever opened it sees that."""
    agreement, told = opened.agreement, opened.agreement.belonging.earlier
    formats = sentences_of(agreement).formats
    fields, values = agreement.dossier_form.fields, opened.decision.values
    outcome = tuple(
        (fields[name].label, fields[name].type.show(values[name], fields[name], formats))
        for name in told.outcome
        if name in values and not fields[name].special
    )
    made = promises(opened)
    still_open = tuple(one.words for one in made if one.is_open)
    return Ended(outcome, still_open, len(made) - len(still_open))


def promises(opened: OpenedDossier) -> list[Made]:
    """Return what was promised in a dossier, and what became of each, as far as whoever opened it sees that."""
    formats = sentences_of(opened.agreement).formats
    return list(promises_in(opened.agreement, opened.decision.values, formats))
