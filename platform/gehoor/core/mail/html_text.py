"""The text of a page of HTML, as somebody reads it.

In time that grows with its length only. The parser of the standard library takes half a minute for fifty thousand signs
that were chosen to hinder it, and what is in an e-mail is chosen by strangers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

MOST_STEPS: Final = 100_000
"""How many tags are read of one e-mail: more is nobody's, and each takes time."""
_UNSEEN: Final = frozenset({"script", "style", "title", "template", "svg", "math", "select"})
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
_NO_TAGS: Final = re.compile(r"<(?:\s*<)+")
_ENDS: Final = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _UNSEEN}
_PICTURE: Final = re.compile(
    r"""\bsrc\s*=\s*["']?data:image/([a-z]{3,5});base64,([a-z0-9+/=\s%]*)""", re.IGNORECASE
)


@dataclass
class PageText:
    """What somebody reads in a page of HTML. ``pictures``: those that lie in the text itself, each with its kind and
    its bytes in base64; ``whole``: whether the page was read to its end."""

    text: str = ""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    whole: bool = True


def text_of_html(page: str) -> str:
    """Return what somebody reads in a page: paragraphs apart, items of a list with a dash."""
    return read_html(page).text


def read_html(page: str, most: int = MOST_STEPS) -> PageText:
    """Read a page: paragraphs apart, items of a list with a dash. ``most``: how many tags are read."""
    told, found = PageText(), list[str]()
    # What ends nowhere hides nothing: a mail program shows what comes after it.
    endless: set[str] = set()
    place = 0
    for _step in range(most):
        begin = page.find("<", place)
        begin = len(page) if begin < 0 else begin
        found.append(_SPACE.sub(" ", unescape(page[place:begin])))
        if begin == len(page):
            break
        if run := _NO_TAGS.match(page, begin):
            # Of signs that begin no tag, only the last may: all of them are one step.
            found.append(page[begin : run.end() - 1])
            begin = run.end() - 1
        place, name, closes = _tag(page, begin)
        if not name:
            found.append("<" if place == begin + 1 else "")
        elif name in _UNSEEN:
            place = _after_hidden(page, place, name, endless) if not closes else place
        else:
            found.append(_break(name, closes))
            if name == "img" and (picture := _PICTURE.search(page, begin, place)):
                told.pictures.append((picture[1].lower(), picture[2]))
    else:
        told.whole = place >= len(page)
    lines = (" ".join(line.split(" ")).strip() for line in "".join(found).split("\n"))
    told.text = _MANY.sub("\n\n", "\n".join(lines)).strip()
    return told


def _after_hidden(page: str, place: int, name: str, endless: set[str]) -> int:
    """Return where what nobody sees ends: right after its tag, where that ends in itself or nothing ends it."""
    if page[place - 2 : place] == "/>" or name in endless:
        return place
    end = _ENDS[name].search(page, place)
    if end is None:
        endless.add(name)
        return place
    return end.start()


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
