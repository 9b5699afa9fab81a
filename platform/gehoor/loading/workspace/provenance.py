"""Where every value of a department comes from, and what it takes the place of, in the words of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gehoor.core.text.problems import Place
from gehoor.loading.merge.keyword_rendering import written_key, written_value
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


@dataclass(frozen=True, slots=True)
class Standing:
    """A value, or what a department takes out: its key and text as the files write them, and its place."""

    key: tuple[str, ...]
    text: str
    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Origin:
    """A value in force. ``overridden`` is what the organisation says, where the department says otherwise."""

    now: Standing
    overridden: Standing | None = None
    dropped: bool = False


@dataclass
class Provenance:
    """The origin of every value of a department, worked out when someone asks."""

    whole: Sourced
    inherited: Callable[[], Sourced]
    """Gives the same without the department's own file."""
    own_file: str

    @cached_property
    def organisation(self) -> Sourced:
        """What would hold here if the department said nothing."""
        return self.inherited()

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Every value in force in the order of the agreement, then what the department takes out."""
        values = (self._origin(path, value) for path, value in _values(self.whole.data, ()))
        return (*values, *self._dropped())

    def _origin(self, path: Path, value: Any) -> Origin:
        now = _standing(self.whole, path, value)
        before = self.organisation.at(path)
        if now.place.file != self.own_file or before is None or before == value:
            return Origin(now)
        return Origin(now, _standing(self.organisation, path, before))

    def _dropped(self) -> Iterator[Origin]:
        for path, spot in self.whole.dropped.items():
            below = self.organisation.at(path)
            standing = Standing(written_key(path), "vervalt", None, spot.key)
            name = below.get("name", below.get("title", "")) if isinstance(below, dict) else ""
            place = self.organisation.spot(path).key
            before = Standing(standing.key, str(name), name or None, place) if below is not None else None
            yield Origin(standing, before, dropped=True)


def _standing(whole: Sourced, path: Path, value: Any) -> Standing:
    return Standing(written_key(path), written_value(path, value), value, whole.spot(path).key)


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Give every single value, and every list of single values as one."""
    if isinstance(data, dict):
        for key, below in data.items():
            yield from _values(below, (*path, key))
    elif isinstance(data, list) and any(isinstance(item, (dict, list)) for item in data):
        for index, below in enumerate(data):
            yield from _values(below, (*path, index))
    else:
        yield path, data
