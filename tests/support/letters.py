"""De Linde with letters to complainants: an answer, word of how far it is, and an e-mail that announces."""

from __future__ import annotations

from typing import Any

from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.correspondence.drafting import Writing, as_template_gives, keep_draft
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import PUBLISHED_ON, de_linde, publish_change

ELS = Operator("els")

ANSWER: dict[str, Any] = {
    "name": "Antwoord op de klacht",
    "applies-if": {"type_bericht": "klacht"},
    "reached": "antwoord verstuurd",
    "ways": {
        "follow-page": {"antwoord_wijze": "volgcode"},
        "email": {"antwoord_wijze": "email"},
        "post": {"antwoord_wijze": "brief"},
    },
    "fill": {"tweede_lijn_vermeld": True},
    "subject": "Ons antwoord ({number})",
    "text": [
        "Beste {klager_naam},",
        {"if": {"gegrondheid": "gegrond"}, "text": "# Ons besluit\n\nUw klacht is gegrond."},
        {"if": {"gegrondheid": "onduidelijk"}, "text": "Wij weten het niet."},
        {"if": {"besluit": {"filled": True}}, "text": "{besluit}"},
        {"if": {"besluit": {"filled": False}}, "text": "[[Wat beslissen wij?]]"},
        "Tot {due antwoord} kunt u ons bellen.\n\n{sender}",
    ],
}
UPDATE: dict[str, Any] = {
    "name": "Stand van zaken",
    "ways": {"follow-page": True, "post": True},
    "subject": "Hoever wij staan",
    "text": ["Beste,", "Wij zijn ermee bezig."],
}
ANNOUNCEMENT: dict[str, Any] = {
    "name": "Er staat iets klaar",
    "subject": "Er staat iets klaar ({number})",
    "text": ["U leest het op {link} met uw code."],
}


def add_letters(document: dict[str, Any], **more: Any) -> None:
    """Add the letters to the document of a department."""
    letters = {"antwoord": ANSWER, "stand-van-zaken": UPDATE, "staat-klaar": ANNOUNCEMENT}
    document["correspondence"] = {**letters, **more}
    document["notices"]["to-read"] = "staat-klaar"


def with_letters() -> Runtime:
    """Return a runtime in which De Linde agreed on letters from the beginning."""
    runtime = de_linde()
    publish_change(runtime, add_letters, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    return runtime


def write(
    runtime: Runtime,
    dossier: str,
    when: str,
    *,
    letter: str = "antwoord",
    text: str | None = None,
    actor: Actor = ELS,
    seen: int | None = None,
    language: str = "nl",
) -> int:
    """Keep a draft, as the template gives it where no text is given; returns the sequence of the draft."""
    opened = look(runtime, dossier, at(when))
    template = opened.agreement.correspondence[letter]
    given = as_template_gives(runtime, opened, template, language, "Els Verhaegen", at(when))
    before = opened.dossier.drafts.get(letter)
    known = (before.sequence if before else 0) if seen is None else seen
    words = given.text if text is None else text
    writing = Writing(dossier, letter, language, given.subject, words, known, given.basis, actor)
    return keep_draft(runtime, writing, at(when)).drafts[letter].sequence


def post(
    runtime: Runtime,
    dossier: str,
    draft: int,
    when: str,
    *,
    letter: str = "antwoord",
    way: str = "post",
    actor: Actor = ELS,
    **more: Any,
) -> Any:
    """Send a draft that was kept."""
    return send(runtime, Sending(dossier, letter, draft, way, actor, **more), at(when))
