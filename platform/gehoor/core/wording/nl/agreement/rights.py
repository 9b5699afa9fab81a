"""Who may do what, in words."""

from __future__ import annotations

from gehoor.core.agreement.actions import LEFT_OUT, Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter, Sentence, chapter, loose
from gehoor.core.wording.nl.actions import WORDS
from gehoor.core.wording.nl.agreement.phrases import joined, role


def rights(agreement: Agreement) -> Chapter:
    """Say who may do what matters, and the rest where that is not everyone who works there."""
    return chapter(
        "rights",
        "Wie wat mag",
        loose(
            "rights",
            *(
                Sentence(f"rights/{action}", _sentence(agreement, action))
                for action, of in LEFT_OUT.items()
                if of.to_be_stated or action in agreement.rights
            ),
        ),
    )


def _sentence(agreement: Agreement, action: Action) -> str:
    roles = agreement.rights.get(action)
    if roles is None:
        return f"Iedereen van de afdeling mag {WORDS[action]}."
    if not roles:
        return f"Niemand mag {WORDS[action]}."
    who = joined([role(agreement, one) for one in roles])
    return f"Alleen {who} {'mag' if len(roles) == 1 else 'mogen'} {WORDS[action]}."
