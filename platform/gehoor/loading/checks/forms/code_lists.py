"""The codes that a field offers; those of a scale become the numbers that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.text.problems import Problem
from gehoor.loading.checks.forms.field_places import field_paths, with_members
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")


def codes_of(field: Mapping[str, Any]) -> frozenset[Any] | None:
    """Return the codes of a field with a code list, or None for any other field (canonical data)."""
    lists = field.get("items", {}) if field.get("type") == "array" else field
    if "enum" in lists:
        return frozenset(lists["enum"])
    return frozenset(item["const"] for item in lists["oneOf"]) if "oneOf" in lists else None


def has_doubles(field: Mapping[str, Any]) -> bool:
    """Say whether a code stands twice in the list of a field: then which codes were meant is not known."""
    lists = field.get("items", {}) if field.get("type") == "array" else field
    codes = [item["const"] for item in lists.get("oneOf", ())]
    return len(set(codes)) < len(codes)


def settle_scales(whole: Sourced, broken: Broken) -> Iterator[Problem]:
    """Make whole numbers of the choices of fields with ``type: integer``, in place, and yield those that are none.

    Of a field that could not be read, what there is becomes a number too: conditions about it hold numbers.
    """
    for path, field in field_paths(whole, Broken()):
        for at, one in with_members(path, field):
            if one.get("type") == "integer":
                wrong = [*_settle_scale(whole, at, one)]
                yield from () if broken.excuses("fields", str(path[-1])) else wrong


def _settle_scale(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    for index, code in enumerate(field.get("enum", ())):
        if _WHOLE.match(str(code)):
            field["enum"][index] = int(code)
        else:
            yield _no_number(whole, (*path, "enum", index), code)
    for index, item in enumerate(field.get("oneOf", ())):
        if _WHOLE.match(str(item["const"])):
            item["const"] = int(item["const"])
        else:
            yield _no_number(whole, (*path, "oneOf", index, "const"), item["const"])


def _no_number(whole: Sourced, path: Path, code: Any) -> Problem:
    details = {"value": code, "field": path[path.index("properties") + 1]}
    return Problem(whole.spot(path).value, "waarde-past-niet", details)
