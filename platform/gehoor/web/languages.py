"""In which language a page speaks: asked for once, and remembered for the visit. What an organisation wrote itself
stays in the language it was written in, where it was not translated."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale, UnknownLocaleError
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel

FIRST: Final = "nl"
"""The language that everything on the pages is written in first."""
ASKED: Final = "taal"
"""The part of an address that asks for another language."""
STAFF: Final = "/medewerker"
"""Where the pages for staff begin: those speak the first language."""
_REMEMBERED: Final = "language"


def install(app: Flask) -> None:
    """Let pages speak the language that was asked for."""
    Babel(app, locale_selector=language)
    app.before_request(_remember)
    app.jinja_env.globals.update(page_language=language, direction=direction, language_name=language_name)


@cache
def known() -> tuple[str, ...]:
    """Return the languages that pages can speak, the first one first."""
    catalogues = files("gehoor.web") / "translations"
    return (FIRST, *sorted(one.name for one in catalogues.iterdir() if one.is_dir()))


def language() -> str:
    """Return the language of this page."""
    if not has_request_context() or request.path.startswith(STAFF):
        return FIRST
    if "language" not in g:
        asked = request.args.get(ASKED) or session.get(_REMEMBERED)
        g.language = asked if asked in known() else FIRST
    spoken: str = g.language
    return spoken


def language_name(code: str) -> str:
    """Return what a language is called by who speaks it; one that nobody knows by its code."""
    try:
        name = Locale.parse(code).get_language_name(code)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else code


def direction(code: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    try:
        return str(Locale.parse(code).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _remember() -> None:
    if request.args.get(ASKED) in known() and not request.path.startswith(STAFF):
        session[_REMEMBERED] = request.args[ASKED]
