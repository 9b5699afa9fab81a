"""Translations of forms are in languages that the organisation has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def language_problems(on: Subject) -> list[Problem]:
    """Return the translations in a language that the organisation does not have.

    A shared file may have more languages than we: only what stands in the organisation's own files is judged.
    """
    whole, organisation = on.whole, on.whole.data["organisation"]
    known = organisation.get("languages", ())
    found: list[tuple[Path, str]] = [
        (("translations", code), code) for code in whole.data.get("translations", {})
    ]
    for path, said in (*on.said.all_in("forms"), *on.said.all_in("correspondence")):
        find = partial(_in_thing, whole, path)
        if not on.sound.languages_of((path, said), find) <= {*known}:
            found += find()
    problems = []
    for path, code in (one for one in found if one[1] not in known):
        place = whole.spot(path).key
        own = place.file.split("/")[1:2] == [organisation["id"]]
        if own:
            problems.append(Problem(place, "taal-niet-van-ons", {"value": code, "hint": hint(code, known)}))
    return problems


def _in_thing(whole: Sourced, path: Path) -> list[tuple[Path, str]]:
    return [*_translated({path[-1]: whole.at(path)}, path[:-1])]


def _translated(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Give the place of each translation, and its language."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in parts:
        if key == "translations" and isinstance(below, dict) and path[-1] != "properties":
            yield from (((*path, key, code), code) for code in below)
        else:
            yield from _translated(below, (*path, key))


CHECK = Check(Pass.CONSISTENCY, ("taal-niet-van-ons",), language_problems)
