"""A meaning belongs to a kind of field in which it is read: on another it would mean nothing, and protect nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.access.confidentiality import MEANING
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.dossier.conflict_of_interest import EXCLUDING
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.meanings import KINDS_OF
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced

_SAID_ELSEWHERE: Final = (*EXCLUDING, MEANING)
"""Meanings of which another check says more: see ``staff.py`` and ``confidentiality.py``."""
_CALLED: Final[Mapping[str, str]] = {
    "text": "een korte tekst",
    "long-text": "een lange tekst",
    "email": "een e-mailadres",
    "phone": "een telefoonnummer",
    "web-address": "een webadres",
    "choice": "een keuze",
    "choices": "een of meer keuzes",
    "scale": "een schaal",
    "integer": "een geheel getal",
    "decimal": "een getal",
    "boolean": "ja of nee (type: boolean)",
    "date": "een datum",
    "time": "een uur",
    "instant": "een datum met een uur",
    "groups": "rijen",
    "staff": "medewerkers",
}


def meaning_problems(whole: Sourced, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """Yield the fields of the dossier of which the meaning cannot be read."""
    for name, field in whole.at(("forms", DOSSIER_FORM, "properties")).items():
        meaning, of_type = field.get("meaning"), type_of(field)
        if not meaning or of_type is None or meaning in _SAID_ELSEWHERE:
            continue
        kinds = KINDS_OF.get(meaning, ())
        if of_type.name not in kinds:
            spot = whole.spot(("forms", DOSSIER_FORM, "properties", name, "meaning"))
            words = vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)
            details = {
                "value": words.value_word(meaning),
                "field": name,
                "kinds": _or([_CALLED[one] for one in kinds]),
            }
            yield Problem(spot.value, "betekenis-op-ander-veld", details)


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} of {names[-1]}" if len(names) > 1 else names[0]


CHECK = Check(
    Pass.CONSISTENCY,
    ("betekenis-op-ander-veld",),
    lambda on: meaning_problems(on.whole, on.vocabularies),
)
