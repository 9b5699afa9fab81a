"""Which fields there are and where they stand: of every form, and in the rows of a list what each row asks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gehoor.core.conditions.facts import FactType, by_member
from gehoor.core.forms.parse import members_of
from gehoor.loading.checks.sound import Sound
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


@dataclass(frozen=True)
class Fields:
    """The fields of the dossier: what each is, and which could not be read. Or what each row of a list asks."""

    types: Mapping[str, FactType]
    data: Mapping[str, Any]
    broken: Broken
    rows_of: str = ""
    sound: Sound = dataclasses.field(default_factory=Sound)
    """What was found right of fields before, also in other departments."""
    given: frozenset[str] = frozenset()
    """Those that get their value from a rule or a table."""

    def of_rows(self, name: str) -> Fields:
        """Return what each row of a list asks."""
        return Fields(by_member(self.types, name), members_of(self.data[name]), Broken(), name, self.sound)

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What each field says, all of it, to tell whether another says the same."""
        return _Said(self.data)

    def excuses(self, name: str) -> bool:
        """Say whether a field could not be read, or not whole: nothing can be said about it."""
        return self.broken.excuses("fields", name)


class _Said(dict[str, str]):
    """Written out for each field that is asked about, once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()
        self._data = data

    def __missing__(self, name: str) -> str:
        self[name] = repr(self._data[name])
        return self[name]


def member_paths(path: Path, field: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give the path of each member of a list of groups, with what is said of it; nothing for any other field."""
    yield from (((*path, "items", "properties", name), data) for name, data in members_of(field).items())


def without_conditions(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field without its conditions and those of its members: those are judged by themselves."""
    bare = _unconditional({key: content for key, content in field.items() if key != "show-if"})
    if isinstance(bare.get("items"), dict):
        bare["items"] = _unconditional(bare["items"])
    if members := members_of(field):
        asked = {name: without_conditions(inner) for name, inner in members.items()}
        bare["items"] = {**field["items"], "properties": asked}
    return bare


def _unconditional(lists: dict[str, Any]) -> dict[str, Any]:
    if "oneOf" not in lists:
        return lists
    bare = [{key: content for key, content in one.items() if key != "if"} for one in lists["oneOf"]]
    return {**lists, "oneOf": bare}


def with_members(path: Path, field: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give a field with its path, and each of its members."""
    yield path, field
    yield from member_paths(path, field)


def field_paths(whole: Sourced, broken: Broken) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give each field of each form with its path, but for those that could not be read."""
    for form, content in (whole.data.get("forms") or {}).items():
        for name, field in content["properties"].items():
            if not broken.excuses("fields", name):
                yield ("forms", form, "properties", name), field
