"""What staff are told where no rule says why, in French."""

from __future__ import annotations

from datetime import date
from typing import Final

from gehoor.core.wording.fr.dates import show_date
from gehoor.core.wording.port import Notices


def _review_overdue(department: str, before: date) -> str:
    return f"Les accords de {department} devaient être revus avant le {show_date(before)}."


NOTICES: Final = Notices(
    language="fr",
    assigned="Ce dossier vous a été attribué.",
    taken_back="La personne qui traitait ce dossier ne peut plus le faire. Attribuez-le à quelqu'un d'autre.",
    taken_from_one="L'une des personnes qui traitaient ce dossier ne peut plus le faire. Voyez s'il en faut une autre.",
    glass_broken="Quelqu'un a ouvert ce dossier en urgence. Le dossier dit qui, et pourquoi.",
    written="L'auteur du signalement a écrit un nouveau message. Lisez-le dans le dossier et répondez-y.",
    task_given="Cette tâche est pour vous.",
    task_reminder="Cette tâche doit bientôt être faite.",
    task_late="Cette tâche est en retard.",
    task_no_day="pas de jour fixé",
    task_done=lambda name: f"Une tâche est faite : {name}. Le dossier dit ce qui a été rempli.",
    task_trouble=lambda name: f"Cette tâche n'est pas possible, ou pas à temps\u00a0: {name}.",
    task_trouble_told=lambda name: (
        f"Une tâche n'est pas possible, ou pas à temps\u00a0: {name}. Le dossier dit pourquoi, tout en haut."
    ),
    review_overdue=_review_overdue,
)
