"""What an organisation itself says to people outside, beside its forms; and what that is in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.registry import sentences_of


def public_texts(agreement: Agreement) -> Iterator[str]:
    """Give the texts of an agreement that stand on the pages for people outside, each once, in their order.

    The name of the organisation is among them, as people choose by it; that of the department, which each has of its
    own, is translated likewise. A name that is the same in every language is translated as itself. Addresses and
    numbers are no texts.
    """
    yield from dict.fromkeys(text for text in _texts(agreement) if text)


def _texts(agreement: Agreement) -> Iterator[str]:
    complaint, starts_at = agreement.complaint, sentences_of(agreement).derivation.starts_at
    yield agreement.organisation_name
    yield complaint.description
    yield from complaint.agreed_by
    if agreement.danger:
        yield agreement.danger.explanation
        yield from (name for name, _ in agreement.danger.calls)
    for what, example in complaint.includes:
        yield from (what, example)
    for exclusion in complaint.excludes:
        yield from (exclusion.what, exclusion.route)
    for channel in agreement.channels.values():
        yield from (channel.name, channel.way_of_working, channel.opening_hours)
    yield agreement.anonymous.explanation
    for term in agreement.terms.values():
        if term.public:
            yield from (term.public, starts_at(agreement, term))
    yield next(iter(agreement.kinds.values())).handling
    for other in agreement.second_line:
        yield from (other.name, other.when)
    for phase in agreement.phases.values():
        yield from (phase.name, phase.public)
    if agreement.belonging.withdrawing:
        yield from (agreement.belonging.withdrawing.explanation, agreement.belonging.withdrawing.afterwards)


def in_words_of(agreement: Agreement, text: str, language: str) -> str | None:
    """Return a text of an agreement in a language; None where it was not translated."""
    if language == agreement.languages[0]:
        return text
    return agreement.translations.get(language, {}).get(text)


def organisation_in(agreement: Agreement, language: str) -> str:
    """Return what an organisation is called in a language: as it calls itself, where that was not translated."""
    return in_words_of(agreement, agreement.organisation_name, language) or agreement.organisation_name


def department_in(agreement: Agreement, language: str) -> str:
    """Return what a department is called in a language: as it calls itself, where that was not translated."""
    return in_words_of(agreement, agreement.department_name, language) or agreement.department_name
