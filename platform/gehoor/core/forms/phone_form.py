"""The dossier form as somebody fills it in with a caller on the line: the story first, one question at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import Form, Step


def phone_form(form: Form, asked: Collection[str], required: Collection[str]) -> Form:
    """Return the part of a form that is asked at the phone: each field a step, the story first, what is filled in
    already last. Files do not come by phone.

    ``asked``: the fields that whoever answers fills in; ``required``: those without which they cannot register.
    """
    fields = [of for of in form.fields.values() if of.id in asked and not of.type.takes_files]
    fields.sort(key=lambda of: (is_filled_in(of), of.meaning != "story"))
    names = {of.id for of in fields}
    return replace(
        form,
        fields={of.id: of for of in fields},
        required=frozenset(names.intersection(required)),
        dependent_required={
            name: tuple(names.intersection(needed))
            for name, needed in form.dependent_required.items()
            if name in names
        },
        at_least_one=tuple(one for one in form.at_least_one if names.issuperset(one.fields)),
        steps=tuple(Step((of.id,)) for of in fields),
    )


def is_filled_in(of: Field) -> bool:
    """Say whether a field needs no question: something stands there already, and nothing was agreed to be said."""
    return not of.say and (of.by_phone is not None or bool(of.automatic) or of.default is not None)


def filled_in_by_phone(fields: Iterable[Field]) -> dict[str, StoredValue]:
    """Return what stands in fields already when somebody calls."""
    return {of.id: of.by_phone for of in fields if of.by_phone is not None}


def spoken_languages(form: Form, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages of an organisation in which there is something to say, its first one first."""
    said = {code for of in form.fields.values() for code, one in of.translations.items() if one.say}
    return (*languages[:1], *(one for one in languages[1:] if one in said))
