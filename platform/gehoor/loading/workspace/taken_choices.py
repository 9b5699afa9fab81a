"""Choices that are taken away: not offered any more, while what asks about them and what was chosen still holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_WORD: Final = "without-choices"


def take_choices(whole: Sourced, form: str) -> Iterator[Problem]:
    """Retire the choices that the fields of a form say are taken away, and on other forms those of the dossier; yield
    what is no choice, and lists of which nothing is left."""
    dossier = whole.at(("forms", DOSSIER_FORM, "properties")) or {}
    for name, field in (whole.at(("forms", form, "properties")) or {}).items():
        path: Path = ("forms", form, "properties", name)
        taken = field.pop(_WORD, [])
        known = codes_of(field)
        for index, code in enumerate(taken):
            if code not in known:
                details = {"value": code, "allowed": ", ".join(known), "hint": hint(code, known)}
                yield Problem(whole.spot((*path, _WORD, index)).value, "geen-keuze", details)
        if taken and known and not set(known) - set(taken):
            yield Problem(whole.spot((*path, _WORD)).key, "geen-keuze-over")
        elif taken:
            retire(whole, path, set(taken))
        kept = dossier.get(name, {}) if form != DOSSIER_FORM else {}
        retired = {str(one["const"]) for one in listed(kept).get("oneOf", ()) if one.get("deprecated")}
        if retired:
            retire(whole, path, retired)


def listed(field: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a field that lists its choices."""
    items = field.get("items")
    return items if field.get("type") == "array" and isinstance(items, dict) else field


def codes_of(field: dict[str, Any]) -> list[str]:
    """Return the codes of the choices of a field, in order."""
    lists = listed(field)
    return [str(one["const"]) for one in lists.get("oneOf", ())] or [
        str(one) for one in lists.get("enum", ())
    ]


def listed_at(whole: Sourced, path: Path) -> Path:
    """Return where the part of a field stands that lists its choices."""
    field = whole.at(path)
    return path if listed(field) is field else (*path, "items")


def retire(whole: Sourced, path: Path, codes: set[str]) -> None:
    """Offer some choices of a field no more; what was chosen before keeps its words."""
    lists, at = listed(whole.at(path)), listed_at(whole, path)
    if "enum" in lists:
        # Only a choice with words of its own can be said to be offered no more.
        whole.spots.graft((*at, "oneOf"), whole.spots.branch((*at, "enum")))
        lists["oneOf"] = [{"const": code, "title": str(code)} for code in lists.pop("enum")]
    for one in lists.get("oneOf", ()):
        if str(one["const"]) in codes:
            one["deprecated"] = True
