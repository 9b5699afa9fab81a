"""Tasks that wait while nobody has them yet, for who has the role that is responsible for their term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.tasks import TaskState, unclaimed_tasks
from gehoor.services.access.confidentiality import exists_for
from gehoor.services.access.summary_rights import summary_for
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.projection.tasks import KeptTask, kept_tasks
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True)
class UnclaimedTask:
    """A task that nobody has, in a dossier that whoever looks may open. ``asked_at``: where in its form somebody says
    who does it."""

    summary: Summary
    agreement: Agreement
    state: TaskState

    @property
    def asked_at(self) -> str:
        """Return the field that says who has it."""
        task = self.state.task
        return f"{task.rows}-{self.state.number - 1}-{task.by}" if task.rows else task.by


def count_unclaimed(runtime: Runtime, account: Account, now: datetime) -> int:
    """Return how many tasks wait for a role of somebody, without opening a dossier."""
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        return sum(1 for _ in _kept(runtime, register, staff, account))


def unclaimed_of(runtime: Runtime, account: Account, now: datetime) -> list[UnclaimedTask]:
    """Return the tasks that wait for a role of somebody while nobody has them: what is due first, first."""
    found = []
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        for kept, summary in _kept(runtime, register, staff, account):
            try:
                dossier = register.dossier(kept.dossier)
                agreement = runtime.library.agreement(register, dossier.agreement)
                decision = decide(agreement, dossier, now, runtime.engine)
            except UNDECIDABLE:
                # It waits for whoever repairs it; the others are to be done all the same.
                continue
            shown = summary_for(account, summary, register=register, library=runtime.library, staff=staff)
            found += [
                UnclaimedTask(shown, agreement, state)
                for state in unclaimed_tasks(agreement, dossier, decision)
                if (state.task.id, state.row) == (kept.task, kept.row)
            ]
    return sorted(found, key=lambda one: (one.state.too_late_at is None, str(one.state.too_late_at)))


def _kept(
    runtime: Runtime, register: Register, staff: Staff, account: Account
) -> Iterator[tuple[KeptTask, Summary]]:
    for held in _roles(register, account):
        for one in kept_tasks(register, held):
            summary = register.sound_summary(one.dossier)
            if summary is not None and exists_for(register, runtime.library, staff, account, summary):
                yield one, summary


def _roles(register: Register, account: Account) -> Iterator[str]:
    """Give the roles that an account has, each in its department."""
    for held in account.roles:
        place, _colon, role = held.partition(":")
        organisation, _slash, department = place.partition("/")
        if department != EVERY_DEPARTMENT:
            yield held
            continue
        for of, one in register.published_departments():
            if of == organisation:
                yield role_text(organisation, one, role)
