"""Parts of a document as trees: read within bounds, without a document type, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

_DEEPEST: Final = 200
_DEEP: Final = 20
_MOST_NODES: Final = 400_000
_APART: Final = "\n"
"""Between the address of a vocabulary and a name: stands in neither."""


class UnusableDocumentError(ValueError):
    """A document is too large, or not what it says: nothing of it is kept."""


@dataclass(slots=True)
class Node:
    """An element by the name it has in its vocabulary, without which one that is: those of word processors give no two
    elements that people read the same name. ``attributes`` likewise. ``parts``: elements and texts, in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Node | str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """Yield the elements in it."""
        return (one for one in self.parts if isinstance(one, Node))

    def first(self, *names: str) -> Node | None:
        """Return the first element in it with the first of the names, in that the first with the next, and so on."""
        found: Node | None = self
        for name in names:
            found = next((one for one in found.nodes() if one.name == name), None) if found else None
        return found

    def all(self, *names: str) -> Iterator[Node]:
        """Yield every element with one of the names in it, however deep, in the order of the document."""
        left = [self.nodes()]
        while left:
            one = next(left[-1], None)
            if one is None:
                left.pop()
                continue
            if one.name in names:
                yield one
            left.append(one.nodes())

    def get(self, attribute: str) -> str:
        """Return what an attribute says; an empty text when it is not there."""
        return self.attributes.get(attribute, "")

    def text(self) -> str:
        """Return the text that stands in it directly."""
        return "".join(one for one in self.parts if isinstance(one, str))


class PartReader:
    """Reads the parts of one document: all of them together have so many elements and attributes at most, and fewer
    where they lie deep, as whoever goes through them passes all that lies around."""

    def __init__(self) -> None:
        self._left = _MOST_NODES

    def read(self, content: bytes) -> Node:
        """Read a part. Raises ``UnusableDocumentError``."""
        root = Node("")
        open_nodes = [root]

        def start(name: str, attributes: dict[str, str]) -> None:
            self._left -= 1 + len(attributes) + len(open_nodes) // _DEEP
            if self._left < 0 or len(open_nodes) > _DEEPEST:
                raise UnusableDocumentError("too many or too deep")
            node = Node(_bare(name), {_bare(key): value for key, value in attributes.items()})
            open_nodes[-1].parts.append(node)
            open_nodes.append(node)

        def end(_name: str) -> None:
            open_nodes.pop()

        def said(text: str) -> None:
            open_nodes[-1].parts.append(text)

        def refuse(*_: object) -> None:
            raise UnusableDocumentError("a document type")

        parser = expat.ParserCreate(namespace_separator=_APART)
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = said
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise UnusableDocumentError("no XML") from error
        return next(root.nodes())


def _bare(name: str) -> str:
    return name.rpartition(_APART)[2]
