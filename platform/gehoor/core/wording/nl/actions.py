"""What people do with a dossier, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.wording.phrases import joined
from gehoor.core.wording.port import Actions

WORDS: Final[Mapping[Action, str]] = {
    Action.REGISTER: "een bericht registreren",
    Action.FILL_IN: "een dossier invullen",
    Action.COMPLETE: "een mijlpaal bereiken",
    Action.SUSPEND_TERM: "een termijn opschorten of weer laten lopen",
    Action.EXTEND_TERM: "een termijn verlengen",
    Action.SETTLE_DUTIES: "een plicht afvinken",
    Action.WAIVE_DUTIES: "een plicht met een reden laten vervallen",
    Action.ASSIGN: "een dossier opnemen, toewijzen of overdragen",
    Action.WRITE_MESSAGES: "een bericht aan de melder schrijven",
    Action.STRIKE_NOTES: "notities van anderen doorhalen, en lezen wat doorgehaald is",
    Action.NOTES: "notities en contactmomenten lezen en schrijven",
    Action.NEW_CODE: "een nieuwe volgcode geven",
    Action.REOPEN: "een afgesloten dossier heropenen",
    Action.LINK: "dossiers met elkaar verbinden",
    Action.MERGE: "een dossier samenvoegen met een ander",
    Action.SEND_ON: "een dossier doorsturen",
    Action.READ_ATTACHMENTS: "bijlagen openen",
    Action.READ_AGREEMENT: "deze afspraken helemaal lezen",
    Action.READ_ACCESS_LOG: "nagaan wie een dossier inkeek",
    Action.BREAK_GLASS: "in nood een dossier openen dat anders afgeschermd is",
    Action.APPROVE_RETENTION: "goedkeuren welke dossiers geanonimiseerd worden",
    Action.EXPORT_PERSON: "inzage geven aan iemand over wie iets bewaard is",
    Action.MANAGE_ACCOUNTS: "accounts beheren",
    Action.PROPOSE: "een wijziging van de afspraken voorstellen",
    Action.DISCUSS: "voorstellen voor de afspraken lezen en er iets bij zeggen",
    Action.APPROVE: "goedkeuren wat iemand anders voor de afspraken voorstelt",
    Action.PUBLISH: "afspraken laten ingaan",
    Action.SEE_FIGURES: "het overzicht met de cijfers zien",
    Action.MAKE_REPORTS: "een verslag maken en vastleggen",
    Action.READ_REPORTS: "vastgelegde verslagen lezen",
    Action.EXPORT_DOSSIERS: "veel dossiers tegelijk uitvoeren",
}
"""What each action is called in the middle of a sentence."""

ACTIONS: Final = Actions(language="nl", names=WORDS, either=lambda names: joined(names, "of"))
