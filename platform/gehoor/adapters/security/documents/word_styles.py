"""What the styles and lists of a docx say, by the names that its paragraphs call them by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from gehoor.adapters.security.documents.content import BULLET, COUNTED, DEEPEST_LIST
from gehoor.adapters.security.documents.letters import colour
from gehoor.adapters.security.documents.xml_parts import Node

_LONGEST_CHAIN: Final = 1000
"""So many styles go by each other, or it is a circle."""
_OFF: Final = frozenset({"0", "false", "none", "off", "nil"})
_HIGHLIGHTS: Final = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "darkBlue": "000080", "darkCyan": "008080",
    "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "green": "00ff00", "lightGray": "c0c0c0", "magenta": "ff00ff", "red": "ff0000", "white": "ffffff",
    "yellow": "ffff00",
}  # fmt: skip
_INK: Final = "000000"
"""The colour of letters over which somebody went with a marker, and that say none."""
_ON: Final = {"b": "bold", "i": "italic", "u": "underline", "strike": "strike", "dstrike": "strike"}


@dataclass(slots=True)
class Style:
    """What a style says. ``heading``: 0 for none; ``list``: the name of a list, and the level in it; ``colour`` of the
    letters and ``behind`` them, six figures each, empty where nothing is said; ``ground``: what is behind the
    paragraph."""

    heading: int = 0
    list: tuple[str, int] | None = None
    aligned: str = ""
    marks: frozenset[str] = frozenset()
    is_hidden: bool = False
    colour: str = ""
    behind: str = ""
    ground: str = ""


@dataclass(slots=True)
class Styles:
    """The styles of a document by name; a paragraph that names none has the one of ``default``."""

    named: dict[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def paragraph(self, name: str) -> Style:
        """Return the style of a paragraph."""
        return self.named.get(name, self.default)


def read_styles(root: Node | None) -> Styles:
    """Return what each style says, with what those say that it goes by."""
    if root is None:
        return Styles()
    given = {one.get("styleId"): one for one in root.nodes() if one.name == "style"}
    letters = root.first("docDefaults", "rPrDefault") or Node("")
    paragraphs = root.first("docDefaults", "pPrDefault") or Node("")
    whole_document = _with(_with(Style(), paragraphs), letters)
    found: dict[str, Style] = {}
    for begin in given:
        chain: list[str] = []
        name = begin
        # Each is worked out once, whatever goes by it; a circle ends where it began.
        while name in given and name not in found and len(chain) < _LONGEST_CHAIN:
            chain.append(name)
            name = value_of(given[name], "basedOn")
        style = found.get(name, whole_document)
        for one in reversed(chain):
            style = found[one] = _with(style, given[one])
    usual = (
        name
        for name, one in given.items()
        if one.get("type") == "paragraph" and one.get("default") not in ("", *_OFF)
    )
    return Styles(found, found.get(next(usual, ""), whole_document))


def _with(style: Style, one: Node) -> Style:
    """Return a style with what another says of its own."""
    said = one.first("pPr") or Node("")
    made = replace(style, aligned=value_of(said, "jc") or style.aligned)
    if outline := value_of(said, "outlineLvl"):
        made.heading = whole(outline) + 1
    if numbered := said.first("numPr"):
        made.list = (value_of(numbered, "numId"), whole(value_of(numbered, "ilvl")))
    made.ground = shade_of(said) or style.ground
    letters = one.first("rPr") or Node("")
    made.is_hidden = hides(letters, style.is_hidden)
    made.colour, made.behind = colours_of(letters, (style.colour, style.behind))
    # Letters of a heading are set apart by what a heading is.
    made.marks = frozenset() if made.heading else marks_of(letters, made.marks)
    return made


@dataclass(slots=True)
class Lists:
    """How the items of lists are counted."""

    shapes: dict[str, dict[int, str]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def counted(self, name: str, level: int) -> str:
        """Return how the items of a list are counted in a level."""
        return self.shapes.get(self.named.get(name, ""), {}).get(level, BULLET)


def read_lists(root: Node | None) -> Lists:
    """Return how the items of each list are counted: many may go by one shape, which is read once."""
    found = Lists()
    for one in root.nodes() if root else ():
        if one.name == "abstractNum":
            levels = found.shapes[one.get("abstractNumId")] = {}
            for level in one.nodes():
                if level.name == "lvl":
                    counted = value_of(level, "numFmt")
                    known = counted if counted in COUNTED else "decimal"
                    place = min(whole(level.get("ilvl")), DEEPEST_LIST)
                    levels[place] = BULLET if counted in ("", "bullet", "none") else known
        elif one.name == "num":
            found.named[one.get("numId")] = value_of(one, "abstractNumId")
    return found


def value_of(node: Node, name: str) -> str:
    """Return what the element of this name in another says; an empty text when there is none."""
    found = node.first(name)
    return found.get("val") if found is not None else ""


def is_on(said: Node, name: str) -> bool:
    """Say whether something is switched on: by being there, unless it says no."""
    found = said.first(name)
    return found is not None and found.get("val") not in _OFF


def is_gone(said: Node) -> bool:
    """Say whether a row or cell was taken away."""
    return any(said.first(name) is not None for name in ("del", "moveFrom", "cellDel"))


def hides(said: Node, before: bool) -> bool:
    """Say whether letters are hidden, where they were ``before`` or were not."""
    given = [name for name in ("vanish", "webHidden") if said.first(name) is not None]
    return any(is_on(said, name) for name in given) if given else before


def shade_of(said: Node) -> str:
    """Return the colour that something has behind it; empty for none."""
    shade = said.first("shd")
    if shade is None:
        return ""
    return colour(shade.get("color" if shade.get("val") == "solid" else "fill"))


def colours_of(said: Node, before: tuple[str, str]) -> tuple[str, str]:
    """Return the colour of letters, and what is behind them, from what those were."""
    letters, behind = before
    if said.first("color") is not None:
        letters = colour(value_of(said, "color"))
    if said.first("shd") is not None:
        behind = shade_of(said)
    if marked := value_of(said, "highlight"):
        behind = _HIGHLIGHTS.get(marked, "")
        # A program chooses letters that show on a shade, and not on what a marker went over.
        letters = letters or _INK
    return letters, behind


def marks_of(said: Node, before: frozenset[str]) -> frozenset[str]:
    """Return the marks that letters have, from those that they had."""
    marks = set(before)
    for name, mark in _ON.items():
        if said.first(name) is not None:
            (marks.add if is_on(said, name) else marks.discard)(mark)
    placed = value_of(said, "vertAlign")
    if placed in ("superscript", "subscript"):
        marks.add(placed)
    return frozenset(marks)


def whole(text: str) -> int:
    """Return a number; 0 for what is none, or longer than any measure."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0
