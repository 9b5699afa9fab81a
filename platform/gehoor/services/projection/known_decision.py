"""The decision about a dossier as somebody may know it, who did not open it: in a list of messages, flags or work."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.services.access.found_dossiers import Known, as_known, others_named, unknown_to
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


def known_decision(
    runtime: Runtime, register: Register, viewer: tuple[Staff, str], dossier_id: str, now: datetime
) -> Known | None:
    """Return what somebody may know of the decision about a dossier, without the dossiers that do not exist for them.
    ``viewer``: the people, and the name of the account. None: nobody can tell what is decided."""
    staff, name = viewer
    try:
        events = register.events(dossier_id)
        hidden = unknown_to(register, runtime.library, staff, name, others_named(events))
        dossier = fold(events)
        agreement = runtime.library.agreement(register, dossier.agreement)
        decision = decide(agreement, dossier, now, runtime.engine)
        earlier = [
            runtime.library.agreement(register, digest) for digest in {event.agreement for event in events}
        ]
        return as_known(agreement, dossier, decision, hidden, runtime.engine, earlier)
    except UNDECIDABLE:
        return None
