"""What the styles and lists of a docx say, by the names that its paragraphs call them by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from gehoor.adapters.security.documents.content import BULLET, COUNTED, DEEPEST_LIST
from gehoor.adapters.security.documents.xml_parts import Node

_LONGEST_CHAIN: Final = 30
"""So many styles go by each other, or it is a circle."""
_OFF: Final = frozenset({"0", "false", "none", "off", "nil"})
_ON: Final = {"b": "bold", "i": "italic", "u": "underline", "strike": "strike", "dstrike": "strike"}


@dataclass(slots=True)
class Style:
    """What a style says. ``heading``: 0 for none; ``list``: the name of a list, and the level in it."""

    heading: int = 0
    list: tuple[str, int] | None = None
    aligned: str = ""
    marks: frozenset[str] = frozenset()
    is_hidden: bool = False


def read_styles(root: Node | None) -> dict[str, Style]:
    """Return what each style says, with what those say that it goes by."""
    given = {one.get("styleId"): one for one in root.nodes() if one.name == "style"} if root else {}

    def chain(name: str) -> Iterator[Node]:
        for _ in range(_LONGEST_CHAIN):
            one = given.get(name)
            if one is None:
                return
            yield one
            name = value_of(one, "basedOn")

    found: dict[str, Style] = {}
    for name in given:
        style = Style()
        for one in reversed(list(chain(name))):
            style = _with(style, one)
        found[name] = style
    return found


def _with(style: Style, one: Node) -> Style:
    """Return a style with what another says of its own."""
    said = one.first("pPr") or Node("")
    made = replace(style, aligned=value_of(said, "jc") or style.aligned)
    if outline := value_of(said, "outlineLvl"):
        made.heading = whole(outline) + 1
    if numbered := said.first("numPr"):
        made.list = (value_of(numbered, "numId"), whole(value_of(numbered, "ilvl")))
    letters = one.first("rPr") or Node("")
    made.is_hidden = hides(letters, style.is_hidden)
    # Letters of a heading are set apart by what a heading is.
    made.marks = frozenset() if made.heading else marks_of(letters, made.marks)
    return made


def read_lists(root: Node | None) -> dict[tuple[str, int], str]:
    """Return how the items of each list are counted, by its name and the level."""
    found: dict[tuple[str, int], str] = {}
    if root is None:
        return found
    shapes = {one.get("abstractNumId"): one for one in root.nodes() if one.name == "abstractNum"}
    for one in root.nodes():
        shape = shapes.get(value_of(one, "abstractNumId")) if one.name == "num" else None
        for level in shape.nodes() if shape else ():
            if level.name == "lvl":
                counted = value_of(level, "numFmt")
                at = (one.get("numId"), min(whole(level.get("ilvl")), DEEPEST_LIST))
                known = counted if counted in COUNTED else "decimal"
                found[at] = BULLET if counted in ("", "bullet", "none") else known
    return found


def value_of(node: Node, name: str) -> str:
    """Return what the element of this name in another says; an empty text when there is none."""
    found = node.first(name)
    return found.get("val") if found is not None else ""


def is_on(said: Node, name: str) -> bool:
    """Say whether something is switched on: by being there, unless it says no."""
    found = said.first(name)
    return found is not None and found.get("val") not in _OFF


def hides(said: Node, before: bool) -> bool:
    """Say whether letters are hidden, where they were ``before`` or were not."""
    given = [name for name in ("vanish", "webHidden") if said.first(name) is not None]
    return any(is_on(said, name) for name in given) if given else before


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
