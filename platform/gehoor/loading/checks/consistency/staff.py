"""Fields for people who work here: never asked outside, and the only ones that can say who stands too close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.dossier.conflict_of_interest import EXCLUDING
from gehoor.core.forms.fields import type_of
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def staff_problems(whole: Sourced, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """Yield the fields that would show outside who works here, and those that cannot name people."""
    for form, content in whole.data["forms"].items():
        for name, field in content["properties"].items():
            path: Path = ("forms", form, "properties", name)
            of_type = type_of(field)
            names_people = of_type is not None and of_type.names_people
            if form != DOSSIER_FORM and names_people:
                yield Problem(whole.spot(path).key, "medewerkers-buiten", {"value": name})
            elif form == DOSSIER_FORM and "someone-else-than" in field:
                yield from _not_people(whole, path, names_people=names_people)
            if form == DOSSIER_FORM and field.get("meaning") in EXCLUDING and not names_people:
                spot = whole.spot((*path, "meaning"))
                words = vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)
                details = {"value": words.value_word(field["meaning"]), "field": name}
                yield Problem(spot.value, "betekenis-zonder-mensen", details)


def _not_people(whole: Sourced, path: Path, *, names_people: bool) -> Iterator[Problem]:
    """Who stands in a field can be somebody else than in another where both name people, and it is not itself."""
    other = whole.at(path)["someone-else-than"]
    there = type_of(whole.at((*path[:-1], other)))
    if not names_people or there is None or not there.names_people or other == path[-1]:
        spot = whole.spot((*path, "someone-else-than"))
        yield Problem(spot.value, "iemand-anders-zonder-mensen", {"value": other, "field": path[-1]})


CHECK = Check(
    Pass.CONSISTENCY,
    ("medewerkers-buiten", "betekenis-zonder-mensen", "iemand-anders-zonder-mensen"),
    lambda on: staff_problems(on.whole, on.vocabularies),
)
