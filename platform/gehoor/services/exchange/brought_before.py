"""What was brought in before, held against what stands in the file now: it is brought in once, and who changed the file
since hears that nothing came of it."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import Event, EventKind
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.recording.form_reading import read_form
from gehoor.services.register.codes_in_texts import without_codes
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


def stands_otherwise(
    runtime: Runtime, register: Register, opening: Opening, dossier: str, now: datetime
) -> bool:
    """Say whether the row of an opening has other answers, another number or another department than its dossier was
    brought in with. What cannot be answered so any more says nothing, nor does a dossier that was anonymised."""
    events = register.events(dossier)
    opened, brought = events[0], next((one for one in events if one.kind is EventKind.BROUGHT_IN), None)
    if any(one.kind is EventKind.ANONYMISED for one in events) or opening.brought is None:
        return False
    if opened.data["department"] != opening.department:
        return True
    if brought is not None and brought.data.get("number", "") != opening.brought.number:
        return True
    # As they were read then: what is asked otherwise by now was not changed in the file.
    agreement = runtime.library.sound_agreement(register, opened.agreement)
    return agreement is not None and _answers_otherwise(runtime, register, (agreement, opening), opened, now)


def _answers_otherwise(
    runtime: Runtime, register: Register, asked: tuple[Agreement, Opening], opened: Event, now: datetime
) -> bool:
    agreement, opening = asked
    form = agreement.forms[opening.form]
    answers = opening.answers, opening.actor_name
    read, objections = read_form(runtime.engine, agreement, form, answers, now, fills=False)
    stands, before = without_codes(register, read), opened.data["values"]
    refused = {one.field for one in objections} & opening.answers.keys()
    return any(stands.get(name) != before.get(name) for name in (stands.keys() | before.keys()) - refused)
