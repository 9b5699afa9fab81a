"""A place in a file as an address names it, and why nothing can be written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from flask import abort, request
from flask_babel import gettext as _

from gehoor.services.ports.drafting import SheetRefusedError

Steps: TypeAlias = "tuple[str | int, ...]"
_DEEPEST: Final = 20


def why_refused(error: SheetRefusedError) -> str:
    """Return the sentence for what cannot be written."""
    sentences: Mapping[str, str] = {
        "name": _("Deze naam kan niet. Begin met een letter, en kies een naam die er nog niet is."),
        "snippet": _("Dit kunnen wij niet lezen. Schrijf het zoals in het voorbeeld."),
        "choices": _("Schrijf minstens twee keuzes, elk op een eigen regel."),
        "never": _("Zo kan deze regel nooit iets doen. Kijk na wat u bij Als koos."),
        "already": _("Andere regels doen dit al. Deze regel verandert dan niets."),
        "text-only": _(
            "Dit stuk is zo geschreven dat het alleen in de tekst van het bestand kan veranderen."
        ),
    }
    return sentences[error.reason]


def path_asked() -> Steps:
    """Return the place that an address names: each step in turn, an index by its number. None is deeper than a file
    can be."""
    named = request.args.getlist("p")
    if len(named) > _DEEPEST:
        abort(404)
    return tuple(step_of(one) for one in named)


def may_be_new() -> bool:
    """Say whether an address names a place at which nothing has to stand yet."""
    return request.args.get("nieuw", "") == "ja"


def last_step() -> str:
    """Return the last step of the place that an address names, for whoever reads what was done there."""
    path = path_asked()
    if not path:
        abort(404)
    return str(path[-1])


def step_of(text: str) -> str | int:
    """Return a step of a place as an address names it: an index by its number, a key by its name."""
    return int(text[1:]) if text.startswith("#") and text[1:].isdecimal() and len(text) < 8 else text


def in_address(path: Steps) -> list[str]:
    """Return a place as an address names it."""
    return [f"#{one}" if isinstance(one, int) else one for one in path]
