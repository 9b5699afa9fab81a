"""Canonical data of which every part knows its spot, and the two ways to combine it: take over, and override."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gehoor.core.problems import Place
from gehoor.loading.canonical import Canonical, Path, Spot

_NOWHERE = Spot(Place("?"), Place("?"), "")


@dataclass
class Sourced:
    """Data with the spot of each part. ``overridden`` holds, per path, the spot that an override replaced."""

    data: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    overridden: dict[Path, Spot] = field(default_factory=dict)

    def spot(self, path: Path) -> Spot:
        """Return the spot of a path, or of the nearest part above it."""
        while path and path not in self.spots:
            path = path[:-1]
        return self.spots.get(path, _NOWHERE)

    def at(self, path: Path) -> Any:
        """Return what stands at a path, or None."""
        here: Any = self.data
        for part in path:
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
            else:
                return None
        return here

    def put(self, path: Path, source: Canonical | Sourced, source_path: Path) -> None:
        """Take over a part of another document, with its spots, replacing what stood here."""
        value = _copy(_at(source.data, source_path))
        self._clear(path)
        parent: Any = self.data
        for part in path[:-1]:
            parent = parent.setdefault(part, {})
        parent[path[-1]] = value
        for below, spot in spots_below(source.spots, source_path):
            self.spots[(*path, *below)] = spot

    def override(self, path: Path, source: Canonical | Sourced, source_path: Path) -> None:
        """Lay a part of another document over this one: groups merge by key, anything else is replaced."""
        new, old = _at(source.data, source_path), self.at(path)
        if not (isinstance(new, dict) and isinstance(old, dict)):
            if old is not None and path in self.spots:
                self.overridden[path] = self.spots[path]
            self.put(path, source, source_path)
            return
        if source_path in source.spots and path not in self.spots:
            self.spots[path] = source.spots[source_path]
        for key in new:
            self.override((*path, key), source, (*source_path, key))

    def drop(self, path: Path) -> None:
        """Take a part out."""
        parent = self.at(path[:-1])
        if isinstance(parent, dict):
            parent.pop(path[-1], None)
        self._clear(path)

    def _clear(self, path: Path) -> None:
        for below, _ in list(spots_below(self.spots, path)):
            del self.spots[(*path, *below)]


def spots_below(spots: dict[Path, Spot], path: Path) -> Iterator[tuple[Path, Spot]]:
    """Give the spots at and below a path, with the rest of their path."""
    depth = len(path)
    for candidate, spot in list(spots.items()):
        if candidate[:depth] == path:
            yield candidate[depth:], spot


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_copy(below) for below in value]
    return value
