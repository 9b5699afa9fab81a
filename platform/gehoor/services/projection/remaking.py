"""Making again all that is kept of a dossier and follows from its events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.ports.records import Summary
from gehoor.services.projection.match_keeping import remember_anew
from gehoor.services.projection.search_index import keep_words
from gehoor.services.projection.summary import summarise
from gehoor.services.projection.tasks import keep_tasks
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


def remake(
    runtime: Runtime,
    register: Register,
    decided: Decided,
    before: tuple[Summary | None, Collection[str], str | None],
    now: datetime,
) -> None:
    """Keep the summary of a dossier, its words, the accounts for which it does not exist, and by what it is found
    again.

    ``before``: how lists show it until now, the accounts that are excluded until now, and the hash of its follow-up
    code, where no event tells it.
    """
    summary, excluded, code_hash = before
    agreement, dossier, decision = decided.agreement, decided.dossier, decided.decision
    staff = runtime.staff.of(register, now)
    register.save_exclusions(
        dossier.id, excluded, excluded_from(agreement, dossier.values, staff.same_person)
    )
    made = summarise(agreement, dossier, decision, code_hash, staff)
    register.save_clearance(dossier.id, clearance_for(agreement, dossier, decision, staff))
    # What is due is not put off: the sweep looks at it when it would have.
    register.save_summary(replace(made, attention_at=summary.attention_at) if summary else made)
    keep_tasks(register, agreement, dossier, decision)
    keep_words(register, staff.in_forms(agreement), dossier, decision)
    remember_anew(register, agreement, dossier, now)
