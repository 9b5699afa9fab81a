"""The tasks on the page of a dossier: who has each, by when, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.decision.tasks import TaskState, task_states
from gehoor.core.dossier.conflict_of_interest import tells_of
from gehoor.services.access.task_access import may_have_by, may_have_by_level
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.register import reading
from gehoor.web.request.site import now, site


@dataclass(frozen=True)
class TaskCard:
    """A task of the page. ``people`` have it, by full name; of these ``left`` work here no more, and for ``unseen`` the
    task does not exist, as far as whoever looks may know; ``deputies`` act for who is away."""

    state: TaskState
    people: tuple[str, ...]
    deputies: tuple[str, ...]
    unseen: tuple[str, ...]
    left: tuple[str, ...]
    tells_why: bool
    """Whether whoever looks may know of whom the dossier is about, and so for whom the task does not exist."""


def task_cards(opened: OpenedDossier) -> list[TaskCard]:
    """Return the tasks of a dossier that whoever looks may see, those still to do first."""
    states = [
        state
        for state in task_states(opened.agreement, opened.dossier, opened.decision)
        if (state.task.rows or state.task.by) not in opened.rights.unseen
    ]
    if not states:
        return []
    runtime = site().runtime
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now())
        of = (register, runtime.library, staff, opened.dossier.id)
        known = tells_of(opened.agreement, opened.rights.unseen)
        # Of a conflict of interest hears nobody who does not see whom it is about, nor by what is left out.
        may = may_have_by(*of) if known else may_have_by_level(*of, whoever=True)
        excluded = register.excluded_from(opened.dossier.id) if known else ()
        cards = [
            TaskCard(
                state,
                tuple(map(staff.full_name, state.people)),
                tuple(
                    staff.full_name(one)
                    for name in state.people
                    if (one := staff.presence.deputy_of(name, excluded))
                ),
                tuple(staff.full_name(one) for one in state.people if staff.active(one) and not may(one)),
                tuple(staff.full_name(one) for one in state.people if not staff.active(one)),
                known,
            )
            for state in states
        ]
    return sorted(cards, key=lambda card: (card.state.done or card.state.closed, not card.state.late))
