"""Translations of forms: in languages that the organisation has, and none of them half."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.public_texts import public_texts
from gehoor.core.forms.translations import missing_in
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NAMED = 3
"""How many of the texts that are missing are named."""


def language_problems(whole: Sourced) -> list[Problem]:
    """Return the translations in a language that the organisation does not have.

    A shared file may have more languages than we: only what stands in the organisation's own files is judged.
    """
    organisation = whole.data["organisation"]
    known = organisation.get("languages", ())
    problems = []
    texts = [(("translations", code), code) for code in whole.data.get("translations", {})]
    for path, code in [*texts, *_translated(whole.data["forms"], ("forms",))]:
        place = whole.spot(path).key
        own = place.file.split("/")[1:2] == [organisation["id"]]
        if own and code not in known:
            problems.append(Problem(place, "taal-niet-van-ons", {"value": code, "hint": hint(code, known)}))
    return problems


def incomplete_translations(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return a warning for each language of a form for people outside in which texts are missing, and likewise of
    what the organisation says on its pages. A translation of what is said no more is seen by what lacks one."""
    problems = list(_incomplete_texts(whole, agreement))
    for name, form in agreement.forms.items():
        for code in form.translations if name != DOSSIER_FORM else ():
            missing = list(dict.fromkeys(missing_in(form, code)))
            if missing and code in agreement.languages:
                problems.append(_missing(whole, ("forms", name, "translations", code), missing))
    return problems


def _incomplete_texts(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    for code, said in agreement.translations.items():
        missing = [text for text in public_texts(agreement) if text not in said]
        if missing and code in agreement.languages:
            yield _missing(whole, ("translations", code), missing)


def _missing(whole: Sourced, path: Path, missing: list[str]) -> Problem:
    named = ", ".join(f"\u201c{text}\u201d" for text in missing[:_NAMED])
    details = {"value": path[-1], "count": len(missing), "named": named}
    return Problem(whole.spot(path).key, "vertaling-onvolledig", details, Severity.WARNING)


def _translated(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Give the place of each translation, and its language."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in parts:
        if key == "translations" and isinstance(below, dict) and path[-1] != "properties":
            yield from (((*path, key, code), code) for code in below)
        else:
            yield from _translated(below, (*path, key))
