"""What a list of groups asks in each row: answers of one piece, and no list in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.forms.fields import type_of
from gehoor.core.forms.parse import members_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.forms.field_places import member_paths
from gehoor.loading.keywords.meta_schemas import meta_schema
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def row_problems(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what cannot be in a row, and what every row must have that none has."""
    for at, member in member_paths(path, field):
        of_type = type_of(member)
        if of_type is not None and of_type.whole:
            details = {"value": at[-1], "reason": of_type.whole}
            yield Problem(whole.spot(at).key, "niet-in-een-rij", details)
            continue
        for word in member:
            # Written out, the meta-schema refuses it; a reference to a field elsewhere can bring it along.
            if word not in meta_schema("form")["$defs"]["member"]["properties"]:
                spot = whole.spot((*at, word))
                reason = f"'{spot.word or word}' hoort bij een veld dat op zichzelf staat. Verwijs naar een keuzelijst"
                yield Problem(whole.spot(at).key, "niet-in-een-rij", {"value": at[-1], "reason": reason})
                break
        else:
            if of_type is None:
                yield Problem(whole.spot(at).key, "veld-zonder-soort", {"value": at[-1]})
    yield from _required(whole, path, field)


def _required(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    members = members_of(field)
    for index, name in enumerate(field.get("items", {}).get("required", ()) if members else ()):
        if name not in members:
            details = {
                "what": "Het veld",
                "value": name,
                "where": f" in de rijen van '{path[-1]}'",
                "hint": hint(name, members),
            }
            yield Problem(
                whole.spot((*path, "items", "required", index)).value, "verwijst-naar-niets", details
            )
