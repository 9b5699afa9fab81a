"""The whole scenario: all stories at once, over a year, at De Linde and at Waterhof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from tests.replay import use_cases as uses
from tests.replay.scenario import agreements, complaints, confidential, people, working_together
from tests.replay.scenario.confidential import with_levels
from tests.replay.scenario.directing import Director, Story
from tests.replay.scenario.in_full import in_full, under_it
from tests.replay.scenario.wandering import wander

_WANDERERS = (
    (("de-linde", "beukenhof"), ("ria", "tom", "karin", "dirk", "ann"), 7),
    (("de-linde", "eikenrode"), ("eva", "koen", "ann"), 5),
    (("de-linde", "thuis"), ("karin", "theo"), 4),
    (("waterhof", "wijk"), ("wim", "olga", "tess", "ruud"), 4),
    (("waterhof", "verpleeghuis"), ("wim", "mia", "tess"), 3),
    (("waterhof", "dagbesteding"), ("wim",), 2),
)
"""Where dossiers wander, who works there, and how many."""


def offered(departments: Mapping[tuple[str, str], uses.Publishable]) -> dict[str, uses.Publishable]:
    """Return every agreement that is published in the stories, by its hash: those of the files, and three changes of
    Beukenhof."""
    base = departments[people.LINDE, "beukenhof"]
    found = [
        *departments.values(),
        _changed(base, _sooner),
        _changed(base, _sooner, in_full),
        _changed(base, with_levels),
    ]
    return {uses.content_hash(uses.dump(one.document)): one for one in found}


def tell(director: Director, hashes: list[str]) -> None:
    """Tell it all. ``hashes``: as ``offered`` gives them, in that order."""
    *first, after, later, levels = hashes
    agreements_of_now = first[0]
    director.tell(
        [
            people.beginning(director, first),
            people.staff_changes(director),
            people.sweeps(director),
            *(story(director) for story in (
                complaints.founded, complaints.dangerous, complaints.stretched, complaints.withdrawn,
                complaints.other_kinds, working_together.anonymous, working_together.handed_over,
                working_together.at_once, working_together.with_files, working_together.repeated,
                agreements.in_holland, under_it,
            )),
            agreements.changed(director, agreements_of_now, after, later),
            confidential.kept_close(director, levels),
            *_wanderers(director),
        ]
    )  # fmt: skip


def _wanderers(director: Director) -> Iterator[Story]:
    for number, (where, staff, count) in enumerate(_WANDERERS):
        for one in range(count):
            start = f"2026-{(2 * number + 3 * one) % 9 + 1:02}-{(7 * one + number) % 20 + 6:02} 1{one % 8}:2{number}"
            yield wander(director, f"dwaal-{where[1]}-{one}", where, start, staff, 9)


def _changed(base: uses.Publishable, *changes: Any) -> uses.Publishable:
    document = deepcopy(dict(base.document))
    for change in changes:
        change(document)
    return uses.Publishable(base.organisation, base.department, document, base.places)


def _sooner(document: dict[str, Any]) -> None:
    document["terms"]["antwoord"]["within"] = "20 calendar-days"
    del document["terms"]["antwoord"]["suspend"]
