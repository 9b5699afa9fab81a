"""Dossiers that the register gave for another one, as far as someone may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.dossier.match_keys import CONTACTS
from gehoor.core.wording.phrases import capital
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.confidentiality import exists_for
from gehoor.services.access.summary_rights import sees_there, summary_for
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.records import is_anonymised

_LISTED = 20
"""So many are told of, the latest."""
_TOLD = 50
"""Of more dossiers than this nobody is told the number: the register itself stops counting, and what it counts beyond
that may be dossiers that one may not know of."""


@dataclass(frozen=True, slots=True)
class Related:
    """What was asked, which dossiers someone may see, and how many there are beside those."""

    asked: str
    seen: tuple[Summary, ...]
    others: int


def related(runtime: Runtime, opened: OpenedDossier, account: Account, now: datetime) -> list[Related]:
    """Return what the register gave for a dossier: of dossiers that someone may open, what they may see there; of
    others only the number."""
    found = []
    label = sentences_of(opened.agreement).questions.label
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        for fact, question in opened.agreement.register_questions.items():
            given = opened.dossier.found.get(fact)
            if given is None or not given.count:
                continue
            summaries = [summary for one in given.dossiers if (summary := register.sound_summary(one))]
            seen = [
                summary_for(account, one, register=register, library=runtime.library, staff=staff)
                for one in summaries
                if exists_for(register, runtime.library, staff, account, one)
                # That it is of the same person tells who told it; that answers are the same tells answers.
                and sees_there(
                    account,
                    one,
                    () if question.same else CONTACTS,
                    question.same,
                    register=register,
                    library=runtime.library,
                    staff=staff,
                )
                # Of whom an anonymised dossier was, nobody is to learn from another of the same person.
                and not is_anonymised(register, one.id)
            ]
            asked = capital(label(opened.agreement, question))
            seen = seen[:_LISTED]
            found.append(Related(asked, tuple(seen), max(min(len(given.dossiers), _TOLD) - len(seen), 0)))
    return found
