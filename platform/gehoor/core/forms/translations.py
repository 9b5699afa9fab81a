"""A form in another language: every text that was translated, and for the others the language they stay in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from gehoor.core.forms.fields import Choice, Field, Translation
from gehoor.core.forms.form import AtLeastOne, Form, Step, StepTranslation

Untranslated: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where a text stands in the canonical form, and the text."""


def in_language(form: Form, language: str, first: str) -> Form:
    """Return a form in a language. What was not translated stays in ``first``, the language it was written in.

    Only what people read changes: ids, codes and what is asked stay the same. ``langs`` says of each text in which
    language it is; a form in its first language says nothing of it.
    """
    if language == first:
        return form
    own = form.translations.get(language, Translation())
    return replace(
        form,
        title=own.title or form.title,
        description=own.description or form.description,
        fields={name: _field(of, language, first) for name, of in form.fields.items()},
        at_least_one=tuple(_at_least_one(one, language) for one in form.at_least_one),
        steps=tuple(_step(one, language, first) for one in form.steps),
        langs=_langs(own, language, first),
    )


def missing_in(form: Form, language: str) -> Iterator[Untranslated]:
    """Give the texts of a form that are not translated, and where they stand.

    What holds no letters, as the numbers of a scale, reads the same in every language.
    """
    yield from (one for one in _all_missing(form, language) if any(map(str.isalpha, one[1])))


def _all_missing(form: Form, language: str) -> Iterator[Untranslated]:
    own = form.translations.get(language, Translation())
    yield from _missing((), own, form.title, form.description)
    for name, of in form.fields.items():
        yield from _missing_in_field(("properties", name), of, language)
    for index, one in enumerate(form.at_least_one):
        if language not in one.translations:
            yield ("at-least-one", index, "refusal"), one.refusal
    for index, step in enumerate(form.steps):
        told = step.translations.get(language, StepTranslation())
        if step.name and not told.name:
            yield ("steps", index, "name"), step.name
        if step.explanation and not told.explanation:
            yield ("steps", index, "explanation"), step.explanation


def languages_of(form: Form, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages of an organisation that a form is in: the first, and those its title was translated in."""
    return (*languages[:1], *(one for one in languages[1:] if one in form.translations))


def _field(of: Field, language: str, first: str) -> Field:
    own = of.translations.get(language, Translation())
    return replace(
        of,
        label=own.title or of.label,
        help=own.description or of.help,
        say=own.say or of.say,
        refusal=own.refusal or of.refusal,
        choices=tuple(_choice(choice, language, first) for choice in of.choices),
        members={name: _field(member, language, first) for name, member in of.members.items()},
        row_title=of.row_titles.get(language, of.row_title),
        langs={**_langs(own, language, first), **({"say": language if own.say else first} if of.say else {})},
    )


def _choice(choice: Choice, language: str, first: str) -> Choice:
    own = choice.translations.get(language, Translation())
    return replace(
        choice,
        label=own.title or choice.label,
        help=own.description or choice.help,
        langs=_langs(own, language, first),
    )


def _at_least_one(one: AtLeastOne, language: str) -> AtLeastOne:
    return replace(one, refusal=one.translations.get(language, one.refusal))


def _step(step: Step, language: str, first: str) -> Step:
    own = step.translations.get(language, StepTranslation())
    return replace(
        step,
        name=own.name or step.name,
        explanation=own.explanation or step.explanation,
        langs=_langs(Translation(own.name, own.explanation), language, first),
    )


def _langs(own: Translation, language: str, first: str) -> Mapping[str, str]:
    return {
        "title": language if own.title else first,
        "description": language if own.description else first,
    }


def _missing(
    path: tuple[str | int, ...], own: Translation, title: str, description: str
) -> Iterator[Untranslated]:
    if title and not own.title:
        yield (*path, "title"), title
    if description and not own.description:
        yield (*path, "description"), description


def _missing_in_field(path: tuple[str | int, ...], of: Field, language: str) -> Iterator[Untranslated]:
    own = of.translations.get(language, Translation())
    yield from _missing(path, own, of.label, of.help)
    if of.refusal and not own.refusal:
        yield (*path, "refusal"), of.refusal
    items = (*path, "items") if "items" in of.schema else path
    for index, choice in enumerate(of.choices):
        if not choice.retired:
            told = choice.translations.get(language, Translation())
            yield from _missing((*items, "oneOf", index), told, choice.label, choice.help)
    for name, member in of.members.items():
        yield from _missing_in_field((*path, "items", "properties", name), member, language)
    if of.members and language not in of.row_titles:
        yield (*path, "items", "title"), of.row_title
