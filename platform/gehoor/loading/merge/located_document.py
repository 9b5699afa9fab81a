"""Data of which every part knows its spot, and the two ways to combine it: take over, and lay over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.source_map import Path, Spot, Spots


@dataclass
class Sourced:
    """Data with the spot of each part.

    ``dropped``: the spots of what a department takes out; ``inherited``: which of that there really was;
    ``unsure``: the fields of which it cannot be known what they offer, as what they hang on could not be read.
    """

    data: dict[str, Any] = field(default_factory=dict)
    spots: Spots = field(default_factory=Spots)
    dropped: dict[Path, Spot] = field(default_factory=dict)
    inherited: set[Path] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def spot(self, path: Path) -> Spot:
        """Return the spot of a path, or of the nearest part above it."""
        return self.spots.nearest(path)

    def at(self, path: Path) -> Any:
        """Return what stands at a path, or None."""
        return value_at(self.data, path)

    def put(self, path: Path, source: Canonical | Sourced, source_path: Path) -> None:
        """Take over a part of another document, with its spots, replacing what stood here."""
        value = copied(value_at(source.data, source_path))
        if not path:
            self.data, self.spots = value, source.spots.copy()
            return
        self.group(path[:-1])[path[-1]] = value
        self.spots.graft(path, source.spots.branch(source_path))

    def override(self, path: Path, source: Canonical | Sourced, source_path: Path) -> None:
        """Lay a part of another document over this one: groups merge by key, anything else is replaced."""
        new, old = value_at(source.data, source_path), self.at(path)
        spot = source.spots.exact(source_path)
        if not (isinstance(new, dict) and isinstance(old, dict)) or (spot and spot.whole):
            self.put(path, source, source_path)
            return
        if spot and not self.spots.exact(path):
            self.spots.put(path, spot)
        for key in new:
            self.override((*path, key), source, (*source_path, key))

    def drop(self, path: Path) -> None:
        """Take a part out, remembering where that was asked."""
        if self.spot(path).key.file != self.spot((*path, "dropped")).key.file:
            self.inherited.add(path)
        self.dropped[path] = self.spot((*path, "dropped"))
        self.group(path[:-1]).pop(path[-1], None)
        self.spots.prune(path)

    def group(self, path: Path) -> dict[Any, Any]:
        """Return the group at a path, made when there is none."""
        here: Any = self.data
        for part in path:
            here = here.setdefault(part, {}) if isinstance(here, dict) else here[part]
        group: dict[Any, Any] = here
        return group


def value_at(data: Any, path: Path) -> Any:
    """Return what stands at a path in plain data, or None."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def copied(value: Any) -> Any:
    """Return plain data of one's own."""
    if isinstance(value, dict):
        return {key: copied(below) for key, below in value.items()}
    if isinstance(value, list):
        return [copied(below) for below in value]
    return value
