"""What the styles, lists and page styles of an odt say, by the names that its text calls them by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gehoor.adapters.security.documents.content import BULLET, DEEPEST_LIST
from gehoor.adapters.security.documents.cropping import Crop
from gehoor.adapters.security.documents.letters import PAGE, colour
from gehoor.adapters.security.documents.xml_parts import Node

_COUNTED: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_MM: Final = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(cm|mm|in|pt|pc|px)", re.ASCII)
_LONGEST_CHAIN: Final = 1000
"""So many styles go by each other, or it is a circle."""
_KEPT: Final = frozenset(
    {
        "display", "text-align", "font-weight", "font-style", "text-underline-style", "text-line-through-style",
        "text-position", "color", "use-window-font-color", "background-color", "clip",
    }
)  # fmt: skip
"""What a style says that people see."""
_OF: Final = ("text-properties", "paragraph-properties", "graphic-properties", "table-cell-properties")
_LETTERS: Final = "text-properties"
_FAMILIES: Final = {
    "span": "text", "p": "paragraph", "h": "paragraph", "frame": "graphic", "table-cell": "table-cell",
}  # fmt: skip
_CLIP: Final = re.compile(r"rect\(([^()]{1,200})\)", re.ASCII)
_STANDARD: Final = "Standard"
"""The page style of a text that names none."""


@dataclass(slots=True)
class Said:
    """What a style says, with what those say that it goes by: of letters, and of what lies around them. ``page``: the
    style of the page that a paragraph of it begins; ``list``: that of its list."""

    letters: Mapping[str, str] = field(default_factory=dict)
    around: Mapping[str, str] = field(default_factory=dict)
    page: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether what is in it is not shown."""
        return self.letters.get("display") == "none"

    @property
    def aligned(self) -> str:
        """How a paragraph lies, as the file says it."""
        return self.around.get("text-align", "")

    @property
    def ink(self) -> str:
        """The colour of the letters, six figures; empty where a program chooses one that can be read."""
        chosen = self.letters.get("use-window-font-color") == "true"
        return "" if chosen else colour(self.letters.get("color", ""))

    @property
    def marks(self) -> frozenset[str]:
        """What sets the letters apart."""
        said = self.letters
        weight, placed = said.get("font-weight", ""), said.get("text-position", "")
        found = {
            "bold": weight == "bold" or (weight.isdecimal() and weight >= "600"),
            "italic": said.get("font-style") in ("italic", "oblique"),
            "underline": said.get("text-underline-style", "none") != "none",
            "strike": said.get("text-line-through-style", "none") != "none",
            "superscript": placed.startswith("super"),
            "subscript": placed.startswith("sub"),
        }
        return frozenset(mark for mark, is_so in found.items() if is_so)

    @property
    def crop(self) -> Crop:
        """What a frame cuts off of its picture: from the top, the right, below and from the left."""
        found = _CLIP.search(self.around.get("clip", ""))
        sides = re.split(r"[\s,]+", found[1].strip()) if found else []
        if len(sides) != 4:
            return Crop()
        top, right, bottom, left = map(length, sides)
        return Crop(left, top, right, bottom, in_mm=True)


@dataclass(slots=True)
class Styles:
    """The styles of a document. Those of each family have names of their own."""

    given: dict[tuple[str, str], Node] = field(default_factory=dict)
    worked_out: dict[tuple[str, str], Said] = field(default_factory=dict)
    counted: dict[tuple[str, int], str] = field(default_factory=dict)
    pages: dict[str, Node] = field(default_factory=dict)
    coloured: bool = False
    """Whether some page has a colour of its own."""

    def read(self, root: Node) -> None:
        """Take in the styles of a part. Those of the text come last: their names are their own."""
        for one in root.all("style", "default-style", "list-style", "master-page", "page-layout-properties"):
            if one.name in ("style", "default-style"):
                self.given[one.get("family"), one.get("name")] = one
            elif one.name == "master-page":
                self.pages[one.get("name")] = one
            elif one.name == "page-layout-properties":
                plain = colour(one.get("background-color")) in ("", PAGE)
                self.coloured |= not plain or one.get("fill") not in ("", "none")
            else:
                self._read_list(one)
        self.worked_out = {}

    def of(self, node: Node) -> Said:
        """Return what the style of an element says."""
        return self._said(_FAMILIES.get(node.name, ""), node.get("style-name"))

    def _said(self, family: str, begin: str) -> Said:
        chain: list[tuple[str, str]] = []
        key = (family, begin)
        # Each is worked out once, whatever goes by it; a circle ends where it began.
        while key not in self.worked_out and len(chain) < _LONGEST_CHAIN:
            chain.append(key)
            given = self._given(key)
            if not key[1]:
                # What goes by no other goes by what holds for all of its family.
                break
            key = (family, given.get("parent-style-name") if given else "")
        said = self.worked_out.get(key, Said())
        for one in reversed(chain):
            own = self._given(one)
            said = self.worked_out[one] = _with(said, own) if own else said
        return said

    def _given(self, key: tuple[str, str]) -> Node | None:
        # One that does not say of which family it is, is of any.
        return self.given.get(key) or self.given.get(("", key[1]))

    def _read_list(self, shape: Node) -> None:
        for level in shape.nodes():
            place = whole(level.get("level")) - 1
            if 0 <= place <= DEEPEST_LIST:
                is_counted = level.name == "list-level-style-number" and level.get("num-format")
                how = _COUNTED.get(level.get("num-format"), "decimal") if is_counted else BULLET
                self.counted[shape.get("name"), place] = how

    def pages_of(self, text: Node) -> Iterator[Node]:
        """Yield the styles of the pages that a text goes over, as far as its paragraphs and tables say."""
        named = [self._page(one) for one in text.all("p", "h", "table")]
        usual = _STANDARD if _STANDARD in self.pages else next(iter(self.pages), "")
        wanted = [(named[0] if named else "") or usual, *filter(None, named)]
        seen: set[str] = set()
        while wanted:
            name = wanted.pop(0)
            if name in self.pages and name not in seen:
                seen.add(name)
                yield self.pages[name]
                wanted.append(self.pages[name].get("next-style-name"))

    def _page(self, one: Node) -> str:
        return self._said("table" if one.name == "table" else "paragraph", one.get("style-name")).page


def _with(said: Said, one: Node) -> Said:
    """Return what a style says with what another says of its own."""
    letters, around = dict(said.letters), dict(said.around)
    for of in one.nodes():
        if of.name in _OF:
            own = {name: value for name, value in of.attributes.items() if name in _KEPT}
            (letters if of.name == _LETTERS else around).update(own)
    return Said(letters, around, one.get("master-page-name") or said.page)


def whole(text: str) -> int:
    """Return a number; 0 for what is none, or longer than any measure."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def length(text: str) -> float:
    """Return a length in millimetres; 0 for what is none."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _MM[found[2]] if found else 0.0
