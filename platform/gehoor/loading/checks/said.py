"""What the things of a department say, by digest: where two digests are equal, the same is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gehoor.loading.checks.sound import digest_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


class Thing(NamedTuple):
    """A rule, a term, a field, a letter ...: what a section is made of, and where it stands in it."""

    path: Path
    inside: Any
    """The group or list that it stands in, by the last part of its path; none where a section is one thing."""
    said: Any


def things(data: Mapping[str, Any]) -> Iterator[Thing]:
    """Give all things in the whole of a department, in its order. Together they are all that it says."""
    for section, content in data.items():
        if section == "forms":
            for form, parts in content.items():
                for part, said in parts.items():
                    if part == "properties":
                        yield from (
                            Thing(("forms", form, part, name), said, one) for name, one in said.items()
                        )
                    else:
                        yield Thing(("forms", form, part), parts, said)
        elif isinstance(content, dict):
            yield from (Thing((section, name), content, one) for name, one in content.items())
        elif section == "rule-examples":
            yield from (Thing((section, index), content, one) for index, one in enumerate(content))
        else:
            yield Thing((section,), None, content)


def thing_of(path: Path) -> Path:
    """Return the place of the thing that a path leads into."""
    return path[:2] if path[0] != "forms" else path[:4] if path[2] == "properties" else path[:3]


def only(whole: Sourced, one: Thing) -> Sourced:
    """Return the whole with one thing in it, where it stands."""
    section = str(one.path[0])
    data: dict[str, Any] = {}
    if section == "forms":
        form: dict[str, Any] = {"properties": {}}
        (form["properties"] if one.path[2] == "properties" else form)[str(one.path[-1])] = one.said
        data = {section: {one.path[1]: form}}
    elif section == "rule-examples":
        before: list[Any] = [{"given": {}, "expect": {}}] * int(one.path[1])
        data = {section: [*before, one.said]}
    else:
        data = {section: one.said if one.inside is None else {str(one.path[-1]): one.said}}
    return Sourced(data, whole.spots, whole.dropped, whole.inherited, whole.unsure)


class Said:
    """The digest of each thing, and of each section: of what its things are called and say, in their order."""

    def __init__(self, data: Mapping[str, Any], known: Mapping[Path, bytes] | None = None) -> None:
        """``known``: the digests of things that were worked out already."""
        before = known or {}
        self.things: dict[Path, bytes] = {
            one.path: before.get(one.path) or digest_of(one.said) for one in things(data)
        }
        self._sections: dict[str, list[tuple[Path, bytes]]] = {section: [] for section in data}
        for path, digest in self.things.items():
            self._sections[str(path[0])].append((path, digest))
        self._known: dict[str, bytes] = {}

    def section(self, name: str) -> bytes:
        """Return the digest of a section; nothing where there is none."""
        if name not in self._known:
            found = self._sections.get(name)
            self._known[name] = b"" if found is None else digest_of(found)
        return self._known[name]

    def all_in(self, section: str) -> list[tuple[Path, bytes]]:
        """Return the things of a section with their digests."""
        return self._sections.get(section, [])
