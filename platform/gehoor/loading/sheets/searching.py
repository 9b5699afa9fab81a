"""Where something is said in files: in the things that stand there, also deep in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from gehoor.core.proposals.sheets import Hit, Shape
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.spans import Step
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.sheets.items import Naming, cut
from gehoor.loading.sheets.known_names import KnownNames
from gehoor.loading.sheets.places import Found, NoSheetError, below, source_of, top
from gehoor.loading.sheets.sheet import shape_of, title_of
from gehoor.loading.source.nodes import MappingNode, ScalarNode, SequenceNode

_MOST: Final = 100
_UNSAID: Final = ("language", "$schema")


def found_in(workspace: Path, files: tuple[str, ...], organisation: str, asked: str) -> list[Hit]:
    """Return where words are said in files: the nearest thing that people can open, each once."""
    known = {name: KnownNames(workspace, organisation, name).data for name in {_whose(one) for one in files}}
    hits: list[Hit] = []
    for file in files:
        try:
            source = source_of(workspace, file)
        except NoSheetError:
            continue
        search = _Search(Naming(source, known[_whose(file)]), " ".join(asked.split()).casefold())
        seen: dict[Steps, Hit] = {}
        for one in search.within([top(source)], (), ()):
            seen.setdefault(one.path, one)
        hits += islice(seen.values(), _MOST - len(hits))
    return hits


def _whose(file: str) -> str:
    return department_of(file) or ""


@dataclass(frozen=True)
class _Search:
    naming: Naming
    asked: str

    def within(self, steps: list[Found], path: Steps, thing: Steps) -> Iterator[Hit]:
        """Yield what is said below a place. ``thing``: the path of the nearest thing that people can open."""
        for step in _steps(steps[-1]):
            found = below(self.naming.source, steps[-1], step)
            if not path and found.keyword in _UNSAID:
                continue
            here, inside = (*path, step), [*steps, found]
            own = here if not path or _opens(steps[-1], found) else thing
            if isinstance(found.node, ScalarNode):
                if self._fits(found.node.text) or self._fits(_word(steps[-1], here)):
                    yield self._hit(inside, own, found.node.text)
                continue
            title = title_of(self.naming, inside, here)
            if self._fits(title) or self._fits(_word(steps[-1], here)):
                yield self._hit(inside, own, "")
            yield from self.within(inside, here, own)

    def _fits(self, text: str) -> bool:
        return self.asked in " ".join(text.split()).casefold()

    def _hit(self, steps: list[Found], path: Steps, text: str) -> Hit:
        titles = (title_of(self.naming, steps[: at + 1], path[:at]) for at in range(1, len(path) + 1))
        return Hit(self.naming.source.file, path, tuple(titles), cut(text))


def _steps(found: Found) -> list[Step]:
    if isinstance(found.node, MappingNode):
        return [one.key for one in found.node.members]
    return list(range(len(found.node.items))) if isinstance(found.node, SequenceNode) else []


def _opens(above: Found, found: Found) -> bool:
    """Say whether people open a place by itself: a group, or a thing among its own."""
    if not isinstance(found.node, MappingNode):
        return False
    return shape_of(found) is Shape.GROUP or shape_of(above) in (Shape.NAMED, Shape.LIST)


def _word(above: Found, path: Steps) -> str:
    """Return the name of a thing in the files, or what a whole part of a file is called."""
    if len(path) == 1:
        return f"{path[0]} {load_descriptions(DEFAULT_LANGUAGE).label(str(path[0]))}"
    return str(path[-1]) if shape_of(above) is Shape.NAMED else ""
