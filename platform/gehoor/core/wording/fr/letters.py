"""What Gehoor itself says in a letter to whoever told something, in French."""

from __future__ import annotations

from typing import Final

from gehoor.core.wording.fr.typography import quoted
from gehoor.core.wording.port import Letters


def _second_line(name: str, when: str, contact: str) -> str:
    told = " : ".join(part for part in (name, when) if part)
    return f"{told} ({contact})" if contact else told


LETTERS: Final = Letters(
    language="fr",
    missing=lambda what: f"{quoted(what)} n'est pas encore rempli",
    places={
        "number": "le numéro",
        "department": "le service",
        "organisation": "l'organisation",
        "today": "la date d'aujourd'hui",
        "link": "l'adresse de la page de suivi",
        "phone": "notre numéro de téléphone",
        "email": "notre adresse e-mail",
        "address": "notre adresse",
        "sender": "la personne qui signe",
        "handler": "la personne qui traite le dossier",
        "code": "le code de suivi",
        "second-line": "les recours possibles",
    },
    due=lambda term: f"date limite de {quoted(term)}",
    second_line=_second_line,
)
