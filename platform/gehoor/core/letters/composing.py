"""Composing a letter: the template with what the dossier holds, in a language; what is missing is an open spot."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.forms.types.groups import shown_members
from gehoor.core.letters.model import LetterTemplate, Passage
from gehoor.core.letters.open_spots import no_spots, open_spot
from gehoor.core.letters.places import IF_ANY, filled_in, places_in, term_of
from gehoor.core.rules import names as rule_names
from gehoor.core.text.formats import Formats

_ITEM: Final = "- "
_HEADINGS: Final = re.compile(r"^[^\S\n]*(?:#[^\S\n]+)*", re.MULTILINE)
"""What makes a heading of a line, and what stands before it."""
_ITEMS: Final = re.compile(r"^[-*\u2022](?=\s)", re.MULTILINE)
"""What makes an item of a list of a line: a dash stands there for what it is."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as the template gives it."""

    subject: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a letter is composed from.

    ``form``: that of the dossier, in the language of the letter; ``values``: its answers; ``holding``: the names of the
    conditions that hold; ``general``: what comes for the places that are no field, without those that nothing is known
    for; ``due``: by term, the day that it is due; ``missing``: says of a label that its answer is missing.
    """

    form: Form
    values: Mapping[str, StoredValue]
    holding: Collection[str]
    general: Mapping[str, str]
    due: Mapping[str, str]
    formats: Formats
    names: Mapping[str, str]
    """By place that is no field, what people call it."""
    missing: Callable[[str], str]


def compose(template: LetterTemplate, source: Source, language: str) -> Composed:
    """Compose a letter. What stands in an answer is never read as a place, a heading or an open spot of its own."""
    composing = _Composing(source)
    texts = [
        composing.passage(one, one.text_in(language), rule_names.passage(template.id, index))
        for index, one in enumerate(template.passages)
    ]
    subject = " ".join(composing.told(template.subject_in(language)).split())
    text = "\n\n".join(one.strip("\n") for one in texts if one.strip())
    return Composed(subject, text)


def fields_deciding(template: LetterTemplate, form: Form) -> frozenset[str]:
    """Return the fields that decide whether a letter is for a dossier: that it is, tells something of each."""
    return _asked(template.applies_if, form)


def _asked(condition: Condition | None, form: Form) -> frozenset[str]:
    if condition is None:
        return frozenset()
    return frozenset(name.partition("/")[0] for name in fact_names(condition)) & form.fields.keys()


def fields_told(template: LetterTemplate, form: Form) -> frozenset[str]:
    """Return the fields of which a letter tells the answer, or that decide on it or on a passage of it: who may not see
    them all neither composes nor reads it."""
    found: set[str] = set(fields_deciding(template, form))
    for language in ("", *template.translations):
        texts = [template.subject_in(language)]
        texts += [one.text_in(language) for one in template.passages]
        found |= {word for text in texts for _, word in places_in(text) if word in form.fields}
    for passage in template.passages:
        found |= {passage.rows} & form.fields.keys()
        found |= _asked(passage.condition, form)
    return frozenset(found)


def texts_told(template: LetterTemplate, form: Form) -> dict[str, tuple[str, ...]]:
    """Return the fields whose text stands in a letter word for word, as somebody typed it; of a list with the members
    of its rows."""
    found: dict[str, list[str]] = {}
    for passage in template.passages:
        known = form.fields[passage.rows].members if passage.rows else form.fields
        for _, word in places_in(passage.text):
            if word in known and known[word].type.prose:
                members = found.setdefault(passage.rows or word, [])
                members += [word] if passage.rows and word not in members else []
    return {name: tuple(members) for name, members in found.items()}


@dataclass(frozen=True)
class _Composing:
    source: Source

    def passage(self, passage: Passage, text: str, name: str) -> str:
        if passage.condition is not None and name not in self.source.holding:
            return ""
        if any(word in IF_ANY and not self.source.general.get(word) for _, word in places_in(text)):
            return ""
        if not passage.rows:
            return self.told(text)
        rows = self.source.values.get(passage.rows)
        of = self.source.form.fields[passage.rows]
        if not isinstance(rows, list) or not rows:
            return self._lacks(of)
        # A row that does not ask what the text tells has nothing to tell: it is no line.
        told_of = {word for _, word in places_in(text)} & of.members.keys()
        told = [
            self.told(text, of.members, row)
            for row in rows
            if isinstance(row, dict) and told_of <= shown_members(row, of)
        ]
        return "\n".join(_ITEM + " ".join(one.split()) for one in told)

    def told(
        self, text: str, members: Mapping[str, Field] | None = None, row: Mapping[str, Any] | None = None
    ) -> str:
        """Fill in a text; within a row, a member of it comes before a field of the dossier."""

        def place(word: str) -> str:
            if members and row is not None and word in members:
                return self._answer(members[word], row)
            if word in self.source.form.fields:
                return self._answer(self.source.form.fields[word], self.source.values)
            return self._general(word)

        return filled_in(text, place)

    def _general(self, word: str) -> str:
        term = term_of(word)
        known = self.source.due.get(term) if term else self.source.general.get(word)
        return known or open_spot(self.source.missing(self.source.names.get(word, word)))

    def _answer(self, of: Field, values: Mapping[str, Any]) -> str:
        value = values.get(of.id)
        if value is None or value in ("", []):
            return self._lacks(of)
        return _harmless(of.type.show(value, of, self.source.formats))

    def _lacks(self, of: Field) -> str:
        return open_spot(self.source.missing(of.label))


def _harmless(text: str) -> str:
    """Return an answer that leaves the shape of the letter as it is: no heading, list or open spot begins in it."""
    return _ITEMS.sub("\u2013", _HEADINGS.sub("", no_spots(text).strip()))
