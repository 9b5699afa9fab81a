"""Dossiers that belong together, in words: what is told of earlier ones, merging, withdrawing and sending on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.agreement.belonging import Promise, SendingOn
from gehoor.core.agreement.course import ContactKind
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.forms.fields import StoredValue
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import closed, joined, label
from gehoor.core.wording.nl.agreement.rules.derived import outcome
from gehoor.core.wording.nl.formats import quoted


def belonging(agreement: Agreement) -> Chapter:
    """Say what was agreed about dossiers that belong together."""
    said = (*_earlier(agreement), *_merging(agreement), *_withdrawing(agreement), *_sending(agreement))
    return chapter("belonging", "Dossiers die bij elkaar horen", loose("belonging", *said))


def _earlier(agreement: Agreement) -> Iterator[Sentence]:
    earlier = agreement.belonging.earlier
    if earlier.outcome:
        names = joined([label(agreement, one) for one in earlier.outcome])
        yield Sentence(
            "earlier-dossiers/outcome", f"Van een eerder dossier leest men hoe het afliep: {names}."
        )
    for one in earlier.promises:
        yield Sentence(f"earlier-dossiers/promises/{one.rows}", _promise(agreement, one))
    if earlier.looked_up_in:
        names = joined([label(agreement, one) for one in earlier.looked_up_in])
        yield Sentence(
            "earlier-dossiers/looked-up-in",
            f"Welke eerdere dossiers er zijn, staat bij wie dit invult: {names}.",
        )


def _promise(agreement: Agreement, promise: Promise) -> str:
    members = agreement.dossier_form.fields[promise.rows].members
    told, done = (
        joined([quoted(members[one].label) for one in names], word)
        for names, word in ((promise.told, "en"), (promise.done_by, "of"))
    )
    return (
        f"Elke rij van {label(agreement, promise.rows)} is een belofte. Men leest er {told}. "
        f"Zij blijft open tot {done} ingevuld is."
        + (
            " Wie het meldde, leest dat ook op de volgpagina, zodra er een antwoord is."
            if promise.followed
            else ""
        )
    )


def _merging(agreement: Agreement) -> Iterator[Sentence]:
    merging = agreement.belonging.merging
    if merging is None:
        return
    yield Sentence(
        "merge/fill", f"Gaat een dossier verder in een ander, dan {_filled(agreement, merging.fills)}."
    )
    if merging.number_in:
        yield Sentence(
            "merge/number-in", f"In {label(agreement, merging.number_in)} komt het nummer van het andere."
        )
    if merging.to_tell:
        yield Sentence(
            "merge/still-to-tell-in",
            f"In {label(agreement, merging.to_tell)} van het andere staat hoeveel melders nog iets moeten horen.",
        )


def contacts(agreement: Agreement) -> Chapter:
    """Say what a contact that is noted can be too, and what that fills in."""
    return chapter(
        "contact-moments",
        "Contact noteren",
        *(_contact(agreement, one) for one in agreement.contacts.values()),
    )


def _contact(agreement: Agreement, of: ContactKind) -> Item:
    key = f"contact-moments/{of.id}"
    ways = joined([_BY[one] for one in _BY if one in of.ways], "of")
    said = [
        Sentence(f"{key}/fill", f"Wie dit aankruist bij een contact: dan {_filled(agreement, of.fills)}.")
    ]
    if ways:
        said.append(Sentence(f"{key}/contact-by", f"Dat kan voor een contact {ways}."))
    new, gone = f"Nieuw bij een contact: {closed(of.name)}", f"Weg bij een contact: {closed(of.name)}"
    return Item(key, of.name, tuple(said), new=new, gone=gone)


_BY: Final = {
    "phone": "aan de telefoon",
    "conversation": "in een gesprek",
    "email": "met een e-mail",
    "letter": "met een brief",
    "other": "op een andere manier",
}


def _withdrawing(agreement: Agreement) -> Iterator[Sentence]:
    withdrawing = agreement.belonging.withdrawing
    if withdrawing is None:
        return
    yield Sentence(
        "withdraw/fill",
        f"Wie iets meldde, kan het op de volgpagina intrekken. Dan {_filled(agreement, withdrawing.fills)}.",
    )
    if withdrawing.reason_in:
        yield Sentence(
            "withdraw/reason-in",
            f"Zegt de melder waarom, dan komt dat in {label(agreement, withdrawing.reason_in)}.",
        )
    yield Sentence("withdraw/explanation", f"Voor het intrekken leest men: {closed(withdrawing.explanation)}")
    if withdrawing.afterwards:
        yield Sentence("withdraw/afterwards", f"Daarna leest men: {closed(withdrawing.afterwards)}")


def _sending(agreement: Agreement) -> Iterator[Sentence]:
    for key, of, where in (
        ("department", agreement.belonging.to_department, "een andere afdeling"),
        ("elsewhere", agreement.belonging.elsewhere, "een andere organisatie"),
    ):
        if of is not None:
            yield from _sent(agreement, f"send-on/{key}", of, where)


def _sent(agreement: Agreement, key: str, of: SendingOn, where: str) -> Iterator[Sentence]:
    names = [label(agreement, one) for one in of.goes_along]
    yield Sentence(
        f"{key}/goes-along",
        f"Gaat een dossier naar {where}, dan gaat mee: {joined(names)}.",
        members=tuple(names),
    )
    if of.consent:
        yield Sentence(
            f"{key}/consent-in", f"Dat kan alleen als het antwoord op {label(agreement, of.consent)} ja is."
        )
    if of.fills:
        yield Sentence(f"{key}/fill", f"Hier {_filled(agreement, of.fills)}.")
    if of.place_in:
        yield Sentence(f"{key}/place-in", f"In {label(agreement, of.place_in)} komt waar het heen ging.")
    if of.number_in:
        yield Sentence(
            f"{key}/number-in", f"In {label(agreement, of.number_in)} komt het nummer dat het daar heeft."
        )


def _filled(agreement: Agreement, fills: Mapping[str, StoredValue]) -> str:
    parts = [f"wordt {label(agreement, name)} {_value(agreement, name, one)}" for name, one in fills.items()]
    return joined(parts)


def _value(agreement: Agreement, name: str, given: StoredValue) -> str:
    return "de dag zelf" if given == TODAY else outcome(agreement, name, given)
