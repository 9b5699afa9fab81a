"""The text of a page of HTML, as somebody reads it.

In time that grows with its length only. The parser of the standard library takes half a minute for fifty thousand signs
that were chosen to hinder it, and what is in an e-mail is chosen by strangers.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_UNSEEN: Final = frozenset({"script", "style", "title", "template", "noscript", "svg", "math", "select"})
_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
    }
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    }
)
_TAG: Final = re.compile(r"(/?)([a-z][a-z0-9:-]{0,30})", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_MANY: Final = re.compile(r"\n{3,}")


def text_of_html(page: str) -> str:
    """Return what somebody reads in a page: paragraphs apart, items of a list with a dash."""
    found: list[str] = []
    hidden = ""
    place = 0
    while place < len(page):
        begin = page.find("<", place)
        begin = len(page) if begin < 0 else begin
        if not hidden:
            found.append(_SPACE.sub(" ", unescape(page[place:begin])))
        if begin == len(page):
            break
        place, name, closes = _tag(page, begin)
        if hidden:
            hidden = "" if closes and name == hidden else hidden
        elif not name:
            found.append("<" if place == begin + 1 else "")
        elif name in _UNSEEN:
            hidden = "" if closes else name
        else:
            found.append(_break(name, closes))
    lines = (" ".join(line.split(" ")).strip() for line in "".join(found).split("\n"))
    return _MANY.sub("\n\n", "\n".join(lines)).strip()


def _tag(page: str, begin: int) -> tuple[int, str, bool]:
    """Return where a tag ends, its name and whether it closes. A sign that begins none ends after itself."""
    if page.startswith("<!--", begin):
        end = page.find("-->", begin)
        return (len(page) if end < 0 else end + 3), "", False
    if page.startswith(("<!", "<?"), begin):
        end = page.find(">", begin)
        return (len(page) if end < 0 else end + 1), "", False
    tag = _TAG.match(page, begin + 1)
    if tag is None:
        return begin + 1, "", False
    end = page.find(">", tag.end())
    return (len(page) if end < 0 else end + 1), tag[2].lower(), bool(tag[1])


def _break(name: str, closes: bool) -> str:
    if name == "br":
        return "\n"
    if name == "p":
        return "\n\n"
    if name == "li" and not closes:
        return "\n- "
    if name in ("td", "th"):
        return " "
    return "\n" if name in _BLOCKS else ""
