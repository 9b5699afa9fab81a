"""What would stand in the way of opening a dossier with a form, before anybody opens it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection
from gehoor.services.dossiers.opening_objections import opening_objections
from gehoor.services.recording.drafting import drafted

_NOBODY: Final = ""


def objections_as_opened(
    engine: RuleEngine, agreement: Agreement, form: Form, values: Mapping[str, StoredValue], now: datetime
) -> list[Objection]:
    """Return what a dossier would still need to be opened with these answers, beside what the form says itself."""
    opened = NewEvent(
        EventKind.OPENED,
        {
            "organisation": agreement.organisation,
            "department": agreement.department,
            "form": form.id,
            "number": "",
            "values": dict(values),
            "follow_up": False,
        },
    )
    draft = drafted(Dossier(_NOBODY), [opened], agreement, now, _NOBODY)
    return opening_objections(agreement, draft, decide(agreement, draft, now, engine), now, form)
