"""What each row of a list asks, in words: a sentence for everything that was agreed about a member."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import ROW_TITLE, Field, example_words
from gehoor.core.forms.form import Form
from gehoor.core.wording.chapters import Sentence
from gehoor.core.wording.nl.agreement.forms.field_uses import personal, privacy
from gehoor.core.wording.nl.agreement.kinds import answer, choices
from gehoor.core.wording.nl.agreement.phrases import closed, joined
from gehoor.core.wording.nl.agreement.rules.conditions import row_clause
from gehoor.core.wording.nl.formats import FORMATS, quoted


def rows(agreement: Agreement, _form: Form, of: Field) -> Iterable[Sentence]:
    """Say what each row of a list asks; nothing of any other field."""
    if of.members and of.row_title != ROW_TITLE:
        yield Sentence("items/title", f"Een rij heet {quoted(of.row_title)}.")
    for name, member in of.members.items():
        yield from _member(f"items/properties/{name}", member, of)
        if member.show_if:
            when = row_clause(agreement, of, member.show_if)
            yield Sentence(
                f"items/properties/{name}/show-if",
                f"In een rij vragen wij {quoted(member.label)} alleen als {when}.",
            )
        for choice in member.choices:
            if choice.offered_if:
                when = row_clause(agreement, of, choice.offered_if)
                yield Sentence(
                    f"items/properties/{name}/offered/{choice.code}",
                    f"In een rij is de keuze {quoted(choice.label)} bij {quoted(member.label)} er alleen als {when}.",
                )


def _member(key: str, of: Field, groups: Field) -> Iterable[Sentence]:
    name = quoted(of.label)
    yield Sentence(f"{key}/answer", f"In elke rij is {name} {answer(of)}.")
    if of.choices:
        offered = choices(of)
        yield Sentence(
            f"{key}/choices",
            f"De keuzes bij {name} zijn: {joined(offered)}.",
            subject=f"De keuzes bij {name} in {quoted(groups.label)}",
            members=offered,
        )
    if of.refusal:
        told = quoted(closed(of.refusal))
        yield Sentence(
            f"{key}/refusal", f"Past het antwoord bij {name} niet in die vorm, dan zeggen wij: {told}"
        )
    if shown := example_words(of, FORMATS):
        yield Sentence(f"{key}/examples", f"Als voorbeeld staat bij {name}: {joined(shown)}.")
    if of.help:
        yield Sentence(f"{key}/description", f"Uitleg bij {name}: {closed(of.help)}")
    if of.id in groups.required_members:
        yield Sentence(f"{key}/required", f"In elke rij moet {name} ingevuld zijn.")
    if of.personal_data:
        yield Sentence(f"{key}/personal-data", f"Persoonsgegevens bij {name}: {personal(of)}.")
    yield from privacy(of, f"{key}/", f"Wat er staat bij {name}")
