"""What staff are told where no rule says why, in Dutch."""

from __future__ import annotations

from datetime import date
from typing import Final

from gehoor.core.wording.nl.dates import show_date
from gehoor.core.wording.port import Notices


def _review_overdue(department: str, before: date) -> str:
    return f"De afspraken van {department} moesten herzien zijn vóór {show_date(before)}."


NOTICES: Final = Notices(
    language="nl",
    assigned="Dit dossier is u toegewezen.",
    taken_back="Wie dit dossier behandelde, kan dat niet meer doen. Wijs het aan iemand anders toe.",
    taken_from_one="Een van wie dit dossier behandelden, kan dat niet meer. Kijk na of nog iemand moet meebehandelen.",
    glass_broken="Iemand opende dit dossier in nood. In het dossier staat wie, en waarom.",
    written="Er is een nieuw bericht van de melder. Lees en beantwoord het in het dossier.",
    task_given="Deze taak is voor u.",
    task_reminder="Deze taak moet binnenkort gedaan zijn.",
    task_late="Deze taak is te laat.",
    task_no_day="geen vaste dag",
    task_done=lambda name: f"Een taak is gedaan: {name}. Wat ingevuld werd, staat in het dossier.",
    task_trouble=lambda name: f"Deze taak lukt niet, of niet op tijd: {name}.",
    task_trouble_told=lambda name: (
        f"Een taak lukt niet, of niet op tijd: {name}. Waarom, staat bovenaan in het dossier."
    ),
    review_overdue=_review_overdue,
)
