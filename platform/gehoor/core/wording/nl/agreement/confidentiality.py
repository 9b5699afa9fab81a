"""For whom a dossier exists, by how confidential it is, in words."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement, Level
from gehoor.core.wording.chapters import Chapter, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import joined, role


def confidentiality(agreement: Agreement) -> Chapter:
    """Say of each level for whom a dossier with it exists."""
    of = agreement.dossier_form.fields.get(agreement.field_for("confidentiality"))
    labels = {choice.code: choice.label for choice in of.choices} if of else {}
    return chapter(
        "confidentiality",
        "Vertrouwelijkheid",
        loose(
            "confidentiality",
            *(
                Sentence(f"confidentiality/{name}", _sentence(agreement, labels.get(name, name), level))
                for name, level in agreement.confidentiality.items()
            ),
        ),
    )


def _sentence(agreement: Agreement, label: str, level: Level) -> str:
    if level.everyone:
        return f"Een dossier met het niveau '{label}' bestaat voor iedereen van de afdeling."
    who = joined([role(agreement, one) for one in level.exists_for])
    also = ", en voor wie het behandelt" if level.handler else ""
    return f"Een dossier met het niveau '{label}' bestaat alleen voor {who}{also}."
