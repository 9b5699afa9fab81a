"""What is wrong is set aside, so that the rest can still be judged, and nothing is said of what it would have been."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gehoor.core.text.problems import Problem
from gehoor.loading.keywords.meta_schemas import meta_schema
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.source_map import Path

ENTRY_SECTIONS = frozenset(
    {
        "roles",
        "kinds",
        "questions",
        "channels",
        "milestones",
        "phases",
        "terms",
        "rules",
        "tables",
        "tasks",
        "demands",
    }
)
"""The sections whose members are told apart by id; elsewhere a section is right or wrong as a whole."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem, and the path in the canonical data that it makes useless."""

    path: Path
    problem: Problem


@dataclass
class Broken:
    """What could not be read: single entries by section and id, and whole sections. Fields are ``fields``."""

    entries: set[tuple[str, str]] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)

    def excuses(self, section: str, entry: str) -> bool:
        """Say whether an entry may exist although it was not found."""
        return section in self.sections or (section, entry) in self.entries

    def touches(self, section: str) -> bool:
        """Say whether anything of a section could not be read."""
        return section in self.sections or any(name == section for name, _ in self.entries)

    def add(self, other: Broken) -> None:
        """Take over what another part could not read."""
        self.entries |= other.entries
        self.sections |= other.sections


def unreadable(kind: str, file_stem: str) -> Broken:
    """Return what is unknown when a file of a kind cannot be read at all."""
    if kind == "letter":
        return Broken({("letters", file_stem), ("correspondence", file_stem)})
    if kind == "form":
        return Broken(sections={"fields", "forms"})
    return Broken(sections=set(meta_schema(kind)["properties"]))


def set_aside(canonical: Canonical, kind: str, file_stem: str, faults: Iterable[Fault]) -> Broken:
    """Take the parts with faults out of the data of a file, and return what they were."""
    broken = Broken()
    for fault in faults:
        path = _part(fault.path, kind, broken)
        if len(fault.path) == 1:
            # An unknown or missing keyword at the top: any section that is not there may be the one that was meant.
            unseen = set(meta_schema(kind)["properties"]) - set(canonical.data)
            broken.sections |= unseen
            if kind == "form":
                # Of the sections of a form the whole knows two: what it is called and says, and its fields.
                broken.sections |= {"forms"} | ({"fields"} if unseen & {"properties", "$defs"} else set())
        if fault.problem.code == "ongeldige-naam" and path == fault.path:
            # Under which name it should have been is not known, so any name may be meant.
            broken.sections.add("fields" if path[0] in ("properties", "$defs", "forms") else str(path[0]))
        if kind == "letter":
            broken.entries |= {("letters", file_stem), ("correspondence", file_stem)}
        _remove(canonical, path)
    return broken


def _part(path: Path, kind: str, broken: Broken) -> Path:
    """Return the path of the part that a fault makes useless, and note what that part is."""
    names = [str(part) for part in path]
    if kind == "form" and names[:1] in (["properties"], ["$defs"]):
        return _noted(path, 2, "fields", names, broken)
    if kind == "department" and names[:1] == ["forms"]:
        is_field = len(names) > 2 and names[2] == "fields"
        if not is_field:
            # Any word may have been meant, also the one for the fields.
            broken.sections.add("fields")
            return path[:3]
        return _noted(path, 4, "fields", names, broken)
    if names and names[0] in ENTRY_SECTIONS:
        return _noted(path, 2, names[0], names, broken)
    broken.sections.update(names[:1])
    if kind == "form" and names[:1] == ["allOf"]:
        broken.sections.add("fields")
    return path[:1]


def _noted(path: Path, depth: int, section: str, names: list[str], broken: Broken) -> Path:
    if len(path) >= depth:
        broken.entries.add((section, names[depth - 1]))
    else:
        broken.sections.add(section)
    return path[:depth]


def _remove(canonical: Canonical, path: Path) -> None:
    parent: object = canonical.data
    for part in path[:-1]:
        parent = parent.get(part) if isinstance(parent, dict) else None
    if path and isinstance(parent, dict):
        parent.pop(path[-1], None)
    if not path:
        canonical.data.clear()
