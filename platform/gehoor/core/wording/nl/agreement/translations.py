"""What people outside read in other languages: every text that was translated, in the forms that they fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.fields import Field, Translation
from gehoor.core.forms.form import Form
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.agreement.phrases import closed, joined
from gehoor.core.wording.nl.formats import quoted

_LANGUAGES: Final[Mapping[str, str]] = {
    "nl": "Nederlands",
    "fr": "Frans",
    "en": "Engels",
    "de": "Duits",
    "es": "Spaans",
    "it": "Italiaans",
    "pl": "Pools",
    "pt": "Portugees",
    "ro": "Roemeens",
    "tr": "Turks",
    "ar": "Arabisch",
    "uk": "Oekraïens",
}


def language_name(code: str) -> str:
    """Name a language; one that we have no name for by its code."""
    return _LANGUAGES.get(code, code)


def texts(agreement: Agreement) -> Chapter:
    """Say what stands on the pages in other languages."""
    return chapter("translations", "Onze pagina's in andere talen", *(
        Item(
            f"translations/{code}",
            language_name(code),
            tuple(
                Sentence(f"translations/{code}/{text}", f"{quoted(text)}: {quoted(closed(said))}")
                for text, said in translated.items()
            ),
        )
        for code, translated in agreement.translations.items()
    ))  # fmt: skip


def form_translations(form: Form) -> Iterator[Sentence]:
    """Say what a form and its refusals are called in other languages."""
    key = f"forms/{form.id}"
    yield from _texts(f"{key}/translations", form.translations, "dit formulier")
    for index, one in enumerate(form.at_least_one):
        for code, refusal in one.translations.items():
            yield Sentence(
                f"{key}/at-least-one/{index}/translations/{code}/refusal",
                f"In het {language_name(code)} zeggen wij dan: {quoted(closed(refusal))}",
            )


def field_translations(_agreement: Agreement, form: Form, of: Field) -> Iterable[Sentence]:
    """Say what a field is called in other languages. The dossier is for staff, in one language."""
    if form.id == DOSSIER_FORM:
        # Only what is said on the phone is for people outside.
        said = {code: Translation(say=one.say) for code, one in of.translations.items()}
        yield from _texts("translations", said, "dit")
        return
    yield from _texts("translations", of.translations, "dit")
    yield from _choices("choices", of, "de keuzes")
    for code, title in of.row_titles.items():
        yield Sentence(
            f"items/translations/{code}/title", f"In het {language_name(code)} heet een rij {quoted(title)}."
        )
    for name, member in of.members.items():
        key = f"items/properties/{name}"
        yield from _texts(f"{key}/translations", member.translations, quoted(member.label))
        yield from _choices(f"{key}/choices", member, f"de keuzes bij {quoted(member.label)}")


def _texts(key: str, translations: Mapping[str, Translation], what: str) -> Iterator[Sentence]:
    for code, one in translations.items():
        name = language_name(code)
        if one.title:
            yield Sentence(f"{key}/{code}/title", f"In het {name} heet {what} {quoted(one.title)}.")
        if one.description:
            yield Sentence(
                f"{key}/{code}/description", f"In het {name} staat bij {what}: {closed(one.description)}"
            )
        if one.refusal:
            yield Sentence(
                f"{key}/{code}/refusal",
                f"In het {name} zeggen wij van een antwoord in een andere vorm: {quoted(closed(one.refusal))}",
            )
        if one.say:
            yield Sentence(
                f"{key}/{code}/say", f"In het {name} zeggen wij aan de telefoon: {quoted(closed(one.say))}"
            )


def _choices(key: str, of: Field, what: str) -> Iterator[Sentence]:
    """Say the translated choices in one sentence for each language: there are many."""
    for code in dict.fromkeys(code for choice in of.choices for code in choice.translations):
        said = tuple(
            quoted(own.title) + (f" ({own.description})" if own.description else "")
            for choice in of.choices
            if (own := choice.translations.get(code))
        )
        name = language_name(code)
        yield Sentence(
            f"{key}/{code}",
            f"In het {name} zijn {what}: {joined(said)}.",
            subject=f"De keuzes bij {quoted(of.label)} in het {name}",
            members=said,
        )
