"""Letters to whoever told something, in words: for whom each is, who sends it, how, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.forms.fields import StoredValue
from gehoor.core.letters.model import LetterTemplate, Passage, Way
from gehoor.core.letters.places import CODE, filled_in, places_in, term_of
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.agreement.phrases import closed, joined, label, milestone, role
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.agreement.rules.derived import outcome
from gehoor.core.wording.nl.formats import quoted

WAYS: Final[Mapping[Way, str]] = {
    Way.FOLLOW_PAGE: "op de volgpagina, te lezen met de volgcode",
    Way.EMAIL: "op de volgpagina, met een e-mail dat er iets klaarstaat",
    Way.POST: "op papier",
}
"""How a letter goes."""
_PLACES: Final[Mapping[str, str]] = {
    "number": "nummer",
    "department": "afdeling",
    "organisation": "organisatie",
    "today": "vandaag",
    "link": "link",
    "phone": "telefoon",
    "email": "e-mail",
    "address": "adres",
    "sender": "ondertekenaar",
    "handler": "behandelaar",
    "second-line": "tweede-lijn",
    CODE: "volgcode",
}


def correspondence(agreement: Agreement) -> Chapter:
    """Say of each letter to whoever told something what was agreed."""
    items = (_letter(agreement, one) for one in agreement.correspondence.values())
    return chapter("correspondence", "Brieven aan wie klaagt", *items)


def _letter(agreement: Agreement, of: LetterTemplate) -> Item:
    key = f"correspondence/{of.id}"
    return Item(
        key,
        of.name,
        tuple(_sentences(agreement, of, key)),
        new=f"Nieuwe brief: {of.name}.",
        gone=f"De brief {quoted(of.name)} is weg.",
    )


def _sentences(agreement: Agreement, of: LetterTemplate, key: str) -> Iterator[Sentence]:
    if of.applies_if is not None:
        yield Sentence(f"{key}/applies-if", f"Deze brief is er als {clause(agreement, of.applies_if)}.")
    if of.reaches:
        reached = milestone(agreement, of.reaches)
        yield Sentence(
            f"{key}/reached", f"Wie hem verstuurt, bereikt {reached}. Zonder brief kan dat dan niet."
        )
    if of.senders:
        names = joined([role(agreement, one) for one in of.senders], "of")
        yield Sentence(f"{key}/by", f"Schrijven en versturen kan: {names}.")
    for way, fills in of.ways.items():
        filled = _filled(agreement, fills)
        yield Sentence(f"{key}/ways/{way}", f"Hij kan gaan {WAYS[way]}{f'; dan {filled}' if filled else ''}.")
    if of.asks_why_unwished:
        yield Sentence(f"{key}/unwished-way", "Gaat hij anders dan de melder vroeg, dan zegt men waarom.")
    if of.fills:
        yield Sentence(f"{key}/fill", f"Bij het versturen {_filled(agreement, of.fills)}.")
    if of.explanation:
        yield Sentence(f"{key}/explanation", f"Waarop men let: {closed(of.explanation)}")
    yield Sentence(f"{key}/subject", f"Het onderwerp is: {closed(_dutch(of.subject))}")
    yield from _passages(agreement, of, key)
    if of.translations:
        names = joined(list(of.translations))
        yield Sentence(f"{key}/translations", f"De brief is er ook in deze talen: {names}.")


def _passages(agreement: Agreement, of: LetterTemplate, key: str) -> Iterator[Sentence]:
    for index, passage in enumerate(of.passages):
        when = (
            f"Als {clause(agreement, passage.condition)}, staat erin" if passage.condition else "Er staat in"
        )
        each = f", voor elke rij van {label(agreement, passage.rows)}" if passage.rows else ""
        each += " waarin dat gevraagd wordt" if _asked_sometimes(agreement, passage) else ""
        told = _dutch(passage.text).strip()
        yield Sentence(f"{key}/text/{index}", f"{when}{each}:\n{told}")


def _asked_sometimes(agreement: Agreement, passage: Passage) -> bool:
    """Say whether a passage tells something of its rows that not every row asks."""
    of = agreement.dossier_form.fields.get(passage.rows)
    told = {word for _, word in places_in(passage.text)}
    return of is not None and any(of.members[one].show_if for one in told & of.members.keys())


def _filled(agreement: Agreement, fills: Mapping[str, StoredValue]) -> str:
    parts = [f"wordt {label(agreement, name)} {_value(agreement, name, one)}" for name, one in fills.items()]
    return joined(parts)


def _value(agreement: Agreement, name: str, given: StoredValue) -> str:
    return "de dag zelf" if given == TODAY else outcome(agreement, name, given)


def _dutch(text: str) -> str:
    """Put the places in braces in Dutch words."""

    def word(place: str) -> str:
        term = term_of(place)
        known = f"vervaldatum {term}" if term else _PLACES.get(place, place)
        return f"{{{known}}}"

    return filled_in(text, word)
