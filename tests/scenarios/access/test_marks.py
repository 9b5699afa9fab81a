"""By a mark one is told what changed since, and nothing of what is in a dossier, however much one tries."""

from __future__ import annotations

import hashlib
import hmac

from gehoor.core.dossier.events import Event
from gehoor.services.dossiers.tasks import task_for, tasks_of
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.marks import Marks, marks_of
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, staff
from tests.support.tasks import house, measure, with_measures

NOW = "2026-05-14 10:00"


def opened() -> tuple[Runtime, str]:
    runtime = de_linde()
    staff(runtime, "koen", "teamverantwoordelijke")
    return runtime, open_by_phone(runtime, "2026-05-12 14:00", klager_telefoon="0470 00 00 01").dossier


def guessed(event: Event) -> set[str]:
    """What somebody works out who found all that is in an event, by trying."""
    empty = hmac.new(b"", event.hash.encode(), hashlib.sha256).hexdigest()
    return {event.hash[:20], hashlib.sha256(event.hash.encode()).hexdigest()[:20], empty[:20]}


def test_who_guesses_what_is_in_a_dossier_cannot_hold_it_against_its_mark() -> None:
    runtime, dossier = opened()
    seen = look(runtime, dossier, at(NOW), "koen")
    assert seen.mark
    assert not any(one in seen.mark for event in seen.events for one in guessed(event))
    assert seen.version_at(f"v{seen.events[-1].hash[:20]}") == 0, "nor ask whether it is one"


def test_nor_against_that_of_a_task() -> None:
    runtime = house()
    staff(runtime, "bart", "de-linde/eikenrode:onthaal")
    dossier = with_measures(runtime, measure("bart"))
    now = at("2026-05-21 09:00")
    with reading(runtime.store) as register:
        bart = runtime.staff.of(register, now).accounts["bart"]
    (task,) = tasks_of(runtime, bart, now)
    mark = task_for(runtime, bart, (dossier, task.state.task.id, task.state.row), now).mark
    events = look(runtime, dossier, now).events
    assert mark
    assert not any(one in mark for event in events for one in guessed(event))


def test_another_register_has_other_marks() -> None:
    (first, one), (second, _) = opened(), opened()
    events = look(first, one, at(NOW)).events
    assert marks_of(first).of(events) != marks_of(second).of(events)
    assert marks_of(first).sequence_at(events, marks_of(second).of(events)) == 0


def test_a_mark_says_since_when_something_changed() -> None:
    runtime, dossier = opened()
    mark = look(runtime, dossier, at(NOW), "koen").mark
    fill(runtime, dossier, "2026-05-13 11:45", onderwerp="Bellen")
    after = look(runtime, dossier, at(NOW), "koen")
    assert after.mark != mark
    assert after.version_at(mark) < after.version_at(after.mark)
    assert Marks().of([]) == ""
