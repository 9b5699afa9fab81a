"""Forms that are made of the dossier: each asks the fields that say so, and is agreed in the same file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_FORMS: Final = "also"
_FIELD: Final = "also-on"
_TEXTS: Final = ("title", "description")


def derive_forms(whole: Sourced) -> Iterator[Problem]:
    """Make the forms that the dossier says are made of it, and yield what is asked on a form that is none.

    A field stands there as in the dossier, in the same order; what it is called there takes the place of its own
    words, translations and all. The words that say so are no part of what is published. On a form that is written apart
    it is asked after what stands there, unless that asks it already.
    """
    forms = whole.data.get("forms") or {}
    dossier: Path = ("forms", DOSSIER_FORM)
    also = forms.get(DOSSIER_FORM, {}).get(_FORMS, {})
    for form in also:
        if form not in forms:
            whole.put(("forms", form), whole, (*dossier, _FORMS, form))
            whole.data["forms"][form]["properties"] = {}
    for name, field in (forms.get(DOSSIER_FORM) or {}).get("properties", {}).items():
        for form, spot_path in _asked_on(field.get(_FIELD), (*dossier, "properties", name, _FIELD)):
            if form in also:
                _ask(whole, form, name, (*dossier, "properties", name))
            elif form in forms and form != DOSSIER_FORM:
                _ask_apart(whole, form, name, (*dossier, "properties", name))
            else:
                spot = whole.spot(spot_path)
                key = spot.key if isinstance(field[_FIELD], dict) else spot.value
                known = [one for one in (*also, *forms) if one != DOSSIER_FORM]
                yield Problem(key, "veld-op-onbekend-formulier", {"value": form, "hint": hint(form, known)})
    for name, form in (whole.data.get("forms") or {}).items():
        if _FORMS in form and name != DOSSIER_FORM:
            spot = whole.spot(("forms", name, _FORMS))
            yield Problem(spot.key, "niet-in-dit-bestand", {"word": spot.word, "where": "het dossier"})
        form.pop(_FORMS, None)
        for field in form.get("properties", {}).values():
            field.pop(_FIELD, None)


def _asked_on(said: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Give the forms that a field is asked on too, and where that is said: one, a list, or each with other words."""
    if isinstance(said, str):
        yield said, path
    elif isinstance(said, list):
        yield from ((form, (*path, index)) for index, form in enumerate(said))
    elif isinstance(said, dict):
        yield from ((form, (*path, form)) for form in said)


def _ask(whole: Sourced, form: str, name: str, kept: Path) -> None:
    here: Path = ("forms", form, "properties", name)
    whole.put(here, whole, kept)
    own = whole.at((*here, _FIELD))
    if isinstance(own, dict):
        words = own[form]
        for word in words:
            whole.put((*here, word), whole, (*kept, _FIELD, form, word))
        if "translations" not in words and not words.keys().isdisjoint(_TEXTS):
            # They translate the words that it has in the dossier.
            whole.at(here).pop("translations", None)
            whole.spots.prune((*here, "translations"))


def _ask_apart(whole: Sourced, form: str, name: str, kept: Path) -> None:
    """Ask a field on a form that is written apart. Where that has steps, it comes in the step of the field that it
    comes after, or in one of its own."""
    asked = whole.group(("forms", form, "properties"))
    if name in asked:
        return
    _ask(whole, form, name, kept)
    steps: Path = ("forms", form, "steps")
    found: list[Any] = whole.at(steps) or []
    if not found or any(name in one["fields"] for one in found):
        return
    after = asked[name].get("after")
    at = next((at for at, one in enumerate(found) if after in one["fields"]), len(found))
    spot = whole.spot((*kept, _FIELD))
    if at == len(found):
        found.append({"fields": []})
        whole.spots.put((*steps, at), spot)
        whole.spots.put((*steps, at, "fields"), spot)
    fields: list[str] = found[at]["fields"]
    fields.insert(fields.index(after) + 1 if after in fields else len(fields), name)
    whole.spots.put((*steps, at, "fields", len(fields) - 1), spot)
