"""What Gehoor itself says in a letter to whoever told something, in Dutch."""

from __future__ import annotations

from typing import Final

from gehoor.core.wording.nl.formats import quoted
from gehoor.core.wording.port import Letters


def _second_line(name: str, when: str, contact: str) -> str:
    told = ": ".join(part for part in (name, when) if part)
    return f"{told} ({contact})" if contact else told


LETTERS: Final = Letters(
    language="nl",
    missing=lambda what: f"{quoted(what)} is nog niet ingevuld",
    places={
        "number": "het nummer",
        "department": "de afdeling",
        "organisation": "de organisatie",
        "today": "de dag van vandaag",
        "link": "het adres van de volgpagina",
        "phone": "ons telefoonnummer",
        "email": "ons e-mailadres",
        "address": "ons adres",
        "sender": "wie ondertekent",
        "handler": "wie het dossier behandelt",
        "code": "de volgcode",
        "second-line": "waar men daarna terecht kan",
    },
    due=lambda term: f"uiterste dag voor {quoted(term)}",
    second_line=_second_line,
)
