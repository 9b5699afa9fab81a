"""A letter as it reads before there is anybody to write to: at each place the name of what comes there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.letters.model import LetterTemplate, Passage
from gehoor.core.letters.open_spots import open_spot
from gehoor.core.letters.places import filled_in


@dataclass(frozen=True, slots=True)
class BlankPassage:
    """A passage of a template, with its text; each place in it is an open spot that says what comes there."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class BlankLetter:
    """A template as it reads in a language. ``translated``: whether it was written in that language."""

    subject: str
    passages: tuple[BlankPassage, ...]
    translated: bool


def blank_letter(
    template: LetterTemplate, form: Form, names: Mapping[str, str], language: str
) -> BlankLetter:
    """Return a template as it reads in a language. ``form``: that of the dossier; ``names``: by place that is no field,
    what people call it."""
    return BlankLetter(
        _told(template.subject_in(language), form.fields, names),
        tuple(_passage(one, form, names, language) for one in template.passages),
        language in template.translations,
    )


def _passage(of: Passage, form: Form, names: Mapping[str, str], language: str) -> BlankPassage:
    if not of.rows:
        return BlankPassage(of, _told(of.text_in(language), form.fields, names))
    members = {**form.fields, **form.fields[of.rows].members}
    return BlankPassage(of, "- " + " ".join(_told(of.text_in(language), members, names).split()))


def _told(text: str, fields: Mapping[str, Field], names: Mapping[str, str]) -> str:
    def place(word: str) -> str:
        return open_spot(fields[word].label if word in fields else names.get(word, word))

    return filled_in(text, place)
