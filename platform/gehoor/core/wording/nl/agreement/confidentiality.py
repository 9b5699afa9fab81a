"""For whom a dossier exists, by how confidential it is, and who opens it all the same in an emergency, in words."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement, EmergencyAccess, Level
from gehoor.core.wording.chapters import Chapter, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import joined, role


def confidentiality(agreement: Agreement) -> Chapter:
    """Say of each level for whom a dossier with it exists, and what holds in an emergency."""
    emergency = agreement.emergency
    return chapter(
        "confidentiality",
        "Vertrouwelijkheid",
        loose(
            "confidentiality",
            *(
                Sentence(f"confidentiality/{name}", _sentence(agreement, name, level))
                for name, level in agreement.confidentiality.items()
            ),
            *_in_emergency(agreement, emergency),
        ),
    )


def _sentence(agreement: Agreement, name: str, level: Level) -> str:
    if level.everyone:
        return f"Een dossier met het niveau '{name}' bestaat voor iedereen van de afdeling."
    if not level.exists_for:
        return f"Een dossier met het niveau '{name}' bestaat voor niemand."
    who = joined([role(agreement, one) for one in level.exists_for])
    also = ", en voor wie het behandelt" if level.handler else ""
    return f"Een dossier met het niveau '{name}' bestaat alleen voor {who}{also}."


def _in_emergency(agreement: Agreement, emergency: EmergencyAccess | None) -> tuple[Sentence, ...]:
    if emergency is None:
        return ()
    who = joined([role(agreement, one) for one in emergency.tell])
    return (
        Sentence(
            "emergency-access/number-of-hours",
            f"Wie in nood een afgeschermd dossier opent, ziet het {emergency.hours} uur lang.",
        ),
        Sentence("emergency-access/tell", f"Daarvan krijgt bericht: {who}."),
    )
