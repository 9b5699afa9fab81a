"""What an objection says, in French: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.wording.fr.formats import FORMATS
from gehoor.core.wording.fr.typography import typeset
from gehoor.core.wording.objections import Objections

_SENTENCES: Final[Mapping[str, str]] = {
    "required": "Remplissez {label}.",
    "number-taken": "Le numéro {number} est déjà celui d'un autre dossier.",
    "required-question": "Répondez à la question {label}.",
    "required-choice": "Choisissez une réponse à {label}.",
    "anonymous-refused": "Sans nom, nous ne pouvons pas traiter de plainte ici. {explanation}",
    "same-person": "Choisissez ici quelqu'un d'autre.",
    "same-person-there": "Choisissez ici quelqu'un d'autre que dans « {other} ».",
    "required-before": "Remplissez ceci : c'est nécessaire pour « {milestone} ».{because}",
    "blocked": "« {milestone} » n'est pas encore possible. {because}",
    "duty-owed": "« {milestone} » n'est pas encore possible : « {duty} » doit d'abord être fait. {because}",
    "approval-needed": "« {milestone} » n'est pas encore possible. Une personne ayant le rôle {role} doit d'abord "
    "l'approuver. {because}",
    "approval-lapsed": "« {milestone} » n'est pas encore possible : quelque chose a été modifié après l'approbation. "
    "Demandez une nouvelle approbation à : {role}. {because}",
    "no-such-duty": "Cette obligation n'existe pas ou est déjà réglée.",
    "letter-unsent": "« {milestone} » n'est pas encore possible : envoyez d'abord {letters}, sous "
    "Messages dans ce dossier.",
    "letter-open": "Cette lettre n'est pas terminée. Complétez : {spots}.",
    "letter-empty": "Écrivez d'abord un objet et un texte.",
    "letter-long": "Cette lettre est trop longue : {bound} caractères au maximum.",
    "letter-stale": "Depuis la rédaction de cette lettre, le dossier a changé. Relisez-la et "
    "cochez qu'elle est toujours exacte.",
    "letter-way": "Cette lettre ne peut pas être envoyée ainsi.",
    "handler-only": "Seule la personne qui traite le dossier modifie ceci. Demandez-le-lui, ou reprenez le dossier.",
    "letter-unwished": "L'auteur du signalement a demandé autre chose. « {asked} » La réponse était : {chosen}. "
    "Envoyez la lettre ainsi, ou donnez un motif pour lequel elle part autrement.",
    "letter-sender": "Cette lettre est envoyée par une personne ayant ce rôle : {role}.",
    "no-such-letter": "Cette lettre n'est pas (ou plus) pour ce dossier.",
    "no-such-approval": "Il n'y a rien à approuver ici pour l'instant.",
    "approve-role": "Seule une personne ayant ce rôle peut approuver : {role}.",
    "approve-text": "Il s'agit d'approuver une lettre. Lisez-la d'abord, sous Messages dans "
    "ce dossier, et approuvez-la là.",
    "approve-own": "Vous y avez travaillé vous-même. Quelqu'un d'autre doit l'approuver.",
    "at-least-one": "{refusal}",
    "unreadable-date": "Écrivez une date, par exemple 27-03-2026.",
    "unreadable-time": "Écrivez une heure, par exemple 17:30.",
    "unreadable-instant": "Écrivez une date et une heure.",
    "unreadable-integer": "Écrivez un nombre entier, sans virgule.",
    "unreadable-decimal": "Écrivez un nombre, par exemple 12,50.",
    "two-ways": "Voulez-vous dire {way1} ou {way2}\u00a0? Écrivez-le comme ici.",
    "unreadable-phone": "Écrivez un seul numéro de téléphone, par exemple 0470 12 34 56.",
    "unreadable-web-address": "Écrivez une adresse web complète, par exemple https://www.exemple.be.",
    "unreadable-scale": "Choisissez une des réponses de la liste.",
    "unreadable-boolean": "Choisissez oui ou non.",
    "unreadable": "Nous ne pouvons pas lire ceci. Remplissez-le de nouveau.",
    "form-minLength": "Écrivez un peu plus : au moins {bound} caractères.",
    "text-too-long": "Ce que vous avez ajouté est trop long : {bound} caractères au plus, et il y en a {length}.",
    "form-maxLength": "C'est trop long : au plus {bound} caractères.",
    "form-minimum": "Le plus petit nombre est {bound}.",
    "form-maximum": "Le plus grand nombre est {bound}.",
    "form-exclusiveMinimum": "Le nombre doit être supérieur à {bound}.",
    "form-exclusiveMaximum": "Le nombre doit être inférieur à {bound}.",
    "form-multipleOf": "Écrivez un multiple de {bound}.",
    "form-multipleOf-cent": "Écrivez au plus deux chiffres après la virgule.",
    "form-const": "Sans « oui » ici, rien ne peut être envoyé.",
    "form-const-no": "Sans « non » ici, rien ne peut être envoyé.",
    "form-minItems": "Choisissez-en au moins {bound}.",
    "form-maxItems": "Choisissez-en au plus {bound}.",
    "form-minItems-groups": "Remplissez-en au moins {bound}.",
    "form-maxItems-groups": "C'est trop : au plus {bound}.",
    "form-uniqueItems-groups": "La même chose y figure deux fois. Supprimez-en une.",
    "form-minItems-attachments": "Ajoutez au moins {bound} fichiers.",
    "form-maxItems-attachments": "C'est trop : au plus {bound} fichiers.",
    "unreadable-attachments": "Les fichiers ne peuvent être ajoutés que sur une page de Gehoor.",
    "file-unknown": "Nous n'avons plus l'un de ces fichiers. Ajoutez-le de nouveau.",
    "file-kind": "Le fichier « {file} » n'est pas possible. Nous acceptons : {kinds}.",
    "file-differs": "Le fichier « {file} » est autre chose que ce que dit son nom. Enregistrez-le de nouveau comme "
    "{kinds}.",
    "file-empty": "Le fichier « {file} » est vide. Choisissez-le de nouveau.",
    "file-too-large": "Le fichier « {file} » est trop grand : au plus {bound}.",
    "picture-too-large": "La photo « {file} » est trop grande : au plus {bound}.",
    "files-too-large": "Ensemble, ces fichiers sont trop grands : au plus {bound}. Nous n'avons pas accepté "
    "« {file} ».",
    "files-too-many": "C'est trop : au plus {bound} fichiers. Nous nous sommes arrêtés à « {file} ».",
    "file-uncleanable": "Nous ne pouvons pas retirer les données cachées (comme un lieu ou un nom) de « {file} ». "
    "Faites-en une capture d'écran et choisissez celle-ci.",
    "file-busy": "Nous vérifions beaucoup de fichiers en ce moment. Ce que vous avez écrit est toujours là : ajoutez "
    "de nouveau « {file} » dans un instant.",
    "pictures-too-large": "Ensemble, ces images sont trop grandes pour être vérifiées. Ajoutez « {file} » ensuite, ou "
    "réduisez l'image.",
    "file-not-kept": "Nous ne pouvons pas garder « {file} » maintenant. Choisissez-le de nouveau quand tout le "
    "reste est correct.",
    "form-required": "Remplissez {label}.",
    "form-format-email": "Écrivez une adresse e-mail complète, par exemple nom@exemple.be.",
    "form-pattern-phone": "Écrivez un numéro de téléphone en chiffres, par exemple 0470 12 34 56.",
    "form-choice": "Choisissez l'une des réponses de la liste.",
    "form-unknown": "Ce champ ne fait pas partie de ce formulaire.",
    "unknown-person": "Choisissez seulement des personnes qui travaillent ici. Nous ne connaissons pas : {people}.",
    "not-asked": "Avec les autres réponses, ceci n’est pas demandé. Omettez-le, ou modifiez ce qui le fait afficher.",
    "not-offered": "{choices} ne va pas avec les autres réponses. Choisissez à nouveau, ou modifiez une autre réponse.",
    "retired": "Cette réponse n'est plus utilisée. Choisissez-en une autre.",
    "in-future": "Cette date est dans le futur. Indiquez quand cela s'est passé.",
    "ends-undone": "« {milestone} » n'est pas encore possible : « {term} » court encore. Faites d'abord ce qui est "
    "demandé, ou donnez un motif pour lequel ce n'est plus nécessaire.",
    "closes-unanswered": "L'auteur du signalement a encore écrit un message, et personne n'a répondu. Répondez "
    "d'abord, ou donnez un motif pour lequel ce n'est pas nécessaire.",
    "hides-lateness": "Ainsi, on ne voit plus que ceci est en retard : {late}. Votre modification est-elle correcte ? "
    "Donnez alors un motif.",
    "change-needs-reason": "Il y avait déjà une réponse ici. Donnez un motif si vous la modifiez.",
    "held-back": "Vous ne pouvez pas le faire pour l'instant : quelque chose que vous ne voyez pas doit "
    "d'abord avoir lieu. Demandez-le à un ou une collègue.",
    "task-not-now": "Rien ne peut être rempli pour cette tâche pour l'instant. Demandez-le à qui traite le dossier.",
    "closed-first": "Ce dossier est clôturé. Rouvrez-le d'abord.",
    "before-receipt": "Cette date précède la réception le {received}.",
    "date-too-early": "Cette date ne peut pas être antérieure au {day}.",
    "date-too-late": "Cette date ne peut pas être postérieure au {day}.",
    "date-does-not-fit": "Cette date ne correspond pas à une autre date de ce dossier.",
    "after-milestone": "Cette date est postérieure à « {milestone} » le {day}. Vérifiez les deux dates et "
    "corrigez celle qui est fausse.",
    "closes-too-early": "Cette date est antérieure à « {milestone} » le {day}. Vérifiez les deux dates et "
    "corrigez celle qui est fausse.",
    "impossible-date": "Nous ne pouvons pas calculer avec cette date. Vérifiez l'année.",
    "fixed": "Ceci est fixé et ne peut plus être modifié.",
    "hides-fixed": "Ainsi, ce qui est fixé change ou disparaît : {parties}. Rouvrez d'abord le dossier.",
    "hides-fixed-open": "Ainsi, ce qui est fixé change ou disparaît : {parties}. Ceci ne peut plus être modifié.",
    "hides-fixed-unseen": "Ainsi, une chose fixée que vous ne voyez pas change ou disparaît. Demandez-le à un ou une "
    "collègue ; si le dossier est clôturé, on le rouvre d'abord.",
    "not-yours": "Ce n'est pas à vous de le remplir. Seules les personnes ayant ce rôle le font : {roles}.",
    "phase-closed": "La phase {phase} n'est pas encore ouverte : d'abord « {milestone} ».",
    "term-not-running": "Ce délai ne court pas, ou ce qui était à faire est déjà fait.",
    "suspend-not-allowed": "Selon les accords, le délai « {term} » ne peut pas être suspendu.",
    "suspend-reason": "Choisissez un motif convenu : {reasons}.",
    "already-suspended": "Ce délai est déjà suspendu.",
    "not-suspended": "Ce délai n'est pas suspendu.",
    "suspend-too-late": "Le délai est déjà écoulé. Il ne peut être suspendu qu'avant.",
    "suspend-used-up": "Ce délai a déjà été suspendu, au total, aussi longtemps que permis. Une nouvelle suspension "
    "n'est pas possible.",
    "day-cannot-be": "Ce jour n'est pas possible : choisissez aujourd'hui ou un jour antérieur, après la suspension "
    "précédente.",
    "extend-not-allowed": "Selon les accords, le délai « {term} » ne peut pas être prolongé.",
    "extend-too-late": "Le délai est déjà écoulé. Il ne peut être prolongé qu'avant.",
    "extend-told": "Indiquez quand vous l'avez communiqué à : {parties}. Cela se fait avant la fin du délai.",
    "extend-length": "Choisissez de combien : un nombre de 1 à {number}.",
    "extend-too-often": "Ce délai a déjà été prolongé autant de fois que permis ({number} fois).",
    "extend-consent": "Une nouvelle prolongation n'est possible qu'avec l'accord de la personne plaignante. Indiquez "
    "quand elle l'a donné.",
    "reason-needed": "Indiquez pourquoi.",
    "not-closed": "Ce dossier n'est pas clôturé.",
    "no-such-number": "Il n'y a pas de dossier portant ce numéro que vous puissiez ouvrir.",
    "same-dossier": "C'est le numéro de ce dossier. Indiquez le numéro de l'autre.",
    "already-linked": "Ces deux dossiers sont déjà liés.",
    "not-linked": "Ces deux dossiers ne sont pas liés.",
    "merge-not-agreed": "Les accords ne disent pas ce que la fusion complète. Liez les dossiers, ou adressez-vous à la "
    "personne qui gère les accords.",
    "merge-not-counted": "L'autre dossier suit des accords qui ne comptent pas qui doit encore apprendre "
    "quelque chose. Fusionnez l'autre avec celui-ci, ou liez-les.",
    "merge-closed": "L'un des deux dossiers est clôturé. Rouvrez-le d'abord, ou liez-les.",
    "goes-on-elsewhere": "Ce dossier continue déjà dans un autre. Prenez cet autre dossier.",
    "took-others-in": "D'autres dossiers continuent dans celui-ci. Séparez-les d'abord, ou fusionnez "
    "l'autre dans celui-ci.",
    "not-same-person": "Rien ne montre que la même personne ait fait les deux signalements. Choisissez "
    "«\u00a0une autre personne\u00a0»\u00a0: ainsi, personne ne lit ce qui est destiné à un autre.",
    "merge-hidden": "Parmi ceux qui voient ce dossier, certains ne peuvent pas savoir que l'autre existe. Indiquez "
    "d'abord ici la même confidentialité et les mêmes personnes concernées.",
    "merge-hidden-there": "Parmi ceux qui voient l'autre dossier, certains ne peuvent pas savoir que celui-ci existe. "
    "Indiquez d'abord là-bas la même confidentialité et les mêmes personnes concernées.",
    "not-merged": "Ce dossier n'est pas fusionné.",
    "send-not-agreed": "Les accords ne disent pas ce qui est alors transmis. Adressez-vous à la personne qui les gère.",
    "send-closed": "Ce dossier est clôturé. Rouvrez-le d'abord.",
    "send-no-consent": "C'est possible seulement si la réponse à «\u00a0{other}\u00a0» est oui.",
    "send-where": "Indiquez à qui il est transmis.",
    "send-lacks": "Chez {department}, il ne peut pas être ouvert ainsi. Vérifiez d'abord\u00a0: {parties}.",
    "send-no-place": "Chez {department}, il n'y a pas de place pour\u00a0: {parties}. Laissez cela de côté et "
    "transmettez-le vous-même.",
    "send-unprotected": "Dans ce service, ce dossier serait visible pour des personnes qui ne peuvent pas le voir. "
    "Appelez-les d'abord.",
    "same-department": "Le dossier appartient déjà à ce service. Choisissez-en un autre.",
    "no-such-department": "Ce service ne reçoit pas de messages actuellement. Choisissez-en un autre.",
    "assign-closed": "Ce dossier est clôturé. Rouvrez-le d'abord.",
    "assign-not-yours": "Selon les accords, vous n'attribuez pas de dossiers. Demandez-le à la personne qui le fait.",
    "assign-cannot": "Ce dossier ne peut pas être confié à cette personne. Choisissez quelqu'un de la liste.",
    "assign-back": "Les rôles de la personne qui le reprend ne donnent pas accès à ce dossier. "
    "Plus personne ne le traite ; la personne qui peut l'attribuer en est avertie.",
    "assign-changed": "Entre-temps, ce dossier est traité par : {who}. Vérifiez si vous voulez encore modifier cela.",
    "assign-one": "Selon les accords, une seule personne traite ce dossier : personne ne s'y ajoute.",
    "assign-most": "Selon les accords, {most} personnes au plus traitent ce dossier. Libérez d'abord une place.",
    "assign-unknown": "Ce dossier n'existe pas.",
    "assign-damaged": "Ce dossier est endommagé. La personne qui gère le serveur peut le réparer.",
    "repin-closed": "Ce dossier est clôturé. Seul un dossier en cours peut passer à d'autres accords.",
    "repin-same": "Ce dossier suit déjà ces accords.",
    "repin-elsewhere": "Ce sont des accords de {department}. Choisissez des accords du service du dossier.",
    "repin-not-yet": "Ces accords n'entrent en vigueur que le {day}.",
    "repin-would-close": "Selon ces accords, le dossier serait clôturé tout de suite.",
    "repin-unprotected": "Selon ces accords, le dossier existerait pour une personne qu'il concerne.",
    "repin-opens": "Selon ces accords, le dossier existerait pour qui il n'existe pas maintenant\u00a0: {parties}. Si "
    "c'est permis, nommez-les chacun avec --opens.",
    "repin-no-field": "Les autres accords n'ont pas ce champ. La réponse serait perdue.",
    "repin-answer": "Les autres accords n'acceptent pas cette réponse telle quelle.",
    "repin-suspended": "Le délai « {term} » a été suspendu. Les autres accords ne le permettent pas.",
    "repin-extended": "Le délai « {term} » a été prolongé. Les autres accords ne le permettent pas.",
    "form": "Cette réponse ne convient pas à cette question.",
}
OBJECTIONS: Final = Objections(
    language="fr",
    formats=FORMATS,
    sentences={code: typeset(sentence) for code, sentence in _SENTENCES.items()},
    this_field="ce champ",
    row="ligne {row}",
    nobody="personne",
    either="ou",
    also="et",
    late_term="{term} ({day})",
    late_term_told=typeset("{term} ({day}, communiqué à {roles})"),
)
