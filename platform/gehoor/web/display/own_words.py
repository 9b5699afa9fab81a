"""The words of an organisation on a page: in the reader's language where it was translated, marked where not."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.wording.public_texts import department_in, in_words_of, organisation_in
from gehoor.core.wording.registry import sentences_of
from gehoor.web.request.languages import asked, direction, language


def install(app: Flask) -> None:
    """Give templates ``own`` and ``start_of``, for what an organisation says itself, and what it is called."""
    app.jinja_env.filters.update(
        own=own,
        start_of=start_of,
        department_called=department_called,
        organisation_called=organisation_called,
    )


def department_called(agreement: Agreement, language: str = "") -> str:
    """Return the name of a department as the reader reads it, or in a language."""
    return department_in(agreement, language or asked())


def organisation_called(agreement: Agreement, language: str = "") -> str:
    """Return the name of an organisation as the reader reads it, or in a language."""
    return organisation_in(agreement, language or asked())


def start_of(agreement: Agreement, term: Term) -> str:
    """Say at what a term starts, in the language of the organisation."""
    return sentences_of(agreement).derivation.starts_at(agreement, term)


def own(text: str, agreement: Agreement, *, lower: bool = False) -> Markup:
    """Return a text of an agreement as the reader reads it; one that stays in another language than the page says
    so. ``lower``: within a sentence, without a capital."""
    said = in_words_of(agreement, text, asked())
    spoken = asked() if said is not None else agreement.languages[0]
    words = said if said is not None else text
    if lower:
        words = words[:1].lower() + words[1:]
    if spoken == language():
        return Markup("{}").format(words)
    return Markup('<span class="own" lang="{}" dir="{}">{}</span>').format(spoken, direction(spoken), words)
