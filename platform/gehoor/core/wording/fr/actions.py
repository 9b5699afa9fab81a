"""What people do with a dossier, in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.wording.phrases import joined
from gehoor.core.wording.port import Actions

WORDS: Final[Mapping[Action, str]] = {
    Action.REGISTER: "enregistrer un message",
    Action.FILL_IN: "compléter un dossier",
    Action.COMPLETE: "atteindre une étape",
    Action.SUSPEND_TERM: "suspendre un délai ou le laisser courir de nouveau",
    Action.EXTEND_TERM: "prolonger un délai",
    Action.SETTLE_DUTIES: "marquer une obligation comme remplie",
    Action.WAIVE_DUTIES: "lever une obligation avec un motif",
    Action.ASSIGN: "prendre, attribuer ou transmettre un dossier",
    Action.WRITE_MESSAGES: "écrire un message à l'auteur du signalement",
    Action.STRIKE_NOTES: "biffer les notes des autres, et lire ce qui a été biffé",
    Action.NOTES: "lire et écrire des notes et des contacts",
    Action.NEW_CODE: "donner un nouveau code de suivi",
    Action.REOPEN: "rouvrir un dossier clôturé",
    Action.LINK: "lier des dossiers entre eux",
    Action.MERGE: "fusionner un dossier avec un autre",
    Action.SEND_ON: "transmettre un dossier",
    Action.READ_ATTACHMENTS: "ouvrir les pièces jointes",
    Action.READ_AGREEMENT: "lire ces accords en entier",
    Action.READ_ACCESS_LOG: "vérifier qui a consulté un dossier",
    Action.BREAK_GLASS: "ouvrir en urgence un dossier qui est sinon protégé",
    Action.APPROVE_RETENTION: "approuver quels dossiers sont anonymisés",
    Action.EXPORT_PERSON: "donner accès à une personne aux données qui la concernent",
    Action.MANAGE_ACCOUNTS: "gérer les comptes",
    Action.PROPOSE: "proposer un changement des accords",
    Action.DISCUSS: "lire les propositions d'accords et les commenter",
    Action.APPROVE: "approuver ce qu'une autre personne propose pour les accords",
    Action.PUBLISH: "faire entrer des accords en vigueur",
    Action.SEE_FIGURES: "voir l'aperçu avec les chiffres",
    Action.MAKE_REPORTS: "faire un rapport et le figer",
    Action.READ_REPORTS: "lire les rapports figés",
    Action.EXPORT_DOSSIERS: "exporter de nombreux dossiers à la fois",
}
ACTIONS: Final = Actions(language="fr", names=WORDS, either=lambda names: joined(names, "ou"))
