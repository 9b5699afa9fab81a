"""People of whom a text for everybody tells the name: those whose names stand in dossiers, as far as whoever asks sees
them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.services.correspondence.names import could_be_names, names_in_answers, people_named
from gehoor.services.ports.store import DamagedError, Document
from gehoor.services.register.register import Register

_MOST_WORDS: Final = 150
_EACH: Final = 40
_MOST: Final = 200
"""So many words with a capital are looked for, each in so many dossiers, and of so many dossiers in all the names are
looked at: first of those in which most of those words stand, and the rarest."""
_NAME: Final = ("complainant.first-name", "complainant.name")

Shown = Callable[[list[str]], Iterable[tuple[Document, Agreement, frozenset[str]]]]
"""Gives of some dossiers (ids) those that exist for who asks, each with its agreement and the fields that they may not
see."""


def named_in_texts(
    register: Register, texts: Mapping[str, str], organisation: str, shown: Shown
) -> dict[str, tuple[str, ...]]:
    """Return of each text (by its key) the names in it of people whose names stand in dossiers of an organisation."""
    words = dict.fromkeys(word for text in texts.values() for word in could_be_names(text))
    if not words:
        return {}
    names = list(dict.fromkeys(_names(register, _likely(register, list(words), organisation), shown)))
    found = {key: people_named(text, names) for key, text in texts.items()}
    return {key: one for key, one in found.items() if one}


def _likely(register: Register, words: list[str], organisation: str) -> list[str]:
    """Return the dossiers in which the names could stand that some words are of."""
    weight: Counter[str] = Counter()
    where = {"organisation": organisation}
    for word in words[:_MOST_WORDS]:
        hits = {one["dossier"] for one in register.tables.search("texts", [word], where=where, limit=_EACH)}
        for one in hits:
            weight[one] += _EACH // len(hits)
    return [one for one, _weight in weight.most_common(_MOST)]


def _names(register: Register, dossiers: list[str], shown: Shown) -> Iterator[str]:
    for document, agreement, unseen in shown(dossiers) if dossiers else ():
        try:
            dossier = register.dossier(document["id"])
        except DamagedError:
            # Of one that cannot be read nobody can tell.
            continue
        values = {name: value for name, value in dossier.values.items() if name not in unseen}
        told = (str(values.get(agreement.field_for(meaning), "")).strip() for meaning in _NAME)
        if whole := " ".join(filter(None, told)):
            yield whole
        yield from names_in_answers(agreement.dossier_form.fields.values(), values)
