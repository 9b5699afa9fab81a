"""The tasks that somebody has, and one as they see it: what was agreed of it, and nothing else of the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.decision.tasks import TaskState, task_of, task_states
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind, verify
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.services.access.confidentiality import is_cleared
from gehoor.services.access.task_access import has_it, may_have_by, whose
from gehoor.services.dossiers.task_askers import asked_by, to_ask
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.projection.tasks import KeptTask, kept_tasks
from gehoor.services.register.marks import marks_of
from gehoor.services.register.register import Register, UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_TELLER: Final = ("complainant.first-name", "complainant.name")


@dataclass(frozen=True)
class OpenedTask:
    """A task as who has it sees it. ``shown`` and ``filled`` are its fields, to read and to fill in; ``answers`` what
    stands in those, and in no others."""

    dossier_id: str
    version: int
    """Not for the page: it counts also what is not to be known."""
    agreement: Agreement
    state: TaskState
    shown: tuple[Field, ...]
    filled: tuple[Field, ...]
    answers: Mapping[str, StoredValue]
    own: bool
    """Whether it is their own, and not that of somebody who is away."""
    members: Field | None = None
    """Of a task of a row: the list that it stands in."""
    evidence: Field | None = None
    """Where files may be added."""
    files: tuple[Mapping[str, Any], ...] = ()
    """What was added there for this task, and is still there."""
    others: tuple[str, ...] = ()
    """The full names of who else has it."""
    number: str = ""
    """The number of the dossier, for who may open that; else empty."""
    asked_by: str = ""
    """The full name of who named them for it; empty where that is not known."""
    to_ask: tuple[Account, ...] = ()
    """Whom they can ask about it: who asked for it, and who handles the dossier."""
    mark: str = ""
    """Says when what they see in it changed last."""

    @property
    def excerpt(self) -> str:
        """Return what it is about: the subject, else the first text that it shows but for who told it; empty when there
        is none."""
        texts = [of for of in self.shown if of.type.prose and isinstance(self.answers.get(of.id), str)]
        about = [of for of in texts if of.meaning not in _TELLER]
        told = next((of for of in about if of.meaning == "subject"), next(iter(about), None))
        return str(self.answers[told.id]) if told else self.teller

    @property
    def teller(self) -> str:
        """Return the name of who told it, as far as it shows that; empty where it does not."""
        shown = {of.meaning: str(self.answers[of.id]) for of in self.shown if of.id in self.answers}
        return " ".join(shown[one] for one in _TELLER if one in shown)


def task_for(runtime: Runtime, account: Account, of: tuple[str, str, str], now: datetime) -> OpenedTask:
    """Return a task of a dossier (the dossier, the task, and the key of its row or an empty text), as somebody sees it
    who has it, or acts for who has it. Raises ``UnknownDossierError``, for everybody else too, and
    ``BrokenChainError``."""
    dossier_id, task, row = of
    with reading(runtime.store) as register:
        events = register.events(dossier_id)
        if not events:
            raise UnknownDossierError(dossier_id)
        verify(events)
        dossier = fold(events)
        agreement = runtime.library.agreement(register, dossier.agreement)
        staff = runtime.staff.of(register, now)
        cleared = _opens(runtime, register, staff, account, dossier)
    decision = decide(agreement, dossier, now, runtime.engine)
    state = task_of(agreement, dossier, decision, (task, row))
    if state is None or not has_it(agreement, dossier, decision, state, staff, account.name):
        raise UnknownDossierError(dossier_id)
    opened = _opened(agreement, dossier, decision, state, (staff, account.name), number=cleared)
    asker = asked_by(events, state)
    people = to_ask(asker, dossier.handlers, staff.accounts)
    return replace(
        opened,
        files=tuple(_added(events, dossier, state)),
        asked_by=staff.full_name(asker) if asker in staff.accounts else "",
        to_ask=tuple(one for one in people if one.name != account.name),
        mark=marks_of(runtime).of([one for one in events if one.sequence == 1 or _changes(one, state)]),
    )


def _changes(event: Event, state: TaskState) -> bool:
    """Say whether something of a task changed by an event."""
    if event.kind is not EventKind.ANSWERED:
        return False
    mine = (
        {state.task.rows} if state.task.rows else {*state.task.fields, *filter(None, [state.task.evidence])}
    )
    return not mine.isdisjoint((*event.data["values"], *event.data["cleared"]))


def _added(events: Iterable[Event], dossier: Dossier, state: TaskState) -> Iterator[Mapping[str, Any]]:
    """Give the files that were added for a task, as far as they are still there."""
    name, of, before = state.task.evidence, {"id": state.task.id, "row": state.row}, list[Any]()
    there: Any = dossier.values.get(name, ())
    for event in events:
        after = event.data.get("values", {}).get(name) if name else None
        if after is not None:
            if event.data.get("task") == of:
                yield from (file for file in after if file not in before and file in there)
            before = after


def tasks_of(runtime: Runtime, account: Account, now: datetime) -> list[OpenedTask]:
    """Return the tasks that somebody has still to do, those of who is away and has them as deputy among them: the late
    ones first, by day, and those without a day last. Those of their own that are done follow, as long as the dossier is
    open: to look at, or to put right."""
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        wanted = [*_kept_for(runtime, register, staff, account.name)]
        numbers = {}
        found = []
        for dossier_id in dict.fromkeys(one.dossier for one in wanted):
            try:
                dossier = register.dossier(dossier_id)
                agreement = runtime.library.agreement(register, dossier.agreement)
                decision = decide(agreement, dossier, now, runtime.engine)
            except UNDECIDABLE:
                # It waits for whoever repairs it; the others are to be done all the same.
                continue
            numbers[dossier_id] = _opens(runtime, register, staff, account, dossier)
            for state in task_states(agreement, dossier, decision):
                if _is_listed(state, account.name) and has_it(
                    agreement, dossier, decision, state, staff, account.name
                ):
                    viewer = (staff, account.name)
                    number = numbers[dossier_id]
                    found.append(_opened(agreement, dossier, decision, state, viewer, number=number))
    return sorted(found, key=_by_day)


def _is_listed(state: TaskState, name: str) -> bool:
    done = state.done and state.open and not state.closed and name in state.people
    return state.waits or done


def count_tasks(runtime: Runtime, account: Account, now: datetime) -> int:
    """Return how many tasks somebody has still to do, without opening a dossier."""
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        kept = _kept_for(runtime, register, staff, account.name)
        return len({(one.dossier, one.task, one.row) for one in kept if one.waits})


def _kept_for(runtime: Runtime, register: Register, staff: Staff, name: str) -> Iterator[KeptTask]:
    for person in whose(name, staff, ()):
        for one in kept_tasks(register, person):
            excluded = register.excluded_from(one.dossier)
            may = may_have_by(register, runtime.library, staff, one.dossier, excluded)
            if may(name) and may(person) and person in whose(name, staff, excluded):
                yield one


def _opens(runtime: Runtime, register: Register, staff: Staff, account: Account, dossier: Dossier) -> str:
    """Return the number of a dossier for who may open it; else an empty text."""
    roles = staff.accounts[account.name].roles if account.name in staff.accounts else ()
    may = (
        works_in(roles, dossier.organisation, dossier.department)
        and account.name not in register.excluded_from(dossier.id)
        and is_cleared(register, runtime.library, staff, account.name, register.clearance_key(dossier.id))
    )
    return dossier.number if may else ""


def _opened(
    agreement: Agreement,
    dossier: Dossier,
    decision: Decision,
    state: TaskState,
    viewer: tuple[Staff, str],
    *,
    number: str,
) -> OpenedTask:
    task, (staff, name) = state.task, viewer
    known = staff.in_forms(agreement).dossier_form.fields
    fields = known[task.rows].members if task.rows else known
    answers = state.answers if task.rows else decision.values
    visible = fields if task.rows else {one: of for one, of in fields.items() if decision.fields[one].visible}
    return OpenedTask(
        dossier.id,
        dossier.version,
        agreement,
        state,
        tuple(visible[one] for one in task.shows if one in visible),
        tuple(fields[one] for one in task.fills),
        {one: answers[one] for one in task.fields if one in answers},
        own=name in state.people,
        members=known[task.rows] if task.rows else None,
        evidence=known.get(task.evidence),
        others=tuple(staff.full_name(one) for one in state.people if one != name),
        number=number,
    )


def _by_day(one: OpenedTask) -> tuple[bool, bool, bool, str, str]:
    state = one.state
    day = state.too_late_at.isoformat() if state.too_late_at else ""
    return (state.done, not state.late, not day, day, state.task.name)
