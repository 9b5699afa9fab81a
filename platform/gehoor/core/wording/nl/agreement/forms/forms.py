"""Forms in words: every field, and what is asked of the answers together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.fields import KINDS, Field, StoredValue, example_words
from gehoor.core.forms.file_kinds import FILE_KINDS, LARGEST_FILE, LARGEST_PICTURE, LARGEST_SUBMISSION
from gehoor.core.forms.form import AtLeastOne, Form
from gehoor.core.letters.model import Way
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.correspondence import WAYS
from gehoor.core.wording.nl.agreement.forms.field_uses import uses
from gehoor.core.wording.nl.agreement.forms.rows import rows
from gehoor.core.wording.nl.agreement.forms.steps import steps
from gehoor.core.wording.nl.agreement.kinds import answer, choices
from gehoor.core.wording.nl.agreement.phrases import asked, closed, joined, label, milestone
from gehoor.core.wording.nl.agreement.rules.conditions import clause, day_words
from gehoor.core.wording.nl.agreement.translations import field_translations, form_translations
from gehoor.core.wording.nl.formats import FORMATS, quoted


def forms(agreement: Agreement) -> tuple[Chapter, ...]:
    """Say what each form asks, a chapter for each form."""
    return tuple(_form(agreement, form) for form in agreement.forms.values())


def _form(agreement: Agreement, form: Form) -> Chapter:
    key = f"forms/{form.id}"
    return chapter(
        key,
        f"Formulier {form.title}",
        loose(
            key,
            Sentence(f"{key}/description", closed(form.description)) if form.description else None,
            *(() if form.id == DOSSIER_FORM else form_translations(form)),
            *(_preset(agreement, key, name, given) for name, given in form.preset.items()),
            *(_dependent(agreement, form, name) for name in form.dependent_required),
            *(_at_least_one(agreement, form, index, one) for index, one in enumerate(form.at_least_one)),
            *steps(agreement, form),
        ),
        *(_field(agreement, form, of) for of in form.fields.values()),
    )


def _preset(agreement: Agreement, key: str, name: str, given: StoredValue) -> Sentence:
    of = agreement.dossier_form.fields[name]
    shown = _on_one_line(of, given)
    return Sentence(f"{key}/preset/{name}", f"Dit staat al vast: {asked(of.label)} is {quoted(shown)}.")


def _on_one_line(of: Field, given: StoredValue) -> str:
    return KINDS[of.kind].show(given, of, FORMATS).replace("\n", "; ")


def _at_least_one(agreement: Agreement, form: Form, index: int, one: AtLeastOne) -> Sentence:
    names = joined(
        [
            quoted(form.fields[name].label) if name in form.fields else label(agreement, name)
            for name in one.fields
        ]
    )
    when = f" als {clause(agreement, one.condition)}" if one.condition else ""
    return Sentence(
        f"forms/{form.id}/at-least-one/{index}",
        f"Vul minstens een van deze in{when}: {names}. Anders zeggen wij: {quoted(closed(one.refusal))}",
    )


def _dependent(agreement: Agreement, form: Form, name: str) -> Sentence:
    def called(field: str) -> str:
        return quoted(form.fields[field].label) if field in form.fields else label(agreement, field)

    needed = joined([called(one) for one in form.dependent_required[name]])
    return Sentence(
        f"forms/{form.id}/dependentRequired/{name}", f"Wie {called(name)} invult, vult ook dit in: {needed}."
    )


def _field(agreement: Agreement, form: Form, of: Field) -> Item:
    key = f"forms/{form.id}/properties/{of.id}"
    said = (
        replace(sentence, key=f"{key}/{sentence.key}")
        for part in _PARTS
        for sentence in part(agreement, form, of)
    )
    return Item(
        key,
        of.label,
        tuple(said),
        new=f"Nieuw veld op het formulier {form.title}: {closed(of.label)}",
        gone=f"Het veld {quoted(of.label)} op het formulier {form.title} is weg.",
    )


def _wishes(_agreement: Agreement, _form: Form, of: Field) -> Iterable[Sentence]:
    for choice in (one for one in of.choices if one.ways):
        ways = joined([WAYS[Way(one)] for one in choice.ways], "of")
        told = f"Wie {quoted(choice.label)} kiest, krijgt een brief {ways}."
        yield Sentence(f"letter-ways/{choice.code}", told)


def _answer(_agreement: Agreement, _form: Form, of: Field) -> Iterable[Sentence]:
    if of.help:
        yield Sentence("description", f"Uitleg erbij: {closed(of.help)}")
    yield Sentence("answer", f"Het antwoord is {answer(of)}.")
    if of.choices:
        offered = choices(of)
        yield Sentence(
            "choices",
            f"De keuzes zijn: {joined(offered)}.",
            subject=f"De keuzes bij {quoted(of.label)}",
            members=offered,
        )
    if of.file_kinds:
        kinds = tuple(FILE_KINDS[name].label for name in of.file_kinds)
        pictures = any(FILE_KINDS[name].is_picture for name in of.file_kinds)
        yield Sentence(
            "file-kinds",
            f"Deze soorten bestanden kunnen: {joined(kinds)}.",
            subject=f"De soorten bestanden bij {quoted(of.label)}",
            members=kinds,
        )
        yield Sentence(
            "file-size",
            f"Een bestand is hoogstens {FORMATS.size(LARGEST_FILE)}; "
            f"wat samen verstuurd wordt, hoogstens {FORMATS.size(LARGEST_SUBMISSION)}."
            + (
                f" Een foto mag {FORMATS.size(LARGEST_PICTURE)} zijn: wij maken ze kleiner."
                if pictures
                else ""
            ),
        )
    if of.refusal:
        yield Sentence(
            "refusal", f"Past het antwoord niet in die vorm, dan zeggen wij: {quoted(closed(of.refusal))}"
        )
    if example_words(of, FORMATS):
        yield Sentence("examples", f"Als voorbeeld staat erbij: {joined(example_words(of, FORMATS))}.")
    if of.default is not None:
        shown = _on_one_line(of, of.default)
        yield Sentence("default", f"Als voorstel staat er al: {quoted(shown)}.")
    if of.by_phone is not None:
        shown = _on_one_line(of, of.by_phone)
        yield Sentence("by-phone", f"Belt iemand, dan staat er al: {quoted(shown)}.")
    if of.by_email is not None:
        shown = _on_one_line(of, of.by_email)
        yield Sentence("by-email", f"Kwam er een e-mail, dan staat er al: {quoted(shown)}.")
    if of.say:
        yield Sentence("say", f"Aan de telefoon zeggen wij: {quoted(closed(of.say))}")


def _offered(agreement: Agreement, _form: Form, of: Field) -> Iterable[Sentence]:
    for choice in of.choices:
        if choice.offered_if:
            when = clause(agreement, choice.offered_if)
            yield Sentence(
                f"offered/{choice.code}", f"De keuze {quoted(choice.label)} is er alleen als {when}."
            )


def _needed(agreement: Agreement, form: Form, of: Field) -> Iterable[Sentence]:
    if of.id in form.required:
        yield Sentence("required", "Dit moet u altijd invullen.")
    if of.required_before:
        before = milestone(agreement, of.required_before)
        yield Sentence("required-before", f"Dit moet ingevuld zijn vóór {before}.")
    if of.show_if:
        yield Sentence("show-if", f"Wij vragen dit alleen als {clause(agreement, of.show_if)}.")
    if of.reason_on_change:
        yield Sentence("reason-on-change", "Wie dit antwoord in een dossier wijzigt, zegt waarom.")
    if of.someone_else_than:
        other = quoted(form.fields[of.someone_else_than].label)
        yield Sentence("someone-else-than", f"Dit is iemand anders dan bij {other}.")
    if of.not_before:
        yield Sentence("not-before", f"Deze datum ligt niet voor {day_words(agreement, of.not_before)}.")
    if of.not_after:
        yield Sentence("not-after", f"Deze datum ligt niet na {day_words(agreement, of.not_after)}.")
    if of.fixed_after:
        yield Sentence("fixed-after", f"Na {milestone(agreement, of.fixed_after)} verandert dit niet meer.")


_PARTS: Final[tuple[Callable[[Agreement, Form, Field], Iterable[Sentence]], ...]] = (
    _answer,
    _wishes,
    _offered,
    rows,
    _needed,
    uses,
    field_translations,
)
"""Everything that is said about a field, in this order."""
