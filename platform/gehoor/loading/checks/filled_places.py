"""Where a department says what is filled in by itself: by letters, by lateness, by what is done with dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gehoor.loading.checks.effect_places import effect_places, given_by_rules
from gehoor.loading.merge.source_map import Path

FIELDS_OF_ACTS = ("number-in", "still-to-tell-in", "reason-in", "place-in", "consent-in")
"""The keywords by which merging, withdrawing and sending on name a field of the dossier."""


def given_by_itself(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields of the dossier that something else than people gives a value: a rule, a table, lateness, or
    what happens (a letter that is sent, a dossier that is merged, sent on or withdrawn)."""
    fills = [fills for _, fills in filled_by_letters(data)]
    fills += [one["fill"] for _, one in (*late_levels(data), *acts(data)) if "fill" in one]
    named = {act[key] for _, act in acts(data) for key in FIELDS_OF_ACTS if key in act}
    reached = {letter.get("reached", "") for _, letter in _items(data, "correspondence")}
    marked = {one["field"] for name, one in _items(data, "milestones") if name in reached and "field" in one}
    return frozenset({*given_by_rules(data), *named, *marked, *(name for one in fills for name in one)})


def filled_by_letters(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give what sending a letter fills in, each group with its path."""
    for name, letter in _items(data, "correspondence"):
        if "fill" in letter:
            yield ("correspondence", name, "fill"), letter["fill"]
        for way, fills in letter.get("ways", {}).items():
            if isinstance(fills, dict):
                yield ("correspondence", name, "ways", way), fills


def acts(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give what is agreed about merging, withdrawing, sending on and contacts, each with its path."""
    for name in ("merge", "withdraw"):
        if name in data:
            yield (name,), data[name]
    for section in ("send-on", "contact-moments"):
        for name, act in _items(data, section):
            yield (section, name), act


def late_levels(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give what happens once a term, or that of a duty, is late, each with its path."""
    terms: list[tuple[Path, Mapping[str, Any]]] = [
        (("terms", name), one) for name, one in _items(data, "terms")
    ]
    for path, one in (*terms, *effect_places(data)):
        for index, level in enumerate(one.get("late") or ()):
            if isinstance(level, dict):
                yield (*path, "late", index), level


def _items(data: Mapping[str, Any], section: str) -> Iterable[tuple[str, Any]]:
    return (data.get(section) or {}).items()
