"""In which language a page speaks: outside the one that was asked for once, and is remembered for the visit; for staff
that of their organisation. What an organisation wrote itself stays in the language it was written in, where it was not
translated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, refresh
from flask_babel import gettext as _
from markupsafe import Markup

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.port import Sentences
from gehoor.core.wording.registry import LANGUAGES, sentences_in
from gehoor.services.agreements.working_languages import working_languages
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.web.request.problems import is_api
from gehoor.web.request.session import current_account
from gehoor.web.request.site import now, site

FIRST: Final = "nl"
"""The language that everything on the pages is written in first."""
ASKED: Final = "taal"
"""The part of an address that asks for another language."""
STAFF: Final = "/medewerker"
"""Where the pages for staff begin: those speak the language of the organisation that they are about."""
_REMEMBERED: Final = "language"
_CODE = re.compile(r"[a-z]{2,3}\Z")


def install(app: Flask) -> None:
    """Let pages speak the language that was asked for."""
    Babel(app, locale_selector=language)
    app.jinja_env.globals.update(
        page_language=language,
        asked_language=asked,
        in_language=address_in,
        languages_for=languages_for,
        not_spoken=not_spoken,
        direction=direction,
        marked=marked,
        colon=lambda: said().formats.colon,
        said=said,
    )
    app.jinja_env.filters.update(
        language_name=language_name, language_called=language_called, languages_called=languages_called
    )


@cache
def known() -> tuple[str, ...]:
    """Return the languages that pages can speak, the first one first."""
    catalogues = files("gehoor.web") / "translations"
    return (FIRST, *sorted(one.name for one in catalogues.iterdir() if one.is_dir()))


def asked() -> str:
    """Return the language that was asked for, on this page or an earlier one."""
    if not has_request_context():
        return FIRST
    wanted: str | None = g.get("asked")
    if wanted is None:
        g.asked = wanted = _asked()
    return wanted


def _asked() -> str:
    if is_api():
        # Whoever asks for the French of Belgium is served with French.
        wanted = (code.partition("-")[0].lower() for code, quality in request.accept_languages if quality)
        return next((code for code in wanted if code in known()), FIRST)
    if request.path.startswith(STAFF):
        return _common_language()
    given = request.args.get(ASKED, "") if request.query_string else ""
    if _CODE.match(given):
        session[_REMEMBERED] = given
        return given
    # A browser without a cookie remembers nothing; asking would say in each answer that it depends on one.
    known_here: str = session.get(_REMEMBERED, FIRST) if request.environ.get("HTTP_COOKIE") else FIRST
    return known_here


def _common_language() -> str:
    """Return the language of a page for staff that is about no organisation, as a work list: that of all organisations
    that who looks works for, or of all that there are when nobody is signed in; the first one when they differ."""
    try:
        account = current_account()
        found = working_languages(site().runtime, account.roles if account else None, now())
    except StoreUnavailableError:
        return FIRST
    return _for_staff(next(iter(found))) if len(found) == 1 else FIRST


def _for_staff(code: str) -> str:
    """Return a language when staff are spoken to in it, else the first one."""
    return code if code in LANGUAGES and code in known() else FIRST


def language() -> str:
    """Return the language that this page itself speaks: the one that was asked for, when there is a catalogue of it."""
    return asked() if asked() in known() else FIRST


def said() -> Sentences:
    """Return what is said in the language of this page, where there are sentences in it; else in the first one."""
    return sentences_in(language())


def marked(spoken: str) -> Markup:
    """Return the attributes that say that a part of the page is in another language; nothing when it is not."""
    if spoken == language():
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(spoken, direction(spoken))


def among(languages: Sequence[str]) -> None:
    """Speak one of the languages of an organisation: its first one, when another was asked for."""
    if asked() not in languages and has_request_context() and not request.path.startswith(STAFF):
        g.asked = languages[0]
        refresh()


def speak_for(agreement: Agreement) -> None:
    """Speak the first language of an organisation, on a page for its staff."""
    if request.path.startswith(STAFF):
        g.asked = _for_staff(agreement.languages[0])
        refresh()


def languages_for(agreement: Agreement | None) -> Sequence[str]:
    """Return the languages that a page can be read in: those of its organisation, or all that there are. After the
    first one they stand in the same order everywhere."""
    return (agreement.languages[0], *sorted(agreement.languages[1:])) if agreement else known()


def not_spoken(agreement: Agreement) -> list[tuple[str, str]]:
    """Return the languages that pages can speak and an organisation does not, each with what is said of that in it."""
    found = []
    for code in known():
        if code not in agreement.languages:
            with force_locale(code):
                spoken = ", ".join(
                    Locale.parse(one).get_language_name(code) or one for one in agreement.languages
                )
                say = _(
                    "Deze pagina\u2019s zijn er niet in uw taal, wel in: %(languages)s.", languages=spoken
                )
            found.append((code, str(say)))
    return found


def address_in(code: str) -> str:
    """Return the address of this page in a language."""
    return f"{request.script_root}{request.path}?{urlencode({**request.args.to_dict(), ASKED: code})}"


def language_name(code: str) -> str:
    """Return what a language is called by who speaks it; one that nobody knows by its code."""
    try:
        name = Locale.parse(code).get_language_name(code)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else code


def language_called(code: str) -> str:
    """Return what a language is called on this page; one that nobody knows by its code."""
    try:
        return Locale.parse(code).get_language_name(language()) or code
    except (UnknownLocaleError, ValueError):
        return code


def languages_called(codes: Sequence[str]) -> str:
    """Return what languages are called on this page: a, b and c."""
    return format_list(list(map(language_called, codes)), locale=language())


def direction(code: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    try:
        return str(Locale.parse(code).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
