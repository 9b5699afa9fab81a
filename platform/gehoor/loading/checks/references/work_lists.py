"""What the work list shows of answers, some field of the dossier must hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced

_ANSWERS: Final = frozenset({"message-kind", "received-on", "severity", "judgement", "carrier"})
"""The columns and filters that are the answer of the field with that meaning."""


def work_list_problems(
    whole: Sourced, broken: Broken, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Problem]:
    """Yield the columns and filters that would be empty: no field has that meaning, as far as can be read."""
    if broken.touches("fields") or broken.touches("forms"):
        return
    fields = whole.at(("forms", DOSSIER_FORM, "properties")) or {}
    meant = {field.get("meaning") for field in fields.values()}
    for part, named in (whole.data.get("work-list") or {}).items():
        alone = isinstance(named, str)
        for index, name in enumerate([named] if alone else named):
            if name in _ANSWERS - meant:
                spot = whole.spot(("work-list", part) if alone else ("work-list", part, index)).value
                words = vocabularies.get(spot.file) or load_vocabulary(DEFAULT_LANGUAGE)
                yield Problem(spot, "werklijst-zonder-veld", {"value": words.value_word(name)})


CHECK = Check(
    Pass.REFERENCES,
    ("werklijst-zonder-veld",),
    lambda on: work_list_problems(on.whole, on.broken, on.vocabularies),
)
