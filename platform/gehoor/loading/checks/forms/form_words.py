"""What only a dossier says of its fields is not said otherwise on another form: there it would do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.located_document import Sourced

_REQUIRED: Final = "required-before"
_OF_THE_DOSSIER: Final = (
    _REQUIRED,
    "fixed-after",
    "reason-on-change",
    "phase",
    "personal-data",
    "seen-by",
    "edited-by",
    "handler-only",
    "when-anonymised",
    "searched",
    "names-people",
    "disclosed-to",
    "at-opening",
    "by-phone",
    "by-email",
)


def form_word_problems(whole: Sourced, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """Yield what a form other than the dossier says of a field where the dossier says something else. What a form took
    over from another file is no slip of its own."""
    kept = whole.at(("forms", DOSSIER_FORM, "properties"))
    for form, content in whole.data["forms"].items():
        for name, field in content["properties"].items() if form != DOSSIER_FORM else ():
            own = whole.spot(("forms", form, "properties", name)).key.file
            for word in _OF_THE_DOSSIER:
                spot = whole.spot(("forms", form, "properties", name, word)).key
                if (
                    word in field
                    and name in kept
                    and spot.file == own
                    and field[word] != kept[name].get(word)
                ):
                    words = vocabularies[spot.file]
                    details: dict[str, Any] = {"value": name, "word": words.word(word)}
                    code = "verplicht-zonder-gevolg" if word == _REQUIRED else "woord-zonder-gevolg"
                    yield Problem(spot, code, details)


CHECK = Check(
    Pass.CONSISTENCY,
    ("woord-zonder-gevolg", "verplicht-zonder-gevolg"),
    lambda on: form_word_problems(on.whole, on.vocabularies),
)
