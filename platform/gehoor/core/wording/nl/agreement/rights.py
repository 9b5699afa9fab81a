"""Which actions the agreement keeps for some roles, in words."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter, Sentence, chapter, loose
from gehoor.core.wording.nl.actions import WORDS
from gehoor.core.wording.nl.agreement.phrases import joined, role


def rights(agreement: Agreement) -> Chapter:
    """Say who may do what, where that is not everyone who works there."""
    return chapter(
        "rights",
        "Wie wat mag",
        loose(
            "rights",
            *(
                Sentence(
                    f"rights/{action}",
                    f"Alleen {joined([role(agreement, one) for one in roles])} "
                    f"{'mag' if len(roles) == 1 else 'mogen'} {WORDS[action]}.",
                )
                for action, roles in agreement.rights.items()
            ),
        ),
    )
