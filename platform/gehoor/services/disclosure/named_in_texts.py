"""People of whom a text for everybody tells the name: those whose names stand in dossiers, as far as whoever asks sees
them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.match_keys import called_key
from gehoor.services.correspondence.names import (
    could_be_names,
    names_in_answers,
    people_named,
    rows_of_words,
    short_pairs,
    words_of_name,
)
from gehoor.services.ports.store import DamagedError, Document, Where
from gehoor.services.register.register import Register

_MOST_WORDS: Final = 150
_EACH: Final = 40
_MOST: Final = 200
"""So many words with a capital are looked for, each in so many dossiers, and of so many dossiers in all the names are
looked at: first of those in which most of those words stand, and the rarest."""
_KEYS: Final = 500
"""So many names are asked for at once."""
_CALLED: Final = 1000
_NAME: Final = ("complainant.first-name", "complainant.name")

Shown = Callable[[list[str]], Iterable[tuple[Document, Agreement, frozenset[str]]]]
"""Gives of some dossiers (ids) those that exist for who asks, each with its agreement and the fields that they may not
see."""


def named_in_texts(
    register: Register, texts: Mapping[str, str], organisation: str, shown: Shown
) -> dict[str, tuple[str, ...]]:
    """Return of each text (by its key) the names in it of people whose names stand in dossiers of an organisation. Who
    told something is found by the whole name however it is typed; others by words with a capital."""
    words = [[word] for word in dict.fromkeys(one for text in texts.values() for one in could_be_names(text))]
    pairs = [[*pair] for pair in dict.fromkeys(one for text in texts.values() for one in short_pairs(text))]
    likely = _likely(register, [*words[:_MOST_WORDS], *pairs[:_MOST_WORDS]], organisation)
    names = list(dict.fromkeys(_names(register, likely, shown)))
    rows = {key: rows_of_words(text) for key, text in texts.items()}
    called = _called(register, {row for one in rows.values() for row in one}, organisation)
    whole = {words_of_name(one): one for one in _names(register, called, shown)}
    found = {
        key: tuple(
            dict.fromkeys((*people_named(text, names), *(whole[one] for one in rows[key] if one in whole)))
        )
        for key, text in texts.items()
    }
    return {key: one for key, one in found.items() if one}


def _called(register: Register, rows: Iterable[tuple[str, ...]], organisation: str) -> list[str]:
    """Return the dossiers of whom some words in a row are the whole name: a few of each name."""
    keys = sorted(called_key(organisation, " ".join(row)) for row in rows)
    found, of = list[str](), Counter[str]()
    for start in range(0, len(keys), _KEYS):
        where = Where({"key": keys[start : start + _KEYS]}, sound_only=True)
        for one in register.tables.select("match_keys", where=where, limit=_CALLED):
            of[one["key"]] += 1
            if of[one["key"]] <= _EACH:
                found.append(one["id"].partition("/")[0])
    return list(dict.fromkeys(found))


def _likely(register: Register, sought: list[list[str]], organisation: str) -> list[str]:
    """Return the dossiers in which the names could stand that some words, together, are of."""
    weight: Counter[str] = Counter()
    where = {"organisation": organisation}
    for words in sought:
        hits = {one["dossier"] for one in register.tables.search("texts", words, where=where, limit=_EACH)}
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
