"""Which actions the agreement keeps for some roles, in words."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.nl.agreement.model import Chapter, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import joined, role

WORDS: Mapping[Action, str] = {
    Action.REGISTER: "een bericht registreren",
    Action.FILL_IN: "een dossier invullen",
    Action.COMPLETE: "een mijlpaal bereiken",
    Action.SUSPEND_TERM: "een termijn opschorten of weer laten lopen",
    Action.EXTEND_TERM: "een termijn verlengen",
    Action.SETTLE_DUTIES: "een plicht afvinken",
    Action.WAIVE_DUTIES: "een plicht met een reden laten vervallen",
    Action.ASSIGN: "een dossier opnemen, toewijzen of overdragen",
    Action.WRITE_MESSAGES: "een bericht aan de melder schrijven",
    Action.REOPEN: "een afgesloten dossier heropenen",
    Action.READ_ATTACHMENTS: "bijlagen openen",
    Action.READ_AGREEMENT: "deze afspraken helemaal lezen",
}
"""What each action is called in the middle of a sentence."""


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
