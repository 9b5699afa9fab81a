"""What is agreed about dossiers that belong together names fields that fit, and tells nothing that stays inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.parse import members_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.filled_places import acts
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_SPECIAL: Final = ("P3", "P4")
_TEXTS: Final = ("text", "long-text")
_WANTED: Final = {
    "number-in": (_TEXTS, "een veld met een tekst"),
    "place-in": (_TEXTS, "een veld met een tekst"),
    "reason-in": (_TEXTS, "een veld met een tekst"),
    "still-to-tell-in": (("integer",), "een veld met een geheel getal"),
    "consent-in": (("boolean",), "een veld met ja of nee"),
}
"""Keyword -> the kinds of field that can stand there, and what people call them."""
_INSIDE: Final = (
    "een veld zonder bijzondere of strafrechtelijke gegevens: die staan alleen in het dossier zelf"
)


def belonging_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the fields that cannot hold what is to come there, and what may not be told of an earlier dossier."""
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    for path, act in acts(whole.data):
        for word, (kinds, wanted) in _WANTED.items():
            if word in act and _kind(fields[act[word]]) not in kinds:
                yield _misfit(whole, (*path, word), act[word], wanted)
    earlier = whole.data.get("earlier-dossiers", {})
    for index, name in enumerate(earlier.get("outcome", ())):
        if fields[name].get("personal-data") in _SPECIAL or members_of(fields[name]):
            yield _misfit(whole, ("earlier-dossiers", "outcome", index), name, _INSIDE)
    for rows, of in earlier.get("promises", {}).items():
        yield from _promise(whole, ("earlier-dossiers", "promises", rows), fields[rows], of)


def _promise(whole: Sourced, path: Path, field: Any, of: Any) -> Iterator[Problem]:
    members = members_of(field)
    if not members:
        spot = whole.spot(path)
        wanted = "Kies een lijst waarvan elke rij een belofte is"
        yield Problem(spot.key, "geen-lijst", {"value": str(path[-1]), "wanted": wanted})
        return
    for word in ("show", "done-when-filled"):
        for index, name in enumerate(of[word]):
            at = (*path, word, index)
            if name not in members:
                yield _misfit(whole, at, name, f"een veld van de rij: {listed(list(members), 'of')}")
            elif word == "show" and members[name].get("personal-data") in _SPECIAL:
                yield _misfit(whole, at, name, _INSIDE)


def _kind(field: Any) -> str:
    of = type_of(field)
    return of.name if of else ""


def _misfit(whole: Sourced, path: Path, value: str, wanted: str) -> Problem:
    return Problem(whole.spot(path).value, "samenhang-veld-past-niet", {"value": value, "wanted": wanted})


CHECK = Check(
    Pass.CONSISTENCY,
    ("samenhang-veld-past-niet", "geen-lijst"),
    lambda on: belonging_problems(on.whole),
)
