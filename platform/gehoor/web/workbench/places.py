"""A place in a file as an address names it, and what was typed at one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gehoor.core.proposals.sheets import Shape, Sheet
from gehoor.services.ports.drafting import SheetRefusedError

Steps: TypeAlias = "tuple[str | int, ...]"
PREFIX: Final = "w_"
"""What the name of a control of a sheet begins with."""


def why_refused(error: SheetRefusedError) -> str:
    """Return the sentence for what cannot be written."""
    sentences: Mapping[str, str] = {
        "name": _("Deze naam kan niet. Begin met een letter, en kies een naam die er nog niet is."),
        "snippet": _("Dit kunnen wij niet lezen. Schrijf het zoals in het voorbeeld."),
        "text-only": _(
            "Dit stuk is zo geschreven dat het alleen in de tekst van het bestand kan veranderen."
        ),
    }
    return sentences[error.reason]


def typed_in(sheet: Sheet, form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what was typed at the keywords that the page asked."""
    asked = form.getlist("gevraagd")
    words = {one.word for one in (*sheet.controls, *sheet.more)} | (
        {""} if sheet.shape is Shape.VALUE else set()
    )
    return {word: form.getlist(f"{PREFIX}{word}") for word in asked if word in words}


def path_asked() -> Steps:
    """Return the place that an address names: each step in turn, an index by its number."""
    return tuple(_step(one) for one in request.args.getlist("p"))


def _step(text: str) -> str | int:
    return int(text[1:]) if text.startswith("#") and text[1:].isdecimal() and len(text) < 8 else text


def in_address(path: Steps) -> list[str]:
    """Return a place as an address names it."""
    return [f"#{one}" if isinstance(one, int) else one for one in path]
