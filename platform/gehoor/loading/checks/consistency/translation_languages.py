"""Translations of forms are in languages that the organisation has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def language_problems(whole: Sourced) -> list[Problem]:
    """Return the translations in a language that the organisation does not have.

    A shared file may have more languages than we: only what stands in the organisation's own files is judged.
    """
    organisation = whole.data["organisation"]
    known = organisation.get("languages", ())
    problems = []
    texts = [(("translations", code), code) for code in whole.data.get("translations", {})]
    letters = _translated(whole.data.get("correspondence", {}), ("correspondence",))
    found = [*texts, *_translated(whole.data["forms"], ("forms",)), *letters]
    for path, code in (one for one in found if one[1] not in known):
        place = whole.spot(path).key
        own = place.file.split("/")[1:2] == [organisation["id"]]
        if own:
            problems.append(Problem(place, "taal-niet-van-ons", {"value": code, "hint": hint(code, known)}))
    return problems


def _translated(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Give the place of each translation, and its language."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in parts:
        if key == "translations" and isinstance(below, dict) and path[-1] != "properties":
            yield from (((*path, key, code), code) for code in below)
        else:
            yield from _translated(below, (*path, key))


CHECK = Check(Pass.CONSISTENCY, ("taal-niet-van-ons",), lambda on: language_problems(on.whole))
